// Files in the MaxMind DB format, read by mmdb-lib. It trusts what it reads, so a damaged file is a Problem here, whatever the
// library throws, and nothing of a record is taken without a look at its type.
import { Reader, type Response } from 'mmdb-lib'
import { Problem } from '../../problem.ts'

export interface MmdbMetadata {
  /** For instance `GeoLite2-City`. */
  readonly type: string
  /** When it was made, in epoch seconds. */
  readonly builtAt: number
  /** Of the names in it, for instance `en` and `pt-BR`. */
  readonly languages: readonly string[]
}

export class MmdbReader {
  readonly metadata: MmdbMetadata
  readonly #reader: Reader<Response>

  /** @throws Problem('invalid_input') when the file is none of this format */
  constructor(file: Buffer) {
    this.#reader = readable(() => new Reader(file))
    const { binaryFormatMajorVersion, databaseType, buildEpoch, languages } = this.#reader.metadata
    if (binaryFormatMajorVersion !== 2 || Number.isNaN(buildEpoch.getTime())) throw damaged()
    this.metadata = {
      type: String(databaseType),
      builtAt: Math.floor(buildEpoch.getTime() / 1000),
      languages: Array.isArray(languages) ? languages.map(String) : [],
    }
  }

  /**
   * The record of an address.
   * @param address 4 or 16 bytes
   * @throws Problem('invalid_input') when the file is damaged there
   */
  find(address: Uint8Array): unknown {
    // The library would look for the first bits of it in a file that knows IPv4 alone.
    if (address.length === 16 && this.#reader.metadata.ipVersion !== 6) return undefined
    return readable(() => this.#reader.get(textOf(address))) ?? undefined
  }
}

/** The address as text: dotted, or eight groups of IPv6. */
function textOf(address: Uint8Array): string {
  if (address.length === 4) return address.join('.')
  return (Buffer.from(address).toString('hex').match(/.{4}/g) ?? []).join(':')
}

const damaged = (cause?: unknown): Problem =>
  new Problem('invalid_input', 'is no readable MaxMind DB file', { cause })

function readable<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw damaged(error)
  }
}
