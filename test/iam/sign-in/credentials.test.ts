import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SignInCredentials } from '../../../src/iam/sign-in/credentials.ts'
import { Secret } from '../../../src/secure/secret.ts'
import { codeOf } from '../../../src/secure/totp.ts'
import { accountId, type IamFixture, openIamFixture } from '../fixture.ts'

const password = 'correct horse battery'
const from = (ip = '192.0.2.1') => ({ ip, userAgent: 'test', requestId: 'r' })

async function withPerson(fixture: IamFixture, options: { readonly mustChange?: boolean } = {}) {
  const { iam, root, store, hasher, trail, clock } = fixture
  const user = await iam.createUser(root, { userName: 'Alice' })
  await iam.createLoginProfile(root, { userName: 'Alice', password: new Secret(password), ...options })
  const parts = { hasher, trail, now: () => clock.now, accountId, issuerName: async () => 'chancery.example' }
  const credentials = new SignInCredentials({ ...parts, store })
  return { user, credentials, parts }
}

async function enrolled(fixture: IamFixture) {
  const { user, credentials, parts } = await withPerson(fixture)
  const { device, key } = await credentials.beginTotp(user.id)
  const seed = new Secret(key)
  const codeAt = (step = 0) => codeOf(seed, Math.floor(fixture.clock.now / 30) + step)
  assert.equal(await credentials.finishTotp(user.id, { device, code: codeAt(), name: 'Phone' }, from()), true)
  return { user, credentials, parts, codeAt }
}

/** To put others in their place. */
const verbsOf = (store: IamFixture['store']) =>
  Object.fromEntries(
    (['get', 'getBy', 'find', 'each', 'create', 'update', 'delete'] as const).map((name) => [
      name,
      store[name].bind(store),
    ]),
  )

const spellings = ['Alice', 'alice', ' ALICE ', 'Ａｌｉｃｅ']
for (const name of spellings)
  test(`\`${name}\` is the user alice, and attempts count for her`, async (t) => {
    const fixture = await openIamFixture(t)
    const { user, credentials } = await withPerson(fixture)
    assert.equal((await credentials.checkPassword(name, password, from()))?.userId, user.id)
  })

test('22: every failed sign-in has the same answer', async (t) => {
  const fixture = await openIamFixture(t)
  const { user, credentials } = await withPerson(fixture)
  await fixture.iam.createUser(fixture.root, { userName: 'no-login' })
  const tries = [
    ['alice', 'wrong'],
    ['nobody', password],
    ['no-login', password],
    ['', ''],
    ['x'.repeat(100_000), password],
    ['alice', 'x'.repeat(100_000)],
    ["alice' or 1=1", password],
    ['__proto__', password],
  ] as const
  for (const [name, guess] of tries)
    assert.equal(await credentials.checkPassword(name, guess, from()), undefined)
  await fixture.store.update('user', user.id, (old) => ({ ...old, disabled: true }))
  assert.equal(await credentials.checkPassword('alice', password, from()), undefined)
  const reasons = fixture.record
    .filter(({ action }) => action === 'signin:CheckPassword')
    .map(({ reason }) => reason)
  assert.deepEqual([...new Set(reasons)].sort(), ['disabled', 'unknown name', 'wrong password'])
  assert.ok(!JSON.stringify(fixture.record).includes('1=1'), 'what was typed as a name is not on record')
})

test('22: an unknown name is hashed for as long as a known one', async (t) => {
  const fixture = await openIamFixture(t)
  const { parts } = await withPerson(fixture)
  const seen: (string | undefined)[] = []
  const hasher = {
    ...parts.hasher,
    hash: (p: Secret) => fixture.hasher.hash(p),
    needsRehash: () => false,
    verify: (hash: string | undefined, p: Secret) => fixture.hasher.verify(hash, p),
    check: (hash: string | undefined, p: Secret, samples: readonly string[]) => {
      seen.push(hash === undefined ? 'none' : 'some')
      return fixture.hasher.check(hash, p, samples)
    },
  }
  const credentials = new SignInCredentials({ ...parts, hasher, store: fixture.store })
  await credentials.checkPassword('nobody', 'x', from())
  await credentials.checkPassword('alice', 'x', from())
  assert.deepEqual(seen, ['none', 'some'])
})

