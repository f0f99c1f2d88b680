// Audit entries as CSV (RFC 4180) for spreadsheets.

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

/**
 * A quoted field. Texts that a spreadsheet would take for a formula (OWASP, "CSV Injection") begin with an apostrophe, because
 * callers choose parts of entries.
 */
export function csvField(text: string): string {
  const harmless =
    /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠|%]/u.test(text) || /^[\t\r\n]/.test(text) ? `'${text}` : text
  return `"${harmless.replaceAll('"', '""')}"`
}
