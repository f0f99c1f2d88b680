// Reads files in the MaxMind DB format, version 2.0 of its specification: a binary tree over the bits of an address, whose leaves
// point into a section of typed values, and metadata at the end. Every read is within the file and every value is bounded, so that
// a damaged file is refused or answers nothing.
import { Problem } from '../../problem.ts'

export interface MmdbMetadata {
  /** For instance `GeoLite2-City`. */
  readonly type: string
  /** When it was made, in epoch seconds. */
  readonly builtAt: number
  /** Of the names in it, for instance `en` and `pt-BR`. */
  readonly languages: readonly string[]
}

type Value = string | number | bigint | boolean | Uint8Array | ValueMap | readonly Value[]
export interface ValueMap extends ReadonlyMap<string, Value> {}

const marker = Buffer.from('abcdef4d61784d696e642e636f6d', 'hex')
/** Bytes at the end of the file within which the metadata begins. */
const metadataWithin = 131_072
/** Zero bytes between tree and values. */
const separator = 16
/** How deep values nest, and how many one record has, at most. */
const most = { depth: 16, values: 4096 } as const

const damaged = (what: string, cause?: unknown): Problem =>
  new Problem('invalid_input', `is no readable MaxMind DB file: ${what}`, { cause })

export class MmdbReader {
  readonly metadata: MmdbMetadata
  readonly #file: Buffer
  readonly #nodes: number
  /** Bits of one of the two records of a node. */
  readonly #bits: 24 | 28 | 32
  readonly #isV6: boolean
  readonly #values: Decoder

  /** @throws Problem('invalid_input') when the file is none of this format */
  constructor(file: Buffer) {
    const start = file.lastIndexOf(marker)
    if (start < 0 || start < file.length - metadataWithin) throw damaged('it has no metadata')
    const about = mapOf(new Decoder(file, start + marker.length, file.length).at(0))
    const bits = numberOf(about.get('record_size'))
    if (numberOf(about.get('binary_format_major_version')) !== 2) throw damaged('its version is not 2')
    if (bits !== 24 && bits !== 28 && bits !== 32) throw damaged('its records have an unknown size')
    const nodes = numberOf(about.get('node_count'))
    const tree = (nodes * bits) / 4
    if (!Number.isSafeInteger(tree) || nodes < 1 || tree + separator > start) throw damaged('it is cut off')
    this.#file = file
    this.#nodes = nodes
    this.#bits = bits
    this.#isV6 = numberOf(about.get('ip_version')) === 6
    this.#values = new Decoder(file, tree + separator, start)
    const languages = about.get('languages')
    this.metadata = {
      type: textOf(about.get('database_type')),
      builtAt: numberOf(about.get('build_epoch')),
      languages: Array.isArray(languages) ? languages.filter((one) => typeof one === 'string') : [],
    }
  }

