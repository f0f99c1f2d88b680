// The order of evaluation: IAM User Guide, "Policy evaluation logic"; docs/policy-semantics.md §1.
// Denied by default (account root: allowed). An explicit Deny in any layer denies. Then each of these must allow, in order:
//   guardrail           every one
//   resource or trust   for another account, and for trust policies
//   identity            unless the resource policy names the principal closely enough (principal-names.ts)
//   boundary, session   unless the resource policy names the user or the session itself

import type { Principal, Request } from '../request.ts'
import type { CompiledStatement, PreparedRequest } from './compiled.ts'
import type { Decision, LayerName, StatementRef } from './decision.ts'
import type { PolicySet, Verdict } from './policy-set.ts'
import { type Names, namesOf, reach } from './principal-names.ts'

export interface Layers {
  /** The policies of the user and their groups, or of the role; an empty set when there are none. */
  readonly identity: PolicySet
  readonly boundary?: PolicySet | undefined
  /**
   * Session policies, one per link of a role chain; each can only narrow. An empty list for a federated user means that
   * only resource policies grant anything.
   */
  readonly session?: readonly PolicySet[] | undefined
  readonly resource?: PolicySet | undefined
  /** The role's trust policy, for sts:AssumeRole and related actions; it must allow explicitly. */
  readonly trust?: PolicySet | undefined
  readonly guardrail?: readonly PolicySet[] | undefined
}

/** One policy set of one layer; `link` is its index within the layer. */
export interface Link {
  readonly layer: LayerName
  readonly link: number
  readonly set: PolicySet
}

/** The sets of all layers in evaluation order. */
export function linksOf({
  guardrail,
  resource,
  trust,
  identity,
  boundary,
  session,
}: Layers): readonly Link[] {
  const links: Link[] = []
  if (guardrail) for (const [link, set] of guardrail.entries()) links.push({ layer: 'guardrail', link, set })
  if (resource) links.push({ layer: 'resource', link: 0, set: resource })
  if (trust) links.push({ layer: 'trust', link: 0, set: trust })
  links.push({ layer: 'identity', link: 0, set: identity })
  if (boundary) links.push({ layer: 'boundary', link: 0, set: boundary })
  if (session) for (const [link, set] of session.entries()) links.push({ layer: 'session', link, set })
  return links
}

/** Computes the values that every statement needs. @param bounded whether the principal has a permissions boundary */
export function prepareRequest(request: Request, bounded: boolean): PreparedRequest {
  return {
    request,
    action: lowered(request.action),
    resource: request.resource,
    context: request.context,
    names: bounded ? boundedNames(namesFor(request.principal)) : namesFor(request.principal),
  }
}

const lowerCase = new Map<string, string>()

/** There are few distinct actions, and they recur. */
function lowered(action: string): string {
  const known = lowerCase.get(action)
  if (known !== undefined) return known
  const lower = action.toLowerCase()
  if (action.length > 128) return lower
  if (lowerCase.size >= 4096) lowerCase.clear()
  lowerCase.set(action, lower)
  return lower
}

const knownBounded = new WeakMap<Names, Names>()

/**
 * IAM User Guide, "NotPrincipal with Deny": a Deny with NotPrincipal denies every principal that has a permissions
 * boundary, whatever it lists.
 */
function boundedNames(names: Names): Names {
  const known = knownBounded.get(names)
  if (known !== undefined) return known
  const bounded = { ...names, spared: [] }
  knownBounded.set(names, bounded)
  return bounded
}

const knownNames = new WeakMap<Principal, Names>()

/** The names of a session's principal are computed once. Principals are immutable. */
function namesFor(principal: Principal): Names {
  const known = knownNames.get(principal)
  if (known !== undefined) return known
  const names = namesOf(principal)
  knownNames.set(principal, names)
  return names
}

export function evaluate(prepared: PreparedRequest, layers: Layers): Decision {
  // IAM User Guide, GetCallerIdentity: no permissions are required, and a Deny has no effect on it.
  if (prepared.action === 'sts:getcalleridentity' && cannotBeDenied(prepared.request)) return always
  return new Evaluation(prepared, layers).decide()
}

const always: Decision = { effect: 'allow', reason: 'allowed', layer: undefined, statements: [] }

/** Every authenticated principal may call GetCallerIdentity. */
const cannotBeDenied = ({ principal: { kind } }: Request): boolean =>
  kind !== 'anonymous' && kind !== 'web-identity'

/** Evaluates one request. All layers are evaluated first, because a Deny in any layer takes precedence. */
class Evaluation {
  readonly #prepared: PreparedRequest
  readonly #layers: Layers
  readonly #statements: StatementRef[] = []

