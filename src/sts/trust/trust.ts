// Whether a caller may assume a role. The trust policy decides; where it allows a whole account, the caller's own policies must allow it
// too. Session tags and a source identity need actions of their own (IAM User Guide, "Passing session tags in AWS STS").

import { withDecision } from '../../audit/decision-record.ts'
import { decisionRecord, unloggedKeys } from '../../iam/authorization/decision-record.ts'
import { compile, emptySet, policySet } from '../../policy/engine/compile.ts'
import {
  decide,
  type Explanation,
  explain,
  type FailedCondition,
  type Layers,
} from '../../policy/engine/decide.ts'
import { formatFailedCondition } from '../../policy/engine/report.ts'
import type { DocumentKind } from '../../policy/language/document.ts'
import type { Context, Principal } from '../../policy/request.ts'
import { Problem } from '../../problem.ts'
import type { AssumableRole } from '../ports.ts'
import type { SessionTags } from '../session/session-tags.ts'

/** Actions of callers with a credential of an outside provider. */
export type OutsideAction =
  | 'sts:AssumeRoleWithWebIdentity'
  | 'sts:AssumeRoleWithSAML'
  | 'sts:AssumeRoleWithLDAPIdentity'

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
  /** ARN of the role. */
  readonly resource: string
}

/**
 * Whether all the actions are allowed on the role: `evaluateTrust` without the reason.
 * @param added a trust policy that counts besides the role's own
 */
export function isTrusted(question: TrustRequest, actions: readonly AssumeAction[], added?: string): boolean {
  const { role, principal, context } = question
  const texts = added === undefined ? [role.trust] : [role.trust, added]
  const trust = policySet(texts.map((text) => compile(text, trustKind, role.arn)))
  const layers = { ...question.layers, trust }
  return actions.every((action) => {
    const request = { principal, action, resource: role.arn, resourceAccount: role.accountId, context }
    return decide(request, layers).effect === 'allow'
  })
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
    if (decide(request, layers).effect !== 'allow')
      return { action, explanation: explain(request, layers), resource: role.arn }
  }
  return undefined
}

/** Maximum number of failed conditions in a reason. */
const maxConditions = 8
/** For the log: the failed conditions with the values of the request, or the statement that denied the action. */
export function describeTrustDenial({ action, explanation }: TrustDenial): string {
  const { reason, layer, conditions, statements } = explanation
  const where =
    layer === undefined ? 'nothing' : layer === 'trust' ? 'the trust policy' : `the ${layer} policy`
  if (reason === 'explicit_deny')
    return `${action}: ${statements.map(place).join(', ')} of ${where} denies it`
  const failed = conditions.filter((one) => one.statement.layer === layer)
  if (failed.length === 0) return `${action}: no statement of ${where} is for this principal and action`
  const described = failed
    .slice(0, maxConditions)
    .map((one) => `${place(one.statement)}: ${describeCondition(one)}`)
  const more = failed.length > maxConditions ? [`and ${failed.length - maxConditions} more`] : []
  return `${action}: the conditions of ${where} do not hold: ${[...described, ...more].join('; ')}`
}

const place = ({ sid, index }: FailedCondition['statement']): string =>
  sid ? `statement \`${sid}\`` : `statement ${index + 1}`

const describeCondition = (failed: FailedCondition): string =>
  unloggedKeys.has(failed.key.toLowerCase())
    ? `${failed.operator} of \`${failed.key}\``
    : formatFailedCondition(failed)

/** The error with the decision that it is the reason of, for the audit trail. */
export const withTrustDenial = (error: Problem, { action, resource, explanation }: TrustDenial): Problem =>
  withDecision(error, (side) => decisionRecord(explanation, { action, resource }, side))

/** The same message for a role that does not exist and for one that does not trust the caller. */
export const notAuthorized = (who: string, roleArn: string, detail?: string): Problem =>
  new Problem(
    'denied',
    `User: ${who} is not authorized to perform: sts:AssumeRole on resource: ${printable(roleArn)}`,
    {
      ...(detail === undefined ? {} : { detail }),
    },
  )

export const notAuthorizedOutside = (action: OutsideAction, detail: string): Problem =>
  new Problem('denied', `Not authorized to perform ${action}`, { detail })

const printable = (arn: string): string => arn.replace(/\p{C}/gu, '?').slice(0, 256)

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
