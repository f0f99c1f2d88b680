// `node test/bench/compare.ts <checkout>`: token issue and sign-in of another checkout and of this one, in rounds that alternate,
// so that what else the machine does affects both alike. Both servers are started twice, in one order and in the other, and are
// warm before the first round. Processor time is that of the server's process, and of each of its threads.
// The other checkout must have its own node_modules. `--only client` runs what begins so; `--rounds` counts the rounds of each
// start, 3 unless given.
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { CreateLoginProfileCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam'
import { type FormBrowser, formBrowser } from '../support/form-browser.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import { rootKey } from '../support/server.ts'
import { drive, flows, median } from './load.ts'
import { measure, medianThreads, type Sample, threadText, warmUp } from './sample.ts'
import {
  assumeRoleRequests,
  ourClientCredentialsRequests,
  type Subject as Prepared,
  prepareChancery,
  webIdentityRequests,
} from './subjects.ts'

const { values: options, positionals } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, only: { type: 'string' } },
  allowPositionals: true,
})
const [before] = positionals
assert.ok(before, 'name the other checkout')

const callback = 'https://app.example/cb'
const secret = 'app-secret-of-32-characters-or-more'
const clients = `
  - client_id: app
    client_secret: ${secret}
    first_party: true
    redirect_uris: [${callback}]
  - client_id: es256
    client_secret: ${secret}
    first_party: true
    id_token_signed_response_alg: ES256
    redirect_uris: [${callback}]
`

interface Subject {
  readonly server: Prepared
  readonly iam: IAMClient
  /** Signed in. */
  readonly browser: FormBrowser
}

async function start(bin?: string): Promise<Subject> {
  const env = { CHANCERY_TRUSTED_PROXIES: '127.0.0.1,::1' }
  const server = await prepareChancery({ env, clients, ...(bin === undefined ? {} : { bin }) })
  const credentials = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
  const iam = new IAMClient({ endpoint: server.url, region: 'us-east-1', credentials })
  return { server, iam, browser: (await enrol(server)).browser }
}

/** One code flow with PKCE of a person who is signed in, up to the tokens. */
async function codeFlow({ server, browser }: Subject, clientId: string): Promise<void> {
  const verifier = randomBytes(32).toString('base64url')
  const query = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    scope: 'openid profile',
    redirect_uri: callback,
    state: 's',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  const seen = await browser.open(`/authorize?${query}`)
  const code = new URL(seen.location ?? server.url).searchParams.get('code')
  assert.ok(code, `${seen.status} ${seen.location} ${seen.text}`)
  const form = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: callback }
  const response = await fetch(`${server.url}/token`, {
    method: 'POST',
    body: new URLSearchParams({ ...form, client_id: clientId, client_secret: secret }),
  })
  const body = (await response.json()) as { readonly id_token?: string }
  assert.ok(body.id_token, JSON.stringify(body))
}

const people = 6
let serial = 0
/** New users who have enrolled an authenticator: each code counts once, so every round has its own. */
async function newPeople({
  server,
  iam,
}: Subject): Promise<readonly (Enrolled & { readonly name: string })[]> {
  const made = []
  for (let n = 0; n < people; n++) {
    const name = `person-${serial++}`
    await iam.send(new CreateUserCommand({ UserName: name }))
    await iam.send(new CreateLoginProfileCommand({ UserName: name, Password: server.admin.password }))
    const place = { url: server.url, admin: { name, password: server.admin.password } }
    made.push({ ...(await enrol(place)), name })
  }
  return made
}

/** One sign-in with password and code, from the page to the account page. */
async function signIn(
  { server }: Subject,
  { name, code }: Enrolled & { readonly name: string },
): Promise<void> {
  const browser = formBrowser(server.url)
  const page = await browser.open('/sign-in')
  const second = await browser.submit(page, { username: name, password: server.admin.password })
  const done = await browser.submit(second, { code: await code() })
  assert.match(done.url, /\/account$/, done.text)
}

