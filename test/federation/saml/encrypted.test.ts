import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { ourMetadata } from '../../../src/federation/saml/our-metadata.ts'
import { samlRecord, samlSettings } from '../../../src/federation/saml/settings.ts'
import { samlUpstream } from '../../../src/federation/saml/sign-in.ts'
import { Problem } from '../../../src/problem.ts'
import {
  type EncryptOptions,
  encryptAssertion,
  encryptedData,
  inEncryptedAssertion,
} from '../../support/upstreams/saml-encrypt.ts'
import {
  assertionXml,
  bare,
  encode,
  type KeyPair,
  makeKeyPair,
  metadataOf,
  responseXml,
  type Said,
  sign,
} from '../../support/upstreams/saml-forge.ts'

const now = 1_900_000_000
const callback = 'https://chancery.example/federation/acme/callback'
const idp = makeKeyPair()
const attacker = makeKeyPair()
const current = makeKeyPair()
const previous = makeKeyPair()
const foreign = makeKeyPair()
const said: Said = {
  at: now,
  recipient: callback,
  audience: 'https://chancery.example/federation/acme/metadata',
  request: '_q1',
}
const unsigned = responseXml(said, assertionXml(said))
const signed = sign(unsigned, idp)

const upstream = samlUpstream({
  now: () => now,
  allow: new Set(),
  fetch: () => assert.fail('no network'),
} as never)

interface Given {
  readonly want?: string
  readonly keys?: readonly KeyPair[]
  readonly required?: boolean
}

const provider = ({ want = 'assertion', keys = [current], required = false }: Given = {}) =>
  samlRecord(
    samlSettings.parse({
      kind: 'saml',
      name: 'acme',
      metadata: metadataOf([idp]),
      sign_in: { title: 'Acme', want },
      ...(keys.length === 0
        ? {}
        : {
            encryption: {
              required,
              keys: keys.map(({ key, certificate }) => ({ private_key: key, certificate })),
            },
          }),
    }),
    { accountId: '123456789012', now },
  )

const complete = (xml: string, given: Given = {}) =>
  upstream.completeSignIn(provider(given), {
    parameters: new Map([['SAMLResponse', encode(xml)]]),
    callback,
    memory: JSON.stringify({ id: '_q1', at: now, fresh: false }),
  })

async function refused(xml: string, detail: RegExp, given: Given = {}): Promise<void> {
  await assert.rejects(complete(xml, given), (error) => {
    assert.ok(error instanceof Problem, String(error))
    assert.equal(error.code, 'invalid_identity_token')
    assert.equal(error.message, 'the SAML response is not acceptable')
    assert.match(error.detail ?? '', detail)
    return true
  })
}

const encryption = 'http://www.w3.org/2001/04/xmlenc#'
const encryption11 = 'http://www.w3.org/2009/xmlenc11#'
const oaep = `${encryption}rsa-oaep-mgf1p`
const oaep11 = `${encryption11}rsa-oaep`

test('algorithms: AES-GCM with RSA-OAEP; AES-CBC only in a signed Response', async (t) => {
  const cbc = `${encryption}aes256-cbc`
  const cases: readonly (readonly [string, EncryptOptions, 'plain' | 'signed', RegExp | undefined])[] = [
    ['aes256-gcm', {}, 'plain', undefined],
    ['aes128-gcm', { content: `${encryption11}aes128-gcm` }, 'plain', undefined],
    [
      'rsa-oaep with SHA-256 for both',
      { transport: oaep11, digest: 'sha256', mask: 'sha256' },
      'plain',
      undefined,
    ],
    [
      'rsa-oaep with SHA-512 for both',
      { transport: oaep11, digest: 'sha512', mask: 'sha512' },
      'plain',
      undefined,
    ],
    [
      'two different hashes',
      { transport: oaep11, digest: 'sha256', mask: 'sha1' },
      'plain',
      /key encryption is not allowed/,
    ],
    ['rsa-oaep-mgf1p with SHA-256', { transport: oaep, digest: 'sha256' }, 'plain', /one hash for both/],
    ['aes256-cbc in a signed Response', { content: cbc }, 'signed', undefined],
    ['aes128-cbc in a signed Response', { content: `${encryption}aes128-cbc` }, 'signed', undefined],
    ['aes256-cbc in a Response without signature', { content: cbc }, 'plain', /AES-CBC is allowed only/],
    [
      'PKCS #1 v1.5',
      { transport: `${encryption}rsa-1_5` },
      'signed',
      /key encryption is not allowed: http.*rsa-1_5/,
    ],
    [
      'Triple DES',
      { content: `${encryption}tripledes-cbc` },
      'signed',
      /content encryption .* is not allowed/,
    ],
  ]
  for (const [title, options, outer, detail] of cases)
    await t.test(title, async () => {
      const encrypted = await encryptAssertion(signed, current.certificate, options)
      const xml = outer === 'signed' ? sign(encrypted, idp, 'Response') : encrypted
      if (detail) return refused(xml, detail)
      const person = await complete(xml)
      assert.equal(person.subject, 'alice')
      assert.deepEqual(person.claims['mail'], ['alice@idp.example'])
    })
})

