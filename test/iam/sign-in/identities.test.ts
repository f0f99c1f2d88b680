// Who from elsewhere is whom here, over a real store: attacks.md 15 and 17 on the records themselves.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { adjustableQuotas } from '../../../src/iam/quotas.ts'
import { type FederatedIdentity, Identities } from '../../../src/iam/sign-in/identities.ts'
import { identityLinkId, identityLookup } from '../../../src/iam/sign-in/identity-key.ts'
import { newUserRecord } from '../../../src/iam/users.ts'
import { Problem, type ProblemCode } from '../../../src/problem.ts'
import type { IdentityProvider, SignInRules, Tag, User } from '../../../src/store/records.ts'
import type { Store } from '../../../src/store/store.ts'
import { accountId, type IamFixture, openIamFixture } from '../fixture.ts'

const rule = { path: [], match: undefined, map: undefined, default: [] }
const rules: SignInRules = {
  title: 'Corp',
  domains: ['corp.example'],
  require: [],
  createUsers: true,
  mapping: {
    name: rule,
    displayName: rule,
    email: rule,
    emailVerified: rule,
    groups: rule,
    tags: { team: rule },
  },
  secondFactor: { amr: [], acr: [] },
  requireSecondFactor: false,
  signOut: false,
}
const providerOf = (name: string, signIn: Partial<SignInRules> = {}): IdentityProvider => ({
  kind: 'openid',
  id: `arn:aws:iam::${accountId}:oidc-provider/${name}.example`,
  accountId,
  name,
  url: `https://${name}.example`,
  clientIds: [],
  thumbprints: [],
  keys: { from: 'discovery' },
  once: false,
  disabled: false,
  createdAt: 0,
  tags: [],
  signIn: { ...rules, ...signIn },
  client: undefined,
  secret: undefined,
})
const corp = providerOf('corp')
const social = providerOf('social', { domains: [] })
const closed = providerOf('closed', { createUsers: false })
const from = { ip: '192.0.2.7', userAgent: undefined, requestId: 'r' }

const someone = (
  subject: string,
  person: Partial<FederatedIdentity['person']> = {},
  provider: IdentityProvider = corp,
): FederatedIdentity => ({
  provider: provider.id,
  issuer: `https://${provider.name}.example`,
  subject,
  person: {
    name: subject,
    displayName: undefined,
    email: undefined,
    emailVerified: false,
    attributes: {},
    groups: [],
    tags: [],
    ...person,
  },
})

async function stage(t: TestContext) {
  const fixture = await openIamFixture(t)
  const { store, trail, clock, record } = fixture
  const identities = new Identities({ store, trail, now: () => clock.now, accountId })
  const user = async (id: string | undefined): Promise<User> => {
    const found = id === undefined ? undefined : await store.get('user', id)
    assert.ok(found, `no user ${id}`)
    return found
  }
  const users = async () =>
    (await store.find('user', { by: 'account', value: accountId }, { limit: 500 })).records
  const local = async (name: string, more: Partial<User> = {}): Promise<User> => {
    const made = { ...newUserRecord({ accountId, name, path: '/', createdAt: clock.now }), ...more }
    await store.create('user', made)
    return made
  }
  const group = async (name: string): Promise<string> =>
    (await fixture.iam.createGroup(fixture.root, { groupName: name })).id
  const signIn = (arriving: FederatedIdentity, provider = corp) => identities.signIn(arriving, provider, from)
  return { fixture, store, identities, user, users, local, group, signIn, clock, record }
}

/** The verbs of a store, so that single ones can be replaced. */
const verbsOf = (store: Store): Store => {
  const verbs = ['create', 'get', 'getBy', 'find', 'each', 'update', 'delete', 'take'] as const
  return { ...store, ...Object.fromEntries(verbs.map((verb) => [verb, store[verb].bind(store)])) } as Store
}

/** Lets nobody through until so many are there. */
function barrier(count: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  let there = 0
  return () => {
    there += 1
    if (there === count) resolve()
    return promise
  }
}

