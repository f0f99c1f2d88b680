// `node test/bench/workers.ts [--seconds 4] [--share 0.4] [SUBJECT…]`: one worker beside two, over HTTP. The load comes from this
// machine too, so beside the rates stand what a request costs in processor time, also by thread, and how evenly the workers
// shared. Two processes take more than one for each request also when they know nothing of each other: each has half of the requests
// for its turns of the event loop, its commits and its caches. So two servers that each have a file of their own and half of
// the load stand beside: what two workers take more than those is what working together costs. With `--share` each worker gets that much of a core (Linux, as root): the load then has the rest, and two
// workers do what they would on cores of their own. `--memory MINUTES` instead: resident memory over a long load.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { signRequest } from '../../src/secure/sigv4/sign.ts'
import { call, element } from '../support/aws-call.ts'
import { processorTimeOf } from '../support/processor-time.ts'
import { rootKey } from '../support/server.ts'
import { drive, median, requestBytes } from './load.ts'
import { measureAll, medianThreads, type Sample, threadText, warmUp } from './sample.ts'
import { giveShareOfCore } from './share-of-core.ts'
import {
  assumeRoleRequests,
  ourClientCredentialsRequests,
  prepareChancery,
  type Subject,
} from './subjects.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '4' },
    memory: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    share: { type: 'string' },
  },
})
const root = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }

/** Signed once each; a decision reads and writes nothing. */
async function decideRequests(server: Subject, count: number): Promise<Buffer[]> {
  const made = await call(server.url, root, 'iam', 'GetRole', { RoleName: 'publisher' })
  const body = JSON.stringify({
    subject: { type: 'role', id: element(made.text, 'RoleId') },
    action: { name: 'docs:GetDocument' },
    resource: { type: 'document', id: 'arn:aws:docs:::handbook/1' },
  })
  const url = `${server.url}/access/v1/evaluation`
  const { host = '', ...headers } = signRequest({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json' },
    body,
    credentials: root,
    region: 'us-east-1',
    service: 'decision',
    now: Math.floor(Date.now() / 1000),
  })
  return Array<Buffer>(count).fill(requestBytes(host, 'POST', '/access/v1/evaluation', headers, body))
}

const subjects: Readonly<Record<string, (server: Subject, count: number) => Promise<Buffer[]> | Buffer[]>> = {
  decide: decideRequests,
  'token issue': (_server, count) => ourClientCredentialsRequests(count),
  AssumeRole: assumeRoleRequests,
}

/** The processes that serve: the workers, or the one. */
function serving({ process: { pid } }: Subject): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean)
  return children.length > 0 ? children.map(Number) : [Number(pid)]
}

/** Of a window of the warm-up: the cost of shorter ones is flat before V8 has optimized what two workers run. */
const warmUpSeconds = 3
const connections = 48

/** Of all serving processes together. */
interface Round extends Sample {
  /** Of the busiest process, in what all spent. */
  readonly share: number
}

async function round(servers: readonly Subject[], name: string, seconds: number): Promise<Round> {
  const requests = subjects[name] ?? (() => [])
  /** Prepares so many requests for each server; then sends them all, and gives their rate. */
  const driveAll = async (count: number) => {
    const ready = await Promise.all(servers.map((server) => requests(server, count)))
    return async () => {
      const driven = servers.map((server, at) =>
        drive(server.port, ready[at] ?? [], connections / servers.length),
      )
      return (await Promise.all(driven)).reduce((sum, { perSecond }) => sum + perSecond, 0)
    }
  }
  const about = await (await driveAll(500))()
  const count = Math.max(500, Math.round((about * seconds) / servers.length))
  const run = await driveAll(count)
  const pids = servers.flatMap(serving)
  const before = pids.map(processorTimeOf)
  const sample = await measureAll(pids, count * servers.length, run)
  const spent = pids.map((pid, at) => processorTimeOf(pid) - (before[at] ?? 0))
  return { ...sample, share: Math.max(...spent) / spent.reduce((sum, one) => sum + one, 0) }
}

async function compare(): Promise<void> {
  const start = (workers: number) => prepareChancery({ env: { CHANCERY_WORKERS: String(workers) } })
  const sets = {
    one: [await start(1)],
    two: [await start(2)],
    apart: [await start(1), await start(1)],
  } as const satisfies Record<string, readonly Subject[]>
  const started = Object.values(sets).flat()
  const share = Number(values.share ?? 1)
  const restore = share < 1 ? giveShareOfCore(started.flatMap(serving), share) : () => undefined
  for (const name of positionals.length > 0 ? positionals : Object.keys(subjects)) {
    // Each worker compiles for itself and gets half of the requests: of two, V8's threads took 97 µs for each AssumeRole without this.
    for (const set of Object.values(sets)) await warmUp(() => round(set, name, warmUpSeconds))
    const rounds: Record<keyof typeof sets, Round[]> = { one: [], two: [], apart: [] }
    for (let n = 0; n < Number(values.rounds); n++)
      for (const which of ['one', 'two', 'apart'] as const)
        rounds[which].push(await round(sets[which], name, Number(values.seconds)))
    const of = (which: keyof typeof sets, what: 'perSecond' | 'cost' | 'share') =>
      median(rounds[which].map((one) => one[what]))
    const line = (which: keyof typeof sets) =>
      `${of(which, 'cost').toFixed(0)} µs (${threadText(medianThreads(rounds[which], median))})`
    // What the busiest of two has to do of all bounds what two can do together, on cores of their own.
    const onOwnCores = of('one', 'cost') / (of('two', 'cost') * of('two', 'share'))
    console.log(
      `${name.padEnd(12)} ${of('one', 'perSecond').toFixed(0)}/s one, ${of('two', 'perSecond').toFixed(0)}/s two: × ${(of('two', 'perSecond') / of('one', 'perSecond')).toFixed(2)};` +
        ` busiest worker ${(of('two', 'share') * 100).toFixed(0)} %: × ${onOwnCores.toFixed(2)} on cores of their own\n` +
        `  processor time of a request: one worker ${line('one')}\n  two workers ${line('two')}\n  two servers apart ${line('apart')}:` +
        ` two workers take × ${(of('two', 'cost') / of('apart', 'cost')).toFixed(2)} of that`,
    )
  }
  await Promise.all(started.map((server) => server.stop()))
  restore()
}

const megabytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

async function memory(minutes: number): Promise<void> {
  const server = await prepareChancery()
  const end = performance.now() + minutes * 60_000
  for (let asked = 0; performance.now() < end; ) {
    for (const requests of Object.values(subjects)) await drive(server.port, await requests(server, 2000), 16)
    asked += 2000 * Object.keys(subjects).length
    console.log(`${asked} requests: ${serving(server).map((pid) => megabytes(pid).toFixed(0))} MB`)
  }
  await server.stop()
}

if (values.memory === undefined) await compare()
else await memory(Number(values.memory))
