// Forwarding of the trail to receivers of this test: order, signatures, retries, takeover, framing.
import assert from 'node:assert/strict'
import { createHmac, randomBytes } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { createServer as createTlsServer } from 'node:tls'
import { type AuditEvent, eventOf } from '../../src/audit/event.ts'
import { Forwarder, type ForwarderOptions, type Sender } from '../../src/audit/forward/forwarder.ts'
import { parseProgress, recordIdOf } from '../../src/audit/forward/progress.ts'
import { SyslogSender, syslogMessage } from '../../src/audit/forward/syslog.ts'
import { webhookSender } from '../../src/audit/forward/webhook.ts'
import { openTrail, type Trail } from '../../src/audit/trail.ts'
import { guardedFetch } from '../../src/federation/outbound/guarded-fetch.ts'
import { guardedConnection, type SocketTarget } from '../../src/federation/outbound/guarded-socket.ts'
import type { AuditEntry } from '../../src/store/records.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import type { Store } from '../../src/store/store.ts'
import { selfSigned } from '../support/certificate.ts'
import { until as becomesTrue } from '../support/waiting.ts'

const timeout = 60_000
const account = '111122223333'
const sealer = { seal: (plain: string) => plain, open: (sealed: string) => sealed }
const allow = new Set(['127.0.0.1', 'localhost'])
const seconds = () => Math.floor(Date.now() / 1000)
const show = ({ id, chain, seq, event }: AuditEntry) => ({
  id,
  chain,
  seq,
  request: eventOf(event).requestId,
})

interface Place {
  readonly path: string
  readonly store: Store
  record(trail: Trail, ...requests: readonly string[]): Promise<void>
  trail(kid?: string): Promise<Trail>
}

async function place(t: TestContext): Promise<Place> {
  const dir = mkdtempSync(join(tmpdir(), 'forward-'))
  const path = join(dir, 'store.db')
  const store = await openSqlite(path, { masterKey: sealer })
  t.after(async () => {
    await store.close()
    rmSync(dir, { recursive: true })
  })
  const secret = randomBytes(32)
  const event = (requestId: string): AuditEvent => ({
    at: seconds(),
    accountId: account,
    action: 'sts:AssumeRole',
    who: `arn:aws:iam::${account}:user/ann`,
    outcome: 'done',
    requestId,
    sourceIp: '192.0.2.1',
  })
  return {
    path,
    store,
    trail: (kid = 'audit-1') => openTrail({ store, key: () => ({ kid, secret }), clock: seconds }),
    async record(trail, ...requests) {
      for (const request of requests) await trail.record(event(request))
    },
  }
}

/** A sender that keeps what it gets, as request ids; the chain openings are left out. */
function keeping(answer: (attempt: number, entries: readonly AuditEntry[]) => void = () => {}) {
  const got: string[] = []
  const seen: AuditEntry[] = []
  let attempts = 0
  const sender: Sender = {
    limits: { entries: 3, bytes: 100_000 },
    async send(entries) {
      answer(++attempts, entries)
      seen.push(...entries)
      got.push(...entries.map(({ event }) => eventOf(event).requestId).filter((id) => id !== ''))
    },
    close() {},
  }
  return { sender, got, seen, attempts: () => attempts }
}

function forwarder(t: TestContext, { store }: Pick<Place, 'store'>, more: Partial<ForwarderOptions>) {
  const made = new Forwarder({
    store,
    name: 'siem',
    from: 'beginning',
    sender: keeping().sender,
    keyActiveAt: () => 0,
    clock: Date.now,
    log: { warn: () => {} },
    pauses: { idle: 10, retry: 10, longestRetry: 50 },
    ...more,
  })
  made.start()
  t.after(() => made.stop())
  return made
}

const until = (holds: () => boolean | Promise<boolean>): Promise<void> =>
  becomesTrue('what is forwarded is as expected', holds)

const names = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => `r${from + at}`)