const problem = (code: ProblemCode) => (error: unknown) => error instanceof Problem && error.code === code
const password: User['login'] = { hash: '$argon2id$', mustChange: false, createdAt: 0, changedAt: 0 }

test('an unknown identity creates a user once and signs in as that user from then on', async (t) => {
  const { signIn, user, users, record, clock } = await stage(t)
  const id = await signIn(
    someone('ada', { displayName: 'Ada', email: 'ada@corp.example', emailVerified: true }),
  )
  const made = await user(id)
  assert.deepEqual(
    [made.name, made.displayName, made.email, made.emailVerified],
    ['ada', 'Ada', 'ada@corp.example', true],
  )
  assert.deepEqual(
    record.map(({ action, outcome }) => [action, outcome]),
    [['signin:CreateUser', 'done']],
  )
  clock.now += 60
  assert.equal(await signIn(someone('ada', { displayName: 'Countess' })), id)
  const later = await user(id)
  assert.equal(later.displayName, 'Countess')
  // A provider that says no address this time takes none away.
  assert.equal(later.email, 'ada@corp.example')
  assert.equal(later.identities?.[0]?.lastUsed, clock.now)
  assert.equal((await users()).length, 1)
})

test('a user name that is taken gets a number appended, and a missing one is made from the provider’s name', async (t) => {
  const { signIn, user, local } = await stage(t)
  await local('ADA')
  assert.equal((await user(await signIn(someone('one', { name: 'ada' })))).name, 'ada-2')
  assert.equal((await user(await signIn(someone('two', { name: 'ada' })))).name, 'ada-3')
  const longest = 'n'.repeat(64)
  await local(longest)
  const cut = (await user(await signIn(someone('three', { name: longest })))).name
  assert.ok(cut.length <= 64 && cut.endsWith('-2'), cut)
  assert.equal((await user(await signIn(someone('four', { name: undefined })))).name, 'corp-user')
})

test('many users whose provider sends no name are all created', async (t) => {
  const { signIn, users } = await stage(t)
  for (let n = 0; n < 60; n++) await signIn(someone(`nameless-${n}`, { name: undefined }))
  assert.equal((await users()).length, 60)
})

test('no user is created where the provider may not create users', async (t) => {
  const { signIn, users, record } = await stage(t)
  assert.equal(await signIn(someone('ada', {}, closed), closed), undefined)
  assert.deepEqual(await users(), [])
  assert.match(record.at(-1)?.reason ?? '', /may not create users/)
})

const addressOf = ({ email, emailVerified }: User) => [email, emailVerified]

test('34: address and name are updated by the provider that is authoritative for the domain', async (t) => {
  const { signIn, user, local, identities } = await stage(t)
  const verified = (email: string) => ({ email, emailVerified: true })
  const { id } = await local('ada', { ...verified('ada@corp.example'), displayName: 'Ada' })
  const arrives = async (person: Partial<FederatedIdentity['person']>, provider = corp) => {
    assert.equal(await signIn(someone('ada', person, provider), provider), id)
    const { displayName } = await user(id)
    return [...addressOf(await user(id)), displayName]
  }
  const married = { ...verified('ada.king@corp.example'), displayName: 'Ada King' }
  assert.deepEqual(await arrives(verified('ada@corp.example')), ['ada@corp.example', true, 'Ada'])
  assert.deepEqual(await arrives(married), ['ada.king@corp.example', true, 'Ada King'])
  // A provider that does not speak for the domain changes nothing of what another verified.
  await identities.connect(id, someone('ada', {}, social), social, from)
  const lies = { ...verified('root@corp.example'), displayName: 'Root' }
  assert.deepEqual(await arrives(lies, social), ['ada.king@corp.example', true, 'Ada King'])
  // Her provider says that the address is not hers any more, and names one it does not speak for.
  assert.deepEqual(await arrives(verified('ada@private.example')), [undefined, false, 'Ada King'])
})

