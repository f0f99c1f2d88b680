// What was typed into a field, as the value that an operation takes.
import { secondsOf } from './duration.ts'

/**
 * `list`: lines or comma-separated values become an array; `lines`: only lines do, because a value may have commas; `flag`: `true`
 * and `false`; `json`: a JSON value; `duration`: `8 h` becomes seconds.
 */
export type TypedAs = 'list' | 'lines' | 'flag' | 'number' | 'json' | 'duration'

const separators = { list: /[\n,]/, lines: /\n/ } as const

/** The values of a list, without those that are empty. */
export const partsOf = (text: string, as: keyof typeof separators): readonly string[] =>
  text
    .split(separators[as])
    .map((value) => value.trim())
    .filter((value) => value !== '')

/** The same, each once; undefined for other fields. */
export const valuesOf = (text: string, as: TypedAs | undefined): readonly string[] | undefined =>
  as === 'list' || as === 'lines' ? [...new Set(partsOf(text, as))] : undefined

/** Whether nothing was typed: blanks are nothing, and neither are the commas of a list. */
export const isBlank = (text: string, as: TypedAs | undefined): boolean =>
  (valuesOf(text, as) ?? text.trim()).length === 0

/** @param isLine blanks around it come from copying, and are left out */
export function typedValue(text: string, as: TypedAs | undefined, isLine: boolean): unknown {
  if (as === 'flag') return text === 'true'
  if (as === 'json') return jsonOf(text)
  if (as === 'duration') return secondsOf(text) ?? text
  // Anything else than digits is left for the operation to refuse.
  if (as === 'number') return /^\d{1,12}$/.test(text.trim()) ? Number(text.trim()) : text
  return valuesOf(text, as) ?? (isLine ? text.trim() : text)
}

/** Text that is no JSON is left for the operation to refuse. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
