// Whether a sign-in would believe an ID token that somebody has at hand. What only a sign-in knows is left out: its nonce,
// and the access token that came with it.
import { Problem } from '../../problem.ts'
import type { EpochSeconds, IdentityProvider, OpenIdProvider } from '../../store/records.ts'
import type { IssuerKeys } from '../workload/issuer-keys.ts'
import { readOutsideToken, type UnverifiedToken, verifyOutsideToken } from '../workload/outside-token.ts'
import type { TokenVerdict } from './command-context.ts'

/** @throws Problem for a text that is no token, and for a provider that issues none */
export async function believe(
  provider: IdentityProvider,
  token: string,
  keys: IssuerKeys,
  now: EpochSeconds,
): Promise<TokenVerdict> {
  if (provider.kind !== 'openid')
    throw new Problem(
      'invalid_input',
      `a ${provider.kind} provider gives no ID tokens; try its claims with --claims`,
    )
  const unverified = readOutsideToken(token)
  const { claims } = unverified.jws
  const refused = otherwise(provider, unverified)
  if (refused !== undefined) return { claims, refused, unchecked: undefined }
  try {
    const clientIds = provider.client ? [provider.client.id] : provider.clientIds
    await verifyOutsideToken(unverified, { ...provider, clientIds, disabled: false }, keys, now)
    return { claims, refused: undefined, unchecked: undefined }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return error.code === 'idp_communication_error'
      ? { claims, refused: undefined, unchecked: `the keys, ${error.detail ?? error.message}` }
      : { claims, refused: error.message, unchecked: undefined }
  }
}

/** What workload tokens are not asked: the algorithms of the client, and the party it was issued to (OIDC Core §3.1.3.7). */
function otherwise({ url, client }: OpenIdProvider, { issuer, jws }: UnverifiedToken): string | undefined {
  if (issuer !== url) return `the token is of the issuer \`${issuer.slice(0, 255)}\``
  if (client && !client.algorithms.includes(jws.header.alg))
    return `alg \`${jws.header.alg}\` is not one of the provider's algorithms`
  const { azp } = jws.claims
  return client && azp !== undefined && azp !== client.id
    ? 'the token was issued to another client'
    : undefined
}
