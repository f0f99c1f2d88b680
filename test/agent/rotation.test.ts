// Rotation of an access key against a running server: interrupted after every step, and what it does to the credentials file.
import assert from 'node:assert/strict'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  ListAccessKeysCommand,
  PutUserPolicyCommand,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import fc from 'fast-check'
import { sendRequest } from '../../src/agent/http.ts'
import { journalFile, withRotationLock } from '../../src/agent/rotation/journal.ts'
import { advanceRotation, type RotationStep } from '../../src/agent/rotation/rotate.ts'
import { readProfileKey, withKey } from '../../src/agent/rotation/shared-credentials-file.ts'
import { runCommand } from '../support/command-line.ts'
import { type Running, rootKey, startServer } from '../support/server.ts'

const dir = mkdtempSync(join(tmpdir(), 'chancery-rotation-'))
const region = 'us-east-1'
let server: Running
let iam: IAMClient
before(
  async () => {
    server = await startServer()
    const credentials = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
    iam = new IAMClient({ endpoint: server.url, region, credentials })
  },
  { timeout: 60_000 },
)
after(async () => {
  iam.destroy()
  await server.stop()
  rmSync(dir, { recursive: true })
})

const other =
  '# keys of the machine\n[other]\naws_access_key_id = AKIAOTHER\naws_secret_access_key = other-secret\n'
const tail = '\n[last]\nregion = eu-test-1\n# end\n'
const real = () => Math.floor(Date.now() / 1000)

/** A user that may rotate its own key, which stands in the middle of a credentials file. */
async function newMachine(name: string) {
  await iam.send(new CreateUserCommand({ UserName: name }))
  const own = [
    'iam:CreateAccessKey',
    'iam:ListAccessKeys',
    'iam:UpdateAccessKey',
    'iam:DeleteAccessKey',
    'iam:GetAccessKeyLastUsed',
  ]
  await iam.send(
    new PutUserPolicyCommand({
      UserName: name,
      PolicyName: 'rotate',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: own, Resource: '*' }],
      }),
    }),
  )
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: name }))
  const file = join(dir, name)
  const text = `[app]\naws_access_key_id=${AccessKey?.AccessKeyId}\naws_secret_access_key=${AccessKey?.SecretAccessKey}\n`
  writeFileSync(file, other + text + tail, { mode: 0o600 })
  const keys = async () =>
    (await iam.send(new ListAccessKeysCommand({ UserName: name }))).AccessKeyMetadata ?? []
  const settings = { credentialsFile: file, profile: 'app', maxAge: 0, grace: 0 }
  return { name, file, keys, settings, firstId: AccessKey?.AccessKeyId ?? '' }
}

const rotate = (
  settings: Parameters<typeof advanceRotation>[0],
  { onStep = () => {}, now = real }: { onStep?: (step: RotationStep) => void; now?: () => number } = {},
) => advanceRotation(settings, { endpoint: { url: server.url, region, now, send: sendRequest }, onStep })

const signedBy = ({ accessKeyId, secretAccessKey }: ReturnType<typeof readProfileKey>) =>
  new STSClient({ endpoint: server.url, region, credentials: { accessKeyId, secretAccessKey } })

async function works(file: string): Promise<boolean> {
  const client = signedBy(readProfileKey(file, 'app'))
  try {
    await client.send(new GetCallerIdentityCommand({}))
    return true
  } catch {
    return false
  } finally {
    client.destroy()
  }
}

/** The end of every rotation: one active key, the one in the file, and everything else in the file as it was. */
async function assertRotated({ file, keys, firstId }: Awaited<ReturnType<typeof newMachine>>): Promise<void> {
  const { accessKeyId, secretAccessKey } = readProfileKey(file, 'app')
  assert.notEqual(accessKeyId, firstId)
  assert.deepEqual(
    (await keys()).map(({ AccessKeyId, Status }) => [AccessKeyId, Status]),
    [[accessKeyId, 'Active']],
  )
  const text = `[app]\naws_access_key_id=${accessKeyId}\naws_secret_access_key=${secretAccessKey}\n`
  assert.equal(readFileSync(file, 'utf8'), other + text + tail)
  assert.equal(statSync(file).mode & 0o777, 0o600)
  assert.ok(await works(file))
  assert.ok(!existsSync(journalFile(file, 'app')))
  const name = file.slice(dir.length + 1)
  assert.deepEqual(
    readdirSync(dir).filter((one) => one.startsWith(`${name}.`)),
    [],
  )
}