test('34: an unverified address of a user created by a provider is updated by it, and stays unverified', async (t) => {
  const { signIn, user } = await stage(t)
  const arrives = async (email: string) =>
    user(await signIn(someone('eve', { email, emailVerified: true }, social), social))
  assert.deepEqual(addressOf(await arrives('eve@corp.example')), ['eve@corp.example', false])
  assert.deepEqual(addressOf(await arrives('eve@other.example')), ['eve@other.example', false])
})

test('34: an address that the provider reassigns is removed from its former user', async (t) => {
  const { signIn, user, store, record } = await stage(t)
  const first = await signIn(someone('leaver', spoken))
  await store.update('user', first ?? '', (old) => ({ ...old, disabled: true }))
  const second = await signIn(someone('successor', spoken))
  assert.notEqual(second, first)
  assert.deepEqual(addressOf(await user(first)), [undefined, false])
  assert.deepEqual(addressOf(await user(second)), ['x@corp.example', true])
  assert.ok(
    record.some(
      ({ action, details }) => action === 'signin:TakeAddress' && details?.['subject'] === 'successor',
    ),
  )
})

const lyingNames: readonly (readonly [wanted: string, provider: IdentityProvider, name: string])[] = [
  ['bob@corp.example', social, 'social-bob'],
  ['bob@corp.example', corp, 'bob@corp.example'],
  ['bob@other.example', corp, 'corp-bob'],
  ['@corp.example', social, 'social-user'],
  ['root', social, 'social-root'],
  ['ROOT', corp, 'corp-ROOT'],
  ['r00t', social, 'social-r00t'],
  ['Admin', social, 'social-Admin'],
  ['adm1n', social, 'social-adm1n'],
  ['ad-min_2', social, 'social-ad-min_2'],
  ['adrnin', social, 'social-adrnin'],
  ['admin@other.example', social, 'social-admin'],
  ['administrator', social, 'social-administrator'],
  ['rooted', social, 'rooted'],
  ['ada.admino', social, 'ada.admino'],
]
for (const [wanted, provider, name] of lyingNames)
  test(`39: \`${wanted}\` of ${provider.name} becomes \`${name}\``, async (t) => {
    const { signIn, user } = await stage(t)
    assert.equal((await user(await signIn(someone('s', { name: wanted }, provider), provider))).name, name)
  })

type Here = Partial<User>
const spoken = { email: 'x@corp.example', emailVerified: true }
const owned = [
  {
    provider: social.id,
    issuer: 'https://social.example',
    subject: 's',
    label: 's',
    groups: [],
    owns: true,
    joinedAt: 0,
    lastUsed: 0,
  },
]
const authority: readonly (readonly [
  what: string,
  here: readonly Here[],
  comes: Partial<FederatedIdentity['person']>,
  provider: IdentityProvider,
  outcome: 'joined' | 'made' | 'nobody',
])[] = [
  ['a verified address the provider speaks for', [spoken], spoken, corp, 'joined'],
  ['also where it may not create users', [spoken], spoken, closed, 'joined'],
  ['not verified there', [spoken], { ...spoken, emailVerified: false }, corp, 'nobody'],
  ['not verified here', [{ ...spoken, emailVerified: false }], spoken, corp, 'nobody'],
  ['a provider that speaks for no domain', [spoken], spoken, social, 'nobody'],
  [
    'a domain it does not speak for',
    [{ ...spoken, email: 'x@a.example' }],
    { ...spoken, email: 'x@a.example' },
    corp,
    'nobody',
  ],
  [
    'the domain as the local part',
    [{ ...spoken, email: 'corp.example@a.example' }],
    { ...spoken, email: 'corp.example@a.example' },
    corp,
    'nobody',
  ],
  ['a disabled user', [{ ...spoken, disabled: true }], spoken, corp, 'nobody'],
  ['two users with the address', [spoken, spoken], spoken, corp, 'nobody'],
  [
    'an unverified squatter that a provider made, and the owner',
    [{ ...spoken, emailVerified: false, identities: owned }, spoken],
    spoken,
    corp,
    'joined',
  ],
  [
    'an unverified squatter alone',
    [{ ...spoken, emailVerified: false, identities: owned }],
    spoken,
    corp,
    'made',
  ],
  [
    'the same, who has a password',
    [{ ...spoken, emailVerified: false, identities: owned, login: password }],
    spoken,
    corp,
    'nobody',
  ],
  [
    'the same, for a provider that speaks for nothing',
    [{ ...spoken, emailVerified: false, identities: owned }],
    spoken,
    social,
    'nobody',
  ],
  ['nobody with the address', [], spoken, corp, 'made'],
]
for (const [what, here, comes, provider, outcome] of authority)
  test(`by a verified address: ${what}: ${outcome}`, async (t) => {
    const { signIn, users, local } = await stage(t)
    for (const [n, more] of here.entries()) await local(`here-${n}`, more)
    const before = await users()
    const id = await signIn(someone('comer', comes, provider), provider)
    const after = await users()
    if (outcome === 'nobody') {
      assert.equal(id, undefined)
      assert.deepEqual(after, before)
    } else {
      assert.equal(after.length, before.length + (outcome === 'made' ? 1 : 0))
      const found = after.find((user) => user.id === id)
      assert.equal(found?.identities?.at(-1)?.subject, 'comer')
      assert.ok(found?.emailVerified)
    }
  })

