// Which of the ways of proving oneself a request uses. One only: a request that brings two is refused, so that no two
// readers of it can believe different callers.
import { Problem } from '../problem.ts'
import { isSigned } from '../secure/sigv4.ts'
import { onlyHeader, type Presented } from './request.ts'
import type { Proven, SignedRequests } from './signed.ts'
import type { TokenRequests } from './tokens.ts'

// RFC 9110 §11.4: scheme names are case-insensitive; RFC 6750 §2.1: the token's alphabet.
const tokenForm = /^(bearer|dpop) +([A-Za-z0-9._~+/-]+=*)$/i

/** @throws Problem: `missing_credentials` when nothing was presented, else what is wrong with it */
export async function authenticate(
  request: Presented,
  signed: SignedRequests,
  tokens: TokenRequests,
): Promise<Proven> {
  const authorization = onlyHeader(request, 'authorization')
  const [, scheme, token] = tokenForm.exec(authorization ?? '') ?? []
  if (scheme !== undefined && token !== undefined) {
    if (isSigned({ ...request, headers: [] }))
      throw new Problem('unauthenticated', 'the request brings both an access token and a signature')
    return tokens.prove(request, scheme.toLowerCase() as 'bearer' | 'dpop', token)
  }
  if (isSigned(request)) return signed.prove(request)
  throw new Problem(
    'missing_credentials',
    'sign the request with session credentials, or send an access token',
  )
}
