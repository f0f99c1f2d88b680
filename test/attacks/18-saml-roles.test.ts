// attacks.md 18 at AssumeRoleWithSAML, on the running server: what is not signed for this role, here and now, once, is
// nothing.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import {
  CreateRoleCommand,
  CreateSAMLProviderCommand,
  DeleteSAMLProviderCommand,
  GetSAMLProviderCommand,
  IAMClient,
  UpdateSAMLProviderCommand,
} from '@aws-sdk/client-iam'
import { AssumeRoleWithSAMLCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { accountId, type Running, rootKey, startServer } from '../support/server.ts'
import { encryptAssertion } from '../support/upstreams/saml-encrypt.ts'
import {
  assertionXml,
  encode,
  entityId,
  makeKeyPair,
  metadataOf,
  responseXml,
  type Said,
  sign,
  stamp,
} from '../support/upstreams/saml-forge.ts'
import { until as becomesTrue } from '../support/waiting.ts'

const idp = makeKeyPair()
const mallory = makeKeyPair()
const now = Math.floor(Date.now() / 1000)
const provider = `arn:aws:iam::${accountId}:saml-provider/acme`
const off = `arn:aws:iam::${accountId}:saml-provider/off`
const roleArn = (name: string) => `arn:aws:iam::${accountId}:role/${name}`

let server: Running
let iam: IAMClient
let sts: STSClient
before(async () => {
  const indented = metadataOf([idp]).replaceAll('\n', '\n      ')
  server = await startServer({
    config: `identity_providers:\n  - kind: saml\n    name: 'off'\n    disabled: true\n    metadata: |\n      ${indented}\n`,
  })
  const options = {
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret },
    maxAttempts: 1,
  }
  iam = new IAMClient(options)
  sts = new STSClient(options)
  await iam.send(new CreateSAMLProviderCommand({ Name: 'acme', SAMLMetadataDocument: metadataOf([idp]) }))
  await role('staff', provider, {
    StringEquals: {
      'saml:aud': `${server.url}/saml`,
      'saml:sub_type': 'persistent',
      'saml:doc': `${accountId}/acme`,
    },
    'ForAnyValue:StringEquals': { 'saml:edupersonaffiliation': 'staff' },
  })
  await role('other', provider, { StringEquals: { 'saml:sub': 'somebody else' } })
  await role('off', off)
})
after(() => server?.stop())

const role = (RoleName: string, Federated: string, Condition: object = {}) =>
  iam.send(
    new CreateRoleCommand({
      RoleName,
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Federated },
            Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
            Condition,
          },
        ],
      }),
    }),
  )

const attribute = (name: string, ...values: string[]) =>
  `<saml:Attribute Name="${name}">${values.map((value) => `<saml:AttributeValue>${value}</saml:AttributeValue>`).join('')}</saml:Attribute>`
const aws = 'https://aws.amazon.com/SAML/Attributes/'

let made = 0
const says = (): Said => ({
  at: now,
  recipient: `${server.url}/saml`,
  audience: `${server.url}/saml`,
  request: undefined,
  assertionId: `_n${++made}`,
  attributes: [
    attribute(
      `${aws}Role`,
      ...['staff', 'other'].map((name) => `${roleArn(name)},${provider}`),
      `${off},${roleArn('off')}`,
    ),
    attribute(`${aws}RoleSessionName`, 'alice@idp.example'),
    attribute(`${aws}PrincipalTag:team`, 'blue'),
    attribute('urn:oid:1.3.6.1.4.1.5923.1.1.1.1', 'staff', 'member'),
  ].join(''),
})

const assertion = (change: (xml: string) => string = (xml) => xml, by = idp, said = says()) => {
  const honest = responseXml(said, assertionXml(said))
  return encode(sign(change(honest), by))
}

const assume = (SAMLAssertion: string, more: object = {}) =>
  sts.send(
    new AssumeRoleWithSAMLCommand({
      RoleArn: roleArn('staff'),
      PrincipalArn: provider,
      SAMLAssertion,
      ...more,
    }),
  )

