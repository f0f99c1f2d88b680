// Whether a person may become a role: the engine's decision about sts:AssumeRole, and its decision if every condition that is not
// known beforehand (a second factor, an address) turned out in the person's favour.
import { assumeConditions } from '../../policy/assume-conditions.ts'
import { compile, type PolicySet, policySet } from '../../policy/compile.ts'
import { decide, type Layers } from '../../policy/decide.ts'
import type { DocumentKind } from '../../policy/document.ts'
import type { Context } from '../../policy/request.ts'
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

export class RolesInReach {
  readonly #facts: Pick<AccessFacts, 'accountId' | 'now'> & PersonLayerFacts
  readonly #given: Context
  readonly #layers: Layers
  #most: Layers | undefined

  /** @param given condition keys of the request, in lower case */
  constructor(facts: Pick<AccessFacts, 'accountId' | 'now'> & PersonLayerFacts, given: Context) {
    this.#facts = facts
    this.#given = given
    this.#layers = layersOfPerson(facts)
  }

  of(role: Pick<RoleFacts, 'arn' | 'trust'>): Reach {
    const request = assumeRequest(this.#facts, this.#facts.person, role, this.#given)
    const trust = policySet([compile(role.trust, 'trust', role.arn)])
    if (decide(request, { ...this.#layers, trust }).effect === 'allow') return 'yes'
    this.#most ??= this.#mostLayers()
    const most = mostOf([{ name: role.arn, document: role.trust }], 'trust')
    return decide(request, { ...this.#most, trust: most }).effect === 'allow' ? 'if' : 'no'
  }

  #mostLayers(): Layers {
    const { person, groups, guardrails } = this.#facts
    const { boundary } = person
    const bounds = boundary?.document === undefined ? [] : [{ ...boundary, document: boundary.document }]
    return {
      identity: mostOf(
        [person, ...groups].flatMap(({ policies }) => policies),
        'identity',
      ),
      ...(boundary && { boundary: mostOf(bounds, 'boundary') }),
      ...(guardrails && { guardrail: [mostOf(guardrails, 'guardrail')] }),
    }
  }
}
