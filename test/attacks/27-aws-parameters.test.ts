// attacks.md 27, on the running server's AWS wire: operators, prototypes and doubled names in parameters.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Credentials } from '../../src/secure/sigv4/sign.ts'
import { call, formOf, type Params, sendRaw, signed } from '../support/aws-call.ts'
import { type Running, startServer } from '../support/server.ts'

let server: Running
let root: Credentials
const iam = (action: string, params: Params = {}) => call(server.url, root, 'iam', action, params)
const raw = (body: string) => {
  const url = new URL('/', server.url).href
  return sendRaw(url, Object.entries(signed({ url, service: 'iam', credentials: root, body })), body)
}
const names = async () =>
  [...(await iam('ListUsers')).text.matchAll(/<UserName>([^<]*)</g)].map(([, name]) => name).sort()
let before27: unknown

before(async () => {
  server = await startServer()
  root = { accessKeyId: server.rootKey.id, secretAccessKey: server.rootKey.secret }
  await iam('CreateUser', { UserName: 'victim' })
  before27 = await names()
})
after(() => server.stop())

describe('27: operators where a name is meant find nothing', () => {
  const hostile = [
    `' OR '1'='1`,
    `'; DROP TABLE user; --`,
    '{"$ne":null}',
    '$where',
    'victim\u0000',
    'victim%',
    '*',
    '.*',
    '',
  ]
  for (const name of hostile)
    test(JSON.stringify(name), async () => {
      for (const action of ['GetUser', 'DeleteUser']) {
        const { status, code } = await iam(action, { UserName: name })
        // GetUser without a name means the caller.
        assert.ok(status === 400 || status === 404, `${action}: ${status} ${code}`)
        assert.match(code ?? '', /^(ValidationError|NoSuchEntity)$/)
      }
    })

  test('as an object, an array or a member', async () => {
    const refusals = {
      'UserName[$ne]': 'ValidationError',
      'UserName[]': 'ValidationError',
      'UserName.member.1': 'MalformedInput',
      'UserName.$gt': 'MalformedInput',
    }
    for (const [name, refusal] of Object.entries(refusals)) {
      const { status, code } = await raw(formOf('iam', 'DeleteUser', { [name]: 'x' }))
      assert.deepEqual([name, status, code], [name, 400, refusal])
    }
  })

  test('in a prefix and in a cursor', async () => {
    const prefixed = await iam('ListUsers', { PathPrefix: `/' OR '1'='1` })
    assert.doesNotMatch(prefixed.text, /victim/)
    for (const Marker of [`' OR 1=1 --`, '{"$gt":""}', 'AAAA', Buffer.from('{}').toString('base64url')]) {
      const { status, code } = await iam('ListUsers', { Marker })
      assert.ok(status === 400, `${Marker}: ${code}`)
    }
  })
})

test('27: names from prototypes are names', async () => {
  for (const UserName of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    assert.deepEqual([(await iam('GetUser', { UserName })).code], ['NoSuchEntity'])
    assert.equal((await iam('CreateUser', { UserName })).status, 200)
    assert.match((await iam('GetUser', { UserName })).text, new RegExp(`<UserName>${UserName}<`))
    assert.equal((await iam('DeleteUser', { UserName })).status, 200)
  }
  for (const action of ['__proto__', 'constructor', 'hasOwnProperty'])
    assert.equal((await iam(action)).code, 'InvalidAction')
})

test('27: tags named like prototypes are kept like any other', async () => {
  const tags = {
    'Tags.member.1.Key': '__proto__',
    'Tags.member.1.Value': 'a',
    'Tags.member.2.Key': 'constructor',
    'Tags.member.2.Value': 'b',
  }
  assert.equal((await iam('CreateUser', { UserName: 'tagged', ...tags })).status, 200)
  const { text } = await iam('ListUserTags', { UserName: 'tagged' })
  assert.match(text, /<Key>__proto__<\/Key><Value>a</)
  assert.match(text, /<Key>constructor<\/Key><Value>b</)
  assert.equal((await iam('DeleteUser', { UserName: 'tagged' })).status, 200)
})

test('27: parameters that pollute are passed over, and pollute nothing', async () => {
  const body = `${formOf('iam', 'GetUser', { UserName: 'victim' })}&__proto__.isAdmin=1&constructor.prototype.isAdmin=1&Tags.member.__proto__.Key=x`
  assert.equal((await raw(body)).status, 200)
  assert.equal((await raw(formOf('iam', 'ListUsers'))).status, 200)
})

test('27: a doubled parameter is refused, however it is spelt', async () => {
  for (const extra of ['UserName=other', 'User%4eame=other', 'Action=ListUsers', 'Version=2011-06-15']) {
    const { status, code } = await raw(`${formOf('iam', 'DeleteUser', { UserName: 'victim' })}&${extra}`)
    assert.deepEqual([status, code], [400, 'ValidationError'])
  }
})

test('27: nothing of all this changed anything', async () => {
  assert.deepEqual(await names(), before27)
})
