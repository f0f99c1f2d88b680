// Whoever chooses the settings of an identity provider decides about other people: its claims give groups and tags, its addresses
// lead to people, and its server says who somebody is. Each takes the right to do the same by hand.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  CreateGroupCommand,
  CreateSAMLProviderCommand,
  IAMClient,
  UpdateSAMLProviderCommand,
} from '@aws-sdk/client-iam'
import type { Credentials } from '../../src/secure/sigv4/sign.ts'
import { accountId, type Running, startServer } from '../support/server.ts'
import { makeKeyPair, metadataOf } from '../support/upstreams/saml-forge.ts'
import { callAdmin, iamOf, userWith } from './call.ts'

let server: Running
let iam: IAMClient
before(
  async () => {
    server = await startServer()
    iam = iamOf(server)
    for (const GroupName of ['readers', 'admins']) await iam.send(new CreateGroupCommand({ GroupName }))
  },
  { timeout: 180_000 },
)
after(async () => {
  iam?.destroy()
  await server?.stop()
})

const arn = (rest: string): string => `arn:aws:iam::${accountId}:${rest}`
const allow = (Action: string | readonly string[], Resource: string | readonly string[] = '*') => ({
  Effect: 'Allow',
  Action,
  Resource,
})
const deny = (Action: string, Resource = '*') => ({ Effect: 'Deny', Action, Resource })

const providers = allow('chancery:*IdentityProvider*')
const iamToo = allow('iam:*Provider*')
const anybody = allow('chancery:CreateSignInLink', arn('user/*'))
const addressed = allow('chancery:VerifyPersonEmail', arn('user/*'))
const tagged = allow('iam:TagUser', arn('user/*'))
const everyGroup = allow('chancery:AddGroupMember', arn('group/*'))
const made = allow('chancery:CreatePerson', arn('user/*'))
const base = [providers, iamToo, anybody, made]

let count = 0
const entry = (signIn: object = {}, more: object = {}) => {
  const name = `p${count++}`
  return {
    kind: 'openid',
    name,
    url: `https://${name}.example`,
    ...more,
    sign_in: { title: name, client_id: 'c', ...signIn },
  }
}
const groupsOf = (rule: unknown) => ({ mapping: { groups: rule } })

/** Statements of a caller, settings of a new provider, and the action that is missing; undefined: it is created. */
const cases: readonly (readonly [
  what: string,
  statements: readonly object[],
  signIn: object,
  missing: string | undefined,
])[] = [
  ['nothing but the provider', [providers], {}, 'chancery:CreateSignInLink'],
  ['people whom it may not create', [providers, iamToo, anybody], {}, 'chancery:CreatePerson'],
  ['people whom it does not create', [providers, iamToo, anybody], { create_users: false }, undefined],
  ['without AWS’s own action', [providers, anybody, made], {}, 'iam:CreateOpenIDConnectProvider'],
  [
    'a guardrail on AWS’s own action',
    [...base, deny('iam:CreateOpenIDConnectProvider')],
    {},
    'iam:CreateOpenIDConnectProvider',
  ],
  ['a provider that gives nothing', base, {}, undefined],
  ['any group', base, groupsOf('roles'), 'chancery:AddGroupMember'],
  ['any group, with the right', [...base, everyGroup], groupsOf('roles'), undefined],
  [
    'any group, with a deny on one',
    [...base, everyGroup, deny('chancery:AddGroupMember', arn('group/admins'))],
    groupsOf('roles'),
    'chancery:AddGroupMember',
  ],
  [
    'mapped groups, with the right to those',
    [...base, allow('chancery:AddGroupMember', arn('group/readers'))],
    groupsOf({ path: 'roles', map: { r: 'readers' } }),
    undefined,
  ],
  [
    'mapped groups, one of them another',
    [...base, allow('chancery:AddGroupMember', arn('group/readers'))],
    groupsOf({ path: 'roles', map: { r: 'readers', a: ['admins'] } }),
    'chancery:AddGroupMember',
  ],
  [
    'a default group',
    [...base, allow('chancery:AddGroupMember', arn('group/readers'))],
    groupsOf({ default: 'admins' }),
    'chancery:AddGroupMember',
  ],
  ['tags', base, { mapping: { tags: { team: 'x' } } }, 'iam:TagUser'],
  ['tags, with the right', [...base, tagged], { mapping: { tags: { team: 'x' } } }, undefined],
  ['addresses', base, { domains: ['a.example'] }, 'chancery:VerifyPersonEmail'],
  ['addresses, with the right', [...base, addressed], { domains: ['b.example'] }, undefined],
  ['second factors', base, { second_factor: { amr: ['mfa'] } }, 'chancery:ResetPersonFactors'],
  [
    'second factors, with the right',
    [...base, allow('chancery:ResetPersonFactors', arn('user/*'))],
    { second_factor: { acr: ['gold'] } },
    undefined,
  ],
]

for (const [what, statements, signIn, missing] of cases)
  test(`create: ${what}: ${missing === undefined ? 'allowed' : `needs ${missing}`}`, async () => {
    const credentials = await userWith(iam, `creator-${count}`, statements)
    const answer = await callAdmin(server.url, {
      method: 'POST',
      path: '/identity-providers',
      body: entry(signIn),
      credentials,
    })
    if (missing === undefined) return assert.equal(answer.status, 201, JSON.stringify(answer.body))
    assert.equal(answer.status, 403, JSON.stringify(answer.body))
    assert.match(answer.body.detail, new RegExp(`not authorized to perform: ${missing} `))
  })

