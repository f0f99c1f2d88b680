import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import type { KnownProvider, ProviderCommandContext } from '../../src/federation/command/command-context.ts'
import { verifyToken } from '../../src/federation/command/verify-token.ts'
import type { CheckStep, Risk } from '../../src/federation/kind.ts'
import { identityProvidersSchema, recordOf } from '../../src/federation/kinds.ts'
import { guardedFetch } from '../../src/federation/outbound/guarded-fetch.ts'
import { IssuerKeys } from '../../src/federation/workload/issuer-keys.ts'
import { matchByEmail } from '../../src/iam/sign-in/known-address.ts'
import { newUserName } from '../../src/iam/sign-in/new-user-name.ts'
import { newUserRecord } from '../../src/iam/users.ts'
import type { LinkedIdentity, User } from '../../src/store/records.ts'
import { runCommand } from '../support/command-line.ts'

const now = 1_800_000_000
const { privateKey, publicKey } = await generateKeyPair('ES256')
const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256', use: 'sig' }] }

const settings = [
  {
    kind: 'openid',
    name: 'Acme',
    url: 'https://idp.acme.example',
    jwks,
    sign_in: {
      title: 'Acme',
      client_id: 'chancery',
      domains: ['acme.example'],
      mapping: { tags: { team: 'team' } },
      second_factor: { amr: ['mfa'] },
    },
  },
  {
    kind: 'ldap',
    name: 'staff',
    urls: ['ldaps://ldap.acme.example'],
    base_dn: 'dc=acme,dc=example',
    sign_in: { title: 'Staff', create_users: false, second_factor: { amr: ['mfa'] } },
  },
  { kind: 'openid', url: 'https://ci.example', client_ids: ['sts'] },
  {
    kind: 'openid',
    name: 'unnamed',
    url: 'https://unnamed.example',
    jwks: { keys: jwks.keys.map(({ kid: _, ...key }) => key) },
    sign_in: { title: 'Its key has no kid', client_id: 'chancery' },
  },
  {
    kind: 'openid',
    name: 'unreachable',
    url: 'https://idp.invalid',
    sign_in: { title: 'U', client_id: 'chancery' },
  },
  {
    kind: 'openid',
    name: 'off',
    url: 'https://off.example',
    jwks,
    disabled: true,
    sign_in: { title: 'Off', client_id: 'chancery' },
  },
]
const providers = identityProvidersSchema
  .parse(settings)
  .map((given) => ({ provider: recordOf(given, { accountId: '123456789012', now }), from: 'file' as const }))

const keys = new IssuerKeys({
  fetch: guardedFetch({ allow: new Set(), resolve: () => Promise.reject(new Error('ENOTFOUND')) }),
  now: () => now,
})

const user = (name: string, more: Partial<User> = {}): User => ({
  ...newUserRecord({ accountId: '123456789012', name, path: '/', createdAt: now }),
  emailVerified: true,
  ...more,
})
/** An identity at `acme`, of somebody else. */
const another: LinkedIdentity = {
  provider: 'arn:aws:iam::123456789012:oidc-provider/idp.acme.example',
  issuer: 'https://idp.acme.example',
  subject: 's-0',
  label: 'another',
  groups: [],
  owns: false,
  joinedAt: now,
  lastUsed: now,
}

interface Staged {
  readonly files?: Readonly<Record<string, string>>
  readonly steps?: readonly CheckStep[]
  readonly risks?: readonly Risk[]
  /** `subject` or address → user. */
  readonly users?: Readonly<Record<string, User | readonly User[]>>
  readonly noStore?: boolean
  /** Where the providers are from. */
  readonly from?: KnownProvider['from']
}

const removed: string[] = []

function run(
  args: string,
  { files = {}, steps = [], risks = [], users = {}, noStore, from = 'file' }: Staged = {},
) {
  const at = (key: string) => [users[key] ?? []].flat()
  const context: ProviderCommandContext = {
    now,
    providers: providers.map((known) => ({ ...known, from })),
    check: async function* () {
      yield* steps
    },
    risks: async () => risks,
    remove: async ({ id }) => void removed.push(id),
    verifyToken: (provider, token) => verifyToken(provider, token, keys, now),
    users: noStore
      ? undefined
      : {
          userOf: async ({ subject }) => at(subject)[0],
          matchByEmail: async (provider, person) => matchByEmail(provider, person, at(person.email ?? '')),
          newUserName,
          hasGroup: async (name) => name === 'developers',
        },
  }
  return runCommand(['provider', ...args.split(' ')], {
    read: (name) => files[name] ?? assert.fail(`no file ${name}`),
    openProviders: async () => ({ ...context, close: async () => {} }),
  })
}

