// docs/attacks.md 21: origin suffix, wrong RP id, user verification not required, counter going back, challenge reused or of
// another session. Each answer is complete and signed by the real key, and differs in one thing.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { passkeysOf } from '../../src/iam/mfa/passkey-records.ts'
import { Passkeys } from '../../src/iam/mfa/passkeys.ts'
import { relyingPartyOf } from '../../src/secure/passkey.ts'
import { accountId, openIamFixture } from '../iam/fixture.ts'
import { type Ceremony, softwareAuthenticator } from '../support/pages/software-authenticator.ts'

const issuer = 'https://id.example.com'
const party = { rpId: 'id.example.com', origin: issuer }
const origin = { ip: '192.0.2.7', userAgent: 'test', requestId: 'r' }
const challengeOf = (options: string | undefined): string => JSON.parse(options ?? '{}').challenge

async function open(t: TestContext) {
  const { store, iam, root, trail, clock, record } = await openIamFixture(t)
  const user = await iam.createUser(root, { userName: 'Alice' })
  const ended: string[] = []
  const passkeys = new Passkeys({
    store,
    trail,
    now: () => clock.now,
    accountId,
    party: relyingPartyOf(issuer),
    issuerName: async () => 'Example',
    keys: () => [Buffer.alloc(32, 7)],
    removed: async (_user, factor) => void ended.push(factor),
  })
  const device = softwareAuthenticator()
  const enrol = async (changed: Partial<Ceremony> = {}, session = 's1') => {
    const challenge = challengeOf(await passkeys.creationOptions(user.id, session))
    return device.create({ ...party, challenge, ...changed }, user.id)
  }
  const add = (response: string, session = 's1') =>
    passkeys.add(user.id, session, { response, name: 'Phone' }, origin)
  const signIn = async (changed: Partial<Ceremony> = {}, uid = 'u1') => {
    const challenge = challengeOf(await passkeys.requestOptions('u1'))
    return passkeys.verify(uid, device.get({ ...party, challenge, ...changed }), undefined, origin)
  }
  return { store, iam, root, clock, record, user, passkeys, device, enrol, add, signIn, ended }
}

/** One thing wrong each, at enrolment and at sign-in. */
const wrong: Readonly<Record<string, Partial<Ceremony>>> = {
  'a host that ends like ours': { origin: 'https://badid.example.com' },
  'our host in front of another': { origin: 'https://id.example.com.evil.example' },
  'plain http': { origin: 'http://id.example.com' },
  'another port': { origin: 'https://id.example.com:8443' },
  'the parent domain as origin': { origin: 'https://example.com' },
  'the parent domain as RP id': { rpId: 'example.com' },
  'another RP id': { rpId: 'evil.example' },
  'a frame of another site': { crossOrigin: true },
  'a person who was not verified': { userVerified: false },
  'an invented challenge': { challenge: 'A'.repeat(96) },
  'no challenge': { challenge: '' },
}

test('21: a passkey of this site signs in, as both factors', async (t) => {
  const { add, enrol, signIn, user } = await open(t)
  assert.equal(await add(await enrol()), 'added')
  const verified = await signIn()
  assert.equal(verified?.userId, user.id)
  assert.equal(verified?.userVerified, true)
})

for (const [what, changed] of Object.entries(wrong)) {
  test(`21: ${what}: not enrolled`, async (t) => {
    const { add, enrol, store, user } = await open(t)
    assert.equal(await add(await enrol(changed)), 'invalid')
    assert.deepEqual(await passkeysOf(store, user.id), [])
  })
  test(`21: ${what}: not signed in`, async (t) => {
    const { add, enrol, signIn, record } = await open(t)
    await add(await enrol())
    assert.equal(await signIn(changed), undefined)
    assert.equal(record.at(-1)?.outcome, 'refused')
    assert.ok(await signIn(), 'and the right answer still does')
  })
}

test('20: of first second factors that are enrolled concurrently at most one stays', async (t) => {
  const { passkeys, user, store } = await open(t)
  const created = async (uid: string) =>
    softwareAuthenticator().create(
      { ...party, challenge: challengeOf(await passkeys.creationOptions(user.id, uid)) },
      user.id,
    )
  const addFirst = async (uid: string, response: string) =>
    passkeys.addFirst(user.id, uid, { response, name: 'Phone' }, origin)
  const responses = await Promise.all(
    ['u1', 'u2', 'u3', 'u4'].map(async (uid) => [uid, await created(uid)] as const),
  )
  const results = await Promise.all(responses.map(([uid, response]) => addFirst(uid, response)))
  const added = results.filter((result) => typeof result !== 'string')
  assert.ok(added.length <= 1)
  assert.equal((await passkeysOf(store, user.id)).length, added.length)
  for (const { id } of await passkeysOf(store, user.id)) await store.delete('passkey', id)
  assert.equal(await addFirst('u5', await created('u6')), 'invalid', 'of another sign-in')
  assert.equal(typeof (await addFirst('u7', await created('u7'))), 'object')
  assert.equal(await addFirst('u8', await created('u8')), 'not-first')
  assert.equal((await passkeysOf(store, user.id)).length, 1)
})

