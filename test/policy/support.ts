// Ways of the policy tests from plain data to the engine.
import { compile, type PolicySet, policySet } from '../../src/policy/engine/compile.ts'
import type { Decision, Layers } from '../../src/policy/engine/decide.ts'
import type { DocumentKind } from '../../src/policy/language/document.ts'
import type { ReferenceDecision, ReferenceLayers } from './reference.ts'

const kinds = {
  identity: 'identity',
  boundary: 'boundary',
  session: 'session',
  resource: 'resource',
  trust: 'trust',
  guardrail: 'guardrail',
} as const satisfies Record<string, DocumentKind>

/** Documents are named as reasons in cases name them: layer and number, from 1 within the layer. */
function setOf(layer: keyof typeof kinds, texts: readonly string[], from = 0): PolicySet {
  return policySet(texts.map((text, index) => compile(text, kinds[layer], `${layer}-${from + index + 1}`)))
}

function links(layer: 'session' | 'guardrail', lists: readonly (readonly string[])[] | undefined) {
  let from = 0
  return lists?.map((texts) => {
    const set = setOf(layer, texts, from)
    from += texts.length
    return set
  })
}

export function layersOf(texts: ReferenceLayers): Layers {
  return {
    identity: setOf('identity', texts.identity),
    boundary: texts.boundary && setOf('boundary', texts.boundary),
    session: links('session', texts.session),
    resource: texts.resource && setOf('resource', texts.resource),
    trust: texts.trust && setOf('trust', texts.trust),
    guardrail: links('guardrail', texts.guardrail),
  }
}

/** A decision in the words of the reference. */
export function plain({ effect, reason, layer, statements }: Decision): ReferenceDecision {
  return {
    effect,
    reason,
    layer,
    statements: statements.map(({ document, index }) => `${document}[${index}]`),
  }
}
