// What a form of an identity provider says, as an entry of the API.
import type { Form } from '../../web/request/body.ts'
import { type Typed, typedFields } from '../frame/form.ts'
import { isObject, type ProviderKind } from './kinds.ts'

type Entry = Readonly<Record<string, unknown>>

/** A new provider. */
export function newEntry(kind: ProviderKind, form: Form): Typed {
  const { kind: is, entry, fields, complete } = kind
  const typed = typedFields(fields, form, 'omit')
  const body = { ...entry, ...typed.body, kind: is }
  return { ...typed, body: complete === undefined ? body : complete(body) }
}

/**
 * The change that a form makes of settings. Secrets and metadata that were left empty stay.
 * @param settings as they are now
 */
export function changedEntry(kind: ProviderKind, settings: Entry, form: Form): Typed {
  const isGiven = (name: string): boolean => (form.get(name) ?? '').trim() !== ''
  const fields = kind.fields.filter(
    ({ name, kind: field }) => isGiven(name) || (field !== 'password' && name !== 'metadata'),
  )
  const typed = typedFields(fields, form, 'null')
  const body: Record<string, unknown> = { ...typed.body }
  if (isGiven('metadata_url') && !isGiven('metadata')) body['metadata'] = null
  const [now, next] = [settings['sign_in'], body['sign_in']]
  if (isObject(now) && isObject(next) && isObject(next['mapping']))
    body['sign_in'] = { ...next, mapping: replacing(now['mapping'], next['mapping']) }
  return { ...typed, body }
}

/** A merge patch (RFC 7396) that makes `next` of `old`: members that are gone are removed. */
function replacing(old: unknown, next: Entry): Entry {
  if (!isObject(old)) return next
  const removed = Object.keys(old).filter((name) => !(name in next))
  const kept = Object.entries(next).map(([name, value]) => [
    name,
    isObject(value) ? replacing(old[name], value) : value,
  ])
  return { ...Object.fromEntries(kept), ...Object.fromEntries(removed.map((name) => [name, null])) }
}
