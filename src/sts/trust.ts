// Whether a caller may assume a role. The trust policy decides, together with the caller's own policies where it only delegates;
// session tags and source identity are separate actions (IAM User Guide, "Passing session tags in AWS STS").

import { compile, emptySet, policySet } from '../policy/compile.ts'
import { decide, type Explanation, explain, type FailedCondition, type Layers } from '../policy/decide.ts'
import type { DocumentKind } from '../policy/document.ts'
import { formatFailedCondition } from '../policy/report.ts'
import type { Context, Principal } from '../policy/request.ts'
import { Problem } from '../problem.ts'
import type { AssumableRole } from './ports.ts'
import type { SessionTags } from './session-tags.ts'

/** Actions of callers with a credential of an outside provider. */
export type OutsideAction = 'sts:AssumeRoleWithWebIdentity' | 'sts:AssumeRoleWithSAML'

export type AssumeAction = 'sts:AssumeRole' | OutsideAction | 'sts:TagSession' | 'sts:SetSourceIdentity'

export interface TrustRequest {
  readonly role: AssumableRole
  readonly principal: Principal
  /** Policies of the caller; none for an outside token. */
  readonly layers: Layers
  readonly context: Context
}

export const noPolicies: Layers = { identity: emptySet }

const trustKind: DocumentKind = 'trust'

/** The first action that is not allowed on the role, and why: for the audit trail, never for the caller. */
export interface TrustDenial {
  readonly action: AssumeAction
  readonly explanation: Explanation
}

/** Undefined when all the actions are allowed on the role. */
export function evaluateTrust(
  question: TrustRequest,
  actions: readonly AssumeAction[],
): TrustDenial | undefined {
  const { role, principal, context } = question
  const trust = policySet([compile(role.trust, trustKind, role.arn)])
  const layers = { ...question.layers, trust }
  for (const action of actions) {
    const request = { principal, action, resource: role.arn, resourceAccount: role.accountId, context }
    if (decide(request, layers).effect !== 'allow') return { action, explanation: explain(request, layers) }
  }
  return undefined
}

/** Most conditions that a reason names. */
const mostConditions = 8
/** Keys whose values are not logged: an external id protects against the confused deputy. */
const unlogged = new Set(['sts:externalid'])

/** The failed conditions with the values they were compared with, or what else denied the action. */
export function describeTrustDenial({ action, explanation }: TrustDenial): string {
  const { reason, layer, conditions, statements } = explanation
  const where =
    layer === undefined ? 'nothing' : layer === 'trust' ? 'the trust policy' : `the ${layer} policy`
  if (reason === 'explicit_deny')
    return `${action}: ${statements.map(place).join(', ')} of ${where} denies it`
  const failed = conditions.filter((one) => one.statement.layer === layer)
  if (failed.length === 0) return `${action}: no statement of ${where} is for this principal and action`
  const said = failed
    .slice(0, mostConditions)
    .map((one) => `${place(one.statement)}: ${describeCondition(one)}`)
  const more = failed.length > mostConditions ? [`and ${failed.length - mostConditions} more`] : []
  return `${action}: the conditions of ${where} do not hold: ${[...said, ...more].join('; ')}`
}

const place = ({ sid, index }: FailedCondition['statement']): string =>
  sid ? `statement \`${sid}\`` : `statement ${index + 1}`

const describeCondition = (failed: FailedCondition): string =>
  unlogged.has(failed.key.toLowerCase())
    ? `${failed.operator} of \`${failed.key}\``
    : formatFailedCondition(failed)

/** The same message for a role that does not exist and for one that does not trust the caller. */
export const notAuthorized = (who: string, roleArn: string, detail?: string): Problem =>
  new Problem(
    'denied',
    `User: ${who} is not authorized to perform: sts:AssumeRole on resource: ${shown(roleArn)}`,
    {
      ...(detail === undefined ? {} : { detail }),
    },
  )

export const notAuthorizedOutside = (action: OutsideAction, detail: string): Problem =>
  new Problem('denied', `Not authorized to perform ${action}`, { detail })

const shown = (arn: string): string => arn.replace(/\p{C}/gu, '?').slice(0, 256)

/** The actions that a trust policy must allow: session tags and a source identity need one of their own. */
export function actionsFor(
  tags: SessionTags,
  sourceIdentity: string | undefined,
  assume: AssumeAction = 'sts:AssumeRole',
): AssumeAction[] {
  return [
    assume,
    ...(tags.tags.length > 0 ? (['sts:TagSession'] as const) : []),
    ...(sourceIdentity !== undefined ? (['sts:SetSourceIdentity'] as const) : []),
  ]
}
