// What the fields of a provider's form are in its settings, which are those of the API.
import type { FieldSpec } from '../frame/form.ts'

export type Entry = Readonly<Record<string, unknown>>

export const isObject = (value: unknown): value is Entry =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export interface ProviderField extends FieldSpec {
  /** Its value in settings, where that is not the member of its name. */
  readonly read?: (settings: Entry) => string | undefined
  /** It has no member of its own: `complete` of its kind makes one of several such fields. */
  readonly apart?: boolean
}

/** The value of a field in settings; undefined: it has none. */
export function settingAt(
  settings: Entry,
  { name: path, as, read }: Pick<ProviderField, 'name' | 'as' | 'read'>,
): string | undefined {
  if (read !== undefined) return read(settings)
  const value = path
    .split('.')
    .reduce<unknown>((inner, part) => (isObject(inner) ? inner[part] : undefined), settings)
  if (value === undefined) return undefined
  if (as === 'json') return JSON.stringify(value, null, 2)
  return Array.isArray(value) ? value.join('\n') : String(value)
}
