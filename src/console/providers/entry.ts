// What a form of an identity provider says, as an entry of the API.
import type { Form } from '../../web/request/body.ts'
import { isSecret, type Typed, typedFields } from '../frame/form.ts'
import { isBlank, valuesOf } from '../frame/typed.ts'
import { allFields, type ProviderKind } from './kinds.ts'
import { type Entry, isObject, type ProviderField, settingAt } from './settings-of-form.ts'

/** A new provider. */
export function newEntry(kind: ProviderKind, form: Form): Typed {
  const fields = allFields(kind).filter(({ apart }) => apart !== true)
  const typed = typedFields(fields, form, 'omit')
  const body = { ...kind.entry, ...typed.body, kind: kind.kind }
  return { ...typed, body: kind.complete?.(body, form) ?? body }
}

/**
 * The change that a form makes of settings. Secrets and metadata that were left empty stay, and so do further settings that were not
 * changed.
 * @param settings as they are now
 */
export function changedEntry(kind: ProviderKind, settings: Entry, form: Form): Typed {
  const isGiven = (name: string): boolean => (form.get(name) ?? '').trim() !== ''
  const fields = kind.fields.filter(
    (field) => isGiven(field.name) || (!isSecret(field) && field.name !== 'metadata'),
  )
  const further = kind.further
    .filter((field) => field.apart !== true && isChanged(field, settings, form))
    // An empty list would be another setting than the default.
    .map((field) => (isBlank(form.get(field.name) ?? '', field.as) ? withoutList(field) : field))
  const typed = typedFields([...fields, ...further], form, 'null')
  const body: Record<string, unknown> = { ...typed.body }
  if (isGiven('metadata_url') && !isGiven('metadata')) body['metadata'] = null
  const [now, next] = [settings['sign_in'], body['sign_in']]
  if (isObject(now) && isObject(next) && isObject(next['mapping']))
    body['sign_in'] = { ...next, mapping: replacing(now['mapping'], next['mapping']) }
  return { ...typed, body: kind.complete?.(body, form, settings) ?? body }
}

function withoutList(field: ProviderField): ProviderField {
  const { as, ...rest } = field
  return as === 'list' ? rest : field
}

function isChanged(field: ProviderField, settings: Entry, form: Form): boolean {
  const typed = form.get(field.name)
  if (isSecret(field)) return (typed ?? '').trim() !== ''
  const now = settingAt(settings, field)
  if (field.kind === 'switch') return (typed === 'true') !== (now === 'true')
  return normal(field, typed ?? '') !== normal(field, now ?? '')
}

/** The same for texts that mean the same. */
const normal = ({ as }: ProviderField, text: string): string =>
  valuesOf(text, as)?.join('\n') ?? text.replaceAll('\r\n', '\n').trim()

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
