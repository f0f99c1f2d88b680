// A provider on a real socket over a real SQLite file, with a scripted person instead of sign-in pages.
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Koa from 'koa'
import type { Person } from '../../src/oidc/claims.ts'
import { registrationSchema } from '../../src/oidc/clients/registration-limits.ts'
import {
  type ClientSettings,
  clientsSchema,
  type ResourceSettings,
  resourcesSchema,
} from '../../src/oidc/clients/settings.ts'
import type { AuthMethod } from '../../src/oidc/edge.ts'
import type { OidcEvent } from '../../src/oidc/events.ts'
import type { Exchange } from '../../src/oidc/exchange/exchange-grant.ts'
import type { TokenKey, TokenKeys } from '../../src/oidc/library/keys.ts'
import { type OpenProvider, openProvider } from '../../src/oidc/provider.ts'
import { Problem } from '../../src/problem.ts'
import { openMasterKey } from '../../src/secure/key/master-key.ts'
import type { Store } from '../../src/store/store.ts'
import { describeConsentedPolicy } from '../../src/sts/session/consented-policies.ts'
import { useConfiguredOrigin } from '../../src/web/app.ts'
import { clientAddressOf } from '../../src/web/request/client-address.ts'
import { checkOrigin } from '../../src/web/request/forgery.ts'
import { requestIdOf, requestIds } from '../../src/web/request/request-id.ts'
import { sameSitePath } from '../../src/web/request/same-site.ts'
import { handleErrors, writeErrorResponse } from '../../src/web/response/error-response.ts'
import { firstHeaders } from '../../src/web/response/first-headers.ts'
import { secureHeaders } from '../../src/web/response/headers.ts'
import { openStore } from '../support/store.ts'

export interface RingDouble extends TokenKeys {
  readonly all: TokenKey[]
  rotate(): void
}

const newPair = {
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  EdDSA: () => generateKeyPairSync('ed25519'),
  Ed25519: () => generateKeyPairSync('ed25519'),
} as const
/** Made once: RSA keys take long. */
const firstRsa = newPair.RS256()

/** A key ring in memory. The first key of each algorithm signs; `rotate` makes the next ones do so. */
export function ringDouble(): RingDouble {
  const all: TokenKey[] = []
  const add = (): void => {
    for (const alg of ['Ed25519', 'EdDSA', 'RS256', 'ES256'] as const) {
      const pair = alg === 'RS256' && all.length < 4 ? firstRsa : newPair[alg]()
      all.unshift({ kid: `key-${all.length + 1}`, alg, ...pair })
    }
  }
  add()
  return {
    all,
    rotate: add,
    signing: () => all[0]!,
    published: () =>
      all.map((key) => ({
        ...key.publicKey!.export({ format: 'jwk' }),
        kid: key.kid,
        alg: key.alg,
        use: 'sig',
      })),
    find: (kid) => all.find((key) => key.kid === kid),
    cookieKeys: () => [Buffer.alloc(32, 7)],
  }
}

export const alice: Person = {
  id: 'AIDAALICEALICEALICE22',
  arn: 'arn:aws:iam::111122223333:user/alice',
  name: 'alice',
  displayName: 'Alice Example',
  email: 'alice@example.com',
  emailVerified: true,
  attributes: {},
  groups: ['staff', 'writers'],
  groupIds: ['AGPASTAFFSTAFFSTAFF22', 'AGPAWRITERSWRITERS222'],
  passwordChangedAt: 1,
}
export const bob: Person = {
  ...alice,
  id: 'AIDABOBBOBBOBBOBBOB22',
  arn: 'arn:aws:iam::111122223333:user/bob',
  name: 'bob',
  displayName: undefined,
  email: undefined,
  groups: [],
  groupIds: [],
}

