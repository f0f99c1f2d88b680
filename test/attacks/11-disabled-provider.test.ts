// attacks.md 11: a provider that was disabled or deleted is dead at every entrance at once, answers in flight included, and
// with it whoever came through it. Others notice nothing. Enabled again, its people may sign in again.
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { CreateRoleCommand, DeleteOpenIDConnectProviderCommand, IAMClient } from '@aws-sdk/client-iam'
import {
  answerFor,
  beside,
  comeThrough,
  type Federated,
  federatedConfig,
  isSignedIn,
  joinedNow,
  type Login,
  loggedUnder,
  referenceOf,
  sentAway,
  startFederated,
  type Upstream,
  usersOf,
} from '../support/federated.ts'
import { type FormBrowser, formBrowser, headingOf } from '../support/form-browser.ts'
import { accountId, type Running, rootKey, startServer } from '../support/server.ts'
import { until as becomesTrue } from '../support/waiting.ts'

const redirectUri = 'http://127.0.0.1:9/callback'
const settings = `clients:
  - client_id: notebook
    token_endpoint_auth_method: none
    grant_types: [authorization_code, refresh_token, 'urn:ietf:params:oauth:grant-type:token-exchange']
    redirect_uris: ['${redirectUri}']
`

let at: Federated
let server: Running
before(async () => {
  at = await startFederated({ settings })
  server = at.server
})
after(async () => {
  if (server !== at?.server) await server?.stop()
  await at?.stop()
})

interface Tokens {
  readonly access: string
  readonly refresh: string
}

async function token(form: Readonly<Record<string, string>>) {
  const body = new URLSearchParams({ client_id: 'notebook', ...form })
  const response = await fetch(`${server.url}/token`, { method: 'POST', body })
  return { status: response.status, body: (await response.json()) as Record<string, string | undefined> }
}

/** Code and tokens of an application, in a browser that is signed in. */
async function tokensIn(browser: FormBrowser, scope: string): Promise<Tokens> {
  const verifier = randomBytes(32).toString('base64url')
  const asked = new URLSearchParams({
    client_id: 'notebook',
    redirect_uri: redirectUri,
    response_type: 'code',
    scope,
    prompt: 'consent',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  const consent = await browser.open(`/authorize?${asked}`)
  const done = await browser.submit(consent, {}, '/allow')
  const code = new URL(done.location ?? '').searchParams.get('code') ?? ''
  const grant = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier }
  const { status, body } = await token(grant)
  assert.equal(status, 200, JSON.stringify(body))
  return { access: body['access_token'] ?? '', refresh: body['refresh_token'] ?? '' }
}

interface SignedIn {
  readonly browser: FormBrowser
  readonly plain: Tokens
  readonly offline: Tokens
  readonly role: string
}

const iam = () =>
  new IAMClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret },
    maxAttempts: 1,
  })

async function signedIn(up: Upstream, provider: string, sub: string): Promise<SignedIn & { who: Login }> {
  const who = up.person(sub, { preferred_username: sub })
  const { browser, end } = await comeThrough(server, up, provider, who)
  assert.equal(end.status, 200, headingOf(end))
  const AWS = `arn:aws:iam::${accountId}:user/${sub}`
  const trust = { Effect: 'Allow', Principal: { AWS }, Action: ['sts:AssumeRole', 'sts:TagSession'] }
  const made = await iam().send(
    new CreateRoleCommand({
      RoleName: `of-${sub}`,
      AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [trust] }),
    }),
  )
  const plain = await tokensIn(browser, 'openid roles')
  const offline = await tokensIn(browser, 'openid offline_access')
  return { who, browser, plain, offline, role: made.Role?.Arn ?? '' }
}

const userinfo = async (access: string): Promise<number> =>
  (await fetch(`${server.url}/userinfo`, { headers: { authorization: `Bearer ${access}` } })).status

