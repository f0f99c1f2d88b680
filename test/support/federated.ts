// A running server whose people come from real upstreams, and a browser's ways through them: for tests that try to come
// in as somebody else. Providers: `corp` speaks for corp.example, `social` speaks for no domain; both OpenID Connect.

import type { User } from '../../src/store/records.ts'
import type { Store } from '../../src/store/store.ts'
import { type FormBrowser, formBrowser, type Seen } from './form-browser.ts'
import { freePort } from './free-port.ts'
import { accountId, type Running, type StartOptions, startServer } from './server.ts'
import { storeBeside } from './store.ts'
import {
  type OpenIdUpstream,
  signInThere,
  startOpenIdUpstream,
  type UpstreamAccount,
} from './upstreams/openid-upstream.ts'
import { found } from './waiting.ts'

export interface Upstream extends OpenIdUpstream {
  /** Somebody who may sign in there from now on. */
  person(sub: string, claims?: Readonly<Record<string, unknown>>): Login
}

export interface Login {
  readonly login: string
  readonly password: string
}

export interface Federated {
  readonly server: Running
  readonly corp: Upstream
  readonly social: Upstream
  /** ARN of a provider's record. */
  arnOf(up: Upstream): string
  stop(): Promise<void>
}

export interface FederatedOptions {
  /** Members of `sign_in:` of corp and of social. */
  readonly corp?: object
  readonly social?: object
  /** More entries of `identity_providers:`, and the hosts they are at. */
  readonly others?: readonly object[]
  readonly allow?: readonly string[]
  /** More of the YAML file. */
  readonly settings?: string
  readonly env?: StartOptions['env']
}

async function openUpstream(callback: string): Promise<Upstream> {
  const accounts: UpstreamAccount[] = []
  const up = await startOpenIdUpstream({ redirectUris: [callback], accounts })
  return Object.assign(up, {
    person(sub: string, claims: Readonly<Record<string, unknown>> = {}): Login {
      const login = { login: sub, password: `password of ${sub}` }
      accounts.push({ sub, ...login, claims })
      return login
    },
  })
}

/** An upstream as an entry of `identity_providers:`. */
export const providerEntry = (up: Upstream, name: string, signIn: object = {}) => ({
  kind: 'openid',
  name,
  url: up.issuer,
  sign_in: {
    title: name,
    client_id: up.client.id,
    client_secret: up.client.secret,
    second_factor: { ask: 'enrolled' },
    ...signIn,
  },
})

/** The file's text; JSON is YAML. */
export const federatedConfig = (
  { corp, social }: Pick<Federated, 'corp' | 'social'>,
  options: FederatedOptions = {},
): string => {
  const providers = [
    providerEntry(corp, 'corp', { domains: ['corp.example'], ...options.corp }),
    providerEntry(social, 'social', options.social ?? {}),
    ...(options.others ?? []),
  ]
  return `${options.settings ?? ''}identity_providers: ${JSON.stringify(providers)}\n`
}

export async function openUpstreams(port: number): Promise<Pick<Federated, 'corp' | 'social'>> {
  const callback = (name: string) => `http://localhost:${port}/federation/${name}/callback`
  return { corp: await openUpstream(callback('corp')), social: await openUpstream(callback('social')) }
}

export async function startFederated(
  options: FederatedOptions | ((port: number) => Promise<FederatedOptions>) = {},
): Promise<Federated> {
  const port = await freePort()
  const given = typeof options === 'function' ? await options(port) : options
  await using opening = new AsyncDisposableStack()
  const { corp, social } = await openUpstreams(port)
  opening.defer(() => corp.close())
  opening.defer(() => social.close())
  const server = await startServer({
    config: federatedConfig({ corp, social }, given),
    env: {
      CHANCERY_PORT: String(port),
      CHANCERY_OUTBOUND_ALLOW: [corp.host, social.host, ...(given.allow ?? [])].join(','),
      ...given.env,
    },
  })
  opening.defer(() => server.stop())
  const opened = opening.move()
  return {
    server,
    corp,
    social,
    arnOf: ({ issuer }) => `arn:aws:iam::${accountId}:oidc-provider/${issuer.replace(/^https?:\/\//, '')}`,
    stop: () => opened.disposeAsync(),
  }
}

export interface Away {
  readonly browser: FormBrowser
  /** `/sign-in/<uid>` */
  readonly path: string
  /** Where the provider's page is. */
  readonly to: URL
}

/** A browser that was sent off to a provider. */
export async function sentAway(
  server: Pick<Running, 'url'>,
  provider: string,
  browser = formBrowser(server.url),
  start = '/sign-in',
): Promise<Away> {
  const page = await browser.open(start)
  const path = new URL(page.url).pathname
  const sent = await browser.get(`${path}/to/${provider}`)
  if (sent.location === undefined) throw new Error(`not sent away: ${sent.status} ${sent.text}`)
  return { browser, path, to: new URL(sent.location) }
}

/** Signed in there: the address that leads back, not opened yet. */
export const answerFor = (up: Upstream, { to }: Pick<Away, 'to'>, who: Login): Promise<URL> =>
  signInThere(up, to.href, { ...who })

/** The whole way; the page where it ends. */
export async function comeThrough(
  server: Pick<Running, 'url'>,
  up: Upstream,
  provider: string,
  who: Login,
  browser?: FormBrowser,
): Promise<Away & { readonly end: Seen }> {
  const away = await sentAway(server, provider, browser)
  return { ...away, end: await away.browser.open((await answerFor(up, away, who)).href) }
}

export const isSignedIn = async (browser: FormBrowser): Promise<boolean> =>
  (await browser.get('/account')).status === 200

/** Something done with the store's file, beside the running server. */
export const beside = async <T>(
  server: Pick<Running, 'dir'>,
  work: (store: Store) => Promise<T>,
): Promise<T> => work(await storeBeside(server))

export const usersOf = (server: Pick<Running, 'dir'>): Promise<readonly User[]> =>
  beside(
    server,
    async (store) => (await store.find('user', { by: 'account', value: accountId }, { limit: 500 })).records,
  )

/** Whom there is and who may come in as whom: what no refusal may change. */
export const joinedNow = async (server: Pick<Running, 'dir'>): Promise<readonly string[]> =>
  (await usersOf(server)).map(({ name, email, emailVerified, identities = [], groups, tags }) =>
    JSON.stringify([name, email, emailVerified, identities, groups, tags]),
  )

/** What the log says under a reference; a line may come a moment after the answer. */
export async function loggedUnder(server: Pick<Running, 'output'>, reference: string): Promise<string> {
  if (reference === '') throw new Error('there is no reference')
  return found('the line of the log', () =>
    server
      .output()
      .split('\n')
      .find((one) => one.includes(reference)),
  )
}

/** The reference a page of ours tells. */
export const referenceOf = ({ text }: Seen): string => /Reference <code>([^<]+)<\/code>/.exec(text)?.[1] ?? ''
