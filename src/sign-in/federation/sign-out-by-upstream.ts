// Sign-out requested by an identity provider: SAML Single Logout through the browser, and OpenID Connect Back-Channel Logout
// posted by the provider. Processing: verify (federation/) → spend the request's id → end the sessions → write one audit
// entry, durable before the response → respond with the result.
import type { Context } from 'koa'
import type { SignOutRequest, SignOutStatus } from '../../federation/kind.ts'
import type { SignInProvider } from '../../iam/sign-in/providers.ts'
import { Problem } from '../../problem.ts'
import { readForm } from '../../web/request/body.ts'
import type { Route } from '../../web/route.ts'
import { paramOf, type SignInDependencies } from '../request.ts'
import { requestOriginOf } from '../request-origin.ts'
import { signOutTarget } from './sign-out-names.ts'
import { providerErrors } from './upstream-refusal.ts'

/** Bytes of a posted LogoutRequest or logout token. */
const maxBytes = 128 * 1024

export const signOutByUpstreamRoutes = (deps: SignInDependencies): readonly Route[] => [
  {
    method: 'GET',
    path: '/federation/:provider/logout',
    access: 'public',
    run: (ctx) => singleLogout(ctx, deps, undefined),
  },
  {
    method: 'POST',
    path: '/federation/:provider/logout',
    access: 'public',
    run: async (ctx) => singleLogout(ctx, deps, await readForm(ctx, { maxBytes })),
  },
  {
    method: 'POST',
    path: '/federation/:provider/backchannel-logout',
    access: 'public',
    run: (ctx) => backChannelLogout(ctx, deps),
  },
]

const addressOf = (deps: SignInDependencies, { name }: SignInProvider, page: string): string =>
  `${deps.issuer}/federation/${encodeURIComponent(name)}/${page}`

async function upstreamAt(ctx: Context, deps: SignInDependencies) {
  const provider = await deps.providers.byName(paramOf(ctx, 'provider'))
  const upstream = provider && (await deps.upstreams.of(provider))
  if (provider === undefined || upstream?.flow !== 'redirect')
    throw new Problem('not_found', 'there is nothing at this address')
  return { provider, upstream }
}

/** SAML Profiles §4.4. A request that cannot be verified is not answered at the provider: its sender is unknown. */
async function singleLogout(
  ctx: Context,
  deps: SignInDependencies,
  form: ReadonlyMap<string, string> | undefined,
): Promise<void> {
  const { provider, upstream } = await upstreamAt(ctx, deps)
  if (!upstream.readSignOut || !upstream.answerSignOut)
    throw new Problem('not_found', 'there is nothing at this address')
  const callback = addressOf(deps, provider, 'callback')
  const address = addressOf(deps, provider, 'logout')
  const received = { query: ctx.querystring, form, address, callback }
  const request = await withRefusalLogged(ctx, deps, provider, () =>
    upstream.readSignOut?.(provider, received),
  )
  // Built before any session is ended, so that a response is possible.
  const answers = answersOf(upstream.answerSignOut, provider, request, callback)
  const status = await endNamed(ctx, deps, provider, request)
  ctx.redirect(answers[status])
  ctx.status = 303
}

const answersOf = (
  answer: (
    provider: SignInProvider,
    request: SignOutRequest,
    status: SignOutStatus,
    callback: string,
  ) => string,
  provider: SignInProvider,
  request: SignOutRequest,
  callback: string,
): Readonly<Record<SignOutStatus, string>> => ({
  success: answer(provider, request, 'success', callback),
  partial: answer(provider, request, 'partial', callback),
  failed: answer(provider, request, 'failed', callback),
})

/** Back-Channel Logout §2.7, §2.8. */
async function backChannelLogout(ctx: Context, deps: SignInDependencies): Promise<void> {
  const { provider, upstream } = await upstreamAt(ctx, deps)
  if (!upstream.readLogoutToken) throw new Problem('not_found', 'there is nothing at this address')
  ctx.set('Cache-Control', 'no-store')
  const token = (await readForm(ctx, { maxBytes })).get('logout_token')
  try {
    const request = await withRefusalLogged(ctx, deps, provider, async () => {
      if (token === undefined) throw new Problem('validation', '`logout_token` is missing')
      return upstream.readLogoutToken?.(provider, token)
    })
    const status = await endNamed(ctx, deps, provider, request)
    if (status === 'success') ctx.status = 200
    else refuse(ctx, 'not every session that the token names has ended')
    if (status === 'success') ctx.body = ''
  } catch (error) {
    if (!(error instanceof Problem) || !(providerErrors.has(error.code) || error.code === 'validation'))
      throw error
    refuse(ctx, error.message)
  }
}

function refuse(ctx: Context, description: string): void {
  ctx.status = 400
  ctx.body = { error: 'invalid_request', error_description: description }
}

/** Logs why a request is refused; the sender learns only that it was. */
async function withRefusalLogged<T>(
  ctx: Context,
  deps: SignInDependencies,
  provider: SignInProvider,
  read: () => Promise<T | undefined> | undefined,
): Promise<T> {
  try {
    const request = await read()
    if (request === undefined) throw new TypeError('no reader')
    return request
  } catch (error) {
    if (error instanceof Problem)
      await deps.onRefusal({ ...requestOriginOf(ctx), provider: provider.id, problem: error, stray: true })
    throw error
  }
}

async function endNamed(
  ctx: Context,
  deps: SignInDependencies,
  provider: SignInProvider,
  request: SignOutRequest,
): Promise<SignOutStatus> {
  if (!(await deps.providers.spend(request.spend.id, request.spend.until))) {
    const problem = new Problem('invalid_identity_token', 'this sign-out request was already used')
    await deps.onRefusal({ ...requestOriginOf(ctx), provider: provider.id, problem, stray: true })
    throw problem
  }
  const { ended, failures } = await deps.sessions.endUpstream(signOutTarget(provider.id, request))
  const failed = [...failures]
  for (const session of ended)
    await deps.onUpstreamSignOut(provider, session).catch((error: unknown) => failed.push(error))
  const status = failed.length === 0 ? 'success' : ended.length > 0 ? 'partial' : 'failed'
  await deps.onSignOut({ ...requestOriginOf(ctx), provider: provider.id, ended, failures: failed, status })
  return status
}
