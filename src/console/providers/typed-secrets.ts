// Keeps secrets that were typed into a form while the form is shown again with faults, so that they need not be typed again. The page
// has them sealed. They are valid only in the same session, for the same provider and for the same servers: otherwise somebody who
// finds the form open on another person's screen could have them sent to a server of their own.
import { Problem } from '../../problem.ts'
import type { Form } from '../../web/request/body.ts'
import { isSecret } from '../frame/form.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ProviderField } from './settings-of-form.ts'

/** Hidden field: the names of the secrets, and the secrets. */
export const typedSecretsField = 'typed-secrets'

/** Seconds. */
const lifetime = 900

/** Fields that say to which servers secrets are sent. */
const destination = ['url', 'base_url', 'token_endpoint', 'urls', 'start_tls', 'ca'] as const

/** A provider has one of them at most: when one is typed, the other does not count any more. */
const alternatives = ['sign_in.client_secret', 'sign_in.private_key']

type Sealing = Pick<ConsoleRequest, 'visitor'> & {
  readonly ports: Pick<ConsoleRequest['ports'], 'formSecrets' | 'now'>
}

const purposeOf = ({ visitor }: Sealing, names: readonly string[], form: Form): string =>
  JSON.stringify([
    names,
    visitor.userId,
    visitor.sessionId,
    ...['kind', 'arn', ...destination].map((name) => (form.get(name) ?? '').replaceAll('\r\n', '\n').trim()),
  ])

const isTyped = (form: Form, name: string): boolean => (form.get(name) ?? '').trim() !== ''

/** Names of the fields whose secrets are kept: of those that were typed, the ones with which nothing is wrong. */
export const keptSecrets = (
  fields: readonly ProviderField[],
  form: Form,
  problem: Problem | undefined,
): readonly string[] =>
  fields
    .filter((field) => isSecret(field) && isTyped(form, field.name) && !isRefused(field, problem))
    .map(({ name }) => name)

/** Several fields may make one member of the entry; its faults are then reported for the member, not for the field. */
function isRefused({ name, apart }: ProviderField, problem: Problem | undefined): boolean {
  const member = apart === true ? name.slice(0, name.lastIndexOf('.')) : name
  return (problem?.fields ?? []).some(({ field }) => field === member || field.startsWith(`${member}.`))
}

/** The value of the hidden field. @param names of the fields with the secrets */
export function sealedSecrets(request: Sealing, names: readonly string[], form: Form): string {
  const { formSecrets, now } = request.ports
  const secrets = JSON.stringify([now() + lifetime, names.map((name) => form.get(name))])
  return `${names.join(',')} ${formSecrets.seal(secrets, purposeOf(request, names, form))}`
}

/**
 * The form with the secrets that were typed before, as far as they were not typed again.
 * @throws Problem('validation') when they have to be
 */
export function withTypedSecrets(request: Sealing, fields: readonly ProviderField[], form: Form): Form {
  const [list = '', sealed = ''] = (form.get(typedSecretsField) ?? '').split(' ')
  const names = list.split(',')
  const isReplaced = (name: string): boolean =>
    isTyped(form, name) || (alternatives.includes(name) && alternatives.some((one) => isTyped(form, one)))
  const wanted = fields.flatMap((field) =>
    isSecret(field) && names.includes(field.name) && !isReplaced(field.name) ? [field.name] : [],
  )
  if (wanted.length === 0) return form
  const secrets = opened(request, sealed, purposeOf(request, names, form))
  if (secrets === undefined)
    throw new Problem('validation', 'secrets must be typed again', {
      fields: wanted.map((field) => ({
        field,
        message: 'must be typed again, because it was typed for other servers or too long ago',
      })),
    })
  return new Map([...form, ...wanted.map((name) => [name, secrets[names.indexOf(name)] ?? ''] as const)])
}

function opened(
  { ports: { formSecrets, now } }: Sealing,
  sealed: string,
  purpose: string,
): readonly string[] | undefined {
  const text = formSecrets.open(sealed, purpose)
  if (text === undefined) return undefined
  const [until, secrets] = JSON.parse(text) as readonly [number, readonly string[]]
  return now() < until ? secrets : undefined
}
