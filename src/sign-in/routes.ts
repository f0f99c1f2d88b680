// The steps from stranger to session, over HTTP. Owns the order of the steps (steps.ts), what each takes (password.ts,
// code.ts, new-password.ts, enrol.ts) and the question of consent (consent.ts). Owns no credential (iam/ checks them
// behind credentials.ts), no session (oidc/edge.ts makes it) and no markup (views/).
// Path of a request: check the form's origin and token → the interaction and its progress → which step is due →
// that step's page, or its form. A form for another step than the one that is due is not read at all.
import type { Context } from 'koa'
import type { FormTarget } from '../../views/form.ts'
import type { Page } from '../../views/layout.ts'
import type { Interaction, SignOutNames } from '../oidc/edge.ts'
import { Problem } from '../problem.ts'
import { type Form, field, readForm } from '../web/body.ts'
import { requestIdOf } from '../web/request-id.ts'
import type { Route } from '../web/route.ts'
import { choosePage, mustChoose, takeChoice } from './choose-account.ts'
import { consentOf } from './consent.ts'
import { explained, federateSteps } from './federate.ts'
import { endedPage, waitPage } from './problems.ts'
import { progressNote, writeProgress } from './progress.ts'
import type { Failure, Outcome, Progress, Step, Stranger, Visit } from './step.ts'
import { stepOf } from './steps.ts'
import { strangerNote, writeStranger } from './unlinked-identity.ts'
import { showRefusal } from './upstream-refusal.ts'
import { detailsOf, knownFrom, paramOf, pathOf, type SignInParts, visitOf } from './visit.ts'

/** Everything under `/sign-in/<uid>`. */
export function signInRoutes(parts: SignInParts): readonly Route[] {
  const at = (method: 'GET' | 'POST', path: string, run: (ctx: Context) => Promise<void>): Route => ({
    method,
    path: `/sign-in/:uid${path}`,
    access: 'public',
    run: guarded(parts, run),
  })
  const back = async (ctx: Context) => redirect(ctx, `/sign-in/${encodeURIComponent(paramOf(ctx, 'uid'))}`)
  return [
    at('GET', '', (ctx) => ask(ctx, parts)),
    // Before `:step`, which matches them too.
    at('POST', '/allow', (ctx) => answerConsent(ctx, parts, 'allow')),
    at('POST', '/refuse', (ctx) => answerConsent(ctx, parts, 'refuse')),
    at('POST', '/continue', (ctx) => answerChooser(ctx, parts, 'continue')),
    at('POST', '/another', (ctx) => answerChooser(ctx, parts, 'another')),
    at('POST', '/restart', (ctx) => restart(ctx, parts)),
    ...federateSteps(parts).map(([method, path, run]) => at(method, path, run)),
    // What a form's own address shows on reload, or typed in: the step that is due.
    ...['/allow', '/refuse', '/continue', '/another', '/restart', '/connect', '/:step'].map((path) =>
      at('GET', path, back),
    ),
    at('POST', '/:step', (ctx) => take(ctx, parts)),
  ]
}

/** Throttles and ended interactions have pages of their own, as has what another request did meanwhile; other problems are web's. */
const guarded = (parts: SignInParts, run: (ctx: Context) => Promise<void>) => async (ctx: Context) => {
  try {
    await run(ctx)
  } catch (error) {
    const path = `/sign-in/${encodeURIComponent(paramOf(ctx, 'uid'))}`
    if (!(error instanceof Problem)) throw error
    if (error.code === 'throttled') {
      ctx.set('Retry-After', String(error.retryAfter ?? 30))
      parts.show(ctx, waitPage(error.retryAfter, path), { status: 429 })
    } else if (error.code === 'concurrent_modification') {
      // Another tab or a second click was first: the page of what is due now.
      redirect(ctx, path)
    } else if (error.code === 'not_found') {
      parts.show(ctx, endedPage(requestIdOf(ctx)), { status: 404 })
    } else throw error
  }
}

async function ask(ctx: Context, parts: SignInParts): Promise<void> {
  const interaction = await detailsOf(ctx, parts)
  if (interaction.ask === 'consent') return showConsent(ctx, parts, interaction)
  if (mustChoose(interaction)) return showChooser(ctx, parts, interaction)
  const visit = await visitOf(ctx, parts, interaction)
  const step = stepOf(visit)
  const hinted = step?.name === 'password' ? await hintedProvider(visit, parts) : undefined
  if (hinted !== undefined) {
    await parts.interactions.note(interaction, hintNote, hinted.name)
    return redirect(ctx, `${visit.path}/to/${encodeURIComponent(hinted.name)}`)
  }
  return step === undefined ? finish(ctx, parts, visit) : show(ctx, parts, visit, step)
}

