// Whether the console has anything to show to a person.
import type { Context } from 'koa'
import { consoleRequestOf } from './frame/request.ts'
import { hasAnySection } from './frame/show.ts'
import type { ConsolePorts } from './ports.ts'

/** Whether the signed-in person may see any of its sections. @throws Problem('missing_credentials') */
export const mayUseConsole = async (ctx: Context, ports: ConsolePorts): Promise<boolean> =>
  hasAnySection(await consoleRequestOf(ctx, ports))
