// The device pages draw their form again when something was wrong, for a browser without a session too. oidc-provider
// 9.13 then ends in a TypeError, because it counts on a session that was kept before; here the new one is kept and its
// cookie sent, so that the form that was drawn is taken.
import type { Provider } from 'oidc-provider'
import { currentRequest } from '../artifacts/token-request.ts'
import { cookieAttributes } from '../configuration.ts'
import { lifetimes } from '../lifetimes.ts'

interface KeptSession {
  readonly id: string
  /** Undefined until it was kept once. */
  readonly exp: number | undefined
  save(ttl: number): Promise<string>
  persist(): Promise<string>
}

export function keepNewSessions(provider: Provider): void {
  const model = provider.Session.prototype as unknown as KeptSession
  const again = model.persist
  model.persist = function (this: KeptSession) {
    if (this.exp !== undefined) return again.call(this)
    const cookies = currentRequest()?.oidc.cookies
    cookies?.set(provider.cookieName('session'), this.id, { ...cookieAttributes, signed: true })
    return this.save(lifetimes.AnonymousSession)
  }
}
