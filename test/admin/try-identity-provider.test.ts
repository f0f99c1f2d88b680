// What a sign-in would make of an ID token or of claims, asked of a running server: with a real OpenID provider whose people have
// signed in, and with tokens and claims that nobody honest sends.

import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { IAMClient } from '@aws-sdk/client-iam'
import type { Credentials } from '../../src/secure/sigv4/sign.ts'
import { runCommandHere } from '../support/command-line.ts'
import { comeThrough, type Federated, isSignedIn, joinedNow, startFederated } from '../support/federated.ts'
import { freePort } from '../support/free-port.ts'
import { accountId } from '../support/server.ts'
import { type Answer, callAdmin, iamOf, root, userWith } from './call.ts'

const timeout = 120_000
let up: Federated
let iam: IAMClient
/** At an address that is not public and not allowed: who connects to it, by ports. */
const connected: (number | undefined)[] = []
const inside = createServer((socket) => {
  connected.push(socket.remotePort)
  socket.destroy()
})

before(
  async () => {
    const closed = await freePort()
    const insidePort = await freePort()
    await new Promise<void>((done) => inside.listen(insidePort, 'localhost', done))
    up = await startFederated({
      corp: {
        mapping: { groups: 'groups', tags: { team: 'team' } },
        second_factor: { amr: ['mfa'], ask: 'enrolled' },
      },
      allow: [`127.0.0.1:${closed}`],
      others: [
        {
          kind: 'openid',
          name: 'away',
          url: `http://127.0.0.1:${closed}`,
          sign_in: { title: 'Away', client_id: 'chancery' },
        },
        {
          kind: 'openid',
          name: 'inside',
          url: `https://localhost:${insidePort}`,
          sign_in: { title: 'Inside', client_id: 'chancery' },
        },
        {
          kind: 'ldap',
          name: 'staff',
          urls: ['ldaps://ldap.corp.example'],
          base_dn: 'dc=corp,dc=example',
          sign_in: { title: 'Staff', create_users: false },
        },
        { kind: 'openid', url: 'https://ci.example', client_ids: ['sts'] },
      ],
    })
    iam = iamOf(up.server)
    for (const body of [
      { name: 'bert', email: 'bert@corp.example', emailVerified: true },
      { name: 'cleo', email: 'cleo@corp.example' },
      { name: 'dora', email: 'dora@elsewhere.example', emailVerified: true },
    ])
      assert.equal((await call('/people', body)).status, 201)
    assert.equal((await call('/groups', { name: 'engineers' })).status, 201)
    const ada = up.corp.person('ada', { preferred_username: 'ada' })
    assert.ok(await isSignedIn((await comeThrough(up.server, up.corp, 'corp', ada)).browser))
  },
  { timeout: 180_000 },
)
after(async () => {
  iam?.destroy()
  inside.close()
  await up?.stop()
})

const call = (path: string, body: unknown, credentials: Credentials = root): Promise<Answer> =>
  callAdmin(up.server.url, { method: 'POST', path, body, credentials })
const tryWith = (name: string, body: unknown, credentials?: Credentials): Promise<Answer> =>
  call(`/identity-providers/${encodeURIComponent(name)}/try`, body, credentials)
const fieldsOf = ({ body }: Answer): readonly string[] =>
  (body?.errors ?? []).map(({ field }: { field: string }) => field)

const now = (): number => Math.floor(Date.now() / 1000)
const idToken = (more: Readonly<Record<string, unknown>> = {}) => ({
  iss: up.corp.issuer,
  aud: up.corp.client.id,
  iat: now() - 10,
  exp: now() + 600,
  sub: 'new',
  preferred_username: 'newcomer',
  ...more,
})

