// Somebody whom an identity provider vouched for → where that leaves them in this sign-in: proven to be a user of ours,
// or a stranger who may still prove it. Every way in, redirect or password, comes through here (attacks.md 12).
import type { UpstreamPerson } from '../federation/kind.ts'
import { mapClaims, tellsSecondFactor, unmetRule } from '../federation/mapping.ts'
import type { Arriving } from '../iam/sign-in/identities.ts'
import type { SignInProvider } from '../iam/sign-in/providers.ts'
import type { AuthMethod } from '../oidc/edge.ts'
import { Problem } from '../problem.ts'
import type { From } from './credentials.ts'
import { signOutNames } from './sign-out-names.ts'
import type { Progress, StepParts, Stranger } from './step.ts'

export type Arrived =
  | { readonly kind: 'user'; readonly progress: Progress }
  | { readonly kind: 'stranger'; readonly stranger: Stranger }

export interface Arrival {
  readonly provider: SignInProvider
  readonly person: UpstreamPerson
  /** What was done here besides, such as a password typed into our own form. */
  readonly methods: readonly AuthMethod[]
  /** The signed-in user who asked to connect who this is; then nobody is made. */
  readonly connecting: string | undefined
}

/**
 * @throws Problem('invalid_identity_token') for an answer that was used before · Problem('denied') when the provider was
 *   disabled meanwhile or the user is
 */
export async function arrive(parts: StepParts, arrival: Arrival, from: From, now: number): Promise<Arrived> {
  const { person, methods, connecting } = arrival
  if (person.spend && !(await parts.providers.spend(person.spend.id, person.spend.until)))
    throw new Problem('invalid_identity_token', 'this answer was used before')
  const provider = await stillThere(parts, arrival.provider)
  const unmet = unmetRule(provider.signIn.require, person.claims)
  if (unmet !== undefined)
    throw new Problem('denied', 'you may not sign in this way', {
      detail: `\`${unmet}\` of ${person.subject} does not meet \`require\``,
    })
  const arriving = arrivingOf(provider, person)
  const stranger: Stranger = {
    name: provider.name,
    arriving,
    title: provider.signIn.title,
    leave: person.leave,
    signOutNames: signOutNames(provider.id, person.signOut),
    amr: [...methods, 'fed', ...(tellsSecondFactor(provider.signIn, person) ? (['mfa'] as const) : [])],
  }
  if (connecting !== undefined) return { kind: 'stranger', stranger }
  const userId = await parts.identities.signIn(arriving, provider, from)
  if (userId === undefined) return { kind: 'stranger', stranger }
  const progress: Progress = {
    userId,
    amr: stranger.amr,
    provenAt: now,
    device: undefined,
    unsavedCodes: false,
    setup: [],
    upstream: {
      provider: provider.id,
      name: provider.name,
      leave: person.leave,
      signOutNames: stranger.signOutNames,
      authTime: person.authTime === undefined ? undefined : Math.min(person.authTime, now),
      asksFactor: provider.signIn.requireSecondFactor,
    },
  }
  return { kind: 'user', progress }
}

/** Looked at again after the provider answered: it may have been disabled meanwhile (attacks.md 11). */
export async function stillThere(
  parts: Pick<StepParts, 'providers'>,
  known: SignInProvider,
): Promise<SignInProvider> {
  const provider = await parts.providers.byName(known.name)
  if (provider?.id !== known.id)
    throw new Problem('denied', 'this way to sign in is switched off', {
      detail: `provider ${known.id} is disabled or gone`,
    })
  return provider
}

function arrivingOf(provider: SignInProvider, { issuer, subject, claims }: UpstreamPerson): Arriving {
  return { provider: provider.id, issuer, subject, person: mapClaims(provider.signIn.mapping, claims) }
}
