// The console: the administrator's pages. Each is a request of the signed-in person to the same use cases that the wire calls,
// authorized by the same policy engine. web/ rejects requests without a session before any of these runs.
import type { Context } from 'koa'
import type { Route } from '../web/route.ts'
import { accessRequestRoutes } from './access-requests.ts'
import { accountRoleRoutes } from './account-role.ts'
import { activityRoutes } from './activity.ts'
import { appRoutes } from './apps.ts'
import { askRoutes } from './ask.ts'
import { brandRoutes } from './brand.ts'
import { certificateRoutes } from './certificates.ts'
import { explainRoutes } from './explain.ts'
import { freshRoutes } from './fresh.ts'
import { groupRoutes } from './groups.ts'
import { homeRoutes } from './home.ts'
import { keyRoutes } from './keys.ts'
import { newRoleRoutes } from './new-role.ts'
import { peopleRoutes } from './people.ts'
import { policyRoutes } from './policies.ts'
import { policyEditorRoutes } from './policy-editor.ts'
import type { ConsolePorts } from './ports.ts'
import { providerRoutes } from './providers.ts'
import { showRefusal } from './refusal.ts'
import { consoleRequestOf } from './request.ts'
import type { ConsoleHandler, ConsoleRoute } from './route.ts'
import { scimRoutes } from './scim.ts'
import { searchRoutes } from './search.ts'
import { serverSettingsRoutes } from './server-settings.ts'
import { settingsRoutes } from './settings.ts'
import { whoCanRoutes } from './who-can.ts'
import { workloadRoutes } from './workloads.ts'

const table: readonly ConsoleRoute[] = [
  ...homeRoutes,
  ...freshRoutes,
  ...peopleRoutes,
  ...groupRoutes,
  ...appRoutes,
  ...policyRoutes,
  ...policyEditorRoutes,
  ...askRoutes,
  ...whoCanRoutes,
  ...accessRequestRoutes,
  ...explainRoutes,
  ...newRoleRoutes,
  ...accountRoleRoutes,
  ...workloadRoutes,
  ...providerRoutes,
  ...activityRoutes,
  ...settingsRoutes,
  ...brandRoutes,
  ...keyRoutes,
  ...certificateRoutes,
  ...scimRoutes,
  ...serverSettingsRoutes,
  ...searchRoutes,
]

/** All routes under `/console`. */
export const consoleRoutes = (ports: ConsolePorts): readonly Route[] =>
  table.map(([method, path, handler]) => ({
    method,
    path: `/console${path}`,
    access: 'session',
    run: (ctx) => answer(ctx, ports, handler),
  }))

async function answer(ctx: Context, ports: ConsolePorts, handler: ConsoleHandler): Promise<void> {
  const request = await consoleRequestOf(ctx, ports)
  try {
    await handler(request)
  } catch (error) {
    await showRefusal(request, error)
  }
}