const steps: readonly RotationStep[] = [
  'planned',
  'created',
  'recorded',
  'verified',
  'handed over',
  'overlap',
  'deactivated',
  'inactive',
  'deleted',
  'finished',
]

test('a rotation makes its steps in order', async () => {
  const machine = await newMachine('whole')
  const made: RotationStep[] = []
  await rotate(machine.settings, { onStep: (step) => made.push(step) })
  assert.deepEqual(made, steps)
  await assertRotated(machine)
})

for (const step of steps)
  test(`stopped after \`${step}\`, the file has a key that works, and the next run goes on`, async () => {
    const machine = await newMachine(`stopped-${step.replace(' ', '-')}`)
    const stop = (made: RotationStep) => {
      if (made === step) throw new Error('the process ended')
    }
    await assert.rejects(rotate(machine.settings, { onStep: stop }), /the process ended/)
    assert.ok(await works(machine.file))
    if (step !== 'finished') await rotate(machine.settings)
    await assertRotated(machine)
  })

test('the old key is deactivated once unused for the grace, deleted after as long again', async () => {
  const machine = await newMachine('grace')
  const settings = { ...machine.settings, grace: 400 }
  const old = readProfileKey(machine.file, 'app')
  let offset = 0
  const now = () => real() + offset
  const statuses = async () =>
    Object.fromEntries((await machine.keys()).map(({ AccessKeyId, Status }) => [AccessKeyId, Status]))
  assert.equal((await rotate(settings, { now })).isPending, true)
  const next = readProfileKey(machine.file, 'app').accessKeyId
  const client = signedBy(old)
  await client.send(new GetCallerIdentityCommand({}))
  client.destroy()
  offset = 200
  assert.equal((await rotate(settings, { now })).isPending, true)
  assert.deepEqual(await statuses(), { [old.accessKeyId]: 'Active', [next]: 'Active' })
  offset = 600
  assert.equal((await rotate(settings, { now })).isPending, true)
  assert.deepEqual(await statuses(), { [old.accessKeyId]: 'Inactive', [next]: 'Active' })

  // Somebody needs the old key again: the wait begins anew.
  const active = { UserName: machine.name, AccessKeyId: old.accessKeyId, Status: 'Active' } as const
  await iam.send(new UpdateAccessKeyCommand(active))
  assert.equal((await rotate(settings, { now })).isPending, true)
  assert.equal((await machine.keys()).length, 2)
})

test('a key that is young enough stays; a second key of the user is never touched', async () => {
  const machine = await newMachine('two')
  const { isPending, nextAt } = await rotate({ ...machine.settings, maxAge: 86_400 })
  assert.equal(isPending, false)
  assert.ok(nextAt > real() + 86_000)
  await iam.send(new CreateAccessKeyCommand({ UserName: machine.name }))
  await assert.rejects(rotate(machine.settings), /also has the access key `AKIA\w+`: delete it/)
  assert.equal((await machine.keys()).length, 2)
})

test('one process at a time; the lock of one that ended is taken over', async () => {
  const machine = await newMachine('locked')
  const journal = journalFile(machine.file, 'app')
  await withRotationLock(journal, async () => {
    await assert.rejects(rotate(machine.settings), new RegExp(`process ${process.pid} is rotating`))
  })
  writeFileSync(`${journal}.lock`, '999999999')
  await rotate(machine.settings)
  await assertRotated(machine)
})

test('the lock of a killed agent is taken over, also where every agent has the same process number', async () => {
  const machine = await newMachine('container')
  const lock = `${journalFile(machine.file, 'app')}.lock`
  // As after SIGKILL in a container: the number is that of the next agent.
  writeFileSync(lock, String(process.pid))
  await assert.rejects(rotate(machine.settings), /is rotating the same access key/)
  const eleven = new Date(Date.now() - 11 * 60_000)
  utimesSync(lock, eleven, eleven)
  await rotate(machine.settings)
  await assertRotated(machine)
})

test('a lock that another process has begun to write is not taken over', async () => {
  const machine = await newMachine('begun')
  writeFileSync(`${journalFile(machine.file, 'app')}.lock`, '')
  await assert.rejects(rotate(machine.settings), /another process is rotating/)
  assert.equal((await machine.keys()).length, 1)
})

test('a file that cannot be written stops a rotation and not the agent, which goes on when it can be', async () => {
  const machine = await newMachine('full')
  // The name of the lock still fits into a directory, that of a file to be renamed does not.
  const profile = 'p'.repeat(255 - '.lock'.length - 'full..rotation'.length)
  const text = readFileSync(machine.file, 'utf8').replace('[app]', `[${profile}]`)
  writeFileSync(machine.file, text)
  const settings = { ...machine.settings, profile }
  await assert.rejects(rotate(settings), { name: 'Problem', code: 'unavailable' })
  assert.deepEqual([readFileSync(machine.file, 'utf8'), (await machine.keys()).length], [text, 1])
  writeFileSync(machine.file, text.replace(profile, 'app'))
  await rotate(machine.settings)
  await assertRotated(machine)
})

