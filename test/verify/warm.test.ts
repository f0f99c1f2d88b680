import assert from 'node:assert/strict'
import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { type TestContext, test } from 'node:test'
import { sha256base64url } from '../../src/secure/digest.ts'
import { readAll, SmallChancery } from '../support/small-chancery.ts'
import { found } from '../support/waiting.ts'
import { send, startDocuments } from './documents.ts'

async function setting(t: TestContext) {
  const issuer = await new SmallChancery().start()
  const service = await startDocuments(issuer, { feed: 30 })
  t.after(() => Promise.all([service.stop(), issuer.stop()]))
  const asked = (line: string) => issuer.asked.filter((one) => one === line).length
  return { issuer, service, asked }
}

test('a hundred first requests of one session send each request to the issuer once', async (t) => {
  const { issuer, service, asked } = await setting(t)
  const session = await issuer.assume()
  const all = await Promise.all(
    Array.from({ length: 100 }, (_, i) => send(service, `/documents/${i}`, session)),
  )
  assert.ok(all.every(({ status }) => status === 200))
  for (const line of ['GET /jwks', 'POST /v1/signing-key', 'GET /v1/policies'])
    assert.equal(asked(line), 1, line)
})

test('a second request of a session sends no request to the issuer', async (t) => {
  const { issuer, service } = await setting(t)
  const session = await issuer.assume()
  await send(service, '/documents/1', session)
  const before = issuer.asked.length
  for (let i = 0; i < 20; i++) assert.equal((await send(service, `/documents/${i}`, session)).status, 200)
  assert.equal(issuer.asked.length, before)
})

test('a warm check does no public-key operation', async (t) => {
  const { issuer, service } = await setting(t)
  const session = await issuer.assume()
  const { token } = await issuer.bearer()
  const headers = { authorization: `Bearer ${token}` }
  const original = crypto.verify
  let count = 0
  crypto.verify = ((...given: Parameters<typeof original>) => {
    count++
    return original(...given)
  }) as typeof original
  syncBuiltinESMExports()
  t.after(() => {
    crypto.verify = original
    syncBuiltinESMExports()
  })
  await send(service, '/documents/1', session)
  await fetch(`${service.url}/documents/1`, { headers })
  assert.ok(count >= 2, 'the first ones do')
  const before = count
  for (let i = 0; i < 10; i++) {
    assert.equal((await send(service, '/documents/1', session)).status, 200)
    assert.equal((await fetch(`${service.url}/documents/1`, { headers })).status, 200)
  }
  assert.equal(count, before)
})

test('a refused signing key is not requested again at once', async (t) => {
  const { issuer, service, asked } = await setting(t)
  const session = await issuer.assume({ acct: '999988887777' })
  for (let i = 0; i < 5; i++) assert.equal((await send(service, '/documents/1', session)).status, 401)
  assert.equal(asked('POST /v1/signing-key'), 1)
})

test('a session policy too long for the token is fetched by its hash, once, and narrows', async (t) => {
  const { issuer, service, asked } = await setting(t)
  const narrow = {
    ...readAll,
    Statement: [{ Effect: 'Allow', Action: '*', Resource: 'arn:aws:docs:::documents/mine/*' }],
  }
  const text = JSON.stringify([JSON.stringify(narrow)])
  issuer.longPolicies.set(sha256base64url(text), text)
  const session = await issuer.assume({ sp: [{ h: sha256base64url(text) }] })
  assert.equal((await send(service, '/documents/mine/1', session)).status, 200)
  assert.equal((await send(service, '/documents/theirs/1', session)).status, 403)
  assert.equal(asked('GET /v1/policies'), 2)
})

test('session policies that are not those of the hash never widen', async (t) => {
  const { issuer, service } = await setting(t)
  const all = JSON.stringify([
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
  ])
  const hash = sha256base64url('another text')
  issuer.longPolicies.set(hash, all)
  assert.equal((await send(service, '/documents/1', await issuer.assume({ sp: [{ h: hash }] }))).status, 503)
})

test('33: what a key signed that the issuer no longer publishes ends, also where it was seen before', async (t) => {
  const issuer = await new SmallChancery().start()
  const service = await startDocuments(issuer, { feed: 'hold' })
  t.after(() => Promise.all([service.stop(), issuer.stop()]))
  const session = await issuer.assume()
  assert.equal((await send(service, '/documents/1', session)).status, 200)
  issuer.rotate('k-after-the-emergency')
  issuer.revoke('session', 'signing-key-of-before')
  const status = await found('another status', async () => {
    const answer = await send(service, '/documents/1', session)
    return answer.status === 200 ? undefined : answer.status
  })
  assert.equal(status, 401)
  assert.equal((await send(service, '/documents/1', await issuer.assume())).status, 200)
})