test('19: of a hundred concurrent guesses from many addresses and spellings five are checked', async (t) => {
  const fixture = await openIamFixture(t)
  const { credentials, parts } = await withPerson(fixture)
  const other = new SignInCredentials({ ...parts, store: (await fixture.another()).store })
  const guesses = await Promise.allSettled(
    Array.from({ length: 100 }, (_, n) =>
      (n % 2 ? credentials : other).checkPassword(
        spellings[n % 4] ?? '',
        `guess ${n}`,
        from(`198.51.100.${n}`),
      ),
    ),
  )
  assert.equal(guesses.filter(({ status }) => status === 'fulfilled').length, 5)
  const refused = guesses.find((guess) => guess.status === 'rejected')
  assert.equal(refused?.reason.code, 'throttled')
  assert.ok(refused?.reason.retryAfter > 0)
})

test('19: the pause grows to a maximum and ends: no user is locked out for ever', async (t) => {
  const fixture = await openIamFixture(t)
  const { user, credentials } = await withPerson(fixture)
  const pauses: number[] = []
  for (let n = 0; n < 18; n++) {
    for (;;) {
      try {
        await credentials.checkPassword('alice', 'wrong', from(`198.51.100.${n}`))
        break
      } catch (error) {
        const { retryAfter } = error as { retryAfter: number }
        pauses.push(retryAfter)
        fixture.clock.now += retryAfter
      }
    }
  }
  assert.deepEqual(pauses.slice(0, 5), [1, 2, 4, 8, 16])
  assert.equal(Math.max(...pauses), 300)
  fixture.clock.now += 300
  assert.equal((await credentials.checkPassword('alice', password, from('203.0.113.9')))?.userId, user.id)
})

test('19: attempts during a pause do not lengthen it', async (t) => {
  const fixture = await openIamFixture(t)
  const { user, credentials } = await withPerson(fixture)
  for (let n = 0; n < 7; n++) {
    fixture.clock.now += 10
    await credentials.checkPassword('alice', 'wrong', from())
  }
  for (let n = 0; n < 20; n++)
    await assert.rejects(credentials.checkPassword('alice', 'wrong', from()), { code: 'throttled' })
  fixture.clock.now += 4
  assert.equal((await credentials.checkPassword('alice', password, from()))?.userId, user.id)
})

test('19: attempts by others do not slow a user at an address from which the user signed in before', async (t) => {
  const fixture = await openIamFixture(t)
  const { user, credentials, codeAt } = await enrolled(fixture)
  fixture.clock.now += 60
  assert.equal(await credentials.checkTotp(user.id, codeAt(), from('203.0.113.5')), true)
  for (let n = 0; n < 30; n++)
    await credentials.checkPassword('alice', 'wrong', from(`198.51.100.${n}`)).catch(() => undefined)
  await assert.rejects(credentials.checkPassword('alice', password, from('198.51.100.200')), {
    code: 'throttled',
  })
  assert.equal((await credentials.checkPassword('alice', password, from('203.0.113.5')))?.userId, user.id)
})

test('19: one address trying many names is slowed', async (t) => {
  const fixture = await openIamFixture(t)
  const { credentials } = await withPerson(fixture)
  const tries = await Promise.allSettled(
    Array.from({ length: 60 }, (_, n) => credentials.checkPassword(`name${n}`, 'x', from('2001:db8::1'))),
  )
  assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 50)
  await assert.rejects(credentials.checkPassword('alice', password, from('2001:db8::2')), {
    code: 'throttled',
  })
})

test('many users behind one address are not slowed by successful sign-ins', async (t) => {
  const fixture = await openIamFixture(t)
  const { user, credentials } = await withPerson(fixture)
  for (let n = 0; n < 60; n++) {
    assert.equal((await credentials.checkPassword('alice', password, from('2001:db8::1')))?.userId, user.id)
  }
})

