// attacks.md 17, the answer's way back: state missing, guessed, of another provider or another sign-in, used twice or by two at
// once; nonce and `iss`; callback replay; the victim's click on the attacker's link; and what an error answer may show.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  type Away,
  answerFor,
  comeThrough,
  type Federated,
  isSignedIn,
  joinedNow,
  loggedUnder,
  referenceOf,
  sentAway,
  startFederated,
} from '../support/federated.ts'
import { formBrowser, headingOf, type Seen } from '../support/form-browser.ts'
import { entriesOf } from '../support/trail.ts'

let at: Federated
before(async () => {
  at = await startFederated()
})
after(() => at?.stop())

let people = 0
const somebody = () => at.corp.person(`c-${++people}`, { preferred_username: `person-${people}` })

const changed = (url: URL, change: (query: URLSearchParams) => void): string => {
  const other = new URL(url)
  change(other.searchParams)
  return other.href
}

/** Refused: one page, the reason under its reference, and nothing is otherwise than before. */
async function nothingCameOf(
  page: Seen,
  { browser }: Pick<Away, 'browser'>,
  before: readonly string[],
  reason: RegExp,
): Promise<void> {
  assert.ok(page.status >= 400 && page.status < 500, `${page.status} ${headingOf(page)}`)
  const reference = referenceOf(page)
  assert.match(reference, /^\S{8,}$/, page.text)
  assert.match(await loggedUnder(at.server, reference), reason)
  assert.equal(await isSignedIn(browser), false)
  assert.deepEqual(await joinedNow(at.server), before)
}

const strays: readonly (readonly [what: string, (query: URLSearchParams) => void, reason: RegExp])[] = [
  ['no state', (query) => query.delete('state'), /does not belong to a sign-in that was started here/],
  ['an empty state', (query) => query.set('state', ''), /does not belong to a sign-in that was started here/],
  [
    'a guessed state',
    (query) => query.set('state', 'a'.repeat(60)),
    /does not belong to a sign-in that was started here/,
  ],
  [
    'a state under a guessed MAC',
    (query) => query.set('state', `${query.get('state')?.slice(0, -4)}AAAA`),
    /does not belong to a sign-in that was started here/,
  ],
  [
    'a state too long',
    (query) => query.set('state', 'a.b.'.repeat(500)),
    /does not belong to a sign-in that was started here/,
  ],
  ['two states', (query) => query.append('state', query.get('state') ?? ''), /`state` stands twice/],
]
for (const [what, change, reason] of strays)
  test(`17: an answer with ${what} ends nowhere, and does not spend the right one`, async () => {
    const away = await sentAway(at.server, 'corp')
    const back = await answerFor(at.corp, away, somebody())
    const before = await joinedNow(at.server)
    await nothingCameOf(await away.browser.open(changed(back, change)), away, before, reason)
    await away.browser.open(back.href)
    assert.ok(await isSignedIn(away.browser))
  })

test('17: a state made for one provider is none at another’s callback (mix-up)', async () => {
  const away = await sentAway(at.server, 'social')
  const corp = await sentAway(at.server, 'corp', away.browser)
  const before = await joinedNow(at.server)
  const code = (await answerFor(at.corp, corp, somebody())).searchParams
  code.set('state', away.to.searchParams.get('state') ?? '')
  await nothingCameOf(
    await away.browser.open(`/federation/corp/callback?${code}`),
    away,
    before,
    /does not belong to a sign-in that was started here/,
  )
  // At the callback it was made for, the code of the other provider is not sent on: the answer names its issuer.
  const asked = at.social.requests.filter((line) => line === 'POST /token').length
  await nothingCameOf(
    await away.browser.open(`/federation/social/callback?${code}`),
    away,
    before,
    /issuer|iss/,
  )
  assert.equal(at.social.requests.filter((line) => line === 'POST /token').length, asked)
})

test('17: the state of another sign-in of the same browser brings the answer there, where it is not awaited', async () => {
  const one = await sentAway(at.server, 'corp')
  const two = await sentAway(at.server, 'corp', one.browser)
  const back = await answerFor(at.corp, one, somebody())
  const before = await joinedNow(at.server)
  const swapped = changed(back, (query) => query.set('state', two.to.searchParams.get('state') ?? ''))
  // PKCE and nonce of the other sign-in do not fit.
  await nothingCameOf(await one.browser.open(swapped), one, before, /code|grant|nonce/)
})

