// The client's address. `X-Forwarded-For` is used only when the connection comes from a configured proxy, and only the
// first address from the right that is not such a proxy (docs/attacks.md 3, 19).
import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'

/** Longer chains are ignored: a client can prepend any entries. */
const maxHops = 32

/** Whether an address is one of the given ones. @param trusted addresses or CIDR ranges, validated by the configuration */
function isAmong(trusted: readonly string[]): (address: string) => boolean {
  const proxies = new BlockList()
  for (const range of trusted) {
    const [address = '', bits] = range.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) proxies.addAddress(address, family)
    else proxies.addSubnet(address, Number(bits), family)
  }
  return (address) => {
    const family = isIP(address)
    return family !== 0 && proxies.check(address, family === 6 ? 'ipv6' : 'ipv4')
  }
}

/** Whether a connection comes from a configured proxy. @param trusted as for `clientAddressOf` */
export function trustedProxyCheck(trusted: readonly string[]): (req: IncomingMessage) => boolean {
  const isProxy = isAmong(trusted)
  return (req) => isProxy(normalizeAddress(req.socket.remoteAddress ?? ''))
}

/** @param trusted addresses or CIDR ranges, already validated by the configuration */
export function clientAddressOf(trusted: readonly string[]): (req: IncomingMessage) => string {
  const isProxy = isAmong(trusted)
  return (req) => {
    const peer = normalizeAddress(req.socket.remoteAddress ?? '')
    if (trusted.length === 0 || !isProxy(peer)) return peer
    const header = req.headers['x-forwarded-for']
    const chain = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',').slice(-maxHops)
    for (const hop of chain.reverse()) {
      const address = normalizeAddress(hop.trim())
      if (isIP(address) === 0) return peer
      if (!isProxy(address)) return address
    }
    return peer
  }
}

/** Unwraps IPv4-mapped IPv6 addresses (`::ffff:10.0.0.1`) and removes brackets and ports. */
function normalizeAddress(address: string): string {
  const bare = /^\[(.+)\](?::\d+)?$/.exec(address)?.[1] ?? address
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1] ?? bare
  return isIP(mapped) === 0 ? (/^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(mapped)?.[1] ?? mapped) : mapped
}
