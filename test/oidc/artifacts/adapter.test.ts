import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { AgreedScopes } from '../../../src/oidc/artifacts/agreed-scopes.ts'
import { ArtifactStore } from '../../../src/oidc/artifacts/artifact-store.ts'
import { openUpstreamSessions } from '../../../src/oidc/session/upstream-sessions.ts'
import { openMasterKey } from '../../../src/secure/key/master-key.ts'
import type { Store } from '../../../src/store/store.ts'
import { everything } from '../../store/mongo-place.ts'
import { mongoUrl, openStore } from '../../support/store.ts'

const dir = mkdtempSync(join(tmpdir(), 'artifacts-'))
let store: Store
let artifacts: ArtifactStore
before(async () => {
  store = await openStore(join(dir, 'a.db'), {
    masterKey: openMasterKey(join(dir, 'k'), { storeExists: false }),
  })
  artifacts = new ArtifactStore({ store, clock: Date.now, findPerson: async () => undefined })
})
after(async () => {
  await store.close()
  rmSync(dir, { recursive: true })
})

test('an ended session stays ended, also when a slower request saves it again', async () => {
  const sessions = artifacts.adapter('Session')
  await sessions.upsert('s1', { uid: 'u1', accountId: 'AIDA1' }, 60)
  await sessions.destroy('s1')
  await sessions.upsert('s1', { uid: 'u1', accountId: 'AIDA1' }, 60)
  assert.equal(await sessions.find('s1'), undefined)
  assert.equal(await sessions.findByUid('u1'), undefined)
  assert.deepEqual(await artifacts.ofUser('Session', 'AIDA1'), [])
})

test('two requests that rotate the id of one session leave both new ids valid and the old one not, and either ends it', async () => {
  const sessions = artifacts.adapter('Session')
  const session = { uid: 'u2', accountId: 'AIDA2', exp: Math.floor(Date.now() / 1000) + 60 }
  await sessions.upsert('x', { ...session, jti: 'x' }, 60)
  for (const jti of ['y', 'z']) {
    await artifacts.retireSessionId('x')
    await sessions.upsert(jti, { ...session, jti }, 60)
  }
  assert.equal(await sessions.find('x'), undefined)
  for (const jti of ['y', 'z', 'y']) {
    assert.equal((await sessions.find(jti))?.jti, jti)
    await sessions.upsert(jti, { ...session, jti, loginTs: 7 }, 60)
    assert.equal((await sessions.findByUid('u2'))?.jti, jti)
  }
  assert.equal((await artifacts.ofUser('Session', 'AIDA2')).length, 1)
  await sessions.destroy('z')
  for (const jti of ['x', 'y', 'z']) assert.equal(await sessions.find(jti), undefined)
  assert.equal(await sessions.findByUid('u2'), undefined)
  await sessions.upsert('y', { ...session, jti: 'y' }, 60)
  assert.deepEqual(await artifacts.ofUser('Session', 'AIDA2'), [])
})

test('requests that save one session at once keep each other’s applications, also when its id is rotated', async () => {
  const sessions = artifacts.adapter('Session')
  const seen = { uid: 'u3', accountId: 'AIDA3', loginTs: 1, acr: 'password' }
  const withGrant = (name: string) => ({ ...seen, authorizations: { [name]: { sid: name, grantId: name } } })
  await sessions.upsert('p', { ...seen, jti: 'p' }, 60)
  await Promise.all(['one', 'two'].map((name) => sessions.upsert('p', { ...withGrant(name), jti: 'p' }, 60)))
  await artifacts.retireSessionId('p')
  await sessions.upsert('q', { ...withGrant('three'), jti: 'q', loginTs: 2, acr: 'mfa' }, 60)
  await sessions.upsert('p', { ...withGrant('four'), jti: 'p' }, 60)
  const now = await sessions.find('q')
  assert.deepEqual(Object.keys(now?.authorizations ?? {}).toSorted(), ['four', 'one', 'three', 'two'])
  assert.deepEqual([now?.loginTs, now?.acr, now?.jti], [2, 'mfa', 'q'])
})

