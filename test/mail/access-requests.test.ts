// What people are told of their access requests: by mail, at an address that is known to be theirs, in their language.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languageOf } from '../../src/mail/language.ts'
import { accessRequestMessages } from '../../src/mail/people-messages.ts'
import type { AccessRequest, User } from '../../src/store/records.ts'
import { user } from '../store/sample.ts'

const request: AccessRequest = {
  id: 'AREQABCDEFGHIJKLMNOPQ',
  accountId: '111122223333',
  userId: 'AIDAADA',
  roleId: 'AROAINCIDENT',
  userName: 'ada',
  roleArn: 'arn:aws:iam::111122223333:role/ops/incident',
  reason: 'The disk is full.',
  wished: 3600,
  state: 'approved',
  createdAt: 1_795_000_000,
  decision: { byId: 'x', by: 'x', at: 1_795_000_100, answer: undefined },
  until: 1_795_003_700,
  expiresAt: 1_799_000_000,
}
const ada: User = user('AIDAADA', {
  name: 'ada',
  email: 'ada@corp.example',
  emailVerified: true,
  attributes: { timeZone: 'Europe/Berlin', locale: 'de' },
})
const answered = { ...request.decision, byId: 'x', by: 'x', at: 1, answer: 'Not this week.' }
const languageFor = async (person: Parameters<typeof languageOf>[0]) => languageOf(person)
const rolesUrl = 'https://id.example/account/roles'

for (const [name, person, change, expected] of [
  ['approved', ada, {}, ['access-approved', { role: 'incident', answer: '–', rolesUrl }]],
  [
    'refused',
    ada,
    { state: 'refused', decision: answered },
    ['access-refused', { role: 'incident', answer: 'Not this week.' }],
  ],
  ['ended early', ada, { state: 'ended' }, ['access-ended', { role: 'incident', rolesUrl }]],
  ['withdrawn', ada, { state: 'withdrawn' }, undefined],
  ['an address that nobody confirmed', { ...ada, emailVerified: false }, {}, undefined],
] as const)
  test(`of a request, ${name}`, async () => {
    const sent: (readonly [string, string, Readonly<Record<string, string>>])[] = []
    const mailer = {
      isConfigured: true,
      languageFor,
      send: async (
        to: { readonly address: string },
        template: string,
        facts: Readonly<Record<string, string>>,
      ) => {
        sent.push([to.address, template, facts])
        return true
      },
    }
    const tell = accessRequestMessages(mailer, 'https://id.example', {
      warn: () => assert.fail('nothing is wrong'),
    })
    await tell(person, { ...request, ...change })
    if (expected === undefined) return assert.deepEqual(sent, [])
    const [template, facts] = expected
    const [[address, used, { until, ...others } = {}] = []] = sent
    assert.deepEqual([sent.length, address, used, others], [1, 'ada@corp.example', template, facts])
    if (template === 'access-approved') assert.match(until ?? '', /2026.*:\d\d/)
  })

test('a message that cannot be queued is logged, and the decision stands', async () => {
  const logged: unknown[] = []
  const mailer = {
    isConfigured: true,
    languageFor,
    send: () => Promise.reject(new Error('the outbox is full')),
  }
  const log = { warn: (fields: object) => void logged.push(Object.keys(fields)) }
  await accessRequestMessages(mailer, 'https://id.example', log)(ada, request)
  assert.deepEqual(logged, [['err', 'request']])
  await accessRequestMessages({ ...mailer, isConfigured: false }, 'https://id.example', log)(ada, request)
  assert.equal(logged.length, 1)
})
