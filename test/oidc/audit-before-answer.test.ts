// Nothing is given out at /token or /authorize before its audit entry is durable, for every grant in the table of ways in; and
// what was withheld may be asked for again.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { grantWays } from '../../src/oidc/grant-checks.ts'
import { Problem } from '../../src/problem.ts'
import { redeemCode, spaRefresh, spaTokens, webCode, webTokens } from '../attacks/oidc-stage.ts'
import { Browser, basic, codeFor, post, type TokenAnswer } from './browser.ts'
import { alice, open, type Running } from './open.ts'

let at: Running
/** Whether the trail can be written, and whether an entry was. */
const trail = { down: false, written: 0 }
before(async () => {
  at = await open({
    record: async () => {
      // Later than any answer that does not wait.
      await new Promise((done) => setTimeout(done, 20))
      if (trail.down) throw new Problem('unavailable', 'the trail cannot be written')
      trail.written += 1
    },
  })
})
after(() => at?.close())

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code'
const xsrfIn = (html: string) => /<i>(\w+)<\/i>/.exec(html)?.[1] ?? ''

async function confirmedDevice(): Promise<string> {
  const { body } = await post(`${at.issuer}/device/auth`, { scope: 'openid', client_id: 'cli' })
  const browser = new Browser(at.issuer)
  const user_code = String(body['user_code'])
  const form = await browser.go('/device')
  const confirm = await browser.submit('/device', { xsrf: xsrfIn(form.body), user_code })
  await browser.submit('/device', { xsrf: xsrfIn(confirm.body), user_code, confirm: 'yes' })
  return String(body['device_code'])
}

/** Gets ready to ask, and gives the request that can be sent more than once. */
const asking: Readonly<Record<keyof typeof grantWays, () => Promise<() => Promise<TokenAnswer>>>> = {
  async authorization_code() {
    const code = await webCode(at)
    return () => redeemCode(at, code)
  },
  async refresh_token() {
    const { refresh } = await spaTokens(at)
    return () => spaRefresh(at.issuer, refresh)
  },
  async [deviceGrant]() {
    const device_code = await confirmedDevice()
    return () => post(`${at.issuer}/token`, { grant_type: deviceGrant, device_code, client_id: 'cli' })
  },
  async client_credentials() {
    const machine = basic('machine', 'machine-secret-machine')
    return () => post(`${at.issuer}/token`, { grant_type: 'client_credentials' }, machine)
  },
}

for (const [grant, ready] of Object.entries(asking)) {
  test(`${grant}: the audit entry is durable before the response, and without one nothing is issued`, {
    timeout: 60_000,
  }, async () => {
    const ask = await ready()
    trail.down = true
    const withheld = await ask().finally(() => {
      trail.down = false
    })
    assert.equal(withheld.status, 503)
    assert.equal(withheld.body['error'], 'temporarily_unavailable')
    for (const name of ['access_token', 'id_token', 'refresh_token'])
      assert.equal(withheld.body[name], undefined)
    const before = trail.written
    const given = await ask()
    assert.equal(given.status, 200, JSON.stringify(given.body))
    assert.equal(trail.written, before + 1)
    const again = await ask()
    if (grant !== 'client_credentials') assert.equal(again.body['error'], 'invalid_grant')
  })
}

test('a refresh token that was issued is not revoked when a later audit entry fails', {
  timeout: 60_000,
}, async () => {
  const { refresh } = await webTokens(at)
  const form = { grant_type: 'refresh_token', refresh_token: refresh, client_id: 'spa' }
  assert.equal((await post(`${at.issuer}/token`, form)).status, 400)
  const { refresh: first } = await spaTokens(at)
  assert.equal((await spaRefresh(at.issuer, first)).status, 200)
  trail.down = true
  await spaRefresh(at.issuer, first).finally(() => {
    trail.down = false
  })
  assert.equal((await spaRefresh(at.issuer, first)).status, 400)
})

test('a refusal is audited before the response', { timeout: 60_000 }, async () => {
  const before = trail.written
  const { status } = await post(
    `${at.issuer}/token`,
    { grant_type: 'client_credentials' },
    basic('machine', 'wrong'),
  )
  assert.deepEqual([status, trail.written], [401, before + 1])
})

test('no code is sent to an application without an audit entry', { timeout: 60_000 }, async () => {
  trail.down = true
  await assert.rejects(webCode(at), /no code: 503/).finally(() => {
    trail.down = false
  })
})

test('consent given and withdrawn on our own pages is audited before the response', {
  timeout: 60_000,
}, async () => {
  const third = { client_id: 'third', redirect_uri: 'https://third.example/cb' }
  const browser = new Browser(at.issuer)
  const granted = async () =>
    (await at.oidc.sessions.grants(alice.id)).some(({ clientId }) => clientId === third.client_id)
  trail.down = true
  await assert.rejects(codeFor(browser, third), /no code: 503/).finally(() => {
    trail.down = false
  })
  assert.equal(await granted(), false, 'what is not on record is not granted')
  await codeFor(browser, third)
  const before = trail.written
  assert.equal((await browser.go('/withdraw')).body, 'true')
  assert.equal(trail.written, before + 1)
  await codeFor(browser, third)
  trail.down = true
  const withheld = await browser.go('/withdraw').finally(() => {
    trail.down = false
  })
  assert.equal(withheld.status, 503)
  assert.equal(await granted(), false, 'withdrawn all the same')
})

test('parameters that are too long or too many are refused by the gate at every grant', {
  timeout: 60_000,
}, async () => {
  const long = 'x'.repeat(3000)
  for (const grant_type of Object.keys(grantWays)) {
    const form = { grant_type, code: long, refresh_token: long, device_code: long, scope: long }
    const { status, body } = await post(`${at.issuer}/token`, form, basic('web', 'web-secret-web-secret'))
    assert.deepEqual([status, body['error']], [400, 'invalid_request'], grant_type)
    assert.match(String(body['error_description']), /at most 2048 characters/)
  }
})
