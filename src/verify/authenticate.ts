// Selects the authentication scheme of a request. A request with more than one scheme is refused, so that no two components
// can attribute it to different callers.
import { Problem } from '../problem.ts'
import { isSigned } from '../secure/sigv4/sigv4.ts'
import { type IncomingRequest, onlyHeader } from './request.ts'
import type { AuthenticatedRequest, SignedRequests } from './signed.ts'
import type { TokenRequests } from './tokens.ts'

// RFC 9110 §11.4: scheme names are case-insensitive; RFC 6750 §2.1: the token's alphabet.
const tokenForm = /^(bearer|dpop) +([A-Za-z0-9._~+/-]+=*)$/i

/**
 * Authenticates a request. @throws Problem: `missing_credentials` when it has no credentials, otherwise the reason for the
 * refusal
 */
export async function authenticate(
  request: IncomingRequest,
  signed: SignedRequests,
  tokens: TokenRequests,
): Promise<AuthenticatedRequest> {
  const authorization = onlyHeader(request, 'authorization')
  const [, scheme, token] = tokenForm.exec(authorization ?? '') ?? []
  if (scheme !== undefined && token !== undefined) {
    if (isSigned({ ...request, headers: [] }))
      throw new Problem('unauthenticated', 'the request has both an access token and a signature')
    return tokens.authenticate(request, scheme.toLowerCase() as 'bearer' | 'dpop', token)
  }
  if (authorization !== undefined && !/^AWS4-/i.test(authorization))
    throw new Problem(
      'unauthenticated',
      'the `Authorization` header must have one access token after `Bearer` or `DPoP`, or a SigV4 signature',
    )
  if (isSigned(request)) return signed.authenticate(request)
  throw new Problem(
    'missing_credentials',
    'sign the request with session credentials, or send an access token',
  )
}
