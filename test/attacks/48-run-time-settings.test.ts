// Attack 48: settings made at run time that give more than their author has. A limited administrator chooses an identity provider, or
// a mail server, and becomes somebody else by it: over a person or group that a policy withholds, a way in that is not asked for the
// same rights, or a rule that is taken away.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  CreateGroupCommand,
  DeleteSAMLProviderCommand,
  type IAMClient,
  UpdateSAMLProviderCommand,
} from '@aws-sdk/client-iam'
import { claimsOf } from '../../src/federation/ldap/entry.ts'
import { mapClaims, valuesOf } from '../../src/federation/mapping.ts'
import { RunTimeSettings } from '../../src/federation/run-time-settings.ts'
import { mappedGroups } from '../../src/iam/provider/provider-rights.ts'
import type { Credentials } from '../../src/secure/sigv4/sign.ts'
import { callAdmin, iamOf, userWith } from '../admin/call.ts'
import { runCommand } from '../support/command-line.ts'
import { processorTime, processorTimeOf } from '../support/processor-time.ts'
import { accountId, type Running, startServer } from '../support/server.ts'
import { makeKeyPair, metadataOf } from '../support/upstreams/saml-forge.ts'

const timeout = 180_000
let server: Running
let iam: IAMClient
before(
  async () => {
    server = await startServer()
    iam = iamOf(server)
    await iam.send(new CreateGroupCommand({ GroupName: 'admins' }))
    const boss = { name: 'boss', email: 'boss@corp.example', emailVerified: true }
    assert.equal(await statusOf('POST', '/people', boss), 201)
  },
  { timeout },
)
after(async () => {
  iam?.destroy()
  await server?.stop()
})

const call = (method: string, path: string, body?: unknown, credentials?: Credentials) =>
  callAdmin(server.url, {
    method,
    path,
    ...(body !== undefined && { body }),
    ...(credentials && { credentials }),
  })
const statusOf = async (...given: Parameters<typeof call>): Promise<number> => {
  const { status, body } = await call(...given)
  return status < 400 ? status : assert.fail(JSON.stringify(body))
}

const arn = (rest: string): string => `arn:aws:iam::${accountId}:${rest}`
const allow = (Action: string, Resource = '*', Condition?: object) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition && { Condition }),
})
const deny = (Action: string, Resource: string) => ({ Effect: 'Deny', Action, Resource })

const providers = [allow('chancery:*IdentityProvider*'), allow('iam:*Provider*')]
const people = ['CreateSignInLink', 'VerifyPersonEmail', 'CreatePerson'].map((name) =>
  allow(`chancery:${name}`, arn('user/*')),
)
const all = [...providers, ...people]

let count = 0
const entry = (signIn: object = {}) => {
  const name = `p${count++}`
  return {
    kind: 'openid',
    name,
    url: `https://${name}.example`,
    sign_in: { title: name, client_id: 'c', ...signIn },
  }
}
const own = { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } }
const ownTags = [...all, allow('iam:TagUser', '*', own)]
const ownTeams = [...all, allow('iam:TagUser', '*', { StringEquals: { 'aws:RequestTag/team': ['a', 'b'] } })]
const tags = (given: object) => ({ mapping: { tags: given } })

interface Case {
  readonly statements: readonly object[]
  /** Settings that an administrator has made; undefined: a new provider. */
  readonly from?: object
  readonly to?: object
  readonly act?: 'enable'
  /** The action that is missing; undefined: it is done. */
  readonly missing: string | undefined
}

