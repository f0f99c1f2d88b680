import assert from 'node:assert/strict'
import { test } from 'node:test'
import { applyConfiguredProviders } from '../../../src/iam/provider/configured-providers.ts'
import { newProviderRecord } from '../../../src/iam/provider/openid-providers.ts'
import { openStsRepositories } from '../../../src/iam/sts-repositories.ts'
import { accountId, openIamFixture, otherAccountId } from '../fixture.ts'

const url = 'https://token.actions.example/enterprise'
const arn = `arn:aws:iam::${accountId}:oidc-provider/token.actions.example/enterprise`

const nothingEnds = async () => undefined

test('a provider is created, read, changed and deleted', async (t) => {
  const { iam, root } = await openIamFixture(t)
  const made = await iam.createOpenIDConnectProvider(root, { url, clientIds: ['a', 'a', 'b'] })
  assert.equal(made.id, arn)
  assert.deepEqual(made.clientIds, ['a', 'b'])
  await assert.rejects(iam.createOpenIDConnectProvider(root, { url }), {
    code: 'conflict',
    message: `Provider with url ${url} already exists.`,
  })
  await iam.addClientIDToOpenIDConnectProvider(root, { arn, clientId: 'c' })
  await iam.removeClientIDFromOpenIDConnectProvider(root, { arn, clientId: 'a' })
  await iam.updateOpenIDConnectProviderThumbprint(root, { arn, thumbprints: ['a'.repeat(40)] })
  await iam.tagOpenIDConnectProvider(root, { arn, tags: [{ key: 'k', value: 'v' }] })
  const found = await iam.getOpenIDConnectProvider(root, { arn })
  assert.deepEqual([found.clientIds, found.thumbprints.length, found.tags.length], [['b', 'c'], 1, 1])
  assert.deepEqual(await iam.listOpenIDConnectProviders(root), [found])
  await iam.deleteOpenIDConnectProvider(root, { arn })
  await assert.rejects(iam.deleteOpenIDConnectProvider(root, { arn }), { code: 'not_found' })
  await assert.rejects(iam.getOpenIDConnectProvider(root, { arn }), {
    code: 'not_found',
    message: `OpenIDConnect Provider not found for arn ${arn}`,
  })
})

const badUrls = [
  'token.example',
  'http://token.example',
  'https://u:p@token.example',
  'https://token .example',
  'https:\\\\token.example',
  'javascript:alert(1)',
  `https://${'x'.repeat(250)}.example`,
  '',
]
for (const bad of badUrls)
  test(`\`${bad.slice(0, 30)}\` is refused as an issuer`, async (t) => {
    const { iam, root } = await openIamFixture(t)
    await assert.rejects(iam.createOpenIDConnectProvider(root, { url: bad }), {
      code: 'validation',
      message: 'Invalid Open ID Connect Provider URL',
    })
  })

for (const bad of ['https://token.example?x=1', 'https://token.example#x'])
  test(`\`${bad}\` is refused as an issuer`, async (t) => {
    const { iam, root } = await openIamFixture(t)
    await assert.rejects(iam.createOpenIDConnectProvider(root, { url: bad }), {
      code: 'invalid_input',
      message: /^Unknown: /,
    })
  })

for (const reserved of [
  'https://aws',
  'https://STS',
  'https://sts:8443/x',
  'https://saml/',
  'https://aws./y',
])
  test(`39: \`${reserved}\` is refused: its claims would read as condition keys of AWS`, async (t) => {
    const { iam, root, store } = await openIamFixture(t)
    const refusal = { code: 'invalid_input', message: /condition keys of AWS/ }
    await assert.rejects(iam.createOpenIDConnectProvider(root, { url: reserved }), refusal)
    await assert.rejects(
      applyConfiguredProviders(store, accountId, [newProviderRecord(accountId, reserved, 0)], nothingEnds),
      refusal,
    )
  })

