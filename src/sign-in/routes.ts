// The sign-in over HTTP. This room owns the order of the steps (steps.ts), the form of each (steps/)
// and consent (consent.ts). Credentials are checked by iam/ through credentials.ts, sessions are
// created by oidc/edge.ts, and markup is in views/.
// Processing of a request: check the form's origin and CSRF token → load the interaction and its progress → find the step
// that is due → show its page or process its form. A form for any other step is not read.
import type { Context } from 'koa'
import type { FormTarget } from '../../views/form.ts'
import type { Page } from '../../views/layout.ts'
import type { Interaction, SignOutNames } from '../oidc/edge.ts'
import { Problem } from '../problem.ts'
import { type Form, field, readForm } from '../web/request/body.ts'
import { requestIdOf } from '../web/request/request-id.ts'
import type { Route } from '../web/route.ts'
import {
  accessRefusal,
  accountChooser,
  chooseAnother,
  isAccessRefused,
  mustChooseAccount,
  submitChoice,
} from './choose-account.ts'
import { consentPageFor } from './consent.ts'
import { federationStepRoutes, withRefusalPage } from './federation/federate.ts'
import { unlinkedIdentityNote, writeUnlinkedIdentity } from './federation/unlinked-identity.ts'
import { showRefusal } from './federation/upstream-refusal.ts'
import { endedPage, waitPage } from './problems.ts'
import { progressNote, writeProgress } from './progress.ts'
import {
  currentUserOf,
  interactionOf,
  paramOf,
  pathOf,
  type SignInDependencies,
  signInRequestOf,
} from './request.ts'
import type { Failure, Progress, SignInRequest, Step, StepResult, UnlinkedIdentity } from './step.ts'
import { stepOf } from './steps.ts'
import { inTrustedBrowser } from './trusted-browser.ts'

/** All routes below `/sign-in/<uid>`. */
export function signInRoutes(deps: SignInDependencies): readonly Route[] {
  const route = (method: 'GET' | 'POST', path: string, run: (ctx: Context) => Promise<void>): Route => ({
    method,
    path: `/sign-in/:uid${path}`,
    access: 'public',
    run: withErrorPages(deps, run),
  })
  const redirectToDueStep = async (ctx: Context) =>
    redirect(ctx, `/sign-in/${encodeURIComponent(paramOf(ctx, 'uid'))}`)
  return [
    route('GET', '', (ctx) => showDueStep(ctx, deps)),
    // Listed before `:step`, which would match them too.
    route('POST', '/allow', (ctx) => answerConsent(ctx, deps, 'allow')),
    route('POST', '/refuse', (ctx) => answerConsent(ctx, deps, 'refuse')),
    route('POST', '/continue', (ctx) => answerChooser(ctx, deps, 'continue')),
    route('POST', '/another', (ctx) => answerChooser(ctx, deps, 'another')),
    route('POST', '/restart', (ctx) => restart(ctx, deps)),
    ...federationStepRoutes(deps).map(([method, path, run]) => route(method, path, run)),
    // A form's address that is reloaded or typed in shows the step that is due.
    ...['/allow', '/refuse', '/continue', '/another', '/restart', '/connect', '/:step'].map((path) =>
      route('GET', path, redirectToDueStep),
    ),
    route('POST', '/:step', (ctx) => submit(ctx, deps)),
  ]
}

/** Handles throttling, ended interactions and concurrent requests; web/ shows all other errors. */
const withErrorPages =
  (deps: SignInDependencies, run: (ctx: Context) => Promise<void>) => async (ctx: Context) => {
    try {
      await run(ctx)
    } catch (error) {
      const path = `/sign-in/${encodeURIComponent(paramOf(ctx, 'uid'))}`
      if (!(error instanceof Problem)) throw error
      if (error.code === 'throttled') {
        ctx.set('Retry-After', String(error.retryAfter ?? 30))
        deps.show(ctx, waitPage(error.retryAfter, path), { status: 429 })
      } else if (error.code === 'concurrent_modification') {
        // Another tab or a double click was faster: show the step that is due now.
        redirect(ctx, path)
      } else if (error.code === 'not_found') {
        deps.show(ctx, endedPage(requestIdOf(ctx)), { status: 404 })
      } else throw error
    }
  }

