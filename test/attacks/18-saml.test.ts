// attacks.md 18: signature wrapping, unsigned assertions beside signed ones, certificates out of the message, comments in
// NameID, missing checks, replay, DTD and entities, deflate bombs.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import { samlRecord, samlSettings } from '../../src/federation/saml/settings.ts'
import { samlUpstream } from '../../src/federation/saml/sign-in.ts'
import { Problem } from '../../src/problem.ts'
import {
  assertionXml,
  bare,
  encode,
  makeKeyPair,
  metadataOf,
  responseXml,
  type Said,
  type SignOptions,
  sign,
} from '../support/upstreams/saml-forge.ts'

const now = 1_900_000_000
const callback = 'https://chancery.example/federation/acme/callback'
const idp = makeKeyPair()
const mallory = makeKeyPair()
const said: Said = {
  at: now,
  recipient: callback,
  audience: 'https://chancery.example/federation/acme/metadata',
  request: '_q1',
}
const unsigned = responseXml(said, assertionXml(said))
const honest = sign(unsigned, idp)
const signedResponse = sign(unsigned, idp, 'Response')

const upstream = samlUpstream({
  now: () => now,
  allow: new Set(),
  fetch: () => assert.fail('no network'),
} as never)

const arrive = (encoded: string, want = 'assertion') =>
  upstream.completeSignIn(
    samlRecord(
      samlSettings.parse({
        kind: 'saml',
        name: 'acme',
        metadata: metadataOf([idp]),
        sign_in: { title: 'Acme', want },
      }),
      { accountId: '123456789012', now },
    ),
    {
      parameters: new Map([['SAMLResponse', encoded]]),
      callback,
      memory: JSON.stringify({ id: '_q1', at: now, fresh: false }),
    },
  )

/** Whatever is asked to be signed: no attack gets anybody in, and none is a bug. */
async function refused(xml: string, detail?: RegExp): Promise<void> {
  assert.notEqual(xml, honest)
  for (const want of ['assertion', 'response', 'both', 'either'])
    await assert.rejects(arrive(encode(xml), want), (error) => {
      assert.ok(error instanceof Problem, String(error))
      assert.equal(error.code, 'invalid_identity_token')
      if (detail && want === 'either') assert.match(error.detail ?? '', detail)
      return true
    })
}

test('18: the unmodified messages that the attacks start from are accepted', async () => {
  assert.equal((await arrive(encode(honest))).subject, 'alice')
  assert.equal((await arrive(encode(signedResponse), 'response')).subject, 'alice')
})

/** The first element of that name, whole. */
const part = (xml: string, name: string): string => {
  const found = new RegExp(`<(\\w+:)?${name}[ >].*</(\\w+:)?${name}>`).exec(xml)?.[0]
  assert.ok(found)
  return found
}
const without = (xml: string, text: string): string => xml.replace(text, '')
const evilOf = (xml: string, id = '_evil'): string =>
  without(xml, part(xml, 'Signature'))
    .replace('>alice<', '>root<')
    .replace(/ID="_a1"/, `ID="${id}"`)

