// attacks.md 17, who may become whom: an account is joined by (issuer, subject), by a verified address of a domain that
// was declared for this very provider, or by proving to be that user; by nothing else.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { DeleteUserCommand, IAMClient } from '@aws-sdk/client-iam'
import { newUserRecord } from '../../src/iam/users.ts'
import type { User } from '../../src/store/records.ts'
import {
  beside,
  comeThrough,
  type Federated,
  isSignedIn,
  joinedNow,
  startFederated,
  usersOf,
} from '../support/federated.ts'
import { headingOf } from '../support/form-browser.ts'
import { accountId, rootKey } from '../support/server.ts'
import { entriesOf } from '../support/trail.ts'

let at: Federated
before(async () => {
  at = await startFederated({ corp: { userinfo: true } })
})
after(() => at?.stop())

/** A user who was here before anybody came. */
async function local(name: string, email: string, emailVerified: boolean): Promise<User> {
  const blank = newUserRecord({ accountId, name, path: '/', createdAt: 1 })
  const user = { ...blank, email, emailVerified }
  await beside(at.server, (store) => store.create('user', user))
  return user
}

const identitiesOf = async (name: string) =>
  (await usersOf(at.server)).find((user) => user.name === name)?.identities ?? []

test('17: the first sign-in makes a user, the next is the same one, and both are on record', async () => {
  const who = at.social.person('s-first', { preferred_username: 'first' })
  const first = await comeThrough(at.server, at.social, 'social', who)
  assert.equal(first.end.status, 200)
  assert.ok(await isSignedIn(first.browser))
  const before = (await joinedNow(at.server)).length
  assert.ok(await isSignedIn((await comeThrough(at.server, at.social, 'social', who)).browser))
  assert.equal((await joinedNow(at.server)).length, before)
  const [identity] = await identitiesOf('first')
  assert.deepEqual(
    [identity?.provider, identity?.issuer, identity?.subject],
    [at.arnOf(at.social), at.social.issuer, 's-first'],
  )
  const acts = (await entriesOf(at.server)).map(({ action }) => action)
  assert.ok(acts.includes('signin:CreateUser'))
})

const refusedJoins: readonly (readonly [
  title: string,
  provider: 'corp' | 'social',
  local: { readonly email: string; readonly verified: boolean },
  claims: Readonly<Record<string, unknown>>,
])[] = [
  [
    'an address that the provider did not verify (Casdoor CVE-2026-9092)',
    'corp',
    { email: 'v1@corp.example', verified: true },
    { email: 'v1@corp.example', email_verified: false },
  ],
  [
    'an address of which the provider says nothing',
    'corp',
    { email: 'v2@corp.example', verified: true },
    { email: 'v2@corp.example' },
  ],
  [
    'an address verified by a provider that was not declared for its domain',
    'social',
    { email: 'v3@corp.example', verified: true },
    { email: 'v3@corp.example', email_verified: true },
  ],
  [
    'a verified address of another domain than the declared one',
    'corp',
    { email: 'v4@other.example', verified: true },
    { email: 'v4@other.example', email_verified: true },
  ],
  [
    'a domain that only ends like the declared one',
    'corp',
    { email: 'v5@evilcorp.example', verified: true },
    { email: 'v5@evilcorp.example', email_verified: true },
  ],
  [
    'a domain below the declared one',
    'corp',
    { email: 'v6@sub.corp.example', verified: true },
    { email: 'v6@sub.corp.example', email_verified: true },
  ],
  [
    'a user here whose own address nobody verified (pre-hijacked)',
    'corp',
    { email: 'v7@corp.example', verified: false },
    { email: 'v7@corp.example', email_verified: true },
  ],
  [
    'a flag that is neither true nor `true`',
    'corp',
    { email: 'v8@corp.example', verified: true },
    { email: 'v8@corp.example', email_verified: 'yes' },
  ],
]
for (const [n, [title, provider, { email, verified }, claims]] of refusedJoins.entries())
  test(`17: no identity is linked by ${title}`, async () => {
    const name = `victim-${n}`
    await local(name, email, verified)
    const before = await joinedNow(at.server)
    const up = at[provider]
    const { browser, end } = await comeThrough(at.server, up, provider, up.person(`thief-${n}`, claims))
    assert.equal(headingOf(end), 'Connect your account')
    assert.equal(await isSignedIn(browser), false)
    assert.deepEqual(await joinedNow(at.server), before)
    // And not by the password page's other ways out either: the victim's name alone is no proof.
    const tried = await browser.submit(end, { username: name, password: 'a guess of the thief' })
    assert.equal(tried.status, 401)
    assert.equal(await isSignedIn(browser), false)
    assert.deepEqual(await joinedNow(at.server), before)
  })

