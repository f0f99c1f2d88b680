// The cookie by which a browser is known again at the next sign-in of the same person (iam/sign-in/known-browsers.ts).
import { browserKnownFor, type KnownBrowsers } from '../iam/sign-in/known-browsers.ts'
import type { CookieJar } from '../web/request/cookies.ts'
import type { SeenBrowsers } from './request.ts'

const cookieName = 'browser'

/** @param canSendMail while it is false nobody gets notices of new browsers, and none is remembered */
export const seenBrowsers = (
  known: KnownBrowsers,
  cookies: CookieJar,
  canSendMail: () => boolean,
): SeenBrowsers => ({
  async see(ctx, userId) {
    if (!canSendMail()) return undefined
    const { isNew, cookie } = await known.see(userId, cookies.get(ctx, cookieName))
    cookies.set(ctx, cookieName, cookie, browserKnownFor)
    return isNew
  },
})
