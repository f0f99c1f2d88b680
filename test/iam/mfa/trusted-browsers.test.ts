// Browsers that people trust: what a token is worth, who may use it, and everything that ends it. attacks.md 20, 33.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { TrustedBrowsers } from '../../../src/iam/mfa/trusted-browsers.ts'
import { AccountSettings } from '../../../src/iam/people/account-settings.ts'
import { Secret } from '../../../src/secure/secret.ts'
import { codeOf } from '../../../src/secure/totp.ts'
import type { SignInSettings, User } from '../../../src/store/records.ts'
import { accountId, allow, openIamFixture } from '../fixture.ts'

const day = 24 * 3600
const from = { ip: '192.0.2.7', userAgent: 'Firefox/144.0', requestId: 'request' }
const factor = `arn:aws:iam::${accountId}:mfa/phone`

async function open(t: TestContext, trustedDeviceDays = 30) {
  const fixture = await openIamFixture(t)
  const { store, trail, clock, iam, root } = fixture
  const settings = new AccountSettings(store, () => clock.now)
  const set = (signIn: Partial<SignInSettings>) =>
    settings.change(accountId, { password: {}, signIn }, () => undefined)
  await set({ trustedDeviceDays })
  await fixture.userWho('ada', allow('iam:ChangePassword'))
  await fixture.userWho('bob')
  await iam.createLoginProfile(root, { userName: 'ada', password: new Secret('correct horse battery') })
  const user = async (name: string) => (await store.getBy('user', 'name', `${accountId}/${name}`)) as User
  const trusted = new TrustedBrowsers({ store, trail, now: () => clock.now })
  const ada = await user('ada')
  const bob = await user('bob')
  const trust = async (who = ada, cookie?: string) => {
    const made = await trusted.trust(who.id, { cookie, factor }, from)
    assert.ok(made)
    return made.value
  }
  const use = (cookie: string | undefined, who = ada) => trusted.use(who.id, cookie, from)
  return { ...fixture, trusted, set, ada, bob, trust, use }
}

test('a trusted browser is known again, each time with the next token, until its days are over', async (t) => {
  const { trusted, trust, use, ada, clock } = await open(t)
  let cookie = await trust()
  for (let signIn = 0; signIn < 3; signIn++) {
    clock.now += 9 * day
    const used = await use(cookie)
    assert.equal(used?.factor, factor)
    assert.ok(used?.cookie && used.cookie.value !== cookie)
    cookie = used.cookie.value
  }
  const [seen] = await trusted.list(ada.id)
  assert.deepEqual([seen?.browser, seen?.address], ['Firefox/144.0', '192.0.2.7'])
  assert.equal((seen?.lastUsedAt ?? 0) - (seen?.createdAt ?? 0), 27 * day)
  assert.equal(await trusted.current(ada.id, cookie), seen?.id)
  clock.now += 3 * day
  assert.equal(await use(cookie), undefined, 'using it does not make it last longer')
  assert.deepEqual(await trusted.list(ada.id), [])
})

test('only the hash of a token is stored, and the audit trail has no token', async (t) => {
  const { trust, use, store, ada, record } = await open(t)
  const cookie = await trust()
  const secret = cookie.split('.')[1] ?? ''
  const stored = await Array.fromAsync(store.each('trustedBrowser', { by: 'user', value: ada.id }))
  assert.equal(stored.length, 1)
  assert.ok(!JSON.stringify(stored).includes(secret))
  await use(cookie)
  await use(cookie.replace(secret, 'A'.repeat(43)))
  assert.ok(record.some(({ action }) => action === 'signin:TrustBrowser'))
  assert.ok(!JSON.stringify(record).includes(secret))
})

