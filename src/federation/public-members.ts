// What is refused of an entry before its schema reads it: more members than any provider has, which would keep the process busy
// (docs/attacks.md 36), and secrets in members that everybody who may read providers is shown (docs/attacks.md 26).
import type { FieldFault } from '../problem.ts'
import type { ProviderEntry } from './configuration-entry.ts'

/** Members and items of an entry, those of its members included. */
export const mostMembers = 5000

export function isTooLarge(entry: ProviderEntry): boolean {
  const open: unknown[] = [entry]
  for (let seen = 0; open.length > 0; seen++) {
    if (seen + open.length > mostMembers) return true
    const next = open.pop()
    // One by one, because as many arguments as a body has items do not fit on the stack.
    if (typeof next === 'object' && next !== null) for (const inner of Object.values(next)) open.push(inner)
  }
  return false
}

/** Members for secrets: they are sealed, and never shown. */
const secretNames: ReadonlySet<string> = new Set(['private_key', 'client_secret', 'bind_password'])

/** Private keys in PEM. `jwks` is read as keys, which refuses private ones (run-time-settings.ts). */
export function secretsInPublicMembers(value: unknown, path: readonly string[] = []): readonly FieldFault[] {
  if (typeof value === 'string')
    return value.includes('PRIVATE KEY-----')
      ? [{ field: path.join('.'), message: 'must not have a private key: everybody may read it' }]
      : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    secretNames.has(name) ? [] : secretsInPublicMembers(inner, [...path, name]),
  )
}
