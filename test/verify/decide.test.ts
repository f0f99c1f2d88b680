// What the decision of a session sees: its role's policies and boundary, its own policies, its condition keys.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { signRequest } from '../../src/secure/sigv4/sign.ts'
import {
  type AccessRequest,
  createVerifier,
  type IncomingRequest,
  type Verifier,
} from '../../src/verify/index.ts'
import { accountId, bundleOf, roleId, SmallChancery, serviceKey } from '../support/small-chancery.ts'

const issuer = new SmallChancery()
let verifier: Verifier
before(async () => {
  await issuer.start()
  verifier = createVerifier({ issuer: issuer.issuer, service: 'docs', credentials: serviceKey, feed: 30 })
})
after(() => {
  verifier.close()
  return issuer.stop()
})

const url = 'https://docs.example/documents/7'
const arn = 'arn:aws:docs:::documents/7'
let version = 0

type Grant = Parameters<SmallChancery['assume']>[0]
async function presented(grant: Grant, over: Partial<IncomingRequest> = {}): Promise<IncomingRequest> {
  const credentials = await issuer.assume(grant)
  const headers = signRequest({
    method: 'GET',
    url,
    headers: { 'user-agent': 'curl/8' },
    credentials,
    region: 'us-east-1',
    service: 'docs',
    now: Date.now() / 1000,
  })
  const around = { sourceIp: '::ffff:192.0.2.7', secure: true, body: async () => Buffer.alloc(0) }
  return {
    method: 'GET',
    path: '/documents/7',
    query: '',
    headers: Object.entries(headers).flat(),
    ...around,
    ...over,
  }
}

/** The effect of one statement about `docs:GetDocument`, for a session of a role that has it alone. */
async function effect(
  statement: object,
  given: {
    grant?: Grant
    ask?: Partial<AccessRequest>
    role?: object
    request?: Partial<IncomingRequest>
  } = {},
): Promise<string> {
  version++
  const whole = { Effect: 'Allow', Action: 'docs:GetDocument', Resource: '*', ...statement }
  issuer.roles.set(roleId, bundleOf(`e${version}`, { Version: '2012-10-17', Statement: [whole] }, given.role))
  const later = Math.floor(issuer.clock()) + 2
  const id = `AROACASE${version}`
  issuer.roles.set(id, issuer.roles.get(roleId) as never)
  const grant = { pb: { id, v: `e${version}` }, iat: later - 2, ...given.grant }
  const { decision } = await verifier.verify(await presented(grant, given.request), {
    action: 'docs:GetDocument',
    resource: arn,
    ...given.ask,
  })
  return decision.effect
}

const when = (operator: string, key: string, value: unknown) => ({
  Condition: { [operator]: { [key]: value } },
})

const keys: readonly [string, object, Parameters<typeof effect>[1], 'allow' | 'deny'][] = [
  ['aws:SourceIp of a dual-stack socket', when('IpAddress', 'aws:SourceIp', '192.0.2.0/24'), {}, 'allow'],
  [
    'aws:SecureTransport',
    when('Bool', 'aws:SecureTransport', 'true'),
    { request: { secure: false } },
    'deny',
  ],
  ['aws:UserAgent', when('StringLike', 'aws:UserAgent', 'curl/*'), {}, 'allow'],
  ['aws:RequestedRegion', when('StringEquals', 'aws:RequestedRegion', 'us-east-1'), {}, 'allow'],
  [
    'aws:PrincipalArn is the role’s',
    when('ArnEquals', 'aws:PrincipalArn', `arn:aws:iam::${accountId}:role/Reader`),
    {},
    'allow',
  ],
  ['aws:userid', when('StringEquals', 'aws:userid', `${roleId}:job-1`), {}, 'allow'],
  ['aws:username is absent', when('Null', 'aws:username', 'true'), {}, 'allow'],
  ['aws:MultiFactorAuthPresent is false', when('Bool', 'aws:MultiFactorAuthPresent', 'false'), {}, 'allow'],
  [
    'aws:SourceIdentity',
    when('StringEquals', 'aws:SourceIdentity', 'alice'),
    { grant: { src: 'alice' } },
    'allow',
  ],
  [
    'aws:FederatedProvider',
    when('StringEquals', 'aws:FederatedProvider', 'ci'),
    { grant: { fed: 'ci' } },
    'allow',
  ],
  [
    'a session tag',
    when('StringEquals', 'aws:PrincipalTag/team', 'red'),
    { grant: { tags: [['Team', 'red']] } },
    'allow',
  ],
  [
    'a tag of the role',
    when('StringEquals', 'aws:PrincipalTag/team', 'blue'),
    { role: { tags: [{ key: 'team', value: 'blue' }] } },
    'allow',
  ],
  [
    'a session tag beats the role’s',
    when('StringEquals', 'aws:PrincipalTag/team', 'blue'),
    { grant: { tags: [['TEAM', 'red']] }, role: { tags: [{ key: 'team', value: 'blue' }] } },
    'deny',
  ],
  [
    'a key of the service',
    when('StringEquals', 'docs:Folder', 'a'),
    { ask: { context: { 'docs:Folder': 'a' } } },
    'allow',
  ],
  [
    'a tag of the resource',
    when('StringEquals', 'aws:ResourceTag/open', 'yes'),
    { ask: { context: { 'aws:ResourceTag/open': 'yes' } } },
    'allow',
  ],
  [
    'a variable',
    { Resource: `arn:aws:docs:::\${aws:PrincipalTag/home}/7` },
    { grant: { tags: [['home', 'documents']] } },
    'allow',
  ],
  [
    'a tag that looks like a wildcard is literal',
    { Resource: `arn:aws:docs:::\${aws:PrincipalTag/home}/7` },
    { grant: { tags: [['home', '*']] } },
    'deny',
  ],
]
for (const [name, statement, given, expected] of keys) {
  test(`${name}: ${expected}`, async () => assert.equal(await effect(statement, given), expected))
}

