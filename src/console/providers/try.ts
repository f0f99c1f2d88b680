// The trial on the page of an identity provider: what a sign-in would make of an ID token or of claims. A token is never shown
// again; claims stay in their field.
import { t } from '../../../views/console/message.ts'
import type { TryView } from '../../../views/console/providers/try.ts'
import { html } from '../../../views/html.ts'
import { type TrialAnswer, trialAnswer } from '../../admin/identity-providers/trial-schemas.ts'
import { trialReadArns, trialReads } from '../../admin/identity-providers/try-operation.ts'
import type { Problem } from '../../problem.ts'
import type { Form } from '../../web/request/body.ts'
import { bodyOf, type FieldSpec, fieldsOf, formProblem, isFormProblem } from '../frame/form.ts'
import type { ConsoleRequest } from '../frame/request.ts'

/** A form that was submitted, with the result of the trial or why there is none. */
export interface SentTrial {
  readonly form: Form
  readonly trial?: TrialAnswer
  readonly problem?: Problem
}

const tokenField: FieldSpec = {
  name: 'token',
  label: t('ID token'),
  kind: 'document',
  rows: 4,
  note: t('Checked with the keys of the provider, and not kept.'),
}

const claimsField: FieldSpec = {
  name: 'claims',
  label: t('Claims'),
  kind: 'document',
  rows: 8,
  as: 'json',
  hint: html`${'{"sub": "…", "email": "…"}'}`,
  note: t('JSON, as if the provider had sent it.'),
}

/** Providers of other kinds give no ID tokens. */
const specsOf = (kind: string): readonly FieldSpec[] =>
  kind === 'openid' ? [tokenField, claimsField] : [{ ...claimsField, required: true }]

/** @param provider on which the trial is asked for */
export async function tryViewOf(
  request: ConsoleRequest,
  { arn, kind }: { readonly arn: string; readonly kind: string },
  sent: SentTrial | undefined,
): Promise<TryView> {
  const specs = specsOf(kind)
  const values = (name: string) => (name === 'token' ? undefined : sent?.form.get(name))
  return {
    denied: await deniedTrial(request, arn),
    form: {
      target: { action: '/console/providers/try#try', token: request.token },
      fields: fieldsOf(specs, values, sent?.problem),
      problem: formProblem(specs, sent?.problem),
      submit: t('Try'),
      hidden: { arn },
    },
    trial: sent?.trial,
  }
}

/** The first permission that is missing of those that the operation takes. */
async function deniedTrial(request: ConsoleRequest, arn: string): Promise<string | undefined> {
  const arns = trialReadArns(request.ports.use.serverAccountId)
  const denials = await Promise.all(
    [['TryIdentityProvider', arn] as const, ...trialReads.map((name) => [name, arns[name]] as const)].map(
      ([name, resource]) => request.denial({ action: `chancery:${name}`, resource }),
    ),
  )
  return denials.find((denial) => denial !== undefined)
}

/** @throws Problem for what no field of the form can change */
export async function sendTrial(request: ConsoleRequest, arn: string, form: Form): Promise<SentTrial> {
  const body = bodyOf([tokenField, claimsField], form, 'omit')
  try {
    const trial = await request.perform('TryIdentityProvider', trialAnswer, {
      params: { provider: arn },
      body,
    })
    return { form, trial }
  } catch (error) {
    if (!isFormProblem(error)) throw error
    return { form, problem: error }
  }
}
