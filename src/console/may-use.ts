// Whether the console has anything to show to a person.
import type { Context } from 'koa'
import { type ConsoleRequest, consoleRequestOf } from './frame/request.ts'
import { sectionPermissions } from './frame/show.ts'
import type { ConsolePorts } from './ports.ts'

/** Whether the signed-in person may see any of its sections. @throws Problem('missing_credentials') */
export async function mayUseConsole(ctx: Context, ports: ConsolePorts): Promise<boolean> {
  return hasAnySection(await consoleRequestOf(ctx, ports))
}

/** The same of a request of theirs to the console. */
export async function hasAnySection(request: ConsoleRequest): Promise<boolean> {
  const permissions = sectionPermissions(request.accountId, request.ports.use.serverAccountId)
  const denials = await Promise.all([...permissions.values()].map((one) => request.denial(one)))
  return denials.some((denial) => denial === undefined)
}