test('an address that the provider reassigned links to no user and moves to the new one', async (t) => {
  const { signIn, local, user } = await stage(t)
  const { id } = await local('owner', spoken)
  const came = await Promise.allSettled(
    ['one', 'two', 'three'].map((subject) => signIn(someone(subject, spoken))),
  )
  const ins = came.filter((one) => one.status === 'fulfilled' && one.value === id)
  assert.equal(ins.length, 1)
  assert.equal((await user(id)).identities?.length, 1)
  const four = await signIn(someone('four', spoken))
  assert.ok(four !== undefined && four !== id)
  assert.equal((await user(id)).identities?.length, 1)
  assert.deepEqual(addressOf(await user(id)), [undefined, false])
  assert.deepEqual(addressOf(await user(four)), ['x@corp.example', true])
})

test('groups are added and removed as the provider says; local ones are kept', async (t) => {
  const { signIn, user, group, store } = await stage(t)
  const [a, b, own] = [await group('a'), await group('b'), await group('own')]
  const id = await signIn(someone('ada', { groups: ['a', 'b', 'no-such-group', '__proto__', 'constructor'] }))
  assert.deepEqual((await user(id)).groups, [a, b])
  await store.update('user', id ?? '', (old) => ({ ...old, groups: [...old.groups, own] }))
  await signIn(someone('ada', { groups: ['B'] }))
  assert.deepEqual((await user(id)).groups, [own, b])
  await signIn(someone('ada', { groups: ['own'] }))
  assert.deepEqual((await user(id)).groups, [own])
  // It was local before the provider named it, and stays.
  await signIn(someone('ada'))
  assert.deepEqual((await user(id)).groups, [own])
})

test('a provider adds a user to no more groups than the quota allows', async (t) => {
  const { signIn, user, group, store } = await stage(t)
  const names = Array.from({ length: adjustableQuotas.GroupsPerUser.default + 5 }, (_, n) => `g${n}`)
  for (const name of names) await group(name)
  const id = await signIn(someone('ada', { groups: names.slice(0, 2) }))
  const local = await group('local')
  await store.update('user', id ?? '', (old) => ({ ...old, groups: [...old.groups, local] }))
  await signIn(someone('ada', { groups: names }))
  const { groups } = await user(id)
  assert.deepEqual([groups.length, groups.includes(local)], [adjustableQuotas.GroupsPerUser.default, true])
})

