import assert from 'node:assert/strict'
import { test } from 'node:test'
import { entityId, makeKeyPair, metadataOf } from '../../support/saml-forge.ts'
import { accountId, openHouse } from '../house.ts'

const metadata = metadataOf([makeKeyPair()])
const arn = `arn:aws:iam::${accountId}:saml-provider/acme`

test('a SAML provider is made, read, changed, tagged and deleted', async (t) => {
  const { iam, root, stranger } = await openHouse(t)
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
    await assert.rejects(iam[verb](stranger, { arn }), (error: { code: string }) =>
      ['denied', 'not_found'].includes(error.code),
    )
  await iam.deleteSAMLProvider(root, { arn })
  await assert.rejects(iam.getSAMLProvider(root, { arn }), missing)
  await assert.rejects(iam.deleteSAMLProvider(root, { arn }), missing)
})

test('metadata that cannot be read, and encryption, change nothing', async (t) => {
  const { iam, root } = await openHouse(t)
  for (const bad of ['', 'text', '<a/>', metadata.replace('IDPSSO', 'SPSSO'), `<!DOCTYPE a>${metadata}`])
    await assert.rejects(iam.createSAMLProvider(root, { name: 'acme', metadata: bad }), {
      code: 'invalid_input',
    })
  await assert.rejects(iam.createSAMLProvider(root, { name: 'acme', metadata, encryptionMode: 'Required' }), {
    code: 'invalid_input',
  })
  assert.deepEqual(await iam.listSAMLProviders(root), [])
  const made = await iam.createSAMLProvider(root, { name: 'acme', metadata })
  await assert.rejects(iam.updateSAMLProvider(root, { arn, metadata: '<a/>' }), { code: 'invalid_input' })
  assert.equal((await iam.getSAMLProvider(root, { arn })).metadata, made.metadata)
})
