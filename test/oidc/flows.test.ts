// Each flow once, over real HTTP.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import { ArtifactStore } from '../../src/oidc/artifacts/artifact-store.ts'
import { clientsSchema } from '../../src/oidc/clients/settings.ts'
import type { Interaction } from '../../src/oidc/edge.ts'
import { redeemCode, refresh, web, webBack, webCode, webTokens } from '../attacks/oidc-stage.ts'
import { found } from '../support/waiting.ts'
import { Browser, basic, codeFor, pkce, post, type TokenAnswer } from './browser.ts'
import { alice, bob, clients, open, type Running, webSecret } from './open.ts'

let ahead = 0
let at: Running
before(async () => {
  const told = {
    backchannel_logout_uri: 'https://told.example/back',
    backchannel_logout_session_required: true,
  }
  at = await open({
    clock: () => Date.now() + ahead,
    clients: [
      ...clients,
      ...clientsSchema.parse([
        {
          client_id: 'told',
          client_secret: 'told-secret-told',
          redirect_uris: ['https://told.example/cb'],
          first_party: true,
          ...told,
        },
      ]),
    ],
  })
})
after(() => at.close())

test('a third party needs consent, and gets access_denied when the user refuses', async () => {
  const browser = new Browser(at.issuer)
  await codeFor(browser, { client_id: 'third', redirect_uri: 'https://third.example/cb' })
  assert.equal(browser.visited.filter((path) => path.startsWith('/sign-in/')).length, 2)
  at.script.consent = false
  const { challenge } = pkce()
  const query = new URLSearchParams({
    client_id: 'third',
    redirect_uri: 'https://third.example/cb',
    response_type: 'code',
    scope: 'openid email',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  })
  const answer = await browser.go(`/authorize?${query}`)
  at.script.consent = true
  assert.equal(new URL(answer.url).searchParams.get('error'), 'access_denied')
})

test('a session serves every application; without one prompt=none is login_required', async () => {
  const browser = new Browser(at.issuer)
  await codeFor(browser, { client_id: 'web', redirect_uri: webBack })
  const before = browser.visited.filter((path) => path.startsWith('/sign-in/')).length
  await codeFor(browser, { client_id: 'spa', redirect_uri: 'https://spa.example/cb', prompt: 'none' })
  assert.equal(browser.visited.filter((path) => path.startsWith('/sign-in/')).length, before)
  await assert.rejects(
    codeFor(new Browser(at.issuer), {
      client_id: 'spa',
      redirect_uri: 'https://spa.example/cb',
      prompt: 'none',
    }),
    /login_required/,
  )
})

test('acr_values that the session does not reach ask for a step-up', async (t) => {
  at.script.amr = ['pwd']
  t.after(() => {
    at.script.amr = ['pwd', 'otp', 'mfa']
  })
  const browser = new Browser(at.issuer)
  const signIns = () => browser.visited.filter((path) => path.startsWith('/sign-in/')).length
  await codeFor(browser, { client_id: 'web', redirect_uri: webBack })
  assert.equal(signIns(), 1)
  at.script.amr = ['pwd', 'otp', 'mfa']
  const { code, verifier } = await codeFor(browser, {
    client_id: 'web',
    redirect_uri: webBack,
    acr_values: 'urn:chancery:acr:mfa',
  })
  assert.equal(signIns(), 2)
  const { body } = await redeemCode(at, { code, verifier })
  assert.equal(decodeJwt(String(body['id_token']))['acr'], 'urn:chancery:acr:mfa')
  await codeFor(browser, { client_id: 'web', redirect_uri: webBack, acr_values: 'urn:chancery:acr:password' })
  assert.equal(signIns(), 2, 'what is stronger is enough')
})

