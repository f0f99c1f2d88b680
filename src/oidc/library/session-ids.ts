// What oidc-provider's session does not do. It moves to a new id by destroying one record and writing another, and in
// between, and for other requests of the same browser, the session is gone: here it stays and the old id is left. And it
// remembers on which password it rests, so that it ends when that is replaced (session-adapter.ts).
import type { AdapterPayload, Provider } from 'oidc-provider'
import type { Dependency, WrittenDependency } from '../../secure/session-dependencies.ts'
import type { Shelf } from '../artifacts/adapter.ts'
import {
  dependenciesOfSession,
  grantDependencies,
  type SignInFacts,
  signInDependencies,
} from '../artifacts/sign-in-dependencies.ts'
import { currentRequest } from '../artifacts/token-request.ts'

interface OurSession {
  readonly uid: string
  readonly accountId?: string | undefined
  oldId: string | undefined
  password: number | undefined
  dependencies: readonly WrittenDependency[] | undefined
  save(ttl: number): Promise<string>
}

/** When each sign-in of a request was taken up, so that all that is written in that request says the same. */
const takenUpAt = new WeakMap<object, number>()

/**
 * Notes on a session what its sign-in depends on, before it is saved.
 * @param signedIn the same object for one sign-in: it is noted with the moment of the first call
 */
export function noteSignIn(session: object, signedIn: SignInFacts, upstream = signedIn.upstream): void {
  const at = takenUpAt.get(signedIn) ?? Math.floor(Date.now() / 1000)
  takenUpAt.set(signedIn, at)
  const ours = session as OurSession
  ours.password = signedIn.password
  ours.dependencies = signInDependencies(ours, { ...signedIn, upstream }, at)
}

/** The sign-in that this request brings, noted on its session. */
function noteLogin(session: object): void {
  const { result } = currentRequest()?.oidc ?? {}
  if (!result?.login) return
  noteSignIn(
    session,
    result.login as SignInFacts,
    (result as { upstream?: SignInFacts['upstream'] }).upstream,
  )
}

/** What the session of this request depends on, also before it is saved. */
function currentDependencies(session: object): readonly Dependency[] {
  noteLogin(session)
  return dependenciesOfSession(session as AdapterPayload)
}

export function extendSessions(provider: Provider, shelf: Pick<Shelf, 'leaveSessionId'>): void {
  for (const [model, more] of [
    [provider.Session, ['password', 'dependencies']],
    [provider.Grant, ['dependencies']],
  ] as const) {
    const kept = model as unknown as { readonly IN_PAYLOAD: readonly string[] }
    const properties = [...kept.IN_PAYLOAD, ...more]
    Object.defineProperty(kept, 'IN_PAYLOAD', { get: () => properties })
  }
  const model = provider.Session.prototype as unknown as OurSession
  const save = model.save
  model.save = async function (this: OurSession, ttl) {
    const { oldId } = this
    noteLogin(this)
    if (oldId !== undefined) {
      // First: who planted the old id must never be in a session that somebody signed in to.
      await shelf.leaveSessionId(oldId)
      this.oldId = undefined
    }
    return save.call(this, ttl)
  }
}

/** Notes on a grant what it depends on. @returns whether that is new and the grant is to be saved */
export function noteDependencies(grant: object, session: object, offline: boolean): boolean {
  const noted = grant as { dependencies?: readonly WrittenDependency[] }
  const now = grantDependencies(currentDependencies(session), offline)
  if (JSON.stringify(noted.dependencies) === JSON.stringify(now)) return false
  noted.dependencies = now
  return true
}
