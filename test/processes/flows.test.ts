// Every request of a flow lands on another process than the one before: nothing may live in one process alone.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import {
  createRemoteJWKSet,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  jwtVerify,
  SignJWT,
} from 'jose'
import { signRequest } from '../../src/secure/sigv4/sign.ts'
import { basic, pkce, post, type TokenAnswer } from '../oidc/browser.ts'
import { call, makeWorker } from '../support/aws-call.ts'
import { csrfOf, type FormBrowser, headingOf, problemOf, type Seen } from '../support/form-browser.ts'
import { atPassword, atSecondFactor, authenticator, type Enrolled, enrol } from '../support/person.ts'
import { type Processes, startProcesses } from '../support/processes.ts'
import { rootKey } from '../support/server.ts'
import { settlesWithin, until } from '../support/waiting.ts'

const root = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
const secret = 'a-secret-of-the-application'
const app = basic('app', secret)
const back = 'https://app.example/cb'
const signer = await generateKeyPair('ES256')
const jwk = { ...(await exportJWK(signer.publicKey)), kid: 'k', use: 'sig', alg: 'ES256' }

const told: string[] = []
const receiver = createServer((req, res) => {
  told.push(req.url ?? '')
  req.resume()
  res.writeHead(receiving ? 200 : 503).end()
})
let receiving = true
let many: Processes
let person: Enrolled

before(async () => {
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
  many = await startProcesses(2, {
    env: { CHANCERY_OUTBOUND_ALLOW: '127.0.0.1', CHANCERY_TRUSTED_PROXIES: '127.0.0.1' },
    config: `clients:
  - client_id: app
    client_secret: ${secret}
    first_party: true
    redirect_uris: ['${back}']
    backchannel_logout_uri: 'http://127.0.0.1:${(receiver.address() as AddressInfo).port}/logout'
    grant_types: [authorization_code, refresh_token, client_credentials]
  - client_id: app2
    client_secret: ${secret}
    first_party: true
    redirect_uris: ['${back}']
  - client_id: tv
    first_party: true
    grant_types: ['urn:ietf:params:oauth:grant-type:device_code']
  - client_id: signer
    jwks: ${JSON.stringify({ keys: [jwk] })}
    grant_types: [client_credentials]
`,
  })
  person = await enrol(many)
})
after(async () => {
  await many.stop()
  receiver.close()
})

const shiftClocks = (by: number) => Promise.all([0, 1].map((which) => many.shiftClock(which, by)))
const later = (ms: number) => new Promise((next) => setTimeout(next, ms))

interface Code {
  readonly code: string
  readonly verifier: string
  readonly client: string
}

function asking(client: string, more: Readonly<Record<string, string>> = {}) {
  const { verifier, challenge } = pkce()
  const asked = new URLSearchParams({
    client_id: client,
    response_type: 'code',
    redirect_uri: back,
    scope: 'openid',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...more,
  })
  return { verifier, client, path: `/authorize?${asked}` }
}

async function authorize(browser: FormBrowser, client = 'app'): Promise<Code> {
  const { path, verifier } = asking(client)
  const end = await browser.open(path)
  const code = URL.parse(end.location ?? '')?.searchParams.get('code')
  assert.ok(code, `${end.status} ${headingOf(end)} ${end.location}`)
  return { code, verifier, client }
}

const redeem = ({ code, verifier, client }: Code, url = many.url): Promise<TokenAnswer> =>
  post(
    `${url}/token`,
    { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: back },
    basic(client, secret),
  )
const refresh = (token: unknown, url = many.url): Promise<TokenAnswer> =>
  post(`${url}/token`, { grant_type: 'refresh_token', refresh_token: String(token) }, app)
const active = async (token: unknown, url = many.url): Promise<unknown> =>
  (await post(`${url}/introspect`, { token: String(token) }, app)).body['active']
const twenty = <T>(ask: (url: string) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: 20 }, (_, n) => ask(many.each[n % 2] ?? '')))
const won = (answers: readonly TokenAnswer[]): number => answers.filter(({ status }) => status === 200).length

/** The second factor by a recovery code, for which nobody waits as for the next TOTP step. */
async function recover(browser: FormBrowser, page: Seen): Promise<void> {
  const way = await browser.open(`${new URL(page.url).pathname}?with=recovery`)
  const shown = await browser.submit(way, { code: person.recoveryCodes[recoveries++] ?? '' })
  assert.equal(
    headingOf(shown),
    'admin',
    `${page.status} ${headingOf(page)} ${shown.status} ${problemOf(shown)}`,
  )
}
let recoveries = 0

