// The state of an app's first sign-in: whether people sign in to it, or which requests were refused instead. An administrator can add
// a redirect URI that was refused. The URL names it by its audit entry, so that a link of somebody else cannot propose one.

import { appName, appPath } from '../../../views/console/apps/apps.ts'
import {
  type RefusedView,
  type SignInStatus,
  signInStatusPart,
} from '../../../views/console/apps/sign-in-status.ts'
import { confirmPage } from '../../../views/console/frame/confirm.ts'
import { code, isoOf, when } from '../../../views/console/frame/parts.ts'
import { known, sentences, t, type Words } from '../../../views/console/message.ts'
import { html } from '../../../views/html.ts'
import { auditEntry } from '../../admin/audit/schemas.ts'
import { client, clientAnswer } from '../../admin/clients/schemas.ts'
import { type RefusedSignIn, redirectUriOf } from '../../iam/audit/client-sign-ins.ts'
import { clientArn } from '../../oidc/clients/access.ts'
import { redirectTargetFault } from '../../oidc/clients/settings.ts'
import { Problem } from '../../problem.ts'
import { adminCommand } from '../frame/command.ts'
import { isFormProblem } from '../frame/form.ts'
import { openFresh } from '../frame/fresh.ts'
import { part } from '../frame/part.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { sentence } from '../frame/sentence.ts'
import { showPage, showPart } from '../frame/show.ts'

/** A client as the admin API answers it. */
type App = Pick<ReturnType<typeof client.parse>, 'clientId' | 'arn' | 'source' | 'state' | 'metadata'>

export const redirectUrisOf = ({ metadata }: Pick<App, 'metadata'>): readonly string[] => {
  const uris = metadata['redirect_uris']
  return Array.isArray(uris) ? uris.map(String) : []
}

/** Undefined for a disabled app, and for one that nobody signs in to. */
export async function signInStatusOf(request: ConsoleRequest, app: App): Promise<SignInStatus | undefined> {
  if (app.state === 'disabled' || redirectUrisOf(app).length === 0) return undefined
  const { ports, call } = request
  const found = await part(async () => {
    for (const isOfServer of [false, true]) {
      const account = ports.use.audit.accountFor(call, isOfServer)
      await ports.authorize(call, 'chancery:ListAuditEntries', `arn:aws:chancery::${account}:audit/*`)
    }
    return ports.clientSignIns(app.clientId, ports.now())
  })
  if ('denied' in found) return found
  const denied = await request.denial({ action: 'chancery:UpdateClient', resource: app.arn })
  const { last, refused } = found.value
  return { last, refused: refused.map((one) => refusedView(app, one, denied)) }
}

function refusedView(
  app: App,
  { id, redirectUri, ...rest }: RefusedSignIn,
  denied: string | undefined,
): RefusedView {
  const fault = redirectUri === undefined ? undefined : addFault(app, redirectUri)
  const href = `${appPath(app.clientId)}/redirects/${encodeURIComponent(id)}`
  return {
    ...rest,
    redirectUri,
    registered: redirectUri === undefined ? undefined : closestUri(redirectUrisOf(app), redirectUri),
    offer: redirectUri === undefined ? undefined : fault === undefined ? { href, denied } : { why: fault },
  }
}

/** Why a redirect URI cannot be added to an app, as a sentence; the operation checks it again. */
function addFault(app: App, uri: string): Words | undefined {
  if (redirectUrisOf(app).includes(uri)) return t('It is registered now.')
  if (app.source === 'file')
    return t('The app comes from the configuration file: add it there if it is the app’s.')
  if (app.source === 'registered')
    return t('The app registered itself, and changes its redirect URIs itself.')
  const kind = app.metadata['application_type'] === 'native' ? 'native' : 'web'
  const fault = redirectTargetFault(uri, kind, {
    insecure: app.metadata['allow_insecure_redirects'] === true,
  })
  return fault === undefined ? undefined : t('It cannot be registered: it {fault}.', { fault: known(fault) })
}

/** The registered redirect URI to compare with: of the same host, else of the same path, else the first. */
function closestUri(registered: readonly string[], sentUri: string): string | undefined {
  const sent = URL.parse(sentUri)
  const parsed = registered.map((uri) => ({ uri, url: URL.parse(uri) }))
  const found =
    parsed.find(({ url }) => url?.hostname === sent?.hostname && url?.pathname === sent?.pathname) ??
    parsed.find(({ url }) => url?.hostname === sent?.hostname) ??
    parsed.find(({ url }) => url?.pathname === sent?.pathname)
  return found?.uri ?? registered[0]
}