const cases: Readonly<Record<string, Case>> = {
  'an address of a person whom a policy withholds': {
    statements: [...all, deny('chancery:VerifyPersonEmail', arn('user/boss'))],
    to: { domains: ['corp.example'] },
    missing: 'chancery:VerifyPersonEmail',
  },
  'being a person whom a policy withholds': {
    statements: [...all, deny('chancery:CreateSignInLink', arn('user/boss'))],
    to: { domains: ['corp.example'] },
    missing: 'chancery:CreateSignInLink',
  },
  'another domain than that person’s': {
    statements: [...all, deny('chancery:VerifyPersonEmail', arn('user/boss'))],
    to: { domains: ['other.example'] },
    missing: undefined,
  },
  'a second factor that the provider claims': {
    statements: all,
    to: { second_factor: { amr: ['pwd'] } },
    missing: 'chancery:ResetPersonFactors',
  },
  'a second factor that is asked of nobody': {
    statements: providers,
    from: {},
    to: { second_factor: { ask: 'enrolled' } },
    missing: 'chancery:ResetPersonFactors',
  },
  'a second factor that is asked of more': {
    statements: providers,
    from: { second_factor: { amr: ['mfa', 'otp'], ask: 'enrolled' } },
    to: { second_factor: { amr: ['mfa'], ask: 'everyone' } },
    missing: undefined,
  },
  'a rule of `require` that is taken away': {
    statements: providers,
    from: { require: ['staff'], create_users: false },
    to: { require: [] },
    missing: 'chancery:CreateSignInLink',
  },
  'a rule of `require` that anybody meets': {
    statements: providers,
    from: { require: [{ path: 'staff', match: 'yes' }], create_users: false },
    to: { require: [{ path: 'staff', match: '*' }] },
    missing: 'chancery:CreateSignInLink',
  },
  'one more rule of `require`': {
    statements: providers,
    from: { require: ['staff'] },
    to: { require: ['staff', 'badge'] },
    missing: undefined,
  },
  'people who become users': {
    statements: providers,
    from: { create_users: false },
    to: { create_users: true },
    missing: 'chancery:CreatePerson',
  },
  'a tag that its policy does not name': {
    statements: ownTags,
    to: tags({ role: 'r' }),
    missing: 'iam:TagUser',
  },
  'a tag beside the one that its policy names': {
    statements: ownTags,
    to: tags({ team: 't', role: 'r' }),
    missing: 'iam:TagUser',
  },
  'the tag that its policy names': { statements: ownTags, to: tags({ team: 't' }), missing: undefined },
  'a value that its policy does not name': {
    statements: ownTeams,
    to: tags({ team: { path: 't', map: { x: 'a', y: 'root' } } }),
    missing: 'iam:TagUser',
  },
  'whatever value the provider sends': {
    statements: ownTeams,
    to: tags({ team: 't' }),
    missing: 'iam:TagUser',
  },
  'the values that its policy names': {
    statements: ownTeams,
    to: tags({ team: { path: 't', map: { x: 'a' }, default: 'b' } }),
    missing: undefined,
  },
  'a provider that was disabled': {
    statements: providers,
    from: {},
    act: 'enable',
    missing: 'chancery:CreateSignInLink',
  },
  'groups of a provider that was disabled': {
    statements: all,
    from: { mapping: { groups: { default: 'admins' } } },
    act: 'enable',
    missing: 'chancery:AddGroupMember',
  },
}

for (const [what, { statements, from, to, act, missing }] of Object.entries(cases))
  test(`48: ${what}: ${missing === undefined ? 'done' : `needs ${missing}`}`, { timeout }, async () => {
    const credentials = await userWith(iam, `limited-${count}`, statements)
    const made = entry(from ?? to)
    const path = `/identity-providers/${made.name}`
    if (from !== undefined)
      await statusOf('POST', '/identity-providers', { ...made, disabled: act !== undefined })
    const { status, body } =
      act !== undefined
        ? await call('POST', `${path}/enable`, undefined, credentials)
        : from === undefined
          ? await call('POST', '/identity-providers', made, credentials)
          : await call('PATCH', path, { sign_in: to }, credentials)
    if (missing === undefined) return assert.ok(status < 300, JSON.stringify(body))
    assert.equal(status, 403, JSON.stringify(body))
    assert.match(body.detail, new RegExp(`perform: ${missing} `))
    const after = await call('GET', path)
    if (from === undefined) assert.equal(after.status, 404)
    else {
      assert.equal(after.body.state, act === undefined ? 'enabled' : 'disabled')
      const { title: _, client_id: __, ...settings } = after.body.settings.sign_in
      if (act === undefined) assert.notDeepEqual(settings, to)
    }
  })

