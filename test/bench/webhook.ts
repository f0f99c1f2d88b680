// `node test/bench/webhook.ts`: entries per second of a durable audit trail on SQLite that a webhook gets, in a process of its own,
// in the form of the admin API and signed.
import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { auditEntryAnswer } from '../../src/admin/audit/entry-answer.ts'
import { eventOf } from '../../src/audit/event.ts'
import { Forwarder } from '../../src/audit/forward/forwarder.ts'
import { webhookSender } from '../../src/audit/forward/webhook.ts'
import { openTrail } from '../../src/audit/trail.ts'
import { guardedFetch } from '../../src/federation/outbound/guarded-fetch.ts'
import { openMasterKey } from '../../src/secure/key/master-key.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'

const entries = 20_000
const now = () => Math.floor(Date.now() / 1000)

if (process.send) {
  // The other process: a receiver that accepts everything, and reports how many entries it has.
  let got = 0
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    got += (JSON.parse(Buffer.concat(chunks).toString()) as { entries: unknown[] }).entries.length
    response.writeHead(204).end()
    process.send?.({ got })
  })
  server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }))
} else await measure()

async function measure(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-webhook-bench-'))
  const receiver = fork(import.meta.filename)
  const told = (name: string, least: number) =>
    new Promise<number>((done) =>
      receiver.on('message', (message: Readonly<Record<string, number>>) => {
        const value = message[name]
        if (value !== undefined && value >= least) done(value)
      }),
    )
  try {
    const port = await told('port', 1)
    const store = await openSqlite(join(dir, 'store.db'), {
      masterKey: openMasterKey(join(dir, 'keys'), { storeExists: false }),
      clock: now,
    })
    const secret = randomBytes(32)
    const trail = await openTrail({ store, key: () => ({ kid: 'audit-1', secret }), clock: now })
    const event = {
      accountId: '123456789012',
      action: 'sts:AssumeRole',
      who: 'arn:aws:iam::123456789012:user/ann',
      resource: 'arn:aws:iam::123456789012:role/reader',
      outcome: 'done',
      sourceIp: '192.0.2.1',
      userAgent: 'aws-cli/2.31.0',
    } as const
    const record = async (from: number) => {
      for (let n = from; n < entries; n += 50)
        await trail.record({ ...event, at: now(), requestId: `request-${n}` })
    }
    await Promise.all(Array.from({ length: 50 }, (_, from) => record(from)))

    const sender = webhookSender({
      settings: { url: `http://127.0.0.1:${port}/`, signing_secret: randomBytes(24).toString('base64') },
      fetch: guardedFetch({ allow: new Set(['127.0.0.1']), timeoutMs: 15_000 }),
      show: ({ id, event: kept }) => auditEntryAnswer({ ...eventOf(kept), id }),
      now,
    })
    const forwarder = new Forwarder({
      store,
      name: 'siem',
      from: 'beginning',
      sender,
      keyActiveAt: () => 0,
      clock: Date.now,
      log: { warn: (...given: unknown[]) => console.warn(...given) },
    })
    const all = told('got', entries)
    const began = performance.now()
    const processor = process.cpuUsage()
    forwarder.start()
    await all
    const { user, system } = process.cpuUsage(processor)
    const rate = Math.round(entries / ((performance.now() - began) / 1000))
    const cost = Math.round((user + system) / entries)
    console.log(`webhook: ${rate} entries/s, ${cost} µs of processor time each`)
    await forwarder.stop()
    await store.close()
  } finally {
    receiver.kill()
    rmSync(dir, { recursive: true, force: true })
  }
}
