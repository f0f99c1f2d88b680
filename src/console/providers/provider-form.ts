// The two parts of a provider's form: what its kind needs, and further settings, which are open when one of them has something to be
// seen.
import type { FieldView, FurtherFields } from '../../../views/console/frame/fields.ts'
import { t } from '../../../views/console/message.ts'
import type { Problem } from '../../problem.ts'
import type { Form } from '../../web/request/body.ts'
import { fieldsOf, isSecret } from '../frame/form.ts'
import type { ProviderKind } from './kinds.ts'

export interface ProviderFormState {
  /** What was sent; undefined for a form that was just opened. */
  readonly form?: Form | undefined
  readonly problem?: Problem | undefined
  /** Names of the secrets that the provider has. */
  readonly secrets?: readonly string[]
}

/** @param values what was typed, or what there is */
export function fieldsOfProvider(
  { fields, further }: Pick<ProviderKind, 'fields' | 'further'>,
  values: (name: string) => string | undefined,
  { form, problem, secrets = [] }: ProviderFormState,
): { readonly fields: readonly FieldView[]; readonly further: FurtherFields } {
  const views = fieldsOf(further, values, problem)
  const isTyped = ({ name }: FieldView): boolean => (form?.get(name) ?? '') !== ''
  const isOpen = views.some(
    (view) =>
      view.problem !== undefined ||
      (isSecret(view) ? isTyped(view) || secrets.includes(view.name) : hasValue(view)),
  )
  return {
    fields: fieldsOf(fields, values, problem),
    further: { title: t('Further settings'), fields: views, isOpen },
  }
}

const hasValue = ({ kind, value }: FieldView): boolean =>
  kind === 'switch' ? value === 'true' : value.trim() !== ''
