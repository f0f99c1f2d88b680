// What all lists of the admin API have in common: a limit, a cursor, and `{ items, cursor }` as the answer.
import { z } from 'zod'
import type { Call } from '../iam/caller.ts'
import type { ListPage, ListRequest, Markers } from '../iam/paging.ts'
import { Problem } from '../problem.ts'

/** Query members of every list. */
export const pageQuery = {
  limit: z.int().min(1).max(200).default(100).describe('items on a page, 1 to 200'),
  cursor: z.string().max(2048).optional().describe('`cursor` of the previous page'),
}

/** Schema of one page of a list of such items. */
export const listOf = <S extends z.ZodType>(item: S) =>
  z.strictObject({
    items: z.array(item),
    cursor: z.string().optional().describe('present when there may be more'),
  })

export interface PageInput {
  readonly limit: number
  readonly cursor?: string | undefined
}

/**
 * Reads one page. A page may hold fewer items than asked for, or none, and still have a cursor.
 * @param list name of the list with everything that filters it: a cursor is of use with the same alone
 * @throws Problem('validation') for a cursor of another list, account or day
 */
export async function page<T, S>(
  { markers, call, list }: { readonly markers: Markers; readonly call: Call; readonly list: string },
  { limit, cursor }: PageInput,
  read: (list: string, request: ListRequest) => Promise<ListPage<T>>,
  show: (item: T) => S,
): Promise<{ items: S[]; cursor?: string }> {
  if (cursor !== undefined && markers.tryOpen(call, list, cursor) === undefined) {
    const message = 'must be the `cursor` of the previous page of the same list, at most a day old'
    throw new Problem('validation', `\`cursor\` ${message}`, { fields: [{ field: 'cursor', message }] })
  }
  const { items, marker } = await read(list, { marker: cursor, maxItems: limit })
  return { items: items.map(show), ...(marker !== undefined && { cursor: marker }) }
}
