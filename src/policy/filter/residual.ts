// The order of evaluation (evaluate.ts) over rows instead of one resource: what each layer allows and denies is a formula.

import { Problem } from '../../problem.ts'
import type { PreparedRequest } from '../engine/compiled.ts'
import { type Layers, linksOf, prepareRequest } from '../engine/evaluate.ts'
import type { PolicySet } from '../engine/policy-set.ts'
import { type Reach, reach } from '../engine/principal-names.ts'
import type { Principal, Request } from '../request.ts'
import { and, constant, type Formula, literal, maxAtoms, no, not, or, yes } from './formula.ts'
import type { Known } from './known.ts'
import { residualOfStatement } from './statement-residual.ts'

/** The result of one layer: rows it denies, and rows it allows by how far the grant reaches. */
interface LayerRows {
  readonly deny: Formula
  /** By reach, 1 to 3: rows with a grant that reaches at least this far. */
  readonly allow: ReadonlyMap<Reach, Formula>
}

/**
 * Rows that have a name and that `decide` allows.
 * @throws Problem('invalid_input') for what cannot be expressed as a filter, and for policies that exceed its maximum size
 */
export function residualOf(request: Omit<Request, 'resource'>, layers: Layers, known: Known): Formula {
  const named = and(
    known.shape.resource.map((part) =>
      typeof part === 'string' ? yes : literal({ kind: 'present', field: part }),
    ),
  )
  const whole = { ...request, resource: '' }
  const asked = prepareRequest(whole, layers.boundary !== undefined)
  if (asked.action === 'sts:getcalleridentity' && cannotBeDenied(request.principal)) return named
  const rowsBySet = new Map<PolicySet, LayerRows>()
  const denied: Formula[] = []
  for (const { set } of linksOf(layers)) {
    if (!rowsBySet.has(set)) rowsBySet.set(set, rowsOf(set, asked, known))
    denied.push(rowsBySet.get(set)!.deny)
  }
  const allows = (set: PolicySet, least: Reach = reach.account): Formula =>
    rowsBySet.get(set)!.allow.get(least)!
  return and([named, not(or(denied)), allowed(asked, layers, allows)])
}

/** Whether GetCallerIdentity cannot be denied to this principal (evaluate.ts). */
const cannotBeDenied = ({ kind }: Principal): boolean => kind !== 'anonymous' && kind !== 'web-identity'

type Allows = (set: PolicySet, least?: Reach) => Formula

function allowed(
  { request: { principal, resourceAccount } }: PreparedRequest,
  layers: Layers,
  allows: Allows,
): Formula {
  const { guardrail = [], resource, trust, identity, boundary, session } = layers
  const guarded = and(guardrail.map((set) => allows(set)))
  const grantor = trust ?? resource
  const granted = (least: Reach = reach.account): Formula =>
    grantor === undefined ? no : allows(grantor, least)
  const onlyGrant =
    principal.kind === 'service' ||
    principal.kind === 'web-identity' ||
    (principal.kind === 'anonymous' && trust === undefined)
  if (onlyGrant) return and([guarded, granted()])
  const own = principal.kind === 'root' ? yes : allows(identity)
  const unlimited = constant(
    principal.kind !== 'federated-user' || (session !== undefined && session.length > 0),
  )
  const limits = and([
    boundary === undefined ? yes : allows(boundary),
    ...(session ?? []).map((set) => allows(set)),
    unlimited,
  ])
  const home = 'accountId' in principal ? principal.accountId : undefined
  const same = home !== undefined && home === (resourceAccount ?? home)
  if (!same) return and([guarded, granted(), own, limits])
  const trusted = trust === undefined ? yes : granted()
  return and([
    guarded,
    trusted,
    or([granted(reach.direct), and([or([own, granted(reach.limited)]), limits])]),
  ])
}

/** Work ends at this multiple of the maximum atoms, counted before duplicates are merged. */
const slack = 20

function rowsOf(set: PolicySet, asked: PreparedRequest, known: Known): LayerRows {
  const deny: Formula[] = []
  const allow = new Map<Reach, Formula[]>([
    [1, []],
    [2, []],
    [3, []],
  ])
  let size = 0
  for (const document of set.documents)
    for (const statement of document.statements) {
      const how = statement.reachOf(asked)
      if (how === reach.none) continue
      const rows = residualOfStatement(statement, document, asked, known)
      size += rows.size
      if (size > maxAtoms * slack)
        throw new Problem(
          'invalid_input',
          'the policies come to too many tests on the rows, expected fewer statements',
        )
      if (!statement.allow) deny.push(rows)
      else for (const [least, list] of allow) if (how >= least) list.push(rows)
    }
  return { deny: or(deny), allow: new Map([...allow].map(([least, list]) => [least, or(list)])) }
}
