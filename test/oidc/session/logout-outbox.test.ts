// Clients are told of a sign-out although they, or the process in which it happened, are away for a while.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify } from 'jose'
import { clientsSchema } from '../../../src/oidc/clients/settings.ts'
import { serverAccount } from '../../../src/store/records.ts'
import { until as becomesTrue } from '../../support/waiting.ts'
import { Browser, codeFor } from '../browser.ts'
import { alice, clients, type OpenOptions, open, type Running } from '../open.ts'

const told = (id: string) => ({
  client_id: id,
  client_secret: 'told-secret-told',
  redirect_uris: [`https://${id}.example/cb`],
  first_party: true,
  backchannel_logout_uri: `https://${id}.example/back`,
  backchannel_logout_session_required: true,
})
const withTold = [...clients, ...clientsSchema.parse([told('told'), told('other')])]

interface Stage {
  readonly at: Running
  /** Seconds. */
  pass(seconds: number): void
  /** What becomes of each request that goes out. */
  answer: (url: string) => Promise<Response>
}

async function stage(t: TestContext, options: OpenOptions = {}): Promise<Stage> {
  let ahead = 0
  const made: { answer: Stage['answer'] } = { answer: async () => new Response(null) }
  const at = await open({
    clients: withTold,
    clock: () => Date.now() + ahead,
    fetch: (url) => made.answer(String(url)),
    ...options,
  })
  t.after(() => at.close())
  const pass = (seconds: number) => {
    ahead += seconds * 1000
  }
  return Object.assign(made, { at, pass })
}

const signedIn = (at: Running, ...ids: string[]): Promise<Browser> => signIn(new Browser(at.issuer), ...ids)

async function signIn(browser: Browser, ...ids: string[]): Promise<Browser> {
  for (const id of ids) await codeFor(browser, { client_id: id, redirect_uri: `https://${id}.example/cb` })
  return browser
}

const waiting = async ({ store }: Running) =>
  (await store.find('delivery', { by: 'next', value: 'all' }, { limit: 1000 })).records
const until = (holds: () => Promise<boolean> | boolean): Promise<void> =>
  becomesTrue('the deliveries are as expected', holds, { every: 5 })
const tokens = ({ outbound }: Running) =>
  outbound.map(({ body }) => new URLSearchParams(body).get('logout_token') ?? '')

async function leaveByApplication(browser: Browser): Promise<number> {
  const page = await browser.go('/logout')
  const xsrf = /<i>(\w+)<\/i>/.exec(page.body)?.[1] ?? ''
  return (await browser.submit('/logout/confirm', { xsrf, logout: 'yes' })).status
}

for (const [way, leave] of [
  ['on our page', async (browser: Browser) => (await browser.go('/leave')).status],
  ['at the logout endpoint', leaveByApplication],
] as const) {
  test(`an application opened while its user signs out ${way} is notified too`, async (t) => {
    const { at } = await stage(t)
    const browser = await signedIn(at, 'told')
    const create = at.store.create.bind(at.store)
    let opened: Promise<Browser> | undefined
    Object.assign(at.store, {
      async create(...[kind, record]: Parameters<typeof create>) {
        if (kind === 'delivery') {
          opened ??= signIn(browser, 'other')
          await opened
        }
        return create(kind, record)
      },
    })
    assert.ok((await leave(browser)) < 400)
    await until(async () => (await waiting(at)).length === 0)
    assert.deepEqual(at.outbound.map(({ url }) => url).sort(), [
      'https://other.example/back',
      'https://told.example/back',
    ])
  })

  test(`signing out ${way} does not wait for a client that does not respond, which is notified later`, async (t) => {
    const { promise: hanging, resolve: answer } = Promise.withResolvers<Response>()
    const staged = await stage(t)
    const { at } = staged
    const browser = await signedIn(at, 'told')
    staged.answer = () => hanging
    assert.ok((await leave(browser)) < 400)
    assert.equal((await browser.go('/me')).body, 'null')
    await until(() => at.outbound.length === 1)
    assert.equal((await waiting(at)).length, 1)
    answer(new Response(null))
    await until(async () => (await waiting(at)).length === 0)
    await until(() => at.events.some(({ what }) => what === 'logout_delivered'))
  })
}

test('a client that was down is notified once it is reachable, with a new logout token', async (t) => {
  const staged = await stage(t)
  const { at } = staged
  const browser = await signedIn(at, 'told')
  staged.answer = async () => new Response('no', { status: 503 })
  await browser.go('/leave')
  await until(async () => (await waiting(at))[0]?.tries === 1 && at.logged.length > 0)
  await at.oidc.outbox.deliverDue()
  assert.equal(at.outbound.length, 1, 'not before the pause is over')
  at.ring.rotate()
  staged.answer = async () => new Response(null, { status: 204 })
  staged.pass(10)
  await at.oidc.outbox.deliverDue()
  const [first = '', second = ''] = tokens(at)
  const keys = createLocalJWKSet((await (await fetch(`${at.issuer}/jwks`)).json()) as JSONWebKeySet)
  const { payload, protectedHeader } = await jwtVerify(second, keys, { audience: 'told', typ: 'logout+jwt' })
  assert.equal(protectedHeader.kid, at.ring.all.find(({ alg }) => alg === 'RS256')?.kid)
  assert.equal(payload.sub, alice.id)
  assert.notEqual(payload.jti, decodeJwt(first).jti)
  assert.equal(payload['sid'], decodeJwt(first)['sid'])
  assert.deepEqual(await waiting(at), [])
  assert.deepEqual(
    at.events.filter(({ what }) => what.startsWith('logout_')).map(({ what }) => what),
    ['logout_undelivered', 'logout_delivered'],
  )
})

