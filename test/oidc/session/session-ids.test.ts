// The `sid` of a client in a session: one for all requests of the browser, in ID tokens and in logout tokens (OpenID
// Connect Back-Channel Logout 1.0 §2.1), also when the session was not stored yet or several requests were the first.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { decodeJwt } from 'jose'
import { clientsSchema } from '../../../src/oidc/clients/settings.ts'
import { until } from '../../support/waiting.ts'
import { Browser, basic, codeFor, pkce, post } from '../browser.ts'
import { alice, bob, clients, open, type Running } from '../open.ts'

const informed = (client_id: string) => ({
  client_id,
  client_secret: 'informed-secret-informed',
  redirect_uris: [`https://${client_id}.example/cb`],
  first_party: true,
  backchannel_logout_uri: `https://${client_id}.example/back`,
  backchannel_logout_session_required: true,
})

let at: Running
before(async () => {
  at = await open({ clients: [...clients, ...clientsSchema.parse([informed('first'), informed('second')])] })
})
after(() => at.close())

const redirectUri = (id: string) => `https://${id}.example/cb`

/** An authorization request that is sent but not redeemed. */
const request = (id: string) => ({
  client_id: id,
  redirect_uri: redirectUri(id),
  response_type: 'code',
  scope: 'openid',
  code_challenge: pkce().challenge,
  code_challenge_method: 'S256',
})

/** The `sid` of the ID token that one authorization request leads to. */
async function sidFor(browser: Browser, id: string): Promise<unknown> {
  const redirect_uri = redirectUri(id)
  const { code, verifier } = await codeFor(browser, { client_id: id, redirect_uri })
  const { body } = await post(
    `${at.issuer}/token`,
    { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri },
    basic(id, 'informed-secret-informed'),
  )
  return decodeJwt(String(body['id_token']))['sid']
}

/** The `sid` of the logout token that each client is sent when the session ends, by URL. */
async function sidsAtLogout(browser: Browser, count: number): Promise<ReadonlyMap<string, unknown>> {
  const earlier = at.outbound.length
  await browser.go('/leave')
  await until('each client was told', () => at.outbound.length >= earlier + count)
  return new Map(
    at.outbound
      .slice(earlier)
      .map(({ url, body }) => [url, decodeJwt(new URLSearchParams(body).get('logout_token') ?? '')['sid']]),
  )
}

test('a session that is stored only after the first request keeps the sid of its ID token', async () => {
  const browser = new Browser(at.issuer)
  const sid = await sidFor(browser, 'first')
  assert.equal(typeof sid, 'string')
  assert.equal(await sidFor(browser, 'first'), sid)
  assert.deepEqual(await sidsAtLogout(browser, 1), new Map([['https://first.example/back', sid]]))
})

test('each client has a sid of its own in a stored session, the same in every token', async () => {
  const browser = new Browser(at.issuer)
  const first = await sidFor(browser, 'first')
  const second = await sidFor(browser, 'second')
  assert.equal(typeof second, 'string')
  assert.notEqual(first, second)
  assert.equal(await sidFor(browser, 'second'), second)
  assert.deepEqual(
    await sidsAtLogout(browser, 2),
    new Map([
      ['https://first.example/back', first],
      ['https://second.example/back', second],
    ]),
  )
})

test('requests that reach a client at the same time for the first time get one sid', async () => {
  const browser = new Browser(at.issuer)
  await sidFor(browser, 'first')
  const [sid, ...others] = await Promise.all(Array.from({ length: 8 }, () => sidFor(browser, 'second')))
  assert.deepEqual(
    others,
    others.map(() => sid),
  )
  const atLogout = await sidsAtLogout(browser, 2)
  assert.equal(atLogout.get('https://second.example/back'), sid)
})

test('another user who signs in in the same browser gets another sid', async (t) => {
  t.after(() => {
    at.script.userId = alice.id
  })
  const browser = new Browser(at.issuer)
  const sid = await sidFor(browser, 'first')
  at.script.userId = bob.id
  const page = await browser.go(`/authorize?${new URLSearchParams({ ...request('first'), prompt: 'login' })}`)
  // The session of the first user is signed out by a form that submits itself.
  const action = /action="([^"]+)"/.exec(page.body)?.[1] ?? ''
  const fields = [...page.body.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [
    name,
    value,
  ])
  const back = await browser.submit(action, Object.fromEntries(fields))
  assert.ok(new URL(back.url).searchParams.get('code'), back.url + back.body)
  const other = await sidFor(browser, 'first')
  assert.equal(typeof other, 'string')
  assert.notEqual(other, sid)
})
