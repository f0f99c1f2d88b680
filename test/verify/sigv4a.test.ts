import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bodyHash, type Signature } from '../../src/secure/sigv4.ts'
import { type HttpMessage, readHeaders } from '../../src/secure/sigv4-canonical.ts'
import { basicDate, ecdsaAlgorithm } from '../../src/secure/sigv4-signature.ts'
import { deriveKeyPair, signSigV4A } from '../../src/secure/sigv4a.ts'
import { SmallChancery } from '../support/small-chancery.ts'
import { type Credentials, type Documents, startDocuments } from './documents.ts'

function sendAsymmetric(
  service: Documents,
  path: string,
  credentials: Credentials,
  regions: string,
  name = 'docs',
): Promise<Response> {
  const at = Math.floor(Date.now() / 1000)
  const amzDate = basicDate(at)
  const { host } = new URL(service.url)
  const token = credentials.sessionToken ?? ''
  const headers = { host, 'x-amz-date': amzDate, 'x-amz-region-set': regions, 'x-amz-security-token': token }
  const message: HttpMessage = { method: 'GET', path, query: '', headers: Object.entries(headers).flat() }
  const signedHeaders = Object.keys(headers).sort()
  const date = amzDate.slice(0, 8)
  const signature: Signature = {
    algorithm: ecdsaAlgorithm,
    accessKeyId: credentials.accessKeyId,
    date,
    region: undefined,
    regionSet: regions,
    service: name,
    signedHeaders,
    signature: '',
    amzDate,
    at,
    expiresIn: undefined,
    securityToken: token,
    contentHash: undefined,
    headers: readHeaders(message.headers),
  }
  const { privateKey } = deriveKeyPair(credentials.accessKeyId, credentials.secretAccessKey)
  const proof = signSigV4A(message, signature, bodyHash(''), privateKey)
  const credential = `${credentials.accessKeyId}/${date}/${name}/aws4_request`
  const authorization = `${ecdsaAlgorithm} Credential=${credential}, SignedHeaders=${signedHeaders.join(';')}, Signature=${proof}`
  return fetch(service.url + path, { headers: { ...headers, authorization } })
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
