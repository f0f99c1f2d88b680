// Tokens of this server that are presented as web identities: an account may register this server as an OpenID Connect provider, and then
// the ID token of a person becomes credentials of a role. They end with what the token rests on, like everything that is made from a
// person's tokens (docs/ends.md), and they are the person's, whoever the provider says that the subject is.
import type { OutsideIdentity } from '../../federation/workload/outside-token.ts'
import { isProblem, Problem } from '../../problem.ts'
import type { Actor } from '../../secure/session/session-claims.ts'
import { type Dependency, readDependencies } from '../../secure/session/session-dependencies.ts'
import type { CallerFacts } from '../ports.ts'

export interface OwnSubject {
  /** Undefined for a client's own token. */
  readonly userId: string | undefined
  readonly actor: Actor
  readonly dependencies: readonly Dependency[]
}

export interface OwnSubjectDependencies {
  /** Of this server. */
  readonly issuer: string
  readonly callers: CallerFacts
  /** A user of any account; undefined when there is no such user. */
  readonly userOf: (userId: string) => Promise<OwnUser | undefined>
}

export interface OwnUser {
  readonly accountId: string
  readonly arn: string
  readonly name: string
  /** When their present password was set; undefined: they have none. */
  readonly passwordChangedAt: number | undefined
  /** What their second factors are called in revocations. */
  readonly factors: readonly string[]
  /** ARNs of the identity providers that they may sign in with. */
  readonly providers: readonly string[]
}

const withPassword = new Set<unknown>(['pwd'])
/** A second factor, a passkey, or a recovery code in their place. */
const withFactor = new Set<unknown>(['mfa', 'otp', 'hwk', 'kba'])

const refused = (detail: string, cause?: unknown): Problem =>
  new Problem('invalid_identity_token', 'the token is not acceptable', { detail, cause })

/**
 * When the password was set that the person signed in with: the present one where the token was issued after that, because the sign-ins by
 * an older one had ended then. In the same second it counts as older; the person has another token a second later.
 */
const passwordSince = ({ passwordChangedAt: set }: OwnUser, issuedAt: number): number =>
  set !== undefined && set < issuedAt ? set : issuedAt - 1

/**
 * Undefined for a token of another issuer.
 * @throws Problem('invalid_identity_token') for a session or access token of this server, and when the user was deleted, disabled or signed out
 */
export async function ownSubjectOf(
  { issuer, subject, audience, issuedAt: since, claims }: OutsideIdentity,
  { issuer: own, callers, userOf }: OwnSubjectDependencies,
): Promise<OwnSubject | undefined> {
  if (issuer !== own) return undefined
  if (claims['role'] !== undefined || claims['acct'] !== undefined)
    throw refused('a session of this server is no web identity: exchange it at /token')
  // Whoever a person's access token is sent to would be the person, without the scope `roles` and the session policies of the consent.
  if (claims['grant_id'] !== undefined)
    throw refused('an access token of a person is no web identity: exchange it at /token')
  const clientId = typeof claims['client_id'] === 'string' ? claims['client_id'] : audience
  const kept = readDependencies(claims['dep']) ?? []
  const client = { scope: 'client', value: clientId, since } as const
  if (!/^AIDA[A-Z0-9]{12,124}$/.test(subject))
    return { userId: undefined, actor: { iss: issuer, sub: subject }, dependencies: [...kept, client] }
  const user = await userOf(subject)
  if (user === undefined) throw refused('the user was deleted')
  const { accountId, arn, name: userName } = user
  const methods: readonly unknown[] = [claims['amr']].flat()
  const factors = methods.some((one) => withFactor.has(one)) ? user.factors : []
  const providers = methods.includes('fed') ? user.providers : []
  const dependencies: readonly Dependency[] = [
    ...kept,
    client,
    { scope: 'user', value: subject, since },
    { scope: 'sign-in', value: subject, since },
    { scope: 'consent', value: `${subject}/${clientId}`, since },
    ...(methods.some((one) => withPassword.has(one))
      ? [{ scope: 'password', value: subject, since: passwordSince(user, since) } as const]
      : []),
    ...factors.map((value) => ({ scope: 'factor', value, since }) as const),
    ...providers.map((value) => ({ scope: 'provider', value, since }) as const),
  ]
  const caller = {
    kind: 'user',
    accountId,
    arn,
    userId: subject,
    userName,
    accessKeyId: undefined,
    mfaAge: undefined,
    temporary: true,
    issuedAt: since,
    dependencies,
  } as const
  await callers.ensureLive(caller).catch((cause: unknown) => {
    throw isProblem(cause, 'unauthenticated') ? refused(cause.detail ?? cause.message, cause) : cause
  })
  // With the ARN, so that what the user's account revokes counts for a role of another account (accountsOf).
  return { userId: subject, actor: { iss: issuer, sub: subject, act: { sub: arn } }, dependencies }
}
