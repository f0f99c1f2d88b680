// Permissions that are worth more than they say: whoever has them can give themselves the rest.
import type { Statement } from '../document.ts'
import { type Found, type Linted, named, type Rule } from './finding.ts'
import { keyOf, pins } from './requires.ts'
import { allowsEverything } from './statement-rules.ts'
import { coversAction } from './trust-rules.ts'

interface Way {
  /** All of them are needed. */
  readonly actions: readonly string[]
  readonly why: string
  /** Worth something on one's own name already; otherwise only where the resource leaves others open. */
  readonly onSelf: boolean
  /** A condition that pins one of these keys takes the edge off. */
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

/** By name. The single ones first: a pair is not told when one of it was. */
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
  ['set-default-version', way('iam:SetDefaultPolicyVersion', 'bring back a wider version of a policy', true)],
  ['add-user-to-group', way('iam:AddUserToGroup', 'join any group', false)],
  ['create-access-key', way('iam:CreateAccessKey', "make keys of another user's", false)],
  ['create-login-profile', way('iam:CreateLoginProfile', "set another user's password", false)],
  ['update-login-profile', way('iam:UpdateLoginProfile', "change another user's password", false)],
  ['update-trust', way('iam:UpdateAssumeRolePolicy', 'make any role trust whom they like', true, boundary)],
  ['assume-role', way('sts:AssumeRole', 'become every role that trusts the account', false)],
  ['delete-boundary', way('iam:DeleteUserPermissionsBoundary', 'take the boundary off a user', true)],
  ['put-boundary', way('iam:PutUserPermissionsBoundary', 'replace the boundary of a user', true, boundary)],
  ['delete-role-boundary', way('iam:DeleteRolePermissionsBoundary', 'take the boundary off a role', true)],
  [
    'deactivate-mfa',
    way(
      'iam:DeactivateMFADevice iam:DeleteVirtualMFADevice',
      "take another user's second factor away",
      false,
    ),
  ],
  [
    'pass-role',
    way('iam:PassRole', 'hand any role to a service that then acts for them', false, 'iam:passedtoservice'),
  ],
  [
    'trust-issuer',
    way('iam:CreateOpenIDConnectProvider iam:CreateRole', 'trust an issuer of their own', true, boundary),
  ],
])

/** Whether the resources leave the name open: `*`, `…:role/*`, `…:user/team/*`. A variable stands for one's own. */
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

/** The first Allow through which each action of a way is open. */
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

function* escalation({ document, kind }: Linted): Iterable<Found> {
  // What only limits gives nobody anything; and who may do everything has nothing left to gain.
  if (kind !== 'identity' || document.statements.some(allowsEverything)) return
  const byStatement = new Map<Statement, Way[]>()
  for (const one of ways.values()) {
    const through = openBy(document.statements, one)
    const last = through?.at(-1)
    if (last !== undefined) byStatement.set(last, [...(byStatement.get(last) ?? []), one])
  }
  for (const [statement, found] of byStatement) {
    const told = found
      .slice(0, 3)
      .map(({ actions, why }) => `${actions.map((a) => `\`${a}\``).join(' with ')} lets them ${why}`)
    const more = found.length > 3 ? `; and ${found.length - 3} ways more` : ''
    yield {
      at: (statement.actions ?? statement.notActions)![0]!.at,
      message: `${named(statement)} is a way to more permissions: ${told.join('; ')}${more}`,
      fix: 'name the resources, require `iam:PermissionsBoundary`, or leave the actions to administrators',
    }
  }
}

export const escalationRules: readonly (readonly [string, Rule])[] = [
  [
    'privilege-escalation',
    {
      severity: 'warning',
      summary: 'permissions with which one can give oneself more',
      check: escalation,
    },
  ],
]
