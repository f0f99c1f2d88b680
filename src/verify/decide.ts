// Decides what a session may do: the policies of its role or user, limited by its boundary and by every session policy of the chain,
// together with the resource's own policy if any. Anything that cannot be read is never allowed.
import { compile, policySet } from '../policy/engine/compile.ts'
import { type Decision, decide, type Explanation, explain, type Layers } from '../policy/engine/decide.ts'
import type { Context, ContextValue, Principal, Request } from '../policy/request.ts'
import { Problem } from '../problem.ts'
import { isOfUser } from '../secure/session/session-claims.ts'
import { type Caller, principalOf } from './caller.ts'
import { requestKeys, sessionKeys } from './condition-keys.ts'
import { type RoleFacts, type RolePolicies, roleFacts } from './issuer/role-policies.ts'
import type { SessionPolicies } from './issuer/session-policies.ts'
import type { LiveSession } from './issuer/sessions.ts'
import type { Settings } from './options.ts'
import type { IncomingRequest } from './request.ts'

/** A question for the policy engine: one action on one resource. */
export interface AccessRequest {
  /** For example `docs:GetDocument`. */
  readonly action: string
  /** An ARN, or the name that the service's policies use. */
  readonly resource: string
  /**
   * The scopes, separated by spaces, that an access token of a person must have for this. A token for which the person
   * consented to a session policy needs none, because that policy says more exactly what the client may do. Without
   * `scope`, tokens of persons need a session policy. Role sessions and signed requests are not concerned.
   */
  readonly scope?: string | undefined
  /** The service's own condition keys, and `aws:ResourceTag/…`, `aws:RequestTag/…`, `aws:TagKeys`, `aws:ResourceAccount`. */
  readonly context?: Readonly<Record<string, ContextValue>> | undefined
  /** The resource's own policy, as JSON text. */
  readonly resourcePolicy?: string | undefined
}

/** What all requests of a session share while the role's policies are unchanged. */
interface SessionFacts {
  readonly facts: RoleFacts
  readonly principal: Principal
  readonly keys: Context
}

export class Decisions {
  readonly #settings: Settings
  readonly #roles: RolePolicies
  readonly #links: SessionPolicies
  readonly #inline = new WeakMap<LiveSession, RoleFacts>()
  readonly #sessionFacts = new WeakMap<LiveSession, SessionFacts>()

  constructor(settings: Settings, roles: RolePolicies, links: SessionPolicies) {
    this.#settings = settings
    this.#roles = roles
    this.#links = links
  }

  async decide(
    session: LiveSession,
    caller: Caller,
    request: IncomingRequest,
    access: AccessRequest,
  ): Promise<Decision> {
    const [policyRequest, layers] = await this.#prepare(session, caller, request, access)
    return decide(policyRequest, layers)
  }

  /** Like `decide`, with every reason, at several times the cost. */
  async explain(
    session: LiveSession,
    caller: Caller,
    request: IncomingRequest,
    access: AccessRequest,
  ): Promise<Explanation> {
    const [policyRequest, layers] = await this.#prepare(session, caller, request, access)
    return explain(policyRequest, layers)
  }

  async #prepare(
    session: LiveSession,
    caller: Caller,
    request: IncomingRequest,
    access: AccessRequest,
  ): Promise<[Request, Layers]> {
    checkConsent(session, access.scope)
    const { facts, principal, keys } = this.#sessionFactsOf(session, caller, await this.#role(session))
    const { clock, region } = this.#settings
    const context = requestKeys(keys, request, { now: clock(), region, mfaAt: caller.mfaAt }, access.context)
    const owner = context.get('aws:resourceaccount')
    const { action, resource: name } = access
    const resourceAccount = typeof owner === 'string' ? owner : undefined
    const policyRequest: Request = { principal, action, resource: name, resourceAccount, context }
    const { resourcePolicy } = access
    const resource =
      resourcePolicy === undefined
        ? {}
        : { resource: policySet([compile(resourcePolicy, 'resource', 'resource policy')]) }
    return [policyRequest, { ...facts.layers, session: await this.#links.of(session), ...resource }]
  }

  #sessionFactsOf(session: LiveSession, caller: Caller, facts: RoleFacts): SessionFacts {
    const held = this.#sessionFacts.get(session)
    if (held?.facts === facts) return held
    const sessionFacts = { facts, principal: principalOf(caller), keys: sessionKeys(caller, facts.tags) }
    this.#sessionFacts.set(session, sessionFacts)
    return sessionFacts
  }

  async #role(session: LiveSession): Promise<RoleFacts> {
    const { pb, iat } = session.claims
    if (pb === undefined) throw new Problem('unauthenticated', 'the session token names no role policies')
    if ('id' in pb) return this.#roles.of(pb.id, pb.v, iat)
    const held = this.#inline.get(session)
    if (held !== undefined) return held
    const documents = pb.docs.map((document, i) => ({ name: `policy ${i + 1} of the role`, document }))
    const facts = roleFacts({ documents, boundary: undefined, guardrails: undefined, tags: [] })
    this.#inline.set(session, facts)
    return facts
  }
}

/**
 * The policies of a person say what the person may do, and not what a client may do for them: that is what they consented to.
 * @throws Problem('insufficient_scope')
 */
function checkConsent({ type, claims }: LiveSession, required: string | undefined): void {
  if (type !== 'at+jwt' || !isOfUser(claims) || (claims.sp?.length ?? 0) > 0) return
  const granted = new Set(claims.scope?.split(' '))
  const missing = required?.split(' ').filter((scope) => !granted.has(scope))
  if (missing?.length === 0) return
  throw new Problem(
    'insufficient_scope',
    missing === undefined
      ? 'the access token needs a session policy that the person consented to (authorization_details)'
      : `the access token needs the scope \`${missing.join(' ')}\``,
  )
}
