// Privilege escalation: permissions that let their holder acquire further permissions.
import type { Statement } from '../language/document.ts'
import { type Linted, type Rule, type RuleFinding, statementLabel } from './finding.ts'
import { keyOf, pins } from './requires.ts'
import { allowsEverything } from './statement-rules.ts'
import { coversAction } from './trust-rules.ts'

interface Way {
  /** All of these are needed. */
  readonly actions: readonly string[]
  readonly why: string
  /** Dangerous even when limited to one's own user; otherwise only when the resource includes others. */
  readonly onSelf: boolean
  /** A condition on one of these keys prevents the escalation. */
  readonly tamedBy: readonly string[]
}

const boundary = 'iam:permissionsboundary'
const policy = 'iam:policyarn'

const way = (actions: string, why: string, onSelf: boolean, ...tamedBy: string[]): Way => ({
  actions: actions.split(' '),
  why,
  onSelf,
  tamedBy,
})

/** By name. Single actions first: a pair is not reported when one of its actions has been. */
export const ways: ReadonlyMap<string, Way> = new Map([
  ['put-user-policy', way('iam:PutUserPolicy', 'write any policy onto a user', true, boundary)],
  ['put-role-policy', way('iam:PutRolePolicy', 'write any policy onto a role', true, boundary)],
  ['put-group-policy', way('iam:PutGroupPolicy', 'write any policy onto a group', true)],
  ['attach-user-policy', way('iam:AttachUserPolicy', 'attach any policy to a user', true, boundary, policy)],
  ['attach-role-policy', way('iam:AttachRolePolicy', 'attach any policy to a role', true, boundary, policy)],
  ['attach-group-policy', way('iam:AttachGroupPolicy', 'attach any policy to a group', true, policy)],
  [
    'create-policy-version',
    way('iam:CreatePolicyVersion', 'rewrite a policy that is already attached', true),
  ],
  ['set-default-version', way('iam:SetDefaultPolicyVersion', 'restore a broader version of a policy', true)],
  ['add-user-to-group', way('iam:AddUserToGroup', 'join any group', false)],
  ['create-access-key', way('iam:CreateAccessKey', 'create access keys for another user', false)],
  ['create-login-profile', way('iam:CreateLoginProfile', "set another user's password", false)],
  ['update-login-profile', way('iam:UpdateLoginProfile', "change another user's password", false)],
  ['update-trust', way('iam:UpdateAssumeRolePolicy', 'make any role trust any principal', true, boundary)],
  ['assume-role', way('sts:AssumeRole', 'assume every role that trusts the account', false)],
  ['delete-boundary', way('iam:DeleteUserPermissionsBoundary', "remove a user's permissions boundary", true)],
  [
    'put-boundary',
    way('iam:PutUserPermissionsBoundary', "replace a user's permissions boundary", true, boundary),
  ],
  [
    'delete-role-boundary',
    way('iam:DeleteRolePermissionsBoundary', "remove a role's permissions boundary", true),
  ],
  [
    'deactivate-mfa',
    way('iam:DeactivateMFADevice iam:DeleteVirtualMFADevice', "remove another user's MFA device", false),
  ],
  ['add-group-member', way('chancery:AddGroupMember', 'join any group', false)],
  ['sign-in-link', way('chancery:CreateSignInLink', 'sign in as another person by a one-time link', false)],
  ['set-password', way('chancery:SetPersonPassword', "set another person's password", false)],
  ['reset-factors', way('chancery:ResetPersonFactors', "remove another person's second factors", false)],
  [
    'scim-token',
    way(
      'chancery:CreateScimToken',
      'make a SCIM token that acts with the permissions of another person',
      false,
    ),
  ],
  ['trust-client', way('chancery:TrustClient', 'let an app act for people who are not asked', false)],
  ['put-guardrail', way('chancery:PutAccountGuardrail', 'replace a guardrail that limits an account', true)],
  [
    'delete-guardrail',
    way('chancery:DeleteAccountGuardrail', 'remove a guardrail that limits an account', true),
  ],
  [
    'pass-role',
    way('iam:PassRole', 'pass any role to a service that then acts with it', false, 'iam:passedtoservice'),
  ],
  [
    'trust-issuer',
    way('iam:CreateOpenIDConnectProvider iam:CreateRole', 'trust an issuer of their own', true, boundary),
  ],
])

/** Whether the resources include other names: `*`, `…:role/*`, `…:user/team/*`. A variable stands for one's own name. */
const leavesOpen = ({ resources, notResources }: Statement): boolean =>
  notResources !== undefined ||
  (resources ?? []).some(({ text }) => {
    const last = text.slice(text.lastIndexOf('/') + 1)
    return text === '*' || /[*?]/.test(last.replace(/\$\{[^}]*\}/g, ''))
  })

const denies = (statement: Statement, action: string): boolean =>
  statement.effect === 'Deny' &&
  statement.conditions.length === 0 &&
  statement.resources?.some(({ text }) => text === '*') === true &&
  coversAction(statement, action)

/** The first Allow that grants each action of an escalation. */
function openBy(statements: readonly Statement[], one: Way): readonly Statement[] | undefined {
  const through: Statement[] = []
  for (const action of one.actions) {
    if (statements.some((statement) => denies(statement, action))) return undefined
    const open = statements.find(
      (statement) =>
        statement.effect === 'Allow' &&
        coversAction(statement, action) &&
        (one.onSelf || leavesOpen(statement)) &&
        !statement.conditions.some((condition) => pins(condition) && one.tamedBy.includes(keyOf(condition))),
    )
    if (open === undefined) return undefined
    through.push(open)
  }
  return through
}

function* escalation({ document, kind }: Linted): Iterable<RuleFinding> {
  // Boundaries, session policies and guardrails grant nothing, and an administrator has nothing to gain.
  if (kind !== 'identity' || document.statements.some(allowsEverything)) return
  const byStatement = new Map<Statement, Way[]>()
  for (const one of ways.values()) {
    const through = openBy(document.statements, one)
    const last = through?.at(-1)
    if (last !== undefined) byStatement.set(last, [...(byStatement.get(last) ?? []), one])
  }
  for (const [statement, found] of byStatement) {
    const reported = found
      .slice(0, 3)
      .map(({ actions, why }) => `${actions.map((a) => `\`${a}\``).join(' with ')} lets them ${why}`)
    const more = found.length > 3 ? `; and ${found.length - 3} more` : ''
    yield {
      at: (statement.actions ?? statement.notActions)![0]!.at,
      message: `${statementLabel(statement)} allows privilege escalation: ${reported.join('; ')}${more}`,
      fix: 'name the resources, require `iam:PermissionsBoundary`, or leave the actions to administrators',
    }
  }
}

export const escalationRules: readonly (readonly [string, Rule])[] = [
  [
    'privilege-escalation',
    {
      severity: 'warning',
      summary: 'permissions that allow privilege escalation',
      check: escalation,
    },
  ],
]