test('a valid token: subject, names, address, groups, tags, second factor, and who that would be', {
  timeout,
}, async () => {
  const before = await joinedNow(up.server)
  const claims = {
    preferred_username: 'newcomer',
    name: 'New Comer',
    email: 'new@corp.example',
    email_verified: true,
    groups: ['engineers', 'nowhere'],
    team: 'blue',
    amr: ['pwd', 'mfa'],
  }
  const answer = await tryWith('corp', { token: ` ${up.corp.sign(idToken(claims))}\n` })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  assert.deepEqual(answer.body, {
    would: 'create',
    user: 'newcomer',
    why: 'no user has this identity',
    token: { state: 'valid' },
    subject: 'new',
    name: 'newcomer',
    displayName: 'New Comer',
    email: 'new@corp.example',
    emailVerified: true,
    groups: [
      { name: 'engineers', exists: true },
      { name: 'nowhere', exists: false },
    ],
    tags: [{ key: 'team', value: 'blue' }],
    secondFactor: 'there',
  })
  assert.deepEqual(await joinedNow(up.server), before, 'nothing is saved')
})

const outcomes: readonly (readonly [
  what: string,
  provider: string,
  claims: Readonly<Record<string, unknown>>,
  would: string,
  user: string | undefined,
  why: RegExp,
])[] = [
  ['the subject of a user', 'corp', { sub: 'ada' }, 'sign-in', 'ada', /has this identity/],
  ['the same subject elsewhere', 'social', { sub: 'ada' }, 'create', 'ada', /no user/],
  [
    'a verified address of its domain',
    'corp',
    { sub: 'b', email: 'bert@corp.example', email_verified: true },
    'join',
    'bert',
    /is verified, and its domain is one of this provider’s/,
  ],
  [
    'an address that it did not verify',
    'corp',
    { sub: 'b', email: 'bert@corp.example' },
    'refuse',
    undefined,
    /`bert` has .* does not mark it as verified/,
  ],
  [
    'an address that is not verified here',
    'corp',
    { sub: 'c', email: 'cleo@corp.example', email_verified: true },
    'refuse',
    undefined,
    /not verified here/,
  ],
  [
    'an address of another domain',
    'corp',
    { sub: 'd', email: 'dora@elsewhere.example', email_verified: true },
    'refuse',
    undefined,
    /not among the domains/,
  ],
  ['no subject', 'corp', { email: 'x@corp.example' }, 'refuse', undefined, /no subject/],
  [
    'an attribute of a directory',
    'staff',
    { entryUUID: ['u'] },
    'refuse',
    undefined,
    /create_users is false/,
  ],
]
for (const [what, provider, claims, would, user, why] of outcomes)
  test(`claims: ${what}: ${would}`, { timeout }, async () => {
    const { status, body } = await tryWith(provider, { claims })
    assert.deepEqual([status, body.would, body.user, body.token], [200, would, user, undefined])
    assert.match(body.why, why)
  })

const tokens: readonly (readonly [what: string, token: () => string, state: string, said: RegExp])[] = [
  ['of another issuer', () => up.social.sign(idToken({ iss: up.social.issuer })), 'refused', /of the issuer/],
  [
    'of another issuer’s key',
    () => up.social.sign(idToken()),
    'refused',
    /not signed by a key of its issuer/,
  ],
  ['of a key not published', () => up.corp.sign(idToken(), {}, 'foreign'), 'refused', /not signed by a key/],
  ['for another client', () => up.corp.sign(idToken({ aud: 'other' })), 'refused', /for another client/],
  ['issued to another client', () => up.corp.sign(idToken({ azp: 'other' })), 'refused', /another client/],
  [
    'that has expired',
    () => up.corp.sign(idToken({ exp: now() - 60, iat: now() - 90 })),
    'refused',
    /expired/,
  ],
  ['that never expires', () => up.corp.sign(idToken({ exp: undefined })), 'refused', /exp/],
]
for (const [what, token, state, said] of tokens)
  test(`a token ${what} is ${state}, and finds nobody`, { timeout }, async () => {
    const { status, body } = await tryWith('corp', { token: token() })
    assert.deepEqual([status, body.would, body.user, body.token.state], [200, 'refuse', undefined, state])
    assert.match(body.token.said, said)
  })

