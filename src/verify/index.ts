// `chancery/verify`: the library with which a service verifies credentials by itself and decides whether a request is
// allowed.
// request-headers.ts and request-path.ts refuse requests that are too large or ambiguous → authenticate.ts selects the
// authentication scheme (signed.ts, tokens.ts) → issuer/sessions.ts verifies the session token → issuer/revocations.ts checks
// for revocation → decide.ts evaluates the policies, with the role's policies from issuer/role-policies.ts. Only
// issuer/issuer-client.ts talks to the issuer. middleware/ has Koa, Express, Fastify and Hono.
// The library has no keys, users or store of its own and needs only Node. It does not accept long-term access keys: only
// session credentials carry a token that can be verified without a request to the issuer.
import type { Decision, Explanation } from '../policy/engine/decide.ts'
import { isProblem } from '../problem.ts'
import { authenticate } from './authenticate.ts'
import { type Caller, callerOf } from './caller.ts'
import { type AccessRequest, Decisions } from './decide.ts'
import { createIssuerClient } from './issuer/issuer-client.ts'
import { IssuerKeys } from './issuer/issuer-keys.ts'
import { Revocations } from './issuer/revocations.ts'
import { RolePolicies } from './issuer/role-policies.ts'
import { SessionPolicies } from './issuer/session-policies.ts'
import { Sessions } from './issuer/sessions.ts'
import { parseOptions, type Scope, type VerifierOptions } from './options.ts'
import { ReplayGuard } from './replay.ts'
import type { IncomingRequest } from './request.ts'
import { checkHeaders } from './request-headers.ts'
import { readPath } from './request-path.ts'
import type { ResourceMetadata } from './resource-metadata.ts'
import { SignedRequests } from './signed.ts'
import { TokenRequests } from './tokens.ts'

export { type Decision, type Explanation, formatDecision } from '../policy/engine/decide.ts'
export { Problem, type ProblemCode } from '../problem.ts'
export type { Caller } from './caller.ts'
export type { AccessRequest } from './decide.ts'
export type { CacheLimits, ServiceCredentials, Staleness, VerifierOptions } from './options.ts'
export type { ReplayMemory, ReplayMode } from './replay.ts'
export { fromNodeRequest, type IncomingRequest } from './request.ts'
export type { ResourceMetadata } from './resource-metadata.ts'

/** An authenticated request, on which the service can make one or more decisions. */
export interface Authenticated {
  readonly caller: Caller
  /** The path, decoded once. Name the resource by this path, and serve this path. */
  readonly path: string
  /** The bytes of the body, when the signature covers them. */
  readonly body: Buffer | undefined
  /** The bytes of a body sent with UNSIGNED-PAYLOAD, which no signature covers; they were read only to detect replays. */
  readonly unsignedBody: Buffer | undefined
  /** @throws Problem('unavailable') when the role's policies cannot be obtained */
  decide(access: AccessRequest): Promise<Decision>
  /**
   * Like `decide`, with every reason: the result of each layer, failed conditions, and the smallest change that would allow
   * it.
   */
  explain(access: AccessRequest): Promise<Explanation>
}

export interface Verified extends Pick<Authenticated, 'decide' | 'explain'> {
  readonly caller: Caller
  /**
   * The path that was decided on, decoded once. Serve this path and do not decode it again: a framework or file server may
   * derive a different path from the URL.
   */
  readonly path: string
  readonly decision: Decision
  /** The bytes of the body, when the signature covers them. */
  readonly body: Buffer | undefined
  /** See `Authenticated`. */
  readonly unsignedBody: Buffer | undefined
}

export interface Verifier {
  /** The SigV4 scope that requests must be signed for; also part of the challenge of a 401. */
  readonly scope: Scope
  /**
   * The metadata of the service as a protected resource (RFC 9728), when its `audience` is a URL. The middleware answers
   * requests for it by itself where it sees them; a service whose middleware is mounted below the root adds a route for
   * `metadata.path`.
   */
  readonly metadata: ResourceMetadata | undefined
  /** @throws Problem with the reason why the credentials are not valid, or that the session was revoked */
  authenticate(request: IncomingRequest): Promise<Authenticated>
  /** Authenticates, then decides. A denial by policy is a decision, not an exception. */
  verify(
    request: IncomingRequest,
    access:
      | AccessRequest
      | ((known: Pick<Authenticated, 'caller' | 'path'>) => AccessRequest | Promise<AccessRequest>),
  ): Promise<Verified>
  /** Stops following the revocation feed. */
  close(): void
}

/**
 * Creates the verifier of one service.
 * @throws TypeError for invalid options
 * @example
 * const verifier = createVerifier({ issuer: 'https://id.example', service: 'docs', credentials: { accessKeyId, secretAccessKey } })
 * app.use(protect(verifier, { action: 'docs:GetDocument', resource: (ctx, path) => `arn:aws:docs:::${path.slice(1)}` }))
 */
export function createVerifier(options: VerifierOptions): Verifier {
  const settings = parseOptions(options)
  const issuerClient = createIssuerClient(settings)
  const keys = new IssuerKeys(issuerClient, settings)
  const sessions = new Sessions(keys, settings)
  const replays = new ReplayGuard(settings.replay)
  const signed = new SignedRequests(settings, issuerClient, sessions, replays)
  const tokens = new TokenRequests(settings, sessions, replays)
  const revocations = new Revocations(issuerClient, keys, settings)
  const roles = new RolePolicies(issuerClient, settings)
  const decisions = new Decisions(
    settings,
    roles,
    new SessionPolicies(issuerClient, new RolePolicies(issuerClient, settings)),
  )

  const authenticateRequest = async (request: IncomingRequest): Promise<Authenticated> => {
    checkHeaders(request)
    const path = readPath(request, settings)
    const authenticated = await authenticate(request, signed, tokens)
    const { session, body, unsignedBody } = authenticated
    await revocations.check(session.claims)
    const caller = callerOf(authenticated)
    return {
      caller,
      path,
      body,
      unsignedBody,
      decide: (access) => reportUnavailable(decisions.decide(session, caller, request, access)),
      explain: (access) => reportUnavailable(decisions.explain(session, caller, request, access)),
    }
  }
  const reportUnavailable = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work
    } catch (error) {
      if (isProblem(error, 'unavailable')) settings.onUnavailable(error)
      throw error
    }
  }

  return {
    scope: { service: settings.service, region: settings.region },
    metadata: settings.metadata,
    authenticate: (request) => reportUnavailable(authenticateRequest(request)),
    async verify(request, access) {
      const known = await reportUnavailable(authenticateRequest(request))
      const wanted = typeof access === 'function' ? await access(known) : access
      return { ...known, decision: await known.decide(wanted) }
    },
    close: () => revocations.close(),
  }
}
