// Sign-in with an identity provider over HTTP: the redirect to it (`/sign-in/<uid>/to/<provider>`), its response
// (`/federation/<provider>/callback`), and the completion within the sign-in (`/sign-in/<uid>/callback`). The provider's
// callback verifies nothing but `state`: it forwards the browser to the sign-in that `state` names, where the sign-in's own
// cookie identifies the browser. A response that is forced on a victim's browser is therefore rejected (attacks.md 17).
import type { Context } from 'koa'
import { connectPage } from '../../../views/sign-in/federation-pages.ts'
import type { RedirectUpstream, UpstreamPerson } from '../../federation/kind.ts'
import type { SignInProvider } from '../../iam/sign-in/providers.ts'
import type { Interaction } from '../../oidc/edge.ts'
import { Problem, type ProblemCode } from '../../problem.ts'
import { readForm, readQuery } from '../../web/request/body.ts'
import type { Route } from '../../web/route.ts'
import { mustChooseAccount } from '../choose-account.ts'
import { progressNote, writeProgress } from '../progress.ts'
import { interactionOf, paramOf, pathOf, type SignInDependencies, wantsSecondFactor } from '../request.ts'
import { requestOriginOf } from '../request-origin.ts'
import { completeFederatedLogin, requireEnabled } from './complete-federated-login.ts'
import {
  type PendingFederation,
  pendingFederationNote,
  readPendingFederation,
  writePendingFederation,
} from './pending-federation.ts'
import {
  labelOf,
  readUnlinkedIdentity,
  unlinkedIdentityNote,
  writeUnlinkedIdentity,
} from './unlinked-identity.ts'
import { showRefusal } from './upstream-refusal.ts'

/** Bytes: a SAML response of 100,000 characters, half of them percent-encoded in the worst case, and `RelayState`. */
const maxAnswerBytes = 256 * 1024

/** Routes below `/sign-in/<uid>`; routes.ts wraps them like its own. */
export const federationStepRoutes = (deps: SignInDependencies) =>
  [
    ['GET', '/to/:provider', (ctx: Context) => redirectToProvider(ctx, deps)],
    ['GET', '/callback', (ctx: Context) => receiveResponse(ctx, deps)],
    ['POST', '/connect', (ctx: Context) => connect(ctx, deps)],
  ] as const

/** The callback endpoints of the providers, and our SAML metadata for each. */
export const federationRoutes = (deps: SignInDependencies): readonly Route[] => [
  {
    method: 'GET',
    path: '/federation/:provider/callback',
    access: 'public',
    run: (ctx) => withRefusalLogged(ctx, deps, receiveQuery),
  },
  {
    method: 'POST',
    path: '/federation/:provider/callback',
    access: 'public',
    run: (ctx) => withRefusalLogged(ctx, deps, receiveForm),
  },
  {
    method: 'GET',
    path: '/federation/:provider/metadata',
    access: 'public',
    run: (ctx) => metadata(ctx, deps),
  },
]

const callbackOf = (deps: SignInDependencies, provider: SignInProvider): string =>
  `${deps.issuer}/federation/${encodeURIComponent(provider.name)}/callback`

async function providerOf(ctx: Context, deps: SignInDependencies): Promise<SignInProvider> {
  const provider = await deps.providers.byName(paramOf(ctx, 'provider'))
  if (!provider) throw new Problem('not_found', 'there is nothing at this address')
  return provider
}

async function redirectToProvider(ctx: Context, deps: SignInDependencies): Promise<void> {
  const interaction = await interactionOf(ctx, deps)
  if (interaction.ask === 'consent' || mustChooseAccount(interaction)) return goTo(ctx, pathOf(interaction))
  const provider = await providerOf(ctx, deps)
  const upstream = await deps.upstreams.of(provider)
  await deps.interactions.note(interaction, unlinkedIdentityNote, undefined)
  if (upstream.flow === 'password') return goTo(ctx, `${pathOf(interaction)}?with=at-${provider.name}`)
  await withRefusalPage(ctx, deps, provider, interaction, async () => {
    const state = deps.states.seal(interaction.uid, provider.id)
    const { to, memory } = await upstream.beginSignIn(provider, {
      callback: callbackOf(deps, provider),
      state,
      loginHint: interaction.loginHint,
      strong: wantsSecondFactor(interaction.acrValues),
      fresh: interaction.reasons.some((reason) => reason === 'login_prompt' || reason === 'max_age'),
    })
    const pending: PendingFederation = { provider: provider.name, id: provider.id, state, memory }
    await deps.interactions.note(interaction, pendingFederationNote, writePendingFederation(pending))
    goTo(ctx, to)
  })
}

