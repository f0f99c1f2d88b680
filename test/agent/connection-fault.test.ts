// What a caller reads when a server cannot be reached, from real sockets.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer as createHttp } from 'node:http'
import { createServer as createHttps } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { type TestContext, test } from 'node:test'
import { connectionFault } from '../../src/agent/connection-fault.ts'
import { selfSigned } from '../support/certificate.ts'

const { certificate: cert, privateKey: key } = selfSigned('127.0.0.1')

async function portOf(t: TestContext, server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  return (server.address() as AddressInfo).port
}

async function faultAt(url: string) {
  const failure = await fetch(url).then(
    () => assert.fail(`${url} answered`),
    (error: unknown) => error,
  )
  return connectionFault(url, failure)
}

test('https to a port that speaks http says to write http', async (t) => {
  const port = await portOf(t, createHttp())
  const fault = await faultAt(`https://127.0.0.1:${port}`)
  assert.deepEqual(fault, {
    why: 'what answers there speaks plain http, not https',
    remedy: 'write `http://`',
  })
})

test('http to a port that speaks https says to write https', async (t) => {
  const port = await portOf(t, createHttps({ cert, key }))
  const { why, remedy } = await faultAt(`http://127.0.0.1:${port}`)
  assert.match(why, /^no http answer: \S.*\S$/)
  assert.match(remedy ?? '', /^write `https:\/\/`/)
})

test('a certificate of one’s own authority says how to make it known', async (t) => {
  const port = await portOf(t, createHttps({ cert, key }))
  assert.match((await faultAt(`https://127.0.0.1:${port}`)).remedy ?? '', /^NODE_EXTRA_CA_CERTS /)
})

test('an unknown host is named; a closed port has no remedy of its own', async (t) => {
  const unknown = Object.assign(new Error('getaddrinfo ENOTFOUND id.invalid'), { code: 'ENOTFOUND' })
  assert.equal(
    connectionFault('https://id.invalid', new TypeError('fetch failed', { cause: unknown })).why,
    'there is no host `id.invalid`',
  )
  const server = createHttp()
  const port = await portOf(t, server)
  server.close()
  assert.deepEqual(await faultAt(`http://127.0.0.1:${port}`), {
    why: `connect ECONNREFUSED 127.0.0.1:${port}`,
    remedy: undefined,
  })
})
