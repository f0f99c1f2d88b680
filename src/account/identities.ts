// Connects and disconnects identities at identity providers. Both change how the user signs in, so both need a recent
// sign-in; iam/ decides which identity may be connected to which user.
import type { Context } from 'koa'
import { continueToProviderPage } from '../../views/sign-in/federation-pages.ts'
import { Problem } from '../problem.ts'
import { field } from '../web/request/body.ts'
import { type AccountDependencies, freshAccountRequestOf, ownForm, redirectDone } from './request.ts'

/** The page after the sign-in that the form required: the user submits the form again from there. */
export function backToOverview(ctx: Context): Promise<void> {
  ctx.redirect('/account')
  return Promise.resolve()
}

/** Starts an interaction at the provider that connects the identity instead of signing in (sign-in/federation/federate.ts). */
export async function connectIdentity(ctx: Context, deps: AccountDependencies): Promise<void> {
  const form = await ownForm(ctx, deps)
  const request = await freshAccountRequestOf(ctx, deps, '/account')
  if (request === undefined) return
  const offered = await deps.identities.connectable(request.profile.userId)
  const provider = offered.find(({ name }) => name === field(form, 'provider'))
  if (provider === undefined) throw new Problem('not_found', 'there is no such provider to connect')
  await deps.oidc.startSignIn(ctx, '/account', { connect: provider.name })
  // A page in between: CSP `form-action` forbids a form's response to lead to another site, even by a second redirect.
  const to = ctx.response.get('Location')
  ctx.remove('Location')
  ctx.set('Refresh', `0; url=${to}`)
  deps.show(ctx, continueToProviderPage({ title: provider.title, to, own: undefined }))
}

export async function disconnectIdentity(ctx: Context, deps: AccountDependencies): Promise<void> {
  const form = await ownForm(ctx, deps)
  const request = await freshAccountRequestOf(ctx, deps, '/account')
  if (request === undefined) return
  const { userId } = request.profile
  if (!(await deps.identities.disconnect(userId, field(form, 'identity'), request.origin)))
    throw new Problem('not_found', 'that identity is no longer connected')
  redirectDone(ctx, 'disconnected')
}