async function showDueStep(ctx: Context, deps: SignInDependencies): Promise<void> {
  const interaction = await interactionOf(ctx, deps)
  if (interaction.ask === 'consent') return showConsent(ctx, deps, interaction)
  if (mustChooseAccount(interaction)) return showChooser(ctx, deps, interaction)
  if (isAccessRefused(interaction)) return showAccessRefusal(ctx, deps, interaction)
  const request = await signInRequestOf(ctx, deps, interaction)
  const step = stepOf(request)
  const hinted = step?.name === 'password' ? await hintedProvider(request, deps) : undefined
  if (hinted !== undefined) {
    await deps.interactions.note(interaction, hintNote, hinted.name)
    return redirect(ctx, `${request.path}/to/${encodeURIComponent(hinted.name)}`)
  }
  if (step === undefined) return finish(ctx, deps, request)
  const trusted = step.name === 'code' ? await inTrustedBrowser(ctx, deps, request) : undefined
  return trusted ? finish(ctx, deps, trusted) : show(ctx, deps, request, step)
}

/** Note that the provider hint was followed. A user who returns without signing in sees the sign-in page. */
const hintNote = 'provider-hint'

/** The provider that the application's request redirects to, at most once; a hint without a matching provider is ignored. */
async function hintedProvider(
  { interaction, unlinked, option }: SignInRequest,
  deps: SignInDependencies,
): Promise<{ readonly name: string } | undefined> {
  const { providerHint: hint, notes } = interaction
  if (hint === undefined || notes.has(hintNote) || unlinked !== undefined || option !== undefined)
    return undefined
  const named = hint.name === undefined ? undefined : await deps.providers.byName(hint.name)
  return named ?? (hint.domain === undefined ? undefined : deps.providers.ofAddress(`-@${hint.domain}`))
}

async function submit(ctx: Context, deps: SignInDependencies): Promise<void> {
  const form = await readOwnForm(ctx, deps)
  const interaction = await interactionOf(ctx, deps)
  const path = pathOf(interaction)
  if (interaction.ask === 'consent' || mustChooseAccount(interaction) || isAccessRefused(interaction))
    return redirect(ctx, path)
  const request = await signInRequestOf(ctx, deps, interaction)
  const step = stepOf(request)
  // The user skipped a step, went back, or finished in another tab: the form is not read.
  if (step?.name !== paramOf(ctx, 'step')) return redirect(ctx, path)
  const option = field(form, 'factor') || undefined
  const submitted: SignInRequest = {
    ...request,
    option,
    target: { ...request.target, action: `${path}/${step.name}` },
  }
  return respond(ctx, deps, submitted, step, await step.submit(submitted, form, deps))
}

async function respond(
  ctx: Context,
  deps: SignInDependencies,
  request: SignInRequest,
  step: Step,
  result: StepResult,
): Promise<void> {
  switch (result.kind) {
    case 'invalid':
      return show(ctx, deps, request, step, { problem: result.problem, typed: result.typed }, result.status)
    case 'restart':
      await saveProgress(request, deps, undefined)
      return redirect(ctx, request.path)
    case 'unlinked':
      await deps.interactions.note(
        request.interaction,
        unlinkedIdentityNote,
        writeUnlinkedIdentity(result.unlinked),
      )
      return redirect(ctx, request.path)
    case 'refused': {
      const { provider, refusal: problem } = result
      return showRefusal(ctx, deps, { provider, problem, back: request.path, alreadyAudited: true })
    }
    case 'continue-at-provider':
      ctx.set('Refresh', `0; url=${result.to}`)
      return showPage(ctx, deps, request.interaction, result.page)
    case 'shown':
      await saveProgress(request, deps, result.progress)
      return showPage(ctx, deps, request.interaction, result.page)
    case 'proven': {
      await saveProgress(request, deps, result.progress)
      const user = await currentUserOf(result.progress, deps, request.now)
      const next: SignInRequest = { ...request, user }
      return stepOf(next) === undefined ? finish(ctx, deps, next) : redirect(ctx, request.path)
    }
  }
}