test('20: a code is accepted once in all processes, and none of an earlier time step after it', async (t) => {
  const fixture = await openIamFixture(t)
  const { user, credentials, parts, codeAt } = await enrolled(fixture)
  const other = new SignInCredentials({ ...parts, store: (await fixture.another()).store })
  assert.equal(
    await credentials.checkTotp(user.id, codeAt(), from()),
    false,
    'the code of enrolment is spent',
  )
  fixture.clock.now += 90
  const code = codeAt()
  const spent = await Promise.allSettled(
    [credentials, other, credentials, other].map((of) => of.checkTotp(user.id, code, from())),
  )
  assert.equal(spent.filter((result) => result.status === 'fulfilled' && result.value).length, 1)
  assert.equal(await credentials.checkTotp(user.id, codeAt(-1), from()), false)
  fixture.clock.now += 30
  assert.equal(
    await credentials.checkTotp(user.id, ` ${codeAt().slice(0, 3)} ${codeAt().slice(3)}`, from()),
    true,
  )
})

test('19: the second factor has a counter of its own', async (t) => {
  const fixture = await openIamFixture(t)
  const { user, credentials, codeAt } = await enrolled(fixture)
  fixture.clock.now += 60
  const tries = await Promise.allSettled(
    Array.from({ length: 20 }, (_, n) => credentials.checkTotp(user.id, '000000', from(`198.51.100.${n}`))),
  )
  assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 5)
  assert.equal((await credentials.checkPassword('alice', password, from('198.51.100.99')))?.userId, user.id)
  fixture.clock.now += 300
  assert.equal(await credentials.checkTotp(user.id, codeAt(), from('198.51.100.99')), true)
})

const notCodes = ['', ' ', '12345', '1234567', 'abcdef', '１２３４５６', '0x1234', '[object Object]']
test('input that does not have the form of a code is refused', async (t) => {
  const fixture = await openIamFixture(t)
  const { user, credentials } = await enrolled(fixture)
  for (const code of notCodes) {
    fixture.clock.now += 400
    assert.equal(await credentials.checkTotp(user.id, code, from()), false)
  }
})

test('there are ten recovery codes, each accepted once; new ones invalidate the old', async (t) => {
  const fixture = await openIamFixture(t)
  const { user, credentials, parts } = await enrolled(fixture)
  const codes = await credentials.newRecoveryCodes(user.id, from())
  assert.equal(new Set(codes).size, 10)
  for (const code of codes) assert.match(code, /^([A-Z2-7]{4}-){3}[A-Z2-7]{4}$/)
  const stored = JSON.stringify(await fixture.store.get('user', user.id))
  for (const code of codes) assert.ok(!stored.includes(code))
  const [first = '', second = '', third = ''] = codes
  const other = new SignInCredentials({ ...parts, store: (await fixture.another()).store })
  const spent = await Promise.all(
    [credentials, other, credentials, other].map((of) => of.checkRecoveryCode(user.id, first, from())),
  )
  assert.equal(spent.filter(Boolean).length, 1)
  assert.equal(
    await credentials.checkRecoveryCode(user.id, ` ${second.toLowerCase().replaceAll('-', ' ')}`, from()),
    true,
  )
  assert.equal((await fixture.store.get('user', user.id))?.recoveryCodes.length, 8)
  await credentials.newRecoveryCodes(user.id, from())
  assert.equal(await credentials.checkRecoveryCode(user.id, third, from()), false)
})

test('a pending enrolment shows the same key each time, and only its own user can complete it', async (t) => {
  const fixture = await openIamFixture(t)
  const { user, credentials } = await withPerson(fixture)
  const mallory = await fixture.iam.createUser(fixture.root, { userName: 'mallory' })
  const begun = await credentials.beginTotp(user.id)
  assert.deepEqual(await credentials.beginTotp(user.id, begun.device), begun)
  const code = codeOf(new Secret(begun.key), Math.floor(fixture.clock.now / 30))
  assert.equal(
    await credentials.finishTotp(mallory.id, { device: begun.device, code, name: 'Phone' }, from()),
    false,
  )
  assert.equal(
    await credentials.finishTotp(user.id, { device: begun.device, code: '000000', name: 'Phone' }, from()),
    false,
  )
  assert.equal(
    await credentials.finishTotp(user.id, { device: begun.device, code, name: 'Phone' }, from()),
    true,
  )
  assert.equal(
    await credentials.finishTotp(user.id, { device: begun.device, code, name: 'Phone' }, from()),
    false,
  )
  const status = await credentials.signInStatus(user.id)
  assert.deepEqual([status?.hasTotp, status?.mustEnrolTotp], [true, false])
})