test('21: a challenge is used once, for what it was issued for, in its session, and in time', async (t) => {
  const { add, enrol, passkeys, device, user, clock } = await open(t)
  const created = await enrol()
  assert.equal(await add(created, 's2'), 'invalid', 'another session')
  assert.equal(await add(created), 'added')
  assert.equal(await add(created), 'invalid', 'the second time')
  const verify = (response: string, uid = 'u1') => passkeys.verify(uid, response, undefined, origin)
  const challenge = challengeOf(await passkeys.requestOptions('u1'))
  const response = device.get({ ...party, challenge })
  assert.equal(await verify(response, 'u2'), undefined, 'another sign-in')
  const answers = await Promise.all(Array.from({ length: 8 }, () => verify(response)))
  assert.equal(answers.filter(Boolean).length, 1)
  const enrolment = challengeOf(await passkeys.creationOptions(user.id, 's1'))
  assert.equal(await verify(device.get({ ...party, challenge: enrolment })), undefined, 'of an enrolment')
  const late = challengeOf(await passkeys.requestOptions('u1'))
  clock.now += 3600
  assert.equal(await verify(device.get({ ...party, challenge: late })), undefined, 'expired')
})

test('21: a counter that goes back blocks the passkey and its copy', async (t) => {
  const { add, enrol, signIn, record, store, user } = await open(t)
  await add(await enrol({ counter: 4 }))
  assert.ok(await signIn({ counter: 5 }))
  assert.equal(await signIn({ counter: 5 }), undefined)
  assert.match(String(record.at(-1)?.reason), /counter went back/)
  assert.equal(await signIn({ counter: 9 }), undefined, 'blocked from then on')
  assert.notEqual((await passkeysOf(store, user.id))[0]?.copiedAt, undefined)
})

test('21: an authenticator without a counter is used again and again', async (t) => {
  const { add, enrol, signIn } = await open(t)
  await add(await enrol())
  for (let n = 0; n < 3; n++) assert.ok(await signIn())
})

test('21: as second factor only a passkey of that user counts, and presence is enough', async (t) => {
  const { add, enrol, passkeys, device, user, iam, root } = await open(t)
  await add(await enrol())
  const bob = await iam.createUser(root, { userName: 'Bob' })
  const verify = async (userId: string, changed: Partial<Ceremony> = {}) => {
    const challenge = challengeOf(await passkeys.requestOptions('u1', userId))
    return passkeys.verify('u1', device.get({ ...party, challenge, ...changed }), userId, origin)
  }
  assert.equal(await verify(bob.id), undefined)
  assert.equal(await verify(user.id, { userHandle: bob.id }), undefined)
  const present = await verify(user.id, { userVerified: false })
  assert.equal(present?.userVerified, false)
})

test('21: a removed passkey, a disabled user and a closed policy sign nobody in', async (t) => {
  const { add, enrol, signIn, passkeys, store, user, ended } = await open(t)
  await add(await enrol())
  const [passkey] = await passkeysOf(store, user.id)
  assert.ok(passkey)
  await store.update('user', user.id, (old) => ({ ...old, disabled: true }))
  assert.equal(await signIn(), undefined)
  await store.update('user', user.id, (old) => ({ ...old, disabled: false }))
  const verified = await signIn()
  assert.equal(await passkeys.isPresent(verified?.factor ?? ''), true)
  assert.equal(await passkeys.remove('AIDASOMEBODYELSE', passkey.id, origin), false)
  assert.equal(await passkeys.remove(user.id, passkey.id, origin), true)
  assert.deepEqual(ended, [verified?.factor, verified?.factor], 'before and after')
  assert.equal(await passkeys.isPresent(verified?.factor ?? ''), false)
  assert.equal(await signIn(), undefined)
})

for (const [policy, synced, result] of [
  ['allowed', true, 'added'],
  ['device-bound', true, 'not-device-bound'],
  ['device-bound', false, 'added'],
] as const)
  test(`the policy ${policy}: a passkey that ${synced ? 'is synchronized' : 'stays on its device'} is ${result}`, async (t) => {
    const { add, enrol, signIn, store } = await open(t)
    const signInSettings = {
      secondFactor: 'required',
      secondFactorGroups: [],
      sessionIdle: 3600,
      sessionLifetime: undefined,
      refuseGuessable: true,
      passkeys: policy,
    } as const
    await store.update('account', accountId, (old) => ({ ...old, signIn: signInSettings }))
    assert.equal(await add(await enrol({ synced })), result)
    if (result !== 'added') return
    assert.ok(await signIn({ synced }))
    await store.update('account', accountId, (old) => ({
      ...old,
      signIn: { ...signInSettings, passkeys: 'refused' },
    }))
    assert.equal(await signIn({ synced }), undefined)
    await assert.rejects(enrol(), /passkeys are not allowed here/)
  })

test('21: what is not a response at all is refused, whatever it is', async (t) => {
  const { add, enrol, passkeys } = await open(t)
  await add(await enrol())
  for (const text of ['', '{}', '[]', 'null', '"x"', '{', 'x'.repeat(100_000), '{"id":"__proto__"}'])
    assert.equal(await passkeys.verify('u1', text, undefined, { ...origin, ip: '192.0.2.9' }), undefined)
})

test('an issuer whose host is an address has no passkeys', () => {
  assert.equal(relyingPartyOf('http://127.0.0.1:3000'), undefined)
  assert.equal(relyingPartyOf('http://[::1]:3000'), undefined)
  assert.deepEqual(relyingPartyOf('http://localhost:3000'), {
    id: 'localhost',
    origin: 'http://localhost:3000',
  })
})
