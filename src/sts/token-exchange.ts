// Connects the token endpoint to exchange.ts for RFC 8693: which parameters are supported, and the type of the result.
// oidc/exchange/token-exchange.ts reads the request.
import { Problem } from '../problem.ts'
import { type ExchangeParts, exchange, type SignedInSubject } from './exchange.ts'
import type { ExchangeGrantName } from './gate/exchange-request.ts'
import type { ClientTargets } from './scopes.ts'

export interface TokenExchangeRequest {
  /** The grant of the request. */
  readonly grant: ExchangeGrantName
  readonly subjectToken: string
  readonly subjectTokenType: string
  readonly actorToken: string | undefined
  readonly requestedTokenType: string | undefined
  readonly audience: readonly string[]
  readonly resource: readonly string[]
  /** Which of these are configured resources, and whether the client may ask for them. */
  readonly targets: ClientTargets
  readonly scope: readonly string[]
  readonly roleArn: string | undefined
  readonly roleSessionName: string | undefined
  readonly policy: string | undefined
  readonly policyArns: readonly string[]
  /** Seconds. */
  readonly durationSeconds: number | undefined
  readonly clientId: string
  /** Thumbprint of the DPoP key the new token is bound to (RFC 9449 §6.1); undefined: a bearer token. */
  readonly jkt: string | undefined
  readonly sourceIp: string
  readonly userAgent: string | undefined
  readonly requestId: string
}

export interface TokenExchanged {
  readonly accessToken: string
  /** RFC 8693 §3. */
  readonly issuedTokenType: string
  /** Seconds. */
  readonly expiresIn: number
  readonly scope?: string | undefined
}

export interface TokenExchangeParts extends ExchangeParts {
  /** A person's own token of ours, live, with user and client looked up afresh; undefined when it is not. */
  readonly signedIn: (token: string) => Promise<SignedInSubject | undefined>
  /** Whether requests reach us over TLS. */
  readonly secure: boolean
}

const accessToken = 'urn:ietf:params:oauth:token-type:access_token'
const jwt = 'urn:ietf:params:oauth:token-type:jwt'
const idToken = 'urn:ietf:params:oauth:token-type:id_token'
/** Token types of RFC 8693 §3 that are accepted. The token itself shows its kind; the parameter must only be one of these. */
const subjectTypes = new Set([accessToken, jwt, idToken])
const issuedTypes = new Set([accessToken, jwt])

export const tokenExchange = (parts: TokenExchangeParts) => {
  const run = exchange(parts)
  return async (request: TokenExchangeRequest): Promise<TokenExchanged> => {
    checkTypes(request)
    const now = parts.now()
    const exchanged = await run(
      {
        ...request,
        audience: [...request.resource, ...request.audience],
        scope: request.scope.length === 0 ? undefined : request.scope.join(' '),
        policyArns: request.policyArns.length === 0 ? undefined : request.policyArns,
        signedIn: () => parts.signedIn(request.subjectToken),
      },
      {
        sourceIp: request.sourceIp,
        secure: parts.secure,
        userAgent: request.userAgent,
        region: undefined,
        now,
        requestId: request.requestId,
      },
    )
    return {
      accessToken: exchanged.accessToken,
      issuedTokenType: accessToken,
      expiresIn: exchanged.expiration - now,
      scope: exchanged.scope,
    }
  }
}

/** An actor token that were passed over would be a check dropped (attacks.md 12): it is refused. */
function checkTypes({ subjectTokenType, actorToken, requestedTokenType }: TokenExchangeRequest): void {
  if (actorToken !== undefined)
    throw new Problem('invalid_input', '`actor_token` is not taken: the client is the actor')
  if (!subjectTypes.has(subjectTokenType)) {
    throw new Problem(
      'invalid_input',
      `\`subject_token_type\` must be one of ${[...subjectTypes].join(', ')}`,
    )
  }
  if (requestedTokenType !== undefined && !issuedTypes.has(requestedTokenType)) {
    throw new Problem(
      'invalid_input',
      `\`requested_token_type\` must be one of ${[...issuedTypes].join(', ')}`,
    )
  }
}
