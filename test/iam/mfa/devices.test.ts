import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Call } from '../../../src/iam/caller.ts'
import { openMfaCheck } from '../../../src/iam/mfa/check.ts'
import type { Secret } from '../../../src/secure/secret.ts'
import { codeOf } from '../../../src/secure/totp.ts'
import { accountId, allow, type IamFixture, openIamFixture } from '../fixture.ts'

const userCaller = ({ caller }: Call) => {
  assert.ok(caller.kind === 'user')
  return caller
}

const stepOf = (fixture: IamFixture) => Math.floor(fixture.clock.now / 30)

async function enabled(fixture: IamFixture, userName: string, name: string) {
  const { iam, root } = fixture
  const { device } = await iam.createVirtualMFADevice(root, { name })
  const [code1, code2] = [codeOf(device.seed, stepOf(fixture)), codeOf(device.seed, stepOf(fixture) + 1)]
  await iam.enableMFADevice(root, { userName, serialNumber: device.id, code1, code2 })
  return device
}

test('two consecutive codes enable a device, and nothing else does', async (t) => {
  const fixture = await openIamFixture(t)
  const { iam, root } = fixture
  await iam.createUser(root, { userName: 'u' })
  const { device, uri } = await iam.createVirtualMFADevice(root, { name: 'phone', path: '/p/' })
  assert.equal(device.id, `arn:aws:iam::${accountId}:mfa/p/phone`)
  assert.match(uri, /^otpauth:\/\/totp\//)
  const code = (n: number) => codeOf(device.seed, stepOf(fixture) + n)
  const wrong = {
    code: 'invalid_authentication_code',
    message: 'Authentication code for device is not valid.',
  }
  const given = { userName: 'u', serialNumber: device.id }
  for (const [code1, code2] of [
    [code(0), code(0)],
    [code(1), code(0)],
    [code(0), code(2)],
    [code(-300), code(-299)],
    [code(300), code(301)],
    [code(-20), code(-18)],
    ['000000', code(1)],
    ['', ''],
  ] as const)
    await assert.rejects(iam.enableMFADevice(root, { ...given, code1, code2 }), wrong)
  await iam.enableMFADevice(root, { ...given, code1: code(0), code2: code(1) })
  await assert.rejects(iam.enableMFADevice(root, { ...given, code1: code(1), code2: code(2) }), {
    code: 'conflict',
  })
  const { devices } = await iam.listMFADevices(root, { userName: 'u' })
  assert.deepEqual(
    devices.items.map(({ id, enabledAt }) => [id, enabledAt]),
    [[device.id, fixture.clock.now]],
  )
})

test('a device in use cannot be deleted; once deactivated it can be assigned again, and its used codes stay used', async (t) => {
  const fixture = await openIamFixture(t)
  const { iam, root } = fixture
  for (const userName of ['u', 'v']) await iam.createUser(root, { userName })
  const device = await enabled(fixture, 'u', 'phone')
  const serialNumber = device.id
  await assert.rejects(iam.deleteVirtualMFADevice(root, { serialNumber }), {
    code: 'delete_conflict',
    message: 'MFA VirtualDevice in use. Must deactivate first.',
  })
  await assert.rejects(iam.deactivateMFADevice(root, { userName: 'v', serialNumber }), { code: 'not_found' })
  await iam.deactivateMFADevice(root, { userName: 'u', serialNumber })
  const [code1, code2] = [codeOf(device.seed, stepOf(fixture)), codeOf(device.seed, stepOf(fixture) + 1)]
  await assert.rejects(iam.enableMFADevice(root, { userName: 'v', serialNumber, code1, code2 }), {
    code: 'invalid_authentication_code',
  })
  await iam.deleteVirtualMFADevice(root, { serialNumber })
  await assert.rejects(iam.deleteVirtualMFADevice(root, { serialNumber }), {
    code: 'not_found',
    message: `MFA Device with serial number ${serialNumber} does not exist.`,
  })
})

test('a user has at most eight devices, also concurrently', async (t) => {
  const fixture = await openIamFixture(t)
  const { iam, root, another, store } = fixture
  const other = await another()
  const user = await iam.createUser(root, { userName: 'u' })
  const made = await Promise.all(
    Array.from({ length: 10 }, (_, n) => iam.createVirtualMFADevice(root, { name: `d${n}` })),
  )
  await Promise.allSettled(
    made.map(({ device }, n) => {
      const [code1, code2] = [codeOf(device.seed, stepOf(fixture)), codeOf(device.seed, stepOf(fixture) + 1)]
      const given = { userName: 'u', serialNumber: device.id, code1, code2 }
      return (n % 2 ? iam : other.iam).enableMFADevice(root, given)
    }),
  )
  const { records } = await store.find('mfaDevice', { by: 'user', value: user.id }, { limit: 100 })
  assert.ok(records.length <= 8 && records.length > 0, String(records.length))
})

test('device names are unique by path and name together', async (t) => {
  const { iam, root } = await openIamFixture(t)
  await iam.createVirtualMFADevice(root, { name: 'Phone' })
  await iam.createVirtualMFADevice(root, { name: 'phone', path: '/x/' })
  for (const [name, path] of [
    ['Phone', '/'],
    ['phone', '/'],
    ['PHONE', '/x/'],
  ] as const)
    await assert.rejects(iam.createVirtualMFADevice(root, { name, path }), {
      code: 'conflict',
      message: 'MFA device already exists.',
    })
})

test('devices are listed by whether they are assigned', async (t) => {
  const fixture = await openIamFixture(t)
  const { iam, root } = fixture
  await iam.createUser(root, { userName: 'u' })
  await enabled(fixture, 'u', 'used')
  await iam.createVirtualMFADevice(root, { name: 'free' })
  const names = async (assignment: 'Assigned' | 'Unassigned' | 'Any') =>
    (await iam.listVirtualMFADevices(root, { assignment })).items.map(({ device, user }) => [
      device.name,
      user?.name,
    ])
  assert.deepEqual(await names('Assigned'), [['used', 'u']])
  assert.deepEqual(await names('Unassigned'), [['free', undefined]])
  assert.equal((await names('Any')).length, 2)
})

test('20: a code on a signed call is accepted once, for its own user only', async (t) => {
  const fixture = await openIamFixture(t)
  const { iam, root, store, clock, another } = fixture
  const user = await iam.createUser(root, { userName: 'u' })
  await iam.createUser(root, { userName: 'v' })
  const device = await enabled(fixture, 'u', 'd')
  const other = await another()
  clock.now += 90
  const code = codeOf(device.seed, stepOf(fixture))
  const whom = { accountId, userId: user.id }
  const checks = [store, other.store].map((of) => openMfaCheck(of, () => clock.now))
  const spent = await Promise.all(
    [0, 1, 2, 3].map((n) => checks[n % 2]?.verify(whom, device.id, code).catch(() => false)),
  )
  assert.equal(spent.filter(Boolean).length, 1)
  clock.now += 30
  const next = codeOf(device.seed, stepOf(fixture))
  assert.equal(await checks[0]?.verify({ accountId, userId: 'AIDAOTHER' }, device.id, next), false)
  assert.equal(await checks[0]?.verify(whom, `${device.id}x`, next), false)
  assert.equal(await checks[0]?.verify(whom, device.id, next), true)
})

test('a device whose clock is wrong is enabled and resynchronised, and its offset is kept', async (t) => {
  const fixture = await openIamFixture(t)
  const { iam, root, store, clock } = fixture
  const user = await iam.createUser(root, { userName: 'u' })
  const check = openMfaCheck(store, () => clock.now)
  const whom = { accountId, userId: user.id }
  for (const [name, ahead] of [
    ['behind', -40],
    ['ahead', 40],
    ['right', 0],
  ] as const) {
    const { device } = await iam.createVirtualMFADevice(root, { name })
    /** What the device shows, for its own clock and `later` steps from now. */
    const shown = (later = 0) => codeOf(device.seed, stepOf(fixture) + ahead + later)
    const codes = () => ({ code1: shown(-1), code2: shown() })
    await iam.enableMFADevice(root, { userName: 'u', serialNumber: device.id, ...codes() })
    const verify = (code: string) => check.verify(whom, device.id, code)
    clock.now += 300
    if (ahead !== 0) assert.equal(await verify(codeOf(device.seed, stepOf(fixture))), false, name)
    for (const late of [-3, 3]) assert.equal(await verify(shown(late)), false, `${name}, ${late} steps late`)
    for (const late of [-2, -1, 0, 1, 2]) assert.equal(await verify(shown(late)), true, `${name}, ${late}`)
    assert.equal(await verify(shown(2)), false, 'each code once')
    clock.now += 300
    await iam.resyncMFADevice(root, { userName: 'u', serialNumber: device.id, ...codes() })
    clock.now += 30
    assert.equal(await verify(shown()), true, `${name}, after the resynchronisation`)
  }
  const kept = await Array.fromAsync(store.each('mfaDevice', { by: 'user', value: user.id }))
  assert.deepEqual(kept.map(({ clockOffset }) => clockOffset).toSorted(), [-40, 0, 40])
})

test('ResyncMFADevice needs two consecutive unused codes', async (t) => {
  const fixture = await openIamFixture(t)
  const { iam, root, clock } = fixture
  await iam.createUser(root, { userName: 'u' })
  const device = await enabled(fixture, 'u', 'd')
  const given = { userName: 'u', serialNumber: device.id }
  const pair = () => ({
    code1: codeOf(device.seed, stepOf(fixture)),
    code2: codeOf(device.seed, stepOf(fixture) + 1),
  })
  await assert.rejects(iam.resyncMFADevice(root, { ...given, ...pair() }), {
    code: 'invalid_authentication_code',
  })
  clock.now += 90
  await iam.resyncMFADevice(root, { ...given, ...pair() })
})

test('users who have a device can change their own devices only with MFA', async (t) => {
  const fixture = await openIamFixture(t)
  const { iam, root } = fixture
  const ada = await fixture.userWho('ada', allow('iam:*'))
  await iam.createUser(root, { userName: 'bob' })
  const fresh = async (name: string) => (await iam.createVirtualMFADevice(root, { name })).device
  const pairFor = (userName: string, device: { id: string; seed: Secret }) => ({
    userName,
    serialNumber: device.id,
    code1: codeOf(device.seed, stepOf(fixture)),
    code2: codeOf(device.seed, stepOf(fixture) + 1),
  })
  const withCode = fixture.call({ ...userCaller(ada), mfaAge: 5, temporary: true })
  const refused = {
    code: 'denied',
    message:
      /^To complete this action, please ensure that you are authenticated with an MFA device that is enabled for this user\.$/,
  }
  const [first, second, bobs] = [await fresh('first'), await fresh('second'), await fresh('bobs')]
  await iam.enableMFADevice(ada, pairFor('ada', first)) // The first one is free.
  await assert.rejects(iam.enableMFADevice(ada, pairFor('ada', second)), refused)
  await assert.rejects(iam.deactivateMFADevice(ada, { userName: 'ada', serialNumber: first.id }), refused)
  await iam.enableMFADevice(ada, pairFor('bob', bobs)) // So are devices of others.
  fixture.clock.now += 90
  await iam.resyncMFADevice(ada, pairFor('ada', first))
  await iam.enableMFADevice(withCode, pairFor('ada', second))
  await iam.deactivateMFADevice(withCode, { userName: 'ada', serialNumber: first.id })
  await iam.deactivateMFADevice(root, { userName: 'ada', serialNumber: second.id })
})