test('an issuer without https is accepted where the operator allows its host', async (t) => {
  const { iam, root } = await openIamFixture(t)
  const made = await iam.createOpenIDConnectProvider(root, { url: 'http://localhost:9000' })
  assert.equal(made.id, `arn:aws:iam::${accountId}:oidc-provider/localhost:9000`)
})

test('a provider has a hundred client ids and five thumbprints at most', async (t) => {
  const { iam, root } = await openIamFixture(t)
  const clientIds = Array.from({ length: 100 }, (_, n) => `c${n}`)
  await iam.createOpenIDConnectProvider(root, { url, clientIds })
  await assert.rejects(iam.addClientIDToOpenIDConnectProvider(root, { arn, clientId: 'more' }), {
    code: 'limit_exceeded',
    message: 'Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100',
  })
  const thumbprints = Array.from({ length: 6 }, (_, n) => String(n).repeat(40))
  await assert.rejects(iam.updateOpenIDConnectProviderThumbprint(root, { arn, thumbprints }), {
    code: 'invalid_input',
    message: 'Thumbprint list must contain fewer than 5 entries.',
  })
  await assert.rejects(iam.updateOpenIDConnectProviderThumbprint(root, { arn, thumbprints: ['xyz'] }), {
    code: 'invalid_input',
  })
})

test('an issuer is found in its own account only, and no longer once it is deleted', async (t) => {
  const { iam, root, store, authorizer } = await openIamFixture(t)
  const assuming = openStsRepositories(store, authorizer)
  t.after(() => assuming.close())
  const issuers = assuming.providers
  assert.equal(await issuers.byIssuer(accountId, url), undefined)
  const made = await iam.createOpenIDConnectProvider(root, { url })
  assert.equal((await issuers.byIssuer(accountId, url))?.id, made.id)
  assert.equal(await issuers.byIssuer(otherAccountId, url), undefined)
  assert.equal(await issuers.byIssuer(accountId, `${url}/`), undefined)
  await iam.deleteOpenIDConnectProvider(root, { arn })
  assert.equal(await issuers.byArn(arn), undefined)
})

test('33: sessions of a provider that was removed from the configuration file end before it is disabled', async (t) => {
  const { store, clock } = await openIamFixture(t)
  const configured = { ...newProviderRecord(accountId, url, clock.now), clientIds: ['a'] }
  await applyConfiguredProviders(store, accountId, [configured], nothingEnds)
  const fail = async () => {
    throw new Error('the process dies here')
  }
  await assert.rejects(applyConfiguredProviders(store, accountId, [], fail), /dies here/)
  // So the next start does it again.
  assert.equal((await store.get('identityProvider', arn))?.disabled, false)
  const ended: string[] = []
  await applyConfiguredProviders(store, accountId, [], async ({ id }) => void ended.push(id))
  assert.deepEqual(ended, [arn])
  assert.equal((await store.get('identityProvider', arn))?.disabled, true)
})

test('the configuration file creates and changes its providers and leaves others alone', async (t) => {
  const { iam, root, store, clock } = await openIamFixture(t)
  await iam.createOpenIDConnectProvider(root, { url: 'https://other.example' })
  const keys = { from: 'upload', jwks: '{"keys":[]}' } as const
  const configured = { ...newProviderRecord(accountId, url, clock.now), clientIds: ['a'], keys, once: true }
  await applyConfiguredProviders(store, accountId, [configured], nothingEnds)
  await iam.tagOpenIDConnectProvider(root, { arn, tags: [{ key: 'k', value: 'v' }] })
  const ended: (readonly [string, boolean | undefined])[] = []
  const end = async ({ id }: { readonly id: string }) => {
    ended.push([id, (await store.get('identityProvider', id))?.disabled])
  }
  await applyConfiguredProviders(store, accountId, [{ ...configured, disabled: true }], end)
  assert.deepEqual(ended, [[arn, false]], 'its sessions end before it is disabled')
  const found = await iam.getOpenIDConnectProvider(root, { arn })
  assert.deepEqual([found.keys, found.once, found.disabled, found.tags.length], [keys, true, true, 1])
  assert.equal((await iam.listOpenIDConnectProviders(root)).length, 2)
})