test('22: a session id fixed by an attacker neither reads nor changes the session once a user signed in', async () => {
  const sessions = artifacts.adapter('Session')
  await sessions.upsert('planted', { uid: 'u4', jti: 'planted' }, 60)
  await artifacts.retireSessionId('planted')
  await sessions.upsert('own', { uid: 'u4', jti: 'own', accountId: 'AIDA4' }, 60)
  const theirs = { evil: { sid: 'evil', grantId: 'evil' } }
  await sessions.upsert(
    'planted',
    { uid: 'u4', jti: 'planted', accountId: 'AIDA5', authorizations: theirs },
    60,
  )
  await sessions.upsert('planted', { uid: 'u4', jti: 'planted', authorizations: theirs }, 60)
  await assert.rejects(sessions.upsert('other', { uid: 'u4', jti: 'other', accountId: 'AIDA5' }, 60), {
    name: 'SessionNotFound',
  })
  assert.equal(await sessions.find('planted'), undefined)
  assert.equal(await sessions.find('other'), undefined)
  const own = await sessions.find('own')
  assert.deepEqual([own?.accountId, own?.authorizations], ['AIDA4', undefined])
})

test('a continued session is found by its later id until it expires', async (t) => {
  let ahead = 0
  const clock = () => Date.now() + ahead * 1000
  const later = await openStore(join(dir, 'later.db'), {
    masterKey: openMasterKey(join(dir, 'k'), { storeExists: false }),
    clock: () => Math.floor(clock() / 1000),
  })
  t.after(() => later.close())
  const sessions = new ArtifactStore({ store: later, clock, findPerson: async () => undefined }).adapter(
    'Session',
  )
  await sessions.upsert('first', { uid: 'u', jti: 'first' }, 60)
  const signedIn = { uid: 'u', jti: 'second', accountId: 'AIDA1' }
  await sessions.upsert('second', signedIn, 60)
  for (let day = 0; day < 5; day++) {
    await sessions.upsert('second', signedIn, 100_000)
    ahead += 86_400
    assert.equal((await sessions.find('second'))?.accountId, 'AIDA1', `day ${day}`)
  }
  ahead += 100_000
  assert.equal(await sessions.find('second'), undefined)
})

test('a consumed artifact stays consumed when it is saved again', async () => {
  const codes = artifacts.adapter('DeviceCode')
  await codes.upsert('d', { userCode: 'ABCDEFGH' }, 60)
  await codes.consume('d')
  await codes.upsert('d', { userCode: 'ABCDEFGH', accountId: 'AIDA1' }, 60)
  await assert.rejects(codes.consume('d'), /invalid_grant/)
})

test('5: of two concurrent entries of one device code, and of two answers, one succeeds', async () => {
  const codes = artifacts.adapter('DeviceCode')
  await codes.upsert('e', { userCode: 'BCDFGHJK' }, 60)
  const typed = { userCode: 'BCDFGHJK', inFlight: true }
  for (const payload of [typed, { ...typed, accountId: 'AIDA1' }]) {
    const both = await Promise.allSettled([codes.upsert('e', payload, 60), codes.upsert('e', payload, 60)])
    assert.equal(both.filter(({ status }) => status === 'fulfilled').length, 1)
  }
  await assert.rejects(codes.upsert('e', { userCode: 'BCDFGHJK', error: 'access_denied' }, 60))
  assert.equal((await codes.find('e'))?.accountId, 'AIDA1')
})

test('concurrent additions to one grant are all kept', async () => {
  const grants = artifacts.adapter('Grant')
  await grants.upsert('h', { accountId: 'AIDA1', openid: { scope: 'openid' } }, 60)
  await Promise.all(
    ['email', 'profile'].map((scope) =>
      grants.upsert('h', { accountId: 'AIDA1', openid: { scope: `openid ${scope}` } }, 60),
    ),
  )
  const { openid } = (await grants.find('h')) as AgreedScopes
  assert.equal(openid?.scope, 'openid email profile')
})

