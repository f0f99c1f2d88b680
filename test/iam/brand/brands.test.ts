// The brands in memory of two processes on one store: a change arrives in both, and no page reads the store.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { BrandSettings, readBrand } from '../../../src/iam/brand/brand.ts'
import { Brands, hashDigits } from '../../../src/iam/brand/brands.ts'
import { openMasterKey } from '../../../src/secure/key/master-key.ts'
import { png } from '../../support/data/images.ts'
import { openStore } from '../../support/store.ts'
import { until as becomesTrue } from '../../support/waiting.ts'

const accountId = '111122223333'
const other = '444455556666'

test('a change arrives in another process, with its logo; pages read nothing', {
  timeout: 60_000,
}, async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-brands-'))
  const masterKey = openMasterKey(join(dir, 'keys'), { storeExists: false })
  const path = join(dir, 'chancery.db')
  const [one, two] = [await openStore(path, { masterKey }), await openStore(path, { masterKey })]
  let reads = 0
  const counting = {
    get: ((...args: Parameters<typeof two.get>) => {
      reads += 1
      return two.get(...args)
    }) as typeof two.get,
    watch: two.watch.bind(two),
  }
  const brands = new Brands(counting)
  t.after(async () => {
    brands.close()
    await Promise.all([one.close(), two.close()])
    rmSync(dir, { recursive: true, force: true })
  })
  const settings = new BrandSettings(one, () => 1_800_000_000)
  const anything = () => undefined
  const setting = async (account: string, name: string, logo?: Buffer) => {
    const { change, faults } = await readBrand({ name, logo })
    assert.deepEqual(faults, [])
    await settings.change(account, change, anything)
  }
  const until = (holds: () => boolean | Promise<boolean>): Promise<void> =>
    becomesTrue('the brand is as expected', holds)

  await brands.open(accountId)
  assert.deepEqual(brands.current, {})
  await setting(accountId, 'Acme', png())
  await until(() => brands.current.name === 'Acme')
  const logo = brands.current.logo
  assert.ok(logo)
  const hash = logo.sha256.slice(0, hashDigits)
  assert.equal((await brands.image(accountId, hash, 0))?.sha256, logo.sha256)

  const before = reads
  for (let page = 0; page < 100; page += 1) {
    assert.equal(brands.current.name, 'Acme')
    assert.equal((await brands.of(accountId)).name, 'Acme')
    await brands.image(accountId, hash, 0)
  }
  assert.equal(reads, before)

  // Another account's brand is read when it is asked for, kept, and followed.
  assert.deepEqual((await brands.of(other)).name, undefined)
  await setting(other, 'Other')
  await until(async () => (await brands.of(other)).name === 'Other')
  assert.equal(brands.current.name, 'Acme')

  // A logo that this process has not heard of yet is looked up, but not for every request.
  const asked = reads
  const later = Date.now() + 2000
  assert.equal(await brands.image(accountId, '0'.repeat(hashDigits), later), undefined)
  assert.equal(reads, asked + 1)
  for (let request = 0; request < 50; request += 1)
    assert.equal(await brands.image(accountId, '0'.repeat(hashDigits), Date.now()), undefined)
  assert.equal(reads, asked + 1)
})

test('of two administrators who change the same version, one is refused', { timeout: 60_000 }, async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-brands-'))
  const store = await openStore(join(dir, 'chancery.db'), {
    masterKey: openMasterKey(join(dir, 'keys'), { storeExists: false }),
  })
  t.after(async () => {
    await store.close()
    rmSync(dir, { recursive: true, force: true })
  })
  await store.create('account', { id: accountId, accountId, alias: undefined, createdAt: 1 })
  const settings = new BrandSettings(store, () => 1_800_000_000)
  const from = (await settings.of(accountId))?.version
  const expecting = (version: string): void => {
    if (version !== from) throw new Error('another version')
  }
  const results = await Promise.allSettled(
    ['one', 'two'].map((name) => settings.change(accountId, { name }, expecting)),
  )
  assert.deepEqual(results.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
})
