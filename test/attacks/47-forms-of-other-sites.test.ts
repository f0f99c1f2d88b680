// attacks.md 47: a page of another site posts to our forms. The browser says where a form is from; that is checked before
// anything is answered, so that the session cookie is never replaced.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Browser, codeFor, pkce, post } from '../oidc/browser.ts'
import { open, type Running } from '../oidc/open.ts'

let at: Running
before(
  async () => {
    at = await open()
  },
  { timeout: 60_000 },
)
after(() => at?.close())

const other: Readonly<Record<string, string>>[] = [
  { origin: 'https://evil.test' },
  { origin: 'null' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
]
for (const path of ['/device', '/logout/confirm']) {
  for (const headers of other) {
    test(`47: ${path} from ${Object.values(headers)[0]} is refused and sets no cookie`, {
      timeout: 60_000,
    }, async () => {
      // As a browser sends it across sites: without the session cookie (SameSite=Lax).
      const answer = await fetch(at.issuer + path, {
        method: 'POST',
        body: new URLSearchParams({ user_code: 'BCDF-GHJK', xsrf: 'x', confirm: 'yes', logout: 'yes' }),
        headers: { ...headers, accept: 'text/html' },
        redirect: 'manual',
      })
      assert.equal(answer.status, 403, await answer.text())
      assert.deepEqual(answer.headers.getSetCookie(), [])
    })
  }
}

test('47: a person stays signed in and their device waits, whatever another site posts', {
  timeout: 60_000,
}, async () => {
  const browser = new Browser(at.issuer)
  await codeFor(browser, { client_id: 'web', redirect_uri: 'https://app.example/cb' })
  const before = browser.cookies.length
  const device = await post(`${at.issuer}/device/auth`, { client_id: 'cli', scope: 'openid' })
  const answer = await browser.go('/device', {
    method: 'POST',
    body: new URLSearchParams({ user_code: String(device.body['user_code']) }),
    headers: { origin: 'https://evil.test', 'content-type': 'application/x-www-form-urlencoded' },
  })
  assert.equal(answer.status, 403)
  assert.equal(browser.cookies.length, before)
  assert.notEqual((await browser.go('/me')).body, 'null')
  const typed = await browser.go('/device')
  const xsrf = /<i>(\w+)<\/i>/.exec(typed.body)?.[1] ?? ''
  const own = await browser.go('/device', {
    method: 'POST',
    body: new URLSearchParams({ user_code: String(device.body['user_code']), xsrf }),
    headers: { origin: at.issuer, 'content-type': 'application/x-www-form-urlencoded' },
  })
  assert.equal(own.status, 200, own.body)
})

test('47: POST to /authorize and /logout goes on as GET, with the browser’s own cookies', {
  timeout: 60_000,
}, async () => {
  const browser = new Browser(at.issuer)
  await codeFor(browser, { client_id: 'web', redirect_uri: 'https://app.example/cb' })
  const { challenge } = pkce()
  const form = {
    client_id: 'web',
    redirect_uri: 'https://app.example/cb',
    response_type: 'code',
    scope: 'openid',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    state: 'a b&c',
  }
  for (const path of ['/authorize', '/logout']) {
    const first = await fetch(at.issuer + path, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: { origin: 'https://app.example' },
      redirect: 'manual',
    })
    assert.equal(first.status, 303)
    assert.deepEqual(first.headers.getSetCookie(), [])
    const to = new URL(first.headers.get('location') ?? '', at.issuer)
    assert.equal(to.pathname, path)
    assert.deepEqual(Object.fromEntries(to.searchParams), form)
  }
  const answer = await browser.submit('/authorize', form)
  const back = new URL(answer.url)
  assert.deepEqual([back.origin, back.searchParams.get('state')], ['https://app.example', 'a b&c'])
  assert.ok(back.searchParams.get('code'))
})

const wrong: readonly (readonly [string, RequestInit, number])[] = [
  ['too much', { body: new URLSearchParams({ state: 'x'.repeat(9000) }) }, 413],
  ['JSON', { body: '{}', headers: { 'content-type': 'application/json' } }, 400],
]
for (const [what, init, status] of wrong) {
  test(`47: POST to /authorize with ${what}: ${status}`, { timeout: 60_000 }, async () => {
    const answer = await fetch(`${at.issuer}/authorize`, { method: 'POST', ...init, redirect: 'manual' })
    assert.equal(answer.status, status, await answer.text())
  })
}