test('update: the same, for what the settings are after it; a title takes nothing more', async () => {
  const given = entry()
  const path = `/identity-providers/${given.name}`
  assert.equal(
    (await callAdmin(server.url, { method: 'POST', path: '/identity-providers', body: given })).status,
    201,
  )
  const credentials = await userWith(iam, 'updater', [providers])
  const update = async (body: object, by: Credentials = credentials) => {
    const answer = await callAdmin(server.url, { method: 'PATCH', path, body, credentials: by })
    return answer.status === 403 ? /perform: (\S+) /.exec(answer.body.detail)?.[1] : answer.status
  }
  assert.equal(await update({ sign_in: { title: 'New' } }), 200)
  assert.equal(await update({ sign_in: groupsOf('roles') }), 'chancery:AddGroupMember')
  assert.equal(await update({ sign_in: { domains: ['c.example'] } }), 'chancery:VerifyPersonEmail')
  assert.equal(await update({ sign_in: { mapping: { tags: { a: 'b' } } } }), 'iam:TagUser')
  assert.equal(await update({ sign_in: { second_factor: { amr: ['pwd'] } } }), 'chancery:ResetPersonFactors')
  assert.equal(await update({ jwks_uri: 'https://keys.example/jwks' }), 'chancery:CreateSignInLink')
  assert.equal(await update({ client_ids: ['other'] }), 'chancery:CreateSignInLink')
  const trusted = await userWith(iam, 'trusted', [providers, anybody, made])
  assert.equal(
    await update({ jwks_uri: 'https://keys.example/jwks' }, trusted),
    'iam:UpdateOpenIDConnectProviderThumbprint',
  )
  const { body } = await callAdmin(server.url, { path })
  assert.deepEqual(body.settings.sign_in, { title: 'New', client_id: 'c' })
})

test('each operation is allowed by itself, on the ARN of the provider', async () => {
  const given = entry()
  await callAdmin(server.url, { method: 'POST', path: '/identity-providers', body: given })
  const own = arn(`oidc-provider/${given.name}.example`)
  const path = `/identity-providers/${given.name}`
  const reader = await userWith(iam, 'reader', [allow('chancery:GetIdentityProvider', own)])
  const as = (method: string, at: string, credentials: Credentials, body?: object) =>
    callAdmin(server.url, { method, path: at, credentials, ...(body && { body }) })
  assert.equal((await as('GET', path, reader)).status, 200)
  assert.equal((await as('GET', '/identity-providers', reader)).status, 403)
  for (const [method, at, body] of [
    ['PATCH', path, {}],
    ['POST', `${path}/disable`, { dryRun: true }],
    ['POST', `${path}/enable`],
    ['POST', `${path}/check`],
    ['DELETE', `${path}?dryRun=true`],
  ] as const)
    assert.equal((await as(method, at, reader, body)).status, 403, `${method} ${at}`)
  const switcher = await userWith(iam, 'switcher', [allow('chancery:DisableIdentityProvider', own)])
  assert.equal((await as('POST', `${path}/disable`, switcher, {})).status, 200)
  assert.equal((await as('POST', `${path}/enable`, switcher)).status, 403)
  // Settings that cannot be read are said only to those who may create providers.
  const nobody = await userWith(iam, 'nothing')
  const blind = await as('POST', '/identity-providers', nobody, { kind: 'openid', name: 'x y' })
  assert.deepEqual([blind.status, blind.body.errors], [403, undefined])
})

test('a provider of roles signs nobody in before somebody may who can sign in as people; nor by other metadata', async () => {
  const name = `saml${count++}`
  const metadata = metadataOf([makeKeyPair()])
  const { SAMLProviderArn = '' } = await iam.send(
    new CreateSAMLProviderCommand({ Name: name, SAMLMetadataDocument: metadata }),
  )
  const path = `/identity-providers/${name}`
  const body = { sign_in: { title: 'S' } }
  const one = await userWith(iam, 'saml-one', [providers, iamToo])
  const refused = await callAdmin(server.url, { method: 'PATCH', path, body, credentials: one })
  assert.deepEqual(
    [refused.status, /perform: (\S+) /.exec(refused.body.detail)?.[1]],
    [403, 'chancery:CreateSignInLink'],
  )
  const other = new UpdateSAMLProviderCommand({
    SAMLProviderArn,
    SAMLMetadataDocument: metadataOf([makeKeyPair()]),
  })
  const { accessKeyId, secretAccessKey } = one
  const credentials = { accessKeyId, secretAccessKey }
  const theirs = new IAMClient({ endpoint: server.url, region: 'us-east-1', credentials, maxAttempts: 1 })
  try {
    await theirs.send(other)
    assert.equal((await callAdmin(server.url, { method: 'PATCH', path, body })).status, 200)
    await assert.rejects(theirs.send(other), /not authorized to perform: chancery:CreateSignInLink/)
    await iam.send(other)
  } finally {
    theirs.destroy()
  }
})
