// Lists (RFC 7644 §3.4.2): filtered, paged by number or by cursor (RFC 9865).
import type { Directory } from '../../iam/people/directory.ts'
import { type Filter, parseFilter } from './filter.ts'
import { indexes, lookupsOf } from './lookups.ts'
import { matches } from './match.ts'
import { ScimProblem } from './problem.ts'
import type { ScimRequest } from './request.ts'
import type { Resource } from './resource.ts'
import { type ResourceSchema, urns } from './schemas.ts'

/** Resources in one answer. */
export const mostResults = 200
const defaultResults = 100
/** Records that a filter reads before it is refused. */
export const mostRead = 2000

export interface ListSource<T extends { readonly id: string }> {
  readonly schema: ResourceSchema
  readonly directory: Directory<T>
  /** What filters see. @param member the user by whose id a group was found */
  readonly full: (item: T, filter: Filter, member: string | undefined) => Promise<Resource>
  /** What answers show. */
  readonly show: (items: readonly T[]) => Promise<readonly Resource[]>
}

export async function list<T extends { readonly id: string }>(
  request: ScimRequest,
  source: ListSource<T>,
): Promise<Resource> {
  const { query } = request
  const count = Math.min(mostResults, Math.max(0, numberOf(query, 'count') ?? defaultResults))
  const startIndex = Math.max(1, numberOf(query, 'startIndex') ?? 1)
  const text = query.get('filter')
  const cursor = query.get('cursor')
  if (text !== undefined) {
    const found = await filtered(request, source, parseFilter(text))
    const name = `scim ${source.schema.name} ${text}`
    const skip = cursor === undefined ? startIndex - 1 : Number(opened(request, name, cursor) ?? 0)
    const items = found.slice(skip, skip + count)
    const rest = skip + items.length < found.length && items.length > 0
    const next = cursor !== undefined && rest ? sealed(request, name, String(skip + items.length)) : undefined
    return answer(await source.show(items), found.length, cursor === undefined ? startIndex : undefined, next)
  }
  const total = await source.directory.count(request.call)
  if (cursor !== undefined) {
    const name = `scim ${source.schema.name}`
    const after = opened(request, name, cursor)
    const found =
      count === 0 ? { items: [], next: undefined } : await source.directory.page(request.call, after, count)
    const next = found.next === undefined ? undefined : sealed(request, name, found.next)
    return answer(await source.show(found.items), total, undefined, next)
  }
  const found =
    count === 0 || startIndex > total ? [] : await source.directory.slice(request.call, startIndex - 1, count)
  if (found === undefined)
    throw new ScimProblem('tooMany', '`startIndex` is too far: page through so many with `cursor` (RFC 9865)')
  return answer(await source.show(found), total, startIndex, undefined)
}

function answer(
  resources: readonly Resource[],
  total: number,
  startIndex: number | undefined,
  nextCursor: string | undefined,
): Resource {
  return {
    schemas: [urns.list],
    totalResults: total,
    itemsPerPage: resources.length,
    ...(startIndex !== undefined && { startIndex }),
    ...(nextCursor !== undefined && { nextCursor }),
    Resources: resources,
  }
}

/** @throws ScimProblem('invalidValue') */
function numberOf(query: ReadonlyMap<string, string>, name: string): number | undefined {
  const text = query.get(name)
  if (text === undefined || text === '') return undefined
  if (/^-?\d{1,9}$/.test(text)) return Number(text)
  throw new ScimProblem(
    name === 'count' ? 'invalidCount' : 'invalidValue',
    `\`${name}\` must be a whole number`,
  )
}

/** Every match, in the order of the lookups. @throws ScimProblem('tooMany') */
async function filtered<T extends { readonly id: string }>(
  { call }: ScimRequest,
  { schema, directory, full }: ListSource<T>,
  filter: Filter,
): Promise<readonly T[]> {
  // Wrong attributes and comparisons are refused also where no record is read.
  matches(schema, filter, {})
  const lookups = lookupsOf(schema, filter)
  if (lookups === undefined && (await directory.count(call)) > mostRead)
    throw new ScimProblem(
      'tooMany',
      `the filter needs one of ${[...indexes[schema.name].keys()].join(', ')} by eq in an account of more than ${mostRead}`,
    )
  const found = new Map<string, T>()
  let read = 0
  for (const lookup of lookups ?? [{ by: 'everything' } as const])
    for await (const item of directory.by(call, lookup)) {
      if (++read > mostRead)
        throw new ScimProblem('tooMany', `the filter reads more than ${mostRead} records: make it narrower`)
      const member = lookup.by === 'member' ? lookup.value : undefined
      if (!found.has(item.id) && matches(schema, filter, await full(item, filter, member)))
        found.set(item.id, item)
    }
  return [...found.values()]
}

/** An empty cursor asks for the first page. @throws ScimProblem('invalidCursor') */
function opened({ ports, call }: ScimRequest, name: string, cursor: string): string | undefined {
  if (cursor === '') return undefined
  const after = ports.use.people.markers.tryOpen(call, name, cursor)
  if (after === undefined)
    throw new ScimProblem(
      'invalidCursor',
      '`cursor` must be of the page before, with the same filter, at most a day old',
    )
  return after
}

const sealed = ({ ports, call }: ScimRequest, name: string, after: string): string =>
  ports.use.people.markers.seal(call, name, after)