test('17: sent off twice in one sign-in, the first answer is no longer awaited', async () => {
  const first = await sentAway(at.server, 'corp')
  const again = await first.browser.get(`${first.path}/to/corp`)
  assert.ok(again.location)
  const before = await joinedNow(at.server)
  const back = await answerFor(at.corp, first, somebody())
  await nothingCameOf(await first.browser.open(back.href), first, before, /does not belong to this sign-in/)
})

test('17: a replayed callback signs nobody in, in the same browser or another', async () => {
  const who = somebody()
  const away = await sentAway(at.server, 'corp')
  const back = await answerFor(at.corp, away, who)
  await away.browser.open(back.href)
  assert.ok(await isSignedIn(away.browser))
  const before = await joinedNow(at.server)
  const redeemed = at.corp.requests.filter((line) => line === 'POST /token').length
  const thief = formBrowser(at.server.url)
  assert.equal((await thief.open(back.href)).status, 404)
  assert.equal(await isSignedIn(thief), false)
  // Signed out, going back in the browser's history.
  away.browser.cookies.delete([...away.browser.cookies.keys()].find((key) => /session /.test(key)) ?? '')
  assert.equal(await isSignedIn(away.browser), false)
  assert.equal((await away.browser.open(back.href)).status, 404)
  assert.equal(await isSignedIn(away.browser), false)
  assert.equal(at.corp.requests.filter((line) => line === 'POST /token').length, redeemed)
  assert.deepEqual(await joinedNow(at.server), before)
})

test('17: of ten concurrent requests with one answer, one redeems its code, and only that user is signed in', async () => {
  const away = await sentAway(at.server, 'corp')
  const back = await answerFor(at.corp, away, somebody())
  const before = (await joinedNow(at.server)).length
  const signIns = async () =>
    (await entriesOf(at.server)).filter(({ action }) => action === 'signin:SignIn').map(({ who }) => who)
  const signedInBefore = (await signIns()).length
  const redeemed = at.corp.requests.filter((line) => line === 'POST /token').length
  const ends = await Promise.all(Array.from({ length: 10 }, () => away.browser.open(back.href)))
  assert.ok(
    ends.every(({ status }) => status < 500),
    `${ends.map(({ status }) => status)}`,
  )
  assert.equal(at.corp.requests.filter((line) => line === 'POST /token').length, redeemed + 1)
  assert.equal((await joinedNow(at.server)).length, before + 1)
  const now = await signIns()
  // The browser's other requests may find the sign-in proven and end it beside the first: as the same person.
  const newest = now.slice(0, now.length - signedInBefore)
  assert.ok(new Set(newest).size <= 1, newest.join('\n'))
})

for (const underWay of [false, true])
  test(`17: the attacker’s callback, opened in the victim’s browser ${underWay ? 'that signs in itself' : ''}, signs nobody in`, async () => {
    const attacker = await sentAway(at.server, 'corp')
    const link = await answerFor(at.corp, attacker, somebody())
    const before = await joinedNow(at.server)
    const victim = underWay ? await sentAway(at.server, 'corp') : { browser: formBrowser(at.server.url) }
    const page = await victim.browser.open(link.href)
    assert.equal(page.status, 404)
    assert.equal(await isSignedIn(victim.browser), false)
    // The attacker's code under the victim's own sign-in, whose address and state were guessed.
    if ('path' in victim) {
      const forced = changed(link, (query) => query.set('state', victim.to.searchParams.get('state') ?? ''))
      await nothingCameOf(await victim.browser.open(forced), victim, before, /code|grant|nonce/)
      // Their own answer is for the trip that the forced one ended: they start again.
      const own = await answerFor(at.corp, await sentAway(at.server, 'corp', victim.browser), somebody())
      await victim.browser.open(own.href)
      assert.ok(await isSignedIn(victim.browser))
    } else assert.deepEqual(await joinedNow(at.server), before)
  })

test('17: an answer without its state is refused at the address of the sign-in', async () => {
  const away = await sentAway(at.server, 'corp')
  const back = await answerFor(at.corp, away, somebody())
  const before = await joinedNow(at.server)
  const bare = changed(back, (query) => query.delete('state')).split('?')[1]
  const page = await away.browser.open(`${away.path}/callback?${bare}`)
  await nothingCameOf(page, away, before, /does not belong to this sign-in/)
})