const refusedCookies: readonly (readonly [string, (cookie: string) => string | undefined])[] = [
  ['none', () => undefined],
  ['empty', () => ''],
  ['the id alone', (cookie) => cookie.split('.')[0]],
  ['the secret alone', (cookie) => `.${cookie.split('.')[1]}`],
  ['another id', (cookie) => `${'A'.repeat(22)}.${cookie.split('.')[1]}`],
  ['longer', (cookie) => `${cookie}A`],
  ['shorter', (cookie) => cookie.slice(0, -1)],
  ['another alphabet', (cookie) => cookie.replace('.', '%2e')],
  ['line breaks', (cookie) => `\r\n${cookie}\0`],
  ['a list that never ends', () => '~'.repeat(100_000)],
  ['many forged ones before it', (cookie) => `${`${'A'.repeat(22)}.${'B'.repeat(43)}~`.repeat(5)}${cookie}`],
  ['operators', () => '{"$ne":null}'],
  ['a prototype', () => '__proto__.constructor'],
]
for (const [name, forge] of refusedCookies)
  test(`20: a cookie that was not given is refused and ends nothing: ${name}`, async (t) => {
    const { trust, use } = await open(t)
    const cookie = await trust()
    assert.equal(await use(forge(cookie)), undefined)
    assert.ok(await use(cookie))
  })

test('20: the cookie of somebody else is refused, and stays theirs', async (t) => {
  const { trust, use, bob } = await open(t)
  const cookie = await trust()
  assert.equal(await use(cookie, bob), undefined)
  assert.ok(await use(cookie))
})

test('20: several people trust one browser, each for themselves', async (t) => {
  const { trust, use, ada, bob, trusted } = await open(t)
  const both = await trust(bob, await trust(ada))
  const one = await use(both, ada)
  const two = await use(one?.cookie?.value, bob)
  assert.ok(await use(two?.cookie?.value, ada))
  await trust(ada, two?.cookie?.value)
  assert.equal((await trusted.list(ada.id)).length, 1, 'the same browser again takes the place of the first')
})

test('20: a wrong secret for a known browser ends its trust, and is on record', async (t) => {
  const { trust, use, record, trusted, ada } = await open(t)
  const cookie = await trust()
  assert.equal(await use(`${cookie.split('.')[0]}.${'A'.repeat(43)}`), undefined)
  assert.equal(await use(cookie), undefined)
  assert.deepEqual(await trusted.list(ada.id), [])
  const entry = record.find(({ action }) => action === 'signin:UseTrustedBrowser')
  assert.equal(entry?.outcome, 'refused')
})

test('20: of a browser and a copy of its cookie, the second to come ends the trust of both', async (t) => {
  const { trust, use, clock } = await open(t)
  const cookie = await trust()
  const first = await use(cookie)
  clock.now += 31
  assert.equal(await use(cookie), undefined)
  assert.equal(await use(first?.cookie?.value), undefined)
})

test('20: twenty requests at once with one cookie: one gets the next token, and the browser stays trusted', async (t) => {
  const { trust, use } = await open(t)
  const cookie = await trust()
  const results = await Promise.all(Array.from({ length: 20 }, () => use(cookie)))
  const next = results.flatMap((used) => used?.cookie?.value ?? [])
  assert.equal(next.length, 1)
  assert.ok(results.every((used) => used !== undefined))
  assert.ok(await use(next[0]))
})

test('33: of uses and a removal at once, none succeeds after the removal', async (t) => {
  const { trust, use, trusted, ada, store } = await open(t)
  const cookie = await trust()
  const id = cookie.split('.')[0] ?? ''
  await Promise.all([
    ...Array.from({ length: 5 }, () => use(cookie)),
    trusted.removeOwn(ada.id, id, from),
    ...Array.from({ length: 5 }, () => use(cookie)),
  ])
  assert.equal(await store.get('trustedBrowser', id), undefined)
  assert.equal(await use(cookie), undefined)
  assert.equal(await trusted.removeOwn(ada.id, id, from), false)
})

test('a person removes only what is theirs', async (t) => {
  const { trust, use, trusted, bob } = await open(t)
  const cookie = await trust()
  assert.equal(await trusted.removeOwn(bob.id, cookie.split('.')[0] ?? '', from), false)
  assert.ok(await use(cookie))
})

test('all others are removed, and this one stays', async (t) => {
  const { trust, use, trusted, ada } = await open(t)
  const here = await trust()
  const elsewhere = await trust()
  await trusted.removeAllOwn(ada.id, from, here)
  assert.equal(await use(elsewhere), undefined)
  const used = await use(here)
  assert.ok(used)
  await trusted.removeAllOwn(ada.id, from)
  assert.equal(await use(used.cookie?.value), undefined)
})

