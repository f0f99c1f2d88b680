// Pending sign-ins, consents and account choices. Those of an application are oidc-provider's interactions. Our own pages use
// the same kind of record without a client, so that there is one way to sign in, without codes or tokens between our own pages.
import type { Context } from 'koa'
import type Provider from 'oidc-provider'
import type { AdapterPayload } from 'oidc-provider'
import { errors } from 'oidc-provider'
import { Problem } from '../../problem.ts'
import { randomToken } from '../../secure/random.ts'
import { requestedPolicies } from '../authorization-details.ts'
import { scopes } from '../claims.ts'
import { documentUrlOf } from '../clients/metadata-document.ts'
import {
  acrOf,
  type Interaction,
  type Interactions,
  type OidcEdge,
  type RequestingClient,
  type SignedIn,
  signInPurposes,
} from '../edge.ts'
import { auditWritten } from '../events.ts'
import { newInteraction, type ProviderInteraction } from '../library/models.ts'
import { lifetimes } from '../lifetimes.ts'
import { beginSession, type SessionDependencies } from './sessions.ts'
import { requestedAcrs } from './step-up.ts'

const maxNotes = 16
const maxNote = 65_536

/** Path of the page of an interaction. */
export const interactionPath = (uid: string): string => `/sign-in/${uid}`

/** The pending interactions of oidc-provider, and those of this server's own pages. */
export class ProviderInteractions implements Interactions {
  readonly #deps: SessionDependencies

  constructor(deps: SessionDependencies) {
    this.#deps = deps
  }