/** Of a client that may introspect every token. */
export const auditorSecret = 'auditor-secret-auditor'
export const webSecret = 'web-secret-web-secret'
export const clients: ClientSettings[] = clientsSchema.parse([
  {
    client_id: 'web',
    client_secret: webSecret,
    client_name: 'Web App',
    redirect_uris: ['https://app.example/cb'],
    post_logout_redirect_uris: ['https://app.example/bye'],
    grant_types: [
      'authorization_code',
      'refresh_token',
      'client_credentials',
      'urn:ietf:params:oauth:grant-type:device_code',
    ],
    first_party: true,
  },
  { client_id: 'third', client_secret: 'third-secret-third', redirect_uris: ['https://third.example/cb'] },
  { client_id: 'spa', redirect_uris: ['https://spa.example/cb'], first_party: true },
  {
    client_id: 'cli',
    application_type: 'native',
    redirect_uris: ['http://127.0.0.1/cb', 'com.example.cli:/cb'],
    first_party: true,
    grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
  },
  { client_id: 'machine', client_secret: 'machine-secret-machine', grant_types: ['client_credentials'] },
  {
    client_id: 'auditor',
    client_secret: auditorSecret,
    grant_types: ['client_credentials'],
    introspects: 'any',
  },
])
export const resources: ResourceSettings[] = resourcesSchema.parse([
  { id: 'https://docs.example/', scopes: ['docs:read', 'docs:write'] },
  { id: 'https://vault.example/', scopes: ['vault:read'], format: 'opaque' },
])

export interface Running {
  readonly port: number
  readonly issuer: string
  readonly oidc: OpenProvider
  readonly store: Store
  readonly ring: RingDouble
  readonly people: Map<string, Person>
  readonly events: OidcEvent[]
  readonly exchanged: Parameters<Exchange>[0][]
  readonly logged: { readonly message: string; readonly fields: object }[]
  /** Who answers the next sign-in, and how. */
  script: { userId: string; amr: AuthMethod[]; consent: boolean }
  /** Bodies that arrived at https://app.example/back. */
  readonly outbound: { readonly url: string; readonly body: string }[]
  close(): Promise<void>
}

export interface OpenOptions {
  readonly dir?: string
  readonly clock?: () => number
  readonly clients?: ClientSettings[]
  readonly resources?: ResourceSettings[]
  /** The `registration:` section. */
  readonly registration?: object
  readonly requirePkce?: boolean
  readonly exchange?: Exchange
  /** Answers what goes out. */
  readonly fetch?: typeof globalThis.fetch
  readonly mayConsent?: (policies: readonly string[]) => boolean
  readonly mayFetchDocument?: (address: string) => boolean
  readonly port?: number
  readonly issuer?: string
  readonly ring?: RingDouble
  readonly clientRevokedBefore?: (clientId: string) => Promise<number | undefined>
  /** Takes each event as the audit trail does; what it rejects with is a trail that cannot be written. */
  readonly record?: (event: OidcEvent) => Promise<void>
}

