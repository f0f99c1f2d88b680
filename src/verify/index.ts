// `chancery/verify`: what a service installs to check our credentials by itself and decide allow or deny, with the reason.
// The way of a request: request-headers.ts and request-path.ts refuse what is too large or ambiguous → authenticate.ts picks the one way it proves itself (signed.ts, tokens.ts) → sessions.ts believes
// the token → revocations.ts says whether it was taken back → decide.ts asks the policy engine, with the role's policies
// from role-policies.ts. issuer-client.ts is all that talks to the issuer. Middleware: koa.ts, express.ts, fastify.ts, hono.ts.
// Owns no keys, no users and no store; it needs Node alone. Long-term access keys are not for services: only session
// credentials, whose token comes with the request, can be checked without asking the issuer for each of them.
import type { Decision, Explanation } from '../policy/decide.ts'
import { isProblem } from '../problem.ts'
import { authenticate } from './authenticate.ts'
import { type Caller, callerOf } from './caller.ts'
import { type Ask, Decisions } from './decide.ts'
import { createHome } from './issuer-client.ts'
import { IssuerKeys } from './issuer-keys.ts'
import { parseOptions, type Scope, type VerifierOptions } from './options.ts'
import { ReplayGuard } from './replay.ts'
import type { Presented } from './request.ts'
import { checkHeaders } from './request-headers.ts'
import { readPath } from './request-path.ts'
import { Revocations } from './revocations.ts'
import { RolePolicies } from './role-policies.ts'
import { SessionPolicies } from './session-policies.ts'
import { Sessions } from './sessions.ts'
import { SignedRequests } from './signed.ts'
import { TokenRequests } from './tokens.ts'

export { type Decision, type Explanation, formatDecision } from '../policy/decide.ts'
export { Problem, type ProblemCode } from '../problem.ts'
export type { Caller } from './caller.ts'
export type { Ask } from './decide.ts'
export type { CacheLimits, ServiceCredentials, Staleness, VerifierOptions } from './options.ts'
export type { ReplayMemory, ReplayMode } from './replay.ts'
export { type Presented, presentedBy } from './request.ts'

/** A request whose caller is known, for asking once or more what that caller may do. */
export interface Authenticated {
  readonly caller: Caller
  /** The path, decoded once: name the resource by it, and serve by it. */
  readonly path: string
  /** The body's bytes, when the signature covered them. */
  readonly body: Buffer | undefined
  /** The bytes of an UNSIGNED-PAYLOAD write, which nothing vouches for; they were read to tell repeated requests apart. */
  readonly unsignedBody: Buffer | undefined
  /** @throws Problem('unavailable') when the role's policies cannot be had */
  decide(ask: Ask): Promise<Decision>
  /** As decide, with every reason: what each layer said, failed conditions, the nearest change that would allow it. */
  explain(ask: Ask): Promise<Explanation>
}

export interface Verified {
  readonly caller: Caller
  /**
   * The path that was decided on, decoded once. Serve by it, and never decode it again: what a framework or file server
   * makes of the URL by itself may be another path.
   */
  readonly path: string
  readonly decision: Decision
  /** The body's bytes, when the signature covered them. */
  readonly body: Buffer | undefined
  /** See `Authenticated`. */
  readonly unsignedBody: Buffer | undefined
}

export interface Verifier {
  /** What a signature's scope must name; also in the challenge of a 401. */
  readonly scope: Scope
  /** @throws Problem saying what is wrong with the credential, or that it was revoked */
  authenticate(request: Presented): Promise<Authenticated>
  /** Authenticates, then decides. A refusal by policy is a decision, not an exception. */
  verify(
    request: Presented,
    ask: Ask | ((known: Pick<Authenticated, 'caller' | 'path'>) => Ask | Promise<Ask>),
  ): Promise<Verified>
  /** Ends the background reading of the revocation feed. */
  close(): void
}

/**
 * @throws TypeError when the options cannot be
 * @example
 * const verifier = createVerifier({ issuer: 'https://id.example', service: 'docs', credentials: { accessKeyId, secretAccessKey } })
 * app.use(protect(verifier, { action: 'docs:GetDocument', resource: (ctx, path) => `arn:aws:docs:::${path.slice(1)}` }))
 */
export function createVerifier(options: VerifierOptions): Verifier {
  const settings = parseOptions(options)
  const home = createHome(settings)
  const keys = new IssuerKeys(home, settings)
  const sessions = new Sessions(keys, settings)
  const replays = new ReplayGuard(settings.replay)
  const signed = new SignedRequests(settings, home, sessions, replays)
  const tokens = new TokenRequests(settings, sessions, replays)
  const revocations = new Revocations(home, keys, settings)
  const roles = new RolePolicies(home, settings)
  const decisions = new Decisions(
    settings,
    roles,
    new SessionPolicies(home, new RolePolicies(home, settings)),
  )

  const recognise = async (request: Presented): Promise<Authenticated> => {
    checkHeaders(request)
    const path = readPath(request, settings)
    const proven = await authenticate(request, signed, tokens)
    const { session, body, unsignedBody } = proven
    await revocations.check(session.claims)
    const caller = callerOf(proven)
    return {
      caller,
      path,
      body,
      unsignedBody,
      decide: (ask) => reporting(decisions.decide(session, caller, request, ask)),
      explain: (ask) => reporting(decisions.explain(session, caller, request, ask)),
    }
  }
  const reporting = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work
    } catch (error) {
      if (isProblem(error, 'unavailable')) settings.onUnavailable(error)
      throw error
    }
  }

  return {
    scope: { service: settings.service, region: settings.region },
    authenticate: (request) => reporting(recognise(request)),
    async verify(request, ask) {
      const { decide, explain: _, ...known } = await reporting(recognise(request))
      const asked = typeof ask === 'function' ? await ask(known) : ask
      return { ...known, decision: await decide(asked) }
    },
    close: () => revocations.close(),
  }
}
