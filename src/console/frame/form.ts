// Forms of operations of the admin API, as data: each field names a member of the operation's body. What was typed is kept, and
// what is wrong is marked at its field.
import { type FieldKind, type FieldView, fieldId, shownName } from '../../../views/console/frame/fields.ts'
import type { SuggestionsOf } from '../../../views/console/frame/suggest.ts'
import { counted, known, sentences, t, type Words } from '../../../views/console/message.ts'
import { html } from '../../../views/html.ts'
import { isProblem, type Problem, type ProblemCode } from '../../problem.ts'
import type { Form } from '../../web/request/body.ts'
import { secondsOf } from './duration.ts'
import type { ConsoleRequest } from './request.ts'
import { problemText } from './sentence.ts'
import { suggestionsFor } from './suggest.ts'

export interface FieldSpec {
  /** Member of the body, with dots for members of members. */
  readonly name: string
  readonly label: Words
  readonly kind: FieldKind
  readonly note?: Words
  /** Example, shown while the field is empty. */
  readonly hint?: Words
  readonly required?: boolean
  /** Lines of a document that are shown at once; default 22. */
  readonly rows?: number
  readonly options?: readonly (readonly [string, Words])[]
  /** It asks for the name of something that exists, and proposes those. */
  readonly suggest?: SuggestionsOf
  /** The field whose choice says of which kind, in the place of `suggest`. */
  readonly suggestBy?: string
  /** `list`: lines become an array; `flag`: `true` and `false`; `json`: a JSON value; `duration`: `8 h` becomes seconds. */
  readonly as?: 'list' | 'flag' | 'number' | 'json' | 'duration'
}

/** On or off. */
export const flag = (name: string, label: Words): FieldSpec => ({
  name,
  label,
  kind: 'switch',
  as: 'flag',
  required: true,
})

/** What a form has of a field; a switch that is off sends nothing but that it was shown. */
const sentOf = ({ name, kind }: FieldSpec, form: Form): string | undefined =>
  form.get(name) ?? (kind === 'switch' && form.has(shownName(name)) ? 'false' : undefined)

/** Lines or comma-separated values. */
const listOf = (text: string): string[] =>
  text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')

function typedValue({ as }: FieldSpec, text: string): unknown {
  if (as === 'list') return listOf(text)
  if (as === 'flag') return text === 'true'
  if (as === 'json') return jsonOf(text)
  if (as === 'duration') return secondsOf(text) ?? text
  // Anything else than digits is left for the operation to refuse.
  if (as === 'number') return /^\d{1,12}$/.test(text.trim()) ? Number(text.trim()) : text
  return text
}

/** Text that is no JSON is left for the operation to refuse. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/**
 * The body of the operation.
 * @param blank what becomes of a field that was left empty; lists become empty lists when it is `null`
 */
export function bodyOf(
  specs: readonly FieldSpec[],
  form: Form,
  blank: 'omit' | 'null',
): Record<string, unknown> {
  const body: Record<string, unknown> = {}
  for (const spec of specs) {
    const text = sentOf(spec, form)
    if (text === undefined) continue
    const empty = text.trim() === ''
    if (empty && blank === 'omit') continue
    const value = empty && spec.as !== 'list' ? (spec.required ? text : null) : typedValue(spec, text)
    put(body, spec.name.split('.'), value)
  }
  return body
}

function put(body: Record<string, unknown>, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    body[name] = value
    return
  }
  const inner = body[name]
  const child: Record<string, unknown> =
    typeof inner === 'object' && inner !== null ? { ...inner } : Object.create(null)
  put(child, rest, value)
  body[name] = child
}

/** A private key does not go back to a page, also when it was pasted into a field that is shown (docs/attacks.md 26). */
const withoutKeys = (value: string): string => (value.includes('PRIVATE KEY-----') ? '' : value)

/** @param values what was typed, or what there is now */
export function fieldsOf(
  specs: readonly FieldSpec[],
  values: (name: string) => string | undefined,
  problem?: Problem,
): readonly FieldView[] {
  return specs.map((spec) => ({
    ...spec,
    value: withoutKeys(values(spec.name) ?? ''),
    problem: problemWith(spec, problem),
  }))
}

/** The same, with what the fields propose. */
export const suggestingFieldsOf = (
  request: ConsoleRequest,
  specs: readonly FieldSpec[],
  values: (name: string) => string | undefined,
  problem?: Problem,
): Promise<readonly FieldView[]> =>
  Promise.all(
    fieldsOf(specs, values, problem).map(async (field, at) => {
      const { suggest, suggestBy } = specs[at] ?? {}
      if (suggest === undefined) return field
      const suggestions = await suggestionsFor(request, suggest, {
        many: field.kind === 'names',
        ofSelect: suggestBy && fieldId(suggestBy),
      })
      return { ...field, suggestions }
    }),
  )

function problemWith({ name, label }: FieldSpec, problem: Problem | undefined): Words | undefined {
  const faults = (problem?.fields ?? []).filter(({ field }) => field === name || field.startsWith(`${name}.`))
  return faults.length === 0 ? undefined : sentences(faults.map(({ message }) => faultOf(label, message)))
}

/** What is wrong with a field, after its name; messages of fields are verbs in English. */
const faultOf = (name: Words, message: string): Words =>
  t('{field} {fault}.', { field: name, fault: known(message) })

/** What stands at the top of a form. */
export function formProblem(
  specs: readonly FieldSpec[],
  problem: Problem | undefined,
): Words | string | undefined {
  if (problem === undefined) return undefined
  const names = new Set(specs.map(({ name }) => name))
  const others = (problem.fields ?? []).filter(
    ({ field }) => ![...names].some((name) => field === name || field.startsWith(`${name}.`)),
  )
  if (problem.fields === undefined) return problemText(problem)
  const count = problem.fields.length - others.length
  return sentences([
    ...(count === 0 ? [] : [counted(count, 'One field needs attention.', '{count} fields need attention.')]),
    ...others.map(({ field, message }) => faultOf(html`${field}`, message)),
  ])
}

/** The refusals that a form shows itself. @param more further codes */
export const isFormProblem = (error: unknown, ...more: readonly ProblemCode[]): error is Problem =>
  isProblem(
    error,
    ...more,
    'validation',
    'invalid_input',
    'conflict',
    'malformed_policy',
    'limit_exceeded',
    'delete_conflict',
    'precondition_failed',
    'concurrent_modification',
    'unmodifiable',
    'password_policy_violation',
    'too_large',
    'denied',
  )
