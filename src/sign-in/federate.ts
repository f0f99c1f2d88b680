// Signing in somewhere else: the way there (`/sign-in/<uid>/to/<provider>`), the provider's answer
// (`/federation/<provider>/callback`), and the way back into the sign-in (`/sign-in/<uid>/arrive`). The callback believes
// nothing: it finds which sign-in the answer is for and sends the browser there, where the sign-in's own cookie says
// whose browser it is. So an answer that is forced on a victim's browser ends in nothing (attacks.md 17).
import type { Context } from 'koa'
import { connectPage } from '../../views/federation-pages.ts'
import type { RedirectUpstream, UpstreamPerson } from '../federation/kind.ts'
import type { SignInProvider } from '../iam/sign-in/providers.ts'
import type { Interaction } from '../oidc/edge.ts'
import { Problem, type ProblemCode } from '../problem.ts'
import { readForm, readQuery } from '../web/body.ts'
import type { Route } from '../web/route.ts'
import { mustChoose } from './choose-account.ts'
import { arrive, stillThere } from './complete-federated-login.ts'
import { readTrip, type Trip, tripNote, writeTrip } from './pending-federation.ts'
import { progressNote, writeProgress } from './progress.ts'
import { fromOf } from './request-origin.ts'
import { labelOf, readStranger, strangerNote, writeStranger } from './unlinked-identity.ts'
import { showRefusal } from './upstream-refusal.ts'
import { detailsOf, paramOf, pathOf, type SignInParts, wantsSecondFactor } from './visit.ts'

/** Bytes: an assertion of 100,000 characters, percent-encoded at worst half of it, and a state. */
const maxAnswerBytes = 256 * 1024

/** Routes below `/sign-in/<uid>`, wrapped by routes.ts like its own. */
export const federateSteps = (parts: SignInParts) =>
  [
    ['GET', '/to/:provider', (ctx: Context) => depart(ctx, parts)],
    ['GET', '/arrive', (ctx: Context) => comeBack(ctx, parts)],
    ['POST', '/connect', (ctx: Context) => connect(ctx, parts)],
  ] as const

/** Where providers answer to, and what they are told of us. */
export const federationRoutes = (parts: SignInParts): readonly Route[] => [
  {
    method: 'GET',
    path: '/federation/:provider/callback',
    access: 'public',
    run: (ctx) => logged(ctx, parts, answered),
  },
  {
    method: 'POST',
    path: '/federation/:provider/callback',
    access: 'public',
    run: (ctx) => logged(ctx, parts, posted),
  },
  {
    method: 'GET',
    path: '/federation/:provider/metadata',
    access: 'public',
    run: (ctx) => metadata(ctx, parts),
  },
]

const callbackOf = (parts: SignInParts, provider: SignInProvider): string =>
  `${parts.issuer}/federation/${encodeURIComponent(provider.name)}/callback`

async function providerOf(ctx: Context, parts: SignInParts): Promise<SignInProvider> {
  const provider = await parts.providers.byName(paramOf(ctx, 'provider'))
  if (!provider) throw new Problem('not_found', 'there is nothing at this address')
  return provider
}

async function depart(ctx: Context, parts: SignInParts): Promise<void> {
  const interaction = await detailsOf(ctx, parts)
  if (interaction.ask === 'consent' || mustChoose(interaction)) return goTo(ctx, pathOf(interaction))
  const provider = await providerOf(ctx, parts)
  const upstream = await parts.upstreams.of(provider)
  await parts.interactions.note(interaction, strangerNote, undefined)
  if (upstream.way === 'password') return goTo(ctx, `${pathOf(interaction)}?with=at-${provider.name}`)
  await explained(ctx, parts, provider, interaction, async () => {
    const state = parts.states.seal(interaction.uid, provider.id)
    const { to, memory } = await upstream.depart(provider, {
      callback: callbackOf(parts, provider),
      state,
      loginHint: interaction.loginHint,
      strong: wantsSecondFactor(interaction.acrValues),
      fresh: interaction.reasons.some((reason) => reason === 'login_prompt' || reason === 'max_age'),
    })
    const trip: Trip = { provider: provider.name, id: provider.id, state, memory }
    await parts.interactions.note(interaction, tripNote, writeTrip(trip))
    goTo(ctx, to)
  })
}

/** What is refused before it is known whose sign-in it is: the page is web's, the reason is in the log under its number. */
async function logged(
  ctx: Context,
  parts: SignInParts,
  work: (ctx: Context, parts: SignInParts) => Promise<void>,
): Promise<void> {
  try {
    await work(ctx, parts)
  } catch (error) {
    if (error instanceof Problem)
      await parts.onRefusal({ ...fromOf(ctx), provider: undefined, problem: error, stray: true })
    throw error
  }
}

/** The answer as a query: handed on as it is. */
async function answered(ctx: Context, parts: SignInParts): Promise<void> {
  const provider = await providerOf(ctx, parts)
  const uid = signInOf(parts, provider, readQuery(ctx).get('state'))
  goTo(ctx, `/sign-in/${uid}/arrive?${ctx.querystring}`)
}

/** A POST from another site brings none of our cookies (SameSite), so the form waits for the browser's next step. */
async function posted(ctx: Context, parts: SignInParts): Promise<void> {
  const provider = await providerOf(ctx, parts)
  const upstream = await parts.upstreams.of(provider)
  if (upstream.way !== 'redirect' || upstream.answers !== 'form')
    throw new Problem('validation', 'this provider does not answer with a form')
  const form = await readForm(ctx, { maxBytes: maxAnswerBytes })
  const state = form.get('RelayState') ?? form.get('state') ?? ''
  const uid = signInOf(parts, provider, state)
  const arrive = `/sign-in/${uid}/arrive`
  // Only a sign-in that waits for this very answer makes us keep anything, and one form at most.
  const waits = parts.states.same(
    state,
    readTrip(await parts.interactions.noteOf(uid, tripNote))?.state ?? '',
  )
  goTo(ctx, waits ? `${arrive}?form=${await parts.providers.keepForm(state, form)}` : arrive)
}