test('signing in issues a new session id, and signing out ends it everywhere', async () => {
  const browser = new Browser(at.issuer)
  await browser.go('/start?to=/me')
  const first = browser.cookies.find(({ name }) => name === 'chancery-session')?.value
  await codeFor(browser, { client_id: 'web', redirect_uri: webBack, prompt: 'login' })
  assert.notEqual(browser.cookies.find(({ name }) => name === 'chancery-session')?.value, first)
  assert.equal(JSON.parse((await browser.go('/me')).body).userId, alice.id)
  await browser.go('/leave')
  assert.equal((await browser.go('/me')).body, 'null')
})

test('22: a session ends when its password is replaced, also when the process that replaced it died before ending it', async (t) => {
  const browser = new Browser(at.issuer)
  const tokens = await redeemCode(at, await codeFor(browser, { client_id: 'web', redirect_uri: webBack }))
  assert.equal(tokens.status, 200)
  const own = new Browser(at.issuer)
  await own.go('/start')
  const mine = JSON.parse((await own.go('/me')).body) as { readonly sessionId: string }
  at.people.set(alice.id, { ...alice, passwordChangedAt: 2 })
  t.after(() => at.people.set(alice.id, alice))
  assert.equal((await browser.go('/me')).body, 'null')
  assert.equal((await refresh(at.issuer, String(tokens.body['refresh_token']))).status, 400)
  await at.oidc.sessions.keepAfterPasswordChange(mine.sessionId, 2)
  await at.oidc.sessions.endOthers(alice.id, mine.sessionId)
  assert.deepEqual(
    (await at.oidc.sessions.list(alice.id)).map(({ sessionId }) => sessionId),
    [mine.sessionId],
  )
  assert.match((await own.go('/me')).body, /sessionId/)
})

test('7: a token ends with its session, also when the process that ended it died before ending the grant', async () => {
  const browser = new Browser(at.issuer)
  const resource = 'https://docs.example/'
  const asked = { client_id: 'web', redirect_uri: webBack, scope: 'openid docs:read', resource }
  const { code, verifier } = await codeFor(browser, asked)
  const fields = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: webBack }
  const { body } = await post(`${at.issuer}/token`, { ...fields, resource }, web)
  const token = String(body['access_token'])
  assert.equal((await at.oidc.findSubject(token))?.person.id, alice.id)
  const id = browser.cookies.find(({ name }) => name === 'chancery-session')?.value ?? ''
  const parts = { store: at.store, clock: Date.now, findPerson: async () => undefined }
  await new ArtifactStore(parts).adapter('Session').destroy(id)
  assert.equal(await at.oidc.findSubject(token), undefined)
})

test('a session has the current grant of each application, and signing out of one application keeps the others', async () => {
  const artifacts = new ArtifactStore({ store: at.store, clock: Date.now, findPerson: async () => alice })
  const browser = new Browser(at.issuer)
  const open = (id: string, back: string) => codeFor(browser, { client_id: id, redirect_uri: back })
  await open('web', webBack)
  await open('told', 'https://told.example/cb')
  const { sessionId } = JSON.parse((await browser.go('/me')).body) as { readonly sessionId: string }
  const applications = async () =>
    (await artifacts.ofUser('Session', alice.id)).find(({ uid }) => uid === sessionId)?.authorizations ?? {}
  const before = (await applications())['web']?.grantId ?? ''
  await artifacts.revokeGrant(before)
  await open('web', webBack)
  const after = (await applications())['web']?.grantId ?? ''
  assert.notEqual(after, before)
  assert.ok(await artifacts.adapter('Grant').find(after))
  const page = await browser.go('/logout?client_id=web')
  await browser.submit('/logout/confirm', { xsrf: /<i>(\w+)<\/i>/.exec(page.body)?.[1] ?? '' })
  assert.deepEqual(Object.keys(await applications()), ['told'])
})

