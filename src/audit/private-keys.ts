// Private keys that somebody gave where something else was meant, such as a public key: no entry has them (docs/attacks.md 26).

/** A private key in PEM (RFC 7468); to the end when it has none. */
const pem =
  /-----BEGIN [A-Z\d ]*PRIVATE KEY-----(?:(?!-----END)[\s\S])*(?:-----END [A-Z\d ]*PRIVATE KEY-----)?/g

/** What is secret in a JSON Web Key (RFC 7518 sections 6.2.2, 6.3.2 and 6.4). */
const secretMembers = new Set(['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'])
/** The same in a text, also in JSON within JSON, and as programs print objects. */
const inText = /(\b(?:d|p|q|dp|dq|qi|k)\\*["']?\s*:\s*\\*["'])[\w-]{16,}/g

/** Whether a text has a private or symmetric key, also one that was cut off: then no page shows it again. */
export const holdsPrivateKey = (text: string): boolean =>
  text.includes('PRIVATE KEY-----') || text.search(inText) !== -1

/** Whether a member of an object is secret because the object is a JSON Web Key. */
export const isSecretOfKey = (object: object, member: string): boolean =>
  secretMembers.has(member) && 'kty' in object

/** The text with `[secret]` in the place of private keys. */
export function withoutPrivateKeys(text: string): string {
  const withoutPem = text.includes('PRIVATE KEY-----') ? text.replace(pem, '[secret]') : text
  return withoutPem.includes('kty') ? withoutPem.replace(inText, '$1[secret]') : withoutPem
}