test('`want` applies to encrypted assertions as to others', async (t) => {
  const inner = await encryptAssertion(signed, current.certificate)
  const outer = sign(await encryptAssertion(unsigned, current.certificate), idp, 'Response')
  const both = sign(inner, idp, 'Response')
  const none = await encryptAssertion(unsigned, current.certificate)
  const wrongInner = sign(
    await encryptAssertion(sign(unsigned, attacker), current.certificate),
    idp,
    'Response',
  )
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['assertion', inner, true],
    ['assertion', outer, false],
    ['assertion', both, true],
    ['assertion', none, false],
    ['response', outer, true],
    ['response', inner, false],
    ['both', both, true],
    ['both', inner, false],
    ['both', outer, false],
    ['either', inner, true],
    ['either', outer, true],
    ['either', none, false],
    ['response', wrongInner, false],
    ['either', sign(inner, attacker, 'Response'), false],
  ]
  for (const [at, [want, xml, accepted]] of cases.entries())
    await t.test(`${at}: ${want}: ${accepted}`, async () => {
      if (accepted) assert.equal((await complete(xml, { want })).subject, 'alice')
      else await refused(xml, /not signed|nothing is signed|does not verify/, { want })
    })
})

test('key roll-over: the previous key still decrypts, and our metadata has only the current one', async () => {
  const rolling = { keys: [current, previous] }
  for (const { certificate } of rolling.keys)
    assert.equal((await complete(await encryptAssertion(signed, certificate), rolling)).subject, 'alice')
  const xml = ourMetadata(provider(rolling), callback)
  assert.ok(xml.includes(bare(current.certificate)))
  assert.ok(!xml.includes(bare(previous.certificate)))
  assert.match(xml, /<md:KeyDescriptor use="encryption">.*aes256-gcm/)
  assert.doesNotMatch(ourMetadata(provider({ keys: [] }), callback), /encryption/)
})

test('an assertion that is encrypted for somebody else is refused with the reason', async () => {
  const xml = await encryptAssertion(signed, foreign.certificate)
  const fingerprint = new X509Certificate(foreign.certificate).fingerprint256.replaceAll(':', '')
  await refused(xml, new RegExp(`another certificate \\(${fingerprint.slice(0, 16).toLowerCase()}\\)`))
  const anonymous = xml.replace(/<KeyInfo>\s*<X509Data>.*?<\/KeyInfo>/s, '')
  assert.notEqual(anonymous, xml)
  await refused(anonymous, /a key that this server does not have/)
  await refused(xml, /has no `encryption` keys/, { keys: [] })
})

test('with `required`, an assertion that is not encrypted is refused', async () => {
  await refused(signed, /must be encrypted/, { required: true })
  const xml = await encryptAssertion(signed, current.certificate)
  assert.equal((await complete(xml, { required: true })).subject, 'alice')
})

test('an EncryptedKey beside the data is found as well', async () => {
  const xml = await encryptAssertion(signed, current.certificate)
  const key = /<e:EncryptedKey.*<\/e:EncryptedKey>/s.exec(xml)?.[0] ?? assert.fail('no EncryptedKey')
  const moved = xml
    .replace(key, '<RetrievalMethod URI="#k1"/>')
    .replace('</saml:EncryptedAssertion>', () => `${key}</saml:EncryptedAssertion>`)
  assert.equal((await complete(moved)).subject, 'alice')
})

