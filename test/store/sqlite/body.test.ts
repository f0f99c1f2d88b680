import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AuditEntry } from '../../../src/store/records.ts'
import { recordToText } from '../../../src/store/sealing.ts'
import { bodyToRecord, bodyToText, recordToBody, sealedToBody } from '../../../src/store/sqlite/body.ts'

const sealer = { seal: (plain: string) => plain, open: (sealed: string) => sealed }
const entry = (event: string): AuditEntry => ({
  id: '1-c-0',
  accountId: '123456789012',
  chain: 'c',
  seq: 0,
  at: 1,
  event,
  mac: 'm',
})

const events: readonly (readonly [string, string])[] = [
  ['JSON with quotes', JSON.stringify({ details: { policy: '{"Statement":[]}' } })],
  ['JSON with an escaped tab', JSON.stringify({ who: 'a\tb' })],
  ['a text with tabs', '\ta\tb'],
  ['nothing', ''],
]
for (const [what, event] of events)
  test(`an audit entry is read as it was written: its event is ${what}`, () => {
    const body = recordToBody('auditEntry', entry(event), sealer)
    assert.ok(body.endsWith(`}\t${event}`))
    assert.deepEqual(bodyToRecord('auditEntry', body, sealer), entry(event))
    assert.deepEqual(JSON.parse(bodyToText('auditEntry', body)), entry(event))
    assert.equal(sealedToBody('auditEntry', entry(event)), body)
  })

test('bodies from before version 8, and of other kinds, are the JSON of the record', () => {
  const body = recordToText('auditEntry', entry('{"a":"\\t"}'), sealer)
  assert.deepEqual(bodyToRecord('auditEntry', body, sealer), entry('{"a":"\\t"}'))
  assert.equal(bodyToText('auditEntry', body), body)
  const setting = { id: 's', accountId: '123456789012', value: 'a\tb' }
  const text = recordToBody('setting', setting, sealer)
  assert.equal(text, JSON.stringify(setting))
  assert.deepEqual(bodyToRecord('setting', text, sealer), setting)
})