test('list shows each provider, its use, and whether it is enabled', async () => {
  const { code, out } = await run('list')
  assert.equal(code, 0)
  assert.deepEqual(
    out.split('\n').map((line) => line.replace(/ +/g, ' ')),
    [
      'Acme openid https://idp.acme.example people on file',
      'staff ldap ldap://ldap.acme.example/dc=acme,dc=example people on file',
      '- openid https://ci.example roles on file',
      'unnamed openid https://unnamed.example people on file',
      'unreachable openid https://idp.invalid people on file',
      'off openid https://off.example people disabled file',
    ],
  )
  const { out: data } = await run('list --json')
  assert.equal(JSON.parse(data)[1].arn, 'arn:aws:iam::123456789012:ldap-provider/staff')
})

const fine: CheckStep = { step: 'connect', ok: true, said: 'HTTP 200' }
const broken: CheckStep = { step: 'bind', ok: false, said: 'result code 49\u001b[2J' }
const risk = (level: Risk['level']): Risk => ({ level, what: `a ${level} one`, fix: 'mend it' })

test('check shows the failed step with the response, and the risks, highest first', async () => {
  const { code, out } = await run('check staff', {
    steps: [fine, broken],
    risks: [risk('low'), risk('high')],
  })
  assert.equal(code, 1)
  assert.deepEqual(out.split('\n'), [
    'staff (ldap, ldap://ldap.acme.example/dc=acme,dc=example)',
    '  ok      connect: HTTP 200',
    '  FAIL    bind: result code 49 [2J',
    '  high    a high one',
    '          fix: mend it',
    '  low     a low one',
    '          fix: mend it',
    '',
    '0 of 1 passed; risks: 1 high, 1 low',
  ])
})

const verdicts: readonly (readonly [what: string, staged: Staged, code: number])[] = [
  ['all steps well', { steps: [fine] }, 0],
  ['a low risk', { steps: [fine], risks: [risk('low')] }, 0],
  ['a medium risk', { steps: [fine], risks: [risk('medium')] }, 1],
  ['a high risk', { steps: [fine], risks: [risk('high')] }, 1],
  ['a failed step', { steps: [fine, broken] }, 1],
]
for (const [what, staged, code] of verdicts) {
  test(`check answers ${code} for ${what}`, async () => {
    assert.equal((await run('check', staged)).code, code)
    const { code: same, out } = await run('check Acme --json', staged)
    assert.equal(same, code)
    assert.deepEqual(JSON.parse(out)[0].steps, staged.steps)
  })
}

test('a provider is found by name in any case, by ARN and by issuer; others are no question', async () => {
  for (const name of ['acme', 'ACME', 'arn:aws:iam::123456789012:ldap-provider/staff', 'https://ci.example'])
    assert.equal((await run(`check ${name}`)).code, 0, name)
  const { code, err } = await run('check nobody')
  assert.equal(code, 2)
  assert.match(err, /no provider `nobody`; there are: Acme, staff, https:\/\/ci\.example/)
})

const asked = [
  'try',
  'try acme',
  'try acme --token t --claims c',
  'try acme staff --claims c',
  'try acme --token t --nothing',
  'nothing',
  'try staff --claims notJson',
  'try staff --claims list',
  'try staff --token notJson',
  'try acme --token notJson',
  'try https://ci.example --claims empty',
]
for (const args of asked) {
  test(`\`${args}\` is refused`, async () => {
    const files = { notJson: 'x', list: '[]', empty: '{}' }
    const { code, out, err } = await run(args, { files })
    assert.deepEqual([code, out], [2, ''])
    assert.match(err, /^(error: |chancery)/)
  })
}

const claims = {
  uid: ['alice'],
  mail: ['Alice@Acme.example'],
  entryUUID: ['u-1'],
  groups: ['developers', 'nowhere'],
}

