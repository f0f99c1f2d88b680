// Second factors and last sign-in of the people of a list: what counts, and what a page of it reads.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { personOf } from '../../src/iam/people/person.ts'
import { usesOf } from '../../src/iam/people/person-use.ts'
import { Secret } from '../../src/secure/secret.ts'
import type { LinkedIdentity, Passkey } from '../../src/store/records.ts'
import { account, epoch, user } from '../store/sample.ts'
import { ReadMeter } from '../support/reads-per-turn.ts'
import { openIamFixture } from './fixture.ts'

const passkey = (id: string, userId: string, more: Partial<Passkey> = {}): Passkey => ({
  id,
  accountId: account,
  userId,
  credentialId: id,
  publicKey: '',
  counter: 0,
  transports: [],
  name: id,
  synced: false,
  createdAt: epoch,
  lastUsedAt: undefined,
  copiedAt: undefined,
  ...more,
})

const identity = (lastUsed: number): LinkedIdentity => ({
  provider: `arn:aws:iam::${account}:oidc-provider/login.example`,
  issuer: 'https://login.example',
  subject: 'one',
  label: 'one',
  groups: [],
  owns: false,
  joinedAt: epoch,
  lastUsed,
})

test('the last sign-in is the latest of password, passkeys and identities; a copied passkey is no factor', async (t) => {
  const { store } = await openIamFixture(t)
  const people = [
    user('password', { passwordLastUsed: epoch + 1 }),
    user('passkey', { passwordLastUsed: epoch + 1 }),
    user('identity', { passwordLastUsed: epoch + 1, identities: [identity(epoch + 3)] }),
    user('copied'),
    user('never'),
  ]
  await store.create('passkey', passkey('p1', 'passkey', { lastUsedAt: epoch + 2 }))
  await store.create('passkey', passkey('p2', 'passkey'))
  await store.create('passkey', passkey('p3', 'copied', { copiedAt: epoch }))
  await store.create('mfaDevice', {
    id: `arn:aws:iam::${account}:mfa/identity`,
    accountId: account,
    name: 'identity',
    path: '/',
    userId: 'identity',
    seed: new Secret('JBSWY3DPEHPK3PXP'),
    createdAt: epoch,
    enabledAt: epoch,
    lastStep: 0,
    tags: [],
  })
  const uses = await usesOf(store, await Promise.all(people.map((one) => personOf(store, one))))
  assert.deepEqual(uses, [
    { secondFactors: [], lastSignIn: epoch + 1 },
    { secondFactors: ['passkey'], lastSignIn: epoch + 2 },
    { secondFactors: ['totp'], lastSignIn: epoch + 3 },
    { secondFactors: [], lastSignIn: undefined },
    { secondFactors: [], lastSignIn: undefined },
  ])
})

test('of each person at most eleven records are read, of eight people in one turn', async (t) => {
  const { store } = await openIamFixture(t)
  const people = Array.from({ length: 20 }, (_, at) => user(`user-${at}`))
  for (const { id } of people)
    for (let at = 0; at < 12; at++) await store.create('passkey', passkey(`${id}-${at}`, id))
  const meter = new ReadMeter(store)
  const found = await Promise.all(people.map((one) => personOf(store, one)))
  const { total, mostPerTurn } = await meter.during(() => usesOf(meter.store, found))
  assert.ok(total <= 20 * 11, `${total}`)
  assert.ok(mostPerTurn <= 8 * 11, `${mostPerTurn}`)
})