for (const [name, why] of [
  ['away', /the keys, /],
  ['inside', /the keys, .*not public/],
] as const)
  test(`a token whose keys cannot be fetched from ${name} is not taken for a valid one`, {
    timeout,
  }, async () => {
    const { body } = await callAdmin(up.server.url, { path: `/identity-providers/${name}` })
    const token = up.corp.sign(idToken({ iss: body.settings.url, aud: 'chancery' }))
    const { status, body: tried } = await tryWith(name, { token })
    assert.deepEqual(
      [status, tried.would, tried.ifValid, tried.user, tried.token.state],
      [200, 'unknown', 'create', 'newcomer', 'unchecked'],
    )
    assert.match(tried.token.said, why)
    assert.deepEqual(connected, [], 'nobody connects to what is not public')
  })

const malformed: readonly (readonly [what: string, name: string, body: () => unknown, field: string])[] = [
  ['neither of both', 'corp', () => ({}), 'token'],
  ['both', 'corp', () => ({ token: up.corp.sign(idToken()), claims: { sub: 'a' } }), 'claims'],
  ['alg none', 'corp', () => ({ token: up.corp.sign(idToken(), {}, 'none') }), 'token'],
  ['a shared secret', 'corp', () => ({ token: up.corp.sign(idToken(), {}, 'HS256') }), 'token'],
  ['no token at all', 'corp', () => ({ token: 'opaque-access-token' }), 'token'],
  ['a token that is too long', 'corp', () => ({ token: 'x'.repeat(20_001) }), 'token'],
  ['a token for a directory', 'staff', () => ({ token: up.corp.sign(idToken()) }), 'claims'],
  ['claims as a list', 'corp', () => ({ claims: [{ sub: 'a' }] }), 'claims'],
  ['claims as text', 'corp', () => ({ claims: '{"sub":"a"}' }), 'claims'],
]
for (const [what, name, body, field] of malformed)
  test(`${what}: refused at the field ${field}`, { timeout }, async () => {
    const answer = await tryWith(name, body())
    assert.deepEqual([answer.status, fieldsOf(answer)], [400, [field]], JSON.stringify(answer.body))
  })

test('claims that nobody honest sends: prototype keys, lists, depth, size', { timeout }, async () => {
  const inherited = '{"claims":{"__proto__":{"sub":"ada","email_verified":true},"constructor":{"name":"x"}}}'
  const without = await tryWith('corp', inherited)
  assert.deepEqual([without.status, without.body.would, without.body.subject], [200, 'refuse', undefined])
  const lists = await tryWith('corp', {
    claims: { sub: [['ada']], email: [{ a: 1 }], groups: Array.from({ length: 5000 }, (_, at) => `g${at}`) },
  })
  assert.deepEqual([lists.status, lists.body.subject, lists.body.groups.length], [200, undefined, 200])
  const deep = await tryWith('corp', `{"claims":{"sub":"x","a":${'['.repeat(1000)}${']'.repeat(1000)}}}`)
  assert.equal(deep.status, 400)
  const large = await tryWith('corp', { claims: { sub: 'x'.repeat(1_048_576) } })
  assert.equal(large.status, 413)
  const twice = await tryWith('corp', '{"claims":{"sub":"x","sub":"ada"}}')
  assert.equal(twice.status, 400)
})

test('a provider of workloads is tried elsewhere', { timeout }, async () => {
  const { status, body } = await tryWith(`arn:aws:iam::${accountId}:oidc-provider/ci.example`, {
    claims: { sub: 'x' },
  })
  assert.equal(status, 400, JSON.stringify(body))
  assert.match(body.detail, /do not sign in with this provider/)
})