test('an assertion becomes a role, as AWS answers it', async () => {
  const answer = await assume(assertion(), { DurationSeconds: 900 })
  assert.equal(answer.AssumedRoleUser?.Arn, `arn:aws:sts::${accountId}:assumed-role/staff/alice@idp.example`)
  assert.deepEqual(
    [answer.Subject, answer.SubjectType, answer.Issuer, answer.Audience],
    ['alice', 'persistent', entityId, `${server.url}/saml`],
  )
  const qualifier = createHash('sha1').update(`${entityId}${accountId}/acme`).digest('base64')
  assert.equal(answer.NameQualifier, qualifier)
  assert.ok((answer.PackedPolicySize ?? 0) > 0)
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = answer.Credentials ?? {}
  const session = new STSClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken },
  })
  assert.equal((await session.send(new GetCallerIdentityCommand({}))).Arn, answer.AssumedRoleUser?.Arn)
})

test('a session ends with the session at the provider', async () => {
  const end = now + 1200
  const answer = await assume(
    assertion((xml) => xml.replace(' SessionIndex', ` SessionNotOnOrAfter="${stamp(end)}" SessionIndex`)),
  )
  const expiration = (answer.Credentials?.Expiration?.getTime() ?? 0) / 1000
  assert.ok(Math.abs(expiration - end) <= 5, String(expiration - end))
})

test('an encrypted assertion becomes a role, with a private key of the provider that replaces another', async () => {
  const [old, next, foreign] = [makeKeyPair(), makeKeyPair(), makeKeyPair()]
  const arn = `arn:aws:iam::${accountId}:saml-provider/sealed`
  const set = (change: object) => iam.send(new UpdateSAMLProviderCommand({ SAMLProviderArn: arn, ...change }))
  await iam.send(
    new CreateSAMLProviderCommand({
      Name: 'sealed',
      SAMLMetadataDocument: metadataOf([idp]),
      AddPrivateKey: old.key,
      AssertionEncryptionMode: 'Required',
    }),
  )
  await role('sealed', arn)
  const said = (): Said => {
    const made = says()
    const offered = `${roleArn('staff')},${provider}`
    return { ...made, attributes: (made.attributes ?? '').replaceAll(offered, `${roleArn('sealed')},${arn}`) }
  }
  const signed = (one = said()) => sign(responseXml(one, assertionXml(one)), idp)
  const encrypted = async ({ certificate }: typeof old) =>
    encode(await encryptAssertion(signed(), certificate))
  const tryIt = (text: string) => assume(text, { RoleArn: roleArn('sealed'), PrincipalArn: arn })
  const invalid = { name: 'InvalidIdentityTokenException' }

  assert.ok((await tryIt(await encrypted(old))).Credentials)
  await assert.rejects(tryIt(encode(signed())), invalid, 'an assertion that is not encrypted')
  await assert.rejects(tryIt(await encrypted(foreign)), invalid, 'encrypted for somebody else')
  await set({ AddPrivateKey: next.key })
  const { PrivateKeyList = [], AssertionEncryptionMode } = await iam.send(
    new GetSAMLProviderCommand({ SAMLProviderArn: arn }),
  )
  assert.deepEqual([PrivateKeyList.length, AssertionEncryptionMode], [2, 'Required'])
  for (const key of [old, next]) assert.ok((await tryIt(await encrypted(key))).Credentials)
  await set({ RemovePrivateKey: PrivateKeyList[1]?.KeyId })
  await assert.rejects(tryIt(await encrypted(old)), invalid, 'the key that was removed')
  assert.ok((await tryIt(await encrypted(next))).Credentials)
  await set({ AssertionEncryptionMode: 'Allowed' })
  assert.ok((await tryIt(encode(signed()))).Credentials)
  await assert.rejects(set({ AddPrivateKey: 'no key' }), { name: 'InvalidInputException' })
})

test('18: an assertion is good once, also of many who bring it at the same time', async () => {
  const once = assertion()
  const results = await Promise.allSettled(Array.from({ length: 8 }, () => assume(once)))
  assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1)
  await assert.rejects(assume(once), { name: 'InvalidIdentityTokenException' })
})

