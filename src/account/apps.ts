// The apps of the signed-in person: tiles on the overview, and `/account/apps` with all of them and a search.
import type { Context } from 'koa'
import { type AppTile, appsPage } from '../../views/account/apps.ts'
import { webLink } from '../../views/html.ts'
import type { ListPage } from '../iam/paging.ts'
import type { OwnApp } from '../oidc/clients/own-apps.ts'
import { Problem } from '../problem.ts'
import { readQuery } from '../web/request/body.ts'
import { callOf } from './call.ts'
import { type AccountDependencies, type AccountRequest, accountRequestOf } from './request.ts'

/** Apps on the overview, and on a page of all of them. */
const mostApps = { overview: 12, page: 48 } as const
/** Characters of a search, and of a cursor. */
const longest = { search: 128, cursor: 4096 } as const

/** @param granted ids of the clients that the person allowed to act on their behalf */
export async function overviewApps(
  ctx: Context,
  deps: AccountDependencies,
  request: AccountRequest,
  granted: readonly string[],
): Promise<{ readonly apps: readonly AppTile[]; readonly more: boolean }> {
  const { items, marker } = await find(ctx, deps, request, granted, { maxItems: mostApps.overview })
  return { apps: items, more: marker !== undefined }
}

export async function showApps(ctx: Context, deps: AccountDependencies): Promise<void> {
  const request = await accountRequestOf(ctx, deps)
  const query = readQuery(ctx)
  const search = (query.get('q') ?? '').trim().slice(0, longest.search)
  const grants = await deps.oidc.sessions.grants(request.profile.userId)
  const granted = grants.map(({ clientId }) => clientId)
  const marker = query.get('cursor')?.slice(0, longest.cursor) || undefined
  const found = await find(ctx, deps, request, granted, { search, marker, maxItems: mostApps.page })
  const page = appsPage({
    token: request.token,
    user: request.profile.userName,
    search,
    apps: found.items,
    cursor: found.marker,
  })
  deps.show(ctx, page)
}

async function find(
  ctx: Context,
  deps: AccountDependencies,
  request: AccountRequest,
  granted: readonly string[],
  asked: { readonly search?: string; readonly marker?: string | undefined; readonly maxItems: number },
): Promise<ListPage<AppTile>> {
  const call = callOf(ctx, request, deps.now())
  const { amr, authTime } = request.visitor
  const { items, marker } = await deps.apps.list(call, { amr, authTime }, { search: '', ...asked, granted })
  const used = items.length === 0 ? new Map<string, number>() : await deps.activity.lastSignIns(call)
  return { items: items.flatMap((app) => tileOf(app, used, deps.apps.hasLogo(app))), marker }
}

function tileOf(
  { clientId, name, href }: OwnApp,
  used: ReadonlyMap<string, number>,
  hasLogo: boolean,
): AppTile[] {
  const link = webLink(href)
  const logo = hasLogo ? `${logoPath}?${new URLSearchParams({ app: clientId })}` : undefined
  return link === undefined ? [] : [{ name, href: link, logo, lastUsed: used.get(clientId) }]
}

const logoPath = '/account/apps/logo'
/** Seconds for which a browser keeps a logo. */
const logoAge = 3600

/** The logo of an app of the person, from our own origin: pages load nothing from elsewhere. */
export async function showAppLogo(ctx: Context, deps: AccountDependencies): Promise<void> {
  const request = await accountRequestOf(ctx, deps)
  const { amr, authTime } = request.visitor
  const clientId = readQuery(ctx).get('app') ?? ''
  const logo = await deps.apps.logo(callOf(ctx, request, deps.now()), { amr, authTime }, clientId)
  if (logo === undefined) throw new Problem('not_found', 'there is no such logo')
  ctx.status = 200
  ctx.set('Content-Type', logo.type)
  ctx.set('Cache-Control', `private, max-age=${logoAge}`)
  ctx.body = logo.bytes
}
