// attacks.md 36: a policy whose wildcards overlap in very many ways is checked in the editor by somebody of any account, and the server
// answers others meanwhile. Before the work of a comparison had a bound, one of these forms stopped it for more than half a minute.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { callAdmin } from '../admin/call.ts'
import { call } from '../support/aws-call.ts'
import { type FormBrowser, formBrowser } from '../support/form-browser.ts'
import { processorTimeOf } from '../support/processor-time.ts'
import { policy } from '../support/role-server.ts'
import { accountId, type Running, startServer } from '../support/server.ts'

const timeout = 120_000
const password = 'plum-orbit-9-lantern'
/** Milliseconds of processor time for a page with such a document, of which the check is a small part. */
const most = 4000

let server: Running
let eve: FormBrowser
before(
  async () => {
    server = await startServer()
    const body = { name: 'Acme', accessKey: true }
    const { body: made } = await callAdmin(server.url, { method: 'POST', path: '/accounts', body })
    const { account, accessKeyId, secretAccessKey } = made
    const credentials = { accessKeyId, secretAccessKey }
    const settings = { secondFactor: 'optional' }
    await callAdmin(server.url, { method: 'PATCH', path: '/settings', body: settings, credentials })
    const iam = async (action: string, params: Readonly<Record<string, string>>) => {
      const { status, text } = await call(server.url, credentials, 'iam', action, params)
      assert.equal(status, 200, text)
    }
    const mayEdit = { Effect: 'Allow', Action: ['iam:*Role*', 'iam:*Polic*'], Resource: '*' }
    await iam('CreateUser', { UserName: 'eve' })
    await iam('CreateLoginProfile', { UserName: 'eve', Password: password })
    await iam('PutUserPolicy', { UserName: 'eve', PolicyName: 'own', PolicyDocument: policy(mayEdit) })
    const trust = { Effect: 'Allow', Principal: { AWS: account.id }, Action: 'sts:AssumeRole' }
    await iam('CreateRole', { RoleName: 'mine', AssumeRolePolicyDocument: policy(trust) })
    eve = formBrowser(server.url)
    await eve.submit(await eve.open('/sign-in'), { username: `${account.id}/eve`, password })
  },
  { timeout },
)
after(() => server?.stop())

/** A pattern such as `*a*b*b*`, unlike those with another seed. */
const stars = (length: number, seed: number): string =>
  `${Array.from({ length }, (_, at) => `*${'ab'[((at * 7 + seed) >> (at % 3)) % 2]}`).join('')}*`
const many = <T>(length: number, make: (at: number) => T): readonly T[] =>
  Array.from({ length }, (_, at) => make(at))

const documents = {
  'statements with wildcards in action and resource': policy(
    ...many(60, (at) => ({
      Effect: 'Allow',
      Action: `s3:${stars(10, at)}`,
      Resource: `arn:aws:s3:::${stars(10, at)}`,
    })),
  ),
  'conditions on few keys with wildcards': policy(
    ...many(12, (at) => ({
      Effect: 'Allow',
      Action: 's3:*',
      Resource: '*',
      Condition: {
        StringLike: {
          'aws:PrincipalTag/a': [stars(60, at), stars(60, at + 3)],
          'aws:PrincipalTag/b': stars(60, at + 1),
        },
      },
    })),
  ),
}

for (const [name, document] of Object.entries(documents))
  test(`36: ${name} do not stop the server`, { timeout }, async () => {
    const page = await eve.open('/console/access/new')
    const { pid = 0 } = server.process
    const earlier = processorTimeOf(pid)
    const checked = await eve.send(page, { name: 'x', document, act: 'check' }, '/console/access/new')
    assert.equal(checked.status, 200)
    assert.match(checked.text, /in words/i)
    assert.ok(processorTimeOf(pid) - earlier < most, `${processorTimeOf(pid) - earlier} ms`)
  })

test('36: a trust policy that names many principals of each kind is compared with what is in force', {
  timeout,
}, async () => {
  const unique = (prefix: string, at: number) =>
    `${prefix}${at.toString(2).replace(/0/g, 'A').replace(/1/g, 'B').padStart(17, 'C')}`
  const document = policy({
    Effect: 'Allow',
    Principal: {
      AWS: [...many(200, (at) => String(100_000_000_000 + at)), ...many(150, (at) => unique('AROA', at))],
      Federated: many(60, (at) => `arn:aws:iam::${accountId}:saml-provider/p${at}`),
    },
    Action: 'sts:AssumeRole',
  })
  const path = '/console/workloads/mine/trust'
  const page = await eve.open(path)
  const { pid = 0 } = server.process
  const earlier = processorTimeOf(pid)
  const checked = await eve.send(page, { document, act: 'check' }, path)
  assert.match(checked.text, /too many principals/)
  assert.ok(processorTimeOf(pid) - earlier < most, `${processorTimeOf(pid) - earlier} ms`)
})
