// The client address by which attempts are counted. IPv6 addresses count by their /64 prefix, because one person usually has a
// whole one; IPv4-mapped addresses count as IPv4.
import { isIPv6 } from 'node:net'

/** @param ip an IPv4 or IPv6 address, with or without a zone */
export function addressForLimits(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1]
  if (mapped !== undefined) return mapped
  const bare = ip.replace(/%.*$/, '')
  if (!isIPv6(bare)) return ip
  const [head = '', tail] = bare.split('::')
  const groups = head === '' ? [] : head.split(':')
  if (tail !== undefined) {
    const last = tail === '' ? [] : tail.split(':')
    while (groups.length + last.length < 8) groups.push('0')
    groups.push(...last)
  }
  const network = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16))
  return `${network.join(':')}::/64`
}
