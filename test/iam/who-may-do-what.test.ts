// Who may do what in IAM, every action and every kind of caller, as a golden table: its diff is the review.
// Refresh with --test-update-snapshots.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Call } from '../../src/iam/caller.ts'
import type { Iam } from '../../src/iam/iam.ts'
import { Problem } from '../../src/problem.ts'
import { Secret } from '../../src/secure/secret.ts'
import { allow, type IamFixture, openIamFixture, otherAccountId } from './fixture.ts'

/** One input that names things that do not exist, so that nothing changes: a caller who may is told so. */
const anything = {
  name: 'nobody',
  userName: 'nobody',
  groupName: 'nobody',
  roleName: 'nobody',
  profileName: 'nothing',
  minimumLength: 8,
  policyName: 'nothing',
  policyArn: 'arn:aws:iam::111122223333:policy/nothing',
  arn: 'arn:aws:iam::111122223333:oidc-provider/nothing.example',
  policies: [],
  actions: [],
  action: 's3:GetObject',
  resource: '*',
  serialNumber: 'arn:aws:iam::111122223333:mfa/nothing',
  accessKeyId: 'AKIANOTHING',
  versionId: 'v1',
  status: 'Inactive',
  alias: 'nothing',
  url: 'https://nothing.example',
  clientId: 'nothing',
  metadata: '<nothing/>',
  boundary: 'arn:aws:iam::111122223333:policy/nothing',
  permissionsBoundary: 'arn:aws:iam::111122223333:policy/nothing',
  document: '{}',
  trust: '{}',
  description: '',
  tags: [{ key: 'k', value: 'v' }],
  keys: ['k'],
  thumbprints: [],
  password: new Secret('correct horse battery'),
  oldPassword: new Secret('x'),
  newPassword: new Secret('correct horse battery'),
  taskId: 'task/nothing',
  jobId: '00000000-0000-4000-8000-000000000000',
  namespace: 'nothing',
  namespaces: ['nothing'],
  certificateName: 'nothing',
  certificateId: 'NOTHING',
  sshPublicKeyId: 'APKANOTHING',
  credentialId: 'ACCANOTHING',
  serviceName: 'decision.chancery',
  encoding: 'SSH',
  body: 'nothing',
  privateKey: new Secret('nothing'),
  code1: '000000',
  code2: '000001',
}

async function callersOf(fixture: IamFixture): Promise<ReadonlyMap<string, Call>> {
  const attached = async (name: string) => {
    const call = await fixture.userWho(name)
    await fixture.iam.attachUserPolicy(fixture.root, { name, policyArn: `arn:aws:iam::aws:policy/${name}` })
    return call
  }
  return new Map([
    ['root', fixture.root],
    ['admin', await attached('AdministratorAccess')],
    ['full', await attached('IAMFullAccess')],
    ['read', await attached('IAMReadOnlyAccess')],
    ['viewer', await attached('ReadOnlyAccess')],
    ['power', await attached('PowerUserAccess')],
    ['self', await fixture.userWho('self', allow('iam:*', 'arn:aws:iam::*:user/$' + '{aws:username}'))],
    ['nothing', await fixture.userWho('nothing')],
    ['nobody', fixture.call({ kind: 'anonymous' })],
  ])
}

async function outcome(iam: Iam, action: keyof Iam, call: Call, input: object): Promise<string> {
  try {
    await (iam[action] as (call: Call, input: unknown) => Promise<unknown>)(call, input)
    return '✔'
  } catch (error) {
    assert.ok(error instanceof Problem, String(error))
    if (error.code === 'denied' && /is not authorized/.test(error.message)) return '✘'
    return error.code === 'missing_credentials' ? '!' : '✔'
  }
}

test('who may do what', async (t) => {
  const fixture = await openIamFixture(t)
  const callers = await callersOf(fixture)
  const key = await fixture.iam.createAccessKey(fixture.root, { userName: 'nothing' })
  // For an unknown key this action answers everybody as it answers those who may not.
  const known = { ...anything, accessKeyId: key.key.id }
  const names = [...callers.keys()]
  const lines = [['action'.padEnd(42), ...names.map((name) => name.padEnd(8))].join('').trimEnd()]
  for (const action of Object.keys(fixture.iam).sort() as (keyof Iam)[]) {
    const cells: string[] = []
    const input = action === 'getAccessKeyLastUsed' ? known : anything
    for (const call of callers.values())
      cells.push((await outcome(fixture.iam, action, call, input)).padEnd(8))
    lines.push([action.padEnd(42), ...cells].join('').trimEnd())
  }
  t.assert.fileSnapshot(`${lines.join('\n')}\n`, join(import.meta.dirname, 'who-may-do-what.txt'), {
    serializers: [(value: string) => value],
  })
})

test('every use case is denied to a caller without permissions, audited, and changes nothing', async (t) => {
  const fixture = await openIamFixture(t)
  const nothing = await fixture.userWho('nothing')
  for (const action of Object.keys(fixture.iam) as (keyof Iam)[]) {
    fixture.record.length = 0
    assert.equal(await outcome(fixture.iam, action, nothing, anything), '✘', action)
    const [entry, ...more] = fixture.record
    assert.deepEqual(more, [])
    assert.equal(entry?.action, `iam:${action.charAt(0).toUpperCase()}${action.slice(1)}`)
    assert.equal(entry?.outcome, 'denied')
    assert.match(entry?.reason ?? '', /is not authorized to perform: iam:/)
  }
  assert.equal((await fixture.iam.getAccountSummary(fixture.otherRoot))['Users'], 0, otherAccountId)
})