  /**
   * The record of an address.
   * @param address 4 or 16 bytes
   * @throws Problem('invalid_input') when the file is damaged there
   */
  find(address: Uint8Array): ValueMap | undefined {
    if (address.length === 16 && !this.#isV6) return undefined
    let node = 0
    // An IPv4 address is in the first of the networks of a file for IPv6, `::/96`.
    const zeros = this.#isV6 && address.length === 4 ? 96 : 0
    for (let at = 0; at < zeros && node < this.#nodes; at++) node = this.#record(node, 0)
    for (let at = 0; at < address.length * 8 && node < this.#nodes; at++)
      node = this.#record(node, ((address[at >>> 3] ?? 0) >>> (7 - (at & 7))) & 1)
    if (node <= this.#nodes) return undefined
    const value = this.#values.at(node - this.#nodes - separator)
    return value instanceof Map ? value : undefined
  }

  /** The left (0) or right (1) record of a node. */
  #record(node: number, side: number): number {
    const file = this.#file
    const start = (node * this.#bits) / 4
    if (this.#bits === 24) return file.readUIntBE(start + side * 3, 3)
    if (this.#bits === 32) return file.readUInt32BE(start + side * 4)
    // Of 28 bits, the byte in the middle has the highest four of both.
    const middle = file.readUInt8(start + 3)
    const high = side === 0 ? middle >>> 4 : middle & 15
    return high * 2 ** 24 + file.readUIntBE(start + side * 4, 3)
  }
}

const numberOf = (value: Value | undefined): number => (typeof value === 'number' ? value : Number.NaN)
const textOf = (value: Value | undefined): string => (typeof value === 'string' ? value : '')

export function mapOf(value: Value | undefined): ValueMap {
  return value instanceof Map ? value : new Map()
}

/** What pointers of each length are ahead of what they say. */
const pointerBases = [0, 2048, 526_336, 0] as const
/** The same of sizes beyond 28. */
const sizeBases = [29, 285, 65_821] as const

const types = {
  pointer: 1,
  text: 2,
  double: 3,
  bytes: 4,
  uint16: 5,
  uint32: 6,
  map: 7,
  int32: 8,
  uint64: 9,
  uint128: 10,
  list: 11,
  flag: 14,
  float: 15,
} as const

/** Decodes the values of one section of a file. */
class Decoder {
  readonly #section: Buffer
  #at = 0
  #left = 0

  constructor(file: Buffer, start: number, end: number) {
    this.#section = file.subarray(start, end)
  }

  /** @throws Problem('invalid_input') */
  at(offset: number): Value {
    this.#at = offset
    this.#left = most.values
    try {
      return this.#value(0)
    } catch (error) {
      if (error instanceof RangeError) throw damaged('a value lies outside of it', error)
      throw error
    }
  }

  #value(depth: number): Value {
    if (depth > most.depth || this.#left-- <= 0) throw damaged('a record is too large')
    const control = this.#uint(1)
    const short = control >>> 5
    if (short === types.pointer) return this.#pointed(control, depth)
    const type = short === 0 ? 7 + this.#uint(1) : short
    const size = this.#size(control & 31)
    switch (type) {
      case types.text:
        return this.#take(size).toString('utf8')
      case types.double:
        return this.#take(8).readDoubleBE()
      case types.float:
        return this.#take(4).readFloatBE()
      case types.bytes:
        return Uint8Array.from(this.#take(size))
      case types.uint16:
      case types.uint32:
        return this.#uint(size)
      case types.int32:
        return this.#uint(size) | 0
      case types.uint64:
        return asNumber(this.#take(size))
      case types.uint128:
        return asNumber(this.#take(size))
      case types.flag:
        return size === 1
      case types.map:
        return this.#map(size, depth)
      case types.list: {
        const all: Value[] = []
        for (let n = 0; n < size; n++) all.push(this.#value(depth + 1))
        return all
      }
      default:
        throw damaged('it has a value of an unknown type')
    }
  }

  #map(size: number, depth: number): ValueMap {
    const map = new Map<string, Value>()
    for (let n = 0; n < size; n++) {
      const key = this.#value(depth + 1)
      if (typeof key !== 'string') throw damaged('a key is no text')
      map.set(key, this.#value(depth + 1))
    }
    return map
  }

  #pointed(control: number, depth: number): Value {
    const length = (control >>> 3) & 3
    const high = length === 3 ? 0 : control & 7
    const low = this.#uint(length + 1)
    const back = this.#at
    this.#at = high * 256 ** (length + 1) + low + (pointerBases[length] ?? 0)
    const value = this.#value(depth + 1)
    this.#at = back
    return value
  }

  #size(short: number): number {
    const length = short - 28
    return length < 1 ? short : this.#uint(length) + (sizeBases[length - 1] ?? 0)
  }

  #uint(length: number): number {
    if (length > 4) throw damaged('a number is too long')
    return length === 0 ? 0 : this.#take(length).readUIntBE(0, length)
  }

  #take(length: number): Buffer {
    const end = this.#at + length
    if (this.#at < 0 || end > this.#section.length) throw damaged('a value lies outside of it')
    const bytes = this.#section.subarray(this.#at, end)
    this.#at = end
    return bytes
  }
}

/** A large number, exact as far as numbers are. */
function asNumber(bytes: Buffer): number | bigint {
  if (bytes.length > 16) throw damaged('a number is too long')
  const value = bytes.length === 0 ? 0n : BigInt(`0x${bytes.toString('hex')}`)
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value
}
