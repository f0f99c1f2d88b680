// `/account/roles`: the roles that the person can become, and credentials of one of them for an hour.
import type { Context } from 'koa'
import { roleCredentialsPage, rolesPage } from '../../views/account/roles.ts'
import { acrs } from '../oidc/edge.ts'
import { isProblem } from '../problem.ts'
import { field, readQuery } from '../web/request/body.ts'
import { ownRequests, withdrawPath } from './access-requests.ts'
import { callOf } from './call.ts'
import { credentialFormats } from './credential-formats.ts'
import {
  type AccountDependencies,
  type AccountRequest,
  accountRequestOf,
  ownForm,
  target,
} from './request.ts'

const path = '/account/roles'
const credentialsPath = '/account/roles/credentials'

/** Roles on a page. */
const rolesPerPage = 50
/** Characters of a search, and of a cursor. */
const longest = { search: 600, cursor: 4096 } as const

const doneMessages: ReadonlyMap<string, string> = new Map([
  ['asked', 'Your request was sent.'],
  ['withdrawn', 'Your request was taken back.'],
])
const problemMessages: ReadonlyMap<string, string> = new Map([
  ['not-askable', 'You cannot ask for this role.'],
  ['decided', 'The request was decided meanwhile.'],
])

export async function showRoles(ctx: Context, deps: AccountDependencies): Promise<void> {
  await renderRoles(ctx, deps, await accountRequestOf(ctx, deps))
}

async function renderRoles(
  ctx: Context,
  deps: AccountDependencies,
  request: AccountRequest,
  refused?: string,
): Promise<void> {
  const { profile, visitor } = request
  const call = callOf(ctx, request, deps.now())
  const query = readQuery(ctx)
  const search = (query.get('q') ?? '').trim().slice(0, longest.search)
  const mayListRoles = await deps.roles.mayListRoles(call)
  const denied = mayListRoles && query.get('all') === 'yes'
  const found = await deps.roles.list(call.caller, call.circumstances, {
    search,
    denied,
    marker: query.get('cursor')?.slice(0, longest.cursor) || undefined,
    maxItems: rolesPerPage,
  })
  const requests = await ownRequests(deps, request, call.circumstances.now)
  const requested = new Set(requests.flatMap(({ state, role }) => (state === 'open' ? role : [])))
  const hasSecondFactor = profile.authenticators.length > 0 || profile.passkeys.some(({ copied }) => !copied)
  const page = rolesPage({
    ...target(request, credentialsPath),
    refused,
    done: doneMessages.get(query.get('done') ?? ''),
    problem: problemMessages.get(query.get('done') ?? ''),
    requests,
    withdraw: { action: withdrawPath, token: request.token },
    search,
    mayListRoles,
    denied,
    accountId: call.caller.accountId,
    hasSecondFactor,
    usedSecondFactor: visitor.acr === acrs[1] || visitor.acr === acrs[2],
    roles: found.items.map(({ role, standing, askable }) => ({
      arn: role.arn,
      name: role.name,
      accountId: role.accountId,
      description: role.description,
      standing,
      ask: !askable ? ('no' as const) : requested.has(role.arn) ? ('asked' as const) : ('may' as const),
    })),
    cursor: found.marker,
  })
  deps.show(ctx, page, { status: refused === undefined ? 200 : 403 })
}

/** Signs in again, with a second factor, and comes back to the list. */
export async function confirmForRole(ctx: Context, deps: AccountDependencies): Promise<void> {
  const { profile } = await accountRequestOf(ctx, deps)
  const search = (readQuery(ctx).get('q') ?? '').slice(0, longest.search)
  await deps.oidc.startSignIn(ctx, search === '' ? path : `${path}?q=${encodeURIComponent(search)}`, {
    maxAge: 0,
    acrValues: [acrs[1]],
    loginHint: profile.userName,
  })
}

/** The page after the sign-in that the form required: the person chooses the role again there. */
export function backToRoles(ctx: Context): Promise<void> {
  ctx.redirect(path)
  return Promise.resolve()
}

export async function showRoleCredentials(ctx: Context, deps: AccountDependencies): Promise<void> {
  const form = await ownForm(ctx, deps)
  const request = await accountRequestOf(ctx, deps)
  const { visitor, profile, token } = request
  const roleArn = field(form, 'role')
  const { caller, circumstances } = callOf(ctx, request, deps.now())
  const authentication = { amr: visitor.amr, acr: visitor.acr, authTime: visitor.authTime }
  try {
    const { credentials, assumedRoleUser } = await deps.roles.assume(
      roleArn,
      { caller, authentication },
      circumstances,
    )
    const page = roleCredentialsPage({
      token,
      user: profile.userName,
      role: roleArn.slice(roleArn.lastIndexOf('/') + 1),
      arn: assumedRoleUser.arn,
      expiration: credentials.expiration,
      ...credentialFormats(credentials, { issuer: deps.roles.issuer, roleArn }),
    })
    deps.show(ctx, page)
  } catch (error) {
    if (!isProblem(error, 'denied') && !isProblem(error, 'validation')) throw error
    await renderRoles(ctx, deps, request, roleArn)
  }
}