test('consent given in two tabs is kept from both', async () => {
  await at.oidc.sessions.withdraw(alice.id, 'third')
  const browser = new Browser(at.issuer)
  await codeFor(browser, { client_id: 'web', redirect_uri: webBack })
  const redirect_uri = 'https://third.example/cb'
  const third = basic('third', 'third-secret-third')
  const tabs = ['openid email', 'openid profile'].map((scope) => {
    const { verifier, challenge } = pkce()
    const given = { client_id: 'third', redirect_uri, response_type: 'code', scope }
    const query = new URLSearchParams({ ...given, code_challenge: challenge, code_challenge_method: 'S256' })
    return { verifier, path: `/authorize?${query}` }
  })
  const asked: string[] = []
  for (const { path } of tabs) asked.push((await browser.step(path)).headers.get('location') ?? '')
  const tokens: TokenAnswer[] = []
  for (const [n, { verifier }] of tabs.entries()) {
    const code = URL.parse((await browser.go(asked[n] ?? '')).url)?.searchParams.get('code') ?? ''
    const fields = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri }
    tokens.push(await post(`${at.issuer}/token`, fields, third))
  }
  for (const { body } of tokens) {
    const token = String(body['access_token'])
    assert.equal((await post(`${at.issuer}/introspect`, { token }, third)).body['active'], true)
  }
})

test('RP-initiated logout asks, notifies the clients by back channel, and redirects', async () => {
  const browser = new Browser(at.issuer)
  const redirect_uri = 'https://told.example/cb'
  const { code, verifier } = await codeFor(browser, { client_id: 'told', redirect_uri })
  const { body } = await post(
    `${at.issuer}/token`,
    { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri },
    basic('told', 'told-secret-told'),
  )
  await codeFor(browser, { client_id: 'web', redirect_uri: webBack })
  const page = await browser.go(
    '/logout?client_id=web&post_logout_redirect_uri=https%3A%2F%2Fapp.example%2Fbye&state=s1',
  )
  const xsrf = /<i>(\w+)<\/i>/.exec(page.body)?.[1] ?? ''
  assert.equal((await browser.submit('/logout/confirm', { xsrf: 'wrong', logout: 'yes' })).status, 400)
  const left = await browser.submit('/logout/confirm', { xsrf, logout: 'yes' })
  assert.equal(left.url, 'https://app.example/bye?state=s1')
  assert.equal((await browser.go('/me')).body, 'null')
  const sent = () => at.outbound.find(({ url }) => url === 'https://told.example/back')
  const told = await found('the logout token was sent', sent)
  const token = new URLSearchParams(told.body).get('logout_token') ?? ''
  const { payload, protectedHeader } = await jwtVerify(
    token,
    createRemoteJWKSet(new URL(`${at.issuer}/jwks`)),
    { audience: 'told' },
  )
  assert.equal(protectedHeader.typ, 'logout+jwt')
  assert.equal(payload.sub, alice.id)
  assert.ok(payload['sid'])
  assert.equal(
    (
      await post(
        `${at.issuer}/introspect`,
        { token: String(body['access_token']) },
        basic('told', 'told-secret-told'),
      )
    ).body['active'],
    false,
  )
})

test('a device gets tokens after the user entered its code and agreed, and not before', async () => {
  const asked = await post(`${at.issuer}/device/auth`, { scope: 'openid', client_id: 'cli' })
  assert.equal(asked.body['verification_uri'], `${at.issuer}/device`)
  const poll = () =>
    post(`${at.issuer}/token`, {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code: String(asked.body['device_code']),
      client_id: 'cli',
    })
  assert.equal((await poll()).body['error'], 'authorization_pending')
  const browser = new Browser(at.issuer)
  const xsrfIn = (html: string) => /<i>(\w+)<\/i>/.exec(html)?.[1] ?? ''
  const form = await browser.go('/device')
  const wrong = await browser.submit('/device', { xsrf: xsrfIn(form.body), user_code: 'AAAA-AAAA' })
  assert.match(wrong.body, /unknown_code/)
  const confirm = await browser.submit('/device', {
    xsrf: xsrfIn(wrong.body),
    user_code: String(asked.body['user_code']),
  })
  assert.match(confirm.body, /cli/)
  const done = await browser.submit('/device', {
    xsrf: xsrfIn(confirm.body),
    user_code: String(asked.body['user_code']),
    confirm: 'yes',
  })
  assert.match(done.body, /done/)
  const tokens = await poll()
  assert.equal(tokens.status, 200, JSON.stringify(tokens.body))
  assert.equal(decodeJwt(String(tokens.body['id_token'])).sub, alice.id)
  assert.equal((await poll()).body['error'], 'invalid_grant')
})

