// Every action that the audit trail can have is a sentence with its object; none is shown by its raw name.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { z } from 'zod'
import type { auditEntry } from '../../src/admin/audit/schemas.ts'
import { operations } from '../../src/admin/operations.ts'
import { activityRow, reasonOf, whoOf, wordsOf } from '../../src/console/activity/row.ts'
import { infinitiveOf, past, withNames } from '../../src/console/activity/sentences.ts'
import { openIamFixture } from '../iam/fixture.ts'

const root = join(import.meta.dirname, '../../src')

/** What the sources write besides the operations of tables: literals, and names that a room completes with its service. */
function writtenInSources(): readonly string[] {
  const found = new Set<string>()
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name)
    if (
      !entry.isFile() ||
      !file.endsWith('.ts') ||
      /\/src\/(?:console|policy|demo|cli|agent|verify)\//.test(file)
    )
      continue
    const text = readFileSync(file, 'utf8')
    for (const [, action = ''] of text.matchAll(
      /'((?:signin|account|oidc|mail|audit|decision):[A-Z]\w+|iam:DoubtTrustPolicy|iam:RemoveIdentityProvider|chancery:[A-Z]\w+|sts:(?:Assume|Get|Exchange|Decode|Revoke|Lift)\w+)'/g,
    ))
      found.add(action)
    const [, service] = /action: `(signin|account):\$\{action\}`/.exec(text) ?? []
    const names = text.matchAll(/(?:[#.]record\(|#attempt\(\s*'\w+',)\s*'([A-Z]\w+)'/g)
    for (const [, name = ''] of names)
      found.add(`${service ?? (name === 'CheckPasskey' ? 'signin' : 'account')}:${name}`)
  }
  return [...found]
}

/** Names of what carries no name of its own: the sentence is whole without one. */
const withoutObject =
  /^(?:signin:(?!FederatedSignIn|JoinIdentity|DisconnectIdentity|CreateUser|TakeAddress|UpstreamSignOut|OpenHost)|account:(?!RequestAddressChange|ChangeAddress|VerifyAddress)|audit:|oidc:SignOut$|decision:(?:Search|Get(?:Policies|Revocations))|chancery:(?:List|Import|GetSettings|UpdateSettings|GetBrand|UpdateBrand|GetQuotas|UpdateQuotas|\w+MailServer|RotateMasterKey|GetFindings|GetAudit(?:Summary|Trail))|iam:(?:List|Simulate|Get\w*(?:Report|Summary|PasswordPolicy|AuthorizationDetails|FederationInfo|ForCustomPolicy)|\w+PasswordPolicy$|ChangePassword|\w+OutboundWebIdentityFederation|SetSecurityToken|GenerateCredentialReport)|sts:(?:Get(?:CallerIdentity|SessionToken|ScopedCredentials)|Decode))/

test('every action of the vocabulary has a sentence, with its object', async (t) => {
  const { iam } = await openIamFixture(t)
  const vocabulary = [
    ...Object.keys(iam).map((name) => `iam:${name.charAt(0).toUpperCase()}${name.slice(1)}`),
    ...operations.map(({ name }) => `chancery:${name}`),
    ...writtenInSources(),
  ]
  assert.ok(vocabulary.length > 230, String(vocabulary.length))
  const wrong = vocabulary.filter((action) => {
    const words = infinitiveOf(action)
    if (words === undefined || /[a-z][A-Z]\w*(?![^{]*\})/.test(words.replace(/OpenID|e-mail/g, '')))
      return true
    const named = withNames(words, () => 'object')
    return !named.includes('`object`') && !withoutObject.test(action)
  })
  assert.deepEqual([...new Set(wrong)], [])
})

type Entry = z.output<typeof auditEntry>

const entry = (given: Partial<Entry>): Entry => ({
  id: 'one',
  time: '2026-11-30T12:00:00Z',
  account: '111122223333',
  action: 'iam:CreateUser',
  outcome: 'done',
  who: 'arn:aws:iam::111122223333:user/teams/ada',
  request: 'reference',
  sourceIp: '192.0.2.7',
  ...given,
})

test('who, what and how it ended are a sentence', () => {
  const policyArn = 'arn:aws:iam::111122223333:policy/docs-read'
  for (const [given, sentence] of [
    [
      { action: 'iam:AttachRolePolicy', details: { name: 'deploy', policyArn } },
      'ada attached the policy `docs-read` to the role `deploy`',
    ],
    [
      { action: 'iam:AttachRolePolicy', outcome: 'denied', details: { name: 'deploy', policyArn } },
      'ada tried to attach the policy `docs-read` to the role `deploy`',
    ],
    [
      {
        action: 'chancery:DisablePerson',
        resource: 'arn:aws:iam::111122223333:user/bob',
        details: { dryRun: true },
      },
      'ada asked what would end: disable `bob`',
    ],
    [{ action: 'chancery:CreateClient', details: { client_name: 'Wi`ki' } }, "ada created the app `Wi'ki`"],
    [{ action: 'iam:CreateAccessKey', details: {} }, 'ada created an access key of themselves'],
    [
      {
        action: 'sts:AssumeRole',
        who: 'arn:aws:sts::111122223333:assumed-role/deploy/job',
        resource: 'arn:aws:iam::111122223333:role/other',
      },
      'job as the role deploy became the role `other`',
    ],
    [
      { action: 'oidc:IssueToken', who: 'client/abc', resource: 'client/abc' },
      'The app abc got a token for the app `abc`',
    ],
    [{ action: 'iam:NoSuchThing', outcome: 'refused' }, 'ada tried to call iam:NoSuchThing'],
    [
      { action: 'iam:TagRole', who: 'arn:aws:iam::111122223333:root', details: { name: 'deploy' } },
      'The account root tagged the role `deploy`',
    ],
  ] as const) {
    const { who, words } = activityRow(entry(given))
    assert.equal(`${who} ${words}`, sentence)
  }
})

test('a reason is said once, without its code', () => {
  assert.equal(reasonOf(entry({ reason: 'not_found: there is no such person' })), 'there is no such person')
  assert.equal(reasonOf(entry({ reason: 'wrong password' })), 'wrong password')
  const decision = {
    action: 'iam:CreateUser',
    resource: '*',
    layers: [],
    conditions: [],
    missing: [],
    layer: 'identity',
    reason: 'implicit_deny',
  } as const
  assert.equal(
    reasonOf(
      entry({
        reason: 'denied: User: x is not authorized to perform',
        decision: { ...decision, layers: [], conditions: [], missing: [] },
      }),
    ),
    "The caller's identity policies do not allow it.",
  )
})

test('names of other people do not reach into an object that has none of theirs', () => {
  assert.equal(
    wordsOf(entry({ details: JSON.parse('{"__proto__":{"userName":"x"}}') })),
    'created the person',
  )
  assert.equal(whoOf('unknown'), 'Somebody unknown')
})

test('verbs have their past', () => {
  for (const [verb, expected] of [
    ['change it', 'changed it'],
    ['tag', 'tagged'],
    ['deliver', 'delivered'],
    ['put it', 'put it'],
    ['verify it', 'verified it'],
    ['deploy it', 'deployed it'],
    ['reset it', 'reset it'],
  ] as const)
    assert.equal(past(verb), expected)
})
