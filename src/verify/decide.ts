// May this session do this: the role's policies ∩ its boundary ∩ every session policy of the chain, and the resource's
// own policy where it has one. What cannot be read never allows.
import { compile, policySet } from '../policy/compile.ts'
import { type Decision, decide, type Explanation, explain, type Layers } from '../policy/decide.ts'
import type { Context, ContextValue, Principal, Request } from '../policy/request.ts'
import { Problem } from '../problem.ts'
import { type Caller, principalOf } from './caller.ts'
import { requestKeys, sessionKeys } from './condition-keys.ts'
import type { Settings } from './options.ts'
import type { Presented } from './request.ts'
import { type RoleFacts, type RolePolicies, roleFacts } from './role-policies.ts'
import type { SessionPolicies } from './session-policies.ts'
import type { LiveSession } from './sessions.ts'

/** What is asked: one action on one resource. */
export interface Ask {
  /** `docs:GetDocument` */
  readonly action: string
  /** An ARN, or whatever name the service's policies use. */
  readonly resource: string
  /** Condition keys of the service's own, and `aws:ResourceTag/…` `aws:RequestTag/…` `aws:TagKeys` `aws:ResourceAccount`. */
  readonly context?: Readonly<Record<string, ContextValue>> | undefined
  /** The resource's own policy, as JSON text. */
  readonly resourcePolicy?: string | undefined
}

/** What a session's requests have in common under one set of facts of its role. */
interface Common {
  readonly facts: RoleFacts
  readonly principal: Principal
  readonly keys: Context
}

export class Decisions {
  readonly #settings: Settings
  readonly #roles: RolePolicies
  readonly #links: SessionPolicies
  readonly #inline = new WeakMap<LiveSession, RoleFacts>()
  readonly #common = new WeakMap<LiveSession, Common>()

  constructor(settings: Settings, roles: RolePolicies, links: SessionPolicies) {
    this.#settings = settings
    this.#roles = roles
    this.#links = links
  }

  async decide(session: LiveSession, caller: Caller, request: Presented, ask: Ask): Promise<Decision> {
    const [asked, layers] = await this.#ready(session, caller, request, ask)
    return decide(asked, layers)
  }

  /** Every reason, at several times the cost. */
  async explain(session: LiveSession, caller: Caller, request: Presented, ask: Ask): Promise<Explanation> {
    const [asked, layers] = await this.#ready(session, caller, request, ask)
    return explain(asked, layers)
  }

  async #ready(
    session: LiveSession,
    caller: Caller,
    request: Presented,
    ask: Ask,
  ): Promise<[Request, Layers]> {
    const { facts, principal, keys } = this.#commonOf(session, caller, await this.#role(session))
    const { clock, region } = this.#settings
    const context = requestKeys(keys, request, { now: clock(), region }, ask.context)
    const owner = context.get('aws:resourceaccount')
    const { action, resource: name } = ask
    const resourceAccount = typeof owner === 'string' ? owner : undefined
    const asked: Request = { principal, action, resource: name, resourceAccount, context }
    const { resourcePolicy } = ask
    const resource =
      resourcePolicy === undefined
        ? {}
        : { resource: policySet([compile(resourcePolicy, 'resource', 'resource policy')]) }
    return [asked, { ...facts.layers, session: await this.#links.of(session), ...resource }]
  }

  #commonOf(session: LiveSession, caller: Caller, facts: RoleFacts): Common {
    const held = this.#common.get(session)
    if (held?.facts === facts) return held
    const common = { facts, principal: principalOf(caller), keys: sessionKeys(caller, facts.tags) }
    this.#common.set(session, common)
    return common
  }

  async #role(session: LiveSession): Promise<RoleFacts> {
    const { pb, iat } = session.claims
    if (pb === undefined)
      throw new Problem('unauthenticated', 'the session does not say what its role may do')
    if ('id' in pb) return this.#roles.of(pb.id, pb.v, iat)
    const held = this.#inline.get(session)
    if (held !== undefined) return held
    const documents = pb.docs.map((document, i) => ({ name: `policy ${i + 1} of the role`, document }))
    const facts = roleFacts({ documents, boundary: undefined, tags: [] })
    this.#inline.set(session, facts)
    return facts
  }
}
