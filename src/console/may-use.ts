// Whether the console has anything to show to a person. Needs none of the console's pages, which are loaded when first opened.
import type { Context } from 'koa'
import { isAnyLeft, type SectionPorts, sectionsDenied } from './frame/sections.ts'
import { callOf, signedIn } from './frame/signed-in.ts'
import type { ConsolePorts } from './ports.ts'

/** Whether the signed-in person may see any of its sections. @throws Problem('missing_credentials') */
export async function mayUseConsole(
  ctx: Context,
  ports: SectionPorts & Pick<ConsolePorts, 'oidc' | 'now'>,
): Promise<boolean> {
  const found = await signedIn(ctx, ports)
  const request = { accountId: found.user.accountId, call: callOf(ctx, found, ports.now()) }
  return isAnyLeft(await sectionsDenied(ports, request))
}