/**
 * The status alone, which an open page reads every few seconds. It is authorized like the page, but not recorded in the trail each
 * time: reading the page already is.
 */
async function showSignInStatus(request: ConsoleRequest): Promise<void> {
  const { ports } = request
  const id = request.param('client')
  const arn = clientArn(ports.use.serverAccountId, id)
  await ports.authorize(request.call, 'chancery:GetClient', arn)
  const isOwner = request.accountId === ports.use.serverAccountId
  const view = isOwner ? await ports.use.clients.find(id) : undefined
  const status = view && (await signInStatusOf(request, client.parse(clientAnswer(view, arn))))
  if (status === undefined) throw new Problem('not_found', 'there is no such app')
  showPart(request, signInStatusPart(status))
}

interface SentRedirectUri {
  readonly uri: string
  readonly at: number
  readonly sourceIp: string
}

/** The redirect URI that a refused request had. @throws Problem('not_found') for an entry of something else */
async function sentRedirectUri(request: ConsoleRequest, clientId: string): Promise<SentRedirectUri> {
  const entry = await request.perform('GetAuditEntry', auditEntry, {
    params: { entry: request.param('entry') },
  })
  const uri = redirectUriOf(entry.details)
  const isRefusal = entry.action === 'oidc:Authorize' && entry.outcome === 'refused'
  if (!isRefusal || entry.resource !== `client/${clientId}` || uri === undefined)
    throw new Problem('not_found', 'there is no refused sign-in of this app in that entry')
  return { uri, at: Math.floor(Date.parse(entry.time) / 1000), sourceIp: entry.sourceIp }
}

async function showQuestion(request: ConsoleRequest, problem?: Words | string): Promise<void> {
  const { answer: app, version } = await find(request)
  const { uri, at, sourceIp } = await sentRedirectUri(request, app.clientId)
  const hosts = redirectUrisOf(app).map((one) => URL.parse(one)?.hostname)
  const host = URL.parse(uri)?.hostname ?? ''
  const title = t('Add a redirect URI?')
  const path = appPath(app.clientId)
  await showPage(request, {
    section: 'apps',
    title,
    status: problem === undefined ? 200 : 422,
    body: confirmPage({
      title,
      lead: sentences([
        t(
          'Sign-ins to {app} could then also return to {uri}. It came {date} from {address}; anybody can send a request with any redirect URI. Add it only if it is your app’s.',
          { app: appName(app), uri: code(uri), date: when(isoOf(at)), address: sourceIp },
        ),
        ...(hosts.includes(host) ? [] : [html`<strong>${elsewhere(host)}</strong>`]),
      ]),
      crumb: { href: path, title: appName(app) },
      target: { action: request.ctx.path, token: request.token },
      hidden: { version },
      button: t('Add it'),
      look: 'primary',
      ends: undefined,
      problem: problem ?? addFault(app, uri),
      commands: [
        adminCommand(request.ports.issuer, 'UpdateClient', [app.clientId], {
          redirect_uris: [...redirectUrisOf(app), uri].join(','),
        }),
      ],
    }),
  })
}

const elsewhere = (host: string): Words =>
  host === ''
    ? t('No registered redirect URI is at this address.')
    : t('No registered redirect URI is at {host}.', { host })

const find = (request: ConsoleRequest) =>
  request.performWithVersion('GetClient', client, { params: { client: request.param('client') } })

async function add(request: ConsoleRequest): Promise<void> {
  const form = await request.form()
  if (!(await request.isFresh())) return request.signInAgain(request.ctx.path)
  const { answer: app } = await find(request)
  const { uri } = await sentRedirectUri(request, app.clientId)
  const fault = addFault(app, uri)
  if (fault !== undefined) return showQuestion(request, fault)
  try {
    await request.perform('UpdateClient', client, {
      params: { client: app.clientId },
      body: { redirect_uris: [...redirectUrisOf(app), uri] },
      version: form.get('version'),
    })
  } catch (error) {
    if (!isFormProblem(error)) throw error
    return showQuestion(request, sentence(error.message))
  }
  request.redirect(`${appPath(app.clientId)}?done=redirect`)
}

export const signInStatusRoutes: readonly ConsoleRoute[] = [
  ['GET', '/apps/:client/sign-in-status', showSignInStatus],
  ['GET', '/apps/:client/redirects/:entry', openFresh((request) => showQuestion(request))],
  ['POST', '/apps/:client/redirects/:entry', add],
]
