// `/account/roles/ask`: a person asks to become a role for a time, and takes a request back.
import type { Context } from 'koa'
import {
  accessDurations,
  askForAccessPage,
  type OwnAccessRequest,
} from '../../views/account/access-requests.ts'
import { isProblem, Problem } from '../problem.ts'
import { field, readQuery } from '../web/request/body.ts'
import { callOf } from './call.ts'
import type { OwnRequest } from './own-access.ts'
import {
  type AccountDependencies,
  type AccountRequest,
  accountRequestOf,
  ownForm,
  target,
} from './request.ts'

const path = '/account/roles/ask'
export const withdrawPath = '/account/roles/withdraw'
const longestArn = 2048

interface Typed {
  readonly role: string
  readonly reason: string
  readonly wished: number
}

export async function showAskForm(ctx: Context, deps: AccountDependencies): Promise<void> {
  const request = await accountRequestOf(ctx, deps)
  const role = (readQuery(ctx).get('role') ?? '').slice(0, longestArn)
  await renderForm(ctx, deps, request, { role, reason: '', wished: 3600 })
}

export async function askForAccess(ctx: Context, deps: AccountDependencies): Promise<void> {
  const form = await ownForm(ctx, deps)
  const request = await accountRequestOf(ctx, deps)
  const wished = Number(field(form, 'seconds'))
  const typed = { role: field(form, 'role').slice(0, longestArn), reason: field(form, 'reason'), wished }
  const call = callOf(ctx, request, deps.now())
  const found = await deps.roles.find(call.caller, call.circumstances, typed.role)
  if (found?.askable !== true) return backToRoles(ctx, 'not-askable')
  try {
    await deps.roles.requests.requestAccess(call, { roleArn: typed.role, reason: typed.reason, wished })
  } catch (error) {
    const problem = refusalOf(error)
    if (problem === undefined) throw error
    return renderForm(ctx, deps, request, typed, problem)
  }
  backToRoles(ctx, 'asked')
}

export async function withdrawRequest(ctx: Context, deps: AccountDependencies): Promise<void> {
  const form = await ownForm(ctx, deps)
  const request = await accountRequestOf(ctx, deps)
  const call = callOf(ctx, request, deps.now())
  try {
    await deps.roles.requests.withdrawAccessRequest(call, { id: field(form, 'request').slice(0, 64) })
  } catch (error) {
    if (!isProblem(error, 'conflict') && !isProblem(error, 'not_found')) throw error
    return backToRoles(ctx, 'decided')
  }
  backToRoles(ctx, 'withdrawn')
}

function backToRoles(ctx: Context, done: string): void {
  ctx.redirect(`/account/roles?done=${done}`)
  ctx.status = 303
}

const refusals: ReadonlyMap<Problem['code'], { readonly problem: string }> = new Map([
  ['validation', { problem: 'Give a reason of at most 500 characters, and a time from the list.' }],
  ['conflict', { problem: 'You have asked for this role already.' }],
  ['limit_exceeded', { problem: 'You have five open requests. Take one back, or wait for a decision.' }],
  ['throttled', { problem: 'You have asked many times within the last hour. Try again later.' }],
])

const refusalOf = (error: unknown): string | undefined =>
  error instanceof Problem ? refusals.get(error.code)?.problem : undefined

async function renderForm(
  ctx: Context,
  deps: AccountDependencies,
  request: AccountRequest,
  typed: Typed,
  problem?: string,
): Promise<void> {
  const { caller, circumstances } = callOf(ctx, request, deps.now())
  const found = await deps.roles.find(caller, circumstances, typed.role)
  // The same for a role that is not marked, that the person can become already, and that does not exist.
  if (found?.askable !== true) return backToRoles(ctx, 'not-askable')
  const wished = accessDurations.some(([seconds]) => seconds === typed.wished) ? typed.wished : 3600
  const { arn, name, description } = found.role
  const page = askForAccessPage({
    ...target(request, path),
    role: arn,
    name,
    description,
    reason: typed.reason,
    wished,
    problem,
  })
  deps.show(ctx, page, { status: problem === undefined ? 200 : 422 })
}

/** Requests that the page of roles shows. */
const mostShown = 10

/** The latest requests of the person that they did not take back. @param now epoch seconds */
export async function ownRequests(
  deps: AccountDependencies,
  { profile }: AccountRequest,
  now: number,
): Promise<readonly OwnAccessRequest[]> {
  const all = await deps.roles.requests.ofPerson(profile.userId)
  return all.flatMap((one) => shownRequest(one, now) ?? []).slice(0, mostShown)
}

function shownRequest(one: OwnRequest, now: number): OwnAccessRequest | undefined {
  const { id, roleArn, reason, decision, until = 0 } = one
  if (one.state === 'withdrawn') return undefined
  const isOver = one.state === 'approved' && until <= now
  const state = isOver ? ('ended' as const) : one.state
  const at = state === 'open' ? one.createdAt : state === 'refused' ? (decision?.at ?? 0) : until
  const name = roleArn.slice(roleArn.lastIndexOf('/') + 1)
  return { id, role: roleArn, name, reason, state, at, answer: decision?.answer }
}
