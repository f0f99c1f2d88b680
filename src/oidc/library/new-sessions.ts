// The pages for device codes show their form again after an error, also to a browser that has no session yet.
// oidc-provider 9.13 then throws a TypeError, because it expects a session that was saved before. Here the new session is
// saved and its cookie set, so that the form can be submitted.
import type { Provider } from 'oidc-provider'
import { currentRequest } from '../artifacts/token-request.ts'
import { cookieAttributes } from '../configuration.ts'
import { lifetimes } from '../lifetimes.ts'
import { replaceMember, type SessionModel } from './members.ts'

export function saveNewSessions(provider: Provider): void {
  replaceMember(
    provider,
    'Session.prototype.persist',
    (persist) =>
      function (this: SessionModel) {
        if (this.exp !== undefined) return persist.call(this)
        const cookies = currentRequest()?.oidc.cookies
        cookies?.set(provider.cookieName('session'), this.id, { ...cookieAttributes, signed: true })
        return this.save(lifetimes.AnonymousSession)
      },
  )
}
