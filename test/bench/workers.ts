// `node test/bench/workers.ts [--seconds 4] [--share 0.4]`: one worker beside two, over HTTP. The load comes from this
// machine too, so beside the rates stand what a request costs in processor time, also by thread, and how evenly the workers
// shared. With `--share` each worker gets that much of a core (Linux, as root): the load then has the rest, and two
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

const { values } = parseArgs({
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

/** Of all serving processes together. */
interface Round extends Sample {
  /** Of the busiest process, in what all spent. */
  readonly share: number
}

async function round(server: Subject, name: string, seconds: number): Promise<Round> {
  const requests = subjects[name] ?? (() => [])
  const { perSecond: about } = await drive(server.port, await requests(server, 500))
  const count = Math.max(500, Math.round(about * seconds))
  const ready = await requests(server, count)
  const pids = serving(server)
  const before = pids.map(processorTimeOf)
  const sample = await measureAll(pids, count, async () => (await drive(server.port, ready)).perSecond)
  const spent = pids.map((pid, at) => processorTimeOf(pid) - (before[at] ?? 0))
  return { ...sample, share: Math.max(...spent) / spent.reduce((sum, one) => sum + one, 0) }
}

async function compare(): Promise<void> {
  const servers = {
    one: await prepareChancery({ env: { CHANCERY_WORKERS: '1' } }),
    two: await prepareChancery({ env: { CHANCERY_WORKERS: '2' } }),
  }
  const share = Number(values.share ?? 1)
  const restore =
    share < 1 ? giveShareOfCore(Object.values(servers).flatMap(serving), share) : () => undefined
  for (const name of Object.keys(subjects)) {
    // Each worker compiles for itself and gets half of the requests: of two, V8's threads took 97 µs for each AssumeRole without this.
    for (const server of Object.values(servers)) await warmUp(() => round(server, name, warmUpSeconds))
    const rounds: Record<keyof typeof servers, Round[]> = { one: [], two: [] }
    for (let n = 0; n < Number(values.rounds); n++)
      for (const which of ['one', 'two'] as const)
        rounds[which].push(await round(servers[which], name, Number(values.seconds)))
    const of = (which: keyof typeof servers, what: 'perSecond' | 'cost' | 'share') =>
      median(rounds[which].map((one) => one[what]))
    const threads = (which: keyof typeof servers) => threadText(medianThreads(rounds[which], median))
    // What the busiest of two has to do of all bounds what two can do together, on cores of their own.
    const onOwnCores = of('one', 'cost') / (of('two', 'cost') * of('two', 'share'))
    console.log(
      `${name.padEnd(12)} ${of('one', 'perSecond').toFixed(0)}/s one, ${of('two', 'perSecond').toFixed(0)}/s two: × ${(of('two', 'perSecond') / of('one', 'perSecond')).toFixed(2)};` +
        ` ${of('one', 'cost').toFixed(0)} µs and ${of('two', 'cost').toFixed(0)} µs of processor a request, busiest worker ${(of('two', 'share') * 100).toFixed(0)} %: × ${onOwnCores.toFixed(2)} on cores of their own\n` +
        `  one: ${threads('one')}\n  two: ${threads('two')}`,
    )
  }
  await Promise.all(Object.values(servers).map((server) => server.stop()))
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
