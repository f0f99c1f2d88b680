// Security findings about a provider's settings that apply to every kind: who can sign in, and which claims are trusted. Pure.
import type { IdentityProvider, SignInRules } from '../store/records.ts'
import { issuerOf } from './issuer.ts'
import type { Risk } from './kind.ts'

/** Public mail domains: anybody can have an address. */
const publicMail = new Set(
  'gmail.com googlemail.com outlook.com hotmail.com live.com yahoo.com icloud.com me.com proton.me protonmail.com gmx.de gmx.net web.de mail.ru qq.com 163.com'.split(
    ' ',
  ),
)

/** Public issuers: anybody can have an account. */
const publicIssuers =
  /^https:\/\/(accounts\.google\.com|github\.com|gitlab\.com|appleid\.apple\.com|www\.linkedin\.com|login\.microsoftonline\.com\/(common|consumers|9188040d-6c67-4c5b-b112-36a304b66dad))(\/|$)/

/** `amr` values of a single factor (RFC 8176 §2). */
const oneFactor = new Set(['pwd', 'pin', 'kba', 'email', 'sms', 'tel', 'rba', 'geo'])

export function generalRisks(provider: IdentityProvider): readonly Risk[] {
  const { signIn } = provider
  return [
    ...(provider.kind === 'openid' && provider.clientIds.length === 0 && !signIn ? [noAudience] : []),
    ...(signIn ? ofSignIn(signIn, issuerOf(provider)) : []),
  ]
}

const noAudience: Risk = {
  level: 'medium',
  what: 'no audience is registered, so every token of this issuer is refused',
  fix: 'add the audience of your workloads to client_ids',
}

function ofSignIn(signIn: SignInRules, issuer: string): readonly Risk[] {
  const { domains, require, createUsers, mapping, secondFactor, requireSecondFactor } = signIn
  const open = publicIssuers.test(issuer)
  const blindVerified = mapping.emailVerified.default.includes('true')
  const risks: readonly (readonly [when: boolean, Risk['level'], what: string, fix: string])[] = [
    [
      blindVerified && domains.length > 0,
      'high',
      'addresses that the provider did not verify count as verified and select users: anyone who can set an address there can sign in as that user here',
      'remove the default `true` of mapping.email_verified, or the domains',
    ],
    [
      blindVerified && domains.length === 0,
      'medium',
      'addresses that the provider did not verify are stored as verified',
      'remove the default `true` of mapping.email_verified',
    ],
    [
      domains.some((domain) => publicMail.has(domain)),
      'high',
      '`domains` contains a domain where anybody can have an address',
      'name only domains of your own organisation',
    ],
    [
      createUsers && open && require.length === 0,
      'high',
      'anybody can have an account at this provider, and everybody who signs in becomes a user here',
      'restrict sign-in with `require`, set create_users to false, or use the issuer of your own organisation',
    ],
    [
      createUsers && !open && domains.length === 0 && require.length === 0,
      'medium',
      'everybody who signs in becomes a user here: neither a domain nor a rule restricts it',
      'list its domains, restrict sign-in with `require`, or set create_users to false',
    ],
    [
      mapping.groups.default.length > 0,
      'medium',
      'users without groups at the provider are put into groups by a default',
      'remove the default of mapping.groups',
    ],
    [
      secondFactor.amr.some((amr) => oneFactor.has(amr)),
      'high',
      'a single factor counts as the second one',
      'list only values that mean two factors, such as `mfa`, in second_factor.amr',
    ],
    [
      !requireSecondFactor,
      'low',
      'users who used a single factor at the provider need no second one, unless they enrolled one here',
      'set second_factor.ask to `everyone`',
    ],
  ]
  return risks.flatMap(([when, level, what, fix]) => (when ? [{ level, what, fix }] : []))
}
