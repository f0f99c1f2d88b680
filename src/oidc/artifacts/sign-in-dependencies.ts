// What a sign-in depends on (docs/ends.md): stored with the browser session and on each grant made in it, and carried by
// tokens, so that ending any of it ends them.
import type { AdapterPayload } from 'oidc-provider'
import {
  type Dependency,
  readDependencies,
  type WrittenDependency,
  writeDependencies,
} from '../../secure/session/session-dependencies.ts'
import type { EpochSeconds } from '../../store/records.ts'
import type { SignedIn } from '../edge.ts'

/** The parts of a completed sign-in that sessions and grants can depend on. */
export type SignInFacts = Pick<SignedIn, 'password' | 'factor' | 'upstream'>

interface SignInOf {
  /** Id of the browser session, which stays while its cookie changes. */
  readonly uid: string
  readonly accountId?: string | undefined
}

export function signInDependencies(
  { uid, accountId }: SignInOf,
  { password, factor, upstream }: SignInFacts,
  now: EpochSeconds,
): readonly WrittenDependency[] {
  if (accountId === undefined) return []
  const since = now
  return writeDependencies([
    { scope: 'user', value: accountId, since },
    { scope: 'sign-in', value: accountId, since },
    { scope: 'browser-session', value: uid, since },
    ...(password === undefined ? [] : [{ scope: 'password', value: accountId, since: password } as const]),
    ...(factor === undefined ? [] : [{ scope: 'factor', value: factor, since } as const]),
    ...(upstream === undefined ? [] : [{ scope: 'provider', value: upstream.provider, since } as const]),
  ])
}

/** Dependencies of a stored browser session; for one that stored none, those that follow from its other properties. */
export function dependenciesOfSession(session: AdapterPayload): readonly Dependency[] {
  const kept = readDependencies(session['dependencies'])
  if (kept && kept.length > 0) return kept
  const facts = { password: session['password'] as EpochSeconds | undefined }
  const { accountId, uid = '', loginTs = session.iat ?? 0 } = session
  return readDependencies(signInDependencies({ uid, accountId }, facts, loginTs)) ?? []
}

const endsWithSession: ReadonlySet<string> = new Set(['sign-in', 'browser-session'])

/**
 * Dependencies of a grant made in a session.
 * @param offline it has `offline_access` (OpenID Connect Core section 11): it outlives the session and a sign-out
 */
export const grantDependencies = (
  session: readonly Dependency[],
  offline: boolean,
): readonly WrittenDependency[] =>
  writeDependencies(offline ? session.filter(({ scope }) => !endsWithSession.has(scope)) : session)

/** The value that names a consent of a user to a client in a revocation with the scope `consent`. */
export const consentValue = (userId: string, clientId: string): string => `${userId}/${clientId}`

/** Dependencies of a stored grant, with the consent itself; for one that stored none, user, sign-in and password. */
export function dependenciesOfGrant(grant: {
  readonly accountId?: string | undefined
  readonly clientId?: string | undefined
  readonly iat?: number | undefined
  readonly dependencies?: unknown
}): readonly Dependency[] {
  const { accountId = '', clientId = '', iat: since = 0 } = grant
  const kept = readDependencies(grant.dependencies) ?? [
    { scope: 'user', value: accountId, since } as const,
    { scope: 'sign-in', value: accountId, since } as const,
    { scope: 'password', value: accountId, since } as const,
  ]
  return [...kept, { scope: 'consent', value: consentValue(accountId, clientId), since }]
}

/** The same dependencies with a newer password, after the user changed their own. */
export const withPassword = (
  written: readonly WrittenDependency[],
  userId: string,
  password: EpochSeconds,
): readonly WrittenDependency[] =>
  writeDependencies(
    (readDependencies(written) ?? []).map((one) =>
      one.scope === 'password' && one.value === userId ? { ...one, since: password } : one,
    ),
  )
