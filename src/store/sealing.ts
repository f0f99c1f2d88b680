// Between a record and the text an engine keeps: JSON in which every declared secret is sealed, and no other is.
import { Secret } from '../secure/secret.ts'
import { ruleOf } from './kinds.ts'
import type { Kind, Records } from './records.ts'

/** What sealing asks of the master key (secure/master-key.ts). */
export interface Sealer {
  seal(plain: string, aad: string): string
  /** @throws Problem when it was sealed for another aad or under another key. */
  open(sealed: string, aad: string): string
}

type Fields = Record<string, unknown>

/** A sealed value moved to another record or field does not open. */
const aadOf = (kind: Kind, id: string, field: string): string => `${kind}/${id}/${field}`

/** @throws TypeError when a Secret stands in a field that is not declared as sealed, or the reverse: a bug. */
export function recordToText<K extends Kind>(kind: K, record: Records[K], sealer: Sealer): string {
  const { sealed } = ruleOf(kind)
  let plain: Fields = record as unknown as Fields
  if (sealed.length > 0) {
    plain = { ...plain }
    for (const field of sealed) {
      const value = plain[field]
      if (value === undefined) continue
      if (!(value instanceof Secret)) throw new TypeError(`${kind}.${field} must be a Secret`)
      plain[field] = sealer.seal(value.reveal(), aadOf(kind, record.id, field))
    }
  }
  const text = JSON.stringify(plain)
  // A Secret writes itself as `[secret]`: only a text with that word needs the closer look.
  if (text.includes('"[secret]"')) refuseSecrets(kind, plain)
  return text
}

/** @throws Problem('unavailable') when a sealed field does not open under this master key. */
export function textToRecord<K extends Kind>(kind: K, text: string, sealer: Sealer): Records[K] {
  const record = JSON.parse(text) as Fields
  for (const field of ruleOf(kind).sealed)
    if (record[field] !== undefined)
      record[field] = new Secret(sealer.open(String(record[field]), aadOf(kind, String(record['id']), field)))
  return record as unknown as Records[K]
}

function refuseSecrets(kind: Kind, value: unknown): void {
  if (value instanceof Secret) throw new TypeError(`a Secret in ${kind} is not in a field declared as sealed`)
  if (typeof value === 'object' && value !== null)
    for (const part of Object.values(value)) refuseSecrets(kind, part)
}
