import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { Secret } from '../../../src/secure/secret.ts'
import { entityId, makeKeyPair, metadataOf } from '../../support/upstreams/saml-forge.ts'
import { accountId, openIamFixture } from '../fixture.ts'

const metadata = metadataOf([makeKeyPair()])
const arn = `arn:aws:iam::${accountId}:saml-provider/acme`

test('a SAML provider is created, read, changed, tagged and deleted', async (t) => {
  const { iam, root, otherRoot } = await openIamFixture(t)
  const made = await iam.createSAMLProvider(root, { name: 'acme', metadata })
  assert.deepEqual([made.id, made.entityId, made.validUntil], [arn, entityId, undefined])
  await assert.rejects(iam.createSAMLProvider(root, { name: 'ACME', metadata }), {
    code: 'conflict',
    message: 'Provider with name ACME already exists.',
  })
  const ending = metadata.replace('entityID=', 'validUntil="2040-01-01T00:00:00Z" entityID=')
  await iam.updateSAMLProvider(root, { arn, metadata: ending })
  await iam.tagSAMLProvider(root, {
    arn,
    tags: [
      { key: 'a', value: '1' },
      { key: 'b', value: '2' },
    ],
  })
  await iam.untagSAMLProvider(root, { arn, keys: ['a'] })
  assert.deepEqual((await iam.listSAMLProviderTags(root, { arn })).items, [{ key: 'b', value: '2' }])
  const found = await iam.getSAMLProvider(root, { arn })
  assert.deepEqual([found.metadata, found.validUntil], [ending, Date.UTC(2040, 0, 1) / 1000])
  assert.deepEqual(await iam.listSAMLProviders(root), [found])
  assert.deepEqual(await iam.listOpenIDConnectProviders(root), [])
  const missing = { code: 'not_found', message: `Manifest not found for arn ${arn}` }
  for (const verb of ['getSAMLProvider', 'updateSAMLProvider', 'deleteSAMLProvider'] as const)
    await assert.rejects(iam[verb](otherRoot, { arn }), (error: { code: string }) =>
      ['denied', 'not_found'].includes(error.code),
    )
  await iam.deleteSAMLProvider(root, { arn })
  await assert.rejects(iam.getSAMLProvider(root, { arn }), missing)
  await assert.rejects(iam.deleteSAMLProvider(root, { arn }), missing)
})

test('metadata that cannot be parsed is refused and changes nothing', async (t) => {
  const { iam, root } = await openIamFixture(t)
  for (const bad of ['', 'text', '<a/>', metadata.replace('IDPSSO', 'SPSSO'), `<!DOCTYPE a>${metadata}`])
    await assert.rejects(iam.createSAMLProvider(root, { name: 'acme', metadata: bad }), {
      code: 'invalid_input',
    })
  assert.deepEqual(await iam.listSAMLProviders(root), [])
  const made = await iam.createSAMLProvider(root, { name: 'acme', metadata })
  await assert.rejects(iam.updateSAMLProvider(root, { arn, metadata: '<a/>' }), { code: 'invalid_input' })
  assert.equal((await iam.getSAMLProvider(root, { arn })).metadata, made.metadata)
})

const keyOf = (bits = 2048) =>
  generateKeyPairSync('rsa', { modulusLength: bits }).privateKey.export({ type: 'pkcs1', format: 'pem' })
const [first, second, third] = [keyOf(), keyOf(), keyOf()].map((text) => new Secret(text.toString()))

test('private keys for encrypted assertions are added and removed one at a time, and never returned', async (t) => {
  const { iam, root, store, record } = await openIamFixture(t)
  await iam.createSAMLProvider(root, { name: 'acme', metadata, addPrivateKey: first })
  const update = (change: object) => iam.updateSAMLProvider(root, { arn, ...change })
  const keys = async () => (await iam.getSAMLProvider(root, { arn })).encryption?.keys ?? []
  const [old] = await keys()
  assert.ok(old && /^[A-Z0-9]{22,64}$/.test(old.id))
  await update({ encryptionMode: 'Required' })
  await update({ addPrivateKey: second })
  await assert.rejects(update({ addPrivateKey: third }), { code: 'limit_exceeded' })
  await assert.rejects(update({ addPrivateKey: second }), { code: 'invalid_input' })
  const [newest, oldest] = await keys()
  assert.equal(oldest?.id, old.id)
  await update({ removePrivateKey: old.id })
  assert.deepEqual(await keys(), [newest])
  await assert.rejects(update({ removePrivateKey: old.id }), { code: 'not_found' })
  await assert.rejects(update({ removePrivateKey: newest?.id }), {
    code: 'invalid_input',
    message: /needs a private key/,
  })
  await update({ removePrivateKey: newest?.id, encryptionMode: 'Allowed' })
  const { encryption, decryptionKeys } = await iam.getSAMLProvider(root, { arn })
  assert.deepEqual([encryption?.required, encryption?.keys, decryptionKeys], [false, [], undefined])
  assert.doesNotMatch(JSON.stringify(record), /PRIVATE KEY/)
  await store.update('identityProvider', arn, (one) => ({ ...one, fromFile: true }))
  await assert.rejects(update({ addPrivateKey: third }), {
    code: 'invalid_input',
    message: /configuration file/,
  })
})

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
const encrypted = { cipher: 'aes-256-cbc', passphrase: 'x', type: 'pkcs8', format: 'pem' } as const
// biome-ignore format: a table
const unusable: readonly (readonly [what: string, change: object])[] = [
  ['text', { addPrivateKey: new Secret('text') }],
  ['a weak key', { addPrivateKey: new Secret(keyOf(1024).toString()) }],
  ['an EC key', { addPrivateKey: new Secret(ec.export({ type: 'pkcs8', format: 'pem' }).toString()) }],
  ['a key with a passphrase', { addPrivateKey: new Secret(ec.export(encrypted).toString()) }],
  ['a mode that needs a key', { encryptionMode: 'Required' }],
  ['a key added and one removed at once', { addPrivateKey: first, removePrivateKey: 'A'.repeat(22) }],
]
for (const [what, change] of unusable)
  test(`encryption is refused and changes nothing: ${what}`, async (t) => {
    const { iam, root } = await openIamFixture(t)
    await assert.rejects(iam.createSAMLProvider(root, { name: 'acme', metadata, ...change }), {
      code: 'invalid_input',
    })
    assert.deepEqual(await iam.listSAMLProviders(root), [])
    await iam.createSAMLProvider(root, { name: 'acme', metadata })
    const made = await iam.getSAMLProvider(root, { arn })
    await assert.rejects(iam.updateSAMLProvider(root, { arn, ...change }), { code: 'invalid_input' })
    assert.deepEqual(await iam.getSAMLProvider(root, { arn }), made)
  })