/** What each door says to somebody now; refresh tokens are not looked at while they are good: that would spend them. */
async function doors({ browser, plain, offline, role }: SignedIn) {
  const exchanged = await token({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: plain.access,
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    role_arn: role,
    role_session_name: 'job',
    audience: 'https://docs.example',
  })
  return {
    session: await isSignedIn(browser),
    userinfo: await userinfo(plain.access),
    offlineUserinfo: await userinfo(offline.access),
    exchange: exchanged.status,
  }
}
const open = { session: true, userinfo: 200, offlineUserinfo: 200, exchange: 200 }
const shut = { session: false, userinfo: 401, offlineUserinfo: 401, exchange: 400 }

const refreshed = async ({ refresh }: Tokens) => {
  const { status, body } = await token({ grant_type: 'refresh_token', refresh_token: refresh })
  return status === 200 ? 'refreshed' : body['error']
}

/** A change of the record in another process: this one learns of it within a second or so. */
async function disable(up: Upstream, disabled: boolean): Promise<void> {
  await beside(server, (store) =>
    store.update('identityProvider', at.arnOf(up), (old) => ({ ...old, disabled })),
  )
}

const until = (done: () => Promise<boolean>): Promise<void> =>
  becomesTrue('the server has learned of the change', done)

const buttons = async (): Promise<readonly string[]> => {
  const page = await formBrowser(server.url).open('/sign-in')
  return [...page.text.matchAll(/\/to\/([\w.-]+)"/g)].map((match) => match[1] ?? '')
}

test('11: disabled, its people’s sessions, refresh tokens, userinfo and subject tokens are dead, and others’ are not', async (t) => {
  const theirs = await signedIn(at.corp, 'corp', 'c-one')
  const others = await signedIn(at.social, 'social', 's-one')
  assert.deepEqual(await doors(theirs), open)
  assert.deepEqual(await doors(others), open)
  const away = await sentAway(server, 'corp')
  const back = await answerFor(at.corp, away, theirs.who)
  const before = await joinedNow(server)
  await disable(at.corp, true)
  t.after(() => disable(at.corp, false))
  // The way in is shut with the very change; what lives by the provider, once this process has heard of it.
  assert.deepEqual(await buttons(), ['social'])
  const refused = await away.browser.open(back.href)
  assert.equal(refused.status, 404)
  assert.match(await loggedUnder(server, referenceOf(refused)), /nothing at this address/)
  assert.equal(await isSignedIn(away.browser), false)
  await until(async () => !(await isSignedIn(theirs.browser)))
  assert.deepEqual(await doors(theirs), shut)
  assert.equal(await refreshed(theirs.plain), 'invalid_grant')
  assert.equal(await refreshed(theirs.offline), 'invalid_grant')
  assert.deepEqual(await joinedNow(server), before)
  assert.deepEqual(await doors(others), open)
  assert.equal(await refreshed(others.plain), 'refreshed')
  assert.equal(await refreshed(others.offline), 'refreshed')

  await disable(at.corp, false)
  await until(async () => isSignedIn(theirs.browser))
  const again = await comeThrough(server, at.corp, 'corp', theirs.who)
  assert.ok(await isSignedIn(again.browser))
  assert.equal(
    (await usersOf(server)).filter(({ identities = [] }) =>
      identities.some(({ subject }) => subject === 'c-one'),
    ).length,
    1,
  )
})

test('11: disabled between the password there and the second step here, the sign-in does not go on', async (t) => {
  const who = at.corp.person('c-middle', { preferred_username: 'middle' })
  const { browser, path, to } = await sentAway(server, 'corp')
  const back = await answerFor(at.corp, { to }, who)
  const arriving = await browser.get(back.href)
  assert.match(arriving.location ?? '', /\/callback\?/)
  await disable(at.corp, true)
  t.after(() => disable(at.corp, false))
  const before = await joinedNow(server)
  const page = await browser.open(arriving.location ?? '')
  assert.equal(page.status, 403, headingOf(page))
  assert.match(await loggedUnder(server, referenceOf(page)), /disabled or gone/)
  assert.equal(await isSignedIn(browser), false)
  assert.deepEqual(await joinedNow(server), before)
  assert.equal(headingOf(await browser.open(path)), 'Sign in')
})

test('11: an identity waiting to be linked is not linked when its provider was disabled meanwhile', async (t) => {
  const who = at.social.person('s-late', { email: 'late@else.example' })
  // Somebody here has the address already, so the newcomer is asked who they are.
  await comeThrough(server, at.social, 'social', at.social.person('s-early', { email: 'late@else.example' }))
  const { browser, path, end } = await comeThrough(server, at.social, 'social', who)
  assert.equal(headingOf(end), 'Connect your account')
  await disable(at.social, true)
  t.after(() => disable(at.social, false))
  const before = await joinedNow(server)
  const { name, password } = server.admin
  await browser.submit(end, { username: name, password })
  assert.equal(await isSignedIn(browser), false)
  assert.deepEqual(await joinedNow(server), before)
  assert.ok((await browser.open(path)).status < 500)
})

test('11: a provider deleted through IAM while a callback is in flight signs nobody in, and its sessions end', async () => {
  const theirs = await signedIn(at.corp, 'corp', 'c-deleted')
  const away = await sentAway(server, 'corp')
  const back = await answerFor(at.corp, away, theirs.who)
  const before = await joinedNow(server)
  await iam().send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: at.arnOf(at.corp) }))
  assert.deepEqual(await doors(theirs), shut)
  assert.equal(await refreshed(theirs.plain), 'invalid_grant')
  assert.equal(await refreshed(theirs.offline), 'invalid_grant')
  assert.deepEqual(await buttons(), ['social'])
  const page = await away.browser.open(back.href)
  assert.equal(page.status, 404)
  assert.equal((await away.browser.open(`${away.path}/callback${back.search}`)).status, 403)
  assert.equal(await isSignedIn(away.browser), false)
  assert.deepEqual(await joinedNow(server), before)
})

