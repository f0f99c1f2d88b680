// IPv4 and IPv6 addresses and networks. An IPv4-mapped IPv6 address (`::ffff:192.0.2.1`) counts as the IPv4 address,
// because dual-stack sockets report clients that way.

export interface Network {
  /** 4 or 16 bytes. */
  readonly bytes: Uint8Array
  /** Length of the network prefix. */
  readonly bits: number
}

/**
 * Parses `192.0.2.0/24`, `2001:db8::/32` or a single address; undefined when the text is neither. As AWS does, it reads the parts of an
 * IPv4 network as decimal numbers also when they begin with zeros, and accepts `/+24`.
 */
export function readNetwork(text: string): Network | undefined {
  const slash = text.indexOf('/')
  const written = slash < 0 ? text : text.slice(0, slash)
  const plain = /^\d{1,3}(?:\.\d{1,3}){3}$/.test(written)
  const address = readBytes(plain ? written.replace(/(?<![0-9])0+(?=\d)/g, '') : written)
  if (address === undefined) return undefined
  const most = address.length * 8
  if (slash < 0) return unmapped({ bytes: address, bits: most })
  const mask = text.slice(slash + 1).replace(/^\+/, '')
  if (!/^\d{1,3}$/.test(mask) || Number(mask) > most) return undefined
  return unmapped({ bytes: address, bits: Number(mask) })
}

/** Parses an address into 4 or 16 bytes; undefined when the text is not an address. */
export function readAddress(text: string): Uint8Array | undefined {
  if (text === lastText) return lastAddress
  const bytes = readBytes(text)
  lastText = text
  lastAddress = bytes && unmapped({ bytes, bits: bytes.length * 8 }).bytes
  return lastAddress
}

// The same address is parsed repeatedly during a decision, and callers never modify the result.
let lastText: string | undefined
let lastAddress: Uint8Array | undefined

export function contains(network: Network, address: Uint8Array): boolean {
  if (address.length !== network.bytes.length) return false
  const whole = network.bits >>> 3
  for (let at = 0; at < whole; at++) if (address[at] !== network.bytes[at]) return false
  const rest = network.bits & 7
  return rest === 0 || ((address[whole]! ^ network.bytes[whole]!) & (0xff << (8 - rest)) & 0xff) === 0
}

function readBytes(text: string): Uint8Array | undefined {
  if (text.length > 45) return undefined
  return text.includes(':') ? readV6(text) : readV4(text)
}

function readV4(text: string): Uint8Array | undefined {
  const parts = text.split('.')
  if (parts.length !== 4) return undefined
  // Some parsers read a leading zero as octal, so such an address is ambiguous and is rejected.
  if (!parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)) return undefined
  return Uint8Array.from(parts, Number)
}

function readV6(text: string): Uint8Array | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const head = readGroups(halves[0]!, halves.length === 1)
  const tail = halves.length === 2 ? readGroups(halves[1]!, true) : []
  if (head === undefined || tail === undefined) return undefined
  const zeros = 16 - head.length - tail.length
  if (halves.length === 1 ? zeros !== 0 : zeros < 2) return undefined
  return Uint8Array.from([...head, ...new Array<number>(zeros).fill(0), ...tail])
}

/** Parses colon-separated groups; the last may be an IPv4 address when these groups end the text. */
function readGroups(text: string, last: boolean): number[] | undefined {
  if (text === '') return []
  const bytes: number[] = []
  const groups = text.split(':')
  for (const [index, group] of groups.entries()) {
    if (last && index === groups.length - 1 && group.includes('.')) {
      const v4 = readV4(group)
      if (v4 === undefined) return undefined
      bytes.push(...v4)
    } else {
      if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return undefined
      const value = Number.parseInt(group, 16)
      bytes.push(value >>> 8, value & 0xff)
    }
  }
  return bytes
}

function unmapped({ bytes, bits }: Network): Network {
  const mapped = bytes.length === 16 && bits >= 96 && bytes[10] === 0xff && bytes[11] === 0xff
  if (!mapped || !bytes.subarray(0, 10).every((byte) => byte === 0)) return { bytes, bits }
  return { bytes: bytes.slice(12), bits: bits - 96 }
}
