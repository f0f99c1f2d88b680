// Attack 43: work before proof. What a SAML message costs before a key of the provider was seen in it, counted in operations:
// the time on this machine is measured by test/bench/anonymous.ts.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readAssertion } from '../../src/federation/saml/assertion.ts'
import { readMetadata } from '../../src/federation/saml/metadata.ts'
import { Problem } from '../../src/problem.ts'
import { signatureWork } from '../../src/secure/xml/xml-signature.ts'
import {
  assertionXml,
  encode,
  type KeyPair,
  makeKeyPair,
  metadataOf,
  responseXml,
  type Said,
  sign,
} from '../support/upstreams/saml-forge.ts'

const at = 2_000_000_000
const said: Said = {
  at,
  recipient: 'https://us.example/saml',
  audience: 'https://us.example',
  request: undefined,
}
const unknownKey = makeKeyPair()
const pairs: readonly KeyPair[] = Array.from({ length: 10 }, () =>
  makeKeyPair(['ec', 'ec_paramgen_curve:P-256']),
)
const own = makeKeyPair()
const metadata = readMetadata(metadataOf([...pairs.slice(1), own]))

const read = (xml: string) =>
  readAssertion(encode(xml), {
    metadata,
    want: 'either',
    recipient: said.recipient,
    audiences: [said.audience],
    inResponseTo: undefined,
    now: at,
    authenticatedSince: undefined,
  })

/** Of one message: the reason it was refused for, and how often each costly step ran. */
function cost(xml: string): { refused: string | undefined; verifications: number; canonicalized: number } {
  const before = { ...signatureWork }
  let refused: string | undefined
  try {
    read(xml)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    refused = error.detail ?? error.message
  }
  return {
    refused,
    verifications: signatureWork.verifications - before.verifications,
    canonicalized: signatureWork.ownersCanonicalized - before.ownersCanonicalized,
  }
}

const filler: Readonly<Record<string, string>> = {
  'many elements': '<saml:Attribute Name="a"><x/></saml:Attribute>'.repeat(1400),
  'many attributes': `<saml:Attribute ${Array.from({ length: 60 }, (_, i) => `a${i}=""`).join(' ')}/>`.repeat(
    140,
  ),
  'many namespaces':
    `<saml:Attribute ${Array.from({ length: 30 }, (_, i) => `xmlns:p${i}="u"`).join(' ')}/>`.repeat(30),
  'a long text': `<saml:Attribute Name="a"><saml:AttributeValue>${'x'.repeat(60_000)}</saml:AttributeValue></saml:Attribute>`,
}

const nobodys = 'the signature does not verify with any certificate of the provider'

for (const [name, attributes] of Object.entries(filler)) {
  const signed = (by: KeyPair): string =>
    // The filler comes after the signing, which would be slow: without a valid digest it costs the same.
    responseXml(said, sign(assertionXml({ ...said, attributes: 'filler' }), by)).replace('filler', attributes)

  test(`43: ${name}, signed by an unknown key: never canonicalized`, () => {
    assert.deepEqual(cost(signed(unknownKey)), { refused: nobodys, verifications: 10, canonicalized: 0 })
  })

  test(`43: ${name}, under the signature of another message of the provider: canonicalized once`, () => {
    assert.deepEqual(cost(signed(own)), { refused: nobodys, verifications: 10, canonicalized: 1 })
  })
}

test('43: an honest message is canonicalized once, whichever of ten certificates signed it', () => {
  assert.deepEqual(cost(responseXml(said, sign(assertionXml(said), own))), {
    refused: undefined,
    verifications: 10,
    canonicalized: 1,
  })
})

test('43: prefixes of a PrefixList are resolved where they are declared, also outside the assertion', () => {
  const attributes =
    '<saml:Attribute Name="a"><saml:AttributeValue xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xs:string">b</saml:AttributeValue></saml:Attribute>'
  const declared = responseXml(said, assertionXml({ ...said, attributes })).replace(
    '<samlp:Response',
    '<samlp:Response xmlns:xs="http://www.w3.org/2001/XMLSchema"',
  )
  const xml = sign(declared, own, 'Assertion', { prefixes: ['xs'] })
  assert.match(xml, /PrefixList="xs"/)
  assert.deepEqual(read(xml).attributes.get('a'), ['b'])
  // The namespace is part of what is signed.
  assert.equal(
    cost(xml.replace('xmlns:xs="http://www.w3.org/2001/XMLSchema"', 'xmlns:xs="urn:x"')).refused,
    nobodys,
  )
})

const honest = responseXml(said, sign(assertionXml(said), own))
const altered: readonly (readonly [what: string, xml: string, refused: RegExp])[] = [
  [
    'a long PrefixList',
    honest.replace(
      /<ds:CanonicalizationMethod([^>]*)\/>/,
      `<ds:CanonicalizationMethod$1><ec:InclusiveNamespaces xmlns:ec="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="${'p '.repeat(3000)}"/></ds:CanonicalizationMethod>`,
    ),
    /PrefixList|larger/,
  ],
  [
    'a large SignedInfo',
    honest.replace('<ds:SignedInfo>', `<ds:SignedInfo><ds:X>${'x'.repeat(20_000)}</ds:X>`),
    /larger than a signature needs/,
  ],
  [
    'many references',
    honest.replace(/<ds:Reference .*<\/ds:Reference>/, (one) => one.repeat(2)),
    /one Reference/,
  ],
  [
    'many transforms',
    honest.replace(/<ds:Transforms>/, `<ds:Transforms>${'<ds:Transform Algorithm="x"/>'.repeat(3)}`),
    /transforms are not allowed/,
  ],
  [
    'too many elements',
    honest.replace('</samlp:Status>', `${'<x/>'.repeat(4000)}</samlp:Status>`),
    /elements/,
  ],
  [
    'too many namespaces',
    honest.replace(
      '</samlp:Status>',
      `${`<x ${Array.from({ length: 30 }, (_, i) => `xmlns:p${i}="u"`).join(' ')}/>`.repeat(180)}</samlp:Status>`,
    ),
    /more than 1000 namespace declarations/,
  ],
  ['another Issuer', honest.replaceAll('https://idp.example/metadata', 'https://other.example'), /Issuer/],
]

for (const [what, xml, refused] of altered)
  test(`43: ${what}: refused before any signature is looked at`, () => {
    const found = cost(xml)
    assert.match(found.refused ?? '', refused)
    assert.deepEqual([found.verifications, found.canonicalized], [0, 0])
  })

test('43: metadata with comments that are never closed is read once, not once per comment', () => {
  const xml = metadataOf([own]).replace(
    '</md:EntityDescriptor>',
    `${'<!-- '.repeat(200_000)}</md:EntityDescriptor>`,
  )
  const before = process.threadCpuUsage()
  assert.throws(() => readMetadata(xml), /comments are not allowed/)
  const { user, system } = process.threadCpuUsage(before)
  // A search from each of them took 45 s.
  assert.ok(user + system < 5_000_000, `${user + system} µs of CPU`)
})

test('43: metadata keeps its comments out of what is read, and has an end to its attributes', () => {
  const text = metadataOf([own])
  assert.equal(readMetadata(text.replace('<md:IDPSSO', '<!-- a --><!----><md:IDPSSO')).certificates.length, 1)
  const many = `<x ${Array.from({ length: 60 }, (_, i) => `a${i}=""`).join(' ')}/>`.repeat(2000)
  assert.throws(
    () => readMetadata(text.replace('</md:EntityDescriptor>', `${many}</md:EntityDescriptor>`)),
    /more than 9000 attributes/,
  )
})