test('try shows what the mapping makes of claims, and whether groups are there', async () => {
  const files = { c: JSON.stringify(claims) }
  const { code, out } = await run('try staff --claims c', { files, users: { 'u-1': user('alice') } })
  assert.equal(code, 0)
  assert.deepEqual(out.split('\n'), [
    'WOULD SIGN IN as `alice`, who has this identity',
    '  subject        u-1',
    '  name           alice',
    '  display name   none',
    '  e-mail         alice@acme.example, not verified',
    '  groups         developers, nowhere (no such group here)',
    '  tags           none',
    '  second factor  required here',
  ])
  const { out: data } = await run('try staff --claims c --json', { files, users: { 'u-1': user('alice') } })
  const { groups, outlook } = JSON.parse(data)
  assert.deepEqual(groups, [
    { name: 'developers', exists: true },
    { name: 'nowhere', exists: false },
  ])
  assert.equal(outlook.would, 'sign in')
})

const verified = {
  sub: 's-1',
  email: 'ada@acme.example',
  email_verified: true,
  preferred_username: 'ada',
  team: 'blue',
  amr: ['mfa'],
}
const address = 'ada@acme.example'

const outlooks: readonly (readonly [
  what: string,
  claims: Readonly<Record<string, unknown>>,
  staged: Staged,
  headline: RegExp,
])[] = [
  ['nobody yet', verified, {}, /^WOULD CREATE `ada`: no user has this identity/],
  ['no store yet', verified, { noStore: true }, /^WOULD CREATE `ada`: .*there is no store/],
  ['no name', { sub: '---' }, {}, /^WOULD CREATE `Acme-user`/],
  ['a user of the address', verified, { users: { [address]: user('ada') } }, /^WOULD JOIN `ada`/],
  ['a known identity', verified, { users: { 's-1': user('ada') } }, /^WOULD SIGN IN as `ada`/],
  ['a disabled user', verified, { users: { 's-1': user('ada', { disabled: true }) } }, /REFUSED: .*disabled/],
  ['no subject', { email: address }, {}, /REFUSED: the claims have no subject/],
  [
    'an address not verified there',
    { ...verified, email_verified: 'false' },
    { users: { [address]: user('ada') } },
    /REFUSED: .*does not mark it as verified/,
  ],
  [
    'an address not verified here',
    verified,
    { users: { [address]: user('ada', { emailVerified: false }) } },
    /REFUSED: .*not verified here/,
  ],
  ['an address of two', verified, { users: { [address]: [user('ada'), user('eve')] } }, /REFUSED: .*others/],
  [
    'an address that had another identity there',
    verified,
    { users: { [address]: user('ada', { identities: [another] }) } },
    /^WOULD CREATE .*is taken from `ada`/,
  ],
  [
    'an address that another provider gave somebody and nobody verified',
    verified,
    {
      users: {
        [address]: user('eve', {
          emailVerified: false,
          identities: [{ ...another, provider: 'x', owns: true }],
        }),
      },
    },
    /^WOULD CREATE `ada`/,
  ],
  [
    'an address of another domain',
    { ...verified, email: 'ada@elsewhere.example' },
    { users: { 'ada@elsewhere.example': user('ada') } },
    /REFUSED: .*not among the domains of the provider/,
  ],
]
for (const [what, given, staged, headline] of outlooks) {
  test(`try foresees ${what}`, async () => {
    const { code, out } = await run('try acme --claims c', { ...staged, files: { c: JSON.stringify(given) } })
    assert.match(out, headline)
    assert.equal(code, out.includes('REFUSED') ? 1 : 0)
  })
}

test('try shows when a user is neither found nor may be created', async () => {
  const files = { c: JSON.stringify({ entryUUID: ['x'] }) }
  assert.match((await run('try staff --claims c', { files })).out, /REFUSED: .*create_users is false/)
  assert.match((await run('try staff --claims c', { files, noStore: true })).out, /^UNKNOWN/)
  assert.match(
    (await run('try off --claims c', { files: { c: '{"sub":"x"}' } })).out,
    /REFUSED: the provider is disabled/,
  )
})

const token = (changes: Readonly<Record<string, unknown>> = {}) =>
  new SignJWT({
    iss: 'https://idp.acme.example',
    aud: 'chancery',
    iat: now - 10,
    exp: now + 300,
    ...verified,
    ...changes,
  })
    .setProtectedHeader({ alg: 'ES256', kid: 'k' })
    .sign(privateKey)

test('try checks an ID token with the keys of its provider', async () => {
  const { code, out } = await run('try acme --token t', { files: { t: `${await token()}\n` } })
  assert.equal(code, 0)
  assert.match(out, /^WOULD CREATE `ada`/)
  assert.match(out, /token +valid: signature, issuer, audience and times/)
  assert.match(out, /tags +team=blue/)
  assert.match(out, /second factor +verified by the provider/)
})

