// The place of an address, from a file on this machine: nobody is asked. The file is read again when it was replaced, as the tools
// that keep such files up to date do. Without a file, and for addresses that it does not know, there is no place.
import { readFile, stat } from 'node:fs/promises'
import { readAddress } from '../../policy/language/ip.ts'
import { MmdbReader } from './mmdb.ts'
import type { PlacesSettings } from './settings.ts'

/** Names by language (RFC 5646), for instance `en` and `pt-BR`. */
type Names = Readonly<Record<string, string>>

export interface Place {
  /** Undefined where only the country is known. */
  readonly city: Names | undefined
  readonly country: Names | undefined
  /** ISO 3166-1 alpha-2. */
  readonly countryCode: string | undefined
}

export interface Places {
  /** Undefined for what is no address, and what the file does not know. */
  of(address: string | undefined): Place | undefined
}

/** Milliseconds between two looks at whether the file was replaced. */
const lookEvery = 60_000

export interface PlacesDependencies {
  readonly log: { warn(fields: object, message: string): void }
  /** Milliseconds, of a clock that does not go back. */
  readonly monotonic: () => number
}

/** Reads the file. One that cannot be read is logged, and looked at again later. */
export async function openPlaces(
  settings: PlacesSettings | undefined,
  deps: PlacesDependencies,
): Promise<Places> {
  if (settings === undefined) return { of: () => undefined }
  const file = new PlacesFile(settings.database, deps)
  await file.refresh()
  return file
}

class PlacesFile implements Places {
  readonly #path: string
  readonly #deps: PlacesDependencies
  #reader: MmdbReader | undefined
  /** Time of change and size of the file that was read. */
  #version = ''
  #lookedAt = Number.NEGATIVE_INFINITY

  constructor(path: string, deps: PlacesDependencies) {
    this.#path = path
    this.#deps = deps
  }

  of(address: string | undefined): Place | undefined {
    if (this.#deps.monotonic() - this.#lookedAt >= lookEvery) void this.refresh()
    const bytes = address === undefined ? undefined : readAddress(address)
    if (bytes === undefined) return undefined
    try {
      return placeOf(this.#reader?.find(bytes))
    } catch (err) {
      this.#deps.log.warn({ err, path: this.#path }, 'the file of places is damaged')
      this.#reader = undefined
      return undefined
    }
  }

  /** Reads the file when it is another one than before. What was read stays until then. */
  async refresh(): Promise<void> {
    this.#lookedAt = this.#deps.monotonic()
    try {
      const { mtimeMs, size } = await stat(this.#path)
      const version = `${mtimeMs} ${size}`
      if (version === this.#version) return
      this.#reader = new MmdbReader(await readFile(this.#path))
      this.#version = version
    } catch (err) {
      this.#deps.log.warn({ err, path: this.#path }, 'the file of places cannot be read')
    }
  }
}

function placeOf(record: unknown): Place | undefined {
  const country = memberOf(record, 'country')
  const code = memberOf(country, 'iso_code')
  const place = {
    city: namesOf(memberOf(record, 'city')),
    country: namesOf(country),
    countryCode: typeof code === 'string' && /^(?!ZZ)[A-Z]{2}$/.test(code) ? code : undefined,
  }
  return place.city === undefined && place.country === undefined && place.countryCode === undefined
    ? undefined
    : place
}

/** A member of what may be no object, because the file says what it wants. */
function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined
}

/** The longest name that is taken. */
const longestName = 100

function namesOf(part: unknown): Names | undefined {
  const names = Object.entries(memberOf(part, 'names') ?? {}).flatMap(([language, name]) =>
    typeof name === 'string' && name !== '' ? [[language, name.slice(0, longestName)] as const] : [],
  )
  return names.length === 0 ? undefined : Object.fromEntries(names)
}