test('a person trusts ten browsers at most: the one that was used least recently makes room', async (t) => {
  const { trust, use, trusted, ada, clock } = await open(t)
  const first = await trust()
  const cookies = [await trust()]
  for (let count = 2; count < 10; count++) {
    clock.now += 1
    cookies.push(await trust())
  }
  clock.now += 1
  const kept = await use(first)
  clock.now += 1
  await trust()
  assert.equal((await trusted.list(ada.id)).length, 10)
  assert.equal(await use(cookies[0]), undefined)
  assert.ok(await use(kept?.cookie?.value))
})

test('the settings decide: none by default, fewer days end older trust, and what ended stays ended', async (t) => {
  const { trust, use, set, trusted, ada, clock } = await open(t, 0)
  assert.equal(await trusted.daysOf(ada.id), undefined)
  assert.equal(await trusted.trust(ada.id, { cookie: undefined, factor }, from), undefined)
  await set({ trustedDeviceDays: 30 })
  assert.equal(await trusted.daysOf(ada.id), 30)
  const old = await trust()
  clock.now += 10 * day
  const recent = await trust()
  await set({ trustedDeviceDays: 7 })
  const left = await trusted.list(ada.id)
  assert.deepEqual(
    left.map(({ createdAt, expiresAt }) => expiresAt - createdAt),
    [7 * day],
  )
  await set({ trustedDeviceDays: 30 })
  assert.equal(await use(old), undefined)
  const used = await use(recent)
  assert.ok(used)
  await set({ trustedDeviceDays: 0 })
  await set({ trustedDeviceDays: 90 })
  assert.equal(await use(used.cookie?.value), undefined)
  assert.ok(await use(await trust()), 'trusted in the second in which it is allowed again')
})

test('members of groups that need a second factor: by the setting', async (t) => {
  const { trust, use, set, trusted, ada, bob, iam, root } = await open(t)
  const { id } = await iam.createGroup(root, { groupName: 'finance' })
  await iam.addUserToGroup(root, { groupName: 'finance', userName: 'ada' })
  await set({ secondFactorGroups: [id] })
  const cookie = await trust()
  await set({ trustedDevicesForGroups: false })
  assert.equal(await trusted.daysOf(ada.id), undefined)
  assert.equal(await trusted.daysOf(bob.id), 30)
  assert.equal(await use(cookie), undefined)
})

type Fixture = Awaited<ReturnType<typeof open>>
const enable = async ({ iam, root, clock }: Fixture, name: string): Promise<string> => {
  const { device } = await iam.createVirtualMFADevice(root, { name })
  const step = Math.floor(clock.now / 30)
  const [code1, code2] = [codeOf(device.seed, step), codeOf(device.seed, step + 1)]
  await iam.enableMFADevice(root, { userName: 'ada', serialNumber: device.id, code1, code2 })
  return device.id
}

const endings: readonly (readonly [string, (fixture: Fixture) => Promise<unknown>])[] = [
  [
    'the password is replaced',
    ({ iam, root }) =>
      iam.updateLoginProfile(root, { userName: 'ada', password: new Secret('staple of the year') }),
  ],
  ['the password is deleted', ({ iam, root }) => iam.deleteLoginProfile(root, { userName: 'ada' })],
  ['a factor is added', (fixture) => enable(fixture, 'second')],
  [
    'a factor is removed',
    ({ iam, root }) =>
      iam.deactivateMFADevice(root, {
        userName: 'ada',
        serialNumber: `arn:aws:iam::${accountId}:mfa/first`,
      }),
  ],
  [
    'a factor is added and removed again',
    async (fixture) => {
      const serialNumber = await enable(fixture, 'third')
      await fixture.iam.deactivateMFADevice(fixture.root, { userName: 'ada', serialNumber })
    },
  ],
]
for (const [event, happen] of endings)
  test(`33: no browser is trusted after ${event}`, async (t) => {
    const fixture = await open(t)
    await enable(fixture, 'first')
    const used = await fixture.use(await fixture.trust())
    assert.ok(used)
    await happen(fixture)
    assert.equal(await fixture.use(used.cookie?.value), undefined)
  })

test('33: credentials that changed while a browser was being trusted end its trust', async (t) => {
  const { trust, use, store, ada } = await open(t)
  const cookie = await trust()
  // As by a process that died before it removed what depends on the password.
  await store.update('user', ada.id, (old) => ({
    ...old,
    login: old.login && { ...old.login, changedAt: old.login.changedAt + 1 },
  }))
  assert.equal(await use(cookie), undefined)
})