const measured = ({ server }: Subject, count: number, run: () => Promise<number>): Promise<Sample> =>
  measure(server.process.pid, count, run)

/** Requests that are made before the clock runs, 48 at a time. */
async function load(
  subject: Subject,
  count: number,
  make: (count: number) => readonly Buffer[] | Promise<readonly Buffer[]>,
): Promise<Sample> {
  const requests = await make(count)
  return measured(subject, count, async () => (await drive(subject.server.port, requests)).perSecond)
}

const work: Readonly<Record<string, (subject: Subject) => Promise<Sample>>> = {
  'client credentials': (subject) => load(subject, 1500, ourClientCredentialsRequests),
  AssumeRoleWithWebIdentity: (subject) =>
    load(subject, 1000, (count) => webIdentityRequests(subject.server, count)),
  'AssumeRole, SigV4': (subject) => load(subject, 1000, (count) => assumeRoleRequests(subject.server, count)),
  'code flow': (subject) => measured(subject, 150, () => flows(150, 8, () => codeFlow(subject, 'app'))),
  'code flow, ID token ES256': (subject) =>
    measured(subject, 150, () => flows(150, 8, () => codeFlow(subject, 'es256'))),
  'sign-in': async (subject) => {
    const all = await newPeople(subject)
    return measured(subject, people, () =>
      flows(people, 2, async (n) => {
        const one = all[n]
        assert.ok(one)
        await signIn(subject, one)
      }),
    )
  },
}

const spread = (values: readonly number[]): string =>
  `${median(values).toFixed(2)} [${Math.min(...values).toFixed(2)} … ${Math.max(...values).toFixed(2)}]`

const chosen = Object.entries(work).filter(([name]) => name.startsWith(options.only ?? ''))
type Pair = readonly [before: Sample, now: Sample]
type Subjects = readonly [before: Subject, now: Subject]

/** The servers of one start, the other checkout's first or last. */
async function startBoth(otherFirst: boolean): Promise<Subjects> {
  const startBefore = () => start(resolve(before ?? '', 'src/bin.js'))
  if (otherFirst) return [await startBefore(), await start()]
  const now = await start()
  return [await startBefore(), now]
}

async function pairOf(subjects: Subjects, run: (typeof work)[string], otherFirst: boolean): Promise<Pair> {
  const [before, now] = subjects
  if (otherFirst) return [await run(before), await run(now)]
  const last = await run(now)
  return [await run(before), last]
}

const samples = new Map<string, Pair[]>(chosen.map(([name]) => [name, []]))
for (const otherFirst of [true, false]) {
  const subjects = await startBoth(otherFirst)
  try {
    for (const [, run] of chosen) for (const subject of subjects) await warmUp(() => run(subject))
    for (let round = 0; round < Number(options.rounds); round++)
      for (const [name, run] of chosen)
        samples.get(name)?.push(await pairOf(subjects, run, otherFirst === (round % 2 === 0)))
  } finally {
    for (const { server } of subjects) await server.stop()
  }
}
for (const [name, pairs] of samples) {
  const of = (pick: (sample: Sample) => number) => pairs.map(([was, is]) => pick(is) / pick(was))
  const middle = (at: 0 | 1, pick: (sample: Sample) => number) => median(pairs.map((pair) => pick(pair[at])))
  const rate = (at: 0 | 1) => middle(at, ({ perSecond }) => perSecond).toFixed(1)
  const cost = (at: 0 | 1) => middle(at, (sample) => sample.cost).toFixed(0)
  const threads = (at: 0 | 1) =>
    threadText(
      medianThreads(
        pairs.map((pair) => pair[at]),
        median,
      ),
    )
  console.log(
    `${name}: ${rate(0)} → ${rate(1)} a second, ratio ${spread(of(({ perSecond }) => perSecond))};`,
    `processor ${cost(0)} → ${cost(1)} µs each, ratio ${spread(of((sample) => sample.cost))}\n`,
    `  before: ${threads(0)}\n   now: ${threads(1)}`,
  )
}
