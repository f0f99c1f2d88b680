// A browser that the person trusts stands in for their second factor (iam/mfa/trusted-browsers.ts). The sign-in then has the
// methods of the first factor alone, so that nothing that demands a second factor (`acr_values`, policies) is satisfied by it.
import type { Context } from 'koa'
import { type TrustCookie, type TrustedBrowsers, trustedBrowserCookie } from '../iam/mfa/trusted-browsers.ts'
import type { CookieJar } from '../web/request/cookies.ts'
import type { BrowserTrust, SignInDependencies } from './request.ts'
import { type SignInRequest, userOf } from './step.ts'

export function browserTrust(trusted: TrustedBrowsers, cookies: CookieJar): BrowserTrust {
  const cookieIn = (ctx: Context) => cookies.get(ctx, trustedBrowserCookie)
  const set = (ctx: Context, cookie: TrustCookie | undefined) => {
    if (cookie) cookies.set(ctx, trustedBrowserCookie, cookie.value, cookie.maxAge)
  }
  return {
    async use(ctx, userId, origin) {
      const used = await trusted.use(userId, cookieIn(ctx), origin)
      set(ctx, used?.cookie)
      return used
    },
    async begin(ctx, userId, factor, origin) {
      set(ctx, await trusted.trust(userId, { cookie: cookieIn(ctx), factor }, origin))
    },
  }
}

/**
 * Whether a trusted browser may stand in for the second factor: not when the request demands it or a new sign-in, and not before
 * something changes by which the person signs in.
 */
function mayStandIn(request: SignInRequest): boolean {
  const { interaction, unlinked, wantsSecondFactor } = request
  const { progress, status } = userOf(request)
  return (
    !wantsSecondFactor &&
    !interaction.mustReauthenticate &&
    interaction.connect === undefined &&
    unlinked === undefined &&
    !(status.mustChangePassword && progress.password !== undefined)
  )
}

/** The request with the trusted browser in the place of the second factor; undefined when one is needed. */
export async function inTrustedBrowser(
  ctx: Context,
  deps: Pick<SignInDependencies, 'browserTrust'>,
  request: SignInRequest,
): Promise<SignInRequest | undefined> {
  if (!mayStandIn(request)) return undefined
  const user = userOf(request)
  const used = await deps.browserTrust.use(ctx, user.progress.userId, request.origin)
  if (used === undefined) return undefined
  const progress = { ...user.progress, factor: used.factor }
  return { ...request, user: { ...user, progress }, trustedBrowser: used.id }
}
