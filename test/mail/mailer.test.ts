// Messages through the durable outbox to a real SMTP server: delivered, refused, slow, without TLS, after a crash.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { AuditEvent } from '../../src/audit/event.ts'
import type { ConfiguredMail, MailServerSource } from '../../src/mail/current-mail-server.ts'
import { Mailer } from '../../src/mail/mailer.ts'
import { lease, maxConcurrent } from '../../src/mail/outbox.ts'
import { mailSchema } from '../../src/mail/settings.ts'
import { SmtpTransport } from '../../src/mail/smtp.ts'
import { openMasterKey } from '../../src/secure/key/master-key.ts'
import { Secret } from '../../src/secure/secret.ts'
import type { Store } from '../../src/store/store.ts'
import { selfSigned } from '../support/certificate.ts'
import { linkIn, Reply, type SmtpBehaviour, smtpServer } from '../support/smtp-server.ts'
import { openStore } from '../support/store.ts'
import { until as becomesTrue } from '../support/waiting.ts'

const limit = { timeout: 60_000 }
const ann = { accountId: '123456789012', userId: 'AIDAANN', userName: 'ann', address: 'ann@acme.example' }
const link = 'https://id.acme.example/sign-in/link?token=one-time-secret'
const invitation = { url: link, until: 'tomorrow' }

async function stage(t: TestContext, behaviour: SmtpBehaviour = {}, tls: object = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-mail-'))
  const server = await smtpServer(behaviour, tls)
  const time = { now: 1_800_000_000 }
  const store: Store = await openStore(join(dir, 'store.db'), {
    masterKey: openMasterKey(join(dir, 'keys'), { storeExists: false }),
    clock: () => time.now,
  })
  const audited: AuditEvent[] = []
  const logged: string[] = []
  const counted: string[] = []
  const mailers: Mailer[] = []
  const configured = (more: object = {}): ConfiguredMail => {
    const settings = mailSchema.parse({
      host: '127.0.0.1',
      port: server.port,
      security: 'none',
      from: 'Acme <sign-in@acme.example>',
      organization: 'Acme',
      ...more,
    })
    return { settings, transport: new SmtpTransport(settings) }
  }
  const mailer = (more: object = {}, name?: string): Mailer => {
    const current = configured(more)
    return mailerOf({ current, close: () => current.transport.close() }, name)
  }
  const mailerOf = (source: MailServerSource, name?: string): Mailer => {
    const made = new Mailer(source, {
      store,
      issuer: 'https://id.acme.example',
      now: () => time.now,
      trail: { record: async (event) => void audited.push(event) },
      ...(name !== undefined && { organizationOf: async () => name }),
      log: { warn: (fields, message) => logged.push(`${message} ${JSON.stringify(fields)}`) },
      count: (result) => counted.push(result),
    })
    mailers.push(made)
    return made
  }
  t.after(async () => {
    await server.close()
    for (const one of mailers) await one.close()
    await store.close()
    rmSync(dir, { recursive: true, force: true })
  })
  const waiting = async () => (await store.find('mail', { by: 'next', value: 'all' }, { limit: 100 })).records
  const until = (holds: () => Promise<boolean> | boolean) =>
    becomesTrue('the mail is as expected', holds, { every: 5 })
  return { server, store, time, mailer, mailerOf, configured, audited, logged, counted, waiting, until }
}

test('a message arrives once, as text and HTML, and leaves the outbox', limit, async (t) => {
  const { server, mailer, waiting, until, counted, store } = await stage(t)
  const sender = mailer({ reply_to: 'help@acme.example', bounces_to: 'bounces@acme.example' })
  assert.equal(await sender.send(ann, 'invitation', invitation, { lifetime: 3600, id: 'one' }), true)
  const mail = await server.next('ann@acme.example')
  assert.deepEqual([mail.from, mail.to], ['bounces@acme.example', ['ann@acme.example']])
  assert.equal(mail.headers.get('from'), 'Acme <sign-in@acme.example>')
  assert.equal(mail.headers.get('reply-to'), 'help@acme.example')
  assert.equal(mail.headers.get('subject'), 'Your account at Acme')
  assert.equal(mail.headers.get('message-id'), '<one@acme.example>')
  assert.equal(mail.headers.get('auto-submitted'), 'auto-generated')
  assert.equal(linkIn(mail), link)
  assert.ok(mail.html.includes(`href="${link}"`))
  await until(async () => (await waiting()).length === 0 && counted.length > 0)
  assert.deepEqual(counted, ['sent'])
  assert.equal(await store.count('mail', { by: 'queue', value: 'message' }), 0)
})

