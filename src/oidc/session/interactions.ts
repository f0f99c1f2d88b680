// The questions that sign-in/ puts to a person, and their answers. An application's question is oidc-provider's own
// interaction. Our own pages ask through the same kind of record, without a client: so there is one way to sign in, and
// no code, token or callback between us and ourselves.
import type { Context } from 'koa'
import type Provider from 'oidc-provider'
import type { AdapterPayload } from 'oidc-provider'
import { errors } from 'oidc-provider'
import { Problem } from '../../problem.ts'
import { randomToken } from '../../secure/random.ts'
import { scopes } from '../claims.ts'
import {
  acrOf,
  type Interaction,
  type Interactions,
  type OidcEdge,
  type RequestingClient,
  type SignedIn,
} from '../edge.ts'
import { auditWritten } from '../events.ts'
import { newInteraction, type ProviderInteraction } from '../library/models.ts'
import { lifetimes } from '../lifetimes.ts'
import { beginSession, type SessionDependencies } from './sessions.ts'
import { requestedAcrs } from './step-up.ts'

const maxNotes = 16
const maxNote = 65_536

/** Where a person answers. */
export const interactionPath = (uid: string): string => `/sign-in/${uid}`

export function interactions(parts: SessionDependencies): Interactions {
  const { provider } = parts
  return {
    async details(ctx) {
      return interactionOf(provider, await askedOf(provider, ctx))
    },
    note(seen, name, value) {
      return parts.artifacts.change('Interaction', seen.uid, (asked) => {
        const notes = new Map(notesOf(asked))
        if (notes.get(name) !== seen.notes.get(name))
          throw new Problem('concurrent_modification', 'this sign-in went on in another request; try again')
        if (notes.get(name) === value) return asked
        if (value === undefined) notes.delete(name)
        else notes.set(name, value)
        if (notes.size > maxNotes || (value?.length ?? 0) > maxNote || name.length > 64)
          throw new TypeError('a note is too long')
        return { ...asked, result: { ...asked.result, notes: Object.fromEntries(notes) } }
      })
    },
    async noteOf(uid, name) {
      const asked = await provider.Interaction.find(uid)
      return asked && new Map(notesOf(asked)).get(name)
    },
    async finish(ctx, signedIn) {
      const asked = await askedOf(provider, ctx)
      if (asked.params['client_id'] === undefined) return finishOurs(parts, ctx, asked, signedIn)
      const login = {
        accountId: signedIn.userId,
        amr: [...signedIn.amr],
        acr: acrOf(signedIn.amr),
        remember: signedIn.remember !== false,
        ...(signedIn.password === undefined ? {} : { password: signedIn.password }),
        ...(signedIn.factor === undefined ? {} : { factor: signedIn.factor }),
        ...(signedIn.authTime === undefined ? {} : { ts: signedIn.authTime }),
      }
      // The notes stay: whoever comes a second time before the application went on is sent on too.
      // Who signed in has chosen their account.
      const result = { ...asked.result, login, select_account: {}, upstream: signedIn.upstream }
      goOn(
        ctx,
        await provider.interactionResult(ctx.req, ctx.res, result, { mergeWithLastSubmission: false }),
      )
    },
    async keepAccount(ctx) {
      const asked = await askedOf(provider, ctx)
      if (asked.prompt.name !== 'select_account')
        throw new Problem('invalid_input', 'no account is to be chosen here')
      goOn(ctx, await provider.interactionResult(ctx.req, ctx.res, { select_account: {} }))
    },
    async consent(ctx) {
      const asked = await askedOf(provider, ctx)
      const grantId = await grantMissing(parts, asked, async (about) => {
        parts.emit('consented', about, ctx)
        await auditWritten(ctx)
      })
      // Merged: a sign-in just done stays part of the answer, or `prompt=login` would ask for it again.
      goOn(ctx, await provider.interactionResult(ctx.req, ctx.res, { consent: { grantId } }))
    },
    async refuse(ctx) {
      const asked = await askedOf(provider, ctx)
      if (asked.params['client_id'] === undefined) {
        await over(asked)
        return goOn(ctx, '/')
      }
      const result = { error: 'access_denied', error_description: 'the person said no' }
      goOn(
        ctx,
        await provider.interactionResult(ctx.req, ctx.res, result, { mergeWithLastSubmission: false }),
      )
    },
  }
}

