// What an administrator can do about a refusal that is on record: where the statement that was missing can be added, or the one that
// denied be changed. Nothing is done here; each leads to an editor, which shows who gains before it saves.
import type { RemedyView } from '../../../views/console/access/remedies.ts'
import { t } from '../../../views/console/message.ts'
import { rolePath } from '../../../views/console/workloads/workloads.ts'
import { resourcePattern } from '../../policy/engine/resource-pattern.ts'
import type { AuditEntry } from '../activity/entries.ts'
import { pathWith } from '../frame/list.ts'
import { part } from '../frame/part.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import { attachedPolicies } from './holder-policies.ts'

type Decision = NonNullable<AuditEntry['decision']>

/** Who was refused: a person or role of the account. */
export interface Refused {
  readonly kind: 'user' | 'role'
  readonly name: string
}

/** @param who ARN of a person, a role or a session of one */
export function refusedOf(who: string, accountId: string): Refused | undefined {
  const [, service, account, kind = '', rest = ''] =
    /^arn:aws:(iam|sts)::(\d{12}):([a-z-]+)\/(.+)$/.exec(who) ?? []
  if (account !== accountId) return undefined
  const parts = rest.split('/')
  if (service === 'sts') return kind === 'assumed-role' ? { kind: 'role', name: parts[0] ?? '' } : undefined
  return kind === 'user' || kind === 'role' ? { kind, name: parts.at(-1) ?? '' } : undefined
}

const policyName = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1)

/** Policies of the account that the text names in backticks. */
const policiesIn = (text: string, accountId: string): readonly string[] =>
  [...text.matchAll(/`(arn:aws:iam::(\d{12}):policy\/[^`\s]+)`/g)].flatMap(([, arn = '', account]) =>
    account === accountId ? [arn] : [],
  )

export async function remediesOf(request: ConsoleRequest, entry: AuditEntry): Promise<readonly RemedyView[]> {
  const { decision } = entry
  if (decision === undefined || decision.reason === 'allowed') return []
  if (decision.reason === 'explicit_deny') return edits(request, denying(decision), 'Change {policy}')
  if (decision.layer === 'trust') return trustOf(request, decision)
  // A statement without the condition that failed would go around it.
  const conditional = decision.conditions.map(({ statement }) => statement)
  if (conditional.length > 0) return edits(request, conditional, 'Open {policy}')
  if (decision.layer === 'boundary') return boundaryOf(request, entry)
  if (decision.layer !== 'identity') return []
  return additions(request, entry, decision)
}

const denying = ({ layers }: Decision): readonly string[] =>
  layers.filter(({ said }) => said === 'explicit_deny').flatMap(({ statements }) => statements)

/** @param texts the statements, with the names of their policies */
const edits = (
  request: ConsoleRequest,
  texts: readonly string[],
  label: 'Change {policy}' | 'Open {policy}',
): Promise<readonly RemedyView[]> =>
  Promise.all(
    [...new Set(texts.flatMap((text) => policiesIn(text, request.accountId)))].map(async (arn) => ({
      href: pathWith('/console/access/edit', { arn }),
      label: t(label, { policy: policyName(arn) }),
      denied: await mayEdit(request, arn),
    })),
  )

const mayEdit = (request: ConsoleRequest, arn: string): Promise<string | undefined> =>
  request.denial({ action: 'iam:CreatePolicyVersion', resource: arn })

async function trustOf(request: ConsoleRequest, { resource }: Decision): Promise<readonly RemedyView[]> {
  const role = /^arn:aws:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(resource)
  if (role === null || role[1] !== request.accountId) return []
  const name = role[2] ?? ''
  const denied = await request.denial({ action: 'iam:UpdateAssumeRolePolicy', resource })
  return [
    { href: `${rolePath(name)}/trust`, label: t('Edit the trust policy of {role}', { role: name }), denied },
  ]
}

/** The editor with the statement that was missing. */
const addition = async (request: ConsoleRequest, entry: AuditEntry, arn: string): Promise<RemedyView> => ({
  href: pathWith('/console/access/edit', { arn, entry: entry.id }),
  label: t('Allow it in {policy}', { policy: policyName(arn) }),
  denied: await mayEdit(request, arn),
})

async function boundaryOf(request: ConsoleRequest, entry: AuditEntry): Promise<readonly RemedyView[]> {
  const refused = refusedOf(entry.who, request.accountId)
  const { iam } = request.ports
  const found = await part(async () => {
    if (refused?.kind === 'role')
      return (await iam.getRole(request.call, { roleName: refused.name })).boundary
    const user = refused && (await iam.getUser(request.call, { userName: refused.name }))
    return user !== undefined && 'user' in user ? user.user.boundary : undefined
  })
  const arn = 'value' in found ? found.value : undefined
  return arn?.startsWith(`arn:aws:iam::${request.accountId}:`) ? [await addition(request, entry, arn)] : []
}

/** In the policy that nearly allowed it, or in one that they have, or in a new one. */
async function additions(
  request: ConsoleRequest,
  entry: AuditEntry,
  decision: Decision,
): Promise<readonly RemedyView[]> {
  const refused = refusedOf(entry.who, request.accountId)
  if (refused === undefined) return []
  const attached = await attachedTo(request, refused)
  const near = policiesIn(decision.nearest ?? '', request.accountId).find((arn) => attached.includes(arn))
  const [first] = near === undefined ? attached : [near]
  const denied = await request.denial({
    action: 'iam:CreatePolicy',
    resource: `arn:aws:iam::${request.accountId}:policy/*`,
  })
  const anew = {
    href: pathWith('/console/access/new', { entry: entry.id }),
    label: t('Allow it in a new policy'),
    denied,
  }
  return first === undefined ? [anew] : [await addition(request, entry, first), anew]
}

/** Policies of the account that are attached to them, and then those of their groups. */
async function attachedTo(request: ConsoleRequest, { kind, name }: Refused): Promise<readonly string[]> {
  const { ports, call, accountId } = request
  const found = await part(async () => {
    const own = await attachedPolicies(request, kind, name)
    if (kind === 'role') return own
    const groups = await ports.iam.listGroupsForUser(call, { userName: name })
    const ofGroups = await Promise.all(
      groups.items.map((group) => attachedPolicies(request, 'group', group.name)),
    )
    return [...own, ...ofGroups.flat()]
  })
  const policies = 'value' in found ? found.value : []
  return policies.map(({ arn }) => arn).filter((arn) => arn.startsWith(`arn:aws:iam::${accountId}:`))
}

/** A document with one more statement, which allows what was refused. @param document valid JSON of a policy */
export function withStatement(document: string, { action, resource }: Decision): string {
  const parsed = JSON.parse(document) as { readonly Statement?: unknown }
  const added = { Effect: 'Allow', Action: action, Resource: resourcePattern(resource) }
  return JSON.stringify({ ...parsed, Statement: [...[parsed.Statement ?? []].flat(), added] }, null, 2)
}