test(
  'without a name of its own, a message is from the organization, whose name adds no header',
  limit,
  async (t) => {
    const { server, mailer } = await stage(t)
    const sent = async (name: string, more: object = {}) => {
      const sender = mailer({ from: 'sign-in@acme.example', ...more }, name)
      await sender.send(ann, 'invitation', invitation, { lifetime: 3600 })
      return server.next('ann@acme.example')
    }
    const plain = await sent('Other Ltd')
    assert.equal(plain.headers.get('from'), 'Other Ltd <sign-in@acme.example>')
    assert.equal(plain.headers.get('subject'), 'Your account at Other Ltd')
    const hostile = await sent('Evil\r\nBcc: x@evil.example\r\n\r\n<b>"a" <b@evil.example>, c')
    assert.equal(hostile.headers.get('bcc'), undefined)
    assert.deepEqual(hostile.to, ['ann@acme.example'])
    assert.match(hostile.headers.get('from') ?? '', /<sign-in@acme\.example>$/)
    const named = await sent('Other Ltd', { from: 'Desk <sign-in@acme.example>' })
    assert.equal(named.headers.get('from'), 'Desk <sign-in@acme.example>')
  },
)

test('a link in a waiting message is not readable in the store', limit, async (t) => {
  const { mailer, waiting } = await stage(t, {
    data: () => {
      throw new Reply(451)
    },
  })
  await mailer().send(ann, 'invitation', invitation, { lifetime: 3600 })
  const [record] = await waiting()
  assert.ok(record?.content instanceof Secret)
  assert.ok(!JSON.stringify(record).includes('one-time-secret'))
})

test(
  'a recipient that is refused for good is given up at once, audited and not logged with its link',
  limit,
  async (t) => {
    const { mailer, waiting, until, audited, counted, logged, server } = await stage(t, {
      recipient: () => {
        throw new Reply(550, 'no such user here')
      },
    })
    await mailer().send(ann, 'invitation', invitation, { lifetime: 3600 })
    await until(async () => (await waiting()).length === 0 && counted.length > 0)
    assert.deepEqual(counted, ['failed'])
    const [event] = audited
    assert.deepEqual(
      [event?.action, event?.outcome, event?.resource, event?.accountId],
      ['mail:Deliver', 'failed', 'AIDAANN', '123456789012'],
    )
    assert.match(event?.reason ?? '', /550/)
    assert.equal(server.received.length, 0)
    for (const text of [JSON.stringify(audited), ...logged]) assert.ok(!text.includes('one-time-secret'))
  },
)

test(
  'a temporary refusal is tried again with growing pauses, until the message is over',
  limit,
  async (t) => {
    const { mailer, time, waiting, until, audited, counted } = await stage(t, {
      recipient: () => {
        throw new Reply(450, 'greylisted')
      },
    })
    const sender = mailer()
    await sender.send(ann, 'invitation', invitation, { lifetime: 3600 })
    const pauses: number[] = []
    for (let tries = 1; counted.at(-1) !== 'failed'; tries++) {
      // Asked until it was tried: a search that is still ending is joined, and has not seen the new time.
      await until(async () => {
        await sender.outbox.sendDue()
        return counted.length === tries
      })
      const [record] = await waiting()
      if (record) {
        pauses.push(record.nextAt - time.now)
        time.now = record.nextAt
      }
    }
    assert.ok(pauses.length > 5 && pauses.length < 30, String(pauses))
    assert.ok((pauses[1] ?? 0) > (pauses[0] ?? 0), String(pauses))
    assert.ok(Math.max(...pauses) <= 750, String(pauses))
    assert.equal(audited.length, 1)
    assert.match(audited[0]?.reason ?? '', /its time is over.*450/)
  },
)

test('while the server is away messages wait, and all are sent when it is back', limit, async (t) => {
  const { server, mailer, time, waiting, until, audited } = await stage(t)
  const sender = mailer({ port: 1 })
  for (const n of [1, 2, 3]) await sender.send(ann, 'invitation', invitation, { lifetime: 3600, id: `m${n}` })
  await until(() => sender.outbox.sending === 0)
  assert.equal((await waiting()).length, 3)
  assert.equal(audited.length, 0)
  await sender.close()
  time.now += lease
  const back = mailer()
  await back.outbox.sendDue()
  assert.equal(server.received.length, 3)
  assert.equal((await waiting()).length, 0)
})