/** A new browser, signed in, through the proxy. */
async function signIn(): Promise<FormBrowser> {
  const { browser, page } = await atSecondFactor(many)
  await recover(browser, page)
  return browser
}

test('sign-in with two factors, code, tokens and their use: never twice on one process', async () => {
  many.served.length = 0
  const { browser, page } = await atSecondFactor(many)
  assert.equal(headingOf(await browser.submit(page, { code: await person.code() })), 'admin')
  const tokens = (await redeem(await authorize(browser))).body
  assert.equal(await active(tokens['access_token']), true)
  assert.equal(await active(tokens['access_token']), true)
  const next = await refresh(tokens['refresh_token'])
  assert.equal(next.status, 200, JSON.stringify(next.body))
  const again = await refresh(tokens['refresh_token'])
  assert.equal(again.body['refresh_token'], next.body['refresh_token'], 'an answer that was lost comes again')
  assert.equal((await refresh(next.body['refresh_token'])).status, 200)
  assert.ok(many.served.length > 10)
  for (const [n, which] of many.served.entries()) assert.notEqual(which, many.served[n - 1])
})

test('applications that one browser opens at once, one of them twice, are all signed in to, and end together', async () => {
  const browser = await signIn()
  const codes = await Promise.all(['app', 'app', 'app2', 'app2'].map((client) => authorize(browser, client)))
  const answers: TokenAnswer[] = []
  for (const code of codes) answers.push(await redeem(code))
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 200, 200],
  )
  const { body } = answers[0] ?? assert.fail()
  assert.equal(await active(body['access_token']), true)
  await browser.send(await browser.open('/sign-out'), {})
  assert.equal(await active(body['access_token']), false)
})

test('two sign-ins of one browser that end at once are one session, whichever cookie stays, and it ends as one', async () => {
  const browser = await signIn()
  const ends: Seen[] = []
  for (const client of ['app', 'app2']) {
    const again = await browser.open(asking(client, { prompt: 'login' }).path)
    const { name: username, password } = many.admin
    const factor = await browser.submit(again, { username, password })
    const way = await browser.open(`${new URL(factor.url).pathname}?with=recovery`)
    ends.push(await browser.send(way, { code: person.recoveryCodes[recoveries++] ?? '' }))
  }
  const resumed = await Promise.all(ends.map(({ location = '' }) => browser.get(location)))
  const cookies = resumed.map(({ headers }) =>
    headers.getSetCookie().flatMap((line) => /^(chancery-session(?:\.sig)?)=([^;]+)/.exec(line) ?? []),
  )
  const wear = (cookie: readonly string[]) => {
    for (let n = 0; n < cookie.length; n += 3)
      browser.cookies.set(`${cookie[n + 1]} /`, {
        value: cookie[n + 2] ?? '',
        path: '/',
        ...{ name: cookie[n + 1] },
      })
  }
  for (const cookie of cookies) {
    wear(cookie)
    assert.equal((await redeem(await authorize(browser))).status, 200)
  }
  await browser.send(await browser.open('/sign-out'), {})
  for (const cookie of cookies) {
    wear(cookie)
    assert.notEqual((await browser.get('/account')).status, 200)
  }
})

