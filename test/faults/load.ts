// Mixed load through the proxy and straight at the processes. Every lane goes on whatever happens to a request; what it
// learned goes to the recorder.
import { randomUUID } from 'node:crypto'
import { type CryptoKey, SignJWT } from 'jose'
import { signRequest } from '../../src/secure/sigv4/sign.ts'
import { createVerifier, type Verifier } from '../../src/verify/index.ts'
import { basic, pkce } from '../oidc/browser.ts'
import { call, makeWorker, type Session } from '../support/aws-call.ts'
import type { FormBrowser } from '../support/form-browser.ts'
import { atSecondFactor, type Enrolled, enrol } from '../support/person.ts'
import { rootKey } from '../support/server.ts'
import type { Spent } from './linearizable.ts'
import type { Recorder } from './recorder.ts'
import type { Random } from './seed.ts'

export const root = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
export const appSecret = 'a-secret-of-the-application'
const app = basic('app', appSecret)
export const back = 'https://app.example/cb'
const password = 'correct horse battery staple'

export interface Target {
  /** The proxy. */
  readonly url: string
  readonly each: readonly string[]
}

interface Person {
  readonly admin: { readonly name: string; readonly password: string }
  readonly enrolled: Enrolled
  /** When it showed its last code, by `performance.now()`. */
  lastStep: number
}

export interface Prepared {
  readonly target: Target
  readonly people: readonly Person[]
  readonly worker: Awaited<ReturnType<typeof makeWorker>>
  readonly powerless: { readonly accessKeyId: string; readonly secretAccessKey: string }
  readonly verifier: Verifier
  readonly signingKey: CryptoKey
  /** Sessions that are live and known to the verifier. */
  readonly live: Session[]
}

/** What the load needs, made while all is well. */
export async function prepare(target: Target, signingKey: CryptoKey): Promise<Prepared> {
  const must = async (service: 'iam' | 'sts', action: string, params: Record<string, string>) => {
    const said = await call(target.url, root, service, action, params)
    if (said.status !== 200) throw new Error(said.text)
    return said
  }
  const people: Person[] = []
  for (const name of ['ann', 'bob', 'cat']) {
    await must('iam', 'CreateUser', { UserName: name })
    await must('iam', 'CreateLoginProfile', { UserName: name, Password: password })
    const admin = { name, password }
    people.push({
      admin,
      enrolled: await enrol({ url: target.url, admin }),
      lastStep: Number.NEGATIVE_INFINITY,
    })
  }
  const worker = await makeWorker(target.url, root, 'worker')
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'docs:GetDocument', Resource: '*' }],
  })
  await must('iam', 'PutRolePolicy', {
    RoleName: 'worker-role',
    PolicyName: 'read',
    PolicyDocument: document,
  })
  const powerless = (await makeWorker(target.url, root, 'powerless')).credentials
  const verifier = createVerifier({ issuer: target.url, service: 'docs', credentials: root, feed: 5 })
  const prepared = { target, people, worker, powerless, verifier, signingKey, live: [] as Session[] }
  for (let n = 0; n < 3; n++) {
    const session = await worker.assume(`live-${n}`)
    const fault = await verificationFault(prepared, session)
    if (fault !== undefined) throw new Error(fault)
    prepared.live.push(session)
  }
  return prepared
}

/** Undefined: allowed, as it must be. */
async function verificationFault(
  { verifier }: Prepared,
  { credentials }: Session,
): Promise<string | undefined> {
  const now = Math.floor(Date.now() / 1000)
  const url = 'http://docs.example/page'
  const headers = signRequest({
    method: 'GET',
    url,
    headers: {},
    credentials,
    region: 'us-east-1',
    service: 'docs',
    now,
  })
  const request = {
    method: 'GET',
    path: '/page',
    query: '',
    headers: Object.entries(headers).flat(),
    body: async () => Buffer.alloc(0),
    sourceIp: '192.0.2.1',
    secure: false,
  }
  try {
    const { decision } = await verifier.verify(request, {
      action: 'docs:GetDocument',
      resource: 'arn:aws:docs:::page',
    })
    return decision.effect === 'allow' ? undefined : JSON.stringify(decision)
  } catch (error) {
    return String(error)
  }
}