/** What a mailer sends with, which a test replaces. */
function changing(first: ConfiguredMail) {
  let current: ConfiguredMail | undefined = first
  let changed = () => {}
  return {
    get current() {
      return current
    },
    onChange(listener: () => void) {
      changed = listener
    },
    close: () => current?.transport.close(),
    become(next: ConfiguredMail | undefined) {
      current?.transport.close()
      current = next
      changed()
    },
  }
}

test('with other settings what was postponed goes out, whatever pause it had', limit, async (t) => {
  const { server, mailerOf, configured, waiting, until } = await stage(t)
  const source = changing(configured({ port: 1 }))
  const sender = mailerOf(source)
  for (const n of [1, 2, 3]) await sender.send(ann, 'invitation', invitation, { lifetime: 3600, id: `m${n}` })
  // The clock of the outbox stands still: what was tried becomes due by nothing else.
  const failed = async () => (await waiting()).find(({ failure }) => failure !== undefined)
  await until(async () => (await failed()) !== undefined)
  assert.match((await failed())?.failure?.reason ?? '', /ECONNREFUSED/)
  await until(() => sender.outbox.sending === 0)
  source.become(configured())
  await until(async () => server.received.length === 3 && (await waiting()).length === 0)
})

test(
  'while mail is removed messages wait; at their end they are audited, with why they were not sent',
  limit,
  async (t) => {
    const { mailerOf, configured, time, waiting, until, audited } = await stage(t)
    const source = changing(configured({ port: 1 }))
    const sender = mailerOf(source)
    await sender.send(ann, 'invitation', invitation, { lifetime: 3600, id: 'one' })
    await until(async () => (await waiting())[0]?.failure !== undefined && sender.outbox.sending === 0)
    source.become(undefined)
    assert.equal(await sender.send(ann, 'invitation', invitation, { lifetime: 3600, id: 'two' }), false)
    time.now += lease
    await sender.outbox.sendDue()
    assert.deepEqual([(await waiting()).length, audited.length], [1, 0])
    time.now += 3600
    await until(async () => {
      await sender.outbox.sendDue()
      return audited.length === 1 && (await waiting()).length === 0
    })
    assert.match(audited[0]?.reason ?? '', /its time was over; the last attempt: .*ECONNREFUSED/)
  },
)

test(
  'a process that ends after sending and before recording: sent again, with the same Message-ID',
  limit,
  async (t) => {
    const { server, mailer, store, time, waiting, until } = await stage(t)
    const broken = mailer()
    const remove = store.delete.bind(store)
    const dead = Promise.withResolvers<boolean>()
    Object.assign(store, { delete: () => dead.promise })
    await broken.send(ann, 'invitation', invitation, { lifetime: 3600, id: 'stable' })
    await server.next('ann@acme.example')
    Object.assign(store, { delete: remove })
    const other = mailer()
    await other.outbox.sendDue()
    assert.equal(server.received.length, 1, 'not while the first process may still be sending')
    time.now += lease
    // A search that began before the lease ended may still run; a later one finds the message.
    await until(async () => {
      await other.outbox.sendDue()
      return server.received.length === 2
    })
    assert.equal(new Set(server.received.map(({ headers }) => headers.get('message-id'))).size, 1)
    await until(async () => (await waiting()).length === 0)
    dead.resolve(false)
  },
)

test('two processes that search at the same time send each message once', limit, async (t) => {
  const { server, mailer, time, waiting } = await stage(t)
  const idle = mailer({ port: 1 })
  for (let n = 0; n < 40; n++) await idle.send(ann, 'invitation', invitation, { lifetime: 3600, id: `m${n}` })
  await idle.close()
  time.now += lease
  await Promise.all([mailer(), mailer()].map(({ outbox }) => outbox.sendDue()))
  assert.equal((await waiting()).length, 0)
  assert.equal(server.received.length, 40)
  assert.equal(new Set(server.received.map(({ headers }) => headers.get('message-id'))).size, 40)
})

test('adding a message does not wait for a slow server', limit, async (t) => {
  const slow = Promise.withResolvers<void>()
  const { mailer, waiting, until } = await stage(t, { data: () => slow.promise })
  const sender = mailer()
  for (let n = 0; n < maxConcurrent + 10; n++)
    await sender.send(ann, 'invitation', invitation, { lifetime: 3600 })
  assert.equal(sender.outbox.sending, maxConcurrent)
  slow.resolve()
  await until(async () => (await waiting()).length === 0)
})

