// The tables of docs/administer.md, printed from the table of operations.
import type { Operation } from './operation.ts'

/** A Markdown table: a row for each operation, with its command, permission and resource. */
export function operationsTable(operations: readonly Operation[]): string {
  const rows = operations.map(({ name, method, path, summary, resource, conditionKeys, also, command }) => {
    const keys = conditionKeys.map((key) => `\`${key}\``).join(', ')
    const actions = [`\`chancery:${name}\``, ...also.map((other) => `also \`chancery:${other}\``)].join(', ')
    return `| \`${method} ${path}\` | \`chancery ${command.words}\` | ${summary} | ${actions} | \`${resource}\` | ${keys} |`
  })
  return [
    '| request | command | what it does | action | resource | condition keys |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n')
}
