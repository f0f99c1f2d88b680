// The table of notices: every action in it exists, and leads to a message to the person that the entry is about.
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { operations } from '../../src/admin/operations.ts'
import type { AuditEvent } from '../../src/audit/event.ts'
import { iamModel } from '../../src/aws/model.generated.ts'
import { newUserRecord } from '../../src/iam/users.ts'
import { browserName } from '../../src/mail/browser-name.ts'
import { languageOf } from '../../src/mail/language.ts'
import { noticeOf, withNotices } from '../../src/mail/notices.ts'
import { openMasterKey } from '../../src/secure/key/master-key.ts'
import type { User } from '../../src/store/records.ts'
import type { Store } from '../../src/store/store.ts'
import { openStore } from '../support/store.ts'

const limit = { timeout: 60_000 }
const accountId = '123456789012'
const at = 1_800_000_000
const person = (name: string, emailVerified: boolean): User => ({
  ...newUserRecord({ accountId, name, path: '/staff/', createdAt: at }),
  id: `AIDA${name}`,
  email: `${name}@acme.example`,
  emailVerified,
})
const dir = mkdtempSync(join(tmpdir(), 'chancery-notices-'))
let store: Store
before(async () => {
  store = await openStore(join(dir, 'store.db'), {
    masterKey: openMasterKey(join(dir, 'keys'), { storeExists: false }),
    clock: () => at,
  })
  for (const one of [person('ann', true), person('bob', false)]) await store.create('user', one)
}, limit)
after(async () => {
  await store.close()
  rmSync(dir, { recursive: true, force: true })
})

test('every action of the table is an action of the audit trail', () => {
  const iam = resolve(import.meta.dirname, '../../src/iam')
  const source = readdirSync(iam, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(iam, name), 'utf8'))
    .join('\n')
  for (const action of noticeOf.keys()) {
    const [service = '', name = ''] = action.split(':')
    if (service === 'chancery')
      assert.ok(
        operations.some((one) => one.name === name),
        action,
      )
    else if (service === 'iam') assert.ok(iamModel().includes(`"${name}"`), action)
    else assert.match(source, new RegExp(`'(${service}:)?${name}'`), action)
  }
})

interface Sent {
  readonly address: string
  readonly template: string
  readonly facts: Readonly<Record<string, string>>
}

/** What is sent for an entry. */
async function sentFor(event: Partial<AuditEvent>): Promise<readonly Sent[]> {
  const sent: Sent[] = []
  const recorded: AuditEvent[] = []
  const trail = withNotices(
    { record: async (one) => void recorded.push(one) },
    {
      store,
      issuer: 'https://id.acme.example',
      mailer: {
        isConfigured: true,
        languageFor: async (person) => languageOf(person),
        send: async ({ address }, template, facts) => {
          sent.push({ address, template, facts })
          return true
        },
      },
      sendAddressLink: async (userId) => void sent.push({ address: userId, template: 'link', facts: {} }),
      log: { warn: (fields) => assert.fail(JSON.stringify(fields)) },
    },
  )
  await trail.record({
    at,
    accountId,
    action: 'none',
    who: 'x',
    outcome: 'done',
    requestId: 'r',
    sourceIp: '203.0.113.7',
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    ...event,
  })
  assert.equal(recorded.length, 1, 'the entry is written in any case')
  return sent
}

/** An entry of this action about a person, by themselves or by an administrator. */
function entryAbout(action: string, name: string): Partial<AuditEvent> {
  const own = noticeOf.get(action)?.recipient === 'actor'
  return {
    action,
    actor: own ? { kind: 'user', id: `AIDA${name}` } : { kind: 'root', id: accountId },
    resource: `arn:aws:iam::${accountId}:user/staff/${name}`,
    details: { userName: name, newBrowser: true, replaced: true, password: '[secret]' },
  }
}

for (const [action, { template }] of noticeOf)
  test(
    `${action}: the person is told (${template}), at a confirmed address, of what was done`,
    limit,
    async () => {
      const [message, ...more] = await sentFor(entryAbout(action, 'ann'))
      assert.deepEqual([message?.address, message?.template, more.length], ['ann@acme.example', template, 0])
      assert.equal(message?.facts['address'], '203.0.113.7')
      assert.equal(message?.facts['browser'], 'Firefox on Linux')
      assert.match(message?.facts['at'] ?? '', /15 January 2027.*08:00.*UTC/)
      assert.deepEqual(await sentFor(entryAbout(action, 'bob')), [])
      for (const outcome of ['refused', 'denied', 'failed'] as const)
        assert.deepEqual(await sentFor({ ...entryAbout(action, 'ann'), outcome }), [])
    },
  )

test(
  'IAM without a user name is about its caller; a sign-in from a known browser is no news',
  limit,
  async () => {
    const actor = { kind: 'user', id: 'AIDAann' } as const
    assert.equal((await sentFor({ action: 'iam:CreateAccessKey', actor, details: {} })).length, 1)
    assert.deepEqual(await sentFor({ action: 'signin:SignIn', actor, details: { newBrowser: false } }), [])
    assert.deepEqual(await sentFor({ action: 'iam:ListUsers', actor }), [])
  },
)

test(
  'addresses: the confirmed one before is told, the new one gets a link, whoever changed it',
  limit,
  async () => {
    const known = { id: 'AIDAann', name: 'ann', emailVerified: true, email: 'ann@acme.example' }
    const change = (before: object | undefined, after: object) =>
      sentFor({ action: 'chancery:UpdatePerson', details: { before, after } }).then((sent) =>
        sent.map(({ address, template }) => `${template} ${address}`),
      )
    const other = { ...known, email: 'ann@new.example', emailVerified: false }
    const [changed, link] = ['address-changed ann@acme.example', 'link AIDAann']
    assert.deepEqual(await change(known, other), [changed, link])
    assert.deepEqual(await change(known, { ...other, emailVerified: true }), [changed])
    assert.deepEqual(await change(known, { ...known, email: undefined }), [changed])
    assert.deepEqual(await change({ ...known, emailVerified: false }, other), [link])
    assert.deepEqual(await change(known, { ...known, name: 'anna' }), [])
    assert.deepEqual(await change(undefined, other), [link])
  },
)

test('a browser has a name of a fixed list, whatever its header says', () => {
  const names = [
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15',
      'Safari on macOS',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0',
      'Edge on Windows',
    ],
    [
      'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36',
      'Chrome on Android',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1',
      'Safari on iPhone',
    ],
    ['curl/8.0', 'unknown'],
    ['click https://evil.example', 'unknown'],
    [undefined, 'unknown'],
  ] as const
  for (const [header, name] of names) assert.equal(browserName(header), name)
})
