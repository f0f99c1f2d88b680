import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { VerifierOptions } from '../../src/verify/index.ts'
import { bundleOf, readAll, roleId, SmallChancery } from '../support/small-chancery.ts'
import { until } from '../support/waiting.ts'
import { send, startDocuments } from './documents.ts'

async function setting(t: TestContext, options: Partial<VerifierOptions> = {}) {
  const issuer = await new SmallChancery().start()
  let ahead = 0
  const clock = () => Date.now() / 1000 + ahead
  issuer.clock = clock
  const service = await startDocuments(issuer, { feed: 1, ...options })
  t.after(() => Promise.all([service.stop(), issuer.stop()]))
  const read = async (credentials: Parameters<typeof send>[2]) =>
    (await send(service, '/documents/1', credentials, { now: clock() })).status
  return {
    issuer,
    service,
    read,
    pass: (seconds: number) => {
      ahead += seconds
    },
  }
}

test('live credentials go on verifying while the issuer is away, and new ones wait for it', async (t) => {
  const { issuer, read, pass } = await setting(t)
  const known = await issuer.assume()
  const fresh = await issuer.assume()
  assert.equal(await read(known), 200)
  await issuer.stop()
  pass(120)
  assert.equal(await read(known), 200)
  assert.equal(await read(fresh), 503)
  await issuer.start()
  assert.equal(await read(fresh), 200)
})

test('credentials expire on time also while the issuer is unreachable', async (t) => {
  const { issuer, read, pass } = await setting(t)
  const known = await issuer.assume()
  assert.equal(await read(known), 200)
  await issuer.stop()
  pass(901)
  assert.equal(await read(known), 401)
})

test('after the stated time without the revocation feed the verifier refuses', async (t) => {
  const { issuer, read, pass } = await setting(t, { staleness: { revocations: 60 } })
  const known = await issuer.assume()
  assert.equal(await read(known), 200)
  await issuer.stop()
  pass(61)
  assert.equal(await read(known), 503)
})

test('or goes on, where the service chose that', async (t) => {
  const { issuer, read, pass } = await setting(t, {
    staleness: { revocations: 60, withoutRevocations: 'accept' },
  })
  const known = await issuer.assume()
  assert.equal(await read(known), 200)
  await issuer.stop()
  pass(61)
  assert.equal(await read(known), 200)
})

test('after the stated time without the role’s policies the verifier refuses', async (t) => {
  const { issuer, read, pass } = await setting(t, { staleness: { policies: 100 } })
  const known = await issuer.assume()
  assert.equal(await read(known), 200)
  await issuer.stop()
  pass(99)
  assert.equal(await read(known), 200)
  pass(10)
  assert.equal(await read(known), 503)
})

test('a service that starts while the issuer is away refuses with 503 and Retry-After, and recovers', async (t) => {
  const { issuer, service, read } = await setting(t)
  const known = await issuer.assume()
  await issuer.stop()
  const response = await send(service, '/documents/1', known)
  assert.equal(response.status, 503)
  assert.ok(Number(response.headers.get('retry-after')) > 0)
  await issuer.start()
  await until('the session is accepted', async () => (await read(known)) === 200)
})

for (const scope of ['session', 'role', 'source-identity', 'user', 'client'] as const) {
  test(`a revoked ${scope} is refused within seconds, and sessions made after it are not`, async (t) => {
    const { issuer, read, pass } = await setting(t, { feed: 'hold' })
    const who = { src: 'alice', uid: 'AIDAALICE', client_id: 'app' }
    const session = await issuer.assume(who)
    const bystander = await issuer.assume({
      role: { arn: 'arn:aws:iam::111122223333:role/Other', id: 'AROAOTHER' },
    })
    assert.equal(await read(session), 200)
    const values = {
      session: session.claims.jti,
      role: roleId,
      'source-identity': 'alice',
      user: 'AIDAALICE',
      client: 'app',
    }
    issuer.revoke(scope, values[scope])
    await until('the session is refused', async () => (await read(session)) === 401)
    assert.equal(await read(bystander), 200)
    pass(2)
    assert.equal(await read(await issuer.assume(who)), 200)
  })
}

test('a permission that was removed is denied within 30 seconds, or at once with a newer session', async (t) => {
  const { issuer, read, pass } = await setting(t)
  const session = await issuer.assume()
  assert.equal(await read(session), 200)
  issuer.roles.set(
    roleId,
    bundleOf('v2', { ...readAll, Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] }),
  )
  pass(31)
  assert.equal(await read(session), 403)
  issuer.roles.set(roleId, bundleOf('v3', readAll))
  pass(2)
  assert.equal(await read(await issuer.assume()), 200)
})

test('a deleted role has no sessions', async (t) => {
  const { issuer, read, pass } = await setting(t)
  const session = await issuer.assume()
  assert.equal(await read(session), 200)
  issuer.roles.delete(roleId)
  pass(31)
  assert.equal(await read(session), 401)
})

test('a service without permission at the issuer answers 503, not 401', async (t) => {
  const told: string[] = []
  const { issuer, read } = await setting(t, { onUnavailable: (problem) => told.push(problem.detail ?? '') })
  issuer.forbidden.add('decision:GetSigningKey')
  assert.equal(await read(await issuer.assume()), 503)
  assert.match(told[0] ?? '', /403/)
})

test('a service that gave no function for it is warned by Node', async (t) => {
  const { issuer, read } = await setting(t)
  issuer.forbidden.add('decision:GetSigningKey')
  const warned = new Promise<Error>((next) => process.once('warning', next))
  assert.equal(await read(await issuer.assume()), 503)
  const { name, message } = await warned
  assert.equal(name, 'ChanceryVerifyWarning')
  assert.match(message, /^a request was answered with 503: a signing key could not .* answered 403/)
})

test('a service whose key the issuer refuses is told why its revocations are old', async (t) => {
  const told: string[] = []
  const { issuer, read } = await setting(t, { onUnavailable: (problem) => told.push(problem.detail ?? '') })
  issuer.forbidden.add('decision:GetRevocations')
  assert.equal(await read(await issuer.assume()), 503)
  assert.match(told[0] ?? '', /the issuer answered 403 when asked for revocations/)
})

test('a service that names the issuer by another URL is told so', async (t) => {
  const issuer = await new SmallChancery().start()
  const service = await startDocuments(issuer, { issuer: issuer.issuer.replace('127.0.0.1', 'localhost') })
  t.after(() => Promise.all([service.stop(), issuer.stop()]))
  const response = await send(service, '/documents/1', await issuer.assume())
  assert.equal(response.status, 401)
  assert.match(await response.text(), /the token's `iss` is not `http:\/\/localhost:\d+`/)
})

test('keys rotate without a restart, and unknown key ids do not become requests', async (t) => {
  const { issuer, read, pass } = await setting(t)
  assert.equal(await read(await issuer.assume()), 200)
  issuer.rotate('second')
  pass(6)
  assert.equal(await read(await issuer.assume()), 200)
  const asked = () => issuer.asked.filter((line) => line === 'GET /jwks').length
  const before = asked()
  const good = await issuer.assume()
  for (let i = 0; i < 20; i++) {
    const header = Buffer.from(JSON.stringify({ alg: 'ES256', typ: 'sts+jwt', kid: `k${i}` })).toString(
      'base64url',
    )
    assert.equal(
      await read({ ...good, sessionToken: [header, ...good.sessionToken.split('.').slice(1)].join('.') }),
      401,
    )
  }
  assert.ok(asked() - before <= 1, `${asked() - before} readings of the keys`)
})
