// One identity provider: what it is and has, a check and a trial of it. Providers of the first account are those of the admin API;
// other accounts have those of AWS's API alone.
import { t, type Words } from '../../../views/console/message.ts'
import { type ProviderSettingsView, providerPage } from '../../../views/console/providers/provider.ts'
import type { CheckView, ProviderRow } from '../../../views/console/providers/providers.ts'
import { html } from '../../../views/html.ts'
import { checkAnswer, checkFacts, provider } from '../../admin/identity-providers/schemas.ts'
import type { AuditNote } from '../../admin/operation.ts'
import { recorded } from '../../admin/recorded.ts'
import type { Call } from '../../iam/caller.ts'
import { Problem } from '../../problem.ts'
import { adminCommand } from '../frame/command.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { showPage } from '../frame/show.ts'
import { allFields, kindOfSettings, valueInWords, withoutMembers } from './kinds.ts'
import { type ManagedProvider, rowOf } from './row.ts'
import { type SentTrial, sendTrial, tryViewOf } from './try.ts'

const doneMessages: ReadonlyMap<string, Words> = new Map([
  ['created', t('The provider was created. People can sign in with it.')],
  ['saved', t('The provider was saved.')],
  [
    'saved-differently',
    t(
      'The provider was saved. What began with it before goes on: end the sessions if its earlier keys or server are no longer to be trusted.',
    ),
  ],
  ['ended', t('Sessions, tokens and role sessions that began with the provider have ended.')],
  ['disabled', t('The provider is disabled.')],
  ['enabled', t('The provider is enabled.')],
])

const changes = [
  'UpdateIdentityProvider',
  'DisableIdentityProvider',
  'EnableIdentityProvider',
  'EndIdentityProviderSessions',
  'DeleteIdentityProvider',
]

interface Opened {
  readonly row: ProviderRow
  /** Undefined for those who may not read its settings. */
  readonly managed: ManagedProvider | undefined
}

const isOwner = ({ accountId, ports }: ConsoleRequest): boolean => accountId === ports.use.serverAccountId

/** Longest ARN in an audit entry: of a provider that may not exist. */
const longestArn = 512

/** @throws Problem('denied'), Problem('not_found') */
async function opened(request: ConsoleRequest, arn: string): Promise<Opened> {
  const mayRead = { action: 'chancery:GetIdentityProvider', resource: arn.slice(0, longestArn) }
  if (isOwner(request) && (await request.denial(mayRead)) === undefined) {
    const managed = await request.perform('GetIdentityProvider', provider, { params: { provider: arn } })
    return { row: rowOf(managed), managed }
  }
  const { call } = request
  const note = { resource: arn.slice(0, longestArn), details: {} }
  const row = await recorded(
    request.ports.trail,
    { call, action: 'GetIdentityProvider', change: false, note },
    () => providerOf(request, call, arn),
  )
  return { row, managed: undefined }
}

/** @throws Problem('denied'), Problem('not_found') */
async function providerOf(request: ConsoleRequest, call: Call, arn: string): Promise<ProviderRow> {
  const found = (await request.ports.providers.list(request.accountId)).find((one) => one.arn === arn)
  const action = found?.kind === 'saml' ? 'iam:GetSAMLProvider' : 'iam:GetOpenIDConnectProvider'
  await request.ports.authorize(call, action, arn)
  if (found === undefined) throw new Problem('not_found', 'there is no such identity provider')
  return found
}

const settingsOf = ({ settings, secrets, addresses, source }: ManagedProvider): ProviderSettingsView => {
  const kind = kindOfSettings(settings)
  const fields = kind === undefined ? [] : allFields(kind)
  const labels = new Map(fields.map(({ name, label }) => [name, label]))
  return {
    rows: fields.flatMap((field) => {
      const value = shownSettings.has(field.name) ? undefined : valueInWords(settings, field)
      return value === undefined ? [] : [[field.label, value] as const]
    }),
    further: withoutMembers(settings, new Set([...shownSettings, ...labels.keys()])),
    secrets: secrets.map((path) => labels.get(path) ?? html`${path}`),
    addresses,
    isFormer: source === 'former-file',
  }
}

/** Settings that the page shows above. */
const shownSettings: ReadonlySet<string> = new Set(['kind', 'name', 'url'])

/** What was asked of the provider, besides the page. */
interface ProviderAnswers {
  readonly checked?: CheckView
  readonly sent?: SentTrial
}

async function show(
  request: ConsoleRequest,
  { row, managed }: Opened,
  { checked, sent }: ProviderAnswers = {},
): Promise<void> {
  const denials = await Promise.all(
    changes.map((name) => request.denial({ action: `chancery:${name}`, resource: row.arn })),
  )
  await showPage(request, {
    section: 'providers',
    title: html`${row.name ?? row.issuer}`,
    status: sent?.problem === undefined ? 200 : 422,
    body: providerPage({
      provider: row,
      managed: managed && settingsOf(managed),
      checked,
      tried: isOwner(request) && row.signIn ? await tryViewOf(request, row, sent) : undefined,
      target: { action: '/console/providers/check', token: request.token },
      done: doneMessages.get(request.query.get('done') ?? ''),
      denied: new Map(changes.map((name, at) => [name, denials[at]])),
      commands: [
        adminCommand(request.ports.issuer, 'GetIdentityProvider', [row.name ?? row.arn]),
        adminCommand(request.ports.issuer, 'CheckIdentityProvider', [row.name ?? row.arn]),
        ...(row.signIn
          ? [
              adminCommand(request.ports.issuer, 'TryIdentityProvider', [row.name ?? row.arn], {
                claims: '@claims.json',
              }),
            ]
          : []),
      ],
    }),
    modules: request.ports.appModules,
  })
}

async function open(request: ConsoleRequest): Promise<void> {
  await show(request, await opened(request, request.query.get('arn') ?? ''))
}

async function check(request: ConsoleRequest): Promise<void> {
  const arn = (await request.form()).get('arn') ?? ''
  if (!isOwner(request)) return checkOfIam(request, arn)
  const checked = await request.perform('CheckIdentityProvider', checkAnswer, { params: { provider: arn } })
  await show(request, await opened(request, arn), { checked })
}

/** A check connects to another server in our name, so its entry is durable before it is answered. */
async function checkOfIam(request: ConsoleRequest, arn: string): Promise<void> {
  const { call } = request
  const note: AuditNote = { resource: arn.slice(0, longestArn), details: {} }
  const { row, checked } = await recorded(
    request.ports.trail,
    { call, action: 'CheckIdentityProvider', change: true, note },
    async () => {
      const found = await providerOf(request, call, arn)
      const result = await request.ports.providers.check(request.accountId, found.arn)
      note.details = { after: checkFacts(result) }
      return { row: found, checked: result }
    },
  )
  await show(request, { row, managed: undefined }, { checked })
}

async function tryIt(request: ConsoleRequest): Promise<void> {
  const form = await request.form()
  const arn = form.get('arn') ?? ''
  const sent = await sendTrial(request, arn, form)
  await show(request, await opened(request, arn), { sent })
}

export const providerPageRoutes: readonly ConsoleRoute[] = [
  ['GET', '/providers/one', open],
  ['POST', '/providers/check', check],
  ['POST', '/providers/try', tryIt],
]