test('20: a seed is shown again only to the browser that began the enrolment, and for a limited time', async (t) => {
  const fixture = await openIamFixture(t)
  const { user, credentials } = await withPerson(fixture)
  const begun = await credentials.beginTotp(user.id)
  assert.notEqual((await credentials.beginTotp(user.id)).key, begun.key)
  const mallory = await fixture.iam.createUser(fixture.root, { userName: 'mallory' })
  assert.notEqual((await credentials.beginTotp(mallory.id, begun.device)).key, begun.key)
  assert.deepEqual(
    await credentials.beginTotp(user.id, begun.device),
    begun,
    'who else begins does not end it',
  )
  fixture.clock.now += 901
  const code = codeOf(new Secret(begun.key), Math.floor(fixture.clock.now / 30))
  assert.equal(
    await credentials.finishTotp(user.id, { device: begun.device, code, name: 'Phone' }, from()),
    false,
  )
  assert.notEqual((await credentials.beginTotp(user.id, begun.device)).key, begun.key)
  for (let n = 0; n < 9; n++) await credentials.beginTotp(user.id)
  const { items } = await fixture.iam.listVirtualMFADevices(fixture.root, {})
  assert.ok(
    items.filter(({ device }) => device.path === `/${user.id}/`).length <= 3,
    'a bounded number waits',
  )
})

test('22: a password that another process has just replaced is wrong although this process has it cached', async (t) => {
  const fixture = await openIamFixture(t)
  const { parts } = await withPerson(fixture)
  const remembered = await fixture.store.getBy('user', 'name', `${accountId}/alice`)
  const next = new Secret('another horse battery')
  await fixture.iam.updateLoginProfile(fixture.root, { userName: 'Alice', password: next })
  const store = {
    ...verbsOf(fixture.store),
    getBy: async () => remembered,
  } as unknown as typeof fixture.store
  const credentials = new SignInCredentials({ ...parts, store })
  assert.equal(await credentials.checkPassword('alice', password, from()), undefined)
  assert.equal(fixture.record.at(-1)?.reason, 'replaced or disabled meanwhile')
})

test('20: of two first authenticators that are enrolled concurrently one is refused', async (t) => {
  const fixture = await openIamFixture(t)
  const { user, credentials, parts } = await withPerson(fixture)
  const begun = [await credentials.beginTotp(user.id), await credentials.beginTotp(user.id)]
  const finish = (by: typeof credentials, { device, key } = begun[0] ?? assert.fail()) =>
    by.finishFirstTotp(
      user.id,
      { device, code: codeOf(new Secret(key), Math.floor(fixture.clock.now / 30)), name: 'Phone' },
      from(),
    )
  let first: boolean | undefined
  const between = {
    ...verbsOf(fixture.store),
    update: async (kind: 'mfaDevice', id: string, change: never) => {
      if (kind === 'mfaDevice') first ??= await finish(credentials)
      return fixture.store.update(kind, id, change)
    },
  } as unknown as typeof fixture.store
  const other = new SignInCredentials({ ...parts, store: between })
  assert.deepEqual([await finish(other, begun[1]), first], [false, true])
  assert.equal((await credentials.signInStatus(user.id))?.hasTotp, true)
})

test('20: a first authenticator is refused when a passkey was enrolled meanwhile, unless it signs nobody in', async (t) => {
  const fixture = await openIamFixture(t)
  const { user, credentials } = await withPerson(fixture)
  const passkey = {
    id: 'p1',
    accountId,
    userId: user.id,
    credentialId: 'p1',
    publicKey: 'k',
    counter: 1,
    transports: [],
    name: 'Laptop',
    synced: false,
    createdAt: fixture.clock.now,
    lastUsedAt: undefined,
    copiedAt: undefined,
  }
  await fixture.store.create('passkey', passkey)
  const finish = async () => {
    const { device, key } = await credentials.beginTotp(user.id)
    const code = codeOf(new Secret(key), Math.floor(fixture.clock.now / 30))
    return credentials.finishFirstTotp(user.id, { device, code, name: 'Phone' }, from())
  }
  assert.equal(await finish(), false)
  assert.equal((await credentials.signInStatus(user.id))?.hasTotp, false)
  await fixture.store.update('passkey', 'p1', (old) => ({ ...old, copiedAt: fixture.clock.now }))
  assert.equal(await finish(), true)
})

