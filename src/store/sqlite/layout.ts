// How kinds of record map to tables: one table per kind, a column per unique field and per lookup, and a side table for each
// lookup with several values. Both threads build their statements from these layouts.
import { type KindRule, kinds, ruleOf } from '../kinds.ts'
import type { EpochSeconds, Kind, Records } from '../records.ts'

export type Value = string | number | null

interface Single {
  readonly name: string
  readonly sorted: boolean
}

/** The side table of a lookup with several values per record. */
export interface Side {
  readonly name: string
  readonly table: string
}

/** A lookup whose records are counted per value, with the table and column of its values. */
export interface Counted {
  readonly name: string
  readonly table: string
  readonly column: string
  /** In a side table, whose rows are inserted and deleted but never updated. */
  readonly side: boolean
}

export interface Layout {
  readonly kind: Kind
  /** Quoted, because several kinds are SQL keywords. */
  readonly table: string
  readonly uniques: readonly string[]
  readonly singles: readonly Single[]
  readonly sides: readonly Side[]
  readonly counted: readonly Counted[]
  readonly expires: boolean
  readonly watched: boolean
  /** All columns except `id` and `version`, in the order of `columnValues`. */
  readonly columns: readonly string[]
}

const quoted = (name: string): string => `"${name}"`
export const uniqueColumn = (name: string): string => quoted(`unique_${name}`)
export const lookupColumn = (name: string): string => quoted(`by_${name}`)
export const sortColumn = (name: string): string => quoted(`sort_${name}`)

function layoutOf(kind: Kind): Layout {
  const rule = ruleOf(kind)
  const lookups = Object.entries(rule.lookups)
  const uniques = Object.keys(rule.unique)
  const singles = lookups
    .filter(([, l]) => !l.many)
    .map(([name, l]) => ({ name, sorted: l.sort !== undefined }))
  const sides = lookups
    .filter(([, l]) => l.many)
    .map(([name]) => ({ name, table: quoted(`${kind}_${name}`) }))
  const counted = lookups
    .filter(([, l]) => l.counted)
    .map(([name, { many }]) =>
      many
        ? { name, table: quoted(`${kind}_${name}`), column: 'value', side: true }
        : { name, table: quoted(kind), column: lookupColumn(name), side: false },
    )
  const columns = [
    'expires',
    'body',
    ...uniques.map(uniqueColumn),
    ...singles.flatMap(({ name, sorted }) => [lookupColumn(name), ...(sorted ? [sortColumn(name)] : [])]),
  ]
  const expires = rule.expires !== undefined
  const { watched } = rule
  return { kind, table: quoted(kind), uniques, singles, sides, counted, expires, watched, columns }
}

/** In a fixed order: the index of a layout is its number in messages to the writer. */
export const layouts: readonly Layout[] = (Object.keys(kinds) as Kind[]).map(layoutOf)
const numbers: ReadonlyMap<Kind, number> = new Map(layouts.map((layout, at) => [layout.kind, at]))
export const numberOf = (kind: Kind): number => numbers.get(kind) ?? unknownKind(kind)
export const layoutFor = (kind: Kind): Layout => layouts[numberOf(kind)] ?? unknownKind(kind)

function unknownKind(kind: string): never {
  throw new TypeError(`no kind of record is named ${kind}`)
}

/** Appends the record's values of `layout.columns` to `into`. */
export function columnValues<K extends Kind>(
  layout: Layout,
  record: Records[K],
  body: string,
  into: Value[],
): void {
  const rule = ruleOf(layout.kind) as KindRule<Records[K]>
  const expires: EpochSeconds | undefined = rule.expires?.(record)
  into.push(expires ?? null, body)
  for (const name of layout.uniques) into.push(rule.unique[name]?.(record) ?? null)
  for (const { name, sorted } of layout.singles) {
    const lookup = rule.lookups[name]
    into.push((lookup?.of(record) as string | undefined) ?? null)
    if (sorted) into.push(lookup?.sort?.(record) ?? '')
  }
}

/** A record's rows in one side table: `[value, sort]`. */
export function sideRows<K extends Kind>(layout: Layout, side: Side, record: Records[K]): [string, string][] {
  const lookup = (ruleOf(layout.kind) as KindRule<Records[K]>).lookups[side.name]
  const sort = lookup?.sort?.(record) ?? ''
  const values = lookup?.of(record) ?? []
  // Values that differ only in lone surrogates are equal in the database, and a duplicate row would fail the whole batch.
  return [...new Set([...values].map((value) => value.toWellFormed()))].map((value) => [value, sort])
}
