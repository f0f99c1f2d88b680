// The parts of a provider's form: what its kind needs; further settings, which are open when one of them has something to be seen; and
// hidden, the secrets that were typed before.
import type { FieldView, FurtherFields } from '../../../views/console/frame/fields.ts'
import { t } from '../../../views/console/message.ts'
import { isProblem, type Problem } from '../../problem.ts'
import type { Form } from '../../web/request/body.ts'
import { fieldsOf, isSecret } from '../frame/form.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import { allFields, type ProviderKind } from './kinds.ts'
import type { ProviderField } from './settings-of-form.ts'
import { keptSecrets, sealedSecrets, typedSecretsField, withTypedSecrets } from './typed-secrets.ts'

interface FormState {
  /** What was sent; undefined for a form that was just opened. */
  readonly form?: Form | undefined
  readonly problem?: Problem | undefined
  /** Names of the secrets that the provider has. */
  readonly secrets?: readonly string[]
}

/** @param values what was typed, or what there is */
export function fieldsOfProvider(
  kind: ProviderKind,
  values: (name: string) => string | undefined,
  { form, problem, secrets = [] }: FormState,
): { readonly fields: readonly FieldView[]; readonly further: FurtherFields } {
  const kept = form === undefined ? [] : keptSecrets(allFields(kind), form, problem)
  const noted = (field: ProviderField): ProviderField =>
    kept.includes(field.name)
      ? { ...field, note: t('What you typed is kept. Leave it empty to use that.') }
      : field
  const further = fieldsOf(kind.further.map(noted), values, problem)
  const isOpen = further.some(
    (view) =>
      view.problem !== undefined ||
      (isSecret(view) ? kept.includes(view.name) || secrets.includes(view.name) : hasValue(view)),
  )
  return {
    fields: fieldsOf(kind.fields.map(noted), values, problem),
    further: { title: t('Further settings'), fields: further, isOpen },
  }
}

const hasValue = ({ kind, value }: FieldView): boolean =>
  kind === 'switch' ? value === 'true' : value.trim() !== ''

/** Hidden fields with the secrets that were typed. */
export function hiddenSecrets(
  request: ConsoleRequest,
  kind: ProviderKind,
  { form, problem }: FormState,
): Readonly<Record<string, string>> {
  const kept = form === undefined ? [] : keptSecrets(allFields(kind), form, problem)
  return form === undefined || kept.length === 0
    ? {}
    : { [typedSecretsField]: sealedSecrets(request, kept, form) }
}

/** What was sent, with the secrets that were typed before; or why they must be typed again. */
export function readSecrets(
  request: ConsoleRequest,
  kind: ProviderKind,
  sent: Form,
): { readonly form: Form; readonly problem?: Problem } {
  try {
    return { form: withTypedSecrets(request, allFields(kind), sent) }
  } catch (error) {
    if (!isProblem(error, 'validation')) throw error
    return { form: sent, problem: error }
  }
}