/** Logs refusals that cannot be assigned to a sign-in under the request id; web/ shows the error page. */
async function withRefusalLogged(
  ctx: Context,
  deps: SignInDependencies,
  work: (ctx: Context, deps: SignInDependencies) => Promise<void>,
): Promise<void> {
  try {
    await work(ctx, deps)
  } catch (error) {
    if (error instanceof Problem)
      await deps.onRefusal({ ...requestOriginOf(ctx), provider: undefined, problem: error, stray: true })
    throw error
  }
}

/** A response in the query string: forwarded unchanged. */
async function receiveQuery(ctx: Context, deps: SignInDependencies): Promise<void> {
  const provider = await providerOf(ctx, deps)
  const uid = interactionIdOf(deps, provider, readQuery(ctx).get('state'))
  goTo(ctx, `/sign-in/${uid}/callback?${ctx.querystring}`)
}

/** A cross-site POST carries none of our SameSite cookies, so the form is stored until the browser follows the redirect. */
async function receiveForm(ctx: Context, deps: SignInDependencies): Promise<void> {
  const provider = await providerOf(ctx, deps)
  const upstream = await deps.upstreams.of(provider)
  if (upstream.flow !== 'redirect' || upstream.answers !== 'form')
    throw new Problem('validation', 'this provider does not answer with a form')
  const form = await readForm(ctx, { maxBytes: maxAnswerBytes })
  const state = form.get('RelayState') ?? form.get('state') ?? ''
  const uid = interactionIdOf(deps, provider, state)
  const callback = `/sign-in/${uid}/callback`
  // The form is stored only for a sign-in that is waiting for this response, and at most once.
  const pending = readPendingFederation(await deps.interactions.noteOf(uid, pendingFederationNote))
  const isExpected = deps.states.same(state, pending?.state ?? '')
  if (!isExpected) return goTo(ctx, callback)
  deps.chargeForm(ctx.ip, ctx.request.length ?? maxAnswerBytes)
  goTo(ctx, `${callback}?form=${await deps.providers.keepForm(state, form)}`)
}

/** The sign-in that `state` was issued for. @throws Problem('invalid_input') for a forged state, or one of another provider (mix-up) */
function interactionIdOf(
  deps: SignInDependencies,
  provider: SignInProvider,
  state: string | undefined,
): string {
  const uid = state === undefined ? undefined : deps.states.open(state, provider.id)
  if (uid === undefined)
    throw new Problem(
      'invalid_input',
      'this response does not belong to a sign-in that was started here; return to the application and start again',
    )
  return uid
}

async function receiveResponse(ctx: Context, deps: SignInDependencies): Promise<void> {
  const interaction = await interactionOf(ctx, deps)
  const path = pathOf(interaction)
  const pending = readPendingFederation(interaction.notes.get(pendingFederationNote))
  // A reload, or a second response: show the step that the first response led to.
  if (interaction.ask === 'consent' || mustChooseAccount(interaction) || pending === undefined)
    return goTo(ctx, path)
  await deps.interactions.note(interaction, pendingFederationNote, undefined)
  const provider = await deps.providers.byName(pending.provider)
  await withRefusalPage(ctx, deps, provider, interaction, async () => {
    const upstream = provider?.id === pending.id ? await deps.upstreams.of(provider) : undefined
    if (provider === undefined || upstream?.flow !== 'redirect')
      throw new Problem('denied', 'this sign-in method is not available', {
        detail: `provider ${pending.id} is disabled or gone`,
      })
    const person = await personOf(ctx, deps, { provider, upstream, pending })
    const now = deps.now()
    const response = { provider, person, methods: [], connecting: interaction.connect }
    const result = await completeFederatedLogin(deps, response, requestOriginOf(ctx), now)
    if (result.kind === 'user') {
      await deps.interactions.note(interaction, progressNote, writeProgress(result.progress))
    } else {
      await deps.interactions.note(interaction, progressNote, undefined)
      await deps.interactions.note(interaction, unlinkedIdentityNote, writeUnlinkedIdentity(result.unlinked))
    }
    if (interaction.connect !== undefined && result.kind === 'unlinked')
      return deps.show(
        ctx,
        connectPage({
          action: `${path}/connect`,
          token: deps.forms.token(ctx),
          title: result.unlinked.title,
          label: labelOf(result.unlinked),
        }),
      )
    goTo(ctx, path)
  })
}

