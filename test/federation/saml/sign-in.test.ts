import assert from 'node:assert/strict'
import { createVerify } from 'node:crypto'
import { test } from 'node:test'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { samlRecord, samlSettings } from '../../../src/federation/saml/settings.ts'
import { samlUpstream } from '../../../src/federation/saml/sign-in.ts'
import { Problem } from '../../../src/problem.ts'
import {
  assertionXml,
  encode,
  entityId,
  type KeyPair,
  makeKeyPair,
  metadataOf,
  responseXml,
  type Said,
  type SignOptions,
  sign,
  stamp,
} from '../../support/upstreams/saml-forge.ts'

const now = 1_900_000_000
const callback = 'https://chancery.example/federation/acme/callback'
const us = 'https://chancery.example/federation/acme/metadata'
const idp = makeKeyPair()
const next = makeKeyPair()
const otherKey = makeKeyPair()
const elliptic = makeKeyPair(['ec', 'ec_paramgen_curve:P-256'])
const honest: Said = { at: now, recipient: callback, audience: us, request: '_q1' }

const upstream = samlUpstream({
  now: () => now,
  allow: new Set(),
  fetch: () => assert.fail('no network'),
} as never)

const provider = (signIn: object = {}, metadata = metadataOf([idp])) =>
  samlRecord(
    samlSettings.parse({ kind: 'saml', name: 'acme', metadata, sign_in: { title: 'Acme', ...signIn } }),
    { accountId: '123456789012', now },
  )

const arrive = (encoded: string, signIn: object = {}, memory: object = {}, metadata = metadataOf([idp])) =>
  upstream.completeSignIn(provider(signIn, metadata), {
    parameters: new Map([['SAMLResponse', encoded]]),
    callback,
    memory: JSON.stringify({ id: '_q1', at: now, fresh: false, ...memory }),
  })

const signed = (said: Said = honest, by: KeyPair = idp, options: SignOptions = {}) =>
  sign(responseXml(said, assertionXml(said)), by, 'Assertion', options)

/** Changed before it is signed: the provider itself says so. */
const says = (change: (xml: string) => string, by = idp) =>
  sign(change(responseXml(honest, assertionXml(honest))), by)

async function refused(encoded: string, detail: RegExp, ...rest: [signIn?: object, memory?: object]) {
  await assert.rejects(arrive(encoded, ...rest), (error) => {
    assert.ok(error instanceof Problem, String(error))
    assert.match(error.detail ?? '', detail)
    return true
  })
}

test('a signed assertion says who somebody is', async () => {
  const person = await arrive(encode(signed()))
  assert.equal(person.issuer, entityId)
  assert.equal(person.subject, 'alice')
  assert.deepEqual(person.claims['mail'], ['alice@idp.example'])
  assert.deepEqual(person.claims['urn:oid:0.9.2342.19200300.100.1.3'], ['alice@idp.example'])
  assert.equal(person.acr, 'urn:oasis:names:tc:SAML:2.0:ac:classes:Password')
  assert.equal(person.spend?.until, now + 360)
  assert.deepEqual((await arrive(encode(signed()))).spend, person.spend)
})