type Claims = Record<string, unknown>
const tokens: readonly (readonly [what: string, (claims: Claims) => Claims, reason: RegExp])[] = [
  ['no nonce', ({ nonce: _nonce, ...claims }) => claims, /nonce/],
  ['another nonce', (claims) => ({ ...claims, nonce: 'another' }), /nonce/],
  ['a list of nonces', (claims) => ({ ...claims, nonce: [claims['nonce']] }), /nonce/],
  ['a foreign issuer', (claims) => ({ ...claims, iss: 'https://evil.example' }), /issuer|iss/],
  ['another audience', (claims) => ({ ...claims, aud: 'someone-else' }), /aud|client/],
  ['a foreign azp', (claims) => ({ ...claims, azp: 'someone-else' }), /azp/],
  ['no subject', ({ sub: _sub, ...claims }) => claims, /sub/],
  ['an ended life', (claims) => ({ ...claims, exp: 1_600_000_000 }), /exp/],
]
for (const [what, idToken, reason] of tokens)
  test(`17: an ID token with ${what} signs nobody in`, async (t) => {
    t.after(() => {
      at.corp.quirks.idToken = undefined
    })
    at.corp.quirks.idToken = idToken
    const away = await sentAway(at.server, 'corp')
    const before = await joinedNow(at.server)
    const page = await away.browser.open((await answerFor(at.corp, away, somebody())).href)
    await nothingCameOf(page, away, before, reason)
    const refused = (await entriesOf(at.server)).find(({ requestId }) => requestId === referenceOf(page))
    assert.deepEqual([refused?.action, refused?.outcome], ['signin:FederatedSignIn', 'refused'])
    assert.match(refused?.reason ?? '', reason)
  })

const issuers: readonly (readonly [what: string, (query: URLSearchParams) => void])[] = [
  ['no `iss`, though the provider says it sends one', (query) => query.delete('iss')],
  ['a foreign `iss`', (query) => query.set('iss', 'https://evil.example')],
  ['an empty `iss`', (query) => query.set('iss', '')],
]
for (const [what, change] of issuers)
  test(`17: an answer with ${what} is refused, and its code is not redeemed`, async () => {
    const away = await sentAway(at.server, 'corp')
    const back = await answerFor(at.corp, away, somebody())
    const before = await joinedNow(at.server)
    const redeemed = at.corp.requests.filter((line) => line === 'POST /token').length
    await nothingCameOf(await away.browser.open(changed(back, change)), away, before, /iss/)
    assert.equal(at.corp.requests.filter((line) => line === 'POST /token').length, redeemed)
  })

const script = '<script>alert(1)</script><img src=x onerror=alert(1)>'
const errors: readonly (readonly [code: string, description: string | undefined])[] = [
  ['access_denied', undefined],
  ['access_denied', script],
  ['login_required', 'x'.repeat(4000)],
  ['server_error', 'line\r\nSet-Cookie: a=b'],
  ['temporarily_unavailable', '\u001b[2Jterminal'],
  [script, script],
  ['__proto__', 'constructor'],
  ['', 'no code at all'],
]
for (const [code, description] of errors)
  test(`17: the error \`${code.slice(0, 24)}\` ends on one page that echoes nothing of it (24)`, async () => {
    const away = await sentAway(at.server, 'corp')
    const before = await joinedNow(at.server)
    const answer = new URLSearchParams({
      error: code,
      state: away.to.searchParams.get('state') ?? '',
      iss: at.corp.issuer,
      ...(description === undefined
        ? {}
        : { error_description: description, error_uri: 'javascript:alert(1)' }),
    })
    const page = await away.browser.open(`/federation/corp/callback?${answer}`)
    await nothingCameOf(page, away, before, /refused/)
    for (const echo of ['alert(1)', 'onerror', 'Set-Cookie', 'xxxxxxxx', 'terminal', 'javascript:'])
      assert.ok(!page.text.includes(echo), echo)
    assert.equal(page.headers.get('set-cookie')?.includes('a=b') ?? false, false)
    assert.match(page.headers.get('content-security-policy') ?? '', /script-src|default-src/)
    // The same sign-in goes on another way.
    assert.equal(headingOf(await away.browser.open(away.path)), 'Sign in')
  })

test('24: names and addresses from a provider are text on every page', async () => {
  const evil = at.social.person('s-<script>alert(1)</script>', {
    preferred_username: script,
    name: script,
    email: `"${script}"@corp.example`,
    groups: [script],
  })
  const { browser, end } = await comeThrough(at.server, at.social, 'social', evil)
  assert.ok(await isSignedIn(browser), headingOf(end))
  for (const page of [end, await browser.open('/account')]) {
    assert.ok(!page.text.includes('<script>alert'), page.text)
    assert.ok(!page.text.includes('<img src=x'), page.text)
  }
})
