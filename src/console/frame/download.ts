// Lists as files: every page of the list, one after the other, as CSV (RFC 4180) or JSON. Nothing is kept in memory but one page.
import { Readable } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { csvCell } from '../../web/response/csv.ts'
import type { ConsoleRequest } from './request.ts'

export interface ListFile<T> {
  /** File name without its ending. */
  readonly name: string
  readonly page: (
    cursor: string | undefined,
  ) => Promise<{ readonly items: readonly T[]; readonly cursor?: string | undefined }>
  readonly columns: readonly (readonly [string, (item: T) => string | undefined])[]
}

/** The first page is read before the answer begins, so that a refusal is still a page. */
export async function sendList<T>(
  request: ConsoleRequest,
  format: 'csv' | 'json',
  file: ListFile<T>,
): Promise<void> {
  const { ctx } = request
  const first = await file.page(undefined)
  ctx.status = 200
  ctx.type = format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json'
  ctx.set('Content-Disposition', `attachment; filename="${file.name}.${format}"`)
  const pages = pagesOf(file, first)
  ctx.body = Readable.from(format === 'csv' ? csvOf(file, pages) : jsonOf(pages))
}

async function* pagesOf<T>(
  { page }: ListFile<T>,
  first: Awaited<ReturnType<ListFile<T>['page']>>,
): AsyncGenerator<readonly T[]> {
  let now = first
  yield now.items
  while (now.cursor !== undefined) {
    // A page may be read and sent without waiting for anything: others would have no turn before the whole list is sent.
    await nextTurn()
    now = await page(now.cursor)
    yield now.items
  }
}

async function* csvOf<T>(
  { columns }: ListFile<T>,
  pages: AsyncIterable<readonly T[]>,
): AsyncGenerator<string> {
  yield `${columns.map(([title]) => csvCell(title)).join(',')}\r\n`
  for await (const items of pages)
    yield items
      .map((item) => `${columns.map(([, value]) => csvCell(value(item) ?? '')).join(',')}\r\n`)
      .join('')
}

async function* jsonOf(pages: AsyncIterable<readonly unknown[]>): AsyncGenerator<string> {
  let before = '['
  for await (const items of pages)
    for (const item of items) {
      yield `${before}\n${JSON.stringify(item)}`
      before = ','
    }
  yield before === '[' ? '[]\n' : '\n]\n'
}