test('20: of twenty concurrent requests that end one interaction one continues; a slower save does not restore it', async () => {
  const asked = artifacts.adapter('Interaction')
  await asked.upsert('i1', { jti: 'i1', returnTo: '/account' }, 60)
  const ends = await Promise.allSettled(Array.from({ length: 20 }, () => asked.destroy('i1')))
  assert.equal(ends.filter(({ status }) => status === 'fulfilled').length, 1)
  for (const end of ends) if (end.status === 'rejected') assert.match(String(end.reason), /SessionNotFound/)
  await asked.upsert('i1', { jti: 'i1', returnTo: '/account' }, 60)
  assert.equal(await asked.find('i1'), undefined)
  await assert.rejects(
    artifacts.change('Interaction', 'i1', (old) => ({ ...old, returnTo: '/' })),
    { code: 'not_found' },
  )
  await assert.rejects(asked.destroy('never-there'), /SessionNotFound/)
})

test('concurrent changes of one artifact are all kept', async () => {
  await artifacts.adapter('Interaction').upsert('i2', { jti: 'i2' }, 60)
  await Promise.all(
    Array.from({ length: 10 }, (_, n) =>
      artifacts.change('Interaction', 'i2', (old) => ({ ...old, params: { ...old.params, [n]: n } })),
    ),
  )
  assert.equal(Object.keys((await artifacts.adapter('Interaction').find('i2'))?.params ?? {}).length, 10)
})

test('ending a grant ends the tokens under it, and nothing else', async () => {
  await artifacts.adapter('Grant').upsert('g1', { accountId: 'AIDA1' }, 60)
  for (const [id, grantId] of [
    ['t1', 'g1'],
    ['t2', 'g2'],
  ] as const)
    await artifacts.adapter('AccessToken').upsert(id, { grantId }, 60)
  await artifacts.revokeGrant('g1')
  assert.equal(await artifacts.adapter('Grant').find('g1'), undefined)
  assert.equal(await artifacts.adapter('AccessToken').find('t1'), undefined)
  assert.ok(await artifacts.adapter('AccessToken').find('t2'))
})

test('concurrent federated sign-ins in one session leave it with one of them, and valid throughout', async () => {
  const kept = openUpstreamSessions(store, Date.now, async () => true)
  const from = (provider: string) => ({ provider, accountId: '123456789012', leave: undefined })
  await Promise.all(['one', 'two', 'three'].map((name) => kept.keep('uid', 'AIDA1', from(name))))
  const again = kept.keep('uid', 'AIDA1', from('four'))
  const looks = await Promise.all(Array.from({ length: 20 }, () => kept.live('uid')))
  await again
  assert.ok(looks.every(Boolean))
  assert.equal((await kept.peek('uid'))?.provider, 'four')
})

test('the database file contains no usable token, code or session id', async () => {
  const [token, userCode] = ['a-token-that-is-secret', 'QRSTUVWX']
  await artifacts.adapter('DeviceCode').upsert(token, { userCode, jti: token }, 60)
  assert.equal((await artifacts.adapter('DeviceCode').findByUserCode(userCode))?.jti, token)
  const url = await mongoUrl(join(dir, 'a.db'))
  const files = url
    ? (await everything(url)).toString('latin1')
    : ['a.db', 'a.db-wal'].map((name) => readFileSync(join(dir, name)).toString('latin1')).join('')
  assert.ok(files.includes('DeviceCode'))
  assert.ok(!files.includes(token) && !files.includes(userCode))
})

test('33: a client is revoked before it is deleted', async () => {
  const revoked: [string, boolean][] = []
  const watched = new ArtifactStore({
    store,
    clock: Date.now,
    findPerson: async () => undefined,
    onClientEnd: async (id) => {
      revoked.push([id, (await clients.find(id)) !== undefined])
    },
  })
  const clients = watched.adapter('Client')
  await clients.upsert('gone', { client_id: 'gone' } as never, 60)
  await clients.destroy('gone')
  assert.deepEqual(revoked, [['gone', true]])
  assert.equal(await clients.find('gone'), undefined)
})
