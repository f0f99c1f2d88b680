// Forms of operations of the admin API, as data: each field names a member of the operation's body. What was typed is kept, and
// what is wrong is marked at its field.
import { type FieldKind, type FieldView, fieldId, shownName } from '../../../views/console/frame/fields.ts'
import type { SuggestionsOf } from '../../../views/console/frame/suggest.ts'
import { counted, fieldFault, known, sentences, t, type Words } from '../../../views/console/message.ts'
import { html } from '../../../views/html.ts'
import { bodyFaults } from '../../admin/input.ts'
import { operationNamed } from '../../admin/operations.ts'
import { type FieldFault, isProblem, Problem, type ProblemCode } from '../../problem.ts'
import type { Form } from '../../web/request/body.ts'
import type { ConsoleRequest } from './request.ts'
import { problemText } from './sentence.ts'
import { suggestionsFor } from './suggest.ts'
import { isBlank, type TypedAs, typedValue, valuesOf } from './typed.ts'

export interface FieldSpec {
  /** Member of the body, with dots for members of members. */
  readonly name: string
  readonly label: Words
  readonly kind: FieldKind
  readonly note?: Words
  /** Example, shown while the field is empty. */
  readonly hint?: Words
  readonly required?: boolean
  /** What is wrong when it is required and empty, after its name; default `is required`. */
  readonly missing?: string
  /** Lines of a document that are shown at once; default 22. */
  readonly rows?: number
  readonly options?: readonly (readonly [string, Words])[]
  /** It asks for the name of something that exists, and proposes those. */
  readonly suggest?: SuggestionsOf
  /** The field whose choice says of which kind, in the place of `suggest`. */
  readonly suggestBy?: string
  /** What the member of the body is; default text. */
  readonly as?: TypedAs
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

/** What was typed into a form. */
export interface Typed {
  readonly body: Readonly<Record<string, unknown>>
  /** The fields that are required and empty. */
  readonly missing: readonly FieldFault[]
}

/**
 * The members of a body as far as they were typed, for a form that is checked before its operation; others use `bodyOf`.
 * @param blank whether an empty field is left out of the body or is `null` in it (an empty list, for lists). With `omit`, a field
 * that the form does not have counts as empty.
 */
export function typedFields(specs: readonly FieldSpec[], form: Form, blank: 'omit' | 'null'): Typed {
  const body: Record<string, unknown> = {}
  const missing: FieldFault[] = []
  for (const spec of specs) {
    const text = sentOf(spec, form) ?? (blank === 'omit' && isTyped(spec) ? '' : undefined)
    if (text === undefined) continue
    const value = typedValue(text, spec.as, isLine(spec))
    if (!isBlank(text, spec.as)) put(body, spec.name.split('.'), value)
    else if (spec.required) missing.push({ field: spec.name, message: spec.missing ?? 'is required' })
    else if (blank === 'null') put(body, spec.name.split('.'), Array.isArray(value) ? value : null)
  }
  return { body, missing }
}

/** Browsers send every text; a choice or switch that was not sent is left to the operation. */
const isTyped = ({ kind }: FieldSpec): boolean => kind !== 'choice' && kind !== 'switch'

const isLine = ({ kind }: FieldSpec): boolean => kind === 'text' || kind === 'email'

/**
 * The body of an operation.
 * @param blank as in `typedFields`
 * @param operation whose schema checks the other fields, so that all faults are reported together
 * @throws Problem('validation') with every field that is required and empty
 */
export function bodyOf(
  specs: readonly FieldSpec[],
  form: Form,
  blank: 'omit' | 'null',
  operation?: string,
): Typed['body'] {
  return completeBody(typedFields(specs, form, blank), operation)
}

/**
 * The same from the result of `typedFields`, for a body that was changed after it.
 * @param check says what else the operation would refuse
 * @throws Problem('validation') with every field that is missing or wrong
 */
export function completeBody(
  { body, missing }: Typed,
  operation?: string,
  check: () => readonly FieldFault[] = () => [],
): Typed['body'] {
  if (missing.length === 0) return body
  const faults = operation === undefined ? [] : bodyFaults(operationNamed(operation).body, body)
  const isKnown = ({ field }: FieldFault) => faults.some((one) => one.field === field)
  throw incomplete(missing, [...faults, ...check().filter((fault) => !isKnown(fault))])
}

/**
 * For forms that are not the body of an operation.
 * @throws Problem('validation') with every field that is required and empty
 */
export function requireFields(specs: readonly FieldSpec[], form: Form): void {
  const { missing } = typedFields(specs, form, 'omit')
  if (missing.length > 0) throw incomplete(missing, [])
}

/**
 * Refuses a form that lacks something.
 * @param check says what else is wrong, and changes nothing
 * @throws Problem('validation')
 */
export async function refuseIncomplete(
  missing: readonly FieldFault[],
  check: () => Promise<unknown>,
): Promise<void> {
  if (missing.length === 0) return
  let faults: readonly FieldFault[] = []
  try {
    await check()
  } catch (error) {
    if (!isFormProblem(error) || error.fields === undefined) throw error
    faults = error.fields
  }
  throw incomplete(missing, faults)
}

/** @param faults of the operation: what it says about a field counts */
const incomplete = (missing: readonly FieldFault[], faults: readonly FieldFault[]): Problem =>
  new Problem('validation', 'fields are missing', {
    fields: [...missing.filter(({ field }) => !faults.some((one) => isWithin(one.field, field))), ...faults],
  })

/** Whether a fault is about the field of this name, or about a part of it. */
const isWithin = (fault: string, name: string): boolean => fault === name || fault.startsWith(`${name}.`)

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

/** Whether no page shows what is typed into it. */
export const isSecret = ({ kind }: Pick<FieldSpec, 'kind'>): boolean => kind === 'password' || kind === 'key'

/** @param values what was typed, or what there is now */
export function fieldsOf(
  specs: readonly FieldSpec[],
  values: (name: string) => string | undefined,
  problem?: Problem,
): readonly FieldView[] {
  return specs.map((spec) => {
    const value = isSecret(spec) ? '' : (values(spec.name) ?? '')
    return { ...spec, value, problem: problemWith(spec, value, problem) }
  })
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

function problemWith(spec: FieldSpec, value: string, problem: Problem | undefined): Words | undefined {
  const { name, label } = spec
  const faults = (problem?.fields ?? []).filter(({ field }) => isWithin(field, name))
  const values = spec.kind === 'lines' ? (valuesOf(value, spec.as) ?? []) : []
  const lineOf = (field: string) =>
    values.length > 1 && field !== name ? values[Number(field.slice(name.length + 1))] : undefined
  return faults.length === 0
    ? undefined
    : sentences(faults.map(({ field, message }) => faultOf(label, message, lineOf(field))))
}

/** Characters of a line that are repeated beside what is wrong with it. */
const mostShown = 80

/**
 * What is wrong with a field, after its name; messages of fields are verbs in English.
 * @param value which of several lines it is about
 */
const faultOf = (name: Words, message: string, value?: string): Words =>
  value === undefined
    ? fieldFault(name, message)
    : t('{field}: `{value}` {fault}.', {
        field: name,
        fault: known(message),
        value: value.length > mostShown ? `${value.slice(0, mostShown)}…` : value,
      })

/** What stands at the top of a form. */
export function formProblem(
  specs: readonly FieldSpec[],
  problem: Problem | undefined,
): Words | string | undefined {
  if (problem === undefined) return undefined
  if (problem.fields === undefined) return problemText(problem)
  const faults = problem.fields
  const count = specs.filter(({ name }) => faults.some(({ field }) => isWithin(field, name))).length
  const others = faults.filter(({ field }) => !specs.some(({ name }) => isWithin(field, name)))
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
