// Who one is elsewhere: connecting another identity, and taking one away. Both change how one signs in, so both want a
// fresh proof; what may be connected to whom is iam/'s to say.
import type { Context } from 'koa'
import { onwardPage } from '../../views/federation-pages.ts'
import { Problem } from '../problem.ts'
import { field } from '../web/body.ts'
import { type AccountParts, done, freshVisitOf, ownForm } from './visit.ts'

/** Where the way to a fresh proof comes back to: the form is pressed again. */
export function backToOverview(ctx: Context): Promise<void> {
  ctx.redirect('/account')
  return Promise.resolve()
}

/** On to the provider, in a sign-in of its own that connects instead of signing in (sign-in/federate.ts). */
export async function connectIdentity(ctx: Context, parts: AccountParts): Promise<void> {
  const form = await ownForm(ctx, parts)
  const visit = await freshVisitOf(ctx, parts, '/account')
  if (visit === undefined) return
  const offered = await parts.identities.connectable(visit.profile.userId)
  const provider = offered.find(({ name }) => name === field(form, 'provider'))
  if (provider === undefined) throw new Problem('not_found', 'there is no such provider to connect')
  await parts.oidc.startSignIn(ctx, '/account', { connect: provider.name })
  // A page in between: a form's answer may not lead to another site, not even by a second redirect (CSP `form-action`).
  const to = ctx.response.get('Location')
  ctx.remove('Location')
  ctx.set('Refresh', `0; url=${to}`)
  parts.show(ctx, onwardPage({ title: provider.title, to, own: undefined }))
}

export async function disconnectIdentity(ctx: Context, parts: AccountParts): Promise<void> {
  const form = await ownForm(ctx, parts)
  const visit = await freshVisitOf(ctx, parts, '/account')
  if (visit === undefined) return
  const { userId } = visit.profile
  if (!(await parts.identities.disconnect(userId, field(form, 'identity'), visit.from)))
    throw new Problem('not_found', 'that identity is not connected any more')
  done(ctx, 'disconnected')
}