test('a sign-in that cannot be audited is refused', async (t) => {
  const { store, identities, signIn, local } = await stage(t)
  await local('grace', { email: 'grace@corp.example', emailVerified: true })
  const eve = await local('eve')
  await identities.connect(eve.id, someone('eve'), corp, from)
  await store.update('user', eve.id, (old) => ({ ...old, disabled: true }))
  const ada = await local('ada', { login: password })
  await identities.connect(ada.id, someone('ada'), corp, from)
  await signIn(someone('bob'))
  const away = async () => {
    throw new Problem('unavailable', 'the trail is away')
  }
  const unrecorded = new Identities({ store, trail: { record: away }, now: () => 0, accountId })
  const person = { email: 'grace@corp.example', emailVerified: true }
  const acts: Record<string, () => Promise<unknown>> = {
    'a new user': () => unrecorded.signIn(someone('carol'), corp, from),
    'a disabled one': () => unrecorded.signIn(someone('eve'), corp, from),
    'nobody here': () => unrecorded.signIn(someone('dan', {}, closed), closed, from),
    'who has the address': () => unrecorded.signIn(someone('grace', person), corp, from),
    'a connection': () => unrecorded.connect(ada.id, someone('ada2'), corp, from),
    'a connection to what is another’s': () => unrecorded.connect(ada.id, someone('bob'), corp, from),
    'a disconnection': () => unrecorded.disconnect(ada.id, someone('ada'), from),
  }
  for (const [what, act] of Object.entries(acts)) await assert.rejects(act, problem('unavailable'), what)
})

test('mapped tags are updated, others stay, and the tag quota holds', async (t) => {
  const { signIn, user, store } = await stage(t)
  const tag = (key: string, value: string): Tag => ({ key, value })
  const id = await signIn(someone('ada', { tags: [tag('team', 'red')] }))
  await store.update('user', id ?? '', (old) => ({ ...old, tags: [...old.tags, tag('cost', '1')] }))
  await signIn(someone('ada', { tags: [tag('team', 'blue')] }))
  assert.deepEqual((await user(id)).tags, [tag('cost', '1'), tag('team', 'blue')])
  await signIn(someone('ada'))
  assert.deepEqual((await user(id)).tags, [tag('cost', '1')])
  await store.update('user', id ?? '', (old) => ({
    ...old,
    tags: Array.from({ length: 50 }, (_, n) => tag(`k${n}`, 'v')),
  }))
  await signIn(someone('ada', { tags: [tag('team', 'blue')] }))
  assert.equal((await user(id)).tags.length, 50)
  const again = await signIn(someone('eve', { tags: [tag('team', 'red'), tag('Team', 'blue')] }))
  assert.equal((await user(again)).tags.length, 1)
})

test('a disabled user cannot sign in with an identity, and none is linked to the user', async (t) => {
  const { signIn, store, identities, record, users } = await stage(t)
  const id = (await signIn(someone('ada'))) ?? ''
  await store.update('user', id, (old) => ({ ...old, disabled: true }))
  const before = await users()
  await assert.rejects(signIn(someone('ada')), problem('denied'))
  assert.match(record.at(-1)?.reason ?? '', /disabled/)
  await assert.rejects(identities.connect(id, someone('other'), corp, from), Problem)
  assert.deepEqual(await users(), before)
})

test('the identity of a deleted user creates a new user, also under the same name', async (t) => {
  const { signIn, store, users } = await stage(t)
  const id = await signIn(someone('ada'))
  await store.delete('user', id ?? '')
  const again = await signIn(someone('ada'))
  assert.ok(again !== undefined && again !== id)
  assert.equal((await users()).length, 1)
})

test('three concurrent sign-ins with the identity of a deleted user create one user', async (t) => {
  const { store, signIn, users } = await stage(t)
  const first = await signIn(someone('ada'))
  assert.ok(first)
  await store.delete('user', first) // as a crash leaves it: the joining still speaks of that user
  const trail = { record: async () => undefined }
  const through = (seams: Partial<Store>) => {
    const at = { ...verbsOf(store), ...seams }
    return new Identities({ store: at, trail, now: () => 0, accountId }).signIn(someone('ada'), corp, from)
  }
  const bothMadeUsers = barrier(2)
  const late = Promise.withResolvers<void>()
  const makesUser: Store['create'] = async (kind, record) => {
    if (kind === 'user') await bothMadeUsers()
    await store.create(kind, record)
  }
  let third: Promise<string | undefined> | undefined
  let second: string | undefined
  const one = await through({
    async get(kind, id) {
      const seen = await store.get(kind, id)
      if (kind !== 'joining' || third) return seen
      // Now it knows what is out of date: another makes the user, and a third is about to.
      third = through({
        async create(kind, record) {
          if (kind === 'joining') await late.promise
          await makesUser(kind, record)
        },
      })
      second = await through({ create: makesUser })
      return seen
    },
    async find(...asked) {
      late.resolve()
      await third
      return store.find(...asked)
    },
  })
  assert.equal(new Set([one, second, await third]).size, 1)
  assert.equal((await users()).length, 1)
})

