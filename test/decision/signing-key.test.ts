import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { deriveSigningKey } from '../../src/secure/sigv4/sigv4.ts'
import { ownServices } from '../../src/sts/authentication/own-services.ts'
import { SmallChancery } from '../support/small-chancery.ts'
import { ask, today } from './ask.ts'

const issuer = new SmallChancery()
before(() => issuer.start())
after(() => issuer.stop())

const asking = async (over: Record<string, unknown> = {}) => {
  const { sessionToken } = await issuer.assume()
  const body = { token: sessionToken, date: today(issuer), region: 'eu-central-1', service: 'docs', ...over }
  return ask(issuer, { method: 'POST', path: '/v1/signing-key', body })
}

test('a service gets the key of its own day, region and name, and its end', async () => {
  const session = await issuer.assume()
  const body = { token: session.sessionToken, date: today(issuer), region: 'eu-central-1', service: 'docs' }
  const response = await ask(issuer, { method: 'POST', path: '/v1/signing-key', body })
  assert.equal(response.status, 200)
  assert.equal(response.headers.get('cache-control'), 'no-store')
  const key = deriveSigningKey(session.secretAccessKey, today(issuer), 'eu-central-1', 'docs').toString('hex')
  assert.deepEqual(await response.json(), { key, expiresAt: session.claims.exp })
})

test('a service gets no key of a service it has no right to', async () => {
  const response = await asking({ service: 'payments' })
  assert.equal(response.status, 403)
})

test('42: no policy gives out the signing key of a service of ours', async () => {
  for (const service of [...ownServices, 'payments']) issuer.services.add(service)
  for (const service of ownServices) {
    const response = await asking({ service })
    assert.equal(response.status, 403, service)
    const text = await response.text()
    assert.match(text, /never given out/)
    assert.doesNotMatch(text, /[0-9a-f]{64}/)
  }
  // What the list does not name is the policy's to decide.
  assert.equal((await asking({ service: 'payments' })).status, 200)
  for (const service of [...ownServices, 'payments']) issuer.services.delete(service)
})

test('a session of another account does not exist here', async () => {
  const { sessionToken } = await issuer.assume({ acct: '999988887777' })
  const foreign = await asking({ token: sessionToken })
  const garbage = await asking({ token: 'a.b.c' })
  assert.equal(foreign.status, 404)
  const detail = async (response: Response) => ((await response.json()) as { detail: string }).detail
  assert.equal(await detail(foreign), await detail(garbage))
})

test('a session that is over has no key', async () => {
  const now = Math.floor(issuer.clock())
  const { sessionToken } = await issuer.assume({ iat: now - 1000, nbf: now - 1000, exp: now - 10 })
  assert.equal((await asking({ token: sessionToken })).status, 404)
})

test('a session whose secret key has left the ring has no key', async () => {
  const { sessionToken } = await issuer.assume()
  const { secretKey } = issuer
  issuer.secretKey = { kid: 'another', secret: Buffer.alloc(32) }
  assert.equal((await asking({ token: sessionToken })).status, 404)
  issuer.secretKey = secretKey
})

test('an access token has no key', async () => {
  const { token } = await issuer.bearer()
  assert.equal((await asking({ token })).status, 404)
})

test('there is no signing key for a future day or a day before the session', async () => {
  assert.equal((await asking({ date: today(issuer, 2) })).status, 400)
  assert.equal((await asking({ date: today(issuer, -2) })).status, 400)
})

test('a session for other services has no key for this one', async () => {
  const { sessionToken } = await issuer.assume({ aud: ['payments'] })
  assert.equal((await asking({ token: sessionToken })).status, 403)
})

const refused: readonly [string, unknown, number][] = [
  ['no JSON', 'token=x', 400],
  ['a list', [], 400],
  ['nothing', {}, 400],
  ['a date that is none', { date: '2026-01-01' }, 400],
  ['a region with a slash', { region: 'a/b' }, 400],
  ['a service in upper case', { service: 'DOCS' }, 400],
  ['a repeated member', '{"token":"a","token":"b"}', 400],
  ['a list for a token', { token: ['x'] }, 400],
  ['a member it does not know', { extra: 1 }, 400],
  ['a token of 5,000 characters', { token: 'x'.repeat(5000) }, 400],
  ['a body above 8 kB', { token: 'x'.repeat(9000) }, 413],
]
for (const [name, over, status] of refused) {
  test(`refuses ${name}`, async () => {
    const { sessionToken } = await issuer.assume()
    const whole = { token: sessionToken, date: today(issuer), region: 'x', service: 'docs' }
    const body =
      typeof over === 'string' || Array.isArray(over) || Object.keys(over as object).length === 0
        ? over
        : { ...whole, ...(over as object) }
    const response = await ask(issuer, { method: 'POST', path: '/v1/signing-key', body })
    assert.equal(response.status, status)
    assert.equal(response.headers.get('content-type'), 'application/problem+json')
  })
}

test('an anonymous caller is refused', async () => {
  const unsigned = await fetch(`${issuer.issuer}/v1/signing-key`, { method: 'POST', body: '{}' })
  assert.equal(unsigned.status, 401)
  const credentials = { accessKeyId: 'AKIADOCUMENTSSERVICE', secretAccessKey: 'a guess' }
  const forged = await ask(issuer, { method: 'POST', path: '/v1/signing-key', body: {}, credentials })
  assert.equal(forged.status, 403)
})