test('48: the keys of a SAML provider that people sign in with, and its end, by AWS’s API', {
  timeout,
}, async () => {
  const metadata = metadataOf([makeKeyPair()])
  const given = { kind: 'saml', name: 'corp', metadata, sign_in: { title: 'Corp' } }
  await statusOf('POST', '/identity-providers', given)
  const limited = iamOf(server)
  const credentials = await userWith(iam, 'saml-keys', [allow('iam:*SAML*')])
  const { accessKeyId, secretAccessKey } = credentials
  limited.config.credentials = async () => ({ accessKeyId, secretAccessKey })
  const SAMLMetadataDocument = metadataOf([makeKeyPair()])
  const update = () =>
    limited.send(
      new UpdateSAMLProviderCommand({ SAMLProviderArn: arn('saml-provider/corp'), SAMLMetadataDocument }),
    )
  await assert.rejects(update, /not authorized to perform: chancery:CreateSignInLink /)
  assert.equal((await call('GET', '/identity-providers/corp')).body.settings.metadata, metadata)
  const remove = () =>
    limited.send(new DeleteSAMLProviderCommand({ SAMLProviderArn: arn('saml-provider/corp') }))
  await assert.rejects(remove, /not authorized to perform: chancery:DeleteIdentityProvider /)
  await statusOf('GET', '/identity-providers/corp')
  limited.destroy()
})

test('48: the mail server, which reads the links for new passwords', { timeout }, async () => {
  const change = { host: 'smtp.evil.example', from: 'id@evil.example' }
  const mail = allow('chancery:*MailServer')
  const link = allow('chancery:CreateSignInLink', arn('user/*'))
  const refusals: readonly (readonly [string, readonly object[]])[] = [
    ['no', [mail]],
    ['one', [mail, link, deny('chancery:CreateSignInLink', arn('user/boss'))]],
  ]
  for (const [name, statements] of refusals) {
    const limited = await userWith(iam, `mail-${name}`, statements)
    const { status, body } = await call('PATCH', '/mail-server', change, limited)
    assert.equal(status, 403)
    assert.match(body.detail, /perform: chancery:CreateSignInLink /)
  }
  assert.equal((await call('GET', '/mail-server')).body.configured, false)
  const trusted = await userWith(iam, 'mail-all', [mail, link])
  await statusOf('PATCH', '/mail-server', change, trusted)
  await statusOf('DELETE', '/mail-server', undefined, trusted)
})

test('48: a client that acts for people who are not asked, or speaks about people to other services', {
  timeout,
}, async () => {
  const clients = [allow('chancery:CreateClient'), allow('chancery:UpdateClient')]
  const limited = await userWith(iam, 'clients-only', clients)
  const trusted = await userWith(iam, 'clients-trusted', [...clients, allow('chancery:TrustClient')])
  const redirect_uris = ['https://app.example/cb']
  const gives: readonly object[] = [
    { first_party: true },
    { roles: 'any' },
    { introspects: 'any' },
    { claims: { groups: { value: ['admins'] } } },
    { claims: { email: { template: '{preferred_username}@corp.example', in: ['access_token'] } } },
    { claims: { login: 'preferred_username' } },
  ]
  for (const [at, given] of gives.entries()) {
    const what = JSON.stringify(given)
    const refused = await call('POST', '/clients', { redirect_uris, ...given }, limited)
    assert.equal(refused.status, 403, what)
    assert.match(refused.body.detail, /perform: chancery:TrustClient on resource: arn:aws:oidc:.*client/)
    const client_id = `app${at}`
    await statusOf('POST', '/clients', { client_id, redirect_uris }, limited)
    const changed = await call('PATCH', `/clients/${client_id}`, given, limited)
    assert.equal(changed.status, 403, what)
    await statusOf('PATCH', `/clients/${client_id}`, given, trusted)
    // What it has already is no reason, nor is what is taken away.
    await statusOf('PATCH', `/clients/${client_id}`, { client_name: 'App', ...given }, limited)
    const none = Object.fromEntries(Object.keys(given).map((name) => [name, null]))
    await statusOf('PATCH', `/clients/${client_id}`, none, limited)
  }
  const ownClaims = { claims: { login: { from: 'preferred_username', in: ['id_token', 'userinfo'] } } }
  await statusOf('POST', '/clients', { redirect_uris, first_party: false, ...ownClaims }, limited)
  const malformed = await call('POST', '/clients', { redirect_uris, claims: { a: { in: 5 }, b: 1 } }, trusted)
  assert.equal(malformed.status, 400)
})