for (const moment of ['update', 'delete'] as const)
  test(`20: an authenticator that another process deletes while it is enabled, before its ${moment}, is either enabled or refused`, async (t) => {
    const fixture = await openIamFixture(t)
    const { user, credentials, parts } = await withPerson(fixture)
    const { device, key } = await credentials.beginTotp(user.id)
    const code = codeOf(new Secret(key), Math.floor(fixture.clock.now / 30))
    let enabled: boolean | undefined
    const between = {
      ...verbsOf(fixture.store),
      [moment]: async (kind: 'mfaDevice', id: string, change: never) => {
        if (id === device)
          enabled ??= await credentials.finishTotp(user.id, { device, code, name: 'Phone' }, from())
        return fixture.store[moment](kind, id, change)
      },
    } as unknown as typeof fixture.store
    const other = new SignInCredentials({ ...parts, store: between })
    for (let n = 0; n < 4; n++) {
      fixture.clock.now++
      await other.beginTotp(user.id)
    }
    assert.notEqual(enabled, undefined)
    assert.equal((await credentials.signInStatus(user.id))?.hasTotp, enabled)
  })

test('of two concurrent requests for recovery codes one shows them, and these are valid', async (t) => {
  const fixture = await openIamFixture(t)
  const { user, credentials, parts } = await enrolled(fixture)
  const other = new SignInCredentials({ ...parts, store: fixture.store })
  const made = await Promise.allSettled(
    [credentials, other].map((one) => one.newRecoveryCodes(user.id, from())),
  )
  const shown = made.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  assert.equal(shown.length, 1)
  assert.equal(await credentials.checkRecoveryCode(user.id, shown[0]?.[0] ?? '', from()), true)
  assert.equal((await credentials.newRecoveryCodes(user.id, from())).length, 10)
})

test('an initial password is replaced once, by another one that the policy accepts', async (t) => {
  const fixture = await openIamFixture(t)
  const { user, credentials } = await withPerson(fixture, { mustChange: true })
  assert.equal((await credentials.signInStatus(user.id))?.mustChangePassword, true)
  for (const bad of [password, 'short', 'alice', 'password1'])
    await assert.rejects(credentials.replaceGivenPassword(user.id, bad, from()), {
      code: 'password_policy_violation',
    })
  await credentials.replaceGivenPassword(user.id, 'a better one, mine', from())
  await assert.rejects(credentials.replaceGivenPassword(user.id, 'an old form, sent again', from()), {
    code: 'conflict',
  })
  assert.equal(await credentials.checkPassword('alice', password, from()), undefined)
  assert.equal((await credentials.checkPassword('alice', 'a better one, mine', from()))?.userId, user.id)
  assert.equal((await credentials.signInStatus(user.id))?.mustChangePassword, false)
})

test('a disabled or deleted user has no sign-in status', async (t) => {
  const fixture = await openIamFixture(t)
  const { user, credentials, codeAt } = await enrolled(fixture)
  await fixture.store.update('user', user.id, (old) => ({ ...old, disabled: true }))
  fixture.clock.now += 60
  assert.equal(await credentials.signInStatus(user.id), undefined)
  assert.equal(await credentials.checkTotp(user.id, codeAt(), from()), false)
  assert.equal(await credentials.signInStatus('AIDANOBODY'), undefined)
  await assert.rejects(credentials.beginTotp(user.id), { code: 'not_found' })
})

test('a sign-in that cannot be audited is refused', async (t) => {
  const fixture = await openIamFixture(t)
  const { parts } = await withPerson(fixture)
  const trail = { record: () => Promise.reject(new Error('disk full')) }
  const credentials = new SignInCredentials({ ...parts, trail, store: fixture.store })
  await assert.rejects(credentials.checkPassword('alice', password, from()), /disk full/)
})
