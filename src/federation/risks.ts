// What is doubtful about a provider of any kind: whom it lets in, and on whose word. Pure; each kind adds its own.
import type { EpochSeconds, IdentityProvider, SignInRules } from '../store/records.ts'
import { issuerOf } from './issuer.ts'
import type { Risk } from './kind.ts'

/** Anybody may have an address here. */
const publicMail = new Set(
  'gmail.com googlemail.com outlook.com hotmail.com live.com yahoo.com icloud.com me.com proton.me protonmail.com gmx.de gmx.net web.de mail.ru qq.com 163.com'.split(
    ' ',
  ),
)

/** Anybody may have an account here. */
const publicIssuers =
  /^https:\/\/(accounts\.google\.com|github\.com|gitlab\.com|appleid\.apple\.com|www\.linkedin\.com|login\.microsoftonline\.com\/(common|consumers|9188040d-6c67-4c5b-b112-36a304b66dad))(\/|$)/

/** `amr` values that name one factor alone (RFC 8176 §2). */
const oneFactor = new Set(['pwd', 'pin', 'kba', 'email', 'sms', 'tel', 'rba', 'geo'])

export function generalRisks(provider: IdentityProvider, _now: EpochSeconds): readonly Risk[] {
  const { signIn } = provider
  return [
    ...(provider.kind === 'openid' && provider.clientIds.length === 0 && !signIn ? [noAudience] : []),
    ...(signIn ? ofSignIn(signIn, issuerOf(provider)) : []),
  ]
}

const noAudience: Risk = {
  level: 'medium',
  what: 'no audience is registered: tokens of this issuer are refused, whomever they are for',
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
      'addresses the provider did not verify count as verified, and join users: who may write any address there becomes that user here',
      'remove the default `true` of mapping.email_verified, or the domains',
    ],
    [
      blindVerified && domains.length === 0,
      'medium',
      'addresses the provider did not verify are kept as verified',
      'remove the default `true` of mapping.email_verified',
    ],
    [
      domains.some((domain) => publicMail.has(domain)),
      'high',
      'it speaks for a domain where anybody may have an address',
      'name only domains of your own organisation',
    ],
    [
      createUsers && open && require.length === 0,
      'high',
      'anybody may have an account there, and everybody who signs in becomes a user here',
      'say in `require` who may, set create_users to false, or use the issuer of your own organisation',
    ],
    [
      createUsers && !open && domains.length === 0 && require.length === 0,
      'medium',
      'everybody it signs in becomes a user here: no domain restricts it',
      'name its domains, say in `require` who may, or set create_users to false',
    ],
    [
      mapping.groups.default.length > 0,
      'medium',
      'people it says no group of are put into groups all the same',
      'remove the default of mapping.groups',
    ],
    [
      secondFactor.amr.some((amr) => oneFactor.has(amr)),
      'high',
      'a single factor counts as the second one',
      'name only values that stand for two factors, such as `mfa`, in second_factor.amr',
    ],
    [
      !requireSecondFactor,
      'low',
      'people it asked for one factor alone are in without a second, unless they enrolled one here',
      'set second_factor.ask to `everyone`',
    ],
  ]
  return risks.flatMap(([when, level, what, fix]) => (when ? [{ level, what, fix }] : []))
}