test('every chain arrives whole and in order, and what follows is sent as it is written', {
  timeout,
}, async (t) => {
  const here = await place(t)
  const [one, other] = [await here.trail(), await here.trail()]
  await Promise.all([here.record(one, ...names(1, 8)), here.record(other, ...names(101, 108))])
  const { sender, got, seen } = keeping()
  const made = forwarder(t, here, { sender })
  await until(() => got.length === 16)
  await here.record(await here.trail(), 'r201')
  await here.record(one, 'r9')
  await until(() => got.length === 18)
  assert.equal(new Set(got).size, 18, 'nothing arrives twice')
  for (const chain of new Set(seen.map((entry) => entry.chain))) {
    const positions = seen.filter((entry) => entry.chain === chain).map(({ seq }) => seq)
    assert.deepEqual(positions, Array.from(positions.keys()))
  }
  await until(() => made.lag === 0)
})

test('a new destination begins with the next entry, unless it is to begin at the beginning', {
  timeout,
}, async (t) => {
  const here = await place(t)
  const trail = await here.trail()
  await here.record(trail, 'r1', 'r2')
  const { sender, got } = keeping()
  forwarder(t, here, { sender, from: 'now' })
  await until(async () => (await here.store.get('setting', recordIdOf('siem'))) !== undefined)
  await here.record(trail, 'r3', 'r4')
  await until(() => got.length === 2)
  assert.deepEqual(got, ['r3', 'r4'])
})

test('a receiver that refuses gets the same entries again, nothing after them, and delays no request', {
  timeout,
}, async (t) => {
  const here = await place(t)
  const trail = await here.trail()
  const firsts: (string | undefined)[] = []
  const { sender, got, attempts } = keeping((attempt, entries) => {
    firsts.push(entries[0]?.id)
    if (attempt <= 4) throw new Error('the receiver answered 503')
  })
  const made = forwarder(t, here, { sender })
  await until(() => attempts() >= 2)
  assert.ok(made.failures >= 1)
  // The receiver is down: the trail is written all the same.
  await here.record(trail, ...names(1, 7))
  await until(() => got.length === 7)
  assert.deepEqual(got, names(1, 7))
  assert.equal(new Set(firsts.slice(0, 5)).size, 1, 'it begins with the same entry each time')
  await until(() => made.failures === 0)
  const kept = parseProgress((await here.store.get('setting', recordIdOf('siem')))?.value ?? '{}')
  assert.equal(kept.failingSince, undefined)
})

test('of several servers one sends; another goes on after it ends, and after it died', {
  timeout,
}, async (t) => {
  const here = await place(t)
  const second = await openSqlite(here.path, { masterKey: sealer })
  t.after(() => second.close())
  const trail = await here.trail()
  let ahead = 0
  const clock = () => Date.now() + ahead
  const [first, other] = [keeping(), keeping()]
  const one = forwarder(t, here, { sender: first.sender, clock })
  const two = forwarder(t, { store: second }, { sender: other.sender, clock })
  await here.record(trail, ...names(1, 20))
  await until(() => first.got.length + other.got.length === 20)
  assert.ok(first.got.length === 0 || other.got.length === 0, 'only one of them sends')
  const [sending, waiting] = first.got.length > 0 ? [one, two] : [two, one]
  assert.deepEqual([sending.lag === undefined, waiting.lag], [false, undefined])
  await sending.stop()
  await here.record(trail, ...names(21, 30))
  await until(() => first.got.length + other.got.length === 30)
  const all = [...first.got, ...other.got].toSorted()
  assert.deepEqual(all, names(1, 30).toSorted())
  // Before it has kept how far it came, the next one would send the last batch once more.
  await until(() => waiting.lag === 0)
  // One that dies does not release its claim: it counts as dead when the claim is over.
  await here.store.update('setting', recordIdOf('siem'), (old) => {
    const dead = { ...parseProgress(old.value), holder: 'dead', until: clock() + 30_000 }
    return { ...old, value: JSON.stringify(dead) }
  })
  // The one that sent notices when it renews its claim; before that it could send the entry, which would then come twice.
  ahead = 11_000
  await until(() => waiting.lag === undefined)
  await here.record(trail, 'r31')
  ahead = 31_000
  await until(() => first.got.length + other.got.length === 31)
})