interface ProviderResponse {
  readonly provider: SignInProvider
  readonly upstream: RedirectUpstream<SignInProvider>
  readonly pending: PendingFederation
}

/** Verifies the response. `state` is spent first, so that of two simultaneous copies only one is processed. */
async function personOf(
  ctx: Context,
  deps: SignInDependencies,
  response: ProviderResponse,
): Promise<UpstreamPerson> {
  const { provider, upstream, pending } = response
  const query = readQuery(ctx)
  const form = query.get('form')
  const parameters = form === undefined ? query : await deps.providers.takeForm(form)
  const state = parameters?.get('RelayState') ?? parameters?.get('state') ?? ''
  if (
    parameters === undefined ||
    (form !== undefined) !== (upstream.answers === 'form') ||
    !deps.states.same(state, pending.state)
  )
    throw new Problem('invalid_identity_token', 'this response does not belong to this sign-in')
  if (!(await deps.providers.spend(`state ${pending.state}`, deps.now() + 2 * 3600)))
    throw new Problem('invalid_identity_token', 'this response was already used')
  return upstream.completeSignIn(provider, {
    parameters,
    callback: callbackOf(deps, provider),
    memory: pending.memory,
  })
}

/** Connects the authenticated identity to the signed-in user, after they requested it and confirmed what the page shows. */
async function connect(ctx: Context, deps: SignInDependencies): Promise<void> {
  deps.forms.check(ctx, await readForm(ctx))
  const interaction = await interactionOf(ctx, deps)
  const unlinked = readUnlinkedIdentity(interaction.notes.get(unlinkedIdentityNote))
  const visitor = await deps.sessions.current(ctx)
  if (unlinked === undefined || interaction.connect === undefined || visitor?.userId !== interaction.connect)
    throw new Problem('not_found', 'this sign-in has ended')
  const provider = await deps.providers.byName(unlinked.name)
  await withRefusalPage(ctx, deps, provider, interaction, async () => {
    // Another provider may have got the name while the page was read.
    if (provider?.id !== unlinked.identity.provider)
      throw new Problem('denied', 'this sign-in method is not available')
    const current = await requireEnabled(deps, provider)
    await deps.identities.connect(visitor.userId, unlinked.identity, current, requestOriginOf(ctx))
    await deps.interactions.refuse(ctx)
    goTo(ctx, '/account?done=connected')
  })
}

async function metadata(ctx: Context, deps: SignInDependencies): Promise<void> {
  const provider = await providerOf(ctx, deps)
  const upstream = await deps.upstreams.of(provider)
  if (upstream.flow !== 'redirect' || upstream.metadata === undefined)
    throw new Problem('not_found', 'there is nothing at this address')
  ctx.type = 'application/samlmetadata+xml'
  ctx.body = upstream.metadata(provider, callbackOf(deps, provider))
}

/** Errors that do not concern the provider; routes.ts handles them. */
const signInErrors: ReadonlySet<ProblemCode> = new Set([
  'throttled',
  'unavailable',
  'not_found',
  'concurrent_modification',
])

/** Runs `work` and shows any refusal as one page with a reference. */
export async function withRefusalPage(
  ctx: Context,
  deps: SignInDependencies,
  provider: SignInProvider | undefined,
  interaction: Interaction,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Problem) || signInErrors.has(error.code)) throw error
    await showRefusal(ctx, deps, { provider, problem: error, back: pathOf(interaction) })
  }
}

function goTo(ctx: Context, where: string): void {
  ctx.redirect(where)
  ctx.status = 303
}