test('a declaration of XML in UTF-8 may stand before it, and of no other encoding', async () => {
  for (const head of [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<?xml version='1.0' encoding='utf-8' standalone='yes'?>`,
  ])
    assert.equal((await arrive(encode(head + signed()))).subject, 'alice')
  for (const head of [
    '<?xml version="1.0" encoding="UTF-7"?>',
    '<?xml version="1.0" x="y"?>',
    ' <?xml version="1.0"?>',
  ])
    await refused(encode(head + signed()), /instructions/)
})

test('what signing out there takes is left out when it is too long to keep', async () => {
  const long = says((xml) => xml.replace('SessionIndex="_s1"', `SessionIndex="${'x'.repeat(6000)}"`))
  assert.equal((await arrive(encode(long))).leave, undefined)
})

test('each of the pinned certificates counts, RSA or elliptic, and no other', async () => {
  const both = metadataOf([idp, next])
  assert.equal((await arrive(encode(signed(honest, next)), {}, {}, both)).subject, 'alice')
  const ec = await arrive(encode(signEc()), {}, {}, metadataOf([elliptic]))
  assert.equal(ec.subject, 'alice')
  await refused(encode(signed(honest, next)), /any certificate of the provider/)
  await refused(encode(signed(honest, otherKey)), /any certificate of the provider/)
})

/** xml-crypto signs RSA alone: its algorithm is replaced by one that signs with the curve. */
function signEc(): string {
  return signed(honest, elliptic, { algorithm: 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256' })
}

const outer = (xml: string) => sign(xml, idp, 'Response')
const unsigned = responseXml(honest, assertionXml(honest))

test('`want` says which signature must be there, and every one there must hold', async (t) => {
  const inner = signed()
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['assertion', inner, true],
    ['assertion', outer(unsigned), false],
    ['assertion', outer(inner), true],
    ['assertion', unsigned, false],
    ['response', inner, false],
    ['response', outer(unsigned), true],
    ['both', inner, false],
    ['both', outer(unsigned), false],
    ['both', outer(inner), true],
    ['either', inner, true],
    ['either', outer(unsigned), true],
    ['either', unsigned, false],
    ['either', sign(inner, otherKey, 'Response'), false],
    ['either', outer(sign(unsigned, otherKey)), false],
  ]
  for (const [want, xml, fine] of cases)
    await t.test(`${want}: ${fine}`, async () => {
      const attempt = arrive(encode(xml), { want })
      if (fine) assert.equal((await attempt).subject, 'alice')
      else await assert.rejects(attempt, { code: 'invalid_identity_token' })
    })
})

test('what the provider must not say is refused by name', async (t) => {
  const to = (find: string | RegExp, put: string) => (xml: string) => {
    const changed = xml.replace(find, put)
    assert.notEqual(changed, xml)
    return changed
  }
  const cases: readonly (readonly [string, (xml: string) => string, RegExp])[] = [
    ['no audience', to(/<saml:AudienceRestriction>.*<\/saml:AudienceRestriction>/, ''), /no audience/],
    ['another audience', to(us, 'https://other.example'), /another audience/],
    [
      'a second restriction that leaves us out',
      to(
        '</saml:AudienceRestriction>',
        '</saml:AudienceRestriction><saml:AudienceRestriction><saml:Audience>x</saml:Audience></saml:AudienceRestriction>',
      ),
      /another audience/,
    ],
    ['no conditions', to(/<saml:Conditions.*<\/saml:Conditions>/, ''), /one Conditions/],
    [
      'an unknown condition',
      to('<saml:AudienceRestriction>', '<saml:Condition/><saml:AudienceRestriction>'),
      /unknown condition/,
    ],
    ['no recipient', to(` Recipient="${callback}"`, ''), /Recipient/],
    ['another recipient', to(`Recipient="${callback}"`, 'Recipient="https://evil.example"'), /Recipient/],
    [
      'no InResponseTo in the assertion',
      to('" InResponseTo="_q1"/>', '"/>'),
      /is not the request of this sign-in/,
    ],
    [
      'no InResponseTo in the response',
      to(' InResponseTo="_q1"><saml:Issuer', '><saml:Issuer'),
      /is not the request of this sign-in/,
    ],
    [
      'another InResponseTo',
      to(/InResponseTo="_q1"/g as never, 'InResponseTo="_q2"'),
      /is not the request of this sign-in/,
    ],
    [
      'no end of the confirmation',
      to(/NotOnOrAfter="[^"]+" Recipient/, 'Recipient'),
      /NotOnOrAfter is missing/,
    ],
    [
      'an end in the past',
      to(/NotOnOrAfter="[^"]+" Recipient/, `NotOnOrAfter="${stamp(now - 61)}" Recipient`),
      /expired/,
    ],
    [
      'conditions in the past',
      to(/(NotBefore="[^"]+") NotOnOrAfter="[^"]+"/, `$1 NotOnOrAfter="${stamp(now - 61)}"`),
      /expired/,
    ],
    [
      'a life of days',
      to(/NotOnOrAfter="[^"]+" Recipient/, `NotOnOrAfter="${stamp(now + 90_000)}" Recipient`),
      /too long/,
    ],
    ['a beginning in the future', to(/NotBefore="[^"]+"/, `NotBefore="${stamp(now + 61)}"`), /not valid yet/],
    ['a time of no zone', to(/NotBefore="[^"]+"/, 'NotBefore="2030-01-01T00:00:00"'), /not a time/],
    [
      'issued in the future',
      to(/(ID="_a1" Version="2.0" IssueInstant=)"[^"]+"/, `$1"${stamp(now + 61)}"`),
      /in the future/,
    ],
    ['no AuthnStatement', to(/<saml:AuthnStatement.*<\/saml:AuthnStatement>/, ''), /one AuthnStatement/],
    [
      'authenticated in the future',
      to(/AuthnInstant="[^"]+"/, `AuthnInstant="${stamp(now + 61)}"`),
      /AuthnInstant/,
    ],
    [
      'a session that is over',
      to(' SessionIndex', ` SessionNotOnOrAfter="${stamp(now - 61)}" SessionIndex`),
      /expired/,
    ],
    ['another issuer', to(`<saml:Issuer>${entityId}`, '<saml:Issuer>https://evil.example'), /Issuer/],
    [
      'another issuer of the response',
      to(/">https:\/\/idp.example\/metadata</, '">https://evil.example<'),
      /Issuer/,
    ],
    [
      'another destination',
      to(`Destination="${callback}"`, 'Destination="https://evil.example"'),
      /Destination/,
    ],
    ['a confirmation not of the bearer', to('cm:bearer', 'cm:holder-of-key'), /bearer/],
    ['no version', to('ID="_a1" Version="2.0"', 'ID="_a1" Version="1.1"'), /SAML 2.0 Assertion/],
    ['a transient NameID', to('nameid-format:persistent', 'nameid-format:transient'), /NameID must be/],
    [
      'a NameID of no format',
      to(' Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"', ''),
      /NameID must be/,
    ],
    [
      'an e-mail NameID nobody chose',
      to('2.0:nameid-format:persistent', '1.1:nameid-format:emailAddress'),
      /NameID must be/,
    ],
    ['a NameID of two parts', to('>alice<', '>ali<saml:x/>ce<'), /plain text/],
    ['white space around NameID', to('>alice<', '> alice<'), /plain text/],
    ['an encrypted NameID', to('<saml:NameID', '<saml:EncryptedID/><saml:NameID'), /encrypted/],
  ]
  for (const [title, change, detail] of cases)
    await t.test(title, () => refused(encode(says(change)), detail))
})

test('a status other than success is a no', async () => {
  const no = unsigned
    .replace('status:Success', 'status:Responder')
    .replace(/<saml:Assertion.*<\/saml:Assertion>/, '')
  await assert.rejects(arrive(encode(no)), { code: 'denied' })
  await assert.rejects(arrive(encode(signed().replace('status:Success', 'status:Requester'))), {
    code: 'denied',
  })
})

test('whoever must prove themselves anew has done so since', async () => {
  const late = says((xml) => xml.replace(/AuthnInstant="[^"]+"/, `AuthnInstant="${stamp(now - 200)}"`))
  assert.equal((await arrive(encode(late))).subject, 'alice')
  await refused(encode(late), /did not authenticate again/, {}, { fresh: true })
})

test('metadata that has ended counts no more', async () => {
  const ended = metadataOf([idp], ` validUntil="${stamp(now)}"`)
  await assert.rejects(arrive(encode(signed()), {}, {}, ended), { code: 'invalid_identity_token' })
})

test('an attribute may be the subject, when it has one value', async () => {
  const subject = { subject: { attribute: 'urn:oid:0.9.2342.19200300.100.1.3' } }
  assert.equal((await arrive(encode(signed()), subject)).subject, 'alice@idp.example')
  const twice = says((xml) =>
    xml.replace(
      '</saml:AttributeValue>',
      '</saml:AttributeValue><saml:AttributeValue>b</saml:AttributeValue>',
    ),
  )
  await refused(encode(twice), /one value/, subject)
  await refused(encode(signed()), /one value/, { subject: { attribute: 'uid' } })
})

test('one NameID under two qualifiers is two people', async () => {
  const named = (attributes: string, value = 'alice') =>
    arrive(encode(says((xml) => xml.replace(/(<saml:NameID [^>]+)>alice/, `$1 ${attributes}>${value}`))))
  const plain = (await named('')).subject
  assert.equal((await named(`NameQualifier="${entityId}" SPNameQualifier="${us}"`)).subject, plain)
  const other = (await named('NameQualifier="https://other.example"')).subject
  const affiliation = (await named('SPNameQualifier="https://group.example"')).subject
  assert.equal(new Set([plain, other, affiliation]).size, 3)
  assert.notEqual((await named('', other.replaceAll('"', '&quot;'))).subject, other)
})

test('the AuthnRequest says what is wanted, and is signed with our key', async () => {
  const ours = makeKeyPair()
  const signIn = { private_key: ours.key, certificate: ours.certificate, second_factor: { acr: ['urn:mfa'] } }
  const options = { callback, state: 'state-1', loginHint: undefined, strong: true, fresh: true }
  const { to, memory } = await upstream.beginSignIn(provider(signIn), options)
  const url = new URL(to)
  assert.equal(url.origin + url.pathname, 'https://idp.example/sso')
  const xml = inflateRawSync(Buffer.from(url.searchParams.get('SAMLRequest') ?? '', 'base64')).toString()
  const { id } = JSON.parse(memory) as { id: string }
  for (const part of [`ID="${id}"`, 'ForceAuthn="true"', '>urn:mfa<', us, callback])
    assert.ok(xml.includes(part), part)
  const query = url.search.slice(1).replace(/&Signature=.*/, '')
  const verifier = createVerify('sha256').update(query)
  assert.ok(verifier.verify(ours.certificate, url.searchParams.get('Signature') ?? '', 'base64'))
  assert.equal(url.searchParams.get('RelayState'), 'state-1')
})

test('signing out goes on to the provider, with the NameID and session it gave', async () => {
  const ours = makeKeyPair()
  const signIn = { private_key: ours.key, certificate: ours.certificate, sign_out: true }
  const { leave } = await arrive(encode(signed()), signIn)
  const to = await upstream.signOutUrl?.(provider(signIn), leave ?? '', 'https://chancery.example/signed-out')
  const url = new URL(to ?? '')
  assert.equal(url.pathname, '/slo')
  const xml = inflateRawSync(Buffer.from(url.searchParams.get('SAMLRequest') ?? '', 'base64')).toString()
  assert.ok(xml.includes('>alice<') && xml.includes('_s1') && xml.includes(us))
  assert.equal(
    await upstream.signOutUrl?.(provider(), leave ?? '', 'https://chancery.example/signed-out'),
    undefined,
  )
})

test('settings that cannot work are refused', async (t) => {
  const sign_in = { title: 'Acme' }
  const cases: readonly (readonly [string, object])[] = [
    ['no metadata', { sign_in }],
    ['a file that is not there', { metadata_file: '/nowhere/metadata.xml', sign_in }],
    ['metadata of no identity provider', { metadata: '<a/>', sign_in }],
    ['metadata with a DTD', { metadata: `<!DOCTYPE a>${metadataOf([idp])}`, sign_in }],
    ['metadata without certificates', { metadata: metadataOf([]), sign_in }],
    ['metadata with a key of 1024 bits', { metadata: metadataOf([makeKeyPair(['rsa:1024'])]), sign_in }],
    [
      'a script as endpoint',
      { metadata: metadataOf([idp]).replace('https://idp.example/sso', 'javascript:x'), sign_in },
    ],
    [
      'a key without its certificate',
      { metadata: metadataOf([idp]), sign_in: { ...sign_in, private_key: idp.key } },
    ],
    [
      'a certificate of another key',
      {
        metadata: metadataOf([idp]),
        sign_in: { ...sign_in, private_key: idp.key, certificate: next.certificate },
      },
    ],
    ['sign_out without a key', { metadata: metadataOf([idp]), sign_in: { ...sign_in, sign_out: true } }],
  ]
  for (const [title, given] of cases)
    await t.test(title, () =>
      assert.equal(samlSettings.safeParse({ kind: 'saml', name: 'acme', ...given }).success, false),
    )
})

test('risks are named, and the check says at which step it fails', async () => {
  const plain = metadataOf([idp], ` validUntil="${stamp(now - 1)}"`).replace(
    'https://idp.example/sso',
    'http://idp.example/sso',
  )
  const doubtful = provider({ subject: 'email', want: 'either' }, plain)
  const said = upstream
    .risks(doubtful, now)
    .map(({ what }) => what)
    .join('\n')
  for (const part of [
    'metadata has expired',
    'certificate has expired',
    'plain http',
    'e-mail address',
    'need not be signed',
  ])
    assert.ok(said.includes(part), part)
  const steps = await Array.fromAsync(upstream.check(doubtful))
  assert.deepEqual(
    steps.map(({ ok }) => ok),
    [true, false],
  )
})

test('a deflated response is not inflated', () =>
  refused(deflateRawSync(Buffer.alloc(50_000_000, ' ')).toString('base64'), /UTF-8|XML|well-formed/))
