import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openLongTermKeys } from '../../../src/iam/user-credential/long-term-keys.ts'
import { allow, openIamFixture } from '../fixture.ts'

test('an access key is created with a secret of forty characters, listed without it, deactivated and deleted', async (t) => {
  const { iam, root } = await openIamFixture(t)
  await iam.createUser(root, { userName: 'u' })
  const { key, userName } = await iam.createAccessKey(root, { userName: 'U' })
  assert.match(key.id, /^AKIA[A-Z2-7]{16}$/)
  assert.equal(key.secret.reveal().length, 40)
  assert.equal(userName, 'u')
  await iam.updateAccessKey(root, { userName: 'u', accessKeyId: key.id, status: 'Inactive' })
  const { keys } = await iam.listAccessKeys(root, { userName: 'u' })
  assert.deepEqual(
    keys.items.map(({ id, status }) => [id, status]),
    [[key.id, 'Inactive']],
  )
  await iam.deleteAccessKey(root, { userName: 'u', accessKeyId: key.id })
  await assert.rejects(iam.deleteAccessKey(root, { userName: 'u', accessKeyId: key.id }), {
    code: 'not_found',
    message: `The Access Key with id ${key.id} cannot be found.`,
  })
})

test('a user has at most two access keys', async (t) => {
  const { iam, root } = await openIamFixture(t)
  await iam.createUser(root, { userName: 'u' })
  await iam.createAccessKey(root, { userName: 'u' })
  await iam.createAccessKey(root, { userName: 'u' })
  await assert.rejects(iam.createAccessKey(root, { userName: 'u' }), {
    code: 'limit_exceeded',
    message: 'Cannot exceed quota for AccessKeysPerUser: 2',
  })
})

test('of many concurrent CreateAccessKey calls in two processes exactly two succeed', async (t) => {
  const { iam, root, another, store } = await openIamFixture(t)
  const other = await another()
  const user = await iam.createUser(root, { userName: 'u' })
  const results = await Promise.allSettled(
    Array.from({ length: 12 }, (_, n) => (n % 2 ? iam : other.iam).createAccessKey(root, { userName: 'u' })),
  )
  assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 2)
  const { records } = await store.find('accessKey', { by: 'user', value: user.id }, { limit: 100 })
  assert.equal(records.length, 2)
})

test('without a user name an access key is the caller’s; root creates root keys', async (t) => {
  const { iam, root, userWho, store } = await openIamFixture(t)
  const alice = await userWho('alice', allow('iam:*AccessKey*', '*'))
  assert.equal((await iam.createAccessKey(alice, {})).userName, 'alice')
  assert.equal((await iam.listAccessKeys(alice, {})).keys.items.length, 1)
  const made = await iam.createAccessKey(root, {})
  assert.equal(made.userName, undefined)
  assert.equal((await store.get('accessKey', made.key.id))?.userId, undefined)
  assert.equal((await iam.getAccountSummary(root))['AccountAccessKeysPresent'], 1)
})

test('giving one’s own name does not give access to the key of another user', async (t) => {
  const { iam, root, userWho } = await openIamFixture(t)
  await iam.createUser(root, { userName: 'victim' })
  const { key } = await iam.createAccessKey(root, { userName: 'victim' })
  const mallory = await userWho('mallory', allow('iam:*', 'arn:aws:iam::*:user/${aws:username}'))
  await assert.rejects(iam.deleteAccessKey(mallory, { accessKeyId: key.id }), { code: 'not_found' })
  await assert.rejects(iam.deleteAccessKey(mallory, { userName: 'victim', accessKeyId: key.id }), {
    code: 'denied',
  })
  await assert.rejects(iam.getAccessKeyLastUsed(mallory, { accessKeyId: key.id }), { code: 'denied' })
})

test('a new key verifies signatures at once, and no longer once it or its user is deleted or disabled', async (t) => {
  const { iam, root, store } = await openIamFixture(t)
  const keys = openLongTermKeys(store)
  t.after(() => keys.close())
  const user = await iam.createUser(root, { userName: 'u' })
  const { key } = await iam.createAccessKey(root, { userName: 'u' })
  const found = await keys.byId(key.id)
  assert.equal(found?.secret.reveal(), key.secret.reveal())
  assert.deepEqual([found?.active, found?.user?.name, found?.user?.disabled], [true, 'u', false])
  await iam.updateAccessKey(root, { userName: 'u', accessKeyId: key.id, status: 'Inactive' })
  assert.equal((await keys.byId(key.id))?.active, false)
  await store.update('user', user.id, (old) => ({ ...old, disabled: true }))
  assert.equal((await keys.byId(key.id))?.user?.disabled, true)
  await keys.recordUse(key.id, { at: 5, service: 's3', region: 'eu-west-1' })
  const used = await iam.getAccessKeyLastUsed(root, { accessKeyId: key.id })
  assert.deepEqual(used.key.lastUsed, { at: 5, service: 's3', region: 'eu-west-1' })
  await iam.deleteAccessKey(root, { userName: 'u', accessKeyId: key.id })
  assert.equal(await keys.byId(key.id), undefined)
})
