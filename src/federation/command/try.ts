// `chancery provider try`: shows how the settings map a token or claims, before anybody signs in.
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
import { type CommandResult, singleLine } from './command-result.ts'
import { previewSignIn, type SignInPreview } from './sign-in-preview.ts'

type Given = { readonly token: string } | { readonly claims: string }

interface Tried {
  readonly verdict: TokenVerdict | undefined
  readonly subject: string | undefined
  readonly person: MappedPerson
  /** `exists` is undefined when there is no store to search. */
  readonly groups: readonly { readonly name: string; readonly exists: boolean | undefined }[]
  readonly secondFactor: boolean
  readonly outlook: SignInPreview
}

/** @throws Problem('invalid_input') for an invalid token or invalid claims */
export async function tryProvider(
  context: Pick<ProviderCommandContext, 'verifyToken' | 'users'>,
  provider: IdentityProvider,
  given: Given,
  json: boolean,
): Promise<CommandResult> {
  const verdict = 'token' in given ? await context.verifyToken(provider, given.token) : undefined
  const claims = 'claims' in given ? claimsIn(given.claims) : (verdict?.claims ?? {})
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
  const preview: SignInPreview =
    verdict?.refused === undefined
      ? await previewSignIn(
          provider,
          { issuer: issuerOf(provider), subject, person, unmet: unmetRule(signIn.require, claims) },
          context.users,
        )
      : { would: 'refuse', user: undefined, why: verdict.refused }
  const secondFactor = provesSecondFactor(signIn, proofOf(provider, claims))
  const tried: Tried = { verdict, subject, person, groups, secondFactor, outlook: preview }
  const out = json ? JSON.stringify({ provider: provider.id, ...tried }, null, 2) : asText(provider, tried)
  return { code: codeOf(tried), out, err: '' }
}

function codeOf({ verdict, outlook: { would } }: Tried): CommandResult['code'] {
  if (would === 'refuse') return 1
  return would === 'unknown' || verdict?.unchecked !== undefined ? 2 : 0
}

function claimsIn(text: string): Readonly<Record<string, unknown>> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new Problem('invalid_input', `the claims must be JSON: ${(error as Error).message}`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Problem('invalid_input', 'the claims must be a JSON object')
  return value as Readonly<Record<string, unknown>>
}

/** The permanent subject, which each kind has in another claim. */
function subjectIn(
  provider: IdentityProvider,
  claims: Readonly<Record<string, unknown>>,
): string | undefined {
  return valuesOf({ path: [subjectPath(provider)], match: undefined, map: undefined, default: [] }, claims)[0]
}

function subjectPath(provider: IdentityProvider): string {
  if (provider.kind === 'openid') return 'sub'
  if (provider.kind !== 'saml') return provider.subject
  return provider.subject.from === 'attribute' ? provider.subject.name : 'NameID'
}

/** The authentication methods, where the kind reports them; directories and OAuth 2 do not. */
function proofOf({ kind }: IdentityProvider, claims: Readonly<Record<string, unknown>>) {
  if (kind === 'openid') return authenticationContextIn(claims)
  return authenticationContextIn(kind === 'saml' ? { amr: claims[methodsAttribute] } : {})
}

function asText(
  provider: IdentityProvider,
  { verdict, subject, person, groups, secondFactor, outlook: preview }: Tried,
): string {
  const rows: readonly (readonly [string, string])[] = [
    ...(verdict ? [['token', tokenSaid(verdict)] as const] : []),
    ['subject', subject ?? 'none'],
    ['name', person.name ?? 'none'],
    ['display name', person.displayName ?? 'none'],
    ['e-mail', emailSaid(person)],
    ['groups', groups.map(groupSaid).join(', ') || 'none'],
    ['tags', person.tags.map(({ key, value }) => `${key}=${value}`).join(', ') || 'none'],
    ['second factor', secondFactor ? 'verified by the provider' : ourFactor(provider)],
  ]
  return [
    singleLine(
      verdict?.unchecked === undefined || preview.would === 'refuse'
        ? headline(preview)
        : `UNKNOWN: the token was not verified; if it is valid, ${headline(preview)}`,
    ),
    ...rows.map(([what, is]) => singleLine(`  ${what.padEnd(13)}  ${is}`)),
  ].join('\n')
}

function headline({ would, user, why }: SignInPreview): string {
  switch (would) {
    case 'sign in':
      return `WOULD SIGN IN as \`${user}\`, who ${why}`
    case 'join':
      return `WOULD JOIN \`${user}\`: ${why}`
    case 'create':
      return `WOULD CREATE \`${user}\`: ${why}`
    case 'refuse':
      return `WOULD BE REFUSED: ${why}`
    case 'unknown':
      return `UNKNOWN: ${why}`
  }
}

function tokenSaid({ refused, unchecked }: TokenVerdict): string {
  if (refused !== undefined) return refused
  return unchecked === undefined
    ? 'valid: signature, issuer, audience and times'
    : `not checked: ${unchecked}`
}

const emailSaid = ({ email, emailVerified }: MappedPerson): string =>
  email === undefined ? 'none' : `${email}, ${emailVerified ? 'verified' : 'not verified'}`

const groupSaid = ({ name, exists }: Tried['groups'][number]): string =>
  exists === false ? `${name} (no such group here)` : name

const ourFactor = ({ signIn }: IdentityProvider): string =>
  signIn?.requireSecondFactor ? 'required here' : 'required here if enrolled'
