// attacks.md 41: what left the configuration file is not trusted, also while an older process with the older file runs.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { beside } from '../support/federated.ts'
import { accountId, startServer } from '../support/server.ts'
import { makeKeyPair, metadataOf } from '../support/upstreams/saml-forge.ts'
import { until } from '../support/waiting.ts'

const saml = (name: string) => ({
  kind: 'saml',
  name,
  metadata: metadataOf([makeKeyPair()]),
  sign_in: { title: name },
})
const client = (id: string) => ({
  client_id: id,
  client_secret: `secret-of-${id}-that-is-long-enough`,
  grant_types: ['client_credentials'],
  redirect_uris: [],
  response_types: [],
  resources: ['https://api.example'],
})
const resources = [{ id: 'https://api.example', scopes: ['read'] }]
const left = saml('left')
const stays = saml('stays')
const before = JSON.stringify({
  identity_providers: [left, stays],
  clients: [client('wiki'), client('shop')],
  resources,
})
const after = JSON.stringify({ identity_providers: [stays], clients: [client('wiki')], resources })

async function tokenStatus(url: string, id: string): Promise<number> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: id,
    client_secret: `secret-of-${id}-that-is-long-enough`,
    resource: 'https://api.example',
    scope: 'read',
  })
  return (await fetch(`${url}/token`, { method: 'POST', body })).status
}

const metadataStatus = async (url: string, name: string): Promise<number> =>
  (await fetch(`${url}/federation/${name}/metadata`)).status

test('41: what an entry made ends with the entry, and an older process neither serves it nor brings it back', {
  timeout: 120_000,
}, async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-41-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  const older = await startServer({ dir, config: before })
  t.after(() => older.stop())
  assert.deepEqual([await tokenStatus(older.url, 'shop'), await tokenStatus(older.url, 'wiki')], [200, 200])
  assert.equal(await metadataStatus(older.url, 'left'), 200)

  const newer = await startServer({ dir, config: after })
  t.after(() => newer.stop())
  await until('the older process has learned of both', async () => {
    const seen = [await tokenStatus(older.url, 'shop'), await metadataStatus(older.url, 'left')]
    return seen[0] === 401 && seen[1] === 404
  })
  for (const { url } of [older, newer]) {
    assert.deepEqual([await tokenStatus(url, 'shop'), await tokenStatus(url, 'wiki')], [401, 200])
    assert.deepEqual([await metadataStatus(url, 'left'), await metadataStatus(url, 'stays')], [404, 200])
  }

  const restarted = await startServer({ dir, config: before })
  t.after(() => restarted.stop())
  assert.match(restarted.output(), /a newer configuration file is in use/)
  for (const { url } of [older, newer, restarted]) {
    assert.deepEqual([await tokenStatus(url, 'shop'), await tokenStatus(url, 'wiki')], [401, 200])
    assert.deepEqual([await metadataStatus(url, 'left'), await metadataStatus(url, 'stays')], [404, 200])
  }

  const found = await beside(newer, async (store) => ({
    provider: await store.get('identityProvider', `arn:aws:iam::${accountId}:saml-provider/left`),
    revocations: (await store.find('revocation', { by: 'all', value: 'all' }, { limit: 10 })).records,
  }))
  assert.equal(found.provider?.disabled, true)
  assert.deepEqual(found.revocations.map(({ scope, value }) => [scope, value]).sort(), [
    ['client', 'shop'],
    ['provider', `arn:aws:iam::${accountId}:saml-provider/left`],
  ])
})
