// Does one policy allow anything that another does not? Requests fall into finitely many classes that the statements of
// both sides can tell apart: by action, resource, caller and each condition key (narrower/). One request of each class is
// tried with the engine's own matching, so "narrower" is a proof and "wider" comes with a request that shows it.
// Pieces that depend on the request in more ways than can be listed (variables, a key with several kinds of operator) are
// taken to be either true or false, the same on both sides where they read the same: that can turn "narrower" into
// "unknown", never the other way.
//
// Meant are the policies by themselves, as one layer. A Deny also binds other layers, so that taking one away can widen
// what they grant: `keepsDenying` says whether it does.

import { type Comparison, compareParts } from './compare-policies/compare.ts'
import { partsOf } from './compare-policies/part.ts'
import type { DocumentKind } from './document.ts'

export type { Comparison } from './compare-policies/compare.ts'

/**
 * Whether `after` allows nothing that `before` does not. Lists are the policies of one layer together.
 * @throws Problem('malformed_policy')
 */
export function narrower(
  before: string | readonly string[],
  after: string | readonly string[],
  kind: DocumentKind,
): Comparison {
  return compareParts(partsOf([before].flat(), kind), partsOf([after].flat(), kind), kind)
}

/**
 * Whether `after` also denies all that `before` denied; its `request` is denied before and after that left
 * to other policies, or allowed.
 * @throws Problem('malformed_policy')
 */
export function keepsDenying(
  before: string | readonly string[],
  after: string | readonly string[],
  kind: DocumentKind,
): Comparison {
  return compareParts(partsOf([before].flat(), kind), partsOf([after].flat(), kind), kind, 'spares')
}
