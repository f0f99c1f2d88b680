// attacks.md 45: a memory that the processes of a service share makes each proof good for one of them, once.
import assert from 'node:assert/strict'
import { request } from 'node:http'
import { after, before, type TestContext, test } from 'node:test'
import { signRequest } from '../../src/secure/sigv4/sign.ts'
import type { Problem, ReplayMemory, VerifierOptions } from '../../src/verify/index.ts'
import { bundleOf, roleId, SmallChancery } from '../support/small-chancery.ts'
import { type Credentials, type Documents, send, startDocuments } from './documents.ts'

const issuer = new SmallChancery()
before(async () => {
  await issuer.start()
  const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }
  issuer.roles.set(roleId, bundleOf('all', everything))
})
after(() => issuer.stop())

async function start(t: TestContext, options: Partial<VerifierOptions> = {}): Promise<Documents> {
  const service = await startDocuments(issuer, { feed: 30, ...options })
  t.after(() => service.stop())
  return service
}

/** As Redis `SET … NX` behaves, with each id and its end as they were given. */
function sharedMemory(): ReplayMemory & { readonly seen: Map<string, number> } {
  const seen = new Map<string, number>()
  return {
    seen,
    async remember(id, until) {
      if (seen.has(id)) return false
      seen.set(id, until)
      return true
    },
  }
}

/** The same signed write, byte for byte, to one service after the other. */
async function twice(one: Documents, other: Documents, credentials: Credentials): Promise<number[]> {
  const now = Date.now() / 1000
  const write = { method: 'POST', body: 'once', now, headers: { host: 'docs.example' } }
  const statuses: number[] = []
  for (const { url } of [one, other]) statuses.push((await sendAs(url, credentials, write)).status)
  return statuses
}

/** Signed for one public name, as behind a load balancer. */
async function sendAs(
  url: string,
  credentials: Credentials,
  {
    now,
    body,
    method,
    headers,
  }: { now: number; body: string; method: string; headers: Record<string, string> },
): Promise<Response> {
  const scope = { region: 'us-east-1', service: 'docs' }
  const signed = signRequest({ method, url: `${url}/documents/1`, headers, body, credentials, now, ...scope })
  return new Promise((done, fail) => {
    const options = { method, headers: signed, agent: false }
    const req = request(`${url}/documents/1`, options, async (res) => {
      done(new Response((await res.toArray()).join(''), { status: res.statusCode ?? 0 }))
    })
    req.on('error', fail).end(body)
  })
}

test('45: without a shared memory each process takes a write once', { timeout: 60_000 }, async (t) => {
  const [one, two] = [await start(t), await start(t)]
  assert.deepEqual(await twice(one, two, await issuer.assume()), [200, 200])
  assert.deepEqual(await twice(one, one, await issuer.assume()), [200, 401])
})

test('45: with one, all processes take it once together', { timeout: 60_000 }, async (t) => {
  const memory = sharedMemory()
  const [one, two] = [await start(t, { replay: memory }), await start(t, { replay: memory })]
  assert.deepEqual(await twice(one, two, await issuer.assume()), [200, 401])
  const [[id, until] = ['', 0]] = memory.seen
  assert.match(id, /^[A-Za-z0-9_:-]{1,128}$/)
  const now = Date.now() / 1000
  assert.ok(until > now && until < now + 310, `${until}`)
})

test('45: services that share one memory do not refuse each other', { timeout: 60_000 }, async (t) => {
  const memory = sharedMemory()
  issuer.services.add('mail')
  const one = await start(t, { replay: memory })
  const other = await start(t, { replay: memory, service: 'mail' })
  const session = await issuer.assume()
  const now = Date.now() / 1000
  const write = { method: 'POST', body: 'x', now }
  assert.equal((await send(one, '/documents/1', session, write)).status, 200)
  assert.equal((await send(other, '/documents/1', session, { ...write, service: 'mail' })).status, 200)
  const scopes = new Set([...memory.seen.keys()].map((id) => id.split(':')[1]))
  assert.equal(scopes.size, 2)
})

const failing: Readonly<Record<string, () => Promise<boolean>>> = {
  'that throws': () => Promise.reject(new Error('connection lost')),
  'that never answers': () => new Promise(() => {}),
  'that answers something else': async () => JSON.parse('"OK"'),
}
for (const [name, remember] of Object.entries(failing))
  test(`45: a shared memory ${name} refuses writes, not reads`, { timeout: 60_000 }, async (t) => {
    const problems: Problem[] = []
    const onUnavailable = (problem: Problem) => problems.push(problem)
    const service = await start(t, { replay: { remember }, onUnavailable })
    const session = await issuer.assume()
    assert.equal((await send(service, '/documents/1', session, { method: 'POST', body: 'x' })).status, 503)
    assert.equal((await send(service, '/documents/1', session)).status, 200)
    assert.match(problems[0]?.detail ?? '', /replay memory/)
    assert.ok(problems[0]?.cause instanceof Error)
  })

test('45: a write that failed for the memory alone may be sent again', { timeout: 60_000 }, async (t) => {
  const memory = sharedMemory()
  let down = true
  const remember: ReplayMemory['remember'] = (id, until) =>
    down ? Promise.reject(new Error('down')) : memory.remember(id, until)
  const service = await start(t, { replay: { mode: 'writes', remember } })
  const session = await issuer.assume()
  const write = { method: 'POST', body: 'x', now: Date.now() / 1000 }
  assert.equal((await send(service, '/documents/1', session, write)).status, 503)
  down = false
  assert.equal((await send(service, '/documents/1', session, write)).status, 200)
  assert.equal((await send(service, '/documents/1', session, write)).status, 401)
})

test('45: unsigned writes of one second differ by their bodies; the same one is a replay, unless streamed', {
  timeout: 60_000,
}, async (t) => {
  const headers = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }
  const write = { method: 'PUT', headers, now: Date.now() / 1000 }
  const session = await issuer.assume()
  const modes: readonly (readonly [VerifierOptions['unsignedPayload'], readonly number[]])[] = [
    [true, [200, 200, 401]],
    ['stream', [200, 200, 200]],
  ]
  for (const [unsignedPayload, expected] of modes) {
    const service = await start(t, unsignedPayload === undefined ? {} : { unsignedPayload })
    const statuses: number[] = []
    for (const body of ['one', 'two', 'one'])
      statuses.push((await send(service, '/documents/1', session, { ...write, body })).status)
    assert.deepEqual(statuses, expected, String(unsignedPayload))
  }
})