test('the command makes the steps that are due, and says when the next is', async () => {
  const machine = await newMachine('by-hand')
  const given = { env: () => ({ HOME: dir, AWS_SHARED_CREDENTIALS_FILE: machine.file }), now: real }
  const args = ['keys', 'rotate-access-key', '--url', server.url, '--profile', 'app']
  const first = await runCommand([...args, '--rotation-grace', '1h'], given)
  assert.match(first.out, /^next step from 2\d{3}-/)
  assert.equal((await machine.keys()).length, 2)
  const last = await runCommand([...args, '--rotation-grace', '0s'], given)
  assert.deepEqual([last.code, last.out], [0, 'nothing is left to do'])
  await assertRotated(machine)
  const wrong = await runCommand([...args, '--rotation-grace', '1 day'], given)
  assert.equal(wrong.code, 2)
  const absent = await runCommand([...args.slice(0, -1), 'nobody'], given)
  assert.match(absent.err, /profile `nobody` has no access key/)
})

test('the agent rotates the key while it runs, without a role too', async () => {
  const machine = await newMachine('by-agent')
  const stopping = new AbortController()
  const given = {
    env: () => ({ HOME: dir, AWS_SHARED_CREDENTIALS_FILE: machine.file, AWS_PROFILE: 'app' }),
    now: real,
    stopped: () => stopping.signal,
    err: (text: string) => {
      if (text.includes('finished')) stopping.abort()
    },
  }
  const { code } = await runCommand(
    ['agent', '--url', server.url, '--rotate-key', '0s', '--rotation-grace', '0s'],
    given,
  )
  assert.equal(code, 0)
  await assertRotated(machine)
})

test('a linked file is replaced where it is, and loses permissions of others', async () => {
  const machine = await newMachine('linked')
  chmodSync(machine.file, 0o644)
  mkdirSync(join(dir, 'home'))
  const link = join(dir, 'home', 'credentials')
  symlinkSync(machine.file, link)
  await rotate({ ...machine.settings, credentialsFile: link })
  await assertRotated(machine)
})

test('only the two values of the profile change, whatever else the file has', () => {
  const line = fc.constantFrom(
    '# aws_access_key_id = AKIAOLD',
    'region = eu-test-1',
    '',
    '  nested = 1',
    ';',
    's3 =',
    'x=$& $1',
  )
  const block = fc.array(line, { maxLength: 5 }).map((lines) => lines.map((one) => `${one}\n`).join(''))
  const key = (id: string, secret: string) => `aws_access_key_id = ${id}\nAWS_SECRET_ACCESS_KEY=${secret}\n`
  fc.assert(
    fc.property(block, block, block, fc.constantFrom('\n', '\r\n'), (a, b, c, end) => {
      const file = (id: string, secret: string) =>
        `${a}[x]\n${key('AKIAX', 'sx')}${b}[app]\n${a}${key(id, secret)}${c}[y]\n${key('AKIAY', 'sy')}${b}`.replaceAll(
          '\n',
          end,
        )
      const next = { accessKeyId: 'AKIANEXT', secretAccessKey: "$&/+$'" }
      assert.equal(withKey(file('AKIAOLD', 'old'), 'app', 'AKIAOLD', next), file('AKIANEXT', "$&/+$'"))
    }),
  )
})

const unfit: readonly (readonly [title: string, text: string, says: RegExp])[] = [
  ['no such profile', '[x]\naws_access_key_id=A\naws_secret_access_key=B\n', /has no access key/],
  ['no secret', '[app]\naws_access_key_id=AKIAOLD\n', /has no access key/],
  [
    'another key',
    '[app]\naws_access_key_id=A\naws_secret_access_key=B\n',
    /another access key than `AKIAOLD`/,
  ],
  [
    'a session',
    '[app]\naws_access_key_id=AKIAOLD\naws_secret_access_key=B\naws_session_token=C\n',
    /credentials of a session/,
  ],
]
for (const [title, text, says] of unfit)
  test(`a file that is not changed: ${title}`, () => {
    assert.throws(() => withKey(text, 'app', 'AKIAOLD', { accessKeyId: 'N', secretAccessKey: 'S' }), says)
  })