type Lane = (random: Random) => Promise<unknown>

const pause = (ms: number) => new Promise((next) => setTimeout(next, ms))
const patience = () => AbortSignal.timeout(20_000)

async function ask(url: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
  const answer = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers,
    signal: patience(),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

/** What a token endpoint's answer says of the thing that was spent. */
function spentBy(
  answer: { status: number; body: Record<string, unknown> },
  token: string,
): Spent | undefined {
  if (answer.status === 200) return { won: String(answer.body[token]) }
  const refused = ['invalid_grant', 'invalid_client'].includes(String(answer.body['error']))
  return refused ? 'lost' : undefined
}

/** Every lane once; run again and again until the end. */
export function lanes(prepared: Prepared, recorder: Recorder): readonly Lane[] {
  const { target, people, worker, powerless, live } = prepared
  const url = (random: Random) => random.pick([...target.each, target.url])
  return [
    (random) => changeUsers(url(random), recorder, random),
    (random) => changeUsers(url(random), recorder, random),
    async (random) => {
      await spendCode(prepared, recorder, random, people[0]?.enrolled.browser)
      await pause(50)
    },
    (random) => refreshChain(prepared, recorder, random, people[1]?.enrolled.browser),
    (random) => spendAssertion(prepared, recorder, random),
    ...people.map(
      (person): Lane =>
        () =>
          spendStep(prepared, recorder, person),
    ),
    async (random) => {
      const before = recorder.skews
      const session = await worker.assume(`job-${random.below(1e6)}`).catch(() => undefined)
      recorder.count(`AssumeRole ${session ? 'done' : 'failed'}`)
      const steady = recorder.skews === before && before % 2 === 0
      // What was verified once, while all was well, must verify from then on.
      if (session && steady && live.length < 20 && (await verificationFault(prepared, session)) === undefined)
        live.push(session)
      await pause(100)
    },
    async (random) => {
      const fault = await verificationFault(prepared, random.pick(live))
      recorder.count('verified')
      if (fault !== undefined) recorder.violated(`a live credential did not verify: ${fault}`)
      await pause(20)
    },
    async (random) => {
      const name = `stolen-${random.below(1e9)}`
      const said = await call(url(random), powerless, 'iam', 'CreateUser', { UserName: name }).catch(
        () => undefined,
      )
      recorder.count('powerless')
      if (said?.status === 200) recorder.violated('a user without permission created a user')
      const forged = { ...root, secretAccessKey: 'not the secret of root' }
      const answer = await call(url(random), forged, 'sts', 'GetCallerIdentity').catch(() => undefined)
      if (answer?.status === 200) recorder.violated('a wrong signature was taken')
      await pause(100)
    },
    (random) => takeAwayKey(prepared, recorder, random),
  ]
}

async function changeUsers(url: string, { users }: Recorder, random: Random): Promise<void> {
  const known = [...users].filter(([, there]) => there === true)
  if (known.length > 20 && random.below(3) === 0) {
    const [name] = random.pick(known)
    users.set(name, undefined)
    const said = await call(url, root, 'iam', 'DeleteUser', { UserName: name }).catch(() => undefined)
    if (said?.status === 200) users.set(name, false)
    return
  }
  const name = `user-${random.below(2 ** 31)}-${random.below(2 ** 31)}`
  users.set(name, undefined)
  const said = await call(url, root, 'iam', 'CreateUser', { UserName: name }).catch(() => undefined)
  if (said?.status === 200) users.set(name, true)
  else await pause(50)
}

async function codeOf(browser: FormBrowser | undefined) {
  const { verifier, challenge } = pkce()
  const asked = {
    client_id: 'app',
    response_type: 'code',
    redirect_uri: back,
    scope: 'openid',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  }
  const end = await browser?.open(`/authorize?${new URLSearchParams(asked)}`)
  const code = URL.parse(end?.location ?? '')?.searchParams.get('code')
  return code
    ? { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: back }
    : undefined
}

async function spendCode({ target }: Prepared, recorder: Recorder, random: Random, browser?: FormBrowser) {
  const { skews } = recorder
  const fields = await codeOf(browser).catch(() => undefined)
  if (!fields) return recorder.count('code not given')
  const code = recorder.once('code', skews)
  await Promise.all(
    [0, 1, 2].map(() => {
      const url = `${random.pick(target.each)}/token`
      return recorder.spend(code, async () => spentBy(await ask(url, fields, app), 'access_token'))
    }),
  )
}

async function refreshChain({ target }: Prepared, recorder: Recorder, random: Random, browser?: FormBrowser) {
  const { skews } = recorder
  const fields = await codeOf(browser).catch(() => undefined)
  const first = fields && (await ask(`${target.url}/token`, fields, app).catch(() => undefined))
  let token = first?.body['refresh_token']
  for (let n = 0; n < 4 && typeof token === 'string'; n++) {
    const once = recorder.once('refresh token', skews)
    const presented = { grant_type: 'refresh_token', refresh_token: token }
    const outcomes = await Promise.all(
      [0, 1].map(() => {
        const url = `${random.pick(target.each)}/token`
        return recorder.spend(once, async () => spentBy(await ask(url, presented, app), 'refresh_token'))
      }),
    )
    // After a lost answer the family may end by a late twin of the request, and what follows would say nothing.
    if (outcomes.includes(undefined)) return
    token = outcomes.flatMap((one) => (typeof one === 'object' ? [one.won] : []))[0]
  }
  await pause(50)
}

async function spendAssertion({ target, signingKey }: Prepared, recorder: Recorder, random: Random) {
  const assertion = await new SignJWT({ jti: randomUUID() })
    .setProtectedHeader({ alg: 'ES256', kid: 'k' })
    .setIssuer('signer')
    .setSubject('signer')
    .setAudience(target.url)
    .setExpirationTime('5m')
    .sign(signingKey)
  const fields = {
    grant_type: 'client_credentials',
    client_assertion: assertion,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  }
  const once = recorder.once('client assertion', recorder.skews)
  await Promise.all(
    [0, 1, 2].map(() => {
      const url = `${random.pick(target.each)}/token`
      return recorder.spend(once, async () => spentBy(await ask(url, fields), 'access_token'))
    }),
  )
  await pause(50)
}

/** Three browsers show one TOTP code at once, each to another process; the next step is half a minute away. */
async function spendStep({ target }: Prepared, recorder: Recorder, person: Person) {
  const { admin, enrolled } = person
  if (performance.now() - person.lastStep < 31_000) return pause(200)
  const at = { url: target.url, admin }
  const { skews } = recorder
  const visits = await Promise.all([0, 1, 2].map(() => atSecondFactor(at))).catch(() => undefined)
  if (!visits?.every(({ page }) => page.text.includes('name="code"'))) return pause(2000)
  person.lastStep = performance.now()
  const code = await enrolled.code()
  const once = recorder.once('TOTP step', skews)
  await Promise.all(
    visits.map(({ browser, page }, n) =>
      recorder.spend(once, async () => {
        const { status } = await browser.send(page, { code }, undefined, { 'x-process': String(n) })
        if (status === 401) return 'lost'
        if (status >= 400) return undefined
        return (await browser.get('/account')).status === 200 ? { won: `browser ${n}` } : undefined
      }),
    ),
  )
}

/** A key that was taken away, and whose taking away was acknowledged, opens nothing any more. */
async function takeAwayKey({ target }: Prepared, recorder: Recorder, random: Random) {
  const name = `brief-${random.below(2 ** 31)}-${random.below(2 ** 31)}`
  const made = await makeWorker(target.url, root, name).catch(() => undefined)
  if (!made) return pause(500)
  const { credentials } = made
  const use = (url: string) => call(url, credentials, 'sts', 'GetCallerIdentity').catch(() => undefined)
  await Promise.all(target.each.map(use))
  const gone = { UserName: name, AccessKeyId: credentials.accessKeyId, Status: 'Inactive' }
  const said = await call(target.url, root, 'iam', 'UpdateAccessKey', gone).catch(() => undefined)
  if (said?.status !== 200) return
  await pause(1500)
  for (const url of target.each) {
    const answer = await use(url)
    recorder.count('key taken away')
    if (answer?.status === 200) recorder.violated('a key that was taken away was taken')
  }
}