test('linking an identity twice links it once; one of another user is refused and changes nothing', async (t) => {
  const { signIn, identities, local, user, record } = await stage(t)
  const { id } = await local('grace', { login: password })
  await identities.connect(id, someone('g'), corp, from)
  await identities.connect(id, someone('g'), corp, from)
  assert.equal((await user(id)).identities?.length, 1)
  assert.equal(await signIn(someone('g')), id)
  const thief = await local('thief', { login: password })
  await assert.rejects(identities.connect(thief.id, someone('g'), corp, from), problem('conflict'))
  assert.deepEqual((await user(thief.id)).identities ?? [], [])
  assert.equal(record.at(-1)?.outcome, 'refused')
  assert.equal(await signIn(someone('g')), id)
})

test('a user has at most twenty identities, also when thirty are linked concurrently', async (t) => {
  const { identities, local, user } = await stage(t)
  const { id } = await local('grace', { login: password })
  const one = (n: number) => identities.connect(id, someone(`many-${n}`), corp, from)
  const all = await Promise.allSettled(Array.from({ length: 30 }, (_, n) => one(n)))
  const refused = all.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
  assert.equal(refused.length, 10)
  for (const reason of refused) {
    assert.equal(reason.code, 'limit_exceeded')
    assert.match(reason.message, /at most 20 identities/)
  }
  assert.equal((await user(id)).identities?.length, 20)
  // What is connected already stays so, and one more comes in where one is gone.
  const [first] = (await user(id)).identities ?? []
  await identities.connect(id, someone(first?.subject ?? ''), corp, from)
  await identities.disconnect(id, first ?? assert.fail(), from)
  await one(40)
  assert.equal((await user(id)).identities?.length, 20)
})

test('linking one identity to twenty users concurrently links it to one of them', async (t) => {
  const { signIn, identities, local, users } = await stage(t)
  const all = await Promise.all(Array.from({ length: 20 }, (_, n) => local(`u${n}`, { login: password })))
  const ended = await Promise.allSettled(
    all.map(({ id }) => identities.connect(id, someone('one'), corp, from)),
  )
  assert.equal(ended.filter(({ status }) => status === 'fulfilled').length, 1)
  const having = (await users()).filter(({ identities: theirs = [] }) => theirs.length > 0)
  assert.equal(having.length, 1)
  assert.equal(await signIn(someone('one')), having[0]?.id)
})

test('unlinking an identity removes its groups; the last sign-in method cannot be unlinked', async (t) => {
  const { signIn, identities, local, user, group, store } = await stage(t)
  const a = await group('a')
  const { id } = await local('grace', { login: password })
  await identities.connect(id, someone('g', { groups: ['a'] }), corp, from)
  assert.deepEqual((await user(id)).groups, [a])
  assert.equal(await identities.disconnect(id, someone('not-theirs'), from), false)
  assert.equal(await identities.disconnect(id, someone('g'), from), true)
  const left = await user(id)
  assert.deepEqual([left.groups, left.identities], [[], []])
  assert.equal(await store.get('joining', identityLinkId(someone('g'))), undefined)
  const only = (await signIn(someone('only'))) ?? ''
  await assert.rejects(identities.disconnect(only, someone('only'), from), problem('conflict'))
  await identities.connect(only, someone('second', {}, social), social, from)
  assert.equal(await identities.disconnect(only, someone('only'), from), true)
  await assert.rejects(identities.disconnect(only, someone('second', {}, social), from), problem('conflict'))
})

