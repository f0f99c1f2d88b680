// `chancery provider try`: what the settings make of a token or of claims, shown before anybody signs in.
import { Problem } from '../../problem.ts'
import type { IdentityProvider } from '../../store/records.ts'
import { issuerOf } from '../issuer.ts'
import { type MappedPerson, mapClaims, proofIn, provesSecondFactor, unmetRule, valuesOf } from '../mapping.ts'
import { methodsAttribute } from '../saml/person.ts'
import type { ProviderWorld, TokenVerdict } from './command-context.ts'
import { type Outcome, shown } from './outcome.ts'
import { type Outlook, outlook } from './sign-in-preview.ts'

type Given = { readonly token: string } | { readonly claims: string }

interface Tried {
  readonly verdict: TokenVerdict | undefined
  readonly subject: string | undefined
  readonly person: MappedPerson
  /** Undefined: there is no store to look in. */
  readonly groups: readonly { readonly name: string; readonly exists: boolean | undefined }[]
  readonly secondFactor: boolean
  readonly outlook: Outlook
}

/** @throws Problem for what is no token and no claims */
export async function tryProvider(
  world: Pick<ProviderWorld, 'believe' | 'house'>,
  provider: IdentityProvider,
  given: Given,
  json: boolean,
): Promise<Outcome> {
  const verdict = 'token' in given ? await world.believe(provider, given.token) : undefined
  const claims = 'claims' in given ? claimsIn(given.claims) : (verdict?.claims ?? {})
  const { signIn } = provider
  if (!signIn)
    throw new Problem(
      'invalid_input',
      'people do not sign in with this provider; `chancery trust try` is for workloads',
    )
  const person = mapClaims(signIn.mapping, claims)
  const subject = subjectIn(provider, claims)
  const groups = await Promise.all(
    person.groups.map(async (name) => ({ name, exists: await world.house?.hasGroup(name) })),
  )
  const foreseen: Outlook =
    verdict?.refused === undefined
      ? await outlook(
          provider,
          { issuer: issuerOf(provider), subject, person, unmet: unmetRule(signIn.require, claims) },
          world.house,
        )
      : { would: 'refuse', user: undefined, why: verdict.refused }
  const secondFactor = provesSecondFactor(signIn, proofOf(provider, claims))
  const tried: Tried = { verdict, subject, person, groups, secondFactor, outlook: foreseen }
  const out = json ? JSON.stringify({ provider: provider.id, ...tried }, null, 2) : asText(provider, tried)
  return { code: codeOf(tried), out, err: '' }
}

function codeOf({ verdict, outlook: { would } }: Tried): Outcome['code'] {
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

/** Where each kind finds who it is for ever. */
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

/** Where each kind tells how they proved themselves; directories and OAuth 2 do not. */
function proofOf({ kind }: IdentityProvider, claims: Readonly<Record<string, unknown>>) {
  if (kind === 'openid') return proofIn(claims)
  return proofIn(kind === 'saml' ? { amr: claims[methodsAttribute] } : {})
}

function asText(
  provider: IdentityProvider,
  { verdict, subject, person, groups, secondFactor, outlook: foreseen }: Tried,
): string {
  const rows: readonly (readonly [string, string])[] = [
    ...(verdict ? [['token', tokenSaid(verdict)] as const] : []),
    ['subject', subject ?? 'none'],
    ['name', person.name ?? 'none'],
    ['display name', person.displayName ?? 'none'],
    ['e-mail', emailSaid(person)],
    ['groups', groups.map(groupSaid).join(', ') || 'none'],
    ['tags', person.tags.map(({ key, value }) => `${key}=${value}`).join(', ') || 'none'],
    ['second factor', secondFactor ? 'asked for there' : ourFactor(provider)],
  ]
  return [
    shown(
      verdict?.unchecked === undefined || foreseen.would === 'refuse'
        ? headline(foreseen)
        : `CANNOT BE SAID: the token was not checked; if it holds, ${headline(foreseen)}`,
    ),
    ...rows.map(([what, is]) => shown(`  ${what.padEnd(13)}  ${is}`)),
  ].join('\n')
}

function headline({ would, user, why }: Outlook): string {
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
      return `CANNOT BE SAID: ${why}`
  }
}

function tokenSaid({ refused, unchecked }: TokenVerdict): string {
  if (refused !== undefined) return refused
  return unchecked === undefined
    ? 'holds: signature, issuer, audience and times'
    : `not checked: ${unchecked}`
}

const emailSaid = ({ email, emailVerified }: MappedPerson): string =>
  email === undefined ? 'none' : `${email}, ${emailVerified ? 'verified' : 'not verified'}`

const groupSaid = ({ name, exists }: Tried['groups'][number]): string =>
  exists === false ? `${name} (no such group here)` : name

const ourFactor = ({ signIn }: IdentityProvider): string =>
  signIn?.requireSecondFactor ? 'ours is asked for' : 'ours is asked of who has one'
