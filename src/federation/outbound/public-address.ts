// Which IP addresses are public: all except those of this machine, private networks and cloud metadata services.
import { BlockList, isIP } from 'node:net'

// IANA IPv4 and IPv6 Special-Purpose Address Registries: every range that is not globally reachable, and the ranges that embed
// an IPv4 address (mapped, NAT64, 6to4, Teredo), because that address may be private.
const special: readonly (readonly [address: string, bits: number, family: 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'], // link-local, and the clouds' metadata service
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.31.196.0', 24, 'ipv4'],
  ['192.52.193.0', 24, 'ipv4'],
  ['192.88.99.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['192.175.48.0', 24, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'], // multicast, reserved, broadcast
]

const reserved = new BlockList()
for (const [address, bits, family] of special) reserved.addSubnet(address, bits, family)

/** Global unicast is 2000::/3, minus the ranges for documentation, benchmarking and tunnels. */
const globalUnicast = new BlockList()
globalUnicast.addSubnet('2000::', 3, 'ipv6')
const notReachable = new BlockList()
notReachable.addSubnet('2001::', 23, 'ipv6') // Teredo, ORCHID, benchmarking
notReachable.addSubnet('2001:db8::', 32, 'ipv6')
notReachable.addSubnet('2002::', 16, 'ipv6') // 6to4
notReachable.addSubnet('3fff::', 20, 'ipv6')
notReachable.addSubnet('2620:4f:8000::', 48, 'ipv6')

/** Whether the text is a public IPv4 or IPv6 address; false for any other text. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !reserved.check(address, 'ipv4')
  // A zone index (`fe80::1%eth0`) belongs to link-local addresses.
  if (family !== 6 || address.includes('%')) return false
  return globalUnicast.check(address, 'ipv6') && !notReachable.check(address, 'ipv6')
}
