// `/sign-in/link`: a one-time link with which a person chooses a password (iam/sign-in/one-time-links.ts), and the sign-in goes
// on with it (with-new-password.ts). Looking at the page uses nothing up, so programs that follow links in mail do no harm; the first form that is sent
// binds the link to its browser.
import type { Context } from 'koa'
import { choosePasswordPage, unusableLinkPage } from '../../../views/sign-in/link-pages.ts'
import type { OneTimeLinks } from '../../iam/sign-in/one-time-links.ts'
import { isProblem } from '../../problem.ts'
import { field, readForm, readQuery } from '../../web/request/body.ts'
import type { CookieJar } from '../../web/request/cookies.ts'
import type { ForgeryGuard } from '../../web/request/forgery.ts'
import { requestIdOf } from '../../web/request/request-id.ts'
import type { Route } from '../../web/route.ts'
import type { ProvenPassword } from '../credentials.ts'
import { sentence } from '../problems.ts'
import { requestOriginOf } from '../request-origin.ts'
import type { Show } from '../show.ts'
import { type NewPasswordSignIn, signInWithNewPassword } from './with-new-password.ts'

export interface LinkDependencies extends NewPasswordSignIn {
  readonly links: Pick<OneTimeLinks, 'look' | 'bind' | 'choosePassword'>
  readonly forms: ForgeryGuard
  readonly cookies: CookieJar
  readonly show: Show
  /** Path of the page that sends another link; undefined without mail. */
  readonly forgottenPage: () => string | undefined
}

const path = '/sign-in/link'

/** Where the sign-in leads. */
const onward: ReadonlyMap<string, string> = new Map([['console', '/console']])

/** URL of a one-time link. @param to a name of `onward`; default: the account */
export const signInLink = (issuer: string, token: string, to?: 'console'): string =>
  `${issuer}${path}?token=${token}${to === undefined ? '' : `&to=${to}`}`
const cookieName = 'sign-in-link'
/** Seconds; a link that lives longer is bound by its record all the same. */
const cookieLifetime = 7 * 24 * 3600

export const linkRoutes = (deps: LinkDependencies): readonly Route[] => [
  { method: 'GET', path, access: 'public', run: (ctx) => open(ctx, deps) },
  { method: 'POST', path, access: 'public', run: (ctx) => choose(ctx, deps) },
]

async function open(ctx: Context, deps: LinkDependencies): Promise<void> {
  const query = readQuery(ctx)
  await showForm(ctx, deps, query.get('token') ?? '', query.get('to'))
}

async function showForm(
  ctx: Context,
  deps: LinkDependencies,
  token: string,
  to: string | undefined,
): Promise<void> {
  const link = await deps.links.look(token, deps.cookies.get(ctx, cookieName))
  if (link === undefined) return showUnusable(ctx, deps)
  const target = { action: path, token: deps.forms.token(ctx) }
  deps.show(ctx, choosePasswordPage({ ...target, ...link, link: token, to }))
}

const showUnusable = (ctx: Context, { show, forgottenPage }: LinkDependencies): void =>
  show(ctx, unusableLinkPage({ reference: requestIdOf(ctx), forgotten: forgottenPage() }), { status: 404 })

async function choose(ctx: Context, deps: LinkDependencies): Promise<void> {
  const form = await readForm(ctx)
  deps.forms.check(ctx, form)
  const token = field(form, 'link')
  const to = form.get('to')
  const known = deps.cookies.get(ctx, cookieName)
  const browser = await deps.links.bind(token, known)
  if (browser === undefined) return showUnusable(ctx, deps)
  if (browser !== known) deps.cookies.set(ctx, cookieName, browser, cookieLifetime)
  const password = field(form, 'password')
  const chosen = await setPassword(deps, ctx, {
    token,
    browser,
    password,
    again: form.get('again') ?? password,
  })
  if (chosen === 'unusable') return showUnusable(ctx, deps)
  if (typeof chosen === 'string') {
    const link = await deps.links.look(token, browser)
    if (link === undefined) return showUnusable(ctx, deps)
    const target = { action: path, token: deps.forms.token(ctx) }
    return deps.show(ctx, choosePasswordPage({ ...target, ...link, link: token, to, problem: chosen }), {
      status: 422,
    })
  }
  deps.cookies.clear(ctx, cookieName)
  await signInWithNewPassword(ctx, deps, chosen, onward.get(to ?? '') ?? '/account')
}

interface Choice {
  readonly token: string
  readonly browser: string
  readonly password: string
  readonly again: string
}

/** Sets the password; otherwise what is wrong. */
async function setPassword(
  { links }: LinkDependencies,
  ctx: Context,
  { token, browser, password, again }: Choice,
): Promise<ProvenPassword | string> {
  if (password === '') return 'Enter a password.'
  if (password !== again) return 'The passwords do not match.'
  try {
    return await links.choosePassword(token, browser, password, requestOriginOf(ctx))
  } catch (error) {
    if (isProblem(error, 'not_found')) return 'unusable'
    if (isProblem(error, 'password_policy_violation', 'invalid_input', 'validation'))
      return sentence(error.message)
    throw error
  }
}
