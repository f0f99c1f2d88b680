// Private keys that somebody gave where something else was meant, such as a public key: no audit entry has them, and no page shows them
// again (docs/attacks.md 26).

/** A private key in PEM (RFC 7468) or of OpenPGP (RFC 9580); to the end when it has none. */
const pem =
  /-----BEGIN [A-Z\d ]*PRIVATE KEY(?: BLOCK)?-----(?:(?!-----END)[\s\S])*(?:-----END [A-Z\d ]*PRIVATE KEY(?: BLOCK)?-----)?/g
/** The end of one, whose beginning was cut off. */
const pemEnd = /-----END [A-Z\d ]*PRIVATE KEY(?: BLOCK)?-----/

/** What is secret in a JSON Web Key (RFC 7518 sections 6.2.2, 6.3.2 and 6.4). */
const secretMembers = new Set(['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'])
/** The same in a text, also in JSON within JSON, and as programs print objects. */
const inText = /(\b(?:d|p|q|dp|dq|qi|k)\\*["']?\s*:\s*\\*["'])([\w-]{16,})/g

const hasPem = (text: string): boolean => text.includes('PRIVATE KEY')

/** Names and ARNs, which nearly all texts are, need not be looked through. */
const hasQuotes = (text: string): boolean => text.includes('"') || text.includes("'")

/** Whether a member of an object is secret because the object is a JSON Web Key. */
export const isSecretOfKey = (object: object, member: string): boolean =>
  secretMembers.has(member) && 'kty' in object

/** The text with `[secret]` in the place of private keys. */
export function withoutPrivateKeys(text: string): string {
  const withoutPem = hasPem(text) ? withoutTail(text.replace(pem, '[secret]')) : text
  return hasQuotes(withoutPem) ? withoutPem.replace(inText, '$1[secret]') : withoutPem
}

/** What comes before an armour's end that has no beginning is the key, as far as it is base64 and line breaks. */
function withoutTail(text: string): string {
  const end = text.search(pemEnd)
  if (end === -1) return text
  let start = end
  while (start > 0 && /[\w+/=\s\\]/.test(text.charAt(start - 1))) start--
  return `${text.slice(0, start)}[secret]${text.slice(end).replace(pemEnd, '')}`
}

/** A line break as JSON writes it. Not tried anew at each backslash of many (docs/attacks.md 36). */
const writtenBreak = /(?<!\\)\\+[nr]/g

/** Characters of a part by which it is found again. */
const partLength = 16

/**
 * Parts of the private keys in a text, as they stand in it: whoever finds one in another text has found the key. Empty for a text
 * without a key.
 */
export function privateKeyParts(text: string): ReadonlySet<string> {
  const secrets = [...text.matchAll(inText)].map(([, , value = '']) => value)
  if (hasPem(text)) {
    const armoured = [...text.matchAll(pem)].map(([one]) => one)
    const rest = text.replace(pem, '')
    const end = rest.search(pemEnd)
    secrets.push(...armoured, ...(end === -1 ? [] : [rest.slice(0, end)]))
  }
  const parts = new Set<string>()
  for (const secret of secrets)
    for (const [line] of secret.replace(writtenBreak, '\n').matchAll(/[\w+/=-]{16,}/g)) {
      if (/^-----/.test(line)) continue
      for (let at = 0; at + partLength <= line.length; at += partLength)
        parts.add(line.slice(at, at + partLength))
      parts.add(line.slice(-partLength))
    }
  return parts
}

/** A text without what belongs to a key, by its parts. */
export function withoutParts(text: string, parts: ReadonlySet<string>): string {
  if (parts.size === 0) return text
  return text.replace(/[\w+/=%-]{16,}/g, (run) => {
    const plain = run.includes('%') ? decoded(run) : run
    let kept = ''
    let isSecret = false
    for (let at = 0; at < plain.length; ) {
      if (parts.has(plain.slice(at, at + partLength))) {
        if (!isSecret) kept += '[secret]'
        isSecret = true
        at += partLength
      } else {
        if (!isSecret || !isWithinPart(plain, at, parts)) {
          kept += plain.charAt(at)
          isSecret = false
        }
        at++
      }
    }
    return kept === plain ? run : kept
  })
}

/** Whether a character belongs to a part that begins before it: the last part of a line overlaps with the one before. */
const isWithinPart = (text: string, at: number, parts: ReadonlySet<string>): boolean => {
  for (let next = at - partLength + 1; next <= at; next++)
    if (next >= 0 && parts.has(text.slice(next, next + partLength))) return true
  return false
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