test('22 across processes: a sign-in that waits ends with its password, and the new one signs in, whatever the clocks', async () => {
  const name = { UserName: 'slow' }
  const profile = { ...name, Password: 'correct horse battery staple' }
  assert.equal((await call(many.url, root, 'iam', 'CreateUser', name)).status, 200)
  assert.equal((await call(many.url, root, 'iam', 'CreateLoginProfile', profile)).status, 200)
  const { browser } = await atPassword(many)
  const asked = await browser.open(asking('app').path)
  const enrolling = await browser.submit(asked, { username: 'slow', password: profile.Password })
  const seed = /secret=([A-Z2-7]+)/.exec(enrolling.text)?.[1] ?? assert.fail(headingOf(enrolling))
  const codes = await browser.send(enrolling, { code: await authenticator(seed)() })
  const { location: waiting = '' } = await browser.send(codes, {})
  assert.match(waiting, /\/authorize\//)
  const [one = '', two = ''] = many.each
  const isMoved = async () => (await call(two, root, 'iam', 'GetUser', name)).text.includes('/moved/')
  assert.equal(await isMoved(), false)
  await shiftClocks(600_000)
  const next = { ...name, Password: 'another horse battery staple' }
  assert.equal((await call(one, root, 'iam', 'UpdateLoginProfile', next)).status, 200)
  await shiftClocks(0)
  const moved = { ...name, NewPath: '/moved/' }
  assert.equal((await call(one, root, 'iam', 'UpdateUser', moved)).status, 200)
  await until('the other process has learned of the later change, so of the password too', isMoved)
  assert.equal(
    URL.parse((await browser.open(waiting)).location ?? '')?.searchParams.get('code') ?? null,
    null,
  )
  assert.notEqual((await browser.get('/account')).status, 200)
  const { browser: other, page } = await atPassword(many)
  const factor = await other.submit(page, { username: 'slow', password: next.Password })
  assert.equal(headingOf(factor), 'Enter your code', problemOf(factor))
})

test('5, 6 across processes: a code and a refresh token are redeemed once by twenty; reuse ends the family everywhere', async () => {
  const code = await authorize(person.browser)
  const answers = await twenty((url) => redeem(code, url))
  assert.equal(won(answers), 1, JSON.stringify(answers.map(({ status }) => status)))
  const first = answers.find(({ status }) => status === 200)?.body
  const second = await twenty((url) => refresh(first?.['refresh_token'], url))
  assert.equal(won(second), 1)
  const successor = second.find(({ status }) => status === 200)?.body
  const third = await refresh(successor?.['refresh_token'], many.each[0])
  assert.equal(third.status, 200)
  assert.equal((await refresh(first?.['refresh_token'], many.each[1])).body['error'], 'invalid_grant')
  assert.equal(await active(third.body['access_token'], many.each[0]), false)
  assert.equal((await refresh(third.body['refresh_token'], many.each[0])).status, 400)
})

test('9 across processes: a client assertion is accepted once in all processes', async () => {
  const assertion = await new SignJWT({ jti: 'one-of-many' })
    .setProtectedHeader({ alg: 'ES256', kid: 'k' })
    .setIssuer('signer')
    .setSubject('signer')
    .setAudience(many.url)
    .setExpirationTime('2m')
    .sign(signer.privateKey)
  const fields = {
    grant_type: 'client_credentials',
    client_assertion: assertion,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  }
  assert.equal(won(await twenty((url) => post(`${url}/token`, fields))), 1)
})

test('20 across processes: of twenty hands with one TOTP code, one is let in', async () => {
  // Two steps on, so that nobody waits for them.
  await shiftClocks(60_000)
  const visits = await Promise.all(Array.from({ length: 4 }, () => atSecondFactor(many)))
  const code = await person.code(60)
  await Promise.all(
    Array.from({ length: 20 }, (_, n) => {
      const { browser, page } = visits[n % 4] ?? assert.fail()
      return browser.send(page, { code })
    }),
  )
  const ins = await Promise.all(
    visits.map(async ({ browser }) => (await browser.get('/account')).status === 200),
  )
  assert.equal(ins.filter(Boolean).length, 1)
  await shiftClocks(0)
})

test('20 across processes: of two who enrol the first authenticator of one person at once, one at most is let in', async () => {
  const name = { UserName: 'first' }
  const password = 'correct horse battery staple'
  assert.equal((await call(many.url, root, 'iam', 'CreateUser', name)).status, 200)
  assert.equal(
    (await call(many.url, root, 'iam', 'CreateLoginProfile', { ...name, Password: password })).status,
    200,
  )
  const two = await Promise.all(
    [0, 1].map(async () => {
      const { browser, page } = await atPassword(many)
      const enrolling = await browser.submit(page, { username: 'first', password })
      const seed = /secret=([A-Z2-7]+)/.exec(enrolling.text)?.[1] ?? assert.fail(headingOf(enrolling))
      return { browser, enrolling, code: await authenticator(seed)() }
    }),
  )
  const seen = await Promise.all(
    two.map(({ browser, enrolling, code }) => browser.submit(enrolling, { code })),
  )
  const enrolled = seen.filter((page) => headingOf(page) === 'Save your recovery codes')
  assert.ok(enrolled.length <= 1)
  const devices = await call(many.url, root, 'iam', 'ListMFADevices', name)
  assert.equal(devices.text.match(/<SerialNumber>/g)?.length ?? 0, enrolled.length)
})

test('20 across processes: of eight requests that end one sign-in, one begins a session', async () => {
  const name = { UserName: 'quick' }
  const password = 'correct horse battery staple'
  assert.equal((await call(many.url, root, 'iam', 'CreateUser', name)).status, 200)
  assert.equal(
    (await call(many.url, root, 'iam', 'CreateLoginProfile', { ...name, Password: password })).status,
    200,
  )
  const { browser, page } = await atPassword(many)
  const enrolling = await browser.submit(page, { username: 'quick', password })
  const seed = /secret=([A-Z2-7]+)/.exec(enrolling.text)?.[1] ?? assert.fail(headingOf(enrolling))
  const codes = await browser.send(enrolling, { code: await authenticator(seed)() })
  const ends = await Promise.all(Array.from({ length: 8 }, () => browser.submit(codes, {})))
  const homes = ends.filter(({ url }) => new URL(url).pathname === '/account')
  assert.ok(homes.length >= 1)
  for (const end of ends) if (!homes.includes(end)) assert.equal(end.status, 404, headingOf(end))
  assert.equal(
    (await browser.get('/account')).text.match(/This browser|value="Sign out"|name="session"/g)?.length,
    1,
  )
})

test('19 across processes: sixty wrong passwords at once are few tries, whichever process counts them', async () => {
  const statuses = await Promise.all(
    Array.from({ length: 60 }, async (_, n) => {
      const { browser, page } = await atPassword(many)
      const csrf = csrfOf(page)
      const fields = { csrf, username: 'somebody-else', password: `wrong ${n}` }
      const from = { 'X-Forwarded-For': `198.51.100.${n}` }
      return (await browser.post(new URL('password', `${page.url}/`).href, fields, from)).status
    }),
  )
  const tried = statuses.filter((status) => status === 401).length
  assert.ok(tried >= 1 && tried <= 10, JSON.stringify(statuses))
  assert.equal(statuses.filter((status) => status === 429).length, 60 - tried)
})

test('a device that polls one process gets its tokens once after the user confirmed on another', async () => {
  const asked = (await post(`${many.url}/device/auth`, { scope: 'openid', client_id: 'tv' })).body
  const fields = {
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    device_code: String(asked['device_code']),
    client_id: 'tv',
  }
  assert.equal((await post(`${many.url}/token`, fields)).body['error'], 'authorization_pending')
  const { browser } = person
  let page: Seen = await browser.open(`/device?user_code=${asked['user_code']}`)
  for (let n = 0; n < 4 && page.text.includes('<form') && !/connected|done/i.test(headingOf(page)); n++)
    page = await browser.submit(
      page,
      n === 0 ? { user_code: String(asked['user_code']) } : { confirm: 'yes' },
    )
  const polls = await twenty((url) => post(`${url}/token`, fields))
  assert.equal(won(polls), 1, JSON.stringify([headingOf(page), polls.map(({ body }) => body['error'])]))
})

test('a sign-out on one process holds on the other, and the client is notified although the process is killed', async () => {
  const browser = await signIn()
  const tokens = (await redeem(await authorize(browser))).body
  receiving = false
  told.length = 0
  const page = await browser.open('/sign-out')
  many.served.length = 0
  await browser.send(page, {})
  const [ended = 0] = many.served
  const failed = () =>
    many.servers[ended]?.output().includes('a client could not be notified of a sign-out') === true
  await until('the first delivery has failed', failed)
  await many.kill(ended)
  receiving = true
  assert.notEqual((await browser.get('/account')).status, 200)
  assert.equal(await active(tokens['access_token']), false)
  assert.equal((await refresh(tokens['refresh_token'])).status, 400)
  const tries = told.length
  await until('a further try by the other process', () => told.length > tries)
  await many.start(ended)
})

test('a sign-in started on one process finishes on another after the first was killed', async () => {
  many.served.length = 0
  const { browser, page } = await atPassword(many)
  const [first = 0] = many.served
  await many.kill(first)
  const factor = await browser.submit(page, { username: many.admin.name, password: many.admin.password })
  await recover(browser, factor)
  const tokens = await redeem(await authorize(browser))
  assert.equal(tokens.status, 200)
  await many.start(first)
  assert.equal(await active(tokens.body['access_token'], many.each[first]), true)
})

test('what one process takes away, the other refuses within a second: keys, roles, sessions', async () => {
  const [one = '', two = ''] = many.each
  const worker = await makeWorker(one, root, 'mortal')
  const session = await worker.assume('job')
  const as = (credentials: typeof worker.credentials, url: string) =>
    call(url, credentials, 'sts', 'GetCallerIdentity')
  const assumable = async () =>
    (
      await call(two, worker.credentials, 'sts', 'AssumeRole', {
        RoleArn: worker.roleArn,
        RoleSessionName: 'job',
      })
    ).status
  assert.equal((await as(worker.credentials, two)).status, 200)
  assert.equal((await as(session.credentials, two)).status, 200)
  assert.equal(await assumable(), 200)
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: '123456789012' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:PrincipalArn': 'nobody' } },
      },
    ],
  })
  const role = { RoleName: 'mortal-role', PolicyDocument: document }
  const changed = await call(one, root, 'iam', 'UpdateAssumeRolePolicy', role)
  assert.equal(changed.status, 200, changed.text)
  await until('the trust policy has changed', async () => (await assumable()) === 403, { probes: 50 })
  const key = { UserName: 'mortal', AccessKeyId: worker.credentials.accessKeyId, Status: 'Inactive' }
  assert.equal((await call(one, root, 'iam', 'UpdateAccessKey', key)).status, 200)
  await until('the access key is refused', async () => (await as(worker.credentials, two)).status === 403, {
    probes: 50,
  })
  assert.equal((await call(one, root, 'iam', 'DeleteRole', { RoleName: 'mortal-role' })).status, 200)
  await until(
    'the session of a deleted role is refused',
    async () => (await as(session.credentials, two)).status === 403,
    { probes: 50 },
  )
})

