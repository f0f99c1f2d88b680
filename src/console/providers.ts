// Identity providers: the list, and a check of one: whether it answers, and warnings about its settings.
import {
  type CheckView,
  type ProviderRow,
  providerPage,
  providersPage,
} from '../../views/console/providers.ts'
import { Problem } from '../problem.ts'
import { awsCommand } from './command.ts'
import type { ConsoleRequest } from './request.ts'
import type { ConsoleRoute } from './route.ts'
import { showPage } from './show.ts'

async function showProviders(request: ConsoleRequest): Promise<void> {
  // Authorizes the list and records it. Providers of other kinds than AWS's need the same permission.
  await request.ports.iam.listOpenIDConnectProviders(request.call)
  await showPage(request, {
    section: 'providers',
    title: 'Providers',
    body: providersPage({
      providers: await request.ports.providers.list(request.accountId),
      commands: [
        'npx chancery provider list',
        awsCommand(request.ports.issuer, 'iam list-open-id-connect-providers'),
      ],
    }),
  })
}

/** @throws Problem('denied'), Problem('not_found') */
async function providerOf(request: ConsoleRequest, arn: string): Promise<ProviderRow> {
  const found = (await request.ports.providers.list(request.accountId)).find((one) => one.arn === arn)
  const action = found?.kind === 'saml' ? 'iam:GetSAMLProvider' : 'iam:GetOpenIDConnectProvider'
  await request.ports.authorize(request.call, action, arn)
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

async function open(request: ConsoleRequest): Promise<void> {
  await showProvider(request, await providerOf(request, request.query.get('arn') ?? ''))
}

async function check(request: ConsoleRequest): Promise<void> {
  const provider = await providerOf(request, (await request.form()).get('arn') ?? '')
  await showProvider(request, provider, await request.ports.providers.check(request.accountId, provider.arn))
}

export const providerRoutes: readonly ConsoleRoute[] = [
  ['GET', '/providers', showProviders],
  ['GET', '/providers/one', open],
  ['POST', '/providers/check', check],
]
