// Answers on the screen: a table for lists, a line for each member of one thing, or JSON.
import type { Operation } from '../../admin/operation.ts'
import type { Screen } from '../context.ts'
import type { AdminAnswer } from './answer.ts'

export function printAnswer(
  screen: Screen,
  { command: { columns } }: Operation,
  answers: readonly AdminAnswer[],
  json: boolean,
): void {
  if (columns === undefined) {
    const body = answers.at(-1)?.body
    if (body === undefined) {
      if (!json) screen.err('done\n')
      return
    }
    screen.out(json ? `${JSON.stringify(body, null, 2)}\n` : linesOf(body))
    return
  }
  const items = answers.flatMap(({ body }) => itemsOf(body))
  const cursor = answers.at(-1)?.cursor
  if (json) screen.out(`${JSON.stringify({ items, ...(cursor !== undefined && { cursor }) }, null, 2)}\n`)
  else {
    screen.out(tableOf(columns, items))
    if (cursor !== undefined) screen.err(`there is more: --cursor '${cursor}', or --all\n`)
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const itemsOf = (body: unknown): readonly Readonly<Record<string, unknown>>[] => {
  const items = isObject(body) ? body['items'] : undefined
  return Array.isArray(items) ? items.filter(isObject) : []
}

/** One line of text; control characters, which could change what a terminal shows, are replaced. */
function cell(value: unknown): string {
  if (value === undefined || value === null) return ''
  const text = Array.isArray(value)
    ? value.map(cell).join(', ')
    : isObject(value)
      ? Object.entries(value)
          .map(([name, one]) => `${name}=${cell(one)}`)
          .join(' ')
      : String(value)
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\uFFFD')
}

function tableOf(columns: readonly string[], items: readonly Readonly<Record<string, unknown>>[]): string {
  const rows = [
    columns.map((name) => heading(cell(name))),
    ...items.map((item) => columns.map((name) => cell(item[name]))),
  ]
  const widths = columns.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)))
  return rows
    .map(
      (row) =>
        `${row
          .map((text, at) => text.padEnd(widths[at] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('')
}

/** `displayName` → `DISPLAY NAME`. */
const heading = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter}`).toUpperCase()

/** A line for each member. Those of an object are below its name, one level further in, and so is the table of a list of objects. */
function linesOf(body: unknown): string {
  if (!isObject(body)) return `${cell(body)}\n`
  const width = Math.max(...Object.keys(body).map((name) => name.length))
  const line = (name: string, text = ''): string => `${`${name.padEnd(width)}  ${text}`.trimEnd()}\n`
  return Object.entries(body)
    .map(([name, value]) => {
      if (isObject(value) && Object.keys(value).length > 0) return line(name) + indented(linesOf(value))
      if (Array.isArray(value) && value.some(isObject))
        return (
          line(name) +
          indented(
            value.every(isObject)
              ? tableOf(membersIn(value), value)
              : value.map((one) => `${cell(one)}\n`).join(''),
          )
        )
      const isEmpty = Array.isArray(value) ? value.length === 0 : isObject(value)
      return line(name, isEmpty ? 'none' : cell(value))
    })
    .join('')
}

/** Names of members, in the order in which they first come. */
const membersIn = (items: readonly object[]): readonly string[] => [...new Set(items.flatMap(Object.keys))]

const indented = (lines: string): string => lines.replace(/^(?=.)/gm, '  ')
