// The console: the administrator's pages. Each is a request of the signed-in person to the same use cases that the wire calls,
// authorized by the same policy engine. web/ rejects requests without a session before any of these runs.
import type { Context } from 'koa'
import { Problem } from '../problem.ts'
import type { Route } from '../web/route.ts'
import { askRoutes } from './access/ask.ts'
import { explainRoutes } from './access/explain.ts'
import { policyRoutes } from './access/policies.ts'
import { policyEditorRoutes } from './access/policy-editor.ts'
import { accessRequestRoutes } from './access/requests.ts'
import { whoCanRoutes } from './access/who-can.ts'
import { activityRoutes } from './activity/activity.ts'
import { appRoutes } from './apps/apps.ts'
import { freshRoutes } from './frame/fresh.ts'
import { consoleRequestOf } from './frame/request.ts'
import type { ConsoleHandler, ConsoleRoute } from './frame/route.ts'
import { homeRoutes } from './home/home.ts'
import { groupRoutes } from './people/groups.ts'
import { peopleRoutes } from './people/people.ts'
import type { ConsolePorts } from './ports.ts'
import { providerRoutes } from './providers/providers.ts'
import { showRefusal } from './refusal.ts'
import { searchRoutes } from './search.ts'
import { brandRoutes } from './settings/brand.ts'
import { certificateRoutes } from './settings/certificates.ts'
import { keyRoutes } from './settings/keys.ts'
import { mailServerRoutes } from './settings/mail-server.ts'
import { scimRoutes } from './settings/scim.ts'
import { serverSettingsRoutes } from './settings/server-settings.ts'
import { settingsRoutes } from './settings/settings.ts'
import { suggestRoutes } from './suggest.ts'
import { accountRoleRoutes } from './workloads/account-role.ts'
import { newRoleRoutes } from './workloads/new-role.ts'
import { workloadRoutes } from './workloads/workloads.ts'

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
  ...mailServerRoutes,
  ...serverSettingsRoutes,
  ...searchRoutes,
  ...suggestRoutes,
]

/** All routes under `/console`. */
export const consoleRoutes = (ports: ConsolePorts): readonly Route[] =>
  table.map(([method, path, handler]) => ({
    method,
    path: `/console${path}`,
    access: 'session',
    run: (ctx) => answer(ctx, ports, handler),
  }))

/** Longest path of the console, in segments below `/console`. */
const deepest = 6

/**
 * What is at no other address below `/console`: in the frame of the console for people, and as JSON for programs. To be put after
 * all other routes.
 */
export const consoleNotFound = (ports: ConsolePorts): readonly Route[] =>
  Array.from({ length: deepest }, (_, at) => ({
    method: 'GET',
    path: `/console${Array.from({ length: at + 1 }, (__, segment) => `/:segment${segment}`).join('')}`,
    access: 'session',
    async run(ctx) {
      const nothing = new Problem('not_found', 'there is nothing at this address')
      if (ctx.accepts('json', 'html') !== 'html') throw nothing
      await showRefusal(await consoleRequestOf(ctx, ports), nothing)
    },
  }))

async function answer(ctx: Context, ports: ConsolePorts, handler: ConsoleHandler): Promise<void> {
  const request = await consoleRequestOf(ctx, ports)
  try {
    await handler(request)
  } catch (error) {
    await showRefusal(request, error)
  }
}
