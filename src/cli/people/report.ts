// What became of each row of an import, on the screen.
import type { RowReport } from '../../admin/people/csv/row-report.ts'

export interface Counts {
  created: number
  unchanged: number
  failed: number
  invited: number
}

export const emptyCounts = (): Counts => ({ created: 0, unchanged: 0, failed: 0, invited: 0 })

/** `line 7     failed     bob  email must be an e-mail address`. */
export function reportLine({ line, status, name, invited, errors = [], notes = [] }: RowReport): string {
  const faults = [...errors, ...notes].map(({ column, message }) =>
    column === undefined ? message : `${column} ${message}`,
  )
  const rest = [name, invited === true && 'invited', faults.join('; ')].filter(
    (part) => part !== false && part !== '',
  )
  return `${`line ${line}`.padEnd(11)} ${status.padEnd(9)} ${printable(rest.join('  '))}\n`
}

export function summaryOf({ created, unchanged, failed, invited }: Counts, isDryRun: boolean): string {
  const count = (value: number) => value.toLocaleString('en')
  const parts = [
    `${count(created)} ${isDryRun ? 'would be created' : 'created'}`,
    `${count(unchanged)} unchanged`,
    `${count(failed)} failed`,
    ...(invited > 0 ? [`${count(invited)} ${isDryRun ? 'would be invited' : 'invited'}`] : []),
  ]
  return parts.join(', ')
}

/** Control characters of the file could change what a terminal shows. */
const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\uFFFD')
