// Attack 1: redirect URI matched by prefix, pattern or host (Casdoor CVE-2026-5467, authentik CVE-2024-52289, Keycloak),
// userinfo confusion (Pocket ID CVE-2026-28512), encodings. Compared to the letter; nobody is sent anywhere else.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { redirectTargetFault } from '../../src/oidc/clients/settings.ts'
import { Browser, pkce } from '../oidc/browser.ts'
import { open, type Running } from '../oidc/open.ts'

let at: Running
before(async () => {
  at = await open()
})
after(() => at.close())

const ask = (client_id: string, redirect_uri: string) =>
  new Browser(at.issuer).go(
    `/authorize?${new URLSearchParams({ client_id, redirect_uri, response_type: 'code', scope: 'openid', code_challenge: pkce().challenge, code_challenge_method: 'S256' })}`,
  )

const refused: readonly (readonly [string, string])[] = [
  ['a longer path', 'https://app.example/cb/evil'],
  ['a query', 'https://app.example/cb?x=1'],
  ['another path', 'https://app.example/'],
  ['a dot as any character', 'https://appxexample/cb'],
  ['a suffix host', 'https://app.example.evil.test/cb'],
  ['userinfo', 'https://app.example@evil.test/cb'],
  ['userinfo before the right host', 'https://evil@app.example/cb'],
  ['a backslash', 'https://app.example\\@evil.test/cb'],
  ['a doubled slash', 'https://app.example//cb'],
  ['a missing scheme', '//app.example/cb'],
  ['plain http', 'http://app.example/cb'],
  ['an encoded path', 'https://app.example/%63b'],
  ['a dot segment', 'https://app.example/x/../cb'],
  ['another port', 'https://app.example:8443/cb'],
  ['the default port', 'https://app.example:443/cb'],
  ['upper case', 'https://APP.example/cb'],
  ['a unicode look-alike', 'https://аpp.example/cb'],
  ['a trailing dot', 'https://app.example./cb'],
  ['a fragment', 'https://app.example/cb#x'],
  ['a line break', 'https://app.example/cb\r\nLocation: https://evil.test'],
  ['a leading space', ' https://app.example/cb'],
  ['a script', 'javascript:alert(1)//https://app.example/cb'],
  ['loopback at a web client', 'http://127.0.0.1:1234/cb'],
]

for (const [what, uri] of refused) {
  test(`1: ${what} in a redirect URI is refused here, not there`, async () => {
    const answer = await ask('web', uri)
    assert.equal(answer.status, 400)
    assert.equal(new URL(answer.url).origin, at.issuer)
    assert.match(answer.body, /redirect_uri/)
  })
}

test('1: a native client may use any port of the loopback address it registered, and nothing else', async () => {
  const landed = await ask('cli', 'http://127.0.0.1:49152/cb')
  assert.equal(new URL(landed.url).origin, 'http://127.0.0.1:49152')
  for (const uri of [
    'http://127.0.0.1:49152/other',
    'http://localhost:49152/cb',
    'http://[::1]:49152/cb',
    'http://127.0.0.1.evil.test:49152/cb',
    'http://127.0.0.1:49152@evil.test/cb',
    'https://127.0.0.1:49152/cb',
    'com.example.cli:/other',
  ]) {
    assert.equal((await ask('cli', uri)).status, 400, uri)
  }
})

test('1: two redirect URIs, or none, are refused', async () => {
  const query = `client_id=web&response_type=code&scope=openid&code_challenge=${pkce().challenge}&code_challenge_method=S256`
  const uri = encodeURIComponent('https://app.example/cb')
  assert.equal(
    (
      await new Browser(at.issuer).go(
        `/authorize?${query}&redirect_uri=${uri}&redirect_uri=https%3A%2F%2Fevil.test`,
      )
    ).status,
    400,
  )
  assert.equal((await new Browser(at.issuer).go(`/authorize?${query}`)).status, 400)
})

const targets: readonly (readonly [string, 'web' | 'native', boolean])[] = [
  ['https://app.example/cb', 'web', true],
  ['http://localhost:3000/cb', 'web', true],
  ['http://app.example/cb', 'web', false],
  ['https://*.app.example/cb', 'web', false],
  ['https://user@app.example/cb', 'web', false],
  ['https://@app.example/cb', 'web', false],
  ['https://app.example/cb#', 'web', false],
  ['javascript:alert(1)', 'web', false],
  ['data:text/html,x', 'native', false],
  ['com.example.app:/cb', 'native', true],
  ['com.example.app:/cb', 'web', false],
  ['myapp://cb', 'native', false],
  ['not a url', 'web', false],
]
for (const [uri, kind, fine] of targets) {
  test(`1, 2: \`${uri}\` ${fine ? 'may' : 'may not'} be registered by a ${kind} client`, () => {
    assert.equal(redirectTargetFault(uri, kind) === undefined, fine)
  })
}