/** Every step is done: creates the session and continues with the application's request. */
async function finish(ctx: Context, deps: SignInDependencies, request: SignInRequest): Promise<void> {
  const { user, unlinked, interaction } = request
  if (user === undefined) throw new TypeError('finished without a user')
  const { progress } = user
  if (unlinked === undefined) return createSession(ctx, deps, request, progress, progress.upstream)
  // Connecting is attempted once; if it is refused, the sign-in continues without it.
  await deps.interactions.note(interaction, unlinkedIdentityNote, undefined)
  const provider = await deps.providers.byName(unlinked.name)
  await withRefusalPage(ctx, deps, provider, interaction, async () => {
    const connected = await connectIdentity(deps, request, progress.userId, unlinked)
    const amr = [...new Set([...progress.amr, ...connected.amr])]
    return createSession(ctx, deps, request, { ...progress, amr }, connected)
  })
}

interface ViaProvider {
  readonly provider: string
  readonly leave?: string | undefined
  readonly signOutNames?: SignOutNames | undefined
  readonly authTime?: number | undefined
}

/** Methods that this server itself verified in this sign-in. */
const localMethods: ReadonlySet<string> = new Set(['pwd', 'otp', 'kba', 'hwk'])

/** When nothing was verified by this server, `auth_time` is the provider's, which may be long ago (attacks.md 20). */
const authTimeOf = (amr: Progress['amr'], via: ViaProvider | undefined): number | undefined =>
  amr.some((method) => localMethods.has(method)) ? undefined : via?.authTime

async function createSession(
  ctx: Context,
  deps: SignInDependencies,
  request: SignInRequest,
  {
    userId,
    amr,
    password,
    factor,
    trustsBrowser,
  }: Pick<Progress, 'userId' | 'amr' | 'password' | 'factor' | 'trustsBrowser'>,
  via: ViaProvider | undefined,
): Promise<void> {
  const clientId = request.interaction.client?.id
  const authTime = authTimeOf(amr, via)
  const newBrowser = await deps.browsers?.see(ctx, userId)
  const provider = via?.provider
  const { trustedBrowser } = request
  await deps.onSignIn({ ...request.origin, userId, amr, clientId, provider, newBrowser, trustedBrowser })
  if (trustsBrowser && factor !== undefined)
    await deps.browserTrust.begin(ctx, userId, factor, request.origin)
  await deps.interactions.finish(ctx, {
    userId,
    amr,
    password,
    ...(factor !== undefined && { factor }),
    ...(via && { upstream: upstreamOf(via) }),
    ...(authTime !== undefined && { authTime }),
  })
}

/** Connects the identity to a user all of whose factors were verified in this same sign-in (attacks.md 17). */
async function connectIdentity(
  deps: SignInDependencies,
  request: SignInRequest,
  userId: string,
  unlinked: UnlinkedIdentity,
): Promise<ViaProvider & { readonly amr: Progress['amr'] }> {
  const provider = await deps.providers.byName(unlinked.name)
  if (provider?.id !== unlinked.identity.provider)
    throw new Problem('denied', 'this sign-in method is not available')
  await deps.identities.connect(userId, unlinked.identity, provider, request.origin)
  const { leave, signOutNames } = unlinked
  return { provider: provider.id, leave, signOutNames, amr: unlinked.amr }
}

const upstreamOf = ({ provider, leave, signOutNames }: ViaProvider) => ({
  provider,
  // arn:aws:iam::<account>:…
  accountId: provider.split(':')[4] ?? '',
  leave,
  signOutNames,
})

async function restart(ctx: Context, deps: SignInDependencies): Promise<void> {
  await readOwnForm(ctx, deps)
  const interaction = await interactionOf(ctx, deps)
  await saveProgress({ interaction }, deps, undefined)
  await deps.interactions.note(interaction, unlinkedIdentityNote, undefined)
  redirect(ctx, pathOf(interaction))
}

