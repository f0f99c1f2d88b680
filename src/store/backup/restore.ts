// Restores a backup: parses and checks its lines and writes them to an engine. The key is checked before anything is written,
// and the restored store becomes usable only after the MAC in the last line was verified.
import { z } from 'zod'
import { Problem } from '../../problem.ts'
import { equals, hmacSha256Over } from '../../secure/digest.ts'
import { type KindRule, kinds, ruleOf } from '../kinds.ts'
import type { Kind, Records } from '../records.ts'
import {
  type BackupKey,
  type Counts,
  checkAad,
  checkWord,
  format,
  macLabel,
  type Parked,
  type Target,
  total,
} from './format.ts'
import { cutOff, linesOf } from './lines.ts'

const headerSchema = z.object({
  chancery: z.string(),
  at: z.string(),
  from: z.string(),
  kinds: z.array(z.string()),
  key: z.object({ version: z.int().min(1), check: z.string() }),
})
export type Header = z.output<typeof headerSchema>

const endSchema = z.strictObject({
  records: z.int().min(0),
  counts: z.record(z.string(), z.int()),
  mac: z.string(),
})

export interface Restored {
  readonly header: Header
  readonly counts: Counts
}

/** A batch is written when it has so many records, or so many characters. */
const batchRecords = 1000
const batchSize = 4 * 1024 * 1024

const wrong = (line: number, what: string): Problem =>
  new Problem('invalid_input', `line ${line} of the backup: ${what}`)

/**
 * @param open creates the target; called after the header was checked
 * @throws Problem that says what to do; everything written to the target was removed
 */
export async function restore(
  bytes: AsyncIterable<Buffer>,
  key: BackupKey,
  open: () => Promise<Target>,
  stopped?: AbortSignal,
): Promise<Restored> {
  const lines = linesOf(bytes)
  const first = await lines.next()
  if (first.done) throw new Problem('invalid_input', 'the backup is empty')
  const header = readHeader(first.value)
  checkKey(header, key)
  const reading = new Reading(header, key)
  reading.mac.update(first.value)
  const target = await open()
  try {
    for await (const line of lines) {
      stopped?.throwIfAborted()
      reading.take(line)
      if (reading.full) await reading.flush(target)
    }
    await reading.flush(target)
    reading.checkWhole()
    await target.finish()
    return { header, counts: reading.counts }
  } catch (error) {
    await target.abandon()
    throw error
  }
}