function goOn(ctx: Context, where: string): void {
  ctx.status = 303
  ctx.set('Location', where)
  ctx.body = ''
}

const gone = (): Problem =>
  new Problem('not_found', 'this sign-in has ended or began in another browser; start again')

const orGone = (error: unknown): never => {
  throw error instanceof errors.SessionNotFound ? gone() : error
}

/** Of two answers to one question, one goes on. @throws Problem('not_found') for the others */
const over = (asked: ProviderInteraction): Promise<void> => asked.destroy().catch(orGone)

async function askedOf(provider: Provider, ctx: Context): Promise<ProviderInteraction> {
  const asked = await provider.interactionDetails(ctx.req, ctx.res).catch(orGone)
  // The cookie is bound to the path already; a browser that sends it elsewhere is not believed.
  if (ctx.path !== interactionPath(asked.uid) && !ctx.path.startsWith(`${interactionPath(asked.uid)}/`))
    throw gone()
  return asked
}

const askOf: ReadonlyMap<string, Interaction['ask']> = new Map([
  ['consent', 'consent'],
  ['select_account', 'select-account'],
])

async function interactionOf(provider: Provider, asked: ProviderInteraction): Promise<Interaction> {
  const { params, prompt, session } = asked
  const clientId = text(params['client_id'])
  const details = prompt.details as {
    readonly missingOIDCScope?: string[]
    readonly missingOIDCClaims?: string[]
    readonly missingResourceScopes?: Record<string, string[]>
  }
  // Asked although everything was granted before (`prompt=consent`, a native client): then the page shows it again.
  const nothingMissing =
    prompt.name === 'consent' && !details.missingOIDCClaims?.length && !details.missingResourceScopes
  return {
    uid: asked.uid,
    ask: askOf.get(prompt.name) ?? 'sign-in',
    reasons: prompt.reasons,
    client: clientId === undefined ? undefined : await requestingClientOf(provider, clientId),
    userId: session?.accountId,
    loginHint: text(params['login_hint'])?.slice(0, 256),
    providerHint: providerHintOf(params),
    acrValues: requestedAcrs(params),
    missing: {
      scopes: details.missingOIDCScope ?? (nothingMissing ? requestedScopes(params) : []),
      claims: details.missingOIDCClaims ?? [],
      resources: new Map(Object.entries(details.missingResourceScopes ?? {})),
    },
    returnsTo: asked.deviceCode === undefined ? originOf(text(params['redirect_uri'])) : undefined,
    connect: text(params['connect']),
    device: asked.deviceCode !== undefined,
    notes: new Map(notesOf(asked)),
  }
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

/** Ours, and as Keycloak and Entra call it. */
function providerHintOf(params: Readonly<Record<string, unknown>>): Interaction['providerHint'] {
  const name = text(params['idp_hint']) ?? text(params['kc_idp_hint'])
  const domain = text(params['domain_hint'])
  if (name === undefined && domain === undefined) return undefined
  return { name: name?.slice(0, 64), domain: domain?.slice(0, 253) }
}

const requestedScopes = (params: Readonly<Record<string, unknown>>): string[] =>
  (text(params['scope']) ?? '').split(' ').filter((scope) => scopes.some((known) => known === scope))

const notesOf = (asked: Pick<AdapterPayload, 'result'>): [string, string][] =>
  Object.entries((asked.result?.['notes'] ?? {}) as Record<string, string>)

/** Private-use schemes have no origin: `com.example.app:` stands for itself. */
function originOf(uri: string | undefined): string | undefined {
  const url = uri === undefined ? undefined : URL.parse(uri)
  if (!url) return undefined
  return url.origin === 'null' ? url.protocol : url.origin
}

async function requestingClientOf(provider: Provider, clientId: string): Promise<RequestingClient> {
  const client = await provider.Client.find(clientId)
  if (!client) throw new Problem('not_found', 'the application that asked was removed')
  return {
    id: clientId,
    name: client.clientName ?? clientId,
    uri: client.clientUri,
    logoUri: client.logoUri,
    policyUri: client.policyUri,
    tosUri: client.tosUri,
    registered: client['registered'] === true,
    roles: Array.isArray(client['roles']) ? client['roles'].map(String) : undefined,
  }
}

interface Consented {
  readonly userId: string
  readonly clientId: string
  /** What was added, in one line. */
  readonly scope: string
}

/**
 * Gives a client what it asked for and has not been granted yet.
 * @param record the audit entry: durable when it resolves; when it rejects, nothing is granted
 * @returns the id of the grant
 */
async function grantMissing(
  { provider, consents }: SessionDependencies,
  asked: ProviderInteraction,
  record: (about: Consented) => Promise<void>,
): Promise<string> {
  const accountId = asked.session?.accountId
  if (asked.prompt.name !== 'consent' || accountId === undefined)
    throw new Problem('invalid_input', 'this is not the time for consent')
  const clientId = String(asked.params['client_id'])
  // The session's of now, not of when the question was put: it may have been answered in another tab meanwhile.
  const session = await provider.Session.findByUid(asked.session?.uid ?? '')
  const grantId = session?.grantIdFor(clientId) ?? asked.grantId
  const found = grantId === undefined ? undefined : await provider.Grant.find(grantId)
  const known = found?.accountId === accountId ? found : undefined
  const grant = known ?? new provider.Grant({ accountId, clientId })
  const { missing } = await interactionOf(provider, asked)
  if (missing.scopes.length > 0) grant.addOIDCScope(missing.scopes.join(' '))
  if (missing.claims.length > 0) grant.addOIDCClaims([...missing.claims])
  for (const [resource, scopes] of missing.resources) grant.addResourceScope(resource, scopes.join(' '))
  const scope = [...missing.scopes, ...[...missing.resources.values()].flat()].join(' ')
  await record({ userId: accountId, clientId, scope })
  const saved = await grant.save()
  await consents.remember(accountId, clientId, { openid: grant.openid, resources: grant.resources })
  return saved
}

async function finishOurs(
  parts: SessionDependencies,
  ctx: Context,
  asked: ProviderInteraction,
  signedIn: SignedIn,
): Promise<void> {
  await over(asked)
  await beginSession(parts, ctx, signedIn)
  goOn(ctx, asked.returnTo)
}

/** Makes `startSignIn`; `sameSite` gives the path of a link within this site, or nothing. */
export const makeStartSignIn =
  (
    { provider, cookie }: SessionDependencies,
    sameSite: (path: string) => string | undefined,
  ): OidcEdge['startSignIn'] =>
  async (ctx, returnTo, options = {}) => {
    const uid = randomToken()
    const session = await provider.Session.get(ctx)
    const asked = newInteraction(provider, uid, {
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
      },
      session,
      cid: randomToken(),
    })
    await asked.save(lifetimes.Interaction)
    const { cookies } = provider.createContext(ctx.req, ctx.res)
    cookies.set(provider.cookieName('interaction'), uid, {
      ...cookie,
      path: interactionPath(uid),
      maxAge: lifetimes.Interaction * 1000,
    })
    const to = options.connect === undefined ? '' : `/to/${encodeURIComponent(options.connect)}`
    goOn(ctx, interactionPath(uid) + to)
  }
