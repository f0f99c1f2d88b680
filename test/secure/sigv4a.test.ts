import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonicalRequest } from '../../src/secure/sigv4/canonical.ts'
import {
  bodyHash,
  checkSignature,
  deriveSigningKey,
  emptyBodyHash,
  readSignature,
} from '../../src/secure/sigv4/sigv4.ts'
import { signedIdentity, signSigV4A, verifySigV4A } from '../../src/secure/sigv4/sigv4a.ts'
import { deriveKeyPair, publicKeyOf } from '../../src/secure/sigv4/sigv4a-key.ts'

const hex = (base64url: string) => Buffer.from(base64url, 'base64url').toString('hex')
const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'
const jwk = publicKeyOf('AKIDEXAMPLE', secret)

test('key pairs are those of aws-c-auth (key_derivation_tests.c) and aws-crt-nodejs (auth tests)', () => {
  const { x, y } = publicKeyOf('AKISORANDOMAASORANDOM', 'q+jcrXGc+0zWN6uzclKVhvMmUsIfRPa4rlRandom')
  assert.equal(hex(x), '15d242ceebf8d8169fd6a8b5a746c41140414c3b07579038da06af89190fffcb')
  assert.equal(hex(y), '0515242cedd82e94799482e4c0514b505afccf2c0c98d6a553bf539f424c5ec0')
  assert.equal(hex(jwk.x), 'b6618f6a65740a99e650b33b6b4b5bd0d43b176d721a3edfea7e7d2d56d936b1')
  assert.equal(hex(jwk.y), '865ed22a7eadc9c5cb9d2cbaca1b3699139fedc5043dc6661864218330c8e518')
})

const signed = (signature: string) => ({
  method: 'GET',
  path: '/',
  query: '',
  headers: [
    'Host',
    'example.amazonaws.com',
    'X-Amz-Date',
    '20150830T123600Z',
    'X-Amz-Region-Set',
    'us-east-1',
    'Authorization',
    `AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20150830/service/aws4_request, SignedHeaders=host;x-amz-date;x-amz-region-set, Signature=${signature}`,
  ],
})
const presigned =
  'X-Amz-Algorithm=AWS4-ECDSA-P256-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20150830%2Fservice%2Faws4_request&X-Amz-Date=20150830T123600Z&X-Amz-SignedHeaders=host&X-Amz-Region-Set=us-east-1&X-Amz-Signature=3046'
const empty = { bodyHash: emptyBodyHash }

test("the string to sign is the one of aws-c-auth's v4a/get-vanilla", () => {
  const canonical = canonicalRequest({
    message: { method: 'GET', path: '/', query: presigned, headers: [] },
    headers: new Map([['host', 'example.amazonaws.com']]),
    signedHeaders: ['host'],
    pathEncoding: 'standard',
    bodyHash: emptyBodyHash,
  })
  assert.equal(bodyHash(canonical), '367f580f0138ac98f22166a3bc5286fb61ab0fba16667aadfce7054aaadf0677')
})

const pair = deriveKeyPair('AKIDEXAMPLE', secret)
const draft = signed('3046'.repeat(4))
const sign = () => signed(signSigV4A(draft, readSignature(draft), emptyBodyHash, pair.privateKey))

test('another body, key, request or region set is refused', async () => {
  const request = sign()
  const signature = readSignature(request)
  const refused = { code: 'bad_signature' }
  await assert.rejects(verifySigV4A(request, signature, { bodyHash: bodyHash('x') }, jwk), refused)
  await assert.rejects(verifySigV4A(request, signature, empty, publicKeyOf('AKIDEXAMPLF', secret)), refused)
  await assert.rejects(verifySigV4A({ ...request, method: 'POST' }, signature, empty, jwk), refused)
  const wider = { ...request, headers: request.headers.map((v) => (v === 'us-east-1' ? '*' : v)) }
  await assert.rejects(verifySigV4A(wider, readSignature(wider), empty, jwk), refused)
})

test('what we sign we accept, and all signatures of one request have one identity', async () => {
  assert.deepEqual(pair.publicJwk, jwk)
  const [first, second] = [sign(), sign()]
  for (const request of [first, second]) await verifySigV4A(request, readSignature(request), empty, jwk)
  assert.notDeepEqual(first, second)
  assert.equal(
    signedIdentity(first, readSignature(first), emptyBodyHash),
    signedIdentity(second, readSignature(second), emptyBodyHash),
  )
})

test('one algorithm is never checked as the other', async () => {
  const request = sign()
  const key = deriveSigningKey(secret, '20150830', 'us-east-1', 'service')
  assert.throws(() => checkSignature(request, readSignature(request), empty, key), { code: 'bad_signature' })
})