test('18: what is not for this role, here and now, is refused and makes nothing', async (t) => {
  const to = (find: string | RegExp, put: string) => (xml: string) => {
    const changed = xml.replace(find, put)
    assert.notEqual(changed, xml)
    return changed
  }
  const invalid = 'InvalidIdentityTokenException'
  const cases: readonly (readonly [string, () => Promise<unknown>, string])[] = [
    ['a key of another issuer', () => assume(assertion(undefined, mallory)), invalid],
    ['no signature', () => assume(encode(responseXml(says(), assertionXml(says())))), invalid],
    [
      'another recipient',
      () => assume(assertion(to(/Recipient="[^"]+"/, 'Recipient="https://signin.aws.amazon.com/saml"'))),
      invalid,
    ],
    ['no recipient', () => assume(assertion(to(/ Recipient="[^"]+"/, ''))), invalid],
    [
      'another audience',
      () => assume(assertion(to(/<saml:Audience>[^<]+/, '<saml:Audience>https://evil.example'))),
      invalid,
    ],
    [
      'no audience',
      () => assume(assertion(to(/<saml:AudienceRestriction>.*<\/saml:AudienceRestriction>/, ''))),
      invalid,
    ],
    [
      'an end in the past',
      () =>
        assume(
          assertion(to(/NotOnOrAfter="[^"]+" Recipient/, `NotOnOrAfter="${stamp(now - 100)}" Recipient`)),
        ),
      'ExpiredTokenException',
    ],
    ['no RoleSessionName', () => assume(assertion(to(`${aws}RoleSessionName`, 'x'))), invalid],
    ['a RoleSessionName with a slash', () => assume(assertion(to('>alice@idp.example<', '>a/b<'))), invalid],
    [
      'a tag of two values',
      () => assume(assertion(to('>blue<', '>blue</saml:AttributeValue><saml:AttributeValue>red<'))),
      'IDPRejectedClaimException',
    ],
    [
      'a status that is no',
      () => assume(assertion(to('status:Success', 'status:Responder'))),
      'IDPRejectedClaimException',
    ],
    ['a comment', () => assume(assertion(to('>alice<', '>al<!-- -->ice<'))), invalid],
    ['no XML', () => assume(encode('text')), invalid],
    ['no base64', () => assume('!!!!'), invalid],
    ['a role it does not offer', () => assume(assertion(to('role/staff', 'role/else'))), invalid],
    [
      'a role that does not trust this subject',
      () => assume(assertion(), { RoleArn: roleArn('other') }),
      'AccessDenied',
    ],
    [
      'a disabled provider',
      () => assume(assertion(), { RoleArn: roleArn('off'), PrincipalArn: off }),
      invalid,
    ],
    ['a provider that is not there', () => assume(assertion(), { PrincipalArn: `${provider}x` }), invalid],
    [
      'a provider of another account',
      () => assume(assertion(), { PrincipalArn: provider.replace(accountId, '999999999999') }),
      invalid,
    ],
    ['too short', () => assume('abc'), 'ValidationError'],
    ['too long', () => assume('a'.repeat(100_001)), 'ValidationError'],
  ]
  for (const [title, attempt, name] of cases)
    await t.test(title, () =>
      assert.rejects(attempt(), (error: Error) => assert.equal(error.name, name) ?? true),
    )
})

test('18: a refused assertion was not spent; a deleted provider is dead, and so is a certificate that left the metadata', async () => {
  const good = assertion()
  await assert.rejects(assume(good, { RoleArn: roleArn('other') }), { name: 'AccessDenied' })
  await assume(good)
  const replace = (SAMLMetadataDocument: string) =>
    iam.send(new UpdateSAMLProviderCommand({ SAMLProviderArn: provider, SAMLMetadataDocument }))
  await replace(metadataOf([mallory, idp]))
  await until(() => assume(assertion(undefined, mallory)))
  await replace(metadataOf([mallory]))
  await until(() => assert.rejects(assume(assertion()), { name: 'InvalidIdentityTokenException' }))
  await iam.send(new DeleteSAMLProviderCommand({ SAMLProviderArn: provider }))
  await until(() => assert.rejects(assume(assertion(undefined, mallory)), /Specified provider doesn't exist/))
})

/** A change is seen within a second (design §5). */
const until = (work: () => Promise<unknown>): Promise<void> =>
  becomesTrue('the change is seen', () =>
    work().then(
      () => true,
      () => false,
    ),
  )
