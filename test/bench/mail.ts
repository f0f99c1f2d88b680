// `node test/bench/mail.ts`: messages per second through the durable outbox on SQLite, to an SMTP server in a process of its own.
import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Mailer } from '../../src/mail/mailer.ts'
import { mailSchema } from '../../src/mail/settings.ts'
import { SmtpTransport } from '../../src/mail/smtp.ts'
import { openMasterKey } from '../../src/secure/key/master-key.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import { smtpServer } from '../support/smtp-server.ts'

const messages = 5000
const now = () => Math.floor(Date.now() / 1000)

if (process.send) {
  // The other process: a server that accepts everything.
  const { port, received } = await smtpServer()
  setInterval(() => received.splice(0), 1000).unref()
  process.send(port)
} else await measure()

async function measure(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-mail-bench-'))
  const server = fork(import.meta.filename)
  try {
    const port = await new Promise<number>((ready) => server.once('message', (value) => ready(Number(value))))
    const store = await openSqlite(join(dir, 'store.db'), {
      masterKey: openMasterKey(join(dir, 'keys'), { storeExists: false }),
      clock: now,
    })
    const settings = mailSchema.parse({ host: '127.0.0.1', port, security: 'none', from: 'id@acme.example' })
    const deps = {
      store,
      now,
      issuer: 'https://id.acme.example',
      trail: { record: async () => undefined },
      log: { warn: (...given: unknown[]) => console.warn(...given) },
    }
    const to = { accountId: '123456789012', userId: 'AIDAX', userName: 'ann', address: 'ann@acme.example' }
    const facts = { url: 'https://id.acme.example/sign-in/link?token=x', until: 'tomorrow' }
    const time = async (name: string, transport: Pick<SmtpTransport, 'send' | 'close'>) => {
      const mailer = new Mailer({ current: { settings, transport }, close: () => transport.close() }, deps)
      const began = performance.now()
      const processor = process.cpuUsage()
      const send = async (count: number) => {
        for (let n = 0; n < count; n++) await mailer.send(to, 'invitation', facts, { lifetime: 3600 })
      }
      await Promise.all(Array.from({ length: 50 }, () => send(messages / 50)))
      const queued = performance.now()
      while ((await store.count('mail', { by: 'queue', value: 'message' })) > 0) await mailer.outbox.sendDue()
      const ended = performance.now()
      const perSecond = (from: number, till: number) => Math.round(messages / ((till - from) / 1000))
      const { user, system } = process.cpuUsage(processor)
      const cost = ((user + system) / 1000 / messages).toFixed(2)
      console.log(
        `${name}: ${perSecond(began, queued)} durable/s, ${perSecond(began, ended)} delivered/s, ${cost} ms of processor time each`,
      )
      await mailer.close()
    }
    await time('outbox alone', { send: async () => '250 accepted', close: () => undefined })
    await time('SMTP', new SmtpTransport(settings))
    await store.close()
  } finally {
    server.kill()
    rmSync(dir, { recursive: true, force: true })
  }
}
