// An identity provider signs somebody out of here: SAML Single Logout, which the browser brings, and OpenID Connect
// Back-Channel Logout, which the provider posts. Both end what they name and answer what became of it.
// Path: verify (federation/) → spend its id → end the sessions → one audit entry, durable before the answer → answer.
import type { Context } from 'koa'
import type { SignOutRequest, SignOutStatus } from '../federation/kind.ts'
import type { SignInProvider } from '../iam/sign-in/providers.ts'
import { Problem } from '../problem.ts'
import { readForm } from '../web/body.ts'
import type { Route } from '../web/route.ts'
import { fromOf } from './request-origin.ts'
import { signOutTarget } from './sign-out-names.ts'
import { ofProviders } from './upstream-refusal.ts'
import { paramOf, type SignInParts } from './visit.ts'

/** Bytes of a posted LogoutRequest or logout token. */
const maxBytes = 128 * 1024

export const signOutByUpstreamRoutes = (parts: SignInParts): readonly Route[] => [
  {
    method: 'GET',
    path: '/federation/:provider/logout',
    access: 'public',
    run: (ctx) => singleLogout(ctx, parts, undefined),
  },
  {
    method: 'POST',
    path: '/federation/:provider/logout',
    access: 'public',
    run: async (ctx) => singleLogout(ctx, parts, await readForm(ctx, { maxBytes })),
  },
  {
    method: 'POST',
    path: '/federation/:provider/backchannel-logout',
    access: 'public',
    run: (ctx) => backChannelLogout(ctx, parts),
  },
]

const addressOf = (parts: SignInParts, { name }: SignInProvider, page: string): string =>
  `${parts.issuer}/federation/${encodeURIComponent(name)}/${page}`

async function upstreamAt(ctx: Context, parts: SignInParts) {
  const provider = await parts.providers.byName(paramOf(ctx, 'provider'))
  const upstream = provider && (await parts.upstreams.of(provider))
  if (provider === undefined || upstream?.way !== 'redirect')
    throw new Problem('not_found', 'there is nothing at this address')
  return { provider, upstream }
}

/** SAML Profiles §4.4. A request that cannot be verified gets no answer at the provider: nobody knows who sent it. */
async function singleLogout(
  ctx: Context,
  parts: SignInParts,
  form: ReadonlyMap<string, string> | undefined,
): Promise<void> {
  const { provider, upstream } = await upstreamAt(ctx, parts)
  if (!upstream.readSignOut || !upstream.answerSignOut)
    throw new Problem('not_found', 'there is nothing at this address')
  const callback = addressOf(parts, provider, 'callback')
  const address = addressOf(parts, provider, 'logout')
  const received = { query: ctx.querystring, form, address, callback }
  const request = await logged(ctx, parts, provider, () => upstream.readSignOut?.(provider, received))
  // Before anything is ended: an answer must be possible.
  const answers = answersOf(upstream.answerSignOut, provider, request, callback)
  const status = await endNamed(ctx, parts, provider, request)
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
async function backChannelLogout(ctx: Context, parts: SignInParts): Promise<void> {
  const { provider, upstream } = await upstreamAt(ctx, parts)
  if (!upstream.readLogoutToken) throw new Problem('not_found', 'there is nothing at this address')
  ctx.set('Cache-Control', 'no-store')
  const token = (await readForm(ctx, { maxBytes })).get('logout_token')
  try {
    const request = await logged(ctx, parts, provider, async () => {
      if (token === undefined) throw new Problem('validation', '`logout_token` is missing')
      return upstream.readLogoutToken?.(provider, token)
    })
    const status = await endNamed(ctx, parts, provider, request)
    if (status === 'success') ctx.status = 200
    else refuse(ctx, 'not every session that the token names has ended')
    if (status === 'success') ctx.body = ''
  } catch (error) {
    if (!(error instanceof Problem) || !(ofProviders.has(error.code) || error.code === 'validation'))
      throw error
    refuse(ctx, error.message)
  }
}

function refuse(ctx: Context, description: string): void {
  ctx.status = 400
  ctx.body = { error: 'invalid_request', error_description: description }
}

/** Why a request is refused is in the log; whoever sent it learns that it was. */
async function logged<T>(
  ctx: Context,
  parts: SignInParts,
  provider: SignInProvider,
  read: () => Promise<T | undefined> | undefined,
): Promise<T> {
  try {
    const request = await read()
    if (request === undefined) throw new TypeError('no reader')
    return request
  } catch (error) {
    if (error instanceof Problem)
      await parts.onRefusal({ ...fromOf(ctx), provider: provider.id, problem: error, stray: true })
    throw error
  }
}

async function endNamed(
  ctx: Context,
  parts: SignInParts,
  provider: SignInProvider,
  request: SignOutRequest,
): Promise<SignOutStatus> {
  if (!(await parts.providers.spend(request.spend.id, request.spend.until))) {
    const problem = new Problem('invalid_identity_token', 'this sign-out request was used before')
    await parts.onRefusal({ ...fromOf(ctx), provider: provider.id, problem, stray: true })
    throw problem
  }
  const { ended, failures } = await parts.sessions.endUpstream(signOutTarget(provider.id, request))
  const failed = [...failures]
  for (const session of ended)
    await parts.onUpstreamSignOut(provider, session).catch((error: unknown) => failed.push(error))
  const status = failed.length === 0 ? 'success' : ended.length > 0 ? 'partial' : 'failed'
  await parts.onSignOut({ ...fromOf(ctx), provider: provider.id, ended, failures: failed, status })
  return status
}
