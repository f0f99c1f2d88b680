// Verifies logout tokens of OpenID providers (OpenID Connect Back-Channel Logout 1.0 §2.4, §2.6).
import { parseJws } from '../../secure/jws.ts'
import type { EpochSeconds } from '../../store/records.ts'
import type { SignOutRequest } from '../kind.ts'
import { invalidResponse } from '../oauth2/provider-errors.ts'
import type { IssuerKeys, KeySource } from '../workload/issuer-keys.ts'
import { checkSignature, readTimes, spendOf } from '../workload/outside-token.ts'

const maxLength = 10_000
const maxName = 255
const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout'
/** Seconds. Logout tokens are short-lived; one with a longer lifetime is rejected. */
const maxLifetime = 3600

type Claims = Readonly<Record<string, unknown>>

interface Expected {
  readonly source: KeySource
  readonly clientId: string
  readonly algorithms: readonly string[]
}

/** @throws Problem('invalid_identity_token' | 'expired_token' | 'idp_communication_error') */
export async function verifyLogoutToken(
  token: string,
  { source, clientId, algorithms }: Expected,
  keys: IssuerKeys,
  now: EpochSeconds,
): Promise<SignOutRequest> {
  const jws = parseJws(token, maxLength)
  const { claims, header } = jws
  if (!algorithms.includes(header.alg)) throw invalidResponse(`alg ${header.alg} is not allowed`)
  // §2.4 recommends `logout+jwt`, and some providers set none. Any other type is another kind of token.
  if (header.typ !== undefined && !/^(application\/)?(logout\+)?jwt$/i.test(header.typ))
    throw invalidResponse(`a token of type \`${header.typ.slice(0, 64)}\` is no logout token`)
  if (claims['iss'] !== source.url) throw invalidResponse('the logout token is of another issuer')
  checkAudience(claims, clientId)
  const { issuedAt, expiresAt } = readTimes(claims, now)
  if (expiresAt - issuedAt > maxLifetime)
    throw invalidResponse('the lifetime of the logout token is too long')
  checkEvent(claims)
  // §2.6: rejects ID tokens, which have a nonce.
  if ('nonce' in claims) throw invalidResponse('a logout token has no `nonce`')
  const [subject, session] = [nameIn(claims, 'sub'), nameIn(claims, 'sid')]
  if (subject === undefined && session === undefined)
    throw invalidResponse('the logout token names neither `sub` nor `sid`')
  if (typeof claims['jti'] !== 'string' || claims['jti'] === '')
    throw invalidResponse('the logout token has no `jti`')
  await checkSignature(jws, source, keys)
  return {
    subject,
    sessions: session === undefined ? [] : [session],
    spend: spendOf(`${source.url} logout`, jws, expiresAt),
  }
}

function checkAudience({ aud }: Claims, clientId: string): void {
  const audiences: readonly unknown[] = Array.isArray(aud) ? aud : [aud]
  if (!audiences.includes(clientId)) throw invalidResponse('the logout token is for another client')
}

function checkEvent({ events }: Claims): void {
  const event =
    typeof events === 'object' && events !== null && Object.hasOwn(events, logoutEvent)
      ? Object.entries(events).find(([name]) => name === logoutEvent)?.[1]
      : undefined
  if (typeof event !== 'object' || event === null || Array.isArray(event))
    throw invalidResponse('the token is not a logout token: `events`')
}

function nameIn(claims: Claims, name: 'sub' | 'sid'): string | undefined {
  const value = claims[name]
  if (value === undefined) return undefined
  if (typeof value !== 'string' || value === '' || value.length > maxName)
    throw invalidResponse(`\`${name}\` is no text of 1 to ${maxName} characters`)
  return value
}