test('a revocation made on one process ends a held request for the feed on the other', async () => {
  const [one = '', two = ''] = many.each
  const feed = async (query: string) => {
    const path = `/v1/revocations${query}`
    const common = {
      credentials: root,
      region: 'us-east-1',
      service: 'decision',
      now: Math.floor(Date.now() / 1000),
    }
    // Signed for the name of the issuer, sent to one process.
    const headers = signRequest({ method: 'GET', url: two + path, headers: {}, ...common })
    const text = await (await fetch(two + path, { headers })).text()
    return JSON.parse(Buffer.from(text.split('.')[1] ?? '', 'base64url').toString()) as {
      cursor: string
      revocations: unknown[][]
    }
  }
  const { cursor } = await feed('')
  const held = feed(`?cursor=${cursor}&wait=20`)
  await later(200)
  const body = JSON.stringify({ scope: 'source-identity', value: 'somebody' })
  const common = {
    credentials: root,
    region: 'us-east-1',
    service: 'decision',
    now: Math.floor(Date.now() / 1000),
  }
  const url = `${one}/v1/revocations`
  const headers = signRequest({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json' },
    body,
    ...common,
  })
  const made = await fetch(url, { method: 'POST', headers, body })
  assert.ok(made.ok, await made.text())
  const { revocations } = await settlesWithin(60, held, () => feed(''))
  assert.ok(revocations.some(([, value]) => value === 'somebody'))
})

