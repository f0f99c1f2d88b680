// oidc-provider's own helpers for grants at the token endpoint. They are outside its semantic versioning, so their names
// and numbers of parameters are held by test/oidc/library.test.ts.
import type { Provider, TokenEndpointGrantContext } from 'oidc-provider'
import {
  buildTokenResponse,
  checkDpopReplay,
  checkDpopRequired,
  validateDpop,
} from 'oidc-provider/lib/helpers/grants.js'

type GrantContext = TokenEndpointGrantContext<object>

/** A valid DPoP proof (RFC 9449 §4.3) that may still have been used before. */
export type DpopProof = NonNullable<Awaited<ReturnType<typeof validateDpop>>>

/**
 * The DPoP proof of a token request; undefined when there is none and the client need not send one.
 * @throws errors.InvalidDpopProof, or errors.InvalidGrant when the client must send one
 */
export async function dpopProofOf(provider: Provider, ctx: GrantContext): Promise<DpopProof | undefined> {
  const proof = await validateDpop(provider, ctx)
  checkDpopRequired(provider, ctx, proof)
  return proof
}

/** Marks a proof as used (RFC 9449 §11.1). @throws errors.InvalidGrant when it was used before */
export async function useDpopProof(
  provider: Provider,
  ctx: GrantContext,
  proof: DpopProof,
  clientId: string,
): Promise<void> {
  await checkDpopReplay(provider, ctx, proof, clientId)
}

/** The body of a successful token response (RFC 6749 §5.1). */
export const tokenResponse = (
  provider: Provider,
  response: Parameters<typeof buildTokenResponse>[1],
): ReturnType<typeof buildTokenResponse> => buildTokenResponse(provider, response)