test('a resource is granted only to clients that may request it, and its name is compared exactly', async () => {
  for (const resource of ['https://unknown.example/', 'https://docs.example', 'https://docs.example/x']) {
    const answer = await post(
      `${at.issuer}/token`,
      { grant_type: 'client_credentials', resource },
      basic('machine', 'machine-secret-machine'),
    )
    assert.equal(answer.body['error'], 'invalid_target', resource)
  }
})

test('a public client may introspect its own tokens only', async () => {
  const { access } = await webTokens(at)
  const answer = await post(`${at.issuer}/introspect`, { token: access, client_id: 'spa' })
  assert.deepEqual(answer.body, { active: false })
})

test('a refresh token is rotated at each use', async () => {
  const { refresh: token } = await webTokens(at)
  const { status, body } = await refresh(at.issuer, token)
  assert.equal(status, 200)
  assert.notEqual(body['refresh_token'], token)
})

test('keys are rotated without a restart: new tokens are signed with the new key, old ones still verify', async () => {
  const idToken = async () => String((await redeemCode(at, await webCode(at))).body['id_token'])
  const old = await idToken()
  at.ring.rotate()
  ahead += 2_000
  const fresh = await idToken()
  assert.notEqual(decodeProtectedHeader(fresh).kid, decodeProtectedHeader(old).kid)
  const keys = createRemoteJWKSet(new URL(`${at.issuer}/jwks`))
  for (const token of [old, fresh]) await jwtVerify(token, keys)
  const { keys: published } = (await (await fetch(`${at.issuer}/jwks`)).json()) as {
    keys: Record<string, unknown>[]
  }
  assert.equal(published.length, 2 * 4)
  for (const jwk of published)
    assert.deepEqual(
      ['d', 'p', 'q', 'k'].filter((name) => name in jwk),
      [],
    )
})

test('the token exchange passes all parameters to sts/ and responds as RFC 8693 says', async () => {
  const fields = new URLSearchParams([
    ['grant_type', 'urn:ietf:params:oauth:grant-type:token-exchange'],
    ['client_id', 'workload'],
    ['subject_token', 'outside'],
    ['subject_token_type', 'urn:ietf:params:oauth:token-type:jwt'],
    ['audience', 'a'],
    ['audience', 'b'],
    ['role_arn', 'arn:aws:iam::123456789012:role/ci'],
    ['role_session_name', 'build-1'],
    ['policy', '{}'],
    ['duration_seconds', '900'],
  ])
  const { status, body } = await post(`${at.issuer}/token`, fields)
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual(body, {
    access_token: 'exchanged',
    issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    token_type: 'Bearer',
    expires_in: 900,
  })
  const { audience, roleArn, durationSeconds, policy } = at.exchanged[0] ?? {}
  assert.deepEqual(
    [audience, roleArn, durationSeconds, policy],
    [['a', 'b'], 'arn:aws:iam::123456789012:role/ci', 900, '{}'],
  )
  fields.set('duration_seconds', '1e9')
  assert.equal((await post(`${at.issuer}/token`, fields)).status, 400)
})

test('browser applications may call from the origins they registered', async () => {
  const call = (origin: string) =>
    fetch(`${at.issuer}/token`, {
      method: 'POST',
      headers: { origin },
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'x', client_id: 'spa' }),
    })
  assert.equal(
    (await call('https://spa.example')).headers.get('access-control-allow-origin'),
    'https://spa.example',
  )
  const other = await call('https://evil.test')
  assert.equal(other.status, 400)
  assert.equal(other.headers.get('access-control-allow-origin'), null)
})