async function answerConsent(
  ctx: Context,
  deps: SignInDependencies,
  answer: 'allow' | 'refuse',
): Promise<void> {
  await readOwnForm(ctx, deps)
  const interaction = await interactionOf(ctx, deps)
  if (answer === 'refuse') return deps.interactions.refuse(ctx)
  if (interaction.ask !== 'consent') return redirect(ctx, pathOf(interaction))
  return deps.interactions.consent(ctx)
}

async function showConsent(ctx: Context, deps: SignInDependencies, interaction: Interaction): Promise<void> {
  const page = consentPageFor(interaction, await userNameOf(deps, interaction), (action) =>
    targetOf(ctx, deps, interaction, action),
  )
  showPage(ctx, deps, interaction, page)
}

async function answerChooser(
  ctx: Context,
  deps: SignInDependencies,
  answer: 'continue' | 'another',
): Promise<void> {
  await readOwnForm(ctx, deps)
  const interaction = await interactionOf(ctx, deps)
  if (isAccessRefused(interaction) && answer === 'another') {
    await chooseAnother(deps, interaction)
    return redirect(ctx, pathOf(interaction))
  }
  if (!mustChooseAccount(interaction)) return redirect(ctx, pathOf(interaction))
  if ((await submitChoice(ctx, deps, interaction, answer)) === 'sign-in') redirect(ctx, pathOf(interaction))
}

async function showChooser(ctx: Context, deps: SignInDependencies, interaction: Interaction): Promise<void> {
  const page = accountChooser(interaction, await userNameOf(deps, interaction), (action) =>
    targetOf(ctx, deps, interaction, action),
  )
  showPage(ctx, deps, interaction, page)
}

async function showAccessRefusal(
  ctx: Context,
  deps: SignInDependencies,
  interaction: Interaction,
): Promise<void> {
  const page = accessRefusal(interaction, await userNameOf(deps, interaction), (action) =>
    targetOf(ctx, deps, interaction, action),
  )
  showPage(ctx, deps, interaction, page, 403)
}

/** Name of the user signed in to this browser. @throws Problem('not_found') when the user was deleted or disabled */
async function userNameOf(deps: SignInDependencies, { userId }: Interaction): Promise<string> {
  const status = userId === undefined ? undefined : await deps.credentials.signInStatus(userId)
  if (status === undefined) throw new Problem('not_found', 'this sign-in has ended')
  return status.userName
}

const saveProgress = (
  { interaction }: Pick<SignInRequest, 'interaction'>,
  deps: SignInDependencies,
  progress: Progress | undefined,
): Promise<void> => deps.interactions.note(interaction, progressNote, progress && writeProgress(progress))

async function show(
  ctx: Context,
  deps: SignInDependencies,
  request: SignInRequest,
  step: Step,
  failure?: Failure,
  status = 200,
): Promise<void> {
  const current = { ...request, target: { ...request.target, action: `${request.path}/${step.name}` } }
  const stepPage = await step.page(current, deps, failure)
  if (stepPage.progress !== undefined) await saveProgress(request, deps, stepPage.progress)
  showPage(ctx, deps, request.interaction, stepPage.page, status)
}

const showPage = (
  ctx: Context,
  deps: SignInDependencies,
  interaction: Interaction,
  page: Page,
  status = 200,
): void => deps.show(ctx, page, { status, formTo: interaction.returnsTo })

async function readOwnForm(ctx: Context, deps: SignInDependencies): Promise<Form> {
  const form = await readForm(ctx)
  deps.forms.check(ctx, form)
  return form
}

const targetOf = (
  ctx: Context,
  deps: SignInDependencies,
  interaction: Interaction,
  action: string,
): FormTarget => ({
  action: `${pathOf(interaction)}/${action}`,
  token: deps.forms.token(ctx),
})

/** 303, so that reloading the next page does not resubmit the form. */
function redirect(ctx: Context, path: string): void {
  ctx.redirect(path)
  ctx.status = 303
}
