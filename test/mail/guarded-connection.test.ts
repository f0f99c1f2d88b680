// The connection of run-time settings is made by us, and encrypted by the SMTP library: TLS and the name in the certificate are
// verified as on a connection of its own.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { mailSocket } from '../../src/federation/outbound/mail-socket.ts'
import { mailSchema } from '../../src/mail/settings.ts'
import { SmtpTransport } from '../../src/mail/smtp.ts'
import { SmtpFailure } from '../../src/mail/smtp-failure.ts'
import { selfSigned } from '../support/certificate.ts'
import { smtpServer, type TestSmtpServer } from '../support/smtp-server.ts'

const limit = { timeout: 60_000 }
const { certificate, privateKey } = selfSigned('localhost')
const keys = { key: privateKey, cert: certificate }
let upgrades: TestSmtpServer
let encrypted: TestSmtpServer
let plain: TestSmtpServer
before(async () => {
  upgrades = await smtpServer({}, keys)
  encrypted = await smtpServer({}, { ...keys, secure: true })
  plain = await smtpServer()
}, limit)
after(async () => {
  for (const server of [upgrades, encrypted, plain]) await server.close()
})

interface Given {
  readonly host: string
  readonly server: TestSmtpServer
  readonly security: 'starttls' | 'tls'
  readonly ca?: string
  readonly allow?: readonly string[]
}

/** `sent`, or what the failure is. */
async function outcome({ host, server, security, ca, allow = ['localhost', '127.0.0.1'] }: Given) {
  const settings = mailSchema.parse({ host, port: server.port, security, from: 'id@acme.example' })
  const transport = new SmtpTransport(settings, {
    connections: 1,
    connect: (until) => mailSocket(settings, { allow: new Set(allow) }, until),
    ...(ca !== undefined && { ca }),
  })
  try {
    await transport.send({ id: 'x', to: 'ann@acme.example', subject: 's', text: 't', html: 'h' })
    return 'sent'
  } catch (error) {
    assert.ok(error instanceof SmtpFailure)
    assert.equal(error.of, 'server')
    assert.equal(error.permanent, false)
    return error.problem
  } finally {
    transport.close()
  }
}

test('with a valid certificate of the host messages arrive encrypted', limit, async () => {
  for (const [server, security] of [
    [upgrades, 'starttls'],
    [encrypted, 'tls'],
  ] as const) {
    assert.equal(await outcome({ host: 'localhost', server, security, ca: certificate }), 'sent')
    assert.equal(server.received.at(-1)?.encrypted, true)
  }
})

test('otherwise nothing is sent', limit, async () => {
  const before = [upgrades, encrypted, plain].map(({ received }) => received.length)
  for (const [server, security] of [
    [upgrades, 'starttls'],
    [encrypted, 'tls'],
  ] as const) {
    // Signed by nobody whom we trust; of another name than the host.
    assert.equal(await outcome({ host: 'localhost', server, security }), 'certificate', security)
    assert.equal(
      await outcome({ host: '127.0.0.1', server, security, ca: certificate }),
      'certificate',
      security,
    )
  }
  for (const security of ['starttls', 'tls'] as const)
    assert.equal(await outcome({ host: 'localhost', server: plain, security }), 'encryption', security)
  const refused = { host: 'localhost', server: upgrades, security: 'starttls', ca: certificate } as const
  assert.equal(await outcome({ ...refused, allow: [] }), 'not-allowed')
  assert.deepEqual(
    [upgrades, encrypted, plain].map(({ received }) => received.length),
    before,
  )
})
