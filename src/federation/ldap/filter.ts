// Search filters with a place for a value (RFC 4515): what a stranger typed is a value there and nothing else (attacks.md 18).

/** RFC 4515 §3: the characters that have a meaning, and NUL. The rest stays, as UTF-8. */
export const escapeFilterValue = (text: string): string =>
  text.toWellFormed().replace(/[\\*()\0]/g, (char) => `\\${char.charCodeAt(0).toString(16).padStart(2, '0')}`)

/** The filter with a value in its place. */
export const filterWith = (template: string, place: string, value: string): string =>
  template.replaceAll(`{${place}}`, () => escapeFilterValue(value))

/** Why a filter cannot be used; undefined when it can. */
export function filterFault(template: string, place: string): string | undefined {
  if (!template.includes(`{${place}}`)) return `must hold \`{${place}}\``
  if (!isBalanced(template)) return 'must be one filter in parentheses, as `(uid={username})`'
  // An attribute's name is not for the value to choose: `=` in it would make it one.
  const items = template.split(/[()]/).filter((item) => item.includes(`{${place}}`))
  if (items.some((item) => item.indexOf(`{${place}}`) < item.indexOf('=') || !item.includes('=')))
    return `must hold \`{${place}}\` behind an \`=\``
  if (/\\(?![0-7][0-9a-fA-F])/.test(template)) return 'may escape ASCII characters alone, as `\\2a`'
  return undefined
}

/** From the first parenthesis to the last, one filter. */
function isBalanced(text: string): boolean {
  if (!text.startsWith('(')) return false
  let depth = 0
  for (const [at, char] of [...text].entries()) {
    if (char === '(') depth++
    if (char === ')') depth--
    if (depth <= 0) return depth === 0 && at === [...text].length - 1
  }
  return false
}