/** Says that a hint was followed: whoever comes back without a sign-in is asked how to go on. */
const hintNote = 'provider-hint'

/** The provider that the application's request leads straight to, once; a hint that names none is passed over. */
async function hintedProvider(
  { interaction, stranger, way }: Visit,
  parts: SignInParts,
): Promise<{ readonly name: string } | undefined> {
  const { providerHint: hint, notes } = interaction
  if (hint === undefined || notes.has(hintNote) || stranger !== undefined || way !== undefined)
    return undefined
  const named = hint.name === undefined ? undefined : await parts.providers.byName(hint.name)
  return named ?? (hint.domain === undefined ? undefined : parts.providers.ofAddress(`-@${hint.domain}`))
}

async function take(ctx: Context, parts: SignInParts): Promise<void> {
  const form = await ownForm(ctx, parts)
  const interaction = await detailsOf(ctx, parts)
  const path = pathOf(interaction)
  if (interaction.ask === 'consent' || mustChoose(interaction)) return redirect(ctx, path)
  const visit = await visitOf(ctx, parts, interaction)
  const step = stepOf(visit)
  // Skipped ahead, gone back, or finished in another tab: nothing of the form is read.
  if (step?.name !== paramOf(ctx, 'step')) return redirect(ctx, path)
  const way = field(form, 'factor') || undefined
  const here = { ...visit, way, target: { ...visit.target, action: `${path}/${step.name}` } }
  return move(ctx, parts, here, step, await step.accept(here, form, parts))
}

async function move(
  ctx: Context,
  parts: SignInParts,
  visit: Visit,
  step: Step,
  outcome: Outcome,
): Promise<void> {
  switch (outcome.kind) {
    case 'again':
      return show(ctx, parts, visit, step, { problem: outcome.problem, typed: outcome.typed }, outcome.status)
    case 'restart':
      await remember(visit, parts, undefined)
      return redirect(ctx, visit.path)
    case 'stranger':
      await parts.interactions.note(visit.interaction, strangerNote, writeStranger(outcome.stranger))
      return redirect(ctx, visit.path)
    case 'refused': {
      const { provider, refusal: problem } = outcome
      return showRefusal(ctx, parts, { provider, problem, back: visit.path, onTrail: true })
    }
    case 'onward':
      ctx.set('Refresh', `0; url=${outcome.to}`)
      return showPage(ctx, parts, visit.interaction, outcome.page)
    case 'shown':
      await remember(visit, parts, outcome.progress)
      return showPage(ctx, parts, visit.interaction, outcome.page)
    case 'proven': {
      await remember(visit, parts, outcome.progress)
      const known = await knownFrom(outcome.progress, parts, visit.now)
      const next = { ...visit, known }
      return stepOf(next) === undefined ? finish(ctx, parts, next) : redirect(ctx, visit.path)
    }
  }
}

/** Every step is done: a new session, and on to where the person wanted to go. */
async function finish(ctx: Context, parts: SignInParts, visit: Visit): Promise<void> {
  const { known, stranger, interaction } = visit
  if (known === undefined) throw new TypeError('finished without a person')
  const { progress } = known
  if (stranger === undefined) return enter(ctx, parts, visit, progress, progress.upstream)
  // Tried once: where it is refused, the next look at this sign-in goes on without.
  await parts.interactions.note(interaction, strangerNote, undefined)
  const provider = await parts.providers.byName(stranger.name)
  await explained(ctx, parts, provider, interaction, async () => {
    const joined = await connectStranger(parts, visit, progress.userId, stranger)
    const amr = [...new Set([...progress.amr, ...joined.amr])]
    return enter(ctx, parts, visit, { ...progress, amr }, joined)
  })
}

interface Through {
  readonly provider: string
  readonly leave?: string | undefined
  readonly signOutNames?: SignOutNames | undefined
  readonly authTime?: number | undefined
}

/** Shown here, in this sign-in. */
const ownMethods: ReadonlySet<string> = new Set(['pwd', 'otp', 'kba', 'hwk'])

/** Who showed nothing here proved who they are when the provider says, which may be long ago (attacks.md 20). */
const authTimeOf = (amr: Progress['amr'], through: Through | undefined): number | undefined =>
  amr.some((method) => ownMethods.has(method)) ? undefined : through?.authTime

async function enter(
  ctx: Context,
  parts: SignInParts,
  visit: Visit,
  { userId, amr, password, factor }: Pick<Progress, 'userId' | 'amr' | 'password' | 'factor'>,
  through: Through | undefined,
): Promise<void> {
  const clientId = visit.interaction.client?.id
  const authTime = authTimeOf(amr, through)
  await parts.onSignIn({ ...visit.from, userId, amr, clientId, provider: through?.provider })
  await parts.interactions.finish(ctx, {
    userId,
    amr,
    password,
    ...(factor !== undefined && { factor }),
    ...(through && { upstream: upstreamOf(through) }),
    ...(authTime !== undefined && { authTime }),
  })
}

