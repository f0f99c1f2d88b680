// 25 (docs/attacks.md): connections to a mail server go to an address that was checked at this moment, whatever its name meant before.
import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:net'
import { after, before, test } from 'node:test'
import { mailAddresses, mailSocket } from '../../../src/federation/outbound/mail-socket.ts'

const limit = { timeout: 60_000 }
let server: Server
let port: number
let connections = 0
before(async () => {
  server = createServer((socket) => {
    connections += 1
    socket.end()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  port = (server.address() as { port: number }).port
}, limit)
after(() => server.close())

const isAt =
  (...addresses: readonly string[]) =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
const nobody: ReadonlySet<string> = new Set()

const refusal = async (
  given: { host?: string; security?: 'starttls' | 'tls' | 'none'; allow?: readonly string[] },
  ...addresses: readonly string[]
): Promise<string> => {
  const { host = 'smtp.acme.example', security = 'starttls', allow = [] } = given
  const options = { allow: new Set(allow), resolve: isAt(...addresses) }
  const found = await mailAddresses({ host, port: 587, security }, options)
  return 'refused' in found ? found.refused : 'taken'
}

test('which hosts are taken', limit, async () => {
  assert.equal(await refusal({}, '93.184.216.34'), 'taken')
  assert.equal(await refusal({ host: '93.184.216.34' }), 'taken')
  assert.equal(await refusal({}), 'host-not-found')
  assert.equal(await refusal({ host: 'a:25' }, '93.184.216.34'), 'host-not-found')
  assert.equal(await refusal({}, '10.0.0.1'), 'not-allowed')
  assert.equal(await refusal({}, '93.184.216.34', '127.0.0.1'), 'not-allowed')
  assert.equal(await refusal({}, '93.184.216.34', '::1'), 'not-allowed')
  assert.equal(await refusal({ security: 'none' }, '93.184.216.34'), 'not-allowed')
  for (const allow of ['smtp.acme.example', 'smtp.acme.example:587'])
    assert.equal(await refusal({ security: 'none', allow: [allow] }, '10.0.0.1'), 'taken')
  assert.equal(await refusal({ allow: ['smtp.acme.example:25', 'acme.example'] }, '10.0.0.1'), 'not-allowed')
  assert.equal(
    await refusal({ host: 'SMTP.Acme.example', allow: ['smtp.acme.example'] }, '10.0.0.1'),
    'taken',
  )
})

test(
  'a name that means another address later is refused then, and the refusal names no address',
  limit,
  async () => {
    const answers = [isAt('93.184.216.34'), isAt('127.0.0.1')]
    const resolve = async () => (await answers.shift()?.()) ?? []
    const target = { host: 'smtp.acme.example', port, security: 'starttls' } as const
    assert.ok(!('refused' in (await mailAddresses(target, { allow: nobody, resolve }))))
    const rebound = await mailSocket(target, { allow: nobody, resolve }, AbortSignal.timeout(50_000))
    assert.ok('refused' in rebound)
    assert.equal(rebound.refused, 'not-allowed')
    assert.ok(!rebound.why.includes('127.0.0.1'))
    assert.equal(connections, 0)
  },
)

test('an allowed host is connected to at the address that was found', limit, async () => {
  const target = { host: 'smtp.acme.example', port, security: 'none' } as const
  const allow = new Set(['smtp.acme.example'])
  const made = await mailSocket(target, { allow, resolve: isAt('127.0.0.1') }, AbortSignal.timeout(50_000))
  assert.ok('socket' in made)
  assert.equal(made.socket.remotePort, port)
  made.socket.destroy()
})

test('a resolver that does not answer is not waited for', limit, async () => {
  const ended = new AbortController()
  const target = { host: 'smtp.acme.example', port, security: 'starttls' } as const
  const never = new Promise<never>(() => undefined)
  const asked = mailSocket(target, { allow: nobody, resolve: () => never }, ended.signal)
  ended.abort()
  const made = await asked
  assert.ok('refused' in made)
  assert.equal(made.refused, 'unreachable')
})