const proofs: readonly (readonly [what: string, provider: string, claims: object, said: RegExp])[] = [
  ['a method that counts', 'acme', { sub: 's', amr: ['pwd', 'mfa'] }, /verified by the provider/],
  ['a method that does not', 'acme', { sub: 's', amr: ['pwd'] }, /required here/],
  // OIDC Core §2: `amr` is a list. A sign-in reads no other, and once this command did.
  ['a method that is no list', 'acme', { sub: 's', amr: 'mfa' }, /required here/],
  ['an attribute of that name in a directory', 'staff', { entryUUID: ['u'], amr: ['mfa'] }, /required here/],
]
for (const [what, provider, given, said] of proofs) {
  test(`try gives for ${what} the result of a sign-in`, async () => {
    const { out } = await run(`try ${provider} --claims c`, { files: { c: JSON.stringify(given) } })
    assert.match(out, new RegExp(`second factor +${said.source}`))
  })
}

const unbelieved: readonly (readonly [what: string, make: () => Promise<string>, why: RegExp])[] = [
  ['another issuer', () => token({ iss: 'https://ci.example' }), /of the issuer `https:\/\/ci\.example`/],
  ['another audience', () => token({ aud: 'other' }), /for another client/],
  ['several audiences without an authorized party', () => token({ aud: ['chancery', 'other'] }), /`azp`/],
  [
    'a subject of 256 characters',
    () => token({ sub: 's'.repeat(256) }),
    /`sub` is missing, empty or too long/,
  ],
  ['another party', () => token({ azp: 'other' }), /another client/],
  ['an ended token', () => token({ exp: now - 1 }), /expired/],
  [
    'another key',
    async () => {
      const other = await generateKeyPair('ES256')
      const [head, body] = (await token()).split('.')
      const jws = new SignJWT(JSON.parse(Buffer.from(body ?? '', 'base64url').toString()))
      return jws
        .setProtectedHeader(JSON.parse(Buffer.from(head ?? '', 'base64url').toString()))
        .sign(other.privateKey)
    },
    /not signed by a key/,
  ],
]
for (const [what, make, why] of unbelieved) {
  test(`try refuses ${what}, and shows what the mapping makes of it all the same`, async () => {
    const { code, out } = await run('try acme --token t', { files: { t: await make() } })
    assert.equal(code, 1)
    assert.match(out, /^WOULD BE REFUSED/)
    assert.match(out, why)
    assert.match(out, /name +ada/)
  })
}

test('try takes an ID token that names a key of its holder, as a sign-in does', async () => {
  const { out } = await run('try acme --token t', { files: { t: await token({ cnf: { jkt: 'k' } }) } })
  assert.match(out, /token +valid/)
})

test('try takes what a sign-in takes of an issuer whose only key has no kid', async () => {
  const jws = await new SignJWT({
    iss: 'https://unnamed.example',
    aud: 'chancery',
    sub: 's-1',
    iat: now,
    exp: now + 60,
  })
    .setProtectedHeader({ alg: 'ES256' })
    .sign(privateKey)
  const { out } = await run('try unnamed --token t', { files: { t: jws } })
  assert.match(out, /token +valid/)
})

test('try shows when the keys cannot be fetched and no signature was checked', async () => {
  const files = { t: await token({ iss: 'https://idp.invalid' }) }
  const { code, out } = await run('try unreachable --token t', { files })
  assert.equal(code, 2)
  assert.match(out, /^UNKNOWN: the token was not verified; if it is valid, WOULD CREATE `ada`/)
  assert.match(out, /token +not checked: the keys, .*does not resolve/)
})

test('remove deletes what an earlier file or IAM made, and nothing that the file has', async () => {
  removed.length = 0
  const kept = await run('remove acme')
  assert.equal(kept.code, 2)
  assert.match(kept.err, /entry of the configuration file/)
  assert.deepEqual(removed, [])
  for (const from of ['store', 'former file'] as const)
    assert.equal((await run('remove https://ci.example', { from })).code, 0)
  assert.deepEqual([...new Set(removed)], ['arn:aws:iam::123456789012:oidc-provider/ci.example'])
  assert.equal(removed.length, 2)
  assert.equal((await run('remove')).code, 2)
  assert.equal((await run('remove nobody')).code, 2)
})
