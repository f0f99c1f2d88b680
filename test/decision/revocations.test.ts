import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { isSignatureValid, parseJws } from '../../src/secure/jws.ts'
import { accountId, SmallChancery } from '../support/small-chancery.ts'
import { settlesWithin } from '../support/waiting.ts'
import { ask } from './ask.ts'

const issuer = new SmallChancery()
before(() => issuer.start())
after(() => issuer.stop())

async function feed(
  query = '',
): Promise<{ cursor: string; revocations: unknown[]; [claim: string]: unknown }> {
  const response = await ask(issuer, { path: `/v1/revocations${query}` })
  assert.equal(response.status, 200)
  assert.equal(response.headers.get('content-type'), 'application/jwt')
  const jws = parseJws(await response.text(), 100_000)
  const [key] = issuer.tokenKeys
  assert.ok(key && (await isSignatureValid(jws, { key: key.publicKey, algorithms: ['ES256'] })))
  assert.equal(jws.header.typ, 'revocations+jwt')
  return jws.claims as never
}

test('the feed is signed, has its issuer and account, and lists the revocations', async () => {
  issuer.revoke('session', 'first-session-id')
  const { iss, acct, revocations, cursor } = await feed()
  assert.equal(iss, issuer.issuer)
  assert.equal(acct, accountId)
  assert.equal(revocations.length, 1)
  assert.deepEqual((await feed(`?cursor=${cursor}`)).revocations, [])
})

test('a long poll is answered as soon as something is revoked', async () => {
  const { cursor } = await feed()
  const held = feed(`?cursor=${cursor}&wait=20`)
  await pause(100)
  issuer.revoke('role', 'AROASOMETHINGELSE')
  const { revocations } = await settlesWithin(50, held, () => feed())
  assert.ok(revocations.some((entry) => Array.isArray(entry) && entry[0] === 'role'))
})

test('a held request ends without news when its time is over', async () => {
  const { cursor } = await feed()
  const answer = await feed(`?cursor=${cursor}&wait=1`)
  assert.deepEqual(answer.revocations, [])
  assert.equal(answer.cursor, cursor)
})

test('a later revocation of the same value is sent again', async () => {
  const { cursor } = await feed()
  const [entry] = issuer.revocations
  assert.ok(entry)
  issuer.revocations[0] = { ...entry, before: entry.before + 5, at: entry.at + 5 }
  assert.ok((await feed(`?cursor=${cursor}`)).revocations.length > 0)
})

test('malformed parameters are refused', async () => {
  for (const query of [
    '?cursor=x',
    '?wait=31',
    '?wait=-1',
    '?wait=1&wait=2',
    '?cursor=1.2.3.4',
    '?cursor=1.2.3.a.b',
    '?cursor=1.2.3.a.4.5',
    '?wait=1e1',
  ])
    assert.equal((await ask(issuer, { path: `/v1/revocations${query}` })).status, 400, query)
})

test('the feed is refused without permission and without authentication', async () => {
  issuer.forbidden.add('decision:GetRevocations')
  assert.equal((await ask(issuer, { path: '/v1/revocations' })).status, 403)
  issuer.forbidden.clear()
  assert.equal((await fetch(`${issuer.issuer}/v1/revocations`)).status, 401)
})

test('a server that ends answers what it holds', async (t) => {
  const ends = await new SmallChancery().start()
  t.after(() => ends.stop())
  const payload = (await (await ask(ends, { path: '/v1/revocations' })).text()).split('.')[1] ?? ''
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { cursor: string }
  const held = ask(ends, { path: `/v1/revocations?cursor=${claims.cursor}&wait=20` })
  await pause(100)
  ends.ending.abort()
  assert.equal((await settlesWithin(50, held)).status, 200)
})