test('it takes the right to list people and groups besides its own, whoever the claims name', {
  timeout,
}, async () => {
  const allow = (Action: string, Resource: string) => ({ Effect: 'Allow', Action, Resource })
  const own = allow('chancery:TryIdentityProvider', up.arnOf(up.corp))
  const people = allow('chancery:ListPeople', `arn:aws:iam::${accountId}:user/*`)
  const groups = allow('chancery:ListGroups', `arn:aws:iam::${accountId}:group/*`)
  const everything = allow('chancery:*', '*')
  const guardrail = { Effect: 'Deny', Action: 'chancery:ListPeople', Resource: '*' }
  const cases: readonly (readonly [
    name: string,
    statements: readonly object[],
    missing: string | undefined,
  ])[] = [
    ['own', [own], 'chancery:ListPeople'],
    ['people', [own, people], 'chancery:ListGroups'],
    ['reads', [people, groups], 'chancery:TryIdentityProvider'],
    [
      'one',
      [own, allow('chancery:ListPeople', `arn:aws:iam::${accountId}:user/bert`), groups],
      'chancery:ListPeople',
    ],
    ['denied', [everything, guardrail], 'chancery:ListPeople'],
    ['all', [own, people, groups], undefined],
  ]
  for (const [name, statements, missing] of cases) {
    const credentials = await userWith(iam, `tries-${name}`, statements)
    for (const claims of [{ sub: 'ada' }, { sub: 'nobody' }]) {
      const { status, body } = await tryWith('corp', { claims }, credentials)
      assert.equal(status, missing === undefined ? 200 : 403, `${name}: ${JSON.stringify(body)}`)
      if (missing !== undefined) assert.match(body.detail, new RegExp(`perform: ${missing} `), name)
    }
  }
})

test('its audit entry has neither token nor claims', { timeout }, async () => {
  const token = up.corp.sign(idToken({ sub: 'sub-of-the-trail' }))
  await tryWith('corp', { token })
  await tryWith('corp', { claims: { sub: 'sub-of-the-trail', email: 'bert@corp.example' } })
  await tryWith('corp', { token: 'malformed-of-the-trail' })
  const { body } = await callAdmin(up.server.url, {
    path: '/audit?action=chancery:TryIdentityProvider&limit=3',
  })
  assert.equal(body.items.length, 3)
  const [failed, claims, valid] = body.items
  assert.deepEqual(
    [valid.outcome, valid.resource, valid.details.after],
    ['done', up.arnOf(up.corp), { would: 'create', verdict: 'valid' }],
  )
  assert.deepEqual(claims.details.after, { would: 'refuse' })
  assert.notEqual(failed.outcome, 'done')
  const text = JSON.stringify(body.items)
  for (const secret of [token.slice(0, 40), 'of-the-trail', 'bert@corp.example'])
    assert.ok(!text.includes(secret), secret)
  assert.ok(!up.server.output().includes(token.slice(-40)))
})

test('the command takes a token from a file, and ends with 1 for who would be refused', {
  timeout,
}, async () => {
  const { dir, url } = up.server
  const env = {
    HOME: dir,
    AWS_ACCESS_KEY_ID: root.accessKeyId,
    AWS_SECRET_ACCESS_KEY: root.secretAccessKey,
    CHANCERY_URL: url,
  }
  const run = (...args: readonly string[]) =>
    runCommandHere(['identity-providers', 'try', 'corp', ...args], { directory: dir, env })
  writeFileSync(join(dir, 'token.jwt'), `${up.corp.sign(idToken({ sub: 'ada' }))}\n`)
  writeFileSync(join(dir, 'claims.json'), JSON.stringify({ email: 'x@corp.example' }))
  const token = await run('--token-file', join(dir, 'token.jwt'), '--json')
  assert.equal(token.code, 0, token.err)
  const { would, user, token: verdict } = JSON.parse(token.out)
  assert.deepEqual([would, user, verdict.state], ['sign-in', 'ada', 'valid'])
  const claims = await run('--claims', `@${join(dir, 'claims.json')}`)
  assert.equal(claims.code, 1, claims.err)
  assert.match(claims.out, /would +refuse/)
  const typed = await run('--token', 'x')
  assert.equal(typed.code, 2)
})
