// Identity providers: the list, and a check of one: whether it answers, and warnings about its settings.
import {
  type CheckView,
  type ProviderRow,
  providerPage,
  providersPage,
} from '../../views/console/providers/providers.ts'
import type { AuditNote } from '../admin/operation.ts'
import { recorded } from '../admin/recorded.ts'
import type { Call } from '../iam/caller.ts'
import { Problem } from '../problem.ts'
import { awsCommand } from './frame/command.ts'
import { sendList } from './frame/download.ts'
import { listLinks } from './frame/list.ts'
import type { ConsoleRequest } from './frame/request.ts'
import type { ConsoleRoute } from './frame/route.ts'
import { showPage } from './frame/show.ts'

async function showProviders(request: ConsoleRequest): Promise<void> {
  // Authorizes the list and records it. Providers of other kinds than AWS's need the same permission.
  await request.ports.iam.listOpenIDConnectProviders(request.call)
  await showPage(request, {
    section: 'providers',
    title: 'Providers',
    body: providersPage({
      providers: await request.ports.providers.list(request.accountId),
      links: listLinks('/console/providers', {}, { cursor: undefined, next: undefined }),
      commands: [
        'npx chancery provider list',
        awsCommand(request.ports.issuer, 'iam list-open-id-connect-providers'),
      ],
    }),
  })
}

const download =
  (format: 'csv' | 'json') =>
  (request: ConsoleRequest): Promise<void> =>
    sendList<ProviderRow>(request, format, {
      name: 'providers',
      async page() {
        await request.ports.iam.listOpenIDConnectProviders(request.call)
        return { items: await request.ports.providers.list(request.accountId) }
      },
      columns: [
        ['arn', ({ arn }) => arn],
        ['name', ({ name }) => name],
        ['kind', ({ kind }) => kind],
        ['issuer', ({ issuer }) => issuer],
        ['signIn', ({ signIn }) => String(signIn)],
        ['fromFile', ({ fromFile }) => String(fromFile)],
        ['disabled', ({ disabled }) => String(disabled)],
      ],
    })

/** @throws Problem('denied'), Problem('not_found') */
async function providerOf(request: ConsoleRequest, call: Call, arn: string): Promise<ProviderRow> {
  const found = (await request.ports.providers.list(request.accountId)).find((one) => one.arn === arn)
  const action = found?.kind === 'saml' ? 'iam:GetSAMLProvider' : 'iam:GetOpenIDConnectProvider'
  await request.ports.authorize(call, action, arn)
  if (found === undefined) throw new Problem('not_found', 'there is no such identity provider')
  return found
}

async function showProvider(
  request: ConsoleRequest,
  provider: ProviderRow,
  checked?: CheckView,
): Promise<void> {
  await showPage(request, {
    section: 'providers',
    title: provider.name ?? provider.issuer,
    body: providerPage({
      provider,
      checked,
      target: { action: '/console/providers/check', token: request.token },
      commands: [`npx chancery provider check ${provider.name ?? provider.arn}`],
    }),
  })
}

/** Longest ARN in an audit entry: of a provider that may not exist. */
const longestArn = 512

async function open(request: ConsoleRequest): Promise<void> {
  const arn = request.query.get('arn') ?? ''
  const { call } = request
  const note = { resource: arn.slice(0, longestArn), details: {} }
  const provider = await recorded(
    request.ports.trail,
    { call, action: 'GetIdentityProvider', change: false, note },
    () => providerOf(request, call, arn),
  )
  await showProvider(request, provider)
}

/** A check asks another server in our name, so its entry is durable before it is answered. */
async function check(request: ConsoleRequest): Promise<void> {
  const arn = (await request.form()).get('arn') ?? ''
  const { call } = request
  const note: AuditNote = { resource: arn.slice(0, longestArn), details: {} }
  const { provider, checked } = await recorded(
    request.ports.trail,
    { call, action: 'CheckIdentityProvider', change: true, note },
    async () => {
      const provider = await providerOf(request, call, arn)
      const checked = await request.ports.providers.check(request.accountId, provider.arn)
      note.details = resultOf(checked)
      return { provider, checked }
    },
  )
  await showProvider(request, provider, checked)
}

/** Of a check for its audit entry: the steps that failed, and how many warnings of each level there are. */
const resultOf = ({ steps, risks }: CheckView): Readonly<Record<string, unknown>> => ({
  failed: steps.filter(({ ok }) => !ok).map(({ step }) => step),
  risks: Object.fromEntries(
    (['high', 'medium', 'low'] as const).map((level) => [
      level,
      risks.filter((risk) => risk.level === level).length,
    ]),
  ),
})

export const providerRoutes: readonly ConsoleRoute[] = [
  ['GET', '/providers', showProviders],
  ['GET', '/providers.csv', download('csv')],
  ['GET', '/providers.json', download('json')],
  ['GET', '/providers/one', open],
  ['POST', '/providers/check', check],
]
