import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AuditWriterDependencies, auditEventWriter } from '../../src/oidc/audit-events.ts'
import type { OidcEvent } from '../../src/oidc/events.ts'
import type { RefusedRequest } from '../../src/sts/refusals.ts'

type Entry = Parameters<AuditWriterDependencies['trail']['record']>[0]

function stage(change: Partial<AuditWriterDependencies> = {}) {
  const entries: Entry[] = []
  const logged: RefusedRequest[] = []
  const user = { id: 'AIDA1', accountId: '123456789012', name: 'ada', path: '/' }
  const record = auditEventWriter({
    trail: { record: async (entry) => void entries.push(entry) },
    findUser: async (id) => (id === user.id ? (user as never) : undefined),
    now: () => 1000,
    refusals: { admit: () => ({ leftOut: 0 }), log: (line) => logged.push(line) },
    ...change,
  })
  const emit = async (event: OidcEvent): Promise<Entry | undefined> => {
    await record(event)
    return entries.at(-1)
  }
  return { entries, logged, emit }
}

const from = { requestId: 'r1', sourceIp: '192.0.2.1', userAgent: 'test' }
const cases: readonly (readonly [OidcEvent, Partial<Entry>])[] = [
  [
    { what: 'authorized', clientId: 'app', userId: 'AIDA1', scope: 'openid', ...from },
    {
      action: 'oidc:Authorize',
      who: 'arn:aws:iam::123456789012:user/ada',
      accountId: '123456789012',
      resource: 'client/app',
      outcome: 'done',
      requestId: 'r1',
      sourceIp: '192.0.2.1',
    },
  ],
  [
    { what: 'token_issued', clientId: 'machine', grantType: 'client_credentials', ...from },
    { action: 'oidc:IssueToken', who: 'client/machine', accountId: '', outcome: 'done' },
  ],
  [
    { what: 'token_refused', error: 'invalid_client', ...from },
    { action: 'oidc:IssueToken', who: 'anonymous', outcome: 'refused', reason: 'invalid_client' },
  ],
  [
    { what: 'token_refused', clientId: 'app', error: 'access_denied (by its user)', ...from },
    { action: 'oidc:IssueToken', outcome: 'denied', reason: 'access_denied (by its user)' },
  ],
  [
    { what: 'token_refused', clientId: 'app', error: 'server_error', ...from },
    { action: 'oidc:IssueToken', outcome: 'failed' },
  ],
  [
    { what: 'refresh_reused', clientId: 'app', userId: 'AIDAGONE', ...from },
    { action: 'oidc:RefreshTokenReused', who: 'AIDAGONE', accountId: '', outcome: 'refused' },
  ],
  [
    { what: 'logout_delivered', clientId: 'app', userId: 'AIDA1' },
    { action: 'oidc:TellOfSignOut', outcome: 'done', resource: 'client/app' },
  ],
  [
    { what: 'logout_undelivered', clientId: 'app', userId: 'AIDA1', error: 'refused' },
    { action: 'oidc:TellOfSignOut', outcome: 'failed', requestId: '', sourceIp: '' },
  ],
]
for (const [event, expected] of cases) {
  test(`${event.what} is audited as ${expected.action}, ${expected.outcome}, by ${expected.who ?? 'the subject'}`, async () => {
    const entry = await stage().emit(event)
    assert.ok(entry)
    for (const [name, value] of Object.entries(expected))
      assert.deepEqual(entry[name as keyof Entry], value, name)
    assert.equal(entry.at, 1000)
  })
}

test('a successful exchange is not audited a second time', async () => {
  const { entries, emit } = stage()
  await emit({ what: 'token_issued', grantType: 'urn:ietf:params:oauth:grant-type:token-exchange' })
  assert.deepEqual(entries, [])
})

test('9: refusals of one address are audited up to a rate; other events always', async () => {
  const { entries, emit } = stage({ refusals: { admit: () => undefined, log: () => {} } })
  await emit({ what: 'token_refused', error: 'invalid_client', sourceIp: '192.0.2.1' })
  assert.deepEqual(entries, [])
  assert.ok(await emit({ what: 'signed_out', userId: 'AIDA1' }))
})

test('a refusal is logged with the client, the address, the check and the reason', async () => {
  const { logged, entries, emit } = stage()
  await emit({ what: 'token_refused', clientId: 'app', error: 'too long', check: 'sizes', ...from })
  assert.deepEqual(
    logged.map(({ who, check, sourceIp, reason }) => [who, check, sourceIp, reason]),
    [['client/app', 'sizes', '192.0.2.1', 'too long']],
  )
  assert.equal(entries[0]?.details?.['check'], 'sizes')
})

test('a refusal that sts/ audited is not audited again', async () => {
  const { entries, emit } = stage()
  await emit({ what: 'token_refused', error: 'invalid_grant', audited: true, ...from })
  assert.deepEqual(entries, [])
})

test('an event that cannot be audited rejects, so that the response can be withheld', async () => {
  const failing = new Error('the disk is full')
  const { emit } = stage({ trail: { record: () => Promise.reject(failing) } })
  await assert.rejects(emit({ what: 'signed_out', userId: 'AIDA1' }), failing)
})
