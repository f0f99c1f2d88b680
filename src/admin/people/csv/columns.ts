// The columns of a CSV file of people: their names, what they mean to the admin API, and their values.

import { attributeNames, attributeRules } from '../../../iam/people/attributes.ts'
import { csvField } from '../../../web/response/csv.ts'
import type { PersonFault } from './row-report.ts'

/** A member of the request that creates a person, as far as a file has it. */
type Members = Readonly<Record<string, unknown>>

interface Column {
  /** In the header of an export. */
  readonly name: string
  /** Other names that are understood. */
  readonly also: readonly string[]
  /** Name of the field in answers of the admin API. */
  readonly field: string
  /** @throws Error with the rest of the sentence that the name of the column begins */
  readonly read: (value: string) => unknown
  /** Undefined: it is not exported. */
  readonly write: ((person: Members) => unknown) | undefined
}

const asText = (value: string): unknown => value
const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : [])
const membersOf = (value: unknown): Members =>
  typeof value === 'object' && value !== null ? (value as Members) : {}

function isTrue(value: string): boolean {
  if (/^(true|yes|1)$/i.test(value)) return true
  if (/^(false|no|0)$/i.test(value)) return false
  throw new Error('must be true or false')
}

const column = (field: string, name: string, more: Partial<Column> = {}): Column => ({
  name,
  also: [],
  field,
  read: asText,
  write: (person) => person[field],
  ...more,
})

const otherNames: Readonly<Partial<Record<(typeof attributeNames)[number], readonly string[]>>> = {
  timeZone: ['timezone', 'zone'],
  phoneNumber: ['phone'],
}

/** In the order of an export. */
const columns: readonly Column[] = [
  column('name', 'name', { also: ['username'] }),
  column('path', 'path'),
  column('displayName', 'display_name'),
  column('email', 'email'),
  column('emailVerified', 'email_verified', { read: isTrue }),
  ...attributeNames.map((name) =>
    column(`attributes.${name}`, attributeRules[name].claim, {
      also: otherNames[name] ?? [],
      write: ({ attributes }) => membersOf(attributes)[name],
    }),
  ),
  column('groups', 'groups', {
    read: (value) =>
      value
        .split(';')
        .map((name) => name.trim())
        .filter((name) => name !== ''),
    write: ({ groups }) => texts(groups).join(';'),
  }),
  column('state', 'disabled', {
    read: (value) => (isTrue(value) ? 'disabled' : 'enabled'),
    write: ({ state }) => state === 'disabled',
  }),
  column('passwordHash', 'password_hash', { write: undefined }),
]

const folded = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[\s_-]/g, '')

const byName: ReadonlyMap<string, Column> = new Map(
  columns.flatMap((one) => [one.name, ...one.also].map((name) => [folded(name), one])),
)

export type PersonRow =
  | { readonly body: Members }
  | { readonly name: string; readonly faults: readonly PersonFault[] }

/** Maximum characters in the name of a column, because the report repeats it with each wrong value. */
const longestName = 64

const columnNamed = (name: string): Column | undefined =>
  name.length > longestName ? undefined : byName.get(folded(name))

/** Columns of a header that are named as wrong. */
const mostFaults = 10

/** A header that is not one of such a file. */
export class HeaderFault extends Error {
  override readonly name = 'HeaderFault'
  /** What is wrong with it, up to `mostFaults`. */
  readonly faults: readonly string[]

  constructor(all: readonly string[]) {
    const faults = all.slice(0, mostFaults)
    if (all.length > mostFaults) faults.push(`and ${all.length - mostFaults} more columns`)
    super(faults.join('; '))
    this.faults = faults
  }
}

/** What the rows of a file mean, by its header. */
export class PeopleColumns {
  readonly #header: readonly string[]
  readonly #columns: readonly Column[]

  /** @throws HeaderFault that names the columns that are not known or are there twice */
  constructor(header: readonly string[]) {
    this.#header = header.map((name) => name.trim())
    const found = this.#header.map(columnNamed)
    const firsts = new Map<Column | undefined, number>()
    for (const [at, one] of found.entries()) if (!firsts.has(one)) firsts.set(one, at)
    const faults = this.#header.flatMap((name, at) => {
      const one = found[at]
      return faultOfColumn(name, at, one && { first: firsts.get(one) ?? at }) ?? []
    })
    if (faults.length > 0) throw new HeaderFault(faults)
    this.#columns = found.filter((one) => one !== undefined)
    if (!this.#columns.some(({ field }) => field === 'name'))
      throw new HeaderFault([`there is no column \`name\`; columns are ${knownColumns}`])
  }

  /** The request that creates the person of one row; an empty value is none. */
  read(fields: readonly string[]): PersonRow {
    if (fields.length !== this.#columns.length)
      return {
        name: '',
        faults: [{ message: `has ${fields.length} fields, and the header has ${this.#columns.length}` }],
      }
    const faults: PersonFault[] = []
    const body: Record<string, unknown> = {}
    const attributes: Record<string, unknown> = {}
    for (const [at, one] of this.#columns.entries()) {
      const value = withoutEscape(fields[at]?.trim() ?? '')
      if (value === '') continue
      const name = this.#header[at] ?? one.name
      if (value.includes('\ufffd')) faults.push({ column: name, message: 'is not UTF-8' })
      const [member = '', attribute] = one.field.split('.')
      try {
        if (attribute === undefined) body[member] = one.read(value)
        else attributes[attribute] = one.read(value)
      } catch (error) {
        faults.push({ column: name, message: (error as Error).message })
      }
    }
    if (body['name'] === undefined) faults.push({ column: this.columnOf('name'), message: 'is required' })
    if (faults.length > 0) return { name: String(body['name'] ?? ''), faults }
    return { body: Object.keys(attributes).length > 0 ? { ...body, attributes } : body }
  }

  /** The column of a field of the admin API, such as `groups.1`; the field itself when the file has no such column. */
  columnOf(field: string): string {
    const at = this.#columns.findIndex((one) => field === one.field || field.startsWith(`${one.field}.`))
    return this.#header[at] ?? field
  }
}

const knownColumns = columns.map(({ name }) => name).join(', ')

/** @param known undefined: there is no such column; `first` is where the header has it first */
function faultOfColumn(
  name: string,
  at: number,
  known: { readonly first: number } | undefined,
): string | undefined {
  if (known === undefined) {
    if (folded(name) === 'password')
      return '`password` is not imported: give `password_hash`, or leave it out and use --invite'
    const hint = name.includes(';') ? ' (separate columns by commas)' : ''
    return `column ${at + 1} \`${name.slice(0, longestName)}\` is not known${hint}; columns are ${knownColumns}`
  }
  return known.first < at
    ? `column ${at + 1} \`${name}\` is the same as column ${known.first + 1}`
    : undefined
}

const exported = columns.filter(({ write }) => write !== undefined)

export const exportHeader = `${exported.map(({ name }) => name).join(',')}\r\n`

/** A person of the admin API as a line that can be imported. */
export const exportLine = (person: Members): string =>
  `${exported.map(({ write }) => exportField(write?.(person))).join(',')}\r\n`

/** What a spreadsheet would take for a formula begins with an apostrophe, as does what begins with one itself. */
function exportField(value: unknown): string {
  const text = value === undefined || value === null ? '' : String(value)
  return csvField(text.startsWith("'") ? `'${text}` : text)
}

const escaped = /^'(?='|[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠|%])/u

/** The value of a field that `exportField`, or a person who knows spreadsheets, wrote. */
const withoutEscape = (value: string): string => value.replace(escaped, '')