function readHeader(line: Buffer): Header {
  const { data: header } = headerSchema.safeParse(parsed(line))
  if (!header?.chancery.startsWith('backup/'))
    throw wrong(1, 'this is not a backup made by `chancery backup`')
  const unknown = header.kinds.filter((kind) => !isKind(kind))
  if (header.chancery === format && unknown.length === 0) return header
  throw wrong(
    1,
    `made by a newer version (${header.chancery}${unknown.map((kind) => `, \`${kind}\``).join('')}): restore it with that version`,
  )
}

function checkKey({ key: { version, check } }: Header, key: BackupKey): void {
  try {
    // The version is checked first: a key file from before the last rotation can open the check, but lacks the newer version.
    key.derive(macLabel, version)
    if (key.open(check, checkAad) === checkWord) return
  } catch (cause) {
    throw new Problem(
      'unavailable',
      'this backup was made under another master key: set CHANCERY_KEYS to the `keys/` of the server it was made of, as it was then or later',
      { cause },
    )
  }
}

class Reading {
  readonly mac
  readonly counts: Counts = new Map()
  readonly #known: ReadonlySet<string>
  readonly #key: BackupKey
  readonly #versions = new Set<string>()
  #line = 1
  #batch: Parked[] = []
  #size = 0
  #end: z.output<typeof endSchema> | undefined

  constructor({ kinds, key: { version } }: Header, key: BackupKey) {
    this.#known = new Set(kinds)
    this.#key = key
    this.mac = hmacSha256Over(key.derive(macLabel, version))
  }

  get full(): boolean {
    return this.#batch.length >= batchRecords || this.#size >= batchSize
  }

  take(line: Buffer): void {
    this.#line++
    if (this.#end) throw wrong(this.#line, 'follows the last line')
    const value = parsed(line)
    if (!isObject(value)) throw wrong(this.#line, 'is not a JSON object')
    if ('end' in value) {
      this.#end = endSchema.safeParse(value['end']).data
      if (!this.#end) throw wrong(this.#line, 'is not a valid last line')
      return
    }
    this.mac.update(line)
    this.#batch.push(this.#record(value))
    this.#size += line.length
  }

  async flush(target: Target): Promise<void> {
    if (this.#batch.length === 0) return
    const taken = await target.write(this.#batch)
    const last = this.#end ? this.#line - 1 : this.#line
    if (taken !== undefined)
      throw wrong(
        last - this.#batch.length + 1 + taken,
        'its id or one of its unique values is already taken',
      )
    this.#batch = []
    this.#size = 0
  }

  checkWhole(): void {
    if (!this.#end) throw cutOff(this.#line)
    const { records, counts, mac } = this.#end
    if (equals(mac, this.mac.digest('base64url')) && records === total(this.counts)) {
      if (Object.entries(counts).every(([kind, count]) => this.counts.get(kind) === count)) return
    }
    throw new Problem(
      'invalid_input',
      'the backup was changed (the MAC in its last line does not match): use another copy',
    )
  }

  #record({ kind, record }: Readonly<Record<string, unknown>>): Parked {
    if (typeof kind !== 'string' || !isKind(kind) || !this.#known.has(kind))
      throw wrong(this.#line, `\`${String(kind)}\` is not a kind of record of this backup`)
    const fault = isObject(record) ? this.#faultOf(kind, record) : 'has no record'
    if (fault) throw wrong(this.#line, fault)
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1)
    return { kind, record: record as unknown as Records[Kind], body: JSON.stringify(record) }
  }

  #faultOf(kind: Kind, record: Readonly<Record<string, unknown>>): string | undefined {
    const { id, accountId } = record
    if (typeof id !== 'string' || id === '' || !id.isWellFormed()) return 'has no id'
    if (typeof accountId !== 'string') return 'has no account'
    const rule = ruleOf(kind) as unknown as KindRule<Records[Kind]>
    const unsealed = rule.sealed.find((field) => !this.#isSealed(record[field]))
    if (unsealed) return `\`${unsealed}\` is not sealed`
    return indexable(rule, record as unknown as Records[Kind])
      ? undefined
      : `is not a valid record of kind \`${kind}\``
  }

  /** @throws Problem when it was sealed under a key version that is not available */
  #isSealed(value: unknown): boolean {
    if (value === undefined) return true
    const version = typeof value === 'string' ? /^(\d{1,9})\.[\w-]+$/.exec(value)?.[1] : undefined
    if (version === undefined) return false
    if (!this.#versions.has(version)) this.#key.derive(macLabel, Number(version))
    this.#versions.add(version)
    return true
  }
}

/** Whether all indexed values have types that engines accept. */
function indexable({ unique, lookups, expires }: KindRule<Records[Kind]>, record: Records[Kind]): boolean {
  const text = (value: unknown) => value === undefined || typeof value === 'string'
  try {
    const at = expires?.(record)
    return (
      (at === undefined || Number.isFinite(at)) &&
      Object.values(unique).every((of) => text(of(record))) &&
      Object.values(lookups).every(({ of, sort, many }) => {
        const value = of(record)
        const typed = many ? Array.isArray(value) && value.every(text) : text(value)
        return typed && (!sort || value === undefined || typeof sort(record) === 'string')
      })
    )
  } catch (error) {
    // The record lacks a required value.
    if (error instanceof TypeError) return false
    throw error
  }
}

const isKind = (text: string): text is Kind => Object.hasOwn(kinds, text)
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function parsed(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString())
  } catch {
    return undefined
  }
}