/** A state we never made, or made for another provider (mix-up), ends here: nothing is kept of it. */
function signInOf(parts: SignInParts, provider: SignInProvider, state: string | undefined): string {
  const uid = state === undefined ? undefined : parts.states.open(state, provider.id)
  if (uid === undefined)
    throw new Problem(
      'invalid_input',
      'this answer belongs to no sign-in of ours; go back to the application and start again',
    )
  return uid
}

async function comeBack(ctx: Context, parts: SignInParts): Promise<void> {
  const interaction = await detailsOf(ctx, parts)
  const path = pathOf(interaction)
  const trip = readTrip(interaction.notes.get(tripNote))
  // Reloaded, or come back twice: the sign-in is wherever the first answer took it.
  if (interaction.ask === 'consent' || mustChoose(interaction) || trip === undefined) return goTo(ctx, path)
  await parts.interactions.note(interaction, tripNote, undefined)
  const provider = await parts.providers.byName(trip.provider)
  await explained(ctx, parts, provider, interaction, async () => {
    const upstream = provider?.id === trip.id ? await parts.upstreams.of(provider) : undefined
    if (provider === undefined || upstream?.way !== 'redirect')
      throw new Problem('denied', 'this way to sign in is switched off', {
        detail: `provider ${trip.id} is disabled or gone`,
      })
    const person = await personOf(ctx, parts, { provider, upstream, trip })
    const now = parts.now()
    const arrival = { provider, person, methods: [], connecting: interaction.connect }
    const arrived = await arrive(parts, arrival, fromOf(ctx), now)
    if (arrived.kind === 'user') {
      await parts.interactions.note(interaction, progressNote, writeProgress(arrived.progress))
    } else {
      await parts.interactions.note(interaction, progressNote, undefined)
      await parts.interactions.note(interaction, strangerNote, writeStranger(arrived.stranger))
    }
    if (interaction.connect !== undefined && arrived.kind === 'stranger')
      return parts.show(
        ctx,
        connectPage({
          action: `${path}/connect`,
          token: parts.forms.token(ctx),
          title: arrived.stranger.title,
          label: labelOf(arrived.stranger),
        }),
      )
    goTo(ctx, path)
  })
}

interface Coming {
  readonly provider: SignInProvider
  readonly upstream: RedirectUpstream<SignInProvider>
  readonly trip: Trip
}

/** The state is spent first: of one answer that comes twice at once, one is looked at. */
async function personOf(ctx: Context, parts: SignInParts, coming: Coming): Promise<UpstreamPerson> {
  const { provider, upstream, trip } = coming
  const query = readQuery(ctx)
  const form = query.get('form')
  const parameters = form === undefined ? query : await parts.providers.takeForm(form)
  const state = parameters?.get('RelayState') ?? parameters?.get('state') ?? ''
  if (
    parameters === undefined ||
    (form !== undefined) !== (upstream.answers === 'form') ||
    !parts.states.same(state, trip.state)
  )
    throw new Problem('invalid_identity_token', 'this answer is not the one this sign-in waits for')
  if (!(await parts.providers.spend(`state ${trip.state}`, parts.now() + 2 * 3600)))
    throw new Problem('invalid_identity_token', 'this answer was used before')
  return upstream.arrive(provider, { parameters, callback: callbackOf(parts, provider), memory: trip.memory })
}

/** Joins who came back to the person who is signed in, asked for it, and now says yes to what they see. */
async function connect(ctx: Context, parts: SignInParts): Promise<void> {
  parts.forms.check(ctx, await readForm(ctx))
  const interaction = await detailsOf(ctx, parts)
  const stranger = readStranger(interaction.notes.get(strangerNote))
  const visitor = await parts.sessions.current(ctx)
  if (stranger === undefined || interaction.connect === undefined || visitor?.userId !== interaction.connect)
    throw new Problem('not_found', 'this sign-in has ended')
  const provider = await parts.providers.byName(stranger.name)
  await explained(ctx, parts, provider, interaction, async () => {
    if (provider === undefined) throw new Problem('denied', 'this way to sign in is switched off')
    const known = await stillThere(parts, provider)
    await parts.identities.connect(visitor.userId, stranger.arriving, known, fromOf(ctx))
    await parts.interactions.refuse(ctx)
    goTo(ctx, '/account?done=connected')
  })
}

async function metadata(ctx: Context, parts: SignInParts): Promise<void> {
  const provider = await providerOf(ctx, parts)
  const upstream = await parts.upstreams.of(provider)
  if (upstream.way !== 'redirect' || upstream.metadata === undefined)
    throw new Problem('not_found', 'there is nothing at this address')
  ctx.type = 'application/samlmetadata+xml'
  ctx.body = upstream.metadata(provider, callbackOf(parts, provider))
}

/** What says nothing of the provider: routes.ts answers it. */
const ofTheSignIn: ReadonlySet<ProblemCode> = new Set([
  'throttled',
  'unavailable',
  'not_found',
  'concurrent_modification',
])

/** Every refusal on the way is one page with a reference. */
export async function explained(
  ctx: Context,
  parts: SignInParts,
  provider: SignInProvider | undefined,
  interaction: Interaction,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Problem) || ofTheSignIn.has(error.code)) throw error
    await showRefusal(ctx, parts, { provider, problem: error, back: pathOf(interaction) })
  }
}

function goTo(ctx: Context, where: string): void {
  ctx.redirect(where)
  ctx.status = 303
}
