// The order of evaluation: IAM User Guide, "Policy evaluation logic"; semantics §1.
//
// Default deny (account root: allow) · an explicit deny in any layer denies · then, in this order, each must allow:
//   guardrail      every one of them
//   resource/trust when the account is another, or when it is a trust policy
//   identity       unless the resource policy named the principal closely enough (principal-names.ts)
//   boundary, session   unless the resource policy named the user or the session itself
import type { Asked, CompiledStatement } from './compiled.ts'
import type { Decision, LayerName, StatementRef } from './decision.ts'
import type { PolicySet, Verdict } from './policy-set.ts'
import { type Names, namesOf, reach } from './principal-names.ts'
import type { Principal, Request } from './request.ts'

export interface Layers {
  /** Of the user and their groups, or of the role; an empty set when there is none. */
  readonly identity: PolicySet
  readonly boundary?: PolicySet | undefined
  /** One per link of the chain; each narrows. None for a federated user means: only what resource policies grant. */
  readonly session?: readonly PolicySet[] | undefined
  readonly resource?: PolicySet | undefined
  /** The role's, for sts:AssumeRole* and its kin: must allow explicitly. */
  readonly trust?: PolicySet | undefined
  readonly guardrail?: readonly PolicySet[] | undefined
}

/** One set of one layer; `link` is which of several. */
export interface Link {
  readonly layer: LayerName
  readonly link: number
  readonly set: PolicySet
}

/** Layer by layer, in the order of evaluation. */
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

/** @param bounded whether the principal has a permissions boundary */
export function askedOf(request: Request, bounded: boolean): Asked {
  return {
    request,
    action: lowered(request.action),
    resource: request.resource,
    context: request.context,
    names: bounded ? boundedNames(namesFor(request.principal)) : namesFor(request.principal),
  }
}

const lowerCase = new Map<string, string>()

/** Actions are few and asked for again and again. */
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

/** A session asks many times; its names are worked out once. Principals are never changed. */
function namesFor(principal: Principal): Names {
  const known = knownNames.get(principal)
  if (known !== undefined) return known
  const names = namesOf(principal)
  knownNames.set(principal, names)
  return names
}

export function evaluate(asked: Asked, layers: Layers): Decision {
  // IAM User Guide, GetCallerIdentity: no permissions are required, and a deny does not refuse it.
  if (asked.action === 'sts:getcalleridentity' && cannotBeDenied(asked.request)) return always
  return new Evaluation(asked, layers).decide()
}

const always: Decision = { effect: 'allow', reason: 'allowed', layer: undefined, statements: [] }

/** Whoever has shown who they are may ask who they are. */
const cannotBeDenied = ({ principal: { kind } }: Request): boolean =>
  kind !== 'anonymous' && kind !== 'web-identity'

/** One request on its way through the layers. Verdicts are taken all at once, since a deny anywhere goes before everything. */
class Evaluation {
  readonly #asked: Asked
  readonly #layers: Layers
  readonly #statements: StatementRef[] = []

  constructor(asked: Asked, layers: Layers) {
    this.#asked = asked
    this.#layers = layers
  }

  decide(): Decision {
    const { guardrail, resource, trust, identity, boundary, session } = this.#layers
    const asked = this.#asked
    const guards = guardrail && askAll(guardrail, asked)
    const granted = resource?.ask(asked)
    const trusted = trust?.ask(asked)
    const own = identity.ask(asked)
    const bound = boundary?.ask(asked)
    const links = session && askAll(session, asked)
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
    if (asked.request.principal.kind === 'federated-user' && (links === undefined || links.length === 0))
      return refused('session')
    return this.#allowed()
  }

  /** Whether resource or trust policy and identity policies let the request in: past the limits too, up to them, or not. */
  #grant(grant: Verdict | undefined, layer: LayerName, own: Verdict): LayerName | 'limits' | 'done' {
    const { principal, resourceAccount } = this.#asked.request
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
    return this.#asked.request.principal.kind === 'root' || this.#allows('identity', own)
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

function askAll(sets: readonly PolicySet[], asked: Asked): readonly Verdict[] {
  return sets.map((set) => set.ask(asked))
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

/** Refusals without a statement are the same every time. */
const refusals = new Map<LayerName, Decision>(
  (['guardrail', 'resource', 'trust', 'identity', 'boundary', 'session', 'root'] as const).map((layer) => [
    layer,
    { effect: 'deny', reason: 'implicit_deny', layer, statements: [] },
  ]),
)
const refused = (layer: LayerName): Decision => refusals.get(layer)!
