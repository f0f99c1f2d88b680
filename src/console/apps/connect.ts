// The lines that an app needs, at any time after it was made: its secret is not shown again.
import { connectPage } from '../../../views/console/apps/app-lines.ts'
import { appName } from '../../../views/console/apps/apps.ts'
import { client } from '../../admin/clients/schemas.ts'
import { adminCommand } from '../frame/command.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { showPage } from '../frame/show.ts'
import { grantTypesOf } from './fields.ts'
import { guessKind, kindNamed } from './kinds/kinds.ts'
import { linesOf, shownKinds } from './new-app.ts'
import { redirectUrisOf, signInStatusOf } from './sign-in-status.ts'

async function showConnect(request: ConsoleRequest): Promise<void> {
  const app = await request.perform('GetClient', client, { params: { client: request.param('client') } })
  const redirectUris = redirectUrisOf(app)
  const kind = kindNamed(request.query.get('kind')) ?? guessKind(redirectUris, grantTypesOf(app.metadata))
  // A client that registered itself has configured itself; its values are somebody else's.
  const isOurs = app.source !== 'registered'
  await showPage(request, {
    section: 'apps',
    title: appName(app),
    body: connectPage({
      app,
      issuer: request.ports.issuer,
      kinds: isOurs ? shownKinds : [],
      kind: kind?.id ?? '',
      lines:
        isOurs && kind ? linesOf(request, kind, app.clientId, redirectUris[0] ?? '', undefined) : undefined,
      signIns: await signInStatusOf(request, app),
      commands: [adminCommand(request.ports.issuer, 'GetClient', [app.clientId])],
    }),
    modules: request.ports.appModules,
  })
}

export const appConnectRoutes: readonly ConsoleRoute[] = [['GET', '/apps/:client/connect', showConnect]]
