// attacks.md 24: XSS in every name, client, claim, error, `state`, logo URI; CSRF on every form, also sign-in and
// logout; clickjacking; cache of private pages.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { csrfOf, formBrowser, formsOf, headingOf, type Seen } from '../support/form-browser.ts'
import { atPassword, type Enrolled, enrol } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'

const attack = '"><img src=x onerror=alert(1)><script>alert(1)</script>'
let server: Running
let admin: Enrolled

before(async () => {
  server = await startServer({
    config: `clients:
  - client_id: hostile
    client_name: '${attack}'
    token_endpoint_auth_method: none
    redirect_uris: ['http://127.0.0.1:9/cb']
`,
  })
  admin = await enrol(server)
})
after(() => server.stop())

/** The attack's own tags; the provider's self-sending form has a script, which its policy names by hash. */
const clean = (page: Seen, where: string) =>
  assert.doesNotMatch(page.text, /<img|<script>alert|"><img|onerror=alert\(1\)>/i, where)
const authorize = (more: Readonly<Record<string, string>>) =>
  `/authorize?${new URLSearchParams({
    client_id: 'hostile',
    redirect_uri: 'http://127.0.0.1:9/cb',
    response_type: 'code',
    scope: 'openid',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    ...more,
  })}`

test('24: hostile text is shown as text: client name, hint, state, wrong parameters, typed names', async () => {
  const browser = formBrowser(server.url)
  const asked = await browser.open(authorize({ login_hint: attack, state: attack, ui_locales: attack }))
  assert.equal(asked.status, 200)
  assert.match(asked.text, /&quot;&gt;&lt;img/)
  clean(asked, 'sign-in')
  clean(await browser.send(asked, { username: attack, password: attack }), 'typed name')
  const consent = await admin.browser.open(authorize({ state: attack }))
  assert.match(headingOf(consent), /^Allow/)
  clean(consent, 'consent')
  for (const wrong of [
    authorize({ client_id: attack }),
    authorize({ redirect_uri: `http://127.0.0.1:9/${attack}` }),
    authorize({ scope: attack, redirect_uri: attack }),
    `/device?user_code=${encodeURIComponent(attack)}`,
    `/logout?id_token_hint=${encodeURIComponent(attack)}&post_logout_redirect_uri=${encodeURIComponent(attack)}`,
    `/sign-in/${encodeURIComponent(attack)}`,
    `/account?done=${encodeURIComponent(attack)}`,
    `/${encodeURIComponent(attack)}`,
  ]) {
    for (const who of [browser, admin.browser]) clean(await who.open(wrong), wrong)
  }
})

test('24: no page may be framed, kept, or run a script of its own', async () => {
  const { browser, page } = await atPassword(server)
  const pages = [
    page,
    await browser.open('/'),
    await browser.open('/signed-out'),
    await browser.open('/nothing-here'),
    await browser.open('/device'),
    await admin.browser.open('/account'),
    await admin.browser.open('/account/password'),
    await admin.browser.open('/sign-out'),
    await admin.browser.open('/logout'),
  ]
  for (const seen of pages) {
    const where = `${seen.status} ${seen.url}`
    const policy = seen.headers.get('content-security-policy') ?? ''
    assert.match(policy, /frame-ancestors 'none'/, where)
    assert.match(policy, /default-src 'none'/, where)
    assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval|\*/, where)
    assert.equal(seen.headers.get('x-frame-options'), 'DENY', where)
    assert.equal(seen.headers.get('x-content-type-options'), 'nosniff', where)
    assert.match(seen.headers.get('cache-control') ?? '', /no-store/, where)
    assert.match(seen.headers.get('content-type') ?? '', /^text\/html; charset=utf-8/i, where)
  }
})

test('24: what is in the language of its reader says so, and nobody keeps it', async () => {
  for (const path of [
    '/console',
    '/console/apps/hostile',
    '/console/apps/hostile/sign-in-status',
    '/console/suggest?of=language&q=d',
    '/console/search?q=x',
    '/console/nothing-here',
    '/account',
  ]) {
    const { headers, status } = await admin.browser.open(path)
    const where = `${status} ${path}`
    assert.match(headers.get('vary') ?? '', /Accept-Language, Cookie/, where)
    assert.match(headers.get('cache-control') ?? '', /no-store/, where)
  }
})

test('24: forms are refused without their token, with another browser’s token, or from another site', async () => {
  const { browser, page } = await atPassword(server)
  const account = await admin.browser.open('/account')
  const password = await admin.browser.open('/account/password')
  const foreign = csrfOf(page)
  const forms = [
    ...formsOf(page.text).map((form) => ({ ...form, who: browser, other: '' })),
    ...formsOf(account.text).map((form) => ({ ...form, who: admin.browser, other: foreign })),
    ...formsOf(password.text).map((form) => ({ ...form, who: admin.browser, other: foreign })),
  ]
  assert.ok(forms.length >= 3)
  for (const { action, hidden, who, other } of forms) {
    const { csrf: _own, ...without } = hidden
    const refused = [
      await who.post(action, without),
      await who.post(action, { ...hidden, csrf: other }),
      await who.post(action, hidden, { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }),
      await who.post(action, hidden, { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' }),
      await who.post(action, hidden, { Origin: `${server.url}.evil.example` }),
    ]
    for (const answer of refused) assert.equal(answer.status, 403, `${action}: ${answer.status}`)
  }
  assert.equal((await admin.browser.get('/account')).status, 200, 'nobody was signed out')
})

test('24: account pages are refused without a session', async () => {
  const otherBrowser = formBrowser(server.url)
  for (const path of [
    '/account',
    '/account/password',
    '/account/authenticator/add',
    '/account/recovery-codes',
  ]) {
    const answer = await otherBrowser.get(path)
    assert.equal(answer.status, 303, path)
    assert.match(answer.location ?? '', /\/sign-in\//, path)
  }
})
