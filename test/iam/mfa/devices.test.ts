import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Call } from '../../../src/iam/caller.ts'
import { openMfaCheck } from '../../../src/iam/mfa/check.ts'
import type { Secret } from '../../../src/secure/secret.ts'
import { codeOf } from '../../../src/secure/totp.ts'
import { accountId, allow, type House, openHouse } from '../house.ts'

const userCaller = ({ caller }: Call) => {
  assert.ok(caller.kind === 'user')
  return caller
}

const stepOf = (house: House) => Math.floor(house.clock.now / 30)

async function enabled(house: House, userName: string, name: string) {
  const { iam, root } = house
  const { device } = await iam.createVirtualMFADevice(root, { name })
  const [code1, code2] = [codeOf(device.seed, stepOf(house)), codeOf(device.seed, stepOf(house) + 1)]
  await iam.enableMFADevice(root, { userName, serialNumber: device.id, code1, code2 })
  return device
}

test('two consecutive codes enable a device, and nothing else does', async (t) => {
  const house = await openHouse(t)
  const { iam, root } = house
  await iam.createUser(root, { userName: 'u' })
  const { device, uri } = await iam.createVirtualMFADevice(root, { name: 'phone', path: '/p/' })
  assert.equal(device.id, `arn:aws:iam::${accountId}:mfa/p/phone`)
  assert.match(uri, /^otpauth:\/\/totp\//)
  const code = (n: number) => codeOf(device.seed, stepOf(house) + n)
  const wrong = {
    code: 'invalid_authentication_code',
    message: 'Authentication code for device is not valid.',
  }
  const given = { userName: 'u', serialNumber: device.id }
  for (const [code1, code2] of [
    [code(0), code(0)],
    [code(1), code(0)],
    [code(0), code(2)],
    [code(-20), code(-19)],
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
    [[device.id, house.clock.now]],
  )
})

test('a device in use is not deleted; deactivated it is free again, its spent codes stay spent', async (t) => {
  const house = await openHouse(t)
  const { iam, root } = house
  for (const userName of ['u', 'v']) await iam.createUser(root, { userName })
  const device = await enabled(house, 'u', 'phone')
  const serialNumber = device.id
  await assert.rejects(iam.deleteVirtualMFADevice(root, { serialNumber }), {
    code: 'delete_conflict',
    message: 'MFA VirtualDevice in use. Must deactivate first.',
  })
  await assert.rejects(iam.deactivateMFADevice(root, { userName: 'v', serialNumber }), { code: 'not_found' })
  await iam.deactivateMFADevice(root, { userName: 'u', serialNumber })
  const [code1, code2] = [codeOf(device.seed, stepOf(house)), codeOf(device.seed, stepOf(house) + 1)]
  await assert.rejects(iam.enableMFADevice(root, { userName: 'v', serialNumber, code1, code2 }), {
    code: 'invalid_authentication_code',
  })
  await iam.deleteVirtualMFADevice(root, { serialNumber })
  await assert.rejects(iam.deleteVirtualMFADevice(root, { serialNumber }), {
    code: 'not_found',
    message: `VirtualMFADevice with serial number ${serialNumber} doesn't exist.`,
  })
})

test('a user has eight devices at most, whoever races', async (t) => {
  const house = await openHouse(t)
  const { iam, root, another, store } = house
  const other = await another()
  const user = await iam.createUser(root, { userName: 'u' })
  const made = await Promise.all(
    Array.from({ length: 10 }, (_, n) => iam.createVirtualMFADevice(root, { name: `d${n}` })),
  )
  await Promise.allSettled(
    made.map(({ device }, n) => {
      const [code1, code2] = [codeOf(device.seed, stepOf(house)), codeOf(device.seed, stepOf(house) + 1)]
      const given = { userName: 'u', serialNumber: device.id, code1, code2 }
      return (n % 2 ? iam : other.iam).enableMFADevice(root, given)
    }),
  )
  const { records } = await store.find('mfaDevice', { by: 'user', value: user.id }, { limit: 100 })
  assert.ok(records.length <= 8 && records.length > 0, String(records.length))
})

test('names are taken by path and name together', async (t) => {
  const { iam, root } = await openHouse(t)
  await iam.createVirtualMFADevice(root, { name: 'Phone' })
  await iam.createVirtualMFADevice(root, { name: 'phone', path: '/x/' })
  for (const [name, path] of [
    ['Phone', '/'],
    ['phone', '/'],
    ['PHONE', '/x/'],
  ] as const)
    await assert.rejects(iam.createVirtualMFADevice(root, { name, path }), {
      code: 'conflict',
      message: 'MFADevice entity at the same path and name already exists.',
    })
})

test('devices are listed by whether they are assigned', async (t) => {
  const house = await openHouse(t)
  const { iam, root } = house
  await iam.createUser(root, { userName: 'u' })
  await enabled(house, 'u', 'used')
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

test('20: a code on a signed call is good once, for its own user alone', async (t) => {
  const house = await openHouse(t)
  const { iam, root, store, clock, another } = house
  const user = await iam.createUser(root, { userName: 'u' })
  await iam.createUser(root, { userName: 'v' })
  const device = await enabled(house, 'u', 'd')
  const other = await another()
  clock.now += 90
  const code = codeOf(device.seed, stepOf(house))
  const whom = { accountId, userId: user.id }
  const checks = [store, other.store].map((of) => openMfaCheck(of, () => clock.now))
  const spent = await Promise.all(
    [0, 1, 2, 3].map((n) => checks[n % 2]?.verify(whom, device.id, code).catch(() => false)),
  )
  assert.equal(spent.filter(Boolean).length, 1)
  clock.now += 30
  const next = codeOf(device.seed, stepOf(house))
  assert.equal(await checks[0]?.verify({ accountId, userId: 'AIDAOTHER' }, device.id, next), false)
  assert.equal(await checks[0]?.verify(whom, `${device.id}x`, next), false)
  assert.equal(await checks[0]?.verify(whom, device.id, next), true)
})

test('resync takes two fresh codes', async (t) => {
  const house = await openHouse(t)
  const { iam, root, clock } = house
  await iam.createUser(root, { userName: 'u' })
  const device = await enabled(house, 'u', 'd')
  const given = { userName: 'u', serialNumber: device.id }
  const pair = () => ({
    code1: codeOf(device.seed, stepOf(house)),
    code2: codeOf(device.seed, stepOf(house) + 1),
  })
  await assert.rejects(iam.resyncMFADevice(root, { ...given, ...pair() }), {
    code: 'invalid_authentication_code',
  })
  clock.now += 90
  await iam.resyncMFADevice(root, { ...given, ...pair() })
})

test('a user with a device changes their own devices only after a code of one', async (t) => {
  const house = await openHouse(t)
  const { iam, root } = house
  const ada = await house.userWho('ada', allow('iam:*'))
  await iam.createUser(root, { userName: 'bob' })
  const fresh = async (name: string) => (await iam.createVirtualMFADevice(root, { name })).device
  const pairFor = (userName: string, device: { id: string; seed: Secret }) => ({
    userName,
    serialNumber: device.id,
    code1: codeOf(device.seed, stepOf(house)),
    code2: codeOf(device.seed, stepOf(house) + 1),
  })
  const withCode = house.call({ ...userCaller(ada), mfaAge: 5, temporary: true })
  const refused = {
    code: 'denied',
    message: /must be authenticated with an MFA device that is enabled for this user$/,
  }
  const [first, second, bobs] = [await fresh('first'), await fresh('second'), await fresh('bobs')]
  await iam.enableMFADevice(ada, pairFor('ada', first)) // The first one is free.
  await assert.rejects(iam.enableMFADevice(ada, pairFor('ada', second)), refused)
  await assert.rejects(iam.deactivateMFADevice(ada, { userName: 'ada', serialNumber: first.id }), refused)
  await iam.enableMFADevice(ada, pairFor('bob', bobs)) // So are devices of others.
  house.clock.now += 90
  await iam.resyncMFADevice(ada, pairFor('ada', first))
  await iam.enableMFADevice(withCode, pairFor('ada', second))
  await iam.deactivateMFADevice(withCode, { userName: 'ada', serialNumber: first.id })
  await iam.deactivateMFADevice(root, { userName: 'ada', serialNumber: second.id })
})
