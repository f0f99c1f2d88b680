import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type BootstrapOptions, bootstrap, otherRootKeys } from '../../src/iam/bootstrap.ts'
import { Secret } from '../../src/secure/secret.ts'
import { type IamFixture, openIamFixture } from './fixture.ts'

async function empty(t: TestContext, given: Partial<BootstrapOptions> = {}) {
  const fixture = await openIamFixture(t)
  const now = () => fixture.clock.now
  const start = (more: Partial<BootstrapOptions> = {}) =>
    bootstrap({ store: fixture.store, hasher: fixture.hasher, now, ...given, ...more })
  return { fixture, start }
}

const admins = async (fixture: IamFixture, accountId: string) =>
  (await fixture.store.find('user', { by: 'account', value: accountId }, { limit: 10 })).records
const rootKeys = async (fixture: IamFixture, accountId: string) =>
  (await fixture.store.find('accessKey', { by: 'root', value: accountId }, { limit: 10 })).records

test('the first start creates an account, a root key and an administrator who must change the password', async (t) => {
  const { fixture, start } = await empty(t)
  const made = await start()
  assert.ok(made.firstRun)
  assert.match(made.accountId, /^[1-9]\d{11}$/)
  assert.match(made.rootKey.id, /^AKIA/)
  assert.equal(made.adminName, 'admin')
  const [admin, ...others] = await admins(fixture, made.accountId)
  assert.deepEqual(others, [])
  assert.deepEqual(admin?.attached, ['arn:aws:iam::aws:policy/AdministratorAccess'])
  assert.equal(admin?.login?.mustChange, true)
  assert.ok(made.adminPassword && (await fixture.hasher.verify(admin?.login?.hash, made.adminPassword)))
  assert.ok(!JSON.stringify(made).includes(made.rootKey.secret.reveal()), 'secrets do not print by accident')
})

test('29: a second start changes nothing and prints no secret', async (t) => {
  const { fixture, start } = await empty(t)
  const first = await start()
  const before = [await admins(fixture, first.accountId), await rootKeys(fixture, first.accountId)]
  assert.deepEqual(await start(), { firstRun: false, accountId: first.accountId })
  assert.deepEqual([await admins(fixture, first.accountId), await rootKeys(fixture, first.accountId)], before)
})

test('29: a deleted administrator or root key is not created again', async (t) => {
  const { fixture, start } = await empty(t)
  const { accountId } = await start()
  for (const { id } of await admins(fixture, accountId)) await fixture.store.delete('user', id)
  for (const { id } of await rootKeys(fixture, accountId)) await fixture.store.delete('accessKey', id)
  await start({ adminPassword: new Secret('another password') })
  assert.deepEqual([await admins(fixture, accountId), await rootKeys(fixture, accountId)], [[], []])
})

test('of processes that start concurrently one creates the administrator and the others wait', async (t) => {
  const { fixture, start } = await empty(t)
  const stores = [fixture.store, (await fixture.another()).store, (await fixture.another()).store]
  const results = await Promise.all([...stores, ...stores].map((store) => start({ store })))
  assert.equal(results.filter(({ firstRun }) => firstRun).length, 1)
  assert.equal(new Set(results.map(({ accountId }) => accountId)).size, 1)
  const accountId = results[0]?.accountId ?? ''
  assert.equal((await admins(fixture, accountId)).length, 1)
  assert.equal((await rootKeys(fixture, accountId)).length, 1)
})

test('a first start that was interrupted is completed with new secrets', async (t) => {
  const { fixture, start } = await empty(t)
  const dying = { hash: () => Promise.reject(new Error('killed')) }
  await assert.rejects(start({ hasher: dying }), /killed/)
  setTimeout(() => {
    fixture.clock.now += 15
  }, 100)
  const made = await start()
  assert.ok(made.firstRun)
  assert.deepEqual(
    (await rootKeys(fixture, made.accountId)).map(({ id }) => id),
    [made.rootKey.id],
  )
  assert.equal((await admins(fixture, made.accountId)).length, 1)
})

test('configured values are used, and configured root keys are set at every start', async (t) => {
  const { fixture, start } = await empty(t, { accountId: '123456789012', adminName: 'chief' })
  const rootKey = { id: 'local-root', secret: new Secret('eight-or-more') }
  const first = await start({ rootKey, adminPassword: new Secret('given by the operator') })
  assert.ok(first.firstRun)
  assert.deepEqual(
    [first.accountId, first.adminName, first.adminPassword],
    ['123456789012', 'chief', undefined],
  )
  const [admin] = await admins(fixture, first.accountId)
  assert.equal(admin?.login?.mustChange, false)
  await start({ rootKey: { id: 'local-root', secret: new Secret('rotated-secret') } })
  await start({ rootKey: { id: 'second-root', secret: new Secret('second-secret') } })
  const keys = await rootKeys(fixture, first.accountId)
  assert.deepEqual(keys.map(({ id, secret }) => [id, secret.reveal()]).sort(), [
    ['local-root', 'rotated-secret'],
    ['second-root', 'second-secret'],
  ])
  // The former one is still active, which the start warns of.
  const given = { id: 'second-root', secret: new Secret('second-secret') }
  assert.deepEqual(await otherRootKeys(fixture.store, first.accountId, given), ['local-root'])
  await fixture.store.update('accessKey', 'local-root', (old) => ({ ...old, status: 'Inactive' }))
  assert.deepEqual(await otherRootKeys(fixture.store, first.accountId, given), [])
  assert.deepEqual(await otherRootKeys(fixture.store, first.accountId, undefined), [])
})

test('a root key id that belongs to a user is refused', async (t) => {
  const { fixture, start } = await empty(t)
  const first = await start()
  const [admin] = await admins(fixture, first.accountId)
  const key = {
    id: 'AKIAUSERKEY',
    accountId: first.accountId,
    userId: admin?.id,
    secret: new Secret('secret-of-user'),
  }
  await fixture.store.create('accessKey', { ...key, status: 'Active', createdAt: 0, lastUsed: undefined })
  await assert.rejects(start({ rootKey: { id: key.id, secret: new Secret('stolen-identity') } }), {
    code: 'invalid_input',
  })
  assert.equal((await fixture.store.get('accessKey', key.id))?.secret.reveal(), 'secret-of-user')
})

const bad: readonly (readonly [string, Partial<BootstrapOptions>])[] = [
  ['an account id of eleven digits', { accountId: '12345678901' }],
  ['the account id of the server itself', { accountId: '000000000000' }],
  ['a root key id of two characters', { rootKey: { id: 'ab', secret: new Secret('12345678') } }],
  ['a root key id like a session key', { rootKey: { id: 'ASIAX', secret: new Secret('12345678') } }],
  ['a root secret of seven characters', { rootKey: { id: 'abc', secret: new Secret('1234567') } }],
  ['an administrator name with a space', { adminName: 'the chief' }],
]
for (const [what, given] of bad)
  test(`${what} is refused before anything is created`, async (t) => {
    const { fixture, start } = await empty(t)
    await assert.rejects(start(given))
    assert.equal(await fixture.store.get('setting', 'first-run'), undefined)
  })

test("another account id than the store's is refused", async (t) => {
  const { start } = await empty(t)
  const { accountId } = await start()
  await assert.rejects(start({ accountId: '999999999999' }), {
    message: `CHANCERY_ACCOUNT_ID is \`999999999999\` but the first account of this store is \`${accountId}\``,
  })
})
