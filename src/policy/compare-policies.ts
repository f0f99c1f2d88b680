// Decides whether one policy allows anything that another does not. The statements of both sides divide all requests into
// finitely many classes, by action, resource, caller and each condition key (compare-policies/). One request of each class
// is evaluated with the engine's own matching, so "narrower" is a proof, and "wider" comes with a request as evidence.
// Expressions that depend on the request in more ways than can be listed (policy variables, a key with several kinds of
// operator) are assumed to be either true or false, consistently on both sides where their text is the same. This can turn
// "narrower" into "unknown", never the reverse.
// The policies are compared on their own, as one layer. Because a Deny also restricts other layers, removing one can widen
// what those grant: `compareDenied` detects that.

import { type CompareOptions, type Comparison, compareParts } from './compare-policies/compare.ts'
import { partsOf } from './compare-policies/part.ts'
import type { DocumentKind } from './language/document.ts'

export type { CompareProgress, Comparison } from './compare-policies/compare.ts'
export { Work } from './compare-policies/work.ts'

/**
 * Whether `after` allows nothing that `before` does not. Each list holds the policies of one layer. `effort` of the options bounds the
 * search and `work` its time, beyond which the answer is `unknown`.
 * @throws Problem('malformed_policy')
 */
export function compareAllowed(
  before: string | readonly string[],
  after: string | readonly string[],
  kind: DocumentKind,
  options: Omit<CompareOptions, 'measure'> = {},
): Comparison {
  return compareParts(partsOf([before].flat(), kind), partsOf([after].flat(), kind), kind, options)
}

/**
 * Whether `after` denies everything that `before` explicitly denied. When it does not, `request` is an example of a request
 * that `before` denied and `after` does not. `effort` bounds the work as in `compareAllowed`.
 * @throws Problem('malformed_policy')
 */
export function compareDenied(
  before: string | readonly string[],
  after: string | readonly string[],
  kind: DocumentKind,
  options: Omit<CompareOptions, 'measure'> = {},
): Comparison {
  return compareParts(partsOf([before].flat(), kind), partsOf([after].flat(), kind), kind, {
    measure: 'spares',
    ...options,
  })
}
