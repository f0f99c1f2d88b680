// Writes files in the MaxMind DB format (version 2.0 of its specification), for tests of what reads them.
import { readNetwork } from '../../../src/policy/language/ip.ts'

export type MmdbValue =
  | string
  | number
  | boolean
  | readonly MmdbValue[]
  | { readonly [key: string]: MmdbValue }

export interface MmdbOptions {
  /** Networks with their records, for instance `192.0.2.0/24`. None is within another. */
  readonly networks: Readonly<Record<string, MmdbValue>>
  readonly type?: string
  readonly languages?: readonly string[]
  /** Epoch seconds. */
  readonly builtAt?: number
  readonly ipVersion?: 4 | 6
  readonly recordSize?: 24 | 28 | 32
}

type Leaf = { readonly at: number } | undefined
type Node = [Node | Leaf, Node | Leaf]

export function writeMmdb(options: MmdbOptions): Buffer {
  const { networks, type = 'Test-City', languages = ['en'], builtAt = 1_800_000_000 } = options
  const { ipVersion = 6, recordSize = 28 } = options
  const section = new Section()
  const root: Node = [undefined, undefined]
  for (const [network, record] of Object.entries(networks)) {
    const parsed = readNetwork(network)
    if (parsed === undefined) throw new Error(network)
    const { bytes, bits } = parsed
    const path = [...bytes]
      .flatMap((byte) => [...byte.toString(2).padStart(8, '0')].map(Number))
      .slice(0, bits)
    const ahead = ipVersion === 6 && bytes.length === 4 ? new Array<number>(96).fill(0) : []
    put(root, [...ahead, ...path], { at: section.add(record) })
  }
  const nodes: Node[] = []
  const number = (node: Node): void => {
    nodes.push(node)
    for (const side of node) if (Array.isArray(side)) number(side)
  }
  number(root)
  const index = new Map(nodes.map((node, at) => [node, at]))
  const recordOf = (side: Node | Leaf): number =>
    side === undefined
      ? nodes.length
      : Array.isArray(side)
        ? (index.get(side) ?? 0)
        : nodes.length + 16 + side.at
  const tree = nodes.map(([left, right]) => encodeNode(recordOf(left), recordOf(right), recordSize))
  const about = new Section()
  about.add({
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: builtAt,
    database_type: type,
    description: { en: 'a test' },
    ip_version: ipVersion,
    languages,
    node_count: nodes.length,
    record_size: recordSize,
  })
  return Buffer.concat([
    ...tree,
    Buffer.alloc(16),
    section.bytes(),
    Buffer.from('abcdef4d61784d696e642e636f6d', 'hex'),
    about.bytes(),
  ])
}

function put(root: Node, path: readonly number[], leaf: Leaf): void {
  let node = root
  for (const [at, bit] of path.entries()) {
    if (at === path.length - 1) {
      node[bit] = leaf
      return
    }
    const next = node[bit]
    const inner: Node = Array.isArray(next) ? next : [undefined, undefined]
    node[bit] = inner
    node = inner
  }
}

function encodeNode(left: number, right: number, size: 24 | 28 | 32): Buffer {
  const bytes = Buffer.alloc(size / 4)
  if (size === 32) {
    bytes.writeUInt32BE(left, 0)
    bytes.writeUInt32BE(right, 4)
    return bytes
  }
  bytes.writeUIntBE(left % 2 ** 24, 0, 3)
  bytes.writeUIntBE(right % 2 ** 24, size === 24 ? 3 : 4, 3)
  if (size === 28) bytes[3] = (Math.floor(left / 2 ** 24) << 4) | Math.floor(right / 2 ** 24)
  return bytes
}

/** Values one after the other; maps that were written before are pointed to. */
class Section {
  readonly #parts: Buffer[] = []
  #length = 0
  readonly #known = new Map<string, number>()

  bytes(): Buffer {
    return Buffer.concat(this.#parts)
  }

  /** @returns where it begins */
  add(value: MmdbValue): number {
    const at = this.#length
    this.#value(value)
    return at
  }

  #value(value: MmdbValue): void {
    if (typeof value === 'string') this.#head(2, Buffer.byteLength(value), Buffer.from(value))
    else if (typeof value === 'boolean') this.#head(14, value ? 1 : 0)
    else if (typeof value === 'number') this.#number(value)
    else if (Array.isArray(value)) {
      this.#head(11, value.length)
      for (const one of value) this.#value(one)
    } else this.#map(value as Readonly<Record<string, MmdbValue>>)
  }

  #map(map: Readonly<Record<string, MmdbValue>>): void {
    const text = JSON.stringify(map)
    const known = this.#known.get(text)
    if (known !== undefined) {
      this.#pointer(known)
      return
    }
    this.#known.set(text, this.#length)
    const entries = Object.entries(map)
    this.#head(7, entries.length)
    for (const [key, inner] of entries) {
      this.#value(key)
      this.#value(inner)
    }
  }

  #number(value: number): void {
    if (!Number.isInteger(value)) {
      const double = Buffer.alloc(8)
      double.writeDoubleBE(value)
      this.#head(3, 8, double)
      return
    }
    const digits = value.toString(16)
    const even = digits.padStart(digits.length + (digits.length % 2), '0')
    const bytes = value === 0 ? Buffer.alloc(0) : Buffer.from(even, 'hex')
    this.#head(bytes.length > 4 ? 9 : 6, bytes.length, bytes)
  }

  #pointer(to: number): void {
    const rest = to - 2048
    this.#push(
      Buffer.from(
        to < 2048 ? [0x20 | (to >> 8), to & 255] : [0x28 | (rest >> 16), (rest >> 8) & 255, rest & 255],
      ),
    )
  }

  #head(type: number, size: number, bytes = Buffer.alloc(0)): void {
    const high = type > 7 ? 0 : type << 5
    const extended = type > 7 ? [type - 7] : []
    const more = size < 29 ? [] : size < 285 ? [size - 29] : [(size - 285) >> 8, (size - 285) & 255]
    this.#push(Buffer.from([high | (size < 29 ? size : 28 + more.length), ...extended, ...more]), bytes)
  }

  #push(...parts: readonly Buffer[]): void {
    for (const part of parts) {
      this.#parts.push(part)
      this.#length += part.length
    }
  }
}
