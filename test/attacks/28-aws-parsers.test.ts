// attacks.md 28, on the running server's AWS wire: too much, too deep, too slow, not text at all.
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Credentials } from '../../src/secure/sigv4/sign.ts'
import { call, formOf, type Params, sendRaw, signed } from '../support/aws-call.ts'
import { processorTimeOf } from '../support/processor-time.ts'
import { type Running, startServer } from '../support/server.ts'

let server: Running
let root: Credentials
const iam = (action: string, params: Params = {}) => call(server.url, root, 'iam', action, params)
const url = () => new URL('/', server.url).href
const raw = (body: string | Buffer, headers: Record<string, string> = {}) =>
  sendRaw(
    url(),
    Object.entries(signed({ url: url(), service: 'iam', credentials: root, body, headers })),
    body,
  )

before(async () => {
  server = await startServer()
  root = { accessKeyId: server.rootKey.id, secretAccessKey: server.rootKey.secret }
  await iam('CreateUser', { UserName: 'someone' })
})
after(() => server.stop())
const pid = () => server.process.pid ?? 0

/** The server responds, and spends less than two seconds of processor time meanwhile: nothing hostile goes on in it. */
async function alive(): Promise<void> {
  const before = processorTimeOf(pid())
  assert.equal((await iam('GetUser', { UserName: 'someone' })).status, 200)
  assert.ok(processorTimeOf(pid()) - before < 2000)
}

test('28: a body of 100 MB is refused before it is read', async () => {
  const { hostname, port } = new URL(url())
  const socket = connect(Number(port), hostname === 'localhost' ? '127.0.0.1' : hostname)
  socket.on('error', () => {})
  socket.write(
    `POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 104857600\r\n\r\nAction=`,
  )
  let text = ''
  for await (const part of socket) text += part
  assert.match(text, /^HTTP\/1.1 413 [\s\S]*RequestEntityTooLarge/)
  await alive()
})

test('28: a chunked body without end is cut off', async () => {
  const { hostname, port } = new URL(url())
  const socket = connect(Number(port), hostname === 'localhost' ? '127.0.0.1' : hostname)
  let text = ''
  socket.on('data', (part) => {
    text += part
  })
  socket.on('error', () => {})
  socket.write(
    `POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n`,
  )
  const chunk = `10000\r\n${'a'.repeat(0x10000)}\r\n`
  // Many times what is taken from a sender whom nobody reads.
  const most = 2000
  let sent = 0
  for (; !socket.destroyed && socket.writable && sent < most && text === ''; sent++)
    await new Promise((taken) => socket.write(chunk, taken))
  assert.ok(sent < most)
  assert.match(text, /RequestEntityTooLarge|^$/)
  socket.destroy()
  await alive()
})

test('28: 100,000 parameters are refused', async () => {
  const many = Array.from({ length: 100_000 }, (_, i) => `a${i}=`).join('&')
  const { status, code } = await raw(`${formOf('iam', 'ListUsers')}&${many}`)
  assert.ok(status === 400 || status === 413, code)
  await alive()
})

test('28: names of 10,000 parts and lists of sparse indexes cost nothing', async () => {
  const deep = `${'Tags.member.1.'.repeat(10_000)}Key=x`
  const sparse = 'Tags.member.999999999.Key=k&Tags.member.999999999.Value=v'
  assert.equal(
    (await raw(`${formOf('iam', 'GetUser', { UserName: 'someone' })}&${deep}&${sparse}`)).status,
    200,
  )
  await alive()
})

test('28: a header of 1 MB is refused', async () => {
  // The connection may be closed on us before all of it is sent.
  const said = await raw(formOf('iam', 'ListUsers'), { 'x-large': 'a'.repeat(1024 * 1024) }).catch(
    () => undefined,
  )
  assert.ok(said === undefined || said.status === 431)
  await alive()
})

test('28: invalid UTF-8 and NUL are refused, in bytes and in escapes', async () => {
  const head = `${formOf('iam', 'GetUser')}&UserName=`
  const hostile = ['%ff', '%c0%af', '%ed%a0%80', 'a%00', '%', '%zz'].map((tail) => Buffer.from(head + tail))
  for (const body of [...hostile, Buffer.concat([Buffer.from(head), Buffer.from([0xff])])]) {
    const { status, code } = await raw(body)
    assert.deepEqual([status, code], [400, 'ValidationError'])
  }
})

test('28: a compressed body is not unpacked', async () => {
  const { status, code } = await raw(gzipSync(Buffer.alloc(10_000_000, 'a')), { 'content-encoding': 'gzip' })
  assert.deepEqual([status, code], [400, 'ValidationError'])
})

test('28: policies nested 10,000 deep, and patterns that blow up, are refused or cost nothing', async () => {
  const put = (PolicyDocument: string) =>
    iam('PutUserPolicy', { UserName: 'someone', PolicyName: 'p', PolicyDocument })
  const deep = `{"Version":"2012-10-17","Statement":${'['.repeat(10_000)}${']'.repeat(10_000)}}`
  assert.equal((await put(deep)).code, 'MalformedPolicyDocument')
  const deeper = `${`{"a":`.repeat(10_000)}1${'}'.repeat(10_000)}`
  assert.equal((await put(deeper)).code, 'MalformedPolicyDocument')
  const stars = {
    Effect: 'Allow',
    Action: `s3:${'*a'.repeat(200)}`,
    Resource: `arn:aws:s3:::${'*a'.repeat(200)}`,
  }
  const before = processorTimeOf(pid())
  await put(JSON.stringify({ Version: '2012-10-17', Statement: [stars] }))
  await iam('GetUser', { UserName: 'a'.repeat(64) })
  assert.ok(processorTimeOf(pid()) - before < 2000)
  await alive()
})

test('28: a slow body does not hold others up', async () => {
  const { hostname, port } = new URL(url())
  const slow = Array.from({ length: 50 }, () => {
    const socket = connect(Number(port), hostname === 'localhost' ? '127.0.0.1' : hostname)
    socket.on('error', () => {})
    socket.write(
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nA',
    )
    return socket
  })
  await alive()
  for (const socket of slow) socket.destroy()
})
