// Each operation of the IAM and STS models that this server answers, on the running server: what it was asked, and status and body of
// the answer, kept in golden/<operation>.txt. Each is called as root with good and with bad input, by a user without permissions, and
// without its required members. `node --test --test-update-snapshots test/aws/golden.test.ts` writes the files anew.
//
// `npm run test:long` makes the same calls through botocore, which must find in each answer what its own model says.
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { iamActions } from '../../src/aws/iam.ts'
import { serviceModel } from '../../src/aws/model.ts'
import { refusedOperations } from '../../src/aws/refused-operations.ts'
import { stsActions } from '../../src/aws/sts.ts'
import { isLongForm } from '../support/long-form.ts'
import { lacking } from '../support/outside-tool.ts'
import { type RoleServer, startRoleServer } from '../support/role-server.ts'
import { accountId, rootKey } from '../support/server.ts'
import { type Call, everyCall, materials, type World } from './golden/calls.ts'
import {
  type Answer,
  type Caller,
  type Input,
  isUnsigned,
  serviceOf,
  startBotocore,
  type Transport,
  until,
  wire,
} from './golden/transport.ts'

const limit = { timeout: 120_000 }
const folder = join(import.meta.dirname, 'golden')
const root: Caller = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }

/** The tables are built from use cases; only their names are looked at here. */
const anything = new Proxy({}, { get: () => () => undefined }) as never
const built = new Set([...stsActions(anything).keys(), ...iamActions(anything).keys()])

let at: RoleServer
let world: World
before(async () => {
  at = await startRoleServer()
  world = {
    ...materials(),
    url: at.server.url,
    ci: at.ci,
    deploy: `arn:aws:iam::${accountId}:role/deploy`,
  }
}, limit)
after(() => at?.stop())

/** Operations that any caller may call for itself. */
const free = new Set([
  'ChangePassword',
  'GetCallerIdentity',
  'GetSessionToken',
  'GetScopedCredentials',
  'GetAccessKeyInfo',
])

/** What was asked and answered, by operation. */
class Kept {
  readonly entries = new Map<string, string[]>()

  add(action: string, title: string, input: Input, { status, body }: Answer): void {
    const entries = this.entries.get(action) ?? []
    this.entries.set(action, entries)
    entries.push(
      `# ${title}\n${this.#masked(JSON.stringify(input, (name, value) => (secrets.has(name) ? '…' : value), 1))}\n\n${status}\n${this.#masked(readable(body))}\n`,
    )
  }

  #masked(text: string): string {
    return masks
      .reduce((masked, [pattern, by]) => masked.replace(pattern, by), text)
      .replaceAll(at.server.url, '<server>')
      .replaceAll(at.ci.url, '<issuer>')
      .replaceAll(at.ci.url.replace('http://', ''), '<issuer host>')
  }
}

/** An answer has no white space between elements; here each begins a line. */
const readable = (xml: string): string => xml.replaceAll('><', '>\n<')

/** Elements and members whose values differ between two runs. */
const secrets = new Set([
  'AuthenticationCode1',
  'AuthenticationCode2',
  'Base32StringSeed',
  'CertificateBody',
  'CertificateId',
  'Content',
  'DecodedMessage',
  'DeletionTaskId',
  'EncodedMessage',
  'Fingerprint',
  'JobId',
  'Marker',
  'NameQualifier',
  'PrivateKey',
  'QRCodePNG',
  'RequestId',
  'SAMLAssertion',
  'SAMLMetadataDocument',
  'SAMLProviderUUID',
  'ScopedSessionId',
  'SecretAccessKey',
  'ServicePassword',
  'SessionToken',
  'SessionTokenSize',
  'SessionTokenUtilization',
  'SSHPublicKeyBody',
  'SSHPublicKeyId',
  'WebIdentityToken',
])
const masks: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`<(${[...secrets].join('|')})>[^<]*`, 'g'), '<$1>…'],
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, '<date>'],
  [/\b(A(?:IDA|ROA|GPA|NPA|IPA|SCA|PKA|KIA|SIA|CCA))[A-Z2-7]{16,17}\b/g, '$1…'],
  [/(authorization id: )[0-9a-f]+/g, '$1…'],
  [/(Certificate with id )[A-Z2-7]+/g, '$1…'],
  [/(current date\/time )\d+/g, '$1…'],
]

const always = () => true
const kept = new Kept()
const called = new Set<string>()

test('every operation is called over the wire', limit, async (t) => {
  const send = wire(at.server.url)
  await send('CreateUser', { UserName: 'nobody' }, root)
  const key = await send('CreateAccessKey', { UserName: 'nobody' }, root)
  const nobody = { accessKeyId: key.value('AccessKeyId'), secretAccessKey: key.value('SecretAccessKey') }
  await everyCall(recording(send, nobody), world)
  await send('DeleteAccessKey', { UserName: 'nobody', AccessKeyId: nobody.accessKeyId }, root)
  await send('DeleteUser', { UserName: 'nobody' }, root)
  for (const action of [...built].sort())
    await t.test(action, (t) => {
      const entries = kept.entries.get(action) ?? assert.fail(`golden/calls.ts does not call ${action}`)
      assert.ok(
        entries.some((entry) => /\n\n200\n/.test(entry)) || action === 'AssumeRoleWithLDAPIdentity',
        entries.join('\n'),
      )
      t.assert.fileSnapshot(entries.join('\n'), join(folder, `${action}.txt`), { serializers: [String] })
    })
})

/** Before its first call an operation is called without permission, and without its required members. */
function recording(send: Transport, nobody: Caller): Call {
  return async (action, input = {}, caller = root, isReady = always) => {
    if (!called.has(action)) {
      called.add(action)
      if (!free.has(action) && !isUnsigned(action)) {
        const denied = await send(action, input, nobody)
        assert.equal(denied.status, 403, `${action}: ${denied.body}`)
        kept.add(action, 'without permission', input, denied)
      }
      const members = serviceModel(serviceOf(action)).actions.get(action)?.input?.members ?? []
      if (members.some(({ required }) => required))
        kept.add(action, 'without its members', {}, await send(action, {}, root))
    }
    const answer = await until(() => send(action, input, caller), isReady)
    kept.add(action, caller === root ? 'as root' : 'as another caller', input, answer)
    return answer
  }
}

test('each golden file is of an operation that is answered', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.txt'))
  assert.deepEqual(
    files.filter((name) => !built.has(name.replace('.txt', ''))),
    [],
  )
})

const botocoreReads = async () => {
  const botocore = await startBotocore(at.server.url)
  try {
    const named = [...botocore.operations.iam, ...botocore.operations.sts]
    const answered = new Set<string>()
    await everyCall(async (action, input = {}, caller = root, isReady = always) => {
      // An extension of this server, or newer than this botocore.
      if (!named.includes(action)) return { status: 0, body: '', value: () => '' }
      const answer = await until(() => botocore.call(action, input, caller), isReady)
      if (answer.status === 200) answered.add(action)
      return answer
    }, world)
    // The account root has no name, at AWS neither.
    assert.deepEqual(botocore.faults, ['GetUser: .User.UserName is missing'])
    assert.deepEqual(
      named.filter((name) => !answered.has(name) && !refusedOperations.has(name)),
      [],
      'operations of its models that were not answered',
    )
  } finally {
    botocore.close()
  }
}
if (isLongForm)
  test(
    'botocore reads each answer by its own model',
    { ...limit, skip: lacking('python3', '-c', 'import botocore') },
    botocoreReads,
  )