test('signature wrapping with encrypted parts is refused', async (t) => {
  const evil = assertionXml(said).replace('>alice<', '>admin<')
  const data = (text: string) => encryptedData(text, current.certificate)
  const genuine = /<saml:Assertion.*<\/saml:Assertion>/s.exec(signed)?.[0] ?? ''
  const encrypted = await encryptAssertion(signed, current.certificate)
  const withContent = async (text: string) => responseXml(said, inEncryptedAssertion(await data(text)))
  const inAdvice = (xml: string, advice: string) =>
    xml.replace('<saml:AuthnStatement', `<saml:Advice>${advice}</saml:Advice><saml:AuthnStatement`)
  const cases: readonly (readonly [string, string, RegExp])[] = [
    ['an unsigned assertion that anybody can encrypt', await withContent(evil), /not signed/],
    [
      'one signed by somebody else',
      await encryptAssertion(sign(unsigned, attacker), current.certificate),
      /does not verify/,
    ],
    [
      'an unsigned assertion beside the encrypted one',
      encrypted.replace('<saml:EncryptedAssertion', () => `${evil}<saml:EncryptedAssertion`),
      /exactly one Assertion/,
    ],
    [
      'a second encrypted assertion',
      encrypted.replace('</samlp:Response>', `${inEncryptedAssertion(await data(evil))}</samlp:Response>`),
      /exactly one Assertion/,
    ],
    [
      'the signed assertion inside an unsigned one',
      await withContent(inAdvice(evil.replace('_a1', '_a2'), genuine)),
      /exactly one Assertion/,
    ],
    [
      'the signature of the genuine assertion in another one',
      await withContent(
        evil.replace(
          '</saml:Issuer>',
          () => `</saml:Issuer>${/<ds:Signature.*<\/ds:Signature>/s.exec(genuine)?.[0]}`,
        ),
      ),
      /does not verify/,
    ],
    [
      'an encrypted assertion inside the encrypted one',
      await withContent(inEncryptedAssertion(await data(genuine))),
      /exactly one Assertion/,
    ],
    ['an encrypted Response', await withContent(signed), /exactly one Assertion/],
    ['two roots', await withContent(`${genuine}${evil}`), /decrypted assertion/],
    ['text instead of XML', await withContent('alice'), /decrypted assertion/],
    ['a DTD', await withContent(`<!DOCTYPE a [<!ENTITY b "c">]>${genuine}`), /decrypted assertion: a DTD/],
    ['a comment in the NameID', await withContent(genuine.replace('>alice<', '>al<!---->ice<')), /comments/],
    [
      'a signature beside the encrypted assertion',
      encrypted.replace(
        '</saml:EncryptedAssertion>',
        () => `${/<ds:Signature.*<\/ds:Signature>/s.exec(genuine)?.[0]}</saml:EncryptedAssertion>`,
      ),
      /place where none is allowed/,
    ],
    [
      'an encrypted assertion below another element',
      encrypted
        .replace('<saml:EncryptedAssertion', '<samlp:Extensions><saml:EncryptedAssertion')
        .replace('</saml:EncryptedAssertion>', '</saml:EncryptedAssertion></samlp:Extensions>'),
      /direct child/,
    ],
    [
      'the encrypted assertion exchanged inside a signed Response',
      sign(encrypted, idp, 'Response').replace(
        /<saml:EncryptedAssertion.*<\/saml:EncryptedAssertion>/s,
        await data(evil).then(inEncryptedAssertion),
      ),
      /does not verify/,
    ],
    [
      'a reference to the ciphertext elsewhere',
      encrypted.replace(
        /<e:CipherValue>[^<]+<\/e:CipherValue>/,
        '<e:CipherReference URI="http://169.254.169.254/"/>',
      ),
      /must have one CipherValue/,
    ],
    [
      'many encrypted keys',
      encrypted.replace(/<e:EncryptedKey.*<\/e:EncryptedKey>/s, (key) => key.repeat(5)),
      /more than 4/,
    ],
    ['no encrypted key', encrypted.replace(/<e:EncryptedKey.*<\/e:EncryptedKey>/s, ''), /no EncryptedKey/],
    [
      'more than a response may have',
      encrypted.replace('<e:CipherValue>', `<e:CipherValue>${'A'.repeat(110_000)}`),
      /characters/,
    ],
  ]
  for (const [title, xml, detail] of cases) await t.test(title, () => refused(xml, detail))
})

test('nothing is decrypted before the checks of the response', async () => {
  const xml = await encryptAssertion(signed, foreign.certificate)
  await refused(xml.replace(`Destination="${callback}"`, 'Destination="https://evil.example"'), /Destination/)
  await refused(xml.replace('InResponseTo="_q1"', 'InResponseTo="_q2"'), /InResponseTo/)
  await refused(sign(xml, attacker, 'Response'), /does not verify/)
  await refused(xml, /Response is not signed/, { want: 'response' })
})

test('a changed ciphertext is never accepted, and always refused with the same message', async () => {
  const xml = await encryptAssertion(signed, current.certificate)
  const from = xml.indexOf('<saml:EncryptedAssertion')
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.constantFrom('A', 'z', '7', '/', '<', '&'), async (n, put) => {
      const at = from + (n % (xml.length - from))
      const changed = xml.slice(0, at) + put + xml.slice(at + 1)
      await complete(changed).then(
        (person) => assert.equal(person.subject, 'alice'),
        (error) => assert.equal(error instanceof Problem && error.code, 'invalid_identity_token'),
      )
    }),
    { numRuns: 150 },
  )
})

test('settings of encryption keys that cannot work are refused', () => {
  const of = (encryption: object) =>
    samlSettings.safeParse({
      kind: 'saml',
      name: 'acme',
      metadata: metadataOf([idp]),
      sign_in: { title: 'Acme' },
      encryption,
    }).success
  const pair = { private_key: current.key, certificate: current.certificate }
  assert.ok(of({ keys: [pair] }))
  assert.ok(!of({ keys: [] }))
  assert.ok(!of({ keys: [pair, pair, pair, pair] }))
  assert.ok(!of({ keys: [{ ...pair, certificate: foreign.certificate }] }))
})
