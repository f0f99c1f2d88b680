import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type SignInProvider, SignInProviders } from '../../../src/iam/sign-in/providers.ts'
import { Problem } from '../../../src/problem.ts'
import { accountId, openIamFixture } from '../fixture.ts'

const provider = { id: 'arn:aws:iam::111122223333:ldap-provider/staff' } as SignInProvider
const from = { ip: '192.0.2.7', requestId: 'r', userAgent: undefined }

async function stage(t: TestContext) {
  const { store, trail, clock, record } = await openIamFixture(t)
  const logged: object[] = []
  const log = { warn: (fields: object) => void logged.push(fields) }
  const providers = new SignInProviders({ store, trail, log, now: () => clock.now, accountId })
  const attempt = (username: string, check: () => Promise<string | undefined>) =>
    providers.tryPassword(provider, { username, password: 'x' }, from, check)
  return { attempt, record, logged }
}

test('19: other spellings of a name in a directory count as attempts at the same name', async (t) => {
  const { attempt } = await stage(t)
  const wrong = async () => undefined
  for (const name of ['alice', ' ALICE', 'al\u00adice', 'ａｌｉｃｅ', 'alicé'])
    assert.equal(await attempt(name, wrong), undefined)
  for (const name of ['alice', 'a\u200blice', 'álice', 'CORP\\alice', 'X\\Y\\alice'])
    await assert.rejects(
      attempt(name, wrong),
      (error: unknown) => error instanceof Problem && error.code === 'throttled',
    )
  assert.equal(await attempt('bob', wrong), undefined)
})

test('22: why a directory refused a user is audited and not shown', async (t) => {
  const { attempt, record, logged } = await stage(t)
  const says = (code: 'denied' | 'idp_communication_error', detail: string) => async () => {
    throw new Problem(code, 'no', { detail })
  }
  assert.equal(await attempt('alice', says('denied', 'the account is locked')), undefined)
  await assert.rejects(attempt('alice', says('idp_communication_error', 'no answer in time')), {
    message: 'no',
  })
  assert.equal(await attempt('alice', async () => 'right'), 'right')
  assert.deepEqual(logged, [
    {
      requestId: 'r',
      provider: provider.id,
      ip: from.ip,
      username: 'alice',
      reason: 'the account is locked',
    },
  ])
  assert.deepEqual(
    record.map(({ action, outcome, reason }) => [action, outcome, reason]),
    [
      ['signin:CheckPassword', 'denied', 'the account is locked'],
      ['signin:CheckPassword', 'failed', 'no answer in time'],
    ],
  )
})
