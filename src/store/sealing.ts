// Converts records to the JSON text that engines store, encrypting exactly the declared secret fields, and back.
import { Secret } from '../secure/secret.ts'
import { ruleOf } from './kinds.ts'
import type { Kind, Records } from './records.ts'

/** The encryption that sealing needs (secure/key/master-key.ts). */
export interface Sealer {
  seal(plain: string, aad: string): string
  /** @throws Problem when the text was encrypted for another `aad` or under another key */
  open(sealed: string, aad: string): string
}

type Fields = Record<string, unknown>

/** Additional authenticated data, so that a sealed value cannot be moved to another record or field. */
const aadOf = (kind: Kind, id: string, field: string): string => `${kind}/${id}/${field}`

/** @throws TypeError when a Secret is in a field that is not declared as sealed, or the reverse: a bug */
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
  // A Secret serializes as `[secret]`, so only text with that word is inspected further.
  if (text.includes('"[secret]"')) refuseSecrets(kind, plain)
  return text
}

/** @throws Problem('unavailable') when a sealed field cannot be decrypted with this master key */
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
