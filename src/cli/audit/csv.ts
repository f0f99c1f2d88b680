// Audit entries as CSV (RFC 4180) for spreadsheets.
import { csvField } from '../../web/response/csv.ts'

type Members = Readonly<Record<string, unknown>>

const columns = [
  'time',
  'account',
  'outcome',
  'action',
  'who',
  'resource',
  'reason',
  'request',
  'sourceIp',
  'userAgent',
  'actor',
  'allowedBy',
  'decision',
  'details',
  'id',
] as const

export const csvHeader = `${columns.join(',')}\r\n`

/** One line; members that are not texts are JSON. */
export const csvLine = (entry: Members): string =>
  `${columns.map((name) => csvField(textOf(entry[name]))).join(',')}\r\n`

function textOf(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