test('18: signature wrapping, XSW1 to XSW8, is refused', async (t) => {
  const responseSignature = part(signedResponse, 'Signature')
  const evilResponse = without(signedResponse, responseSignature)
    .replace('>alice<', '>root<')
    .replace('ID="_r1"', 'ID="_evil"')
  const bareResponse = without(signedResponse, responseSignature)
  const assertion = part(honest, 'Assertion')
  const signature = part(assertion, 'Signature')
  const bareAssertion = without(assertion, signature)
  const evil = evilOf(assertion)
  const wrapped = (inner: string) => honest.replace(assertion, inner)
  const inSignature = (text: string, into: string) =>
    into.replace(/<\/(\w+:)?Signature>/, (end) => `<ds:Object>${text}</ds:Object>${end}`)
  const afterIssuer = (text: string, xml: string) => xml.replace('</saml:Issuer>', `</saml:Issuer>${text}`)
  const cases: readonly (readonly [string, string])[] = [
    [
      'XSW1: a forged Response, the signed one within its signature',
      afterIssuer(inSignature(bareResponse, responseSignature), evilResponse),
    ],
    [
      'XSW2: a forged Response, the signed one beside a detached signature',
      afterIssuer(bareResponse + responseSignature, evilResponse),
    ],
    ['XSW3: a forged assertion before the signed one', wrapped(evil + assertion)],
    ['XSW3: a forged assertion after the signed one', wrapped(assertion + evil)],
    [
      'XSW4: the signed assertion within the forged one',
      wrapped(evil.replace('</saml:Assertion>', `${assertion}</saml:Assertion>`)),
    ],
    [
      'XSW5: the forged assertion signed in name, the signed one beside it',
      wrapped(afterIssuer(signature, evil) + bareAssertion),
    ],
    [
      'XSW6: the signed assertion within the signature of the forged one',
      wrapped(afterIssuer(inSignature(bareAssertion, signature), evil)),
    ],
    [
      'XSW7: a forged assertion in Extensions',
      wrapped(`<samlp:Extensions>${evil}</samlp:Extensions>${assertion}`),
    ],
    [
      'XSW8: the signed assertion in an Object of the forged one',
      wrapped(afterIssuer(inSignature(bareAssertion, signature), evilOf(assertion, '_a1'))),
    ],
    [
      'the signed assertion as an attribute of the forged one',
      wrapped(evil.replace('</saml:AttributeValue>', `${assertion}</saml:AttributeValue>`)),
    ],
    ['a forged assertion in no namespace', wrapped(`<Assertion ID="_evil"/>${assertion}`)],
    ['the same ID twice', wrapped(assertion.replace('<saml:Subject>', '<saml:Subject Id="_a1">'))],
    ['two signatures of one assertion', wrapped(afterIssuer(signature, assertion))],
  ]
  for (const [title, xml] of cases) await t.test(title, () => refused(xml))
})

test('18: what was changed after it was signed is refused', async (t) => {
  const cases: readonly (readonly [string, string])[] = [
    ['another NameID', honest.replace('>alice<', '>root<')],
    ['another attribute', honest.replace('alice@idp.example', 'root@idp.example')],
    ['another audience', honest.replace(said.audience, `${said.audience}/`)],
    ['no signature at all', unsigned],
    ['an empty signature value', honest.replace(/(<ds:SignatureValue>)[^<]+/, '$1')],
    ['another digest', honest.replace(/(<ds:DigestValue>)[^<]+/, '$1AAAA')],
  ]
  for (const [title, xml] of cases) await t.test(title, () => refused(xml))
})

test('18: the certificate in the message is not looked at', async () => {
  const forged = sign(unsigned, mallory)
  assert.ok(forged.includes(bare(mallory.certificate)))
  await refused(forged, /any certificate of the provider/)
})

test('18: comments in a message are refused, wherever they stand (authentik CVE-2026-40165, -57580)', async (t) => {
  // Canonicalization drops comments: the signature still holds.
  const cases: readonly (readonly [string, string])[] = [
    ['in NameID', honest.replace('>alice<', '>al<!-- -->ice<')],
    ['in an attribute', honest.replace('alice@idp', 'alice<!---->@idp')],
    ['in the digest', honest.replace(/<ds:DigestValue>/, '<ds:DigestValue><!-- AAAA -->')],
    ['outside the assertion', honest.replace('<samlp:Status>', '<!-- x --><samlp:Status>')],
  ]
  for (const [title, xml] of cases) await t.test(title, () => refused(xml, /comments/))
})

test('18: no DTD, no entities, no instructions, no CDATA', async (t) => {
  const cases: readonly (readonly [string, string, RegExp])[] = [
    ['DOCTYPE', `<!DOCTYPE a>${honest}`, /DTD/],
    [
      'an outside entity',
      `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>${honest.replace('>alice<', '>&x;<')}`,
      /DTD/,
    ],
    ['a billion laughs', `<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]>${honest}`, /DTD/],
    ['an entity nobody declared', honest.replace('>alice<', '>&alice;<'), /entities/],
    ['a parameter entity', honest.replace('>alice<', '>&%x;<'), /entities/],
    ['a processing instruction', honest.replace('>alice<', '>al<?x y?>ice<'), /instructions/],
    ['a stylesheet', `<?xml-stylesheet href="x"?>${honest}`, /instructions/],
    ['CDATA', honest.replace('>alice<', '><![CDATA[alice]]><'), /CDATA/],
    ['NUL', honest.replace('>alice<', '>ali\u0000ce<'), /characters/],
    ['a reference to NUL', honest.replace('>alice<', '>ali&#0;ce<'), /characters/],
    ['two roots', `${honest}<a/>`, /./],
    ['an open end', honest.slice(0, -5), /./],
    [
      'too deep',
      honest.replace('<samlp:Status>', `${'<a>'.repeat(60)}${'</a>'.repeat(60)}<samlp:Status>`),
      /deeper/,
    ],
    ['too many', honest.replace('<samlp:Status>', `${'<a/>'.repeat(7000)}<samlp:Status>`), /more than/],
    [
      'too long',
      honest.replace('<samlp:Status>', `${' '.repeat(200_000)}<samlp:Status>`),
      /more than|longer/,
    ],
  ]
  for (const [title, xml, detail] of cases) await t.test(title, () => refused(xml, detail))
})

