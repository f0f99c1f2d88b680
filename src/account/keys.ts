// `/account/keys`: the person's own access keys, by the use cases of IAM and so by the person's own permissions.
import type { Context } from 'koa'
import { createdKeyPage, createKeyPage, deleteKeyPage, keysPage } from '../../views/account/keys.ts'
import type { PersonCall } from '../iam/caller.ts'
import { isProblem, Problem } from '../problem.ts'
import { field, readQuery } from '../web/request/body.ts'
import { callOf } from './call.ts'
import {
  type AccountDependencies,
  type AccountRequest,
  accountRequestOf,
  freshAccountRequestOf,
  ownForm,
  target,
} from './request.ts'

const path = '/account/keys'
const createPath = '/account/keys/create'
const deletePath = '/account/keys/delete'

/** Access keys that are shown; a user can have two, unless the quota of the account was raised. */
const mostKeys = 100

export async function showKeys(ctx: Context, deps: AccountDependencies): Promise<void> {
  await renderKeys(ctx, deps, await accountRequestOf(ctx, deps))
}

async function renderKeys(
  ctx: Context,
  deps: AccountDependencies,
  request: AccountRequest,
  problem?: 'quota',
): Promise<void> {
  const call = callOf(ctx, request, deps.now())
  const may = await permissionsOf(deps, call)
  const { keys } = may.list
    ? await deps.keys.iam.listAccessKeys(call, { maxItems: mostKeys })
    : { keys: { items: [] } }
  const page = keysPage({
    token: request.token,
    user: request.profile.userName,
    arn: request.profile.arn,
    may,
    problem,
    keys: keys.items.map(({ id, status, createdAt, lastUsed }) => ({
      id,
      active: status === 'Active',
      since: createdAt,
      lastUsed,
    })),
  })
  deps.show(ctx, page, { status: problem === undefined ? 200 : 422 })
}

async function permissionsOf({ keys }: AccountDependencies, call: PersonCall) {
  const [list, create, update, remove] = await Promise.all(
    (
      ['iam:ListAccessKeys', 'iam:CreateAccessKey', 'iam:UpdateAccessKey', 'iam:DeleteAccessKey'] as const
    ).map((action) => keys.may(call, action)),
  )
  return { list: list === true, create: create === true, update: update === true, remove: remove === true }
}

export async function showCreateKey(ctx: Context, deps: AccountDependencies): Promise<void> {
  const request = await freshAccountRequestOf(ctx, deps, createPath)
  if (request) deps.show(ctx, createKeyPage(target(request, createPath)))
}

export async function createKey(ctx: Context, deps: AccountDependencies): Promise<void> {
  await ownForm(ctx, deps)
  const request = await freshAccountRequestOf(ctx, deps, createPath)
  if (request === undefined) return
  try {
    const { key } = await deps.keys.iam.createAccessKey(callOf(ctx, request, deps.now()), {})
    const { token, profile } = request
    deps.show(ctx, createdKeyPage({ token, user: profile.userName, id: key.id, secret: key.secret.reveal() }))
  } catch (error) {
    if (!isProblem(error, 'limit_exceeded')) throw error
    await renderKeys(ctx, deps, request, 'quota')
  }
}

export async function setKeyStatus(ctx: Context, deps: AccountDependencies): Promise<void> {
  const form = await ownForm(ctx, deps)
  const status = field(form, 'status')
  if (status !== 'Active' && status !== 'Inactive') throw new Problem('invalid_input', 'unknown status')
  // A key that works again is as good as a new one; to stop one must never wait for a sign-in.
  const request =
    status === 'Active' ? await freshAccountRequestOf(ctx, deps, path) : await accountRequestOf(ctx, deps)
  if (request === undefined) return
  const input = { accessKeyId: field(form, 'key'), status } as const
  await deps.keys.iam.updateAccessKey(callOf(ctx, request, deps.now()), input)
  backToKeys(ctx)
}

export async function showDeleteKey(ctx: Context, deps: AccountDependencies): Promise<void> {
  const request = await accountRequestOf(ctx, deps)
  const key = (readQuery(ctx).get('key') ?? '').slice(0, 128)
  const { keys } = await deps.keys.iam.listAccessKeys(callOf(ctx, request, deps.now()), {
    maxItems: mostKeys,
  })
  if (!keys.items.some(({ id }) => id === key)) throw new Problem('not_found', 'you have no such access key')
  deps.show(ctx, deleteKeyPage({ ...target(request, deletePath), key }))
}

export async function deleteKey(ctx: Context, deps: AccountDependencies): Promise<void> {
  const form = await ownForm(ctx, deps)
  const request = await accountRequestOf(ctx, deps)
  await deps.keys.iam.deleteAccessKey(callOf(ctx, request, deps.now()), { accessKeyId: field(form, 'key') })
  backToKeys(ctx)
}

/** 303, so that a reload does not send the form again. */
function backToKeys(ctx: Context): void {
  ctx.redirect(path)
  ctx.status = 303
}