test('deliveries to a client that never responds are given up, and the first and last failure are audited', async (t) => {
  const staged = await stage(t)
  const { at } = staged
  const browser = await signedIn(at, 'told')
  staged.answer = async () => Promise.reject(new TypeError('fetch failed'))
  await browser.go('/leave')
  await until(() => at.events.some(({ what }) => what === 'logout_undelivered'))
  for (let hour = 0; hour < 12 * 24 && (await waiting(at)).length > 0; hour++) {
    staged.pass(300)
    await at.oidc.outbox.deliverDue()
  }
  assert.deepEqual(await waiting(at), [])
  assert.ok(at.outbound.length > 8 && at.outbound.length <= 20, `${at.outbound.length} tries`)
  const failures = at.events.filter(({ what }) => what === 'logout_undelivered')
  assert.deepEqual(
    failures.map(({ error }) => error?.split(':')[0]),
    ['will be tried again', 'given up'],
  )
})

test('of two processes one delivers a logout, and it takes over the deliveries of a process that died', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'outbox-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  const one = await stage(t, { dir })
  const two = await stage(t, { dir, issuer: one.at.issuer, ring: one.at.ring })
  const browser = await signedIn(one.at, 'told', 'other')
  // Never settles: as far as anyone else can see, this process has died while it told them.
  one.answer = () => new Promise(() => {})
  Object.assign(one.at.oidc.outbox, { stop: async () => {} })
  await browser.go('/leave')
  await until(() => one.at.outbound.length === 2)
  await two.at.oidc.outbox.deliverDue()
  assert.equal(two.at.outbound.length, 0, 'not while the other has it')
  const three = await stage(t, { dir, issuer: one.at.issuer, ring: one.at.ring })
  for (const late of [two, three]) late.pass(31)
  await Promise.all([two.at.oidc.outbox.deliverDue(), three.at.oidc.outbox.deliverDue()])
  const urls = [...two.at.outbound, ...three.at.outbound].map(({ url }) => url)
  assert.deepEqual(urls.sort(), ['https://other.example/back', 'https://told.example/back'])
  assert.deepEqual(await waiting(two.at), [])
})

test('a client that hangs does not hold up another, however much waits for it', async (t) => {
  const staged = await stage(t)
  const { at } = staged
  // It stands still: the pause of the client that hangs must not end while the others are put off.
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
  const began = Math.floor(Date.now() / 1000)
  const now = began - 100
  const put = (id: string, clientId: string, nextAt: number) =>
    at.store.create('delivery', {
      id,
      accountId: serverAccount,
      clientId,
      userId: alice.id,
      tries: 1,
      nextAt,
      expiresAt: now + 3600,
    })
  await Promise.all(Array.from({ length: 350 }, (_, n) => put(`dead-${n}`, 'told', now)))
  await put('alive', 'other', now + 1)
  const { promise: hanging, reject } = Promise.withResolvers<Response>()
  staged.answer = (url) => (url.includes('told') ? hanging : Promise.resolve(new Response(null)))
  const looked = at.oidc.outbox.deliverDue()
  const asked = () => at.outbound.filter(({ url }) => url.includes('told')).length
  try {
    await until(async () => asked() >= 4 && (await at.store.get('delivery', 'alive')) === undefined)
    assert.equal(asked(), 4, 'four at once and no more')
  } finally {
    // Also after a failure: the server is closed when its deliveries have ended.
    reject(new TypeError('fetch failed'))
  }
  await looked
  await at.oidc.outbox.deliverDue()
  assert.equal(at.outbound.length, 5, 'those that wait for it are put off without a try')
  assert.equal((await waiting(at)).filter(({ nextAt }) => nextAt <= began).length, 0)
})

test('deliveries to a client that was removed or has no back-channel URI are dropped', async (t) => {
  const { at } = await stage(t)
  const now = Math.floor(Date.now() / 1000)
  const common = { accountId: serverAccount, userId: alice.id, tries: 0, nextAt: now, expiresAt: now + 60 }
  await at.store.create('delivery', { ...common, id: 'gone', clientId: 'nobody' })
  await at.store.create('delivery', { ...common, id: 'silent', clientId: 'web' })
  await at.oidc.outbox.deliverDue()
  assert.deepEqual(await waiting(at), [])
  assert.deepEqual(at.outbound, [])
})
