// Identity providers: the list.
import { t } from '../../../views/console/message.ts'
import { type ProviderRow, providersPage } from '../../../views/console/providers/providers.ts'
import { adminCommand, awsCommand } from '../frame/command.ts'
import { sendList } from '../frame/download.ts'
import { listLinks } from '../frame/list.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { showPage } from '../frame/show.ts'
import { providerActRoutes } from './acts.ts'
import { editProviderRoutes } from './edit-provider.ts'
import { newProviderRoutes } from './new-provider.ts'
import { providerPageRoutes } from './provider.ts'

async function showProviders(request: ConsoleRequest): Promise<void> {
  // Authorizes the list and records it. Providers of other kinds than AWS's need the same permission.
  await request.ports.iam.listOpenIDConnectProviders(request.call)
  await showPage(request, {
    section: 'providers',
    title: t('Providers'),
    body: providersPage({
      providers: await request.ports.providers.list(request.accountId),
      links: listLinks('/console/providers', {}, { cursor: undefined, next: undefined }),
      denied: await request.denial({
        action: 'chancery:CreateIdentityProvider',
        resource: `arn:aws:iam::${request.ports.use.serverAccountId}:identity-provider/*`,
      }),
      done: request.query.get('done') === 'deleted' ? t('The provider was deleted.') : undefined,
      commands: [
        adminCommand(request.ports.issuer, 'ListIdentityProviders'),
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

export const providerRoutes: readonly ConsoleRoute[] = [
  ['GET', '/providers', showProviders],
  ['GET', '/providers.csv', download('csv')],
  ['GET', '/providers.json', download('json')],
  ...providerPageRoutes,
  ...newProviderRoutes,
  ...editProviderRoutes,
  ...providerActRoutes,
]
