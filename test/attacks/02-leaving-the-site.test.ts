// Attack 2: scriptable targets in redirect, logout and form action (ZITADEL CVE-2026-29191); "next" links that leave the
// site (Dex #4927). Attack 3: links built from Host or X-Forwarded-Host (ZITADEL CVE-2025-3721, CVE-2025-64101).
import assert from 'node:assert/strict'
import { request } from 'node:http'
import { after, before, test } from 'node:test'
import { sameSitePath } from '../../src/web/request/same-site.ts'
import { Browser } from '../oidc/browser.ts'
import { open, type Running } from '../oidc/open.ts'

let at: Running
before(async () => {
  at = await open()
})
after(() => at.close())

const away = [
  'https://evil.test/',
  '//evil.test/',
  '/\\evil.test',
  '\\\\evil.test',
  '/\t/evil.test',
  '/%09/evil.test/..//evil.test',
  'javascript:alert(1)',
  '/..//evil.test',
  '/.//evil.test',
  'http:evil.test',
  '',
  '/\r\nX: y',
]
for (const target of away) {
  test(`2: after signing in, \`${JSON.stringify(target)}\` does not lead away`, async () => {
    const browser = new Browser(at.issuer)
    const answer = await browser.go(`/start?to=${encodeURIComponent(target)}`)
    assert.equal(new URL(answer.url).origin, at.issuer)
    const path = sameSitePath(target, at.issuer)
    if (path !== undefined) assert.equal(new URL(path, at.issuer).origin, at.issuer)
  })
}

test('2: a path of this site is where it goes on', async () => {
  const answer = await new Browser(at.issuer).go('/start?to=%2Faccount%2Fsessions%3Fx%3D1')
  assert.equal(answer.url, `${at.issuer}/account/sessions?x=1`)
  assert.match(answer.body, /AIDAALICE/)
})

test('2: a sign-out goes only to what the client registered', async () => {
  for (const uri of ['https://evil.test/', 'javascript:alert(1)', 'https://app.example/bye/more']) {
    const answer = await new Browser(at.issuer).go(
      `/logout?client_id=web&post_logout_redirect_uri=${encodeURIComponent(uri)}`,
    )
    assert.equal(answer.status, 400, uri)
  }
})

/** A request as a hostile proxy or client writes it. */
const raw = (path: string, headers: Record<string, string>): Promise<{ location: string; body: string }> =>
  new Promise((done, fail) => {
    const { port } = new URL(at.issuer)
    request({ port, host: '127.0.0.1', path, headers }, (res) => {
      let body = ''
      res.on('data', (chunk: Buffer) => {
        body += chunk.toString()
      })
      res.on('end', () => done({ location: res.headers.location ?? '', body }))
    })
      .on('error', fail)
      .end()
  })

const lies = [
  { host: 'evil.test' },
  {
    host: '127.0.0.1',
    'x-forwarded-host': 'evil.test',
    'x-forwarded-proto': 'https',
    forwarded: 'host=evil.test',
  },
]
for (const headers of lies) {
  test(`3: ${JSON.stringify(headers)} changes no link`, async () => {
    const { body } = await raw('/.well-known/openid-configuration', headers)
    assert.ok(!body.includes('evil'))
    assert.equal(JSON.parse(body).token_endpoint, `${at.issuer}/token`)
  })
}

test('3: nor does a request line that names another host', async () => {
  const { body } = await raw('http://evil.test/.well-known/openid-configuration', { host: 'evil.test' })
  assert.ok(!body.includes('evil'))
})