test('another user who signs in in the same browser ends the session of the first', async (t) => {
  const browser = new Browser(at.issuer)
  await browser.go('/start?to=/me')
  at.script.userId = bob.id
  t.after(() => {
    at.script.userId = alice.id
  })
  await browser.go('/start?to=/me')
  assert.equal(JSON.parse((await browser.go('/me')).body).userId, bob.id)
})

/** One request that follows nothing; cookies go along, and stay whatever their path. */
async function step(browser: Browser, path: string): Promise<Response> {
  const cookie = browser.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const headers = { accept: 'text/html', cookie }
  const answer = await fetch(new URL(path, at.issuer), { redirect: 'manual', headers })
  for (const line of answer.headers.getSetCookie()) {
    const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
    browser.cookies.push({ name, value, path: '/' })
  }
  return answer
}
const whereOf = (answer: Response): string => answer.headers.get('location') ?? ''
const tenAtOnce = (browser: Browser, path: string): Promise<readonly Response[]> =>
  Promise.all(Array.from({ length: 10 }, () => step(browser, path)))
const sessionsOf = async (userId: string) => (await at.oidc.sessions.list(userId)).length

test('20: of ten concurrent answers to one of our pages one begins a session; the others find the sign-in ended', async () => {
  const browser = new Browser(at.issuer)
  const before = await sessionsOf(alice.id)
  const answers = await tenAtOnce(browser, whereOf(await step(browser, '/start?to=/me')))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, ...Array(9).fill(404)])
  assert.equal(await sessionsOf(alice.id), before + 1)
})

test('20: ten concurrent returns to one authorization request begin one session and issue one code', async () => {
  const browser = new Browser(at.issuer)
  const before = await sessionsOf(alice.id)
  const asked = new URLSearchParams({
    client_id: 'web',
    redirect_uri: webBack,
    response_type: 'code',
    scope: 'openid',
    code_challenge: pkce().challenge,
    code_challenge_method: 'S256',
  })
  const answered = await step(browser, whereOf(await step(browser, `/authorize?${asked}`)))
  const answers = await tenAtOnce(browser, whereOf(answered))
  const codes = answers.filter((answer) => /[?&]code=/.test(whereOf(answer)))
  assert.equal(codes.length, 1, JSON.stringify(answers.map(({ status }) => status)))
  for (const answer of answers) if (answer !== codes[0]) assert.equal(answer.status, 400)
  assert.equal(await sessionsOf(alice.id), before + 1)
})

test('of ten concurrent steps from the same state one is stored; other values stay', async () => {
  const uid = whereOf(await step(new Browser(at.issuer), '/start'))
    .split('/')
    .at(-1)
  const seen = { uid, notes: new Map() } as unknown as Interaction
  const { interactions } = at.oidc
  const noted = await Promise.allSettled(
    Array.from({ length: 10 }, (_, n) => interactions.note(seen, n === 0 ? 'trip' : 'progress', String(n))),
  )
  const refused = noted.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []))
  assert.deepEqual(refused, Array(8).fill('concurrent_modification'))
  await interactions.note({ ...seen, notes: new Map([['trip', '0']]) }, 'trip', undefined)
  await assert.rejects(interactions.note({ ...seen, uid: 'no-such' }, 'trip', 'x'), { code: 'not_found' })
})

test('credentials of Basic may be form-encoded or not', async () => {
  const plain = { authorization: `Basic ${Buffer.from(`web:${webSecret}`).toString('base64')}` }
  const encoded = {
    authorization: `Basic ${Buffer.from(`web:${webSecret.replaceAll('-', '%2D')}`).toString('base64')}`,
  }
  for (const headers of [plain, encoded]) {
    assert.equal(
      (await post(`${at.issuer}/token`, { grant_type: 'client_credentials' }, headers)).status,
      200,
    )
  }
})
