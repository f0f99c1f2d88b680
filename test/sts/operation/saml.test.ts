import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { samlRecord, samlSettings } from '../../../src/federation/saml/settings.ts'
import { Problem } from '../../../src/problem.ts'
import { assumeRoleWithSaml } from '../../../src/sts/operation/saml.ts'
import {
  offersRole,
  roleSessionName,
  samlSourceIdentity,
  samlTags,
  sessionDurationOf,
} from '../../../src/sts/outside/saml-attributes.ts'
import { nameQualifier, samlKeys, subjectType } from '../../../src/sts/outside/saml-keys.ts'
import {
  assertionXml,
  encode,
  entityId,
  makeKeyPair,
  metadataOf,
  responseXml,
  sign,
  stamp,
} from '../../support/upstreams/saml-forge.ts'
import { account, allow, openStage, ourIssuer, policy, startOfTime } from '../stage.ts'

const idp = makeKeyPair()
const provider = `arn:aws:iam::${account}:saml-provider/acme`
const prefix = 'https://aws.amazon.com/SAML/Attributes/'
const role = `arn:aws:iam::${account}:role/staff`

const attributesXml = (given: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(given)
    .map(
      ([name, values]) =>
        `<saml:Attribute Name="${name}">${values.map((value) => `<saml:AttributeValue>${value}</saml:AttributeValue>`).join('')}</saml:Attribute>`,
    )
    .join('')

const standard = { [`${prefix}Role`]: [`${role},${provider}`], [`${prefix}RoleSessionName`]: ['alice'] }

const assertion = (more: Readonly<Record<string, readonly string[]>> = {}, change = (xml: string) => xml) => {
  const recipient = `${ourIssuer}/saml`
  const said = {
    at: startOfTime,
    recipient,
    audience: 'urn:amazon:webservices',
    request: undefined,
    attributes: attributesXml({ ...standard, ...more }),
  }
  return encode(sign(change(responseXml(said, assertionXml(said))), idp))
}

async function opened(t: TestContext, trust: object = {}, disabled = false) {
  const stage = await openStage(t)
  const record = samlRecord(
    samlSettings.parse({ kind: 'saml', name: 'acme', metadata: metadataOf([idp]), disabled }),
    { accountId: account, now: startOfTime },
  )
  await stage.store.create('identityProvider', record)
  const actions = ['sts:AssumeRoleWithSAML', 'sts:TagSession', 'sts:SetSourceIdentity']
  await stage.role('staff', policy(allow(actions, { Principal: { Federated: provider }, ...trust })))
  const run = assumeRoleWithSaml(stage.parts)
  const assume = (samlAssertion: string, more: object = {}) =>
    run({ roleArn: role, principalArn: provider, samlAssertion, ...more }, stage.circumstances())
  return { ...stage, assume }
}

test('tags, source identity and duration are read from the assertion', async (t) => {
  const { assume, events } = await opened(t, {
    Condition: {
      StringEquals: { 'aws:RequestTag/team': 'blue', 'sts:SourceIdentity': 'alice', 'saml:iss': entityId },
    },
  })
  const answer = await assume(
    assertion({
      [`${prefix}PrincipalTag:team`]: ['blue'],
      [`${prefix}TransitiveTagKeys`]: ['team'],
      [`${prefix}SourceIdentity`]: ['alice'],
      [`${prefix}SessionDuration`]: ['1800'],
    }),
  )
  assert.equal(answer.credentials.expiration, startOfTime + 1800)
  assert.equal(answer.sourceIdentity, 'alice')
  const [event] = events
  assert.deepEqual(
    [event?.action, event?.outcome, event?.who],
    ['sts:AssumeRoleWithSAML', 'done', `${entityId} alice`],
  )
  assert.ok(!JSON.stringify(event).includes(answer.credentials.secretAccessKey.reveal()))
})

test('the requested duration has precedence over SessionDuration, and SessionNotOnOrAfter over both', async (t) => {
  const { assume } = await opened(t)
  const ending = assertion({ [`${prefix}SessionDuration`]: ['7200'] }, (xml) =>
    xml.replace(' SessionIndex', ` SessionNotOnOrAfter="${stamp(startOfTime + 1000)}" SessionIndex`),
  )
  assert.equal((await assume(ending, { durationSeconds: 3600 })).credentials.expiration, startOfTime + 1000)
})

test('SessionDuration lowers what would be, and never raises it', async (t) => {
  const { assume } = await opened(t)
  const { credentials } = await assume(assertion({ [`${prefix}SessionDuration`]: ['43200'] }))
  assert.equal(credentials.expiration, startOfTime + 3600)
})

test('SessionDuration limits a longer requested duration', async (t) => {
  const { assume } = await opened(t)
  const short = assertion({ [`${prefix}SessionDuration`]: ['900'] })
  const { credentials } = await assume(short, { durationSeconds: 7200 })
  assert.equal(credentials.expiration, startOfTime + 900)
})

test('one assertion is good once for each of its roles', async (t) => {
  const { assume, role: makeRole } = await opened(t, {
    Condition: { StringEquals: { 'aws:PrincipalAccount': account, 'aws:PrincipalType': 'User' } },
  })
  const second = await makeRole(
    'second',
    policy(allow(['sts:AssumeRoleWithSAML'], { Principal: { Federated: provider } })),
  )
  const both = assertion({ [`${prefix}Role`]: [`${role},${provider}`, `${second},${provider}`] })
  for (const roleArn of [role, second]) {
    await assume(both, { roleArn })
    await assert.rejects(assume(both, { roleArn }), { message: 'the token was used before' })
  }
})

test('refusals are on record, with the reason, and spend nothing', async (t) => {
  const { assume, events } = await opened(t, { Condition: { StringEquals: { 'saml:sub': 'bob' } } })
  const good = assertion()
  for (let time = 0; time < 2; time++) await assert.rejects(assume(good), { code: 'denied' })
  assert.match(events[0]?.reason ?? '', /saml:sub/)
  await assert.rejects(assume(good, { durationSeconds: 10 }), { code: 'validation' })
  await assert.rejects(assume(good, { roleArn: provider }), { code: 'validation' })
  await assert.rejects(assume(good, { roleArn: `${role}x` }), { code: 'invalid_identity_token' })
  assert.deepEqual(
    events.map(({ outcome }) => outcome),
    ['denied', 'denied', 'refused', 'refused', 'refused'],
  )
})

test('a disabled provider is none', async (t) => {
  const { assume } = await opened(t, {}, true)
  await assert.rejects(assume(assertion()), { message: "Specified provider doesn't exist" })
})

test('an error response, and an assertion without a subject, are refused', async (t) => {
  const { assume } = await opened(t)
  const no = assertion({}, (xml) => xml.replace('status:Success', 'status:Responder'))
  await assert.rejects(assume(no), { code: 'idp_rejected_claim' })
  const nobody = assertion({}, (xml) => xml.replace(/<saml:NameID.*<\/saml:NameID>/, ''))
  await assert.rejects(assume(nobody), { code: 'invalid_identity_token' })
})

const map = (given: Readonly<Record<string, readonly string[]>>) => new Map(Object.entries(given))
const refusedWith = (code: string, work: () => unknown) =>
  assert.throws(work, (error) => error instanceof Problem && error.code === code)

test('a pair of role and provider counts in either order, and only whole', () => {
  const offers = (value: string) => offersRole(map({ [`${prefix}Role`]: ['x', value] }), role, provider)
  assert.ok(offers(`${role},${provider}`) && offers(`${provider}, ${role}`))
  for (const bad of [role, `${role},${role}`, `${role},${provider},${provider}`, `${role}x,${provider}`, ''])
    assert.equal(offers(bad), false, bad)
  assert.equal(offersRole(map({}), role, provider), false)
})

test('attributes for the session are as AWS has them, or refuse it', () => {
  const one = (name: string, ...values: string[]) => map({ [prefix + name]: values })
  assert.equal(roleSessionName(one('RoleSessionName', 'a@b')), 'a@b')
  for (const bad of [
    map({}),
    one('RoleSessionName', 'a'),
    one('RoleSessionName', 'a b'),
    one('RoleSessionName', 'x'.repeat(65)),
  ])
    refusedWith('invalid_identity_token', () => roleSessionName(bad))
  refusedWith('idp_rejected_claim', () => roleSessionName(one('RoleSessionName', 'aa', 'bb')))
  assert.equal(sessionDurationOf(map({})), undefined)
  assert.equal(sessionDurationOf(one('SessionDuration', '900')), 900)
  for (const bad of ['899', '43201', '-900', '9e2', '', '1e9'])
    refusedWith('invalid_identity_token', () => sessionDurationOf(one('SessionDuration', bad)))
  refusedWith('idp_rejected_claim', () => samlSourceIdentity(one('SourceIdentity', 'aws:x')))
  assert.deepEqual(samlTags(map({})), { tags: [], transitiveKeys: [] })
  refusedWith('idp_rejected_claim', () => samlTags(one('PrincipalTag:aws:x', 'y')))
  refusedWith('idp_rejected_claim', () => samlTags(one('TransitiveTagKeys', 'team')))
  refusedWith('idp_rejected_claim', () =>
    samlTags(map({ [`${prefix}PrincipalTag:a`]: ['1'], [`${prefix}PrincipalTag:A`]: ['2'] })),
  )
})

test('condition keys are AWS’s: lists where AWS has lists, and a single value only of a single one', () => {
  const nameId = {
    value: 'alice',
    format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
    nameQualifier: undefined,
    spNameQualifier: undefined,
  }
  const found = samlKeys(
    {
      issuer: entityId,
      nameId,
      attributes: map({
        'urn:oid:1.3.6.1.4.1.5923.1.1.1.1': ['staff'],
        'urn:oid:0.9.2342.19200300.100.1.1': ['alice'],
        'urn:oid:0.9.2342.19200300.100.1.3': ['a@x.example', 'b@x.example'],
        'saml:sub': ['root'],
      }),
      friendly: new Map([['saml:sub', 'saml:sub']]),
      contextClass: undefined,
      sessionIndex: undefined,
      sessionEnd: undefined,
      authenticatedAt: 0,
      spend: { id: 'x', until: 0 },
    },
    { nameId, provider: { id: provider, accountId: account, name: 'acme' }, recipient: `${ourIssuer}/saml` },
  )
  assert.deepEqual(found.get('saml:edupersonaffiliation'), ['staff'])
  assert.equal(found.get('saml:uid'), 'alice')
  assert.deepEqual(found.get('saml:mail'), ['a@x.example', 'b@x.example'])
  assert.equal(found.get('saml:sub'), 'alice')
  assert.equal(found.get('saml:sub_type'), 'transient')
  assert.equal(found.get('saml:doc'), `${account}/acme`)
  assert.equal(subjectType({ ...nameId, format: 'urn:x' }), 'urn:x')
  // printf 'https://example.com/saml123456789012/MySAMLIdP' | openssl sha1 -binary | base64
  const example = { id: '', accountId: '123456789012', name: 'MySAMLIdP' }
  assert.equal(nameQualifier('https://example.com/saml', example), '1uAJanUnBc2XeUkHURMht+xam2c=')
})