  constructor(prepared: PreparedRequest, layers: Layers) {
    this.#prepared = prepared
    this.#layers = layers
  }

  decide(): Decision {
    const { guardrail, resource, trust, identity, boundary, session } = this.#layers
    const prepared = this.#prepared
    const guards = guardrail && evaluateAll(guardrail, prepared)
    const granted = resource?.evaluate(prepared)
    const trusted = trust?.evaluate(prepared)
    const own = identity.evaluate(prepared)
    const bound = boundary?.evaluate(prepared)
    const links = session && evaluateAll(session, prepared)
    const denied =
      denial('guardrail', guards) ??
      denial('resource', granted) ??
      denial('trust', trusted) ??
      denial('identity', own) ??
      denial('boundary', bound) ??
      denial('session', links)
    if (denied !== undefined) return denied
    if (guards !== undefined && !this.#allAllow('guardrail', guards)) return refused('guardrail')
    const grant = trusted ?? granted
    const grantLayer: LayerName = trusted ? 'trust' : 'resource'
    const step = this.#grant(grant, grantLayer, own)
    if (step === 'done') return this.#allowed()
    if (step !== 'limits') return refused(step)
    if (bound !== undefined && !this.#allows('boundary', bound)) return refused('boundary')
    if (links !== undefined && !this.#allAllow('session', links)) return refused('session')
    if (prepared.request.principal.kind === 'federated-user' && (links === undefined || links.length === 0))
      return refused('session')
    return this.#allowed()
  }

  /**
   * Combines resource or trust policy with identity policies: `done` grants regardless of boundary and session policies,
   * `limits` grants subject to them, otherwise the layer that lacks an Allow.
   */
  #grant(grant: Verdict | undefined, layer: LayerName, own: Verdict): LayerName | 'limits' | 'done' {
    const { principal, resourceAccount } = this.#prepared.request
    const reached = grant?.reach ?? reach.none
    const onlyGrant =
      principal.kind === 'service' ||
      principal.kind === 'web-identity' ||
      (principal.kind === 'anonymous' && layer === 'resource')
    if (onlyGrant) return this.#takes(layer, grant) ? 'done' : layer
    const home = 'accountId' in principal ? principal.accountId : undefined
    const same = home !== undefined && home === (resourceAccount ?? home)
    if (layer === 'trust' && reached === reach.none) return 'trust'
    if (!same) return this.#takes(layer, grant) ? (this.#own(own) ? 'limits' : 'identity') : layer
    if (reached === reach.direct) {
      this.#takes(layer, grant)
      return 'done'
    }
    if (layer === 'trust') this.#takes(layer, grant)
    if (this.#own(own)) return 'limits'
    if (reached !== reach.limited) return 'identity'
    if (layer === 'resource') this.#takes(layer, grant)
    return 'limits'
  }

  #own(own: Verdict): boolean {
    return this.#prepared.request.principal.kind === 'root' || this.#allows('identity', own)
  }

  #takes(layer: LayerName, verdict: Verdict | undefined): boolean {
    return verdict !== undefined && this.#allows(layer, verdict)
  }

  #allows(layer: LayerName, { allow }: Verdict): boolean {
    if (allow === undefined) return false
    this.#statements.push(allow.ref(layer))
    return true
  }

  #allAllow(layer: LayerName, verdicts: readonly Verdict[]): boolean {
    for (const verdict of verdicts) if (!this.#allows(layer, verdict)) return false
    return true
  }

  #allowed(): Decision {
    return { effect: 'allow', reason: 'allowed', layer: undefined, statements: this.#statements }
  }
}

function evaluateAll(sets: readonly PolicySet[], prepared: PreparedRequest): readonly Verdict[] {
  return sets.map((set) => set.evaluate(prepared))
}

function denial(layer: LayerName, verdict: Verdict | readonly Verdict[] | undefined): Decision | undefined {
  if (verdict === undefined) return undefined
  const deny = Array.isArray(verdict) ? firstDeny(verdict) : (verdict as Verdict).deny
  if (deny === undefined) return undefined
  return { effect: 'deny', reason: 'explicit_deny', layer, statements: [deny.ref(layer)] }
}

function firstDeny(verdicts: readonly Verdict[]): CompiledStatement | undefined {
  for (const { deny } of verdicts) if (deny !== undefined) return deny
  return undefined
}

/** Implicit denials contain nothing of the request, so they are shared. */
const refusals = new Map<LayerName, Decision>(
  (['guardrail', 'resource', 'trust', 'identity', 'boundary', 'session', 'root'] as const).map((layer) => [
    layer,
    { effect: 'deny', reason: 'implicit_deny', layer, statements: [] },
  ]),
)
const refused = (layer: LayerName): Decision => refusals.get(layer)!
