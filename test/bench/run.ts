// `npm run bench`: every figure from one run on one machine, rounds of all subjects interleaved so that the machine's
// drift hits them alike; the median with the lowest and highest round. `-- --json` prints one JSON object whose names stay.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { startServer } from '../support/server.ts'
import { benchDecisions, decisionTitles } from './decision-http.ts'
import { drive, median } from './load.ts'
import { benchManyIssuers, manyIssuersTitles } from './many-issuers.ts'
import { benchPolicy, policyTitles } from './policy.ts'
import { measure, medianThreads, type Sample, threadText, warmUp } from './sample.ts'
import { type Started, startSubject } from './start-subject.ts'
import {
  assumeRoleRequests,
  clientCredentialsRequests,
  ourClientCredentialsRequests,
  prepareChancery,
  type Subject,
  webIdentityRequests,
} from './subjects.ts'
import { benchVerify, verifyTitles } from './verify.ts'

export interface Figure {
  readonly value: number
  readonly unit: string
  readonly spread: readonly [number, number]
  /** Of processor time: its part in each thread. */
  readonly threads?: Readonly<Record<string, number>>
}

const httpTitles = {
  http_bare: 'bare node:http',
  oidc_provider_client_credentials: 'raw oidc-provider, memory adapter, ES256 JWT client credentials',
  chancery_client_credentials: 'Chancery, the same grant, durable',
  chancery_assume_role_with_web_identity: 'Chancery AssumeRoleWithWebIdentity, session policy, audit durable',
  chancery_assume_role: 'Chancery AssumeRole, SigV4, session policy, audit durable',
} as const

const processorName = (name: string): string => `processor_${name}`

/** The line the table shows for each name, in this order. */
const titles: Readonly<Record<string, string>> = {
  ...httpTitles,
  ...Object.fromEntries(
    Object.entries(httpTitles).map(([name, title]) => [processorName(name), `processor time: ${title}`]),
  ),
  ratio_client_credentials: 'Chancery client credentials / raw oidc-provider',
  ratio_assume_role_with_web_identity: 'Chancery AssumeRoleWithWebIdentity / raw oidc-provider',
  ...decisionTitles,
  ...manyIssuersTitles,
  ...verifyTitles,
  start_ready: 'start on an empty directory to ready',
  memory_idle: 'resident memory, idle',
  ...policyTitles,
}

const rounds = 5
/** Processes are started twice, in one order and in the other, and warmed up each time. */
const starts = 2
const roundsPerStart = 3
/** Requests of a window of the warm-up; its rate says how many make a round of `roundSeconds`. */
const warmUpRequests = 1000
const roundSeconds = 1.5
const requestsPerRound = { least: 200, most: 4000 } as const
/** Milliseconds after which no further round begins: a busy machine gets fewer rounds, not a longer bench. */
const enoughMs = 90_000
/** Milliseconds for everything; what is not done by then has hung. */
const lastMs = 210_000

const began = performance.now()
// Servers under test end with us, whatever ends us.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  process.once(signal, () => process.exit(code))
setTimeout(() => {
  console.error(`the bench was not done after ${lastMs / 1000} s`)
  process.exit(1)
}, lastMs).unref()

const { values: options } = parseArgs({ options: { json: { type: 'boolean', default: false } } })
const say = (line: string) => {
  if (!options.json) console.error(line)
}

function figure(samples: readonly number[], unit: string): Figure {
  const sorted = [...samples].sort((a, b) => a - b)
  const round = (n: number) => Number(n.toPrecision(4))
  return {
    value: round(sorted[Math.floor(sorted.length / 2)] ?? Number.NaN),
    unit,
    spread: [round(sorted[0] ?? Number.NaN), round(sorted.at(-1) ?? Number.NaN)],
  }
}

const roundOf = (perSecond: number): number =>
  Math.round(Math.min(requestsPerRound.most, Math.max(requestsPerRound.least, perSecond * roundSeconds)))

const residentMegabytes = (pid: number | undefined): number => {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(kilobytes?.[1]) / 1024
}

/** Starts on empty directories; the server's own line says when it is ready. */
async function startAndMemory(): Promise<Record<string, Figure>> {
  const ready: number[] = []
  const memory: number[] = []
  for (let n = 0; n < rounds; n++) {
    const server = await startServer()
    ready.push(server.readyMs)
    await new Promise((done) => setTimeout(done, 1500))
    memory.push(residentMegabytes(server.process.pid))
    await server.stop()
    if (performance.now() - began > enoughMs) break
  }
  return { start_ready: figure(ready, 'ms'), memory_idle: figure(memory, 'MB') }
}

interface HttpSubject {
  readonly port: number
  readonly pid: number | undefined
  readonly requests: (count: number) => Promise<Buffer[]> | Buffer[]
}