test('a boundary limits the role, and an empty one allows nothing', async () => {
  const other = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'docs:Put*', Resource: '*' }],
  })
  assert.equal(await effect({}, { role: { boundary: [{ name: 'limit', document: other }] } }), 'deny')
  assert.equal(await effect({}, { role: { boundary: [] } }), 'deny')
})

test('links of a chain narrow each other; documents of one link add up', async () => {
  const allowing = (action: string) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] })
  assert.equal(await effect({}, { grant: { sp: [[allowing('docs:Put*'), allowing('docs:Get*')]] } }), 'allow')
  assert.equal(
    await effect({}, { grant: { sp: [[allowing('docs:Put*')], [allowing('docs:Get*')]] } }),
    'deny',
  )
})

test('documents inside the token are used, and none at all is no session', async () => {
  const all = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  })
  assert.equal(await effect({ Effect: 'Deny' }, { grant: { pb: { docs: [all] } } }), 'allow')
  assert.equal(await effect({}, { grant: { pb: { docs: [] } } }), 'deny')
})

test('another account’s resource needs its own policy as well, however the key is spelt', async () => {
  for (const key of ['aws:ResourceAccount', 'aws:resourceaccount'])
    assert.equal(await effect({}, { ask: { context: { [key]: '999988887777' } } }), 'deny')
})

test('38: a resource is of the account of the caller unless the service says otherwise', async () => {
  const inAccount = (operator: string) => ({
    Condition: { [operator]: { 'aws:ResourceAccount': '${aws:PrincipalAccount}' } },
  })
  assert.equal(await effect(inAccount('StringEquals')), 'allow')
  assert.equal(await effect(inAccount('StringNotEquals')), 'deny')
})

test('a resource policy grants by itself within the account, and its deny stands', async () => {
  const policy = (way: string) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: way,
          Principal: { AWS: `arn:aws:iam::${accountId}:role/Reader` },
          Action: 'docs:GetDocument',
          Resource: arn,
        },
      ],
    })
  assert.equal(await effect({ Action: 'docs:Other' }, { ask: { resourcePolicy: policy('Allow') } }), 'allow')
  assert.equal(await effect({}, { ask: { resourcePolicy: policy('Deny') } }), 'deny')
})

test('the service cannot set condition keys that identify the caller', async () => {
  for (const key of [
    'aws:PrincipalArn',
    'AWS:username',
    'aws:SourceIdentity',
    'sts:ExternalId',
    'aws:MultiFactorAuthPresent',
  ])
    await assert.rejects(effect({}, { ask: { context: { [key]: 'x' } } }), TypeError, key)
})

test('explain gives the reasons of each layer', async () => {
  const authenticated = await verifier.authenticate(await presented({ pb: { docs: [] } }))
  const explanation = await authenticated.explain({ action: 'docs:GetDocument', resource: arn })
  assert.equal(explanation.effect, 'deny')
  assert.ok(explanation.layers)
})

test('a managed session policy is what the issuer has now; one that was deleted allows nothing', async () => {
  const managed = 'arn:aws:iam::111122223333:policy/narrow'
  const docs = (action: string) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] })
  // Each decision is of a new session, for which what is held is confirmed first.
  const grant = { sp: [[managed]] }
  issuer.managedPolicies.set(managed, docs('docs:Get*'))
  assert.equal(await effect({}, { grant }), 'allow')
  issuer.managedPolicies.set(managed, docs('docs:Put*'))
  assert.equal(await effect({}, { grant }), 'deny')
  issuer.managedPolicies.set(managed, docs('docs:Get*'))
  const union = { ...grant, sp: [[docs('docs:Get*'), managed]] }
  assert.equal(await effect({}, { grant: union }), 'allow')
  issuer.managedPolicies.delete(managed)
  assert.equal(await effect({}, { grant }), 'deny')
  assert.equal(await effect({}, { grant: union }), 'allow')
})

test('claims of the outside token are keys and variables of the role’s policies; the service cannot change them', async () => {
  const grant = { ctx: [['ci.example:sub', '7'] as const, ['ci.example:groups', ['a', 'b']] as const] }
  const resource = (text: string) => ({
    Resource: text,
    ...when('ForAnyValue:StringEquals', 'ci.example:groups', 'b'),
  })
  const variable = 'arn:aws:docs:::documents/${ci.example:sub}'
  assert.equal(await effect(resource(variable), { grant }), 'allow')
  assert.equal(await effect(resource(variable), { grant: { ctx: [['ci.example:sub', '8']] } }), 'deny')
  await assert.rejects(
    effect(resource(variable), { grant, ask: { context: { 'CI.example:sub': '7' } } }),
    /not the service's to fill/,
  )
})
