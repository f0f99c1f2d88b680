// Fields of CSV files (RFC 4180) that spreadsheets do not run: what would begin a formula gets an apostrophe (OWASP, "CSV
// Injection"), because callers choose parts of what such files have.

/** How a formula begins; spreadsheets pass over blanks and invisible characters before it. */
const formula = /^(?:[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠|%]|[\t\r\n])/u

const harmless = (text: string): string => (formula.test(text) ? `'${text}` : text)

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`

/** A field in quotes. */
export const csvField = (text: string): string => quoted(harmless(text))

/**
 * A field in quotes where it needs them; also after a semicolon or tab, at which some spreadsheets divide fields whatever the
 * quotes, no formula begins.
 */
export function csvCell(text: string): string {
  const safe = text
    .split(/(?<=[;\t])/)
    .map(harmless)
    .join('')
  return /[",\r\n]/.test(safe) ? quoted(safe) : safe
}
