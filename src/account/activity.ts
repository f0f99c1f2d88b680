// `/account/activity` and `/account/data`: the person's own entries of the audit trail, and everything stored about them as a file.
import type { Context } from 'koa'
import { activityPage, dataPage } from '../../views/account/activity.ts'
import { deviceName } from '../../views/device.ts'
import { readQuery } from '../web/request/body.ts'
import { callOf } from './call.ts'
import {
  type AccountDependencies,
  type AccountRequest,
  accountRequestOf,
  freshAccountRequestOf,
} from './request.ts'

/** Entries on a page, and in the file. */
const entries = { page: 50, file: 1000 } as const

export async function showOwnActivity(ctx: Context, deps: AccountDependencies): Promise<void> {
  const request = await accountRequestOf(ctx, deps)
  const marker = (readQuery(ctx).get('cursor') ?? '').slice(0, 4096) || undefined
  const found = await deps.activity.list(callOf(ctx, request, deps.now()), { marker, maxItems: entries.page })
  const page = activityPage({
    token: request.token,
    user: request.profile.userName,
    entries: found.items.map((entry) => ({ ...entry, device: deviceName(entry.userAgent) })),
    cursor: found.marker,
  })
  deps.show(ctx, page)
}

const dataPath = '/account/data'

export async function showData(ctx: Context, deps: AccountDependencies): Promise<void> {
  const request = await freshAccountRequestOf(ctx, deps, dataPath)
  if (request) deps.show(ctx, dataPage({ token: request.token, user: request.profile.userName }))
}

/** After a sign-in that it asked for, the browser is at the page with the button. */
export async function downloadData(ctx: Context, deps: AccountDependencies): Promise<void> {
  const request = await freshAccountRequestOf(ctx, deps, dataPath)
  if (request === undefined) return
  const body = JSON.stringify(await dataOf(ctx, deps, request), null, 2)
  ctx.status = 200
  ctx.type = 'application/json'
  ctx.set('Content-Disposition', 'attachment; filename="chancery-data.json"')
  ctx.body = body
}

async function dataOf(ctx: Context, deps: AccountDependencies, request: AccountRequest): Promise<object> {
  const { profile } = request
  const call = callOf(ctx, request, deps.now())
  const requests = await deps.roles.requests.ofPerson(profile.userId)
  const [identities, sessions, trustedBrowsers, applications, accessKeys, activity] = await Promise.all([
    deps.identities.list(profile.userId),
    deps.oidc.sessions.list(profile.userId),
    deps.trusted.list(profile.userId),
    deps.oidc.sessions.grants(profile.userId),
    deps.activity.keys(profile.userId),
    deps.activity.list(call, { maxItems: entries.file }),
  ])
  const time = (seconds: number): string => new Date(seconds * 1000).toISOString()
  return {
    createdAt: time(deps.now()),
    // Authenticators, passkeys and recovery codes are listed or counted here; their secrets are not part of a profile.
    profile,
    identities,
    sessions,
    trustedBrowsers,
    applications,
    accessKeys,
    accessRequests: requests.map(({ id, roleArn, reason, state, createdAt, decision, until }) => ({
      id,
      role: roleArn,
      reason,
      state,
      createdAt: time(createdAt),
      answer: decision?.answer,
      until: until === undefined ? undefined : time(until),
    })),
    activity: activity.items.map(({ at, ...entry }) => ({ time: time(at), ...entry })),
  }
}
