// Which sections of the console a signed-in person may see. Apart from its pages, because the account page asks this too.
import type { Section } from '../../../views/console/frame/frame.ts'
import type { Call } from '../../iam/caller.ts'
import type { ConsolePorts } from '../ports.ts'
import { denialOf, type Permission } from './permission.ts'

/** What a section needs at least. */
const sectionPermissions = (accountId: string, serverAccountId: string): ReadonlyMap<Section, Permission> =>
  new Map([
    ['people', { action: 'chancery:ListPeople', resource: `arn:aws:iam::${accountId}:user/*` }],
    ['apps', { action: 'chancery:ListClients', resource: `arn:aws:oidc::${serverAccountId}:client/*` }],
    ['access', { action: 'iam:ListPolicies', resource: `arn:aws:iam::${accountId}:policy/*` }],
    ['workloads', { action: 'iam:ListRoles', resource: `arn:aws:iam::${accountId}:role/` }],
    [
      'providers',
      { action: 'iam:ListOpenIDConnectProviders', resource: `arn:aws:iam::${accountId}:oidc-provider/*` },
    ],
    ['activity', { action: 'chancery:ListAuditEntries', resource: `arn:aws:chancery::${accountId}:audit/*` }],
    ['settings', { action: 'chancery:GetSettings', resource: `arn:aws:chancery::${accountId}:settings` }],
  ])

export interface SectionPorts extends Pick<ConsolePorts, 'authorizer'> {
  readonly use: Pick<ConsolePorts['use'], 'serverAccountId'>
}

/** Sections besides Home. */
const sectionCount = sectionPermissions('', '').size

/** The sections that a caller may not see. */
export async function sectionsDenied(
  { authorizer, use }: SectionPorts,
  { accountId, call }: { readonly accountId: string; readonly call: Call },
): Promise<readonly Section[]> {
  const permissions = [...sectionPermissions(accountId, use.serverAccountId)]
  const denials = await Promise.all(
    permissions.map(([, permission]) => denialOf({ authorizer }, call, permission)),
  )
  return permissions.flatMap(([section], at) => (denials[at] === undefined ? [] : [section]))
}

/** Whether there is a section but Home that is not denied. */
export const isAnyLeft = (denied: readonly Section[]): boolean => denied.length < sectionCount