test('keys turn on every process at the same moment, and what one signed the other knows', async () => {
  const token = async (url: string) => {
    const { body } = await redeem(await authorize(person.browser), url)
    return String(body['id_token'])
  }
  const published = async (url: string) => (await fetch(`${url}/jwks`)).text()
  const old = await token(many.each[0] ?? '')
  const before = await published(many.each[0] ?? '')
  await shiftClocks(31 * 24 * 3600 * 1000)
  // Keys turn long after they were published, except where a clock jumps: then a process learns of them a moment later.
  await until('both processes publish the keys after the jump', async () => {
    const [one, other] = await Promise.all(many.each.map(published))
    return one !== before && one === other
  })
  // Their sessions are over by then.
  const own = await signInAt(31 * 24 * 3600)
  const codes = [await authorize(own), await authorize(own)]
  const [fresh, other] = await Promise.all(
    codes.map(async (code, n) => String((await redeem(code, many.each[n])).body['id_token'])),
  )
  const kid = decodeProtectedHeader(fresh ?? '').kid
  assert.notEqual(kid, decodeProtectedHeader(old).kid)
  assert.equal(decodeProtectedHeader(other ?? '').kid, kid)
  for (const url of many.each)
    await jwtVerify(fresh ?? '', createRemoteJWKSet(new URL(`${url}/jwks`)), {
      currentDate: new Date(Date.now() + 31 * 24 * 3600 * 1000),
    })
  await shiftClocks(0)
})

/** With a code of that many seconds ahead. */
async function signInAt(ahead: number): Promise<FormBrowser> {
  const { browser, page } = await atSecondFactor(many)
  const shown = await browser.submit(page, { code: await person.code(ahead) })
  assert.equal(headingOf(shown), 'admin', shown.text.slice(0, 2000))
  return browser
}
