// The use case of the token exchange grant (RFC 8693): checks the token types and calls exchange.ts. The request is parsed in
// oidc/exchange/.
import { Problem } from '../../problem.ts'
import type { ExchangeGrantName } from '../gate/exchange-request.ts'
import type { ClientTargets } from '../session/scopes.ts'
import { type ExchangeDependencies, exchange, type SignedInSubject } from './exchange.ts'

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

export interface TokenExchangeDependencies extends ExchangeDependencies {
  /** Looks up a user's access token with its user and client; undefined when it is not valid. */
  readonly signedIn: (token: string) => Promise<SignedInSubject | undefined>
  /** Whether clients reach this server over TLS. */
  readonly secure: boolean
}

const accessToken = 'urn:ietf:params:oauth:token-type:access_token'
const jwt = 'urn:ietf:params:oauth:token-type:jwt'
const idToken = 'urn:ietf:params:oauth:token-type:id_token'
/** Accepted token types (RFC 8693 section 3). The parameter must be one of these; the kind is decided by the token itself. */
const subjectTypes = new Set([accessToken, jwt, idToken])
const issuedTypes = new Set([accessToken, jwt])

export const tokenExchange = (deps: TokenExchangeDependencies) => {
  const run = exchange(deps)
  return async (request: TokenExchangeRequest): Promise<TokenExchanged> => {
    checkTypes(request)
    const now = deps.now()
    const exchanged = await run(
      {
        ...request,
        audience: [...request.resource, ...request.audience],
        scope: request.scope.length === 0 ? undefined : request.scope.join(' '),
        policyArns: request.policyArns.length === 0 ? undefined : request.policyArns,
        signedIn: () => deps.signedIn(request.subjectToken),
      },
      {
        sourceIp: request.sourceIp,
        secure: deps.secure,
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

/** An actor token is refused and not ignored, because ignoring it would skip a check (docs/attacks.md 12). */
function checkTypes({ subjectTokenType, actorToken, requestedTokenType }: TokenExchangeRequest): void {
  if (actorToken !== undefined)
    throw new Problem('invalid_input', '`actor_token` is not supported: the client is the actor')
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
