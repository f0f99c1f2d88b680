import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AuditEvent, eventOf, writeEvent } from '../../src/audit/event.ts'
import { Secret } from '../../src/secure/secret.ts'

const plain: AuditEvent = {
  at: 1,
  accountId: '111122223333',
  action: 'iam:CreateUser',
  who: 'arn:aws:iam::111122223333:user/ann',
  actor: { kind: 'user', id: 'AIDAX', accessKeyId: 'AKIAX' },
  resource: 'arn:aws:iam::111122223333:user/bob',
  outcome: 'done',
  reasons: ['policy `p` statement 1'],
  requestId: 'r',
  sourceIp: '192.0.2.1',
  userAgent: 'aws-cli',
  details: { userName: 'bob', tags: [{ key: 'a', value: 'b' }], count: 3, none: null, yes: true },
}

test('an event reads back as it was', () => {
  assert.deepEqual(eventOf(writeEvent(plain).text), plain)
})

test('no secret gets in, by type or by name, at any depth', () => {
  const names = [
    'password',
    'Password',
    'NewPassword',
    'new_password',
    'SecretAccessKey',
    'client_secret',
    'WebIdentityToken',
    'subject_token',
    'code',
    'TokenCode',
    'AuthenticationCode1',
    'refresh_token',
    'code_verifier',
    'Authorization',
    'Cookie',
    'X-Amz-Security-Token',
    'recoveryCodes',
    'client_assertion',
    'Base32StringSeed',
  ]
  const details: Record<string, unknown> = {
    typed: new Secret('hunter2'),
    list: [{ deep: { er: new Secret('hunter2') } }],
    bytes: Buffer.from('hunter2'),
  }
  for (const name of names) {
    details[name] = 'hunter2'
    details[`in ${name}`] = { [name]: ['hunter2'] }
  }
  const text = writeEvent({ ...plain, details }).text
  assert.doesNotMatch(text, /hunter2|aHVudGVyMg/)
  assert.match(text, /\[secret\]/)
})

test('what is long, deep or wide is cut, and the entry stays small', () => {
  let deep: unknown = 'end'
  for (let at = 0; at < 10_000; at++) deep = { deep }
  const long = 'x'.repeat(1 << 20)
  const wide = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`k${at}`, long]))
  for (const details of [{ deep }, { long }, { wide }, { list: Array(10_000).fill(long) }, { [long]: 1 }]) {
    const text = writeEvent({
      ...plain,
      details,
      who: long,
      reason: long,
      userAgent: long,
      resource: long,
    }).text
    assert.ok(text.length < 70_000, String(text.length))
    assert.equal(eventOf(text).action, plain.action)
  }
})

test('of values that are too long together each is cut, and a list says how many more there were', () => {
  const beside = Array.from({ length: 60 }, (_, at) => `${at} ${'x'.repeat(4000)}`)
  const { details } = eventOf(writeEvent({ ...plain, details: { beside, short: ['a', 'b'] } }).text)
  assert.deepEqual(details?.['short'], ['a', 'b'])
  const kept = details?.['beside'] as readonly string[]
  assert.equal(kept.length, 51)
  assert.match(kept[0] ?? '', /^0 x+… \(4002 characters\)$/)
  assert.equal(kept.at(-1), '… 10 more')
})

test('hostile names and values are only text', () => {
  const details = JSON.parse(
    '{"__proto__":{"polluted":1},"constructor":"x","nul":"\\u0000","lone":"\\ud800","big":1}',
  )
  const read = eventOf(writeEvent({ ...plain, details: { ...details, big: 10n ** 30n } }).text)
  assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false)
  assert.equal(read.details?.['constructor'], 'x')
  assert.equal(read.details?.['big'], String(10n ** 30n))
})