test('48: a client that asks for decisions, which needs no policy of its own', { timeout }, async () => {
  const clients = [allow('chancery:CreateClient'), allow('chancery:UpdateClient')]
  const asks = {
    grant_types: ['client_credentials'],
    resources: [{ id: `${server.url}/access/v1`, scopes: ['authzen'] }],
  }
  const limited = await userWith(iam, 'no-decisions', clients)
  const evaluates = await userWith(iam, 'evaluates', [...clients, allow('decision:Evaluate')])
  const trusted = await userWith(iam, 'decides', [...clients, allow('decision:*')])
  for (const [credentials, action] of [
    [limited, 'decision:Evaluate'],
    [evaluates, 'decision:Search'],
  ] as const) {
    const { status, body } = await call('POST', '/clients', asks, credentials)
    assert.equal(status, 403)
    assert.match(body.detail, new RegExp(`perform: ${action} on`))
  }
  await statusOf('POST', '/clients', { client_id: 'gate', grant_types: ['client_credentials'] }, limited)
  assert.equal((await call('PATCH', '/clients/gate', asks, limited)).status, 403)
  await statusOf('PATCH', '/clients/gate', asks, trusted)
  await statusOf('PATCH', '/clients/gate', { client_name: 'Gate' }, limited)
})

test('48: a client whose id is that of a person, for whom a service would take its own tokens', async () => {
  const { id } = (await call('GET', '/people/boss')).body
  for (const client_id of [id, id.toLowerCase(), id.replace('AIDA', 'AROA')]) {
    const { status, body } = await call('POST', '/clients', {
      client_id,
      grant_types: ['client_credentials'],
    })
    assert.equal(status, 400, client_id)
    assert.match(body.detail, /must not have the form of a unique id/)
  }
})

test('48: people who create accounts by themselves, where their author may create none', {
  timeout,
}, async () => {
  const settings = [allow('chancery:*Settings')]
  const limited = await userWith(iam, 'settings-only', settings)
  const trusted = await userWith(iam, 'settings-people', [
    ...settings,
    allow('chancery:CreatePerson', arn('user/*')),
  ])
  const domains = (...selfRegistrationDomains: string[]) => ({
    selfRegistration: 'domains',
    selfRegistrationDomains,
  })
  const refused = async (change: object) => {
    const { status, body } = await call('PATCH', '/settings', change, limited)
    assert.equal(status, 403, JSON.stringify(change))
    assert.match(body.detail, /perform: chancery:CreatePerson /)
  }
  await refused({ selfRegistration: 'anyone' })
  await refused(domains('a.example'))
  await statusOf('PATCH', '/settings', { selfRegistrationDomains: ['evil.example'] }, limited)
  await refused({ selfRegistration: 'domains' })
  await statusOf('PATCH', '/settings', domains('a.example', 'b.example'), trusted)
  await refused(domains('a.example', 'evil.example'))
  await refused({ selfRegistration: 'anyone' })
  await statusOf('PATCH', '/settings', domains('b.example'), limited)
  await statusOf('PATCH', '/settings', { selfRegistration: 'anyone' }, trusted)
  await statusOf('PATCH', '/settings', domains('c.example'), limited)
  await statusOf('PATCH', '/settings', { selfRegistration: 'off' }, limited)
})

test('48: an attribute `groups` of a directory makes nobody a member of a group', () => {
  const settings = new RunTimeSettings({ allow: new Set(), message: () => undefined })
  const provider = settings.read(
    {
      kind: 'ldap',
      name: 'dir',
      urls: ['ldaps://dir.example'],
      base_dn: 'dc=dir',
      attributes: ['groups'],
      sign_in: { title: 'Directory' },
    },
    { accountId, now: 0 },
  )
  const sent = new Map([['groups', [Buffer.from('admins')]]])
  assert.deepEqual(mappedGroups(provider), [])
  assert.ok(provider.signIn)
  assert.deepEqual(mapClaims(provider.signIn.mapping, claimsOf('cn=a', sent, undefined)).groups, [])
  assert.deepEqual(mapClaims(provider.signIn.mapping, claimsOf('cn=a', sent, ['staff'])).groups, ['staff'])
})

