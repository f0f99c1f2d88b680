// Whether a person may become a role: the engine's decision about sts:AssumeRole, and its decision if every condition that is not
// known beforehand (a second factor, an address) turned out in the person's favour.
import { LRUCache } from 'lru-cache'
import { compile, type PolicySet, policySet } from '../../policy/engine/compile.ts'
import { decide, type Layers } from '../../policy/engine/decide.ts'
import { assumeConditions } from '../../policy/language/assume-conditions.ts'
import type { DocumentKind } from '../../policy/language/document.ts'
import type { Context, Request } from '../../policy/request.ts'
import { atMost } from '../record/at-most.ts'
import {
  type AccessFacts,
  assumeRequest,
  isPersonKey,
  layersOfPerson,
  type PersonLayerFacts,
  type RoleFacts,
} from './facts.ts'

/** `if`: only when conditions hold that depend on the request. */
export type Reach = 'yes' | 'if' | 'no'

type Texts = readonly { readonly name: string; readonly document: string }[]

/** The set of the documents as they allow the most. */
const mostOf = (texts: Texts, kind: DocumentKind): PolicySet =>
  policySet(
    texts.flatMap(({ name, document }) => {
      const most = assumeConditions(document, kind, isPersonKey)
      return most === undefined ? [] : [compile(most, kind, name)]
    }),
  )

/** Whether no condition of them is on an unknown key. */
const isUnconditional = (texts: Texts, kind: DocumentKind): boolean =>
  texts.every(({ document }) => assumeConditions(document, kind, isPersonKey) === document)

/** What trust policies allow at most, by their text: a page looks at a thousand roles, and most pages at the same. */
const trusts = new LRUCache<string, { readonly most: string | undefined }>(atMost(5000))

function mostOfTrust(text: string): string | undefined {
  const known = trusts.get(text) ?? { most: assumeConditions(text, 'trust', isPersonKey) }
  trusts.set(text, known)
  return known.most
}

export class RolesInReach {
  readonly #facts: Pick<AccessFacts, 'accountId' | 'now'> & PersonLayerFacts
  /** `sts:AssumeRole` of the person, on no role. */
  readonly #request: Request
  readonly #layers: Layers
  #most: Layers | undefined

  /** @param given condition keys of the request, in lower case */
  constructor(facts: Pick<AccessFacts, 'accountId' | 'now'> & PersonLayerFacts, given: Context) {
    this.#facts = facts
    this.#request = assumeRequest(facts, facts.person, { arn: '' }, given)
    this.#layers = layersOfPerson(facts)
  }

  of(role: Pick<RoleFacts, 'arn' | 'trust'>): Reach {
    const request = { ...this.#request, resource: role.arn }
    const trust = policySet([compile(role.trust, 'trust', role.arn)])
    if (decide(request, { ...this.#layers, trust }).effect === 'allow') return 'yes'
    this.#most ??= this.#mostLayers()
    const most = mostOfTrust(role.trust)
    // Where no condition is unknown, the answer is the same.
    if (most === role.trust && this.#most === this.#layers) return 'no'
    const set = policySet(most === undefined ? [] : [compile(most, 'trust', role.arn)])
    return decide(request, { ...this.#most, trust: set }).effect === 'allow' ? 'if' : 'no'
  }

  #mostLayers(): Layers {
    const { person, groups, guardrails } = this.#facts
    const { boundary } = person
    const all = [person, ...groups].flatMap(({ policies }) => policies)
    const bounds = boundary?.document === undefined ? [] : [{ ...boundary, document: boundary.document }]
    const isPlain =
      isUnconditional(all, 'identity') &&
      isUnconditional(bounds, 'boundary') &&
      isUnconditional(guardrails ?? [], 'guardrail')
    if (isPlain) return this.#layers
    return {
      identity: mostOf(all, 'identity'),
      ...(boundary && { boundary: mostOf(bounds, 'boundary') }),
      ...(guardrails && { guardrail: [mostOf(guardrails, 'guardrail')] }),
    }
  }
}
