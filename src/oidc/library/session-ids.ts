// What oidc-provider's session does not do. It moves to a new id by destroying one record and writing another, and in
// between, and for other requests of the same browser, the session is gone: here it stays and the old id is left. And it
// remembers on which password it rests, so that it ends when that is replaced (session-adapter.ts).
import type { Provider } from 'oidc-provider'
import type { Shelf } from '../artifacts/adapter.ts'
import { currentRequest } from '../artifacts/token-request.ts'
import type { SignedIn } from '../edge.ts'

interface OurSession {
  oldId: string | undefined
  password: number | undefined
  save(ttl: number): Promise<string>
}

/** Before it is saved. */
export function noteSignIn(session: object, { password }: Pick<SignedIn, 'password'>): void {
  ;(session as OurSession).password = password
}

export function extendSessions(provider: Provider, shelf: Pick<Shelf, 'leaveSessionId'>): void {
  const kept = provider.Session as unknown as { readonly IN_PAYLOAD: readonly string[] }
  const properties = [...kept.IN_PAYLOAD, 'password']
  Object.defineProperty(kept, 'IN_PAYLOAD', { get: () => properties })
  const model = provider.Session.prototype as unknown as OurSession
  const save = model.save
  model.save = async function (this: OurSession, ttl) {
    const { oldId } = this
    const login = currentRequest()?.oidc.result?.login
    if (login) noteSignIn(this, login as Pick<SignedIn, 'password'>)
    if (oldId !== undefined) {
      // First: who planted the old id must never be in a session that somebody signed in to.
      await shelf.leaveSessionId(oldId)
      this.oldId = undefined
    }
    return save.call(this, ttl)
  }
}
