// Search filters with a placeholder (RFC 4515). User input is escaped, so it can only be a value (attacks.md 18).

/** RFC 4515 §3: escapes the special characters and NUL; other characters stay, as UTF-8. */
export const escapeFilterValue = (text: string): string =>
  text.toWellFormed().replace(/[\\*()\0]/g, (char) => `\\${char.charCodeAt(0).toString(16).padStart(2, '0')}`)

/** The filter with the escaped value in place of the placeholder. */
export const filterWith = (template: string, place: string, value: string): string =>
  template.replaceAll(`{${place}}`, () => escapeFilterValue(value))

/** Why a filter is invalid; undefined when it is valid. */
export function filterFault(template: string, place: string): string | undefined {
  if (!template.includes(`{${place}}`)) return `must hold \`{${place}}\``
  if (!isBalanced(template)) return 'must be one filter in parentheses, as `(uid={username})`'
  // The placeholder must be the value: as part of an attribute name, `=` in the input could choose another attribute.
  const items = template.split(/[()]/).filter((item) => item.includes(`{${place}}`))
  if (items.some((item) => item.indexOf(`{${place}}`) < item.indexOf('=') || !item.includes('=')))
    return `must hold \`{${place}}\` behind an \`=\``
  if (/\\(?![0-7][0-9a-fA-F])/.test(template)) return 'may escape ASCII characters alone, as `\\2a`'
  return undefined
}

/** Whether the parentheses enclose exactly one filter. */
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
