// How kinds of record map to MongoDB: one collection per kind; besides the body a field for each unique field, each lookup and its
// sort key. A lookup with several values is an array field, which MongoDB indexes value by value.
import { type KindRule, kinds, ruleOf } from '../kinds.ts'
import type { Kind, Records } from '../records.ts'

/** A record as it is stored. Fields without a value are absent, so that the indexes do not contain them. */
export interface Stored {
  readonly _id: string
  readonly version: number
  /** As sealing.ts writes it. */
  readonly body: string
  /** A date, because TTL indexes take no other type. */
  readonly expires?: Date
  readonly [field: string]: unknown
}

export interface Index {
  readonly name: string
  readonly key: Readonly<Record<string, 1>>
  readonly unique?: true
  readonly sparse?: true
  readonly partialFilterExpression?: Readonly<Record<string, { readonly $exists: true }>>
  readonly expireAfterSeconds?: number
}

export const allKinds = Object.keys(kinds) as readonly Kind[]
export const watchedKinds = allKinds.filter((kind) => ruleOf(kind).watched)
export const expiringKinds = allKinds.filter((kind) => ruleOf(kind).expires)

/** Collections besides those of the kinds. */
export const storeCollection = 'store_about'
export const revisionCollection = 'store_revision'
export const probeCollection = 'store_probe'

export const uniqueField = (name: string): string => `unique_${name}`
export const lookupField = (name: string): string => `by_${name}`
const sortField = (name: string): string => `sort_${name}`

/**
 * Seconds after its expiry until the server deletes a record that no sweep has deleted. The server's clock may be ahead of ours,
 * and a record that has not expired by our clock must not be deleted.
 */
const ttlGrace = 3600

/** Later instants become the last valid date (ECMA-262, "Time Values and Time Range"), because BSON stores an invalid date as 1970. */
export const dateOf = (seconds: number): Date => new Date(Math.min(seconds * 1000, 8.64e15))

const ruleFor = (kind: Kind): KindRule<Records[Kind]> => ruleOf(kind) as unknown as KindRule<Records[Kind]>

/** The field by which a lookup is ordered before the id; undefined when it is ordered by the id alone. */
export function sortFieldOf(kind: Kind, name: string): string | undefined {
  const lookup = Object.hasOwn(ruleFor(kind).lookups, name) ? ruleFor(kind).lookups[name] : undefined
  if (!lookup) throw new TypeError(`${kind} has no lookup ${name}`)
  return lookup.sort && sortField(name)
}

export const isUnique = (kind: Kind, name: string): boolean => Object.hasOwn(ruleFor(kind).unique, name)

export const isCounted = (kind: Kind, name: string): boolean =>
  Object.hasOwn(ruleFor(kind).lookups, name) && ruleFor(kind).lookups[name]?.counted === true

/** The unique fields of a stored record that have a value. */
export const uniqueValues = (kind: Kind, stored: Stored): readonly (readonly [string, unknown])[] =>
  Object.keys(ruleFor(kind).unique)
    .map((name) => [uniqueField(name), stored[uniqueField(name)]] as const)
    .filter(([, value]) => value !== undefined)

export function storedOf<K extends Kind>(kind: K, record: Records[K], version: number, body: string): Stored {
  const rule = ruleOf(kind)
  const fields: Record<string, unknown> = {}
  for (const [name, of] of Object.entries(rule.unique)) put(fields, uniqueField(name), of(record))
  for (const [name, { of, sort }] of Object.entries(rule.lookups)) {
    const value = of(record)
    const many = typeof value === 'object'
    put(fields, lookupField(name), many ? [...new Set(value)] : value)
    if (sort && value !== undefined) fields[sortField(name)] = sort(record)
  }
  const expires = rule.expires?.(record)
  if (expires !== undefined) fields['expires'] = dateOf(expires)
  return { ...fields, _id: record.id, version, body }
}

function put(fields: Record<string, unknown>, name: string, value: unknown): void {
  if (value !== undefined && !(Array.isArray(value) && value.length === 0)) fields[name] = value
}

/** Every field of the kind besides `_id`, `version`, `body` and `expires`, and whether it holds many values. */
export function fieldsOf(kind: Kind): readonly { readonly name: string; readonly many: boolean }[] {
  const { unique, lookups } = ruleFor(kind)
  return [
    ...Object.keys(unique).map((name) => ({ name: uniqueField(name), many: false })),
    ...Object.entries(lookups).flatMap(([name, { many, sort }]) => [
      { name: lookupField(name), many: many === true },
      ...(sort ? [{ name: sortField(name), many: false }] : []),
    ]),
  ]
}

/** Indexes hold lookup value, sort key and id, so that a page is one range scan. */
export function indexesOf(kind: Kind): readonly Index[] {
  const { unique, lookups, expires } = ruleFor(kind)
  const uniques = Object.keys(unique).map((name): Index => {
    const field = uniqueField(name)
    return { name: field, key: { [field]: 1 }, unique: true, sparse: true }
  })
  const searched = Object.entries(lookups).map(([name, { sort }]): Index => {
    const field = lookupField(name)
    const sorted = sort ? { [sortField(name)]: 1 as const } : {}
    const partialFilterExpression = { [field]: { $exists: true as const } }
    return { name: field, key: { [field]: 1, ...sorted, _id: 1 }, partialFilterExpression }
  })
  const ttl: readonly Index[] = expires
    ? [{ name: 'expires', key: { expires: 1 }, expireAfterSeconds: ttlGrace }]
    : []
  return [...uniques, ...searched, ...ttl]
}

/** The same index for a server without partial and TTL indexes: it is larger, and only the sweep deletes expired records. */
export const plainIndex = ({ name, key, unique, sparse }: Index): Index => ({
  name,
  key,
  ...(unique && { unique }),
  ...(sparse && { sparse }),
})