test('48: a large entry is refused by its size, and not read for those who may not create one', {
  timeout,
}, async () => {
  const nobody = await userWith(iam, 'nobody')
  const large = [
    { ...entry(), sign_in: { title: 'x', client_id: 'c', scopes: Array(200_000).fill(1) } },
    entry({
      mapping: {
        groups: {
          path: 'g',
          map: Object.fromEntries(Array.from({ length: 40_000 }, (_, at) => [`k${at}`, `g${at}`])),
        },
      },
    }),
  ]
  const spent = () => processorTimeOf(server.process.pid ?? 0)
  const before = spent()
  for (const body of large) {
    const refused = await call('POST', '/identity-providers', body, nobody)
    assert.deepEqual([refused.status, refused.body.errors], [403, undefined])
    const answer = await call('POST', '/identity-providers', body)
    assert.equal(answer.status, 400)
    assert.match(answer.body.detail, /more than 5000 members and items/)
  }
  // It took 6 s when every item was read.
  assert.ok(spent() - before < 2000)
  const faulty = { ...entry(), sign_in: { title: 'x', client_id: 'c', scopes: Array(4000).fill(1) } }
  assert.equal((await call('POST', '/identity-providers', faulty)).body.errors.length, 50)
})

test('48: a secret on a command line, which others of the machine see, is not sent', async () => {
  for (const [option, value] of [
    ['--sign-in', '{"title":"a","client_id":"b","client_secret":"never-on-a-command-line"}'],
    ['--encryption', '{"keys":[{"certificate":"x","private_key":"never-on-a-command-line"}]}'],
  ] as const) {
    const { code, out, err } = await runCommand(
      ['identity-providers', 'create', '--kind', 'openid', '--name', 'a', option, value],
      { env: () => ({ CHANCERY_URL: server.url }) },
    )
    assert.notEqual(code, 0)
    assert.match(err, /has a secret: write it as @ and a file/)
    assert.ok(!`${out}${err}`.includes('never-on-a-command-line'))
  }
})

test('48: a secret that is given with another server is not compared with the one that there is', () => {
  const settings = new RunTimeSettings({ allow: new Set(), message: () => undefined })
  const bind = { bind_dn: 'cn=reader,dc=dir', bind_password: 'right' }
  const directory = { kind: 'ldap', name: 'dir', urls: ['ldaps://dir.example'], base_dn: 'dc=dir', ...bind }
  const endpoints = Object.fromEntries(
    ['authorization', 'token', 'userinfo'].map((name) => [`${name}_endpoint`, `https://o.example/${name}`]),
  )
  const client = { title: 'O', client_id: 'c', client_secret: 'right' }
  const oauth = {
    kind: 'oauth2',
    name: 'o',
    ...endpoints,
    issuer: 'https://o.example',
    subject: 'id',
    sign_in: client,
  }
  const moves: readonly (readonly [object, object, (secret: string) => object])[] = [
    [
      { ...directory, sign_in: { title: 'Directory' } },
      { urls: ['ldaps://evil.example'] },
      (bind_password) => ({ bind_password }),
    ],
    [oauth, { token_endpoint: 'https://evil.example' }, (client_secret) => ({ sign_in: { client_secret } })],
  ]
  for (const [entry, move, given] of moves) {
    const old = settings.read({ ...entry }, { accountId, now: 0 })
    assert.throws(() => settings.change(old, { ...move }), /must be given again/)
    for (const guess of ['right', 'wrong'])
      assert.equal(settings.change(old, { ...move, ...given(guess) }).secret?.reveal(), guess)
  }
})

test('48: a pattern and a claim that are made for each other are refused, and a directory full of groups is not', () => {
  const rule = { path: ['g'], map: undefined, default: [] }
  const long = { g: 'a'.repeat(1_000_000) }
  const slow = () => valuesOf({ ...rule, match: `*${'a'.repeat(510)}b` }, long)
  // It took 2.5 s, for each rule and sign-in.
  assert.ok(processorTime(() => assert.throws(slow, { code: 'limit_exceeded' })) < 500)
  const g = Array.from(
    { length: 1000 },
    (_, at) => `cn=team-${at},ou=groups,ou=${'sub,ou='.repeat(20)}dc=corp,dc=example`,
  )
  assert.equal(valuesOf({ ...rule, match: 'cn=team-*,ou=groups,*dc=example' }, { g }).length, 1000)
})
