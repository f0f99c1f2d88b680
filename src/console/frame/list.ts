// Links of a list that goes by cursor. Lists are never counted.
import type { ListLinks } from '../../../views/console/frame/parts.ts'

export type ListQuery = Readonly<Record<string, string | undefined>>

/** `path?name=value&…`, without empty values. */
export function pathWith(path: string, query: ListQuery): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== '') parameters.set(name, value)
  const text = parameters.toString()
  return text === '' ? path : `${path}?${text}`
}

/**
 * @param filter without the cursor
 * @param page cursors of this page and of the next
 */
export function listLinks(
  path: string,
  filter: ListQuery,
  page: { readonly cursor: string | undefined; readonly next: string | undefined },
): ListLinks {
  return {
    first: page.cursor === undefined ? undefined : pathWith(path, filter),
    next: page.next === undefined ? undefined : pathWith(path, { ...filter, cursor: page.next }),
    csv: pathWith(`${path}.csv`, filter),
    json: pathWith(`${path}.json`, filter),
  }
}
