// May this one become that role? The trust policy decides, with the caller's own policies where it only delegates;
// session tags and source identity are asked about separately (User Guide, "Passing session tags in AWS STS").

import { compile, emptySet, policySet } from '../policy/compile.ts'
import { decide, type Layers } from '../policy/decide.ts'
import type { DocumentKind } from '../policy/document.ts'
import type { Context, Principal } from '../policy/request.ts'
import { Problem } from '../problem.ts'
import type { AssumableRole } from './ports.ts'

export type AssumeAction =
  | 'sts:AssumeRole'
  | 'sts:AssumeRoleWithWebIdentity'
  | 'sts:TagSession'
  | 'sts:SetSourceIdentity'

export interface TrustQuestion {
  readonly role: AssumableRole
  readonly principal: Principal
  /** Policies of the caller; none for those who come with an outside token. */
  readonly layers: Layers
  readonly context: Context
}

export const noPolicies: Layers = { identity: emptySet }

const trustKind: DocumentKind = 'trust'

/** True when every one of the actions is allowed on the role. */
export function trusts(question: TrustQuestion, actions: readonly AssumeAction[]): boolean {
  const { role, principal, context } = question
  const trust = policySet([compile(role.trust, trustKind, role.arn)])
  const layers = { ...question.layers, trust }
  return actions.every((action) => {
    const request = { principal, action, resource: role.arn, resourceAccount: role.accountId, context }
    return decide(request, layers).effect === 'allow'
  })
}

/** The same words for a role that does not exist and one that does not trust the caller. */
export const notAuthorized = (who: string, roleArn: string, detail?: string): Problem =>
  new Problem(
    'denied',
    `User: ${who} is not authorized to perform: sts:AssumeRole on resource: ${shown(roleArn)}`,
    {
      ...(detail === undefined ? {} : { detail }),
    },
  )

export const notAuthorizedWebIdentity = (detail: string): Problem =>
  new Problem('denied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity', { detail })

const shown = (arn: string): string => arn.replace(/\p{C}/gu, '?').slice(0, 256)
