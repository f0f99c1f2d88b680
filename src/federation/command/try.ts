// `chancery provider try`: shows how the settings map a token or claims, before anybody signs in.
import { Problem } from '../../problem.ts'
import type { IdentityProvider } from '../../store/records.ts'
import type { MappedPerson } from '../mapping.ts'
import type { ProviderCommandContext, TokenVerdict } from './command-context.ts'
import { type CommandResult, singleLine } from './command-result.ts'
import type { SignInPreview } from './sign-in-preview.ts'
import { type SignInTrial, trySignIn } from './sign-in-trial.ts'

/** `claims` is JSON. */
type TrialOption = { readonly token: string } | { readonly claims: string }

/** @throws Problem('invalid_input') for an invalid token or invalid claims */
export async function tryProvider(
  context: Pick<ProviderCommandContext, 'verifyToken' | 'users'>,
  provider: IdentityProvider,
  given: TrialOption,
  json: boolean,
): Promise<CommandResult> {
  const input = 'token' in given ? given : { claims: claimsIn(given.claims) }
  const tried = await trySignIn(context, provider, input)
  const out = json ? JSON.stringify({ provider: provider.id, ...tried }, null, 2) : asText(provider, tried)
  return { code: codeOf(tried), out, err: '' }
}

function codeOf({ verdict, outlook: { would } }: SignInTrial): CommandResult['code'] {
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

function asText(
  provider: IdentityProvider,
  { verdict, subject, person, groups, secondFactor, outlook: preview }: SignInTrial,
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

const groupSaid = ({ name, exists }: SignInTrial['groups'][number]): string =>
  exists === false ? `${name} (no such group here)` : name

const ourFactor = ({ signIn }: IdentityProvider): string =>
  signIn?.requireSecondFactor ? 'required here' : 'required here if enrolled'
