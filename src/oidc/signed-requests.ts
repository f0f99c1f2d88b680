// Rules for the JWTs that clients sign at the moment of a request: client assertions, request objects and DPoP proofs. They
// are stricter than oidc-provider's defaults, which accept an assertion that was made for another endpoint or server.
import { decodeJwt } from 'jose'
import { errors, type KoaContextWithOIDC } from 'oidc-provider'
import { clientClockSkew } from '../secure/clock-skew.ts'
import { fapiAlgorithms } from './clients/profiles.ts'

type Claims = Readonly<Record<string, unknown>>
type SigningClient = Readonly<Record<string, unknown>> | undefined

/** Longest lifetime of a client assertion in seconds; the record of its `jti` is kept as long. */
const maxAssertionLifetime = 600
/** FAPI 2.0 Message Signing §5.3.1: a request object is valid for an hour at most, from an hour ago at the earliest. */
const maxRequestObjectLifetime = 3600

const now = (): number => Math.floor(Date.now() / 1000)

/** FAPI 2.0 Security Profile §5.3.2.1: a time up to 10 seconds ahead is a clock that differs, a later one is refused. */
const isAhead = (time: unknown): boolean => Number(time) > now() + clientClockSkew

/** What the audience of a client assertion must be. */
export const audienceFault = (issuer: string): string =>
  `client_assertion must have the audience \`${issuer}\`, as a string`

/**
 * oidc-provider's `assertJwtClientAuthClaimsAndHeader`. An assertion for several audiences, or for an endpoint instead of the
 * issuer, could have been obtained by another server and replayed here, so `aud` must be the issuer as a string
 * (FAPI 2.0 Security Profile §5.3.2.1; draft-ietf-oauth-rfc7523bis).
 * @throws errors.InvalidClientAuth
 */
export function checkClientAssertion(
  ctx: KoaContextWithOIDC,
  claims: Claims,
  header: Claims,
  client: SigningClient,
): void {
  if (claims['aud'] !== ctx.oidc.issuer) throw new errors.InvalidClientAuth(audienceFault(ctx.oidc.issuer))
  if (Number(claims['exp']) - now() > maxAssertionLifetime)
    throw new errors.InvalidClientAuth(`client_assertion lives longer than ${maxAssertionLifetime} seconds`)
  if (isAhead(claims['iat']))
    throw new errors.InvalidClientAuth('client_assertion has an `iat` in the future')
  if (isWeak(header, client))
    throw new errors.InvalidClientAuth(`client_assertion must be signed with ${fapiAlgorithms.join(', ')}`)
}

/**
 * oidc-provider's `requestObjects.assertJwtClaimsAndHeader`. It is called again for a pushed request when that is used: by
 * then it was checked, and one that was pushed as parameters is unsigned.
 * @throws errors.InvalidRequestObject
 */
export function checkRequestObject(
  ctx: KoaContextWithOIDC,
  claims: Claims,
  header: Claims,
  client: SigningClient,
): void {
  if (ctx.oidc.entities.PushedAuthorizationRequest !== undefined) return
  if (isAhead(claims['iat']))
    throw new errors.InvalidRequestObject('the request object has an `iat` in the future')
  if (client?.['profile'] === undefined) return
  if (isWeak(header, client))
    throw new errors.InvalidRequestObject(
      `the request object must be signed with ${fapiAlgorithms.join(', ')}`,
    )
  for (const name of ['aud', 'exp', 'nbf'])
    if (claims[name] === undefined)
      throw new errors.InvalidRequestObject(`the request object must have the claim \`${name}\``)
  const [nbf, exp] = [Number(claims['nbf']), Number(claims['exp'])]
  if (exp - nbf > maxRequestObjectLifetime || now() - nbf > maxRequestObjectLifetime)
    throw new errors.InvalidRequestObject(
      `the request object must be valid for ${maxRequestObjectLifetime} seconds at most, from its \`nbf\``,
    )
}

const isWeak = (header: Claims, client: SigningClient): boolean =>
  client?.['profile'] !== undefined && !fapiAlgorithms.includes(String(header['alg']))

/**
 * oidc-provider's `dPoP.requireNonce`, which it calls for each proof before it verifies it. No nonce is required; a proof
 * from the future is refused, which oidc-provider accepts up to five minutes ahead. An unreadable proof is left to it.
 * @throws errors.InvalidDpopProof
 */
export function checkProofTime(ctx: KoaContextWithOIDC): false {
  if (isAhead(readClaims(ctx.get('DPoP'))['iat']))
    throw new errors.InvalidDpopProof('the DPoP proof has an `iat` in the future')
  return false
}

function readClaims(jwt: string): Claims {
  try {
    return decodeJwt(jwt)
  } catch {
    return {}
  }
}
