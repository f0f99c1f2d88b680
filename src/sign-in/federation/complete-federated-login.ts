// Maps the identity that an identity provider authenticated to a local user, or to an unlinked identity whose owner may
// still sign in to a local account. Redirect and password sign-ins both use this one function (attacks.md 12).
import type { UpstreamPerson } from '../../federation/kind.ts'
import { mapClaims, provesSecondFactor, unmetRule } from '../../federation/mapping.ts'
import type { RequestOrigin } from '../../iam/request-origin.ts'
import type { FederatedIdentity } from '../../iam/sign-in/identities.ts'
import type { SignInProvider } from '../../iam/sign-in/providers.ts'
import type { AuthMethod } from '../../oidc/edge.ts'
import { Problem } from '../../problem.ts'
import type { Progress, StepDependencies, UnlinkedIdentity } from '../step.ts'
import { signOutNames } from './sign-out-names.ts'

export type FederatedSignIn =
  | { readonly kind: 'user'; readonly progress: Progress }
  | { readonly kind: 'unlinked'; readonly unlinked: UnlinkedIdentity }

export interface FederatedResponse {
  readonly provider: SignInProvider
  readonly person: UpstreamPerson
  /** Authentication methods used on this server, such as a password typed into our own form. */
  readonly methods: readonly AuthMethod[]
  /** Id of the signed-in user who is connecting this identity; then no user is looked up or created. */
  readonly connecting: string | undefined
}

/**
 * Checks the provider's own rules (`require`), spends the response, and looks up or creates the local user.
 * @param now epoch seconds
 * @throws Problem('invalid_identity_token') for a response that was already used · Problem('denied') when the provider or the
 *   user is disabled, or a rule of `require` is not met
 */
export async function completeFederatedLogin(
  deps: StepDependencies,
  response: FederatedResponse,
  origin: RequestOrigin,
  now: number,
): Promise<FederatedSignIn> {
  const { person, methods, connecting } = response
  if (person.spend && !(await deps.providers.spend(person.spend.id, person.spend.until)))
    throw new Problem('invalid_identity_token', 'this response was already used')
  const provider = await requireEnabled(deps, response.provider)
  const unmet = unmetRule(provider.signIn.require, person.claims)
  if (unmet !== undefined)
    throw new Problem('denied', 'you are not allowed to sign in this way', {
      detail: `\`${unmet}\` of ${person.subject} does not meet \`require\``,
    })
  const identity = federatedIdentityOf(provider, person)
  const unlinked: UnlinkedIdentity = {
    name: provider.name,
    identity,
    title: provider.signIn.title,
    leave: person.leave,
    signOutNames: signOutNames(provider.id, person.signOut),
    amr: [...methods, 'fed', ...(provesSecondFactor(provider.signIn, person) ? (['mfa'] as const) : [])],
  }
  if (connecting !== undefined) return { kind: 'unlinked', unlinked }
  const userId = await deps.identities.signIn(identity, provider, origin)
  if (userId === undefined) return { kind: 'unlinked', unlinked }
  const progress: Progress = {
    userId,
    amr: unlinked.amr,
    provenAt: now,
    device: undefined,
    unsavedCodes: false,
    setup: [],
    upstream: {
      provider: provider.id,
      name: provider.name,
      leave: person.leave,
      signOutNames: unlinked.signOutNames,
      authTime: person.authTime === undefined ? undefined : Math.min(person.authTime, now),
      asksFactor: provider.signIn.requireSecondFactor,
    },
  }
  return { kind: 'user', progress }
}

/**
 * Reads the provider again after its response: it may have been disabled in the meantime (attacks.md 11).
 * @throws Problem('denied')
 */
export async function requireEnabled(
  deps: Pick<StepDependencies, 'providers'>,
  provider: SignInProvider,
): Promise<SignInProvider> {
  const current = await deps.providers.byName(provider.name)
  if (current?.id !== provider.id)
    throw new Problem('denied', 'this sign-in method is not available', {
      detail: `provider ${provider.id} is disabled or gone`,
    })
  return current
}

function federatedIdentityOf(
  provider: SignInProvider,
  { issuer, subject, claims }: UpstreamPerson,
): FederatedIdentity {
  return { provider: provider.id, issuer, subject, person: mapClaims(provider.signIn.mapping, claims) }
}