test('17: the address from one answer, its verified flag from the other: not verified (Keycloak CVE-2026-14781)', async (t) => {
  await local('victim-mixed', 'mixed@corp.example', true)
  const before = await joinedNow(at.server)
  t.after(() => {
    at.corp.quirks.idToken = undefined
    at.corp.quirks.userinfo = undefined
  })
  // The flag in the ID token, the address at userinfo; then the other way round.
  const ways: readonly (readonly [object, object])[] = [
    [{ email_verified: true }, { email: 'mixed@corp.example' }],
    [{ email: 'mixed@corp.example' }, { email_verified: true }],
    [{ email: 'thief@corp.example', email_verified: true }, { email: 'mixed@corp.example' }],
    [
      { email: 'mixed@corp.example', email_verified: false },
      { email: 'mixed@corp.example', email_verified: 'no' },
    ],
  ]
  for (const [n, [inToken, atUserinfo]] of ways.entries()) {
    at.corp.quirks.idToken = (claims) => ({ ...claims, ...inToken })
    at.corp.quirks.userinfo = ({ sub }) => ({ sub, ...atUserinfo })
    const { browser } = await comeThrough(at.server, at.corp, 'corp', at.corp.person(`mixer-${n}`))
    assert.equal((await identitiesOf('victim-mixed')).length, 0, `way ${n}`)
    assert.equal((await browser.get('/account')).text.includes('victim-mixed'), false)
  }
  const after = await joinedNow(at.server)
  assert.deepEqual(
    before.filter((line) => !after.includes(line)),
    [],
  )
  assert.ok(
    after.every((line) => !line.includes('"mixed@corp.example",true') || line.includes('victim-mixed')),
  )
})

test('17: a verified address of the declared domain joins, in whatever case', async () => {
  await local('grace', 'grace@corp.example', true)
  const who = at.corp.person('c-grace', { email: 'Grace@Corp.Example', email_verified: true })
  const { browser } = await comeThrough(at.server, at.corp, 'corp', who)
  assert.ok(await isSignedIn(browser))
  assert.deepEqual(
    (await identitiesOf('grace')).map(({ subject }) => subject),
    ['c-grace'],
  )
})

test('17, 34: an e-mail address that the provider gave to another person links nothing (recycled)', async () => {
  await local('old-owner', 'recycled@corp.example', true)
  const claims = { email: 'recycled@corp.example', email_verified: true }
  await comeThrough(at.server, at.corp, 'corp', at.corp.person('c-old', claims))
  assert.equal((await identitiesOf('old-owner')).length, 1)
  await comeThrough(at.server, at.corp, 'corp', at.corp.person('c-new', claims))
  const old = (await usersOf(at.server)).find(({ name }) => name === 'old-owner')
  assert.deepEqual(
    [old?.email, old?.emailVerified, old?.identities?.map(({ subject }) => subject)],
    [undefined, false, ['c-old']],
  )
  const holders = (await usersOf(at.server)).filter(({ email }) => email === 'recycled@corp.example')
  assert.deepEqual(
    holders.map(({ emailVerified, identities = [] }) => [emailVerified, identities[0]?.subject]),
    [[true, 'c-new']],
  )
})