/** Whoever proved every factor of a user in this very sign-in says that the stranger is them (attacks.md 17). */
async function connectStranger(
  parts: SignInParts,
  visit: Visit,
  userId: string,
  stranger: Stranger,
): Promise<Through & { readonly amr: Progress['amr'] }> {
  const provider = await parts.providers.byName(stranger.name)
  if (provider?.id !== stranger.arriving.provider)
    throw new Problem('denied', 'this way to sign in is switched off')
  await parts.identities.connect(userId, stranger.arriving, provider, visit.from)
  const { leave, signOutNames } = stranger
  return { provider: provider.id, leave, signOutNames, amr: stranger.amr }
}

const upstreamOf = ({ provider, leave, signOutNames }: Through) => ({
  provider,
  // arn:aws:iam::<account>:…
  accountId: provider.split(':')[4] ?? '',
  leave,
  signOutNames,
})

async function restart(ctx: Context, parts: SignInParts): Promise<void> {
  await ownForm(ctx, parts)
  const interaction = await detailsOf(ctx, parts)
  await remember({ interaction }, parts, undefined)
  await parts.interactions.note(interaction, strangerNote, undefined)
  redirect(ctx, pathOf(interaction))
}

async function answerConsent(ctx: Context, parts: SignInParts, answer: 'allow' | 'refuse'): Promise<void> {
  await ownForm(ctx, parts)
  const interaction = await detailsOf(ctx, parts)
  if (answer === 'refuse') return parts.interactions.refuse(ctx)
  if (interaction.ask !== 'consent') return redirect(ctx, pathOf(interaction))
  return parts.interactions.consent(ctx)
}

async function showConsent(ctx: Context, parts: SignInParts, interaction: Interaction): Promise<void> {
  const page = consentOf(interaction, await userNameOf(parts, interaction), (action) =>
    targetOf(ctx, parts, interaction, action),
  )
  showPage(ctx, parts, interaction, page)
}

async function answerChooser(
  ctx: Context,
  parts: SignInParts,
  answer: 'continue' | 'another',
): Promise<void> {
  await ownForm(ctx, parts)
  const interaction = await detailsOf(ctx, parts)
  if (!mustChoose(interaction)) return redirect(ctx, pathOf(interaction))
  if ((await takeChoice(ctx, parts, interaction, answer)) === 'sign-in') redirect(ctx, pathOf(interaction))
}

async function showChooser(ctx: Context, parts: SignInParts, interaction: Interaction): Promise<void> {
  const page = choosePage(interaction, await userNameOf(parts, interaction), (action) =>
    targetOf(ctx, parts, interaction, action),
  )
  showPage(ctx, parts, interaction, page)
}

/** Who is signed in in this browser. @throws Problem('not_found') when they are gone or disabled meanwhile */
async function userNameOf(parts: SignInParts, { userId }: Interaction): Promise<string> {
  const standing = userId === undefined ? undefined : await parts.credentials.standing(userId)
  if (standing === undefined) throw new Problem('not_found', 'this sign-in has ended')
  return standing.userName
}

const remember = (
  { interaction }: Pick<Visit, 'interaction'>,
  parts: SignInParts,
  progress: Progress | undefined,
): Promise<void> => parts.interactions.note(interaction, progressNote, progress && writeProgress(progress))

async function show(
  ctx: Context,
  parts: SignInParts,
  visit: Visit,
  step: Step,
  failure?: Failure,
  status = 200,
): Promise<void> {
  const here = { ...visit, target: { ...visit.target, action: `${visit.path}/${step.name}` } }
  const asked = await step.page(here, parts, failure)
  if (asked.progress !== undefined) await remember(visit, parts, asked.progress)
  showPage(ctx, parts, visit.interaction, asked.page, status)
}

const showPage = (
  ctx: Context,
  parts: SignInParts,
  interaction: Interaction,
  page: Page,
  status = 200,
): void => parts.show(ctx, page, { status, formTo: interaction.returnsTo })

async function ownForm(ctx: Context, parts: SignInParts): Promise<Form> {
  const form = await readForm(ctx)
  parts.forms.check(ctx, form)
  return form
}

const targetOf = (
  ctx: Context,
  parts: SignInParts,
  interaction: Interaction,
  action: string,
): FormTarget => ({
  action: `${pathOf(interaction)}/${action}`,
  token: parts.forms.token(ctx),
})

/** After a form: 303, so that reloading repeats nothing. */
function redirect(ctx: Context, path: string): void {
  ctx.redirect(path)
  ctx.status = 303
}