test('nothing is sent without TLS, or to a server whose certificate is not valid', limit, async (t) => {
  const { certificate, privateKey } = selfSigned('localhost')
  const tls = { key: privateKey, cert: certificate }
  const plain = await stage(t)
  const wrong = await stage(t, {}, tls)
  const good = await stage(t, {}, tls)
  const verify = async (port: number, security: string, ca?: string, host = 'localhost') => {
    const transport = new SmtpTransport(
      mailSchema.parse({ host, port, security, from: 'a@acme.example' }),
      ca === undefined ? {} : { ca },
    )
    try {
      await transport.verify()
      await transport.send({ id: 'x', to: 'ann@acme.example', subject: 's', text: 't', html: 'h' })
      return 'sent'
    } catch (error) {
      return (error as Error).message
    } finally {
      transport.close()
    }
  }
  assert.match(await verify(plain.server.port, 'starttls'), /STARTTLS|TLS/)
  assert.match(await verify(plain.server.port, 'tls'), /the mail server could not be used/)
  assert.match(await verify(wrong.server.port, 'starttls'), /self.signed|certificate/)
  assert.match(await verify(good.server.port, 'starttls', certificate, '127.0.0.1'), /altnames|IP/i)
  assert.equal(plain.server.received.length + wrong.server.received.length, 0)
  assert.equal(await verify(good.server.port, 'starttls', certificate), 'sent')
  assert.equal(good.server.received[0]?.encrypted, true)
})

test('a wrong password at the mail server loses no message and appears nowhere', limit, async (t) => {
  const { mailer, waiting, until, logged, server } = await stage(t, {
    login: { user: 'chancery', password: 'right' },
  })
  const sender = mailer({ user: 'chancery', password: 'wrong-secret' })
  await sender.send(ann, 'invitation', invitation, { lifetime: 3600 })
  await until(() => logged.length > 0)
  assert.equal((await waiting()).length, 1)
  assert.match(logged.join(), /EAUTH|535/)
  assert.ok(!logged.join().includes('wrong-secret'), logged.join())
  assert.equal(server.received.length, 0)
  const right = mailer({ user: 'chancery', password: 'right' })
  await right.send(ann, 'invitation', invitation, { lifetime: 3600, id: 'two' })
  await server.next('ann@acme.example')
})

test(
  'facts that hold line breaks or markup add neither a header, a recipient nor markup',
  limit,
  async (t) => {
    const { server, mailer } = await stage(t)
    const sender = mailer({ organization: 'Acme' })
    const evil = 'x\r\nBcc: victim@other.example\r\n\r\n<script>alert(1)</script>\u2028\u202e'
    const browser = `${evil}${'y'.repeat(1000)}`
    await sender.send(
      { ...ann, userName: evil },
      'reset-password',
      { url: link, until: evil, address: evil, browser },
      { lifetime: 60 },
    )
    const mail = await server.next('ann@acme.example')
    assert.deepEqual(mail.to, ['ann@acme.example'])
    assert.equal(mail.headers.has('bcc'), false)
    const plain = mailer()
    await plain.send(
      ann,
      'reset-password',
      { url: link, until: 'u', address: 'a', browser: 'b' },
      { lifetime: 60 },
    )
    assert.equal(mail.headerCount, (await server.next('ann@acme.example')).headerCount)
    assert.ok(!mail.html.includes('<script>'))
    assert.ok(!mail.text.includes('y'.repeat(300)))
  },
)

test('addresses that are not one plain address are refused before they are queued', limit, async (t) => {
  const { mailer, waiting } = await stage(t)
  const sender = mailer({ port: 1 })
  for (const address of [
    'a@acme.example, b@other.example',
    'a@acme.example\r\nBcc: b@other.example',
    '"a b"@acme.example>, <b@other.example',
    'ann',
    '',
    '@acme.example',
    `${'a'.repeat(250)}@acme.example`,
    '<a@acme.example>',
    'a@acme.example ',
  ])
    assert.equal(
      await sender.send({ ...ann, address }, 'invitation', invitation, { lifetime: 60 }),
      false,
      address,
    )
  assert.equal((await waiting()).length, 0)
})

test('closing does not wait for a server that hangs, and the message stays', {
  timeout: 60_000,
}, async (t) => {
  const hanging = Promise.withResolvers<void>()
  const { mailer, server, waiting } = await stage(t, { data: () => hanging.promise })
  const sender = mailer()
  await sender.send(ann, 'invitation', invitation, { lifetime: 3600 })
  await sender.close(10)
  assert.equal((await waiting()).length, 1)
  assert.equal(server.received.length, 0)
  hanging.resolve()
})
