// Server certificates with their keys and chains, refused with the sentences of AWS.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { checkServerCertificate } from '../../src/secure/certificates.ts'
import { Secret } from '../../src/secure/secret.ts'
import { selfSigned } from '../support/certificate.ts'

const own = selfSigned('own.example')
const other = selfSigned('other.example')
const now = Math.floor(Date.now() / 1000)
const hundredYears = 100 * 366 * 86_400
const check = ({ chain, key = own.privateKey, at = now }: { chain?: string; key?: string; at?: number }) =>
  checkServerCertificate({ body: own.certificate, privateKey: new Secret(key), chain }, at)

test('a certificate is taken with its chain, in which a root may be there twice', () => {
  assert.ok(check({}).notAfter > now)
  assert.ok(check({ chain: own.certificate + own.certificate }).notAfter > now)
})

describe('what AWS refuses is refused', () => {
  const wrongChain = (index: number) =>
    `Unable to validate certificate chain. The certificate chain must start with the immediate signing certificate, followed by any intermediaries in order. The index within the chain of the invalid certificate is: ${index}`
  for (const [title, given, code, message] of [
    [
      'the key of another',
      { key: other.privateKey },
      'key_pair_mismatch',
      'The private key did not match the public key provided. Please verify the key material and try again.',
    ],
    [
      'one that is over',
      { at: now + hundredYears },
      'malformed_certificate',
      "Certificate is no longer valid. The 'Not After' date restriction on the certificate has passed.",
    ],
    ['the chain of another', { chain: other.certificate }, 'malformed_certificate', wrongChain(-1)],
    [
      'a chain that goes on with another',
      { chain: own.certificate + other.certificate },
      'malformed_certificate',
      wrongChain(1),
    ],
    [
      'a chain with the private key',
      { chain: own.certificate + own.privateKey },
      'malformed_certificate',
      'the certificate chain must be PEM certificates and nothing else',
    ],
  ] as const)
    test(title, () => assert.throws(() => check(given), { code, message }))
})
