// Settings of an identity provider that is there: changed, and checked before they are saved. Secrets that are left empty stay.
import { t } from '../../../views/console/message.ts'
import { checkButtons } from '../../../views/console/providers/new-provider.ts'
import { editProviderPage, editProviderPath } from '../../../views/console/providers/provider.ts'
import { type CheckView, providerPath } from '../../../views/console/providers/providers.ts'
import { html } from '../../../views/html.ts'
import { changedProvider, checkAnswer, provider } from '../../admin/identity-providers/schemas.ts'
import type { Problem } from '../../problem.ts'
import type { Form } from '../../web/request/body.ts'
import { adminCommand } from '../frame/command.ts'
import { formProblem, isFormProblem, isSecret, refuseIncomplete } from '../frame/form.ts'
import { openFresh, staleProblem } from '../frame/fresh.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { showPage } from '../frame/show.ts'
import { changedEntry } from './entry.ts'
import { allFields, kindOfSettings, type ProviderKind } from './kinds.ts'
import { mostFormBytes } from './new-provider.ts'
import { fieldsOfProvider, hiddenSecrets, readSecrets } from './provider-form.ts'
import { type ManagedProvider, rowOf } from './row.ts'
import { isObject, type ProviderField, settingAt } from './settings-of-form.ts'

const find = (request: ConsoleRequest, arn: string) =>
  request.performWithVersion('GetIdentityProvider', provider, { params: { provider: arn } })

interface Typed {
  readonly form?: Form
  readonly problem?: Problem | undefined
  readonly checked?: CheckView | undefined
}

/** What a change cannot touch is not asked for; what is kept when it is left empty says so. */
const changeable = (kind: ProviderKind): ProviderKind => ({
  ...kind,
  fields: kind.fields
    .filter(({ name }) => (kind.kind === 'openid' ? name !== 'url' : name !== 'name'))
    .map(keepable),
  further: kind.further.map(keepable),
})

const keepable = (field: ProviderField): ProviderField =>
  (isSecret(field) && field.apart !== true) || field.name === 'metadata'
    ? { ...field, required: false, note: t('Left empty, it stays as it is.') }
    : field

/** Values of the form: defaults where the settings leave them out. */
function currentValue(kind: ProviderKind, { settings }: ManagedProvider, name: string): string | undefined {
  const field = allFields(kind).find((one) => one.name === name)
  if (field === undefined || name === 'metadata' || isSecret(field)) return undefined
  const standard = isObject(settings['sign_in']) ? standards[name] : kind.begins[name]
  return settingAt(settings, field) ?? standard
}

const standards: Readonly<Record<string, string>> = {
  'sign_in.create_users': 'true',
  'sign_in.second_factor.ask': 'everyone',
}

async function open(request: ConsoleRequest): Promise<void> {
  const { answer, version } = await find(request, request.query.get('arn') ?? '')
  await show(request, answer, version, {})
}

async function show(
  request: ConsoleRequest,
  managed: ManagedProvider,
  version: string,
  { form, problem, checked }: Typed,
): Promise<void> {
  const found = kindOfSettings(managed.settings)
  const kind = found && changeable(found)
  const values = (name: string): string | undefined =>
    form === undefined ? kind && currentValue(kind, managed, name) : form.get(name)
  const { arn } = managed
  await showPage(request, {
    section: 'providers',
    title: html`${managed.name ?? managed.issuer}`,
    status: problem === undefined ? 200 : 422,
    body: editProviderPage({
      provider: rowOf(managed),
      denied: await request.denial({ action: 'chancery:UpdateIdentityProvider', resource: arn }),
      form: {
        target: { action: '/console/providers/edit', token: request.token },
        ...(kind === undefined
          ? { fields: [] }
          : fieldsOfProvider(kind, values, { form, problem, secrets: managed.secrets })),
        problem: formProblem(kind === undefined ? [] : allFields(kind), problem),
        submit: t('Save'),
        hidden: { arn, version, ...(kind && hiddenSecrets(request, kind, { form, problem })) },
        beside: checkButtons(undefined),
      },
      checked,
      commands: [
        adminCommand(request.ports.issuer, 'UpdateIdentityProvider', [managed.name ?? arn], {
          sign_in: '{"title":"Corp"}',
        }),
      ],
    }),
  })
}

async function save(request: ConsoleRequest): Promise<void> {
  const sent = await request.form(mostFormBytes)
  const arn = sent.get('arn') ?? ''
  const { answer, version } = await find(request, arn)
  const kind = kindOfSettings(answer.settings)
  if (kind === undefined) return request.redirect(editProviderPath(arn))
  const { form, problem } = readSecrets(request, kind, sent)
  const opened = form.get('version') ?? version
  const again = (typed: Omit<Typed, 'form'>) => show(request, answer, opened, { form, ...typed })
  if (problem !== undefined) return again({ problem })
  if (!(await request.isFresh())) return again({ problem: staleProblem })
  const { body, missing } = changedEntry(changeable(kind), answer.settings, form)
  const asked = { params: { provider: arn }, body, version: form.get('version') }
  const check = () => request.perform('CheckIdentityProviderChange', checkAnswer, asked)
  try {
    await refuseIncomplete(missing, check)
    if (form.get('do') === 'check') return await again({ checked: await check() })
    const { notice } = await request.perform('UpdateIdentityProvider', changedProvider, asked)
    request.redirect(`${providerPath(arn)}&done=${notice === undefined ? 'saved' : 'saved-differently'}`)
  } catch (error) {
    if (!isFormProblem(error)) throw error
    await again({ problem: error })
  }
}

export const editProviderRoutes: readonly ConsoleRoute[] = [
  ['GET', '/providers/edit', openFresh(open)],
  ['POST', '/providers/edit', save],
]