test('11: an answer in flight is refused when another provider with the same name was configured meanwhile', async () => {
  const away = await sentAway(server, 'social')
  const back = await answerFor(at.social, away, at.social.person('s-flight'))
  const before = await joinedNow(server)
  await server.kill()
  const other = {
    kind: 'oauth2',
    name: 'social',
    issuer: at.corp.issuer,
    authorization_endpoint: `${at.corp.issuer}/authorize`,
    token_endpoint: `${at.corp.issuer}/token`,
    userinfo_endpoint: `${at.corp.issuer}/userinfo`,
    subject: 'sub',
    sign_in: { title: 'social', client_id: 'chancery', client_secret: 'x' },
  }
  // The old record keeps its name until it is deleted or renamed, as the operator is told.
  await beside(server, (store) => store.delete('identityProvider', at.arnOf(at.social)))
  const config = `${settings}identity_providers: ${JSON.stringify([other])}\n`
  const port = new URL(at.server.url).port
  server = await startServer({
    dir: at.server.dir,
    config,
    env: { CHANCERY_PORT: port, CHANCERY_OUTBOUND_ALLOW: `${at.corp.host},${at.social.host}` },
  })
  const asked = at.corp.requests.length
  const page = await away.browser.open(back.href)
  assert.equal(page.status, 400)
  assert.match(
    await loggedUnder(server, referenceOf(page)),
    /does not belong to a sign-in that was started here/,
  )
  const direct = await away.browser.open(`${away.path}/callback${back.search}`)
  assert.equal(direct.status, 403, headingOf(direct))
  assert.equal(at.corp.requests.length, asked)
  assert.equal(await isSignedIn(away.browser), false)
  assert.deepEqual(await joinedNow(server), before)
  await server.kill()
  server = await startServer({
    dir: at.server.dir,
    config: federatedConfig(at, { settings, social: {} }).replace('"name":"social"', '"name":"social-again"'),
    env: { CHANCERY_PORT: port, CHANCERY_OUTBOUND_ALLOW: `${at.corp.host},${at.social.host}` },
  })
  const again = await comeThrough(server, at.corp, 'corp', {
    login: 'c-deleted',
    password: 'password of c-deleted',
  })
  assert.ok(await isSignedIn(again.browser), 'configured again, its people may sign in again')
})
