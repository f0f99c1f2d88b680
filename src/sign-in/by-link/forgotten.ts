// `/sign-in/forgot`: requests a link for a new password by mail (iam/sign-in/forgotten-password.ts). Only where mail is
// configured. Every answer is the same, so that nobody learns who has an account.
import type { Context } from 'koa'
import { forgottenPage, forgottenSentPage } from '../../../views/sign-in/forgotten-pages.ts'
import type { ForgottenPassword } from '../../iam/sign-in/forgotten-password.ts'
import { Problem } from '../../problem.ts'
import { field, readForm } from '../../web/request/body.ts'
import type { ForgeryGuard } from '../../web/request/forgery.ts'
import type { Route } from '../../web/route.ts'
import { waitPage } from '../problems.ts'
import { requestOriginOf } from '../request-origin.ts'
import type { Show } from '../show.ts'

export interface ForgottenDependencies {
  /** Whether mail is configured now. */
  readonly canSendMail: () => boolean
  readonly forgotten: Pick<ForgottenPassword, 'request'>
  readonly forms: ForgeryGuard
  readonly show: Show
}

export const forgottenPath = '/sign-in/forgot'

export function forgottenRoutes(deps: ForgottenDependencies): readonly Route[] {
  const route = (method: Route['method'], run: (ctx: Context) => Promise<void>): Route => ({
    method,
    path: forgottenPath,
    access: 'public',
    async run(ctx) {
      if (!deps.canSendMail()) throw new Problem('not_found', 'there is no page here')
      await run(ctx)
    },
  })
  return [route('GET', async (ctx) => showForm(ctx, deps)), route('POST', (ctx) => submitForm(ctx, deps))]
}

const showForm = (ctx: Context, { forms, show }: ForgottenDependencies, problem?: string): void =>
  show(ctx, forgottenPage({ action: forgottenPath, token: forms.token(ctx), problem }), {
    status: problem === undefined ? 200 : 422,
  })

async function submitForm(ctx: Context, deps: ForgottenDependencies): Promise<void> {
  const form = await readForm(ctx)
  deps.forms.check(ctx, form)
  const typed = field(form, 'username').trim()
  if (typed === '') return showForm(ctx, deps, 'Enter your user name or e-mail address.')
  try {
    await deps.forgotten.request(typed, requestOriginOf(ctx))
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'unavailable') throw error
    ctx.set('Retry-After', String(error.retryAfter ?? 30))
    return deps.show(ctx, waitPage(error.retryAfter, forgottenPath), { status: 503 })
  }
  deps.show(ctx, forgottenSentPage())
}
