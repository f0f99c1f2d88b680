import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exportJWK, generateKeyPair } from 'jose'
import { clientsSchema } from '../../../src/oidc/clients/settings.ts'
import { Problem } from '../../../src/problem.ts'
import { open } from '../open.ts'

const usual = { redirect_uris: ['https://app.example/cb'] }

test('invalid clients stop the start, all of them in one message', async () => {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  const clients = clientsSchema.parse([
    { client_id: 'good', jwks: { keys: [await exportJWK(publicKey)] }, ...usual },
    { client_id: 'wide', scope: 'openid everything', ...usual },
    { client_id: 'leaky', jwks: { keys: [await exportJWK(privateKey)] }, ...usual },
    { client_id: 'broken', jwks: { keys: [{ kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' }] }, ...usual },
    { client_id: 'keyless', jwks: { keys: [] }, ...usual },
    { client_id: 'classy', default_acr_values: ['nobody-knows-this'], ...usual },
  ])
  await assert.rejects(open({ clients }), (error: unknown) => {
    assert.ok(error instanceof Problem && error.code === 'invalid_input')
    assert.match(error.message, /client `wide`: scope must only contain/)
    assert.match(error.message, /client `leaky`: jwks\.keys\[0\] holds a private key/)
    assert.match(error.message, /client `broken`: jwks\.keys\[0\] is not a public key/)
    assert.match(error.message, /client `keyless`: jwks\.keys is empty/)
    assert.match(error.message, /client `classy`: /)
    assert.doesNotMatch(error.message, /good/)
    return true
  })
})