test('of two last sign-in methods that are unlinked concurrently one stays', async (t) => {
  const { signIn, identities, user } = await stage(t)
  const id = (await signIn(someone('one'))) ?? ''
  await identities.connect(id, someone('two', {}, social), social, from)
  const ended = await Promise.allSettled([
    identities.disconnect(id, someone('one'), from),
    identities.disconnect(id, someone('two', {}, social), from),
  ])
  assert.equal(ended.filter(({ status }) => status === 'fulfilled').length, 1)
  assert.equal((await user(id)).identities?.length, 1)
})

test('a crash between the two records of a link is completed at the next sign-in', async (t) => {
  const { signIn, store, users, local } = await stage(t)
  // The user was written, the joining was not.
  const id = await signIn(someone('ada'))
  await store.delete('joining', identityLinkId(someone('ada')))
  assert.equal(await signIn(someone('ada')), id)
  assert.equal((await store.get('joining', identityLinkId(someone('ada'))))?.userId, id)
  // The joining points to a user who has no such identity: it is nobody's.
  const other = await local('other', { login: password })
  await store.create('joining', {
    id: identityLinkId(someone('eve')),
    accountId,
    userId: other.id,
    claim: 'c',
    createdAt: 0,
  })
  const eve = await signIn(someone('eve'))
  assert.ok(eve !== undefined && eve !== other.id)
  assert.equal((await users()).length, 3)
})

const spellings: readonly (readonly [string, string])[] = [
  ['ada', 'Ada'],
  ['ada', 'ada '],
  ['ada', 'ada\u0000'],
  ['é', 'e\u0301'],
  ['\ud800', '\udfff'],
  ['["a"]', '[\\"a\\"]'],
  ['constructor', '__proto__'],
]
for (const [one, other] of spellings)
  test(`subjects are compared exactly: ${JSON.stringify([one, other])} are two users`, async (t) => {
    const { signIn } = await stage(t)
    const [first, second] = [
      await signIn(someone(one, { name: 'n' })),
      await signIn(someone(other, { name: 'n' })),
    ]
    assert.ok(first !== undefined && second !== undefined && first !== second)
    assert.equal(await signIn(someone(one)), first)
    assert.equal(await signIn(someone(other)), second)
  })

test('different provider, issuer and subject never have the same identity id', () => {
  const parts = ['a', 'b"', '","', '["a","b"]', '']
  const all = parts.flatMap((provider) =>
    parts.flatMap((issuer) => parts.map((subject) => identityLookup({ provider, issuer, subject }))),
  )
  assert.equal(new Set(all).size, parts.length ** 3)
})

/** A store that answers reads later, as one over a network does: others get in between. */
const farAway = (store: Store): Store => {
  const later = () => new Promise((next) => setTimeout(next, Math.random() * 5))
  return new Proxy(store, {
    get(of, verb: keyof Store) {
      const method = of[verb].bind(of) as (...given: unknown[]) => unknown
      const reads = verb === 'get' || verb === 'getBy' || verb === 'find'
      return reads ? (...given: unknown[]) => later().then(() => method(...given)) : method
    },
  })
}

test('twenty concurrent first sign-ins of one identity in two processes create one user', async (t) => {
  const { fixture, users, store } = await stage(t)
  const other: Awaited<ReturnType<IamFixture['another']>> = await fixture.another()
  const both = [store, other.store]
    .map(farAway)
    .map((store) => new Identities({ store, trail: fixture.trail, now: () => fixture.clock.now, accountId }))
  const arriving = someone('ada', { email: 'ada@corp.example', emailVerified: true })
  const came = await Promise.all(
    Array.from({ length: 20 }, (_, n) => both[n % 2]?.signIn(arriving, corp, from)),
  )
  assert.equal(new Set(came).size, 1, JSON.stringify(came))
  assert.deepEqual(
    (await users()).map(({ id }) => id),
    [came[0]],
  )
})
