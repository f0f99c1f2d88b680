// Changes to oidc-provider's Session and Grant models.
// - A session that gets a new id stays one record, and its old id stops resolving (artifacts/session-adapter.ts). oidc-provider
//   would destroy one record and create another; in between, other requests of the same browser would find no session.
// - Sessions and grants store what their sign-in depends on (docs/ends.md), so that they end with it.
import type { Context } from 'koa'
import type { AdapterPayload, Provider } from 'oidc-provider'
import type { Dependency, WrittenDependency } from '../../secure/session/session-dependencies.ts'
import type { ArtifactStore } from '../artifacts/artifact-store.ts'
import {
  dependenciesOfSession,
  grantDependencies,
  type SignInFacts,
  signInDependencies,
} from '../artifacts/sign-in-dependencies.ts'
import { currentRequest } from '../artifacts/token-request.ts'
import { replaceMember, type SessionModel } from './members.ts'
import { addStoredProperties } from './models.ts'

/** A session with the properties that this server adds to it. */
interface SessionWithDependencies extends SessionModel {
  password: number | undefined
  dependencies: readonly WrittenDependency[] | undefined
  browser: string | undefined
  address: string | undefined
}

/** Characters of a `User-Agent` that are stored. */
const longestBrowser = 256

/** Epoch seconds at which a request first used a sign-in, so that everything it writes has the same time. */
const firstUseOf = new WeakMap<object, number>()

/**
 * Sets on a session what its sign-in depends on; call it before the session is saved.
 * @param browser the request of the browser that signed in
 * @param signedIn one object for one sign-in, however often it is set: the time of the first call is kept
 */
export function setSignIn(
  session: object,
  signedIn: SignInFacts,
  browser: Pick<Context, 'get' | 'ip'>,
  upstream = signedIn.upstream,
): void {
  const at = firstUseOf.get(signedIn) ?? Math.floor(Date.now() / 1000)
  firstUseOf.set(signedIn, at)
  const extended = session as SessionWithDependencies
  extended.password = signedIn.password
  extended.dependencies = signInDependencies(extended, { ...signedIn, upstream }, at)
  extended.browser = browser.get('user-agent').slice(0, longestBrowser) || undefined
  extended.address = browser.ip
}

/** Sets the sign-in that the current request completes, if it completes one. */
function setSignInOfRequest(session: object): void {
  const request = currentRequest()
  const { result } = request?.oidc ?? {}
  if (request === undefined || !result?.login) return
  setSignIn(
    session,
    result.login as SignInFacts,
    request,
    (result as { upstream?: SignInFacts['upstream'] }).upstream,
  )
}

/** What the session of this request depends on, also before it is saved. */
function currentDependencies(session: object): readonly Dependency[] {
  setSignInOfRequest(session)
  return dependenciesOfSession(session as AdapterPayload)
}

export function extendSessions(provider: Provider, artifacts: Pick<ArtifactStore, 'retireSessionId'>): void {
  addStoredProperties(provider, 'Session', ['password', 'dependencies', 'browser', 'address'])
  addStoredProperties(provider, 'Grant', ['dependencies'])
  replaceMember(
    provider,
    'Session.prototype.save',
    (save) =>
      async function (this: SessionModel, ttl: number) {
        const { oldId } = this
        setSignInOfRequest(this)
        if (oldId !== undefined) {
          // Before the new id is saved: somebody who planted the old id must never share the signed-in session.
          await artifacts.retireSessionId(oldId)
          this.oldId = undefined
        }
        return save.call(this, ttl)
      },
  )
}

/**
 * Sets on a grant what it depends on.
 * @param offline the grant has `offline_access`, so it outlives the session
 * @returns whether that changed and the grant must be saved
 */
export function setGrantDependencies(grant: object, session: object, offline: boolean): boolean {
  const extended = grant as { dependencies?: readonly WrittenDependency[] }
  const now = grantDependencies(currentDependencies(session), offline)
  if (JSON.stringify(extended.dependencies) === JSON.stringify(now)) return false
  extended.dependencies = now
  return true
}
