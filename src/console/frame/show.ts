// Answers with a page of the console, in its frame: which sections the person may not see is decided for each page.
import { type ConsoleFrame, consolePage, type Section } from '../../../views/console/frame/frame.ts'
import type { Fragment } from '../../../views/html.ts'
import type { PageModules } from '../../../views/layout.ts'
import type { Permission } from './permission.ts'
import type { ConsoleRequest } from './request.ts'

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

export interface ConsoleView {
  readonly section: Section | undefined
  readonly title: string
  readonly body: Fragment
  /** Default 200. */
  readonly status?: number
  readonly search?: string
  /** That this page alone loads. */
  readonly modules?: PageModules
}

/** Of requests, so that each is asked once. */
const deniedOf = new WeakMap<ConsoleRequest, Promise<readonly Section[]>>()

/** The sections that the person may not see. */
export function deniedSections(request: ConsoleRequest): Promise<readonly Section[]> {
  const known = deniedOf.get(request)
  if (known !== undefined) return known
  const denied = askSections(request)
  deniedOf.set(request, denied)
  return denied
}

async function askSections(request: ConsoleRequest): Promise<readonly Section[]> {
  const permissions = [...sectionPermissions(request.accountId, request.ports.use.serverAccountId)]
  const denials = await Promise.all(permissions.map(([, permission]) => request.denial(permission)))
  return permissions.flatMap(([section], at) => (denials[at] === undefined ? [] : [section]))
}

/** Whether the person may see any section but Home. */
export const hasAnySection = async (request: ConsoleRequest): Promise<boolean> =>
  (await deniedSections(request)).length <
  sectionPermissions(request.accountId, request.ports.use.serverAccountId).size

export async function showPage(request: ConsoleRequest, view: ConsoleView): Promise<void> {
  const { ports, accountId, user, token } = request
  const frame: ConsoleFrame = {
    section: view.section,
    denied: await deniedSections(request),
    user: user.name,
    account: accountId,
    brand: await ports.brandOf(accountId),
    token,
    timeZone: await ports.timeZoneOf(user.id),
    ...(view.search !== undefined && { search: view.search }),
  }
  ports.show(request.ctx, consolePage(frame, view), { status: view.status ?? 200 })
}