test('18: SHA-1, HMAC with the public key, and other algorithms are refused', async (t) => {
  const signed = (options: SignOptions, by = idp) => sign(unsigned, by, 'Assertion', options)
  const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
  const enveloped = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'
  const asSecret = { key: idp.certificate, certificate: idp.certificate }
  const cases: readonly (readonly [string, string, RegExp])[] = [
    ['RSA-SHA1', signed({ algorithm: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' }), /algorithm/],
    ['a SHA-1 digest', signed({ digest: 'http://www.w3.org/2000/09/xmldsig#sha1' }), /digest/],
    [
      'HMAC',
      signed({ hmac: true, algorithm: 'http://www.w3.org/2000/09/xmldsig#hmac-sha1' }, asSecret),
      /algorithm/,
    ],
    [
      'inclusive canonicalization',
      signed({ canonicalization: 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315' }),
      /canonicalization/,
    ],
    [
      'canonicalization with comments',
      signed({ transforms: [enveloped, `${exclusive}WithComments`] }),
      /transforms/,
    ],
    ['no enveloped transform', signed({ transforms: [exclusive] }), /transforms/],
    ['a transform twice', signed({ transforms: [enveloped, exclusive, exclusive] }), /transforms/],
    [
      'a name on the prototype',
      honest.replace(/(SignatureMethod Algorithm=")[^"]+/, '$1constructor'),
      /algorithm/,
    ],
    ['a reference to everything', honest.replace('URI="#_a1"', 'URI=""'), /another element/],
    ['a reference elsewhere', honest.replace('URI="#_a1"', 'URI="https://evil.example"'), /another element/],
    [
      'an XPath in the reference',
      honest.replace('URI="#_a1"', `URI="#xpointer(id('_a1'))"`),
      /another element/,
    ],
  ]
  for (const [title, xml, detail] of cases) await t.test(title, () => refused(xml, detail))
})

test('18: what is no base64 of UTF-8 is refused, and nothing is ever inflated', async (t) => {
  const bomb = deflateRawSync(Buffer.alloc(50_000_000, ' '))
  const cases: readonly (readonly [string, string])[] = [
    ['nothing', ''],
    ['other letters', `${encode(honest)}!`],
    [
      'no padding',
      encode(`${honest}\n`).replace(/=+$/, '') + (encode(`${honest}\n`).endsWith('=') ? '' : 'A'),
    ],
    ['base64url', encode(`${honest}<a ü>`).replaceAll('+', '-').replaceAll('/', '_').concat('_')],
    ['not UTF-8', Buffer.from(honest, 'utf16le').toString('base64')],
    ['a deflated response', deflateRawSync(honest).toString('base64')],
    ['a deflate bomb', bomb.toString('base64')],
  ]
  for (const [title, encoded] of cases)
    await t.test(title, () => assert.rejects(arrive(encoded), { code: 'invalid_identity_token' }))
})

test('18: an encrypted assertion is refused, not passed over', () =>
  refused(
    honest.replace(
      '<samlp:Status>',
      '<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"/><samlp:Status>',
    ),
    /encrypted/,
  ))

test('18: a replayed assertion has one id to spend, however it is wrapped or encoded', async () => {
  const first = await arrive(encode(honest))
  const again = await arrive(encode(honest.replace('ID="_r1"', 'ID="_r2"')))
  assert.deepEqual(again.spend, first.spend)
  const other = sign(responseXml(said, assertionXml({ ...said, assertionId: '_a2' })), idp)
  assert.notEqual((await arrive(encode(other))).spend?.id, first.spend?.id)
})
