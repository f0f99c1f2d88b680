// Verifies an ID token given on the command line as a sign-in would, except for what only a sign-in knows: its nonce and the
// access token issued with it.
import { Problem } from '../../problem.ts'
import type { EpochSeconds, IdentityProvider, OpenIdProvider } from '../../store/records.ts'
import { readIdTokenClaims } from '../id-token-claims.ts'
import type { IssuerKeys } from '../workload/issuer-keys.ts'
import {
  checkSignature,
  readOutsideToken,
  type UnverifiedToken,
  verifyOutsideToken,
} from '../workload/outside-token.ts'
import type { TokenVerdict } from './command-context.ts'

/** @throws Problem('invalid_input') for invalid tokens and for providers that issue none */
export async function verifyToken(
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
  const refused = refusalReason(provider, unverified)
  if (refused !== undefined) return { claims, refused, unchecked: undefined }
  try {
    if (provider.client) await verifyIdToken(unverified, provider, provider.client.id, { keys, now })
    else await verifyOutsideToken(unverified, { ...provider, disabled: false }, keys, now)
    return { claims, refused: undefined, unchecked: undefined }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return error.code === 'idp_communication_error'
      ? { claims, refused: undefined, unchecked: `the keys, ${error.detail ?? error.message}` }
      : { claims, refused: error.detail ?? error.message, unchecked: undefined }
  }
}

/** As a sign-in does, whose issuer may publish its only key without `kid` (OIDC Core §10.1). */
async function verifyIdToken(
  { jws }: UnverifiedToken,
  provider: OpenIdProvider,
  clientId: string,
  { keys, now }: { readonly keys: IssuerKeys; readonly now: EpochSeconds },
): Promise<void> {
  readIdTokenClaims(jws.claims, clientId, now)
  await checkSignature(jws, provider, keys)
}

/** A token of another issuer, or, for a sign-in, with an algorithm that the provider's settings do not have. */
function refusalReason(
  { url, client }: OpenIdProvider,
  { issuer, jws }: UnverifiedToken,
): string | undefined {
  if (issuer !== url) return `the token is of the issuer \`${issuer.slice(0, 255)}\``
  if (client && !client.algorithms.includes(jws.header.alg))
    return `alg \`${jws.header.alg}\` is not one of the provider's algorithms`
  return undefined
}
