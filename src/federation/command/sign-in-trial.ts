// What a sign-in would make of a token or of claims, before anybody signs in: for `chancery provider try`, the admin API and the
// console. Nothing is saved.
import { Problem } from '../../problem.ts'
import type { IdentityProvider } from '../../store/records.ts'
import { issuerOf } from '../issuer.ts'
import {
  authenticationContextIn,
  type MappedPerson,
  mapClaims,
  provesSecondFactor,
  unmetRule,
  valuesOf,
} from '../mapping.ts'
import { methodsAttribute } from '../saml/person.ts'
import type { ProviderCommandContext, TokenVerdict } from './command-context.ts'
import { previewSignIn, type SignInPreview } from './sign-in-preview.ts'

type Claims = Readonly<Record<string, unknown>>

/** An ID token, or claims that are taken as if the provider had sent them. */
export type TrialInput = { readonly token: string } | { readonly claims: Claims }

export interface SignInTrial {
  /** Undefined for claims. */
  readonly verdict: TokenVerdict | undefined
  readonly subject: string | undefined
  readonly person: MappedPerson
  /** `exists` is undefined when there is no store to search. */
  readonly groups: readonly { readonly name: string; readonly exists: boolean | undefined }[]
  readonly secondFactor: boolean
  readonly outlook: SignInPreview
}

/**
 * @throws Problem('invalid_identity_token') for a malformed token, Problem('invalid_input') for a token of a kind that gives none
 * and for a provider that people do not sign in with
 */
export async function trySignIn(
  context: Pick<ProviderCommandContext, 'verifyToken' | 'users'>,
  provider: IdentityProvider,
  given: TrialInput,
): Promise<SignInTrial> {
  const verdict = 'token' in given ? await context.verifyToken(provider, given.token) : undefined
  const claims = 'claims' in given ? given.claims : (verdict?.claims ?? {})
  const { signIn } = provider
  if (!signIn)
    throw new Problem(
      'invalid_input',
      'users do not sign in with this provider; use `chancery trust try` for workloads',
    )
  const person = mapClaims(signIn.mapping, claims)
  const subject = subjectIn(provider, claims)
  const groups = await Promise.all(
    person.groups.map(async (name) => ({ name, exists: await context.users?.hasGroup(name) })),
  )
  const outlook: SignInPreview =
    verdict?.refused === undefined
      ? await previewSignIn(
          provider,
          { issuer: issuerOf(provider), subject, person, unmet: unmetRule(signIn.require, claims) },
          context.users,
        )
      : { would: 'refuse', user: undefined, why: verdict.refused }
  const secondFactor = provesSecondFactor(signIn, proofOf(provider, claims))
  return { verdict, subject, person, groups, secondFactor, outlook }
}

/** The permanent subject, which each kind has in another claim. */
function subjectIn(provider: IdentityProvider, claims: Claims): string | undefined {
  return valuesOf({ path: [subjectPath(provider)], match: undefined, map: undefined, default: [] }, claims)[0]
}

function subjectPath(provider: IdentityProvider): string {
  if (provider.kind === 'openid') return 'sub'
  if (provider.kind !== 'saml') return provider.subject
  return provider.subject.from === 'attribute' ? provider.subject.name : 'NameID'
}

/** The authentication methods, where the kind reports them; directories and OAuth 2 do not. */
function proofOf({ kind }: IdentityProvider, claims: Claims) {
  if (kind === 'openid') return authenticationContextIn(claims)
  return authenticationContextIn(kind === 'saml' ? { amr: claims[methodsAttribute] } : {})
}