export async function open(options: OpenOptions = {}): Promise<Running> {
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'oidc-'))
  await using opening = new AsyncDisposableStack()
  opening.defer(() => {
    if (options.dir === undefined) rmSync(dir, { recursive: true, force: true })
  })
  const clock = options.clock ?? Date.now
  const masterKey = openMasterKey(join(dir, 'keys'), { storeExists: existsSync(join(dir, 'chancery.db')) })
  const store = await openStore(join(dir, 'chancery.db'), {
    masterKey,
    clock: () => Math.floor(clock() / 1000),
  })
  opening.defer(() => store.close())
  let handler: (req: never, res: never) => void = () => {}
  const server = createServer((req, res) => handler(req as never, res as never))
  await once(server.listen(options.port ?? 0, '127.0.0.1'), 'listening')
  opening.defer(() => new Promise<void>((done) => closeAll(server, done)))
  const { port } = server.address() as AddressInfo
  const issuer = options.issuer ?? `http://127.0.0.1:${port}`
  const ring = options.ring ?? ringDouble()
  const people = new Map([alice, bob].map((person) => [person.id, person]))
  const running = {
    port,
    issuer,
    store,
    ring,
    people,
    events: [] as OidcEvent[],
    exchanged: [] as Parameters<Exchange>[0][],
    logged: [] as Running['logged'][number][],
    outbound: [] as Running['outbound'][number][],
    script: { userId: alice.id, amr: ['pwd', 'otp', 'mfa'], consent: true } as Running['script'],
  }
  const write = (fields: object, message: string): void => void running.logged.push({ fields, message })
  const log = { error: write, warn: write, info: write }
  const oidc = await openProvider({
    issuer,
    store,
    keys: ring,
    clients: options.clients ?? clients,
    resources: options.resources ?? resources,
    requirePkce: options.requirePkce ?? false,
    configuredNow: { hasClient: () => true, hasResource: () => true },
    registration: registrationSchema.parse(options.registration ?? {}),
    signInAllowed: async () => true,
    limits: () => ({ idle: 14 * 24 * 3600, absolute: undefined }),
    isProviderLive: async () => true,
    leaveUpstream: async () => undefined,
    findPerson: async (id) => people.get(id),
    views: () => ({
      deviceCode: (page) =>
        `<form action="${page.action}"><i>${page.xsrf}</i><b>${page.fault ?? ''}</b></form>`,
      deviceConfirm: (page) =>
        `<form action="${page.action}"><i>${page.xsrf}</i><b>${page.clientName}</b></form>`,
      deviceDone: (page) => `<p>done ${page.clientName}</p>`,
      signOut: (page) => `<form action="${page.action}"><i>${page.xsrf}</i></form>`,
      leaving: ({ to }) => `<a href="${to}">leave</a>`,
      signedOut: () => '<p>signed out</p>',
      error: (page) => `<p>${page.code}: ${page.message.replaceAll('<', '&lt;')}</p>`,
    }),
    exchange:
      options.exchange ??
      (async (request) => {
        running.exchanged.push(request)
        return {
          accessToken: 'exchanged',
          issuedTokenType: 'urn:ietf:params:oauth:token-type:access_token',
          expiresIn: 900,
        }
      }),
    authenticateWorkload: async () => {
      throw new Problem('denied', 'no workload in this test')
    },
    fetch: async (url, init) => {
      running.outbound.push({ url: String(url), body: String(init?.body ?? '') })
      return options.fetch?.(url, init) ?? new Response(null, { status: 200 })
    },
    clock,
    log,
    useConfiguredOrigin: (app) => useConfiguredOrigin(app, issuer, []),
    before: [
      requestIds,
      secureHeaders(issuer.startsWith('https:')),
      handleErrors((page) => `<p>${page.message}</p>`, log),
    ],
    responseHeaders: firstHeaders(issuer.startsWith('https:')),
    clientAddress: clientAddressOf([]),
    requestId: requestIdOf,
    sameSite: (path) => sameSitePath(path, issuer),
    checkOrigin: (ctx) => checkOrigin(ctx, issuer),
    mayLogRefusal: () => true,
    sessionPolicies: {
      describe: describeConsentedPolicy,
      mayConsent: async (_user, texts) => options.mayConsent?.(texts) ?? true,
    },
    mayFetchDocument: options.mayFetchDocument ?? (() => true),
    clientRevokedBefore: options.clientRevokedBefore,
    observe: (event) => {
      running.events.push(event)
      return options.record?.(event)
    },
  })
  opening.defer(() => oidc.outbox.stop())
  const pages = scriptedPages(oidc, running, issuer, log)
  handler = (req: never, res: never) => {
    const path = new URL((req as { url: string }).url, issuer).pathname
    void (oidc.owns(path) ? oidc.callback(req, res) : pages(req, res))
  }
  const opened = opening.move()
  return Object.assign(running, { oidc, close: () => opened.disposeAsync() }) as Running
}

function closeAll(server: Server, done: () => void): void {
  server.close(() => done())
  server.closeAllConnections()
}

/** GET on an interaction answers it as scripted; /me tells who is signed in. */
function scriptedPages(
  oidc: OpenProvider,
  running: Pick<Running, 'script' | 'people'>,
  issuer: string,
  log: never | Parameters<typeof writeErrorResponse>[3],
) {
  const app = new Koa()
  useConfiguredOrigin(app, issuer, [])
  app.use(async (ctx) => {
    try {
      if (ctx.path.startsWith('/sign-in/')) {
        const asked = await oidc.interactions.details(ctx)
        ctx.set('X-Asked', JSON.stringify({ ...asked, missing: asked.missing.scopes }))
        const { userId, amr, consent } = running.script
        const password = running.people.get(userId)?.passwordChangedAt
        if (asked.ask === 'select-account') await oidc.interactions.keepAccount(ctx)
        else if (asked.ask === 'sign-in') await oidc.interactions.finish(ctx, { userId, amr, password })
        else if (consent) await oidc.interactions.consent(ctx)
        else await oidc.interactions.refuse(ctx)
      } else if (ctx.path === '/start') await oidc.startSignIn(ctx, String(ctx.query['to'] ?? '/account'))
      else if (ctx.path === '/leave') {
        await oidc.sessions.end(ctx)
        ctx.body = 'left'
      } else if (ctx.path === '/withdraw') {
        ctx.body = String(await oidc.sessions.withdraw(running.script.userId, 'third', ctx))
      } else ctx.body = JSON.stringify((await oidc.sessions.current(ctx)) ?? null)
    } catch (error) {
      writeErrorResponse(ctx, error, (page) => `<p>${page.message}</p>`, log)
    }
  })
  return app.callback() as (req: never, res: never) => Promise<void>
}
