// A provider hint in the application's request redirects to that identity provider, once; an unknown hint is ignored.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Federated, startFederated } from '../support/federated.ts'
import { formBrowser, headingOf } from '../support/form-browser.ts'

let at: Federated
const client = {
  client_id: 'wiki',
  client_secret: 'a secret of the wiki, long enough',
  redirect_uris: ['https://wiki.example/callback'],
}
before(async () => {
  at = await startFederated({ settings: `clients: ${JSON.stringify([client])}\n` })
})
after(() => at?.stop())

/** Follows redirects within our origin and returns the last location. */
async function follow(query: string) {
  const browser = formBrowser(at.server.url)
  const request = new URLSearchParams({
    client_id: 'wiki',
    response_type: 'code',
    scope: 'openid',
    redirect_uri: 'https://wiki.example/callback',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  })
  let seen = await browser.get(`/authorize?${request}&${query}`)
  let path = ''
  while (seen.location !== undefined) {
    const next = new URL(seen.location, at.server.url)
    if (next.origin !== at.server.url) return { browser, path, to: next.origin, seen }
    path = next.pathname
    seen = await browser.get(next.pathname + next.search)
  }
  return { browser, path, to: undefined, seen }
}

for (const [hint, provider] of [
  ['idp_hint=corp', 'corp'],
  ['kc_idp_hint=social', 'social'],
  ['domain_hint=corp.example', 'corp'],
  ['idp_hint=nowhere&domain_hint=corp.example', 'corp'],
  ['idp_hint=nowhere', undefined],
  ['domain_hint=other.example', undefined],
  ['idp_hint=..%2F..%2Faccount', undefined],
  ['', undefined],
] as const)
  test(`\`${hint}\` redirects to ${provider ?? 'the sign-in page'}`, { timeout: 60_000 }, async () => {
    const { to, seen } = await follow(hint)
    assert.equal(to, provider && at[provider].origin)
    if (provider === undefined) assert.equal(headingOf(seen), 'Sign in')
  })

test('a user who returns without signing in sees the sign-in page', {
  timeout: 60_000,
}, async () => {
  const { browser, path } = await follow('idp_hint=corp')
  const page = await browser.open(path.replace(/\/to\/.*/, ''))
  assert.equal(headingOf(page), 'Sign in')
})
