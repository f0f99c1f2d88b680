// `/sign-in/register`: a person asks for an account of their own, and `/sign-in/create-account` creates it with the link that was
// sent (iam/sign-in/self-registration.ts). Only where mail is configured and an administrator allows it. Looking at the link
// uses nothing up; its form does.
import type { Context } from 'koa'
import { choosePasswordPage, unusableLinkPage } from '../../../views/sign-in/link-pages.ts'
import { registerPage, registerSentPage } from '../../../views/sign-in/register-pages.ts'
import type { SelfRegistration } from '../../iam/sign-in/self-registration.ts'
import { isProblem, Problem } from '../../problem.ts'
import { type Form, field, readForm, readQuery } from '../../web/request/body.ts'
import type { ForgeryGuard } from '../../web/request/forgery.ts'
import { requestIdOf } from '../../web/request/request-id.ts'
import type { Route } from '../../web/route.ts'
import type { ProvenPassword } from '../credentials.ts'
import { sentence, waitPage } from '../problems.ts'
import { requestOriginOf } from '../request-origin.ts'
import type { Show } from '../show.ts'
import { type NewPasswordSignIn, signInWithNewPassword } from './with-new-password.ts'

export interface RegisterDependencies extends NewPasswordSignIn {
  readonly registration: Pick<SelfRegistration, 'isOn' | 'request' | 'look' | 'register'>
  readonly forms: ForgeryGuard
  readonly show: Show
}

export const registerPath = '/sign-in/register'
const createPath = '/sign-in/create-account'

/** URL of the page of a link. @param issuer the public URL, no trailing slash */
export const createAccountUrl = (issuer: string, token: string): string =>
  `${issuer}${createPath}?token=${token}`

export function registerRoutes(deps: RegisterDependencies): readonly Route[] {
  const route = (method: Route['method'], path: string, run: (ctx: Context) => Promise<void>): Route => ({
    method,
    path,
    access: 'public',
    async run(ctx) {
      if (!(await deps.registration.isOn())) throw new Problem('not_found', 'there is no page here')
      await run(ctx)
    },
  })
  return [
    route('GET', registerPath, async (ctx) => showForm(ctx, deps)),
    route('POST', registerPath, (ctx) => requestLink(ctx, deps)),
    route('GET', createPath, (ctx) => showPasswordForm(ctx, deps, readQuery(ctx).get('token') ?? '')),
    route('POST', createPath, (ctx) => create(ctx, deps)),
  ]
}

const showForm = (
  ctx: Context,
  { forms, show }: RegisterDependencies,
  failure?: { readonly problem: string; readonly typed: string },
): void =>
  show(ctx, registerPage({ action: registerPath, token: forms.token(ctx), ...failure }), {
    status: failure === undefined ? 200 : 422,
  })

async function requestLink(ctx: Context, deps: RegisterDependencies): Promise<void> {
  const form = await ownForm(ctx, deps)
  const typed = field(form, 'username').slice(0, 254)
  try {
    await deps.registration.request(typed)
  } catch (error) {
    if (isProblem(error, 'invalid_input'))
      return showForm(ctx, deps, { problem: sentence(error.message), typed })
    if (!isProblem(error, 'unavailable')) throw error
    ctx.set('Retry-After', String(error.retryAfter ?? 30))
    return deps.show(ctx, waitPage(error.retryAfter, registerPath), { status: 503 })
  }
  deps.show(ctx, registerSentPage())
}

async function showPasswordForm(
  ctx: Context,
  deps: RegisterDependencies,
  link: string,
  problem?: string,
): Promise<void> {
  const found = await deps.registration.look(link)
  if (found === undefined)
    return deps.show(ctx, unusableLinkPage({ reference: requestIdOf(ctx) }), { status: 404 })
  const target = { action: createPath, token: deps.forms.token(ctx) }
  const page = choosePasswordPage({
    ...target,
    userName: found.email,
    first: true,
    rule: found.rule,
    link,
    problem,
  })
  deps.show(ctx, page, { status: problem === undefined ? 200 : 422 })
}

async function create(ctx: Context, deps: RegisterDependencies): Promise<void> {
  const form = await ownForm(ctx, deps)
  const [link, password] = [field(form, 'link'), field(form, 'password')]
  if (password === '') return showPasswordForm(ctx, deps, link, 'Enter a password.')
  if (password !== (form.get('again') ?? password))
    return showPasswordForm(ctx, deps, link, 'The passwords do not match.')
  let registered: ProvenPassword
  try {
    registered = await deps.registration.register(link, password, requestOriginOf(ctx))
  } catch (error) {
    if (isProblem(error, 'not_found')) return showPasswordForm(ctx, deps, '')
    if (isProblem(error, 'password_policy_violation', 'validation'))
      return showPasswordForm(ctx, deps, link, sentence(error.message))
    throw error
  }
  await signInWithNewPassword(ctx, deps, registered, '/account')
}

async function ownForm(ctx: Context, { forms }: RegisterDependencies): Promise<Form> {
  const form = await readForm(ctx)
  forms.check(ctx, form)
  return form
}