test("17: an identity of a second provider with an address of another provider's domain is sent to that provider", async () => {
  const email = 'two-ways@corp.example'
  await local('two-ways', email, true)
  const claims = { email, email_verified: false }
  const { browser, end } = await comeThrough(
    at.server,
    at.social,
    'social',
    at.social.person('s-two', claims),
  )
  assert.equal(headingOf(end), 'Connect your account')
  const link = /If you usually sign in with corp, <a href="([^"]+)">sign in with corp/.exec(end.text)?.[1]
  assert.ok(link, end.text)
  const sent = await browser.get(link)
  assert.ok(sent.location?.startsWith(at.corp.origin))
  assert.deepEqual(await identitiesOf('two-ways'), [])
})

test('17: the same subject at another provider or issuer is another identity', async () => {
  const mine = await comeThrough(
    at.server,
    at.social,
    'social',
    at.social.person('same-subject', { preferred_username: 'same' }),
  )
  const theirs = await comeThrough(
    at.server,
    at.corp,
    'corp',
    at.corp.person('same-subject', { preferred_username: 'same' }),
  )
  assert.ok(await isSignedIn(mine.browser))
  assert.ok(await isSignedIn(theirs.browser))
  assert.deepEqual(
    [(await identitiesOf('same')).length, (await identitiesOf('same-2')).length],
    [1, 1],
    'two users, one identity each',
  )
})

test('17: who claims an address first, unverified, does not keep its owner out', async () => {
  const email = 'squatted@corp.example'
  await comeThrough(
    at.server,
    at.social,
    'social',
    at.social.person('squatter', { preferred_username: 'squatter', email, email_verified: true }),
  )
  const owner = at.corp.person('c-owner', { preferred_username: 'owner', email, email_verified: true })
  const { browser, end } = await comeThrough(at.server, at.corp, 'corp', owner)
  assert.equal(end.status, 200, headingOf(end))
  assert.ok(await isSignedIn(browser))
  const users = (await usersOf(at.server)).filter((user) => user.email === email)
  assert.deepEqual(
    users.map(({ name, emailVerified, identities }) => [name, emailVerified, identities?.length]).sort(),
    [['owner', true, 1]],
    'the address is not said of the squatter any more',
  )
})

test('17: a name that a provider gives is never an existing user’s', async () => {
  const who = at.social.person('s-admin', { preferred_username: 'ADMIN', groups: ['Administrators'] })
  const { browser, end } = await comeThrough(at.server, at.social, 'social', who)
  assert.ok(await isSignedIn(browser), headingOf(end))
  const admin = (await usersOf(at.server)).find(({ name }) => name === 'admin')
  assert.deepEqual(admin?.identities ?? [], [])
})

test('17: an application’s authorization request cannot start linking an identity', async () => {
  const [victim] = await usersOf(at.server)
  const answer = await fetch(`${at.server.url}/sign-in?connect=${victim?.id}&connect=social`, {
    redirect: 'manual',
  })
  assert.equal(answer.status, 303)
  const token = await fetch(`${at.server.url}${answer.headers.get('location')}/connect`, {
    redirect: 'manual',
  })
  assert.notEqual(token.status, 200)
})

test('17: the identity of a deleted user is a new user with nothing of the old one', async () => {
  const who = at.social.person('s-gone', { preferred_username: 'gone' })
  await comeThrough(at.server, at.social, 'social', who)
  const old = (await usersOf(at.server)).find(({ name }) => name === 'gone')
  assert.ok(old)
  const iam = new IAMClient({
    endpoint: at.server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret },
  })
  await iam.send(new DeleteUserCommand({ UserName: 'gone' }))
  const { browser } = await comeThrough(at.server, at.social, 'social', who)
  assert.ok(await isSignedIn(browser))
  const again = (await usersOf(at.server)).find(({ name }) => name === 'gone')
  assert.ok(again && again.id !== old.id)
})
