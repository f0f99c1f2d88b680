// May this session do this: the role's policies ∩ its boundary ∩ every session policy of the chain, and the resource's
// own policy where it has one. What cannot be read never allows.
import { compile, policySet } from '../policy/compile.ts'
import { type Decision, decide, type Explanation, explain, type Layers } from '../policy/decide.ts'
import type { ContextValue, Request } from '../policy/request.ts'
import { Problem } from '../problem.ts'
import { type Caller, conditionKeys, principalOf } from './caller.ts'
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

export class Decisions {
  readonly #settings: Settings
  readonly #roles: RolePolicies
  readonly #links: SessionPolicies
  readonly #inline = new WeakMap<LiveSession, RoleFacts>()

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
    const facts = await this.#role(session)
    const { clock, region } = this.#settings
    const around = { now: clock(), region, own: ask.context ?? {} }
    const resourceAccount = ask.context?.['aws:ResourceAccount']
    const asked: Request = {
      principal: principalOf(caller),
      action: ask.action,
      resource: ask.resource,
      resourceAccount: typeof resourceAccount === 'string' ? resourceAccount : undefined,
      context: conditionKeys(caller, facts.tags, request, around),
    }
    const { resourcePolicy } = ask
    const resource =
      resourcePolicy === undefined
        ? {}
        : { resource: policySet([compile(resourcePolicy, 'resource', 'resource policy')]) }
    return [asked, { ...facts.layers, session: await this.#links.of(session), ...resource }]
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