test('chains of an earlier audit key leave the record once everything of them was sent', {
  timeout,
}, async (t) => {
  const here = await place(t)
  await here.record(await here.trail(), 'r1')
  await pause(5)
  const activeAt = Date.now() / 1000
  const { sender, got } = keeping()
  forwarder(t, here, { sender, keyActiveAt: () => activeAt, clock: () => Date.now() + 3 * 86_400_000 })
  await pause(5)
  await here.record(await here.trail('audit-2'), 'r2')
  await until(() => got.length === 2)
  await until(async () => {
    const kept = parseProgress((await here.store.get('setting', recordIdOf('siem')))?.value ?? '{}')
    return Object.keys(kept.positions).length === 1 && kept.floor > 0
  })
  await here.record(await here.trail('audit-2'), 'r3')
  await until(() => got.length === 3)
  assert.deepEqual(got, ['r1', 'r2', 'r3'])
})

test('a webhook gets JSON that its secret signs, and the same id for the same entries', {
  timeout,
}, async (t) => {
  const requests: { readonly headers: Record<string, unknown>; readonly body: string }[] = []
  const server = createServer(async (req, res) => {
    const body = Buffer.concat(await Array.fromAsync(req)).toString()
    requests.push({ headers: req.headers, body })
    res.writeHead(requests.length === 1 ? 500 : 204).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  const here = await place(t)
  await here.record(await here.trail(), 'r1', 'r2')
  const secret = `whsec_${randomBytes(24).toString('base64')}`
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/audit`
  const settings = { url, signing_secret: secret }
  forwarder(t, here, {
    sender: webhookSender({ settings, fetch: guardedFetch({ allow }), show, now: seconds }),
  })
  await until(() => requests.length >= 2)
  const [first, second] = requests
  const ids = [first, second].map((one) => one?.headers['webhook-id'])
  assert.equal(ids[0], ids[1])
  const { type, entries } = JSON.parse(second?.body ?? '')
  assert.equal(type, 'audit.entries')
  assert.deepEqual(entries.map(({ request }: { request: string }) => request).slice(-2), ['r1', 'r2'])
  const signed = `${ids[1]}.${second?.headers['webhook-timestamp']}.${second?.body}`
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const mac = createHmac('sha256', key).update(signed).digest('base64')
  assert.equal(second?.headers['webhook-signature'], `v1,${mac}`)
})

test('receivers at addresses that are not public are refused unless the operator allows them', {
  timeout,
}, async () => {
  const none = new Set<string>()
  const entry = {
    id: '1800000000000-c-0',
    accountId: account,
    chain: 'c',
    seq: 0,
    at: 0,
    event: '{}',
    mac: '',
  }
  for (const url of [
    'http://127.0.0.1:9/x',
    'https://169.254.169.254/x',
    'https://[::ffff:10.0.0.1]/x',
    'http://siem.example/x',
  ]) {
    const sender = webhookSender({
      settings: { url, signing_secret: 'x'.repeat(24) },
      fetch: guardedFetch({ allow: none }),
      show,
      now: seconds,
    })
    await assert.rejects(
      sender.send([{ ...entry, event: '{"outcome":"done"}' }], AbortSignal.timeout(5000)),
      {
        code: 'idp_communication_error',
      },
    )
  }
  const targets: readonly SocketTarget[] = [
    { host: '127.0.0.1', port: 9, transport: 'tls' },
    { host: '10.1.2.3', port: 514, transport: 'udp' },
    { host: '93.184.216.34', port: 514, transport: 'tcp' },
    { host: '::1', port: 514, transport: 'udp' },
  ]
  for (const target of targets)
    await assert.rejects(guardedConnection(target, { allow: none }, AbortSignal.timeout(5000)), {
      code: 'idp_communication_error',
    })
})

test('a syslog message is RFC 5424, with the severity of the outcome', () => {
  const entryOf = (more: object): AuditEntry => ({
    id: '1800000000123-chain-0000000001',
    accountId: account,
    chain: 'chain',
    seq: 1,
    at: 1_800_000_000,
    event: JSON.stringify({ action: 'iam:CreateUser', outcome: 'done', requestId: 'r1', ...more }),
    mac: '',
  })
  const text = syslogMessage(entryOf({}), { hostname: 'id.example', show }).toString()
  const header = /^<110>1 2027-01-15T08:00:00\.123Z id\.example chancery \d+ iam:CreateUser - \uFEFF(\{.*\})$/
  assert.equal(JSON.parse(header.exec(text)?.[1] ?? 'null').request, 'r1')
  for (const [outcome, priority] of [
    ['denied', 108],
    ['failed', 107],
    ['refused', 109],
  ] as const)
    assert.ok(
      syslogMessage(entryOf({ outcome }), { hostname: 'h', show }).toString().startsWith(`<${priority}>1 `),
    )
  // Names of actions are ours, but a header field can never break the line or the field.
  const odd = syslogMessage(entryOf({ action: 'a b\nc'.repeat(20) }), { hostname: 'h h', show }).toString()
  assert.match(odd, /^<110>1 \S+ h\?h chancery \d+ [!-~]{32} - /)
})

/** Reads messages that are framed by octet counting (RFC 6587 §3.4.1). */
function framed(into: string[]): (socket: Socket) => void {
  return (socket) => {
    let rest = Buffer.alloc(0)
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      rest = Buffer.concat([rest, chunk])
      for (;;) {
        const space = rest.indexOf(' ')
        const size = Number(rest.subarray(0, space).toString())
        if (space < 0 || rest.length < space + 1 + size) return
        into.push(rest.subarray(space + 1, space + 1 + size).toString())
        rest = rest.subarray(space + 1 + size)
      }
    })
  }
}

const requestsOf = (messages: readonly string[]) =>
  messages.map((one) => JSON.parse(one.slice(one.indexOf('{'))).request).filter((id) => id !== '')

const syslogTo = (target: SocketTarget) =>
  new SyslogSender({
    connect: (signal) => guardedConnection(target, { allow }, signal),
    counted: target.transport !== 'udp',
    hostname: 'id.example',
    show,
  })

test('syslog over TCP counts octets, and goes on after the receiver was away', { timeout }, async (t) => {
  const here = await place(t)
  const trail = await here.trail()
  const got: string[] = []
  const sockets: Socket[] = []
  const server = createTcpServer((socket) => {
    sockets.push(socket)
    framed(got)(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  forwarder(t, here, { sender: syslogTo({ host: '127.0.0.1', port, transport: 'tcp' }) })
  await here.record(trail, 'r1', 'rü2')
  await until(() => requestsOf(got).length === 2)
  sockets[0]?.destroy()
  await pause(50)
  await here.record(trail, 'r3')
  await until(() => requestsOf(got).includes('r3'))
  // The batch before the break is sent again: nobody can know whether it arrived.
  assert.deepEqual([...new Set(requestsOf(got))], ['r1', 'rü2', 'r3'])
})

test('syslog over TLS trusts the authority that is given, and no other', { timeout }, async (t) => {
  const { certificate, privateKey } = selfSigned('localhost')
  const got: string[] = []
  const sockets: Socket[] = []
  const server = createTlsServer({ cert: certificate, key: privateKey }, (socket) => {
    sockets.push(socket)
    framed(got)(socket)
  }).listen(0, 'localhost')
  await once(server, 'listening')
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const target = { host: 'localhost', port, transport: 'tls' } as const
  await assert.rejects(guardedConnection(target, { allow }, AbortSignal.timeout(5000)), {
    code: 'idp_communication_error',
  })
  const here = await place(t)
  forwarder(t, here, { sender: syslogTo({ ...target, ca: certificate }) })
  await here.record(await here.trail(), 'r1', 'r2')
  await until(() => requestsOf(got).length === 2)
  assert.deepEqual(requestsOf(got), ['r1', 'r2'])
})

test('syslog over UDP is a datagram for each entry', { timeout }, async (t) => {
  const receiver = createSocket('udp4')
  const got: string[] = []
  receiver.on('message', (message) => got.push(message.toString()))
  receiver.bind(0, '127.0.0.1')
  await once(receiver, 'listening')
  t.after(() => receiver.close())
  const here = await place(t)
  forwarder(t, here, {
    sender: syslogTo({ host: '127.0.0.1', port: receiver.address().port, transport: 'udp' }),
  })
  await here.record(await here.trail(), 'r1', 'r2')
  await until(() => requestsOf(got).length === 2)
  assert.ok(got.every((one) => one.startsWith('<110>1 ')))
})