/** Started one after the other, in this order or the reverse. */
async function startAll(reverse: boolean): Promise<{
  readonly subjects: Readonly<Record<string, HttpSubject>>
  readonly stop: () => Promise<void>
}> {
  const started: { bare?: Started; raw?: Started; ours?: Subject } = {}
  const order = [
    async () => {
      started.bare = await startSubject('bare-http.ts')
    },
    async () => {
      started.raw = await startSubject('raw-oidc-provider.ts')
    },
    async () => {
      started.ours = await prepareChancery()
    },
  ]
  for (const start of reverse ? order.toReversed() : order) await start()
  const { bare, raw, ours } = started
  if (!bare || !raw || !ours) throw new TypeError('a subject was not started')
  const own = { port: ours.port, pid: ours.process.pid }
  return {
    subjects: {
      http_bare: { ...bare, requests: (count) => clientCredentialsRequests('/', count) },
      oidc_provider_client_credentials: {
        ...raw,
        requests: (count) => clientCredentialsRequests('/token', count),
      },
      chancery_client_credentials: { ...own, requests: ourClientCredentialsRequests },
      chancery_assume_role_with_web_identity: {
        ...own,
        requests: (count) => webIdentityRequests(ours, count),
      },
      chancery_assume_role: { ...own, requests: (count) => assumeRoleRequests(ours, count) },
    },
    async stop() {
      bare.stop()
      raw.stop()
      await ours.stop()
    },
  }
}

const load = async ({ port, pid, requests }: HttpSubject, count: number): Promise<Sample> => {
  const made = await requests(count)
  return measure(pid, count, async () => (await drive(port, made)).perSecond)
}

async function overHttp(): Promise<Record<string, Figure>> {
  const samples = new Map<string, Sample[]>()
  for (let start = 0; start < starts; start++) {
    if (start > 0 && performance.now() - began > enoughMs) break
    const { subjects, stop } = await startAll(start % 2 === 1)
    try {
      const counts = new Map<string, number>()
      for (const [name, subject] of Object.entries(subjects)) {
        const warm = await warmUp(() => load(subject, warmUpRequests))
        counts.set(name, roundOf(warm.perSecond))
        say(`warm     ${name}  ${warm.perSecond.toFixed(0)}/s  ${warm.cost.toFixed(0)} µs`)
      }
      for (let round = 1; round <= roundsPerStart; round++) {
        if (round > 1 && performance.now() - began > enoughMs) break
        for (const [name, subject] of Object.entries(subjects)) {
          const sample = await load(subject, counts.get(name) ?? warmUpRequests)
          samples.set(name, [...(samples.get(name) ?? []), sample])
          say(
            `round ${start + 1}.${round}  ${name}  ${sample.perSecond.toFixed(0)}/s  ${sample.cost.toFixed(0)} µs`,
          )
        }
      }
    } finally {
      await stop()
    }
  }
  const of = (name: string) => samples.get(name) ?? []
  const rates = (name: string) => of(name).map(({ perSecond }) => perSecond)
  const ratio = (name: string) =>
    figure(
      rates(name).map(
        (value, round) => value / (rates('oidc_provider_client_credentials')[round] ?? Number.NaN),
      ),
      'x',
    )
  const processor = (name: string): Figure => ({
    ...figure(
      of(name).map(({ cost }) => cost),
      'µs',
    ),
    threads: Object.fromEntries(medianThreads(of(name), median)),
  })
  return {
    ...Object.fromEntries([...samples.keys()].map((name) => [name, figure(rates(name), 'req/s')])),
    ...Object.fromEntries([...samples.keys()].map((name) => [processorName(name), processor(name)])),
    ratio_client_credentials: ratio('chancery_client_credentials'),
    ratio_assume_role_with_web_identity: ratio('chancery_assume_role_with_web_identity'),
  }
}

// What runs in this process comes last: it fills our memory, not that of the servers.
const figures: Record<string, Figure> = {
  ...(await overHttp()),
  ...(await benchDecisions(rounds, figure)),
  ...(await benchManyIssuers(rounds, figure, say)),
  ...(await startAndMemory()),
  ...(await benchVerify()),
  ...(await benchPolicy()),
}

const missing = Object.keys(titles).filter((name) => !Number.isFinite(figures[name]?.value))
if (missing.length > 0) throw new Error(`no figure for ${missing.join(', ')}`)
if (options.json) console.log(JSON.stringify(figures))
else {
  const width = Math.max(...Object.keys(figures).map((name) => (titles[name] ?? name).length))
  for (const [name, { value, unit, spread, threads }] of Object.entries(figures)) {
    const parts = threads === undefined ? '' : `  ${threadText(new Map(Object.entries(threads)))}`
    console.log(
      `${(titles[name] ?? name).padEnd(width)}  ${String(value).padStart(10)} ${unit.padEnd(11)} [${spread[0]} … ${spread[1]}]${parts}`,
    )
  }
}