  async details(ctx: Context): Promise<Interaction> {
    return interactionOf(this.#deps, await pendingInteraction(this.#deps.provider, ctx))
  }

  note(seen: Interaction, name: string, value: string | undefined): Promise<void> {
    return this.#deps.artifacts.change('Interaction', seen.uid, (interaction) => {
      const notes = new Map(notesOf(interaction))
      if (notes.get(name) !== seen.notes.get(name))
        throw new Problem('concurrent_modification', 'another request has continued this sign-in; try again')
      if (notes.get(name) === value) return interaction
      if (value === undefined) notes.delete(name)
      else notes.set(name, value)
      if (notes.size > maxNotes || (value?.length ?? 0) > maxNote || name.length > 64)
        throw new TypeError('a note is too long')
      return { ...interaction, result: { ...interaction.result, notes: Object.fromEntries(notes) } }
    })
  }

  async noteOf(uid: string, name: string): Promise<string | undefined> {
    const interaction = await this.#deps.provider.Interaction.find(uid)
    return interaction && new Map(notesOf(interaction)).get(name)
  }

  async finish(ctx: Context, signedIn: SignedIn): Promise<void> {
    const interaction = await pendingInteraction(this.#deps.provider, ctx)
    if (interaction.params['client_id'] === undefined)
      return finishOwn(this.#deps, ctx, interaction, signedIn)
    const login = {
      accountId: signedIn.userId,
      amr: [...signedIn.amr],
      acr: acrOf(signedIn.amr),
      remember: signedIn.remember !== false,
      ...(signedIn.password === undefined ? {} : { password: signedIn.password }),
      ...(signedIn.factor === undefined ? {} : { factor: signedIn.factor }),
      ...(signedIn.authTime === undefined ? {} : { ts: signedIn.authTime }),
    }
    // The notes are kept, so that a repeated request is redirected as well. A sign-in also chooses the account.
    const result = { ...interaction.result, login, select_account: {}, upstream: signedIn.upstream }
    redirect(
      ctx,
      await this.#deps.provider.interactionResult(ctx.req, ctx.res, result, {
        mergeWithLastSubmission: false,
      }),
    )
  }

  async keepAccount(ctx: Context): Promise<void> {
    const interaction = await pendingInteraction(this.#deps.provider, ctx)
    if (interaction.prompt.name !== 'select_account')
      throw new Problem('invalid_input', 'this request does not ask to choose an account')
    redirect(ctx, await this.#deps.provider.interactionResult(ctx.req, ctx.res, { select_account: {} }))
  }

  async consent(ctx: Context): Promise<void> {
    const interaction = await pendingInteraction(this.#deps.provider, ctx)
    const grantId = await grantMissing(this.#deps, interaction, async (about) => {
      this.#deps.emit('consented', about, ctx)
      await auditWritten(ctx)
    })
    // Merged with the result of the sign-in before it, or `prompt=login` would request a sign-in again.
    redirect(ctx, await this.#deps.provider.interactionResult(ctx.req, ctx.res, { consent: { grantId } }))
  }

  async refuse(ctx: Context): Promise<void> {
    const interaction = await pendingInteraction(this.#deps.provider, ctx)
    if (interaction.params['client_id'] === undefined) {
      await endInteraction(interaction)
      return redirect(ctx, '/')
    }
    const result = { error: 'access_denied', error_description: 'the user denied the request' }
    redirect(
      ctx,
      await this.#deps.provider.interactionResult(ctx.req, ctx.res, result, {
        mergeWithLastSubmission: false,
      }),
    )
  }
}

function redirect(ctx: Context, where: string): void {
  ctx.status = 303
  ctx.set('Location', where)
  ctx.body = ''
}

const ended = (): Problem =>
  new Problem('not_found', 'this sign-in has ended or began in another browser; start again')

const asNotFound = (error: unknown): never => {
  throw error instanceof errors.SessionNotFound ? ended() : error
}

/** Ends an interaction of our own pages. @throws Problem('not_found') when another request has ended it */
const endInteraction = (interaction: ProviderInteraction): Promise<void> =>
  interaction.destroy().catch(asNotFound)

async function pendingInteraction(provider: Provider, ctx: Context): Promise<ProviderInteraction> {
  const interaction = await provider.interactionDetails(ctx.req, ctx.res).catch(asNotFound)
  // The cookie's path restricts it already; this does not depend on the browser.
  if (
    ctx.path !== interactionPath(interaction.uid) &&
    !ctx.path.startsWith(`${interactionPath(interaction.uid)}/`)
  )
    throw ended()
  return interaction
}

const askOf: ReadonlyMap<string, Interaction['ask']> = new Map([
  ['consent', 'consent'],
  ['select_account', 'select-account'],
  ['access', 'access'],
])

async function interactionOf(
  { provider, describePolicy, logoOf }: Pick<SessionDependencies, 'provider' | 'describePolicy' | 'logoOf'>,
  interaction: ProviderInteraction,
): Promise<Interaction> {
  const { params, prompt, session } = interaction
  const clientId = text(params['client_id'])
  const details = prompt.details as {
    readonly missingOIDCScope?: string[]
    readonly missingOIDCClaims?: string[]
    readonly missingResourceScopes?: Record<string, string[]>
  }
  // Consent to what was granted before (`prompt=consent`, a native client): the page shows all of it.
  const nothingMissing =
    prompt.name === 'consent' && !details.missingOIDCClaims?.length && !details.missingResourceScopes
  return {
    uid: interaction.uid,
    ask: askOf.get(prompt.name) ?? 'sign-in',
    reasons: prompt.reasons,
    client:
      clientId === undefined ? undefined : await requestingClientOf(provider, clientId, logoOf(clientId)),
    purpose: clientId === undefined ? signInPurposes.find((one) => one === params['purpose']) : undefined,
    userId: session?.accountId,
    loginHint: text(params['login_hint'])?.slice(0, 256),
    uiLocales: text(params['ui_locales'])?.slice(0, 256),
    providerHint: providerHintOf(params),
    acrValues: requestedAcrs(params),
    mustReauthenticate: params['max_age'] !== undefined || prompt.reasons.includes('login_prompt'),
    missing: {
      scopes: details.missingOIDCScope ?? (nothingMissing ? requestedScopes(params) : []),
      claims: details.missingOIDCClaims ?? [],
      resources: new Map(Object.entries(details.missingResourceScopes ?? {})),
    },
    policies: requestedPolicies(params).map(describePolicy),
    returnsTo: interaction.deviceCode === undefined ? originOf(text(params['redirect_uri'])) : undefined,
    connect: text(params['connect']),
    device: interaction.deviceCode !== undefined,
    notes: new Map(notesOf(interaction)),
  }
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

/** `idp_hint`, and the names that Keycloak and Entra use. */
function providerHintOf(params: Readonly<Record<string, unknown>>): Interaction['providerHint'] {
  const name = text(params['idp_hint']) ?? text(params['kc_idp_hint'])
  const domain = text(params['domain_hint'])
  if (name === undefined && domain === undefined) return undefined
  return { name: name?.slice(0, 64), domain: domain?.slice(0, 253) }
}

const requestedScopes = (params: Readonly<Record<string, unknown>>): string[] =>
  (text(params['scope']) ?? '').split(' ').filter((scope) => scopes.some((known) => known === scope))

const notesOf = (interaction: Pick<AdapterPayload, 'result'>): [string, string][] =>
  Object.entries((interaction.result?.['notes'] ?? {}) as Record<string, string>)

/** Private-use schemes have no origin: `com.example.app:` stands for itself. */
function originOf(uri: string | undefined): string | undefined {
  const url = uri === undefined ? undefined : URL.parse(uri)
  if (!url) return undefined
  return url.origin === 'null' ? url.protocol : url.origin
}

async function requestingClientOf(
  provider: Provider,
  clientId: string,
  logo: string | undefined,
): Promise<RequestingClient> {
  const client = await provider.Client.find(clientId)
  if (!client) throw new Problem('not_found', 'the application was removed')
  return {
    id: clientId,
    name: client.clientName ?? clientId,
    uri: client.clientUri,
    logoUri: client.logoUri,
    policyUri: client.policyUri,
    tosUri: client.tosUri,
    registered: client['registered'] === true,
    logo,
    documentHost: client['registered'] === true ? documentUrlOf(clientId)?.host : undefined,
    roles: Array.isArray(client['roles']) ? client['roles'].map(String) : undefined,
  }
}

interface ConsentFacts {
  readonly userId: string
  readonly clientId: string
  /** The scopes that were added, separated by spaces. */
  readonly scope: string
  readonly policies: readonly string[]
}

/**
 * Grants a client what it requested and does not have yet.
 * @param record writes the audit entry; when it rejects, nothing is granted
 * @returns the id of the grant
 */
async function grantMissing(
  deps: SessionDependencies,
  interaction: ProviderInteraction,
  record: (about: ConsentFacts) => Promise<void>,
): Promise<string> {
  const { provider, consents } = deps
  const accountId = interaction.session?.accountId
  if (interaction.prompt.name !== 'consent' || accountId === undefined)
    throw new Problem('invalid_input', 'this request does not ask for consent')
  const clientId = String(interaction.params['client_id'])
  // The session's grant at this moment: another tab may have completed a consent since the interaction began.
  const session = await provider.Session.findByUid(interaction.session?.uid ?? '')
  const grantId = session?.grantIdFor(clientId) ?? interaction.grantId
  const found = grantId === undefined ? undefined : await provider.Grant.find(grantId)
  const known = found?.accountId === accountId ? found : undefined
  const grant = known ?? new provider.Grant({ accountId, clientId })
  const { missing } = await interactionOf(deps, interaction)
  if (missing.scopes.length > 0) grant.addOIDCScope(missing.scopes.join(' '))
  if (missing.claims.length > 0) grant.addOIDCClaims([...missing.claims])
  for (const [resource, scopes] of missing.resources) grant.addResourceScope(resource, scopes.join(' '))
  const scope = [...missing.scopes, ...[...missing.resources.values()].flat()].join(' ')
  await record({ userId: accountId, clientId, scope, policies: requestedPolicies(interaction.params) })
  const saved = await grant.save()
  await consents.remember(accountId, clientId, { openid: grant.openid, resources: grant.resources })
  return saved
}

async function finishOwn(
  deps: SessionDependencies,
  ctx: Context,
  interaction: ProviderInteraction,
  signedIn: SignedIn,
): Promise<void> {
  await endInteraction(interaction)
  await beginSession(deps, ctx, signedIn)
  redirect(ctx, interaction.returnTo)
}

/** Implements OidcEdge.startSignIn. `sameSite` returns the path of a link within this site, else undefined. */
export const makeStartSignIn =
  (
    { provider, cookie }: SessionDependencies,
    sameSite: (path: string) => string | undefined,
  ): OidcEdge['startSignIn'] =>
  async (ctx, returnTo, options = {}) => {
    const uid = randomToken()
    const session = await provider.Session.get(ctx)
    const interaction = newInteraction(provider, uid, {
      returnTo: sameSite(returnTo) ?? '/account',
      prompt: {
        name: 'login',
        reasons: [session.accountId === undefined ? 'no_session' : 'login_prompt'],
        details: {},
      },
      params: {
        ...(options.acrValues ? { acr_values: options.acrValues.join(' ') } : {}),
        ...(options.maxAge === undefined ? {} : { max_age: options.maxAge }),
        ...(options.loginHint === undefined ? {} : { login_hint: options.loginHint }),
        ...(options.connect === undefined ? {} : { connect: session.accountId }),
        ...(options.purpose === undefined ? {} : { purpose: options.purpose }),
      },
      session,
      cid: randomToken(),
      ...(options.notes === undefined ? {} : { result: { notes: options.notes } }),
    })
    await interaction.save(lifetimes.Interaction)
    const { cookies } = provider.createContext(ctx.req, ctx.res)
    cookies.set(provider.cookieName('interaction'), uid, {
      ...cookie,
      path: interactionPath(uid),
      maxAge: lifetimes.Interaction * 1000,
    })
    const to = options.connect === undefined ? '' : `/to/${encodeURIComponent(options.connect)}`
    redirect(ctx, interactionPath(uid) + to)
  }
