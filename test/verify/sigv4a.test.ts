import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SmallChancery } from '../support/small-chancery.ts'
import { type Credentials, type Documents, startDocuments } from './documents.ts'
import { signAsymmetric } from './sign-asymmetric.ts'

const sendAsymmetric = (
  service: Documents,
  path: string,
  credentials: Credentials,
  regions: string,
  name = 'docs',
): Promise<Response> => {
  const { host } = new URL(service.url)
  return fetch(service.url + path, { headers: signAsymmetric(host, path, credentials, regions, name) })
}

test('a SigV4A signature is checked with the key in the token, without asking for a signing key', async (t) => {
  const issuer = await new SmallChancery().start()
  const service = await startDocuments(issuer, { feed: 30 })
  t.after(() => Promise.all([service.stop(), issuer.stop()]))
  const session = await issuer.assume()
  for (const regions of ['us-east-1', '*', 'eu-west-1,us-east-1', 'us-*']) {
    const response = await sendAsymmetric(service, '/documents/1', session, regions)
    assert.equal(response.status, 200, regions)
    assert.equal(((await response.json()) as { scheme: string }).scheme, 'sigv4a')
  }
  assert.ok(!issuer.asked.includes('POST /v1/signing-key'))
  for (const regions of ['eu-west-1', '', 'us-east', '*-1'])
    assert.notEqual((await sendAsymmetric(service, '/documents/1', session, regions)).status, 200, regions)
  assert.equal((await sendAsymmetric(service, '/documents/1', session, '*', 'payments')).status, 401)
  const other = await issuer.assume()
  const mixed = { ...session, secretAccessKey: other.secretAccessKey }
  assert.equal((await sendAsymmetric(service, '/documents/1', mixed, '*')).status, 401)
})
