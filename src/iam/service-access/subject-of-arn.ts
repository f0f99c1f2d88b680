// The user, group, role or managed policy that an ARN names, after the action was authorized on it.
import { Problem } from '../../problem.ts'
import type { Group, Policy, Role, User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { accountOf } from '../arn.ts'
import { getAuthorized } from '../authorization/authorized-principal.ts'
import type { Call } from '../caller.ts'
import type { IamDependencies } from '../dependencies.ts'
import { entityArn, managedDocuments } from '../lookup.ts'
import { AuthorizedPolicies } from '../managed-policy/authorized-policy.ts'

export type Identity =
  | { readonly kind: 'user'; readonly record: User }
  | { readonly kind: 'group'; readonly record: Group }
  | { readonly kind: 'role'; readonly record: Role }

export type AccessSubject = Identity | { readonly kind: 'policy'; readonly record: Policy }

const identityArn = /^arn:aws:iam::(\d{12}):(user|group|role)\/(?:[!-~]+\/)?([\w+=,.@-]+)$/

const notFound = (arn: string) => new Problem('not_found', `ARN ${arn} cannot be found.`)

/**
 * @throws Problem('invalid_input') unless it is the ARN of a user, group or role, Problem('denied'), Problem('not_found') when this
 * account has none of this ARN
 */
export async function authorizedIdentity(
  deps: IamDependencies,
  call: Call,
  arn: string,
  action: string,
): Promise<Identity> {
  const [, accountId, type, name = ''] = identityArn.exec(arn) ?? []
  const kind = type === 'user' || type === 'group' || type === 'role' ? type : undefined
  if (kind === undefined || accountId !== accountOf(call.caller)) {
    await deps.authorizer.authorize(call, action, arn)
    if (kind === undefined) throw new Problem('invalid_input', `ARN ${arn.slice(0, 256)} is not valid.`)
    throw notFound(arn)
  }
  const record = await getAuthorized(deps, call, kind, name, action)
  // Lookups by name ignore case and path; an ARN must match both exactly.
  if (entityArn(kind, record) !== arn) throw notFound(arn)
  return { kind, record } as Identity
}

/** The same, also for managed policies. */
export async function authorizedSubject(
  deps: IamDependencies,
  call: Call,
  arn: string,
  action: string,
): Promise<AccessSubject> {
  if (!/^arn:aws:iam::(?:\d{12}|aws):policy\/[!-~]+$/.test(arn))
    return authorizedIdentity(deps, call, arn, action)
  return { kind: 'policy', record: await new AuthorizedPolicies(deps).get(call, arn, action) }
}

/** A policy that grants its bearer permissions. */
export interface BearerPolicy {
  readonly name: string
  readonly document: string
  /** Absent for inline policies. */
  readonly arn?: string
  /** Of an inline policy: to whom it belongs. */
  readonly bearer: { readonly kind: 'user' | 'group' | 'role'; readonly name: string }
}

/** The inline and managed policies of a user, group or role; of a user those of their groups, too. */
export async function policiesOf(
  store: Pick<Store, 'get' | 'getBy'>,
  identity: Identity,
): Promise<readonly BearerPolicy[]> {
  const groups =
    identity.kind === 'user'
      ? await Promise.all(identity.record.groups.map((id) => store.get('group', id)))
      : []
  const bearers: readonly Identity[] = [
    identity,
    ...groups.flatMap((record) =>
      record?.accountId === identity.record.accountId ? [{ kind: 'group', record } as const] : [],
    ),
  ]
  const found: BearerPolicy[] = []
  for (const { kind, record } of bearers) {
    const bearer = { kind, name: record.name }
    found.push(...record.inline.map(({ name, document }) => ({ name, document, bearer })))
    for (const policy of await managedDocuments(store, record.accountId, record.attached))
      if (!found.some(({ arn }) => arn === policy.arn)) found.push({ ...policy, bearer })
  }
  return found
}
