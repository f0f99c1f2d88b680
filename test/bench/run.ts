// `npm run bench`: every figure from one run on one machine, rounds of all subjects interleaved so that the machine's
// drift hits them alike; the median with the lowest and highest round. `-- --json` prints one JSON object whose names stay.
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { startServer } from '../support/server.ts'
import { drive } from './load.ts'
import { benchManyIssuers, manyIssuersTitles } from './many-issuers.ts'
import { benchPolicy, policyTitles } from './policy.ts'
import {
  assumeRoleRequests,
  clientCredentialsRequests,
  ourClientCredentialsRequests,
  prepareChancery,
  webIdentityRequests,
} from './subjects.ts'
import { benchVerify, verifyTitles } from './verify.ts'

export interface Figure {
  readonly value: number
  readonly unit: string
  readonly spread: readonly [number, number]
}

/** The line the table shows for each name, in this order. */
const titles: Readonly<Record<string, string>> = {
  http_bare: 'bare node:http',
  oidc_provider_client_credentials: 'raw oidc-provider, memory adapter, ES256 JWT client credentials',
  chancery_client_credentials: 'Chancery, the same grant, durable',
  chancery_assume_role_with_web_identity: 'Chancery AssumeRoleWithWebIdentity, session policy, audit durable',
  chancery_assume_role: 'Chancery AssumeRole, SigV4, session policy, audit durable',
  ratio_client_credentials: 'Chancery client credentials / raw oidc-provider',
  ratio_assume_role_with_web_identity: 'Chancery AssumeRoleWithWebIdentity / raw oidc-provider',
  ...manyIssuersTitles,
  ...verifyTitles,
  start_ready: 'start on an empty directory to ready',
  memory_idle: 'resident memory, idle',
  ...policyTitles,
}

const rounds = 5
/** What the warm-up asks of each subject; its rate says how many make a round of `roundSeconds`. */
const warmUpRequests = 1000
const roundSeconds = 1.5
const requestsPerRound = { least: 200, most: 4000 } as const
/** Milliseconds after which no further round begins: a busy machine gets fewer rounds, not a longer bench. */
const enoughMs = 90_000
/** Milliseconds for everything; what is not done by then has hung. */
const lastMs = 210_000

const began = performance.now()
const children = new Set<ChildProcess>()
// Servers under test end with us, whatever ends us (test/support/server.ts does the same for its own).
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})
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

/** A subject that prints `ready <port>`. */
async function startSubject(file: string): Promise<{ port: number; stop: () => void }> {
  const child = spawn(process.execPath, [resolve(import.meta.dirname, file)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  children.add(child)
  child.once('exit', () => children.delete(child))
  const port = await new Promise<number>((done, fail) => {
    child.once('exit', (code) => fail(new Error(`${file} ended with ${code}`)))
    child.stdout.on('data', (chunk: Buffer) => {
      const match = /ready (\d+)/.exec(chunk.toString())
      if (match) done(Number(match[1]))
    })
  })
  return { port, stop: () => child.kill('SIGTERM') }
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

async function overHttp(): Promise<Record<string, Figure>> {
  const bare = await startSubject('bare-http.ts')
  const raw = await startSubject('raw-oidc-provider.ts')
  const ours = await prepareChancery()
  try {
    const subjects: Record<
      string,
      { port: number; requests: (count: number) => Promise<Buffer[]> | Buffer[] }
    > = {
      http_bare: { port: bare.port, requests: (count) => clientCredentialsRequests('/', count) },
      oidc_provider_client_credentials: {
        port: raw.port,
        requests: (count) => clientCredentialsRequests('/token', count),
      },
      chancery_client_credentials: { port: ours.port, requests: ourClientCredentialsRequests },
      chancery_assume_role_with_web_identity: {
        port: ours.port,
        requests: (count) => webIdentityRequests(ours, count),
      },
      chancery_assume_role: { port: ours.port, requests: (count) => assumeRoleRequests(ours, count) },
    }
    const samples = new Map<string, number[]>(Object.keys(subjects).map((name) => [name, []]))
    const counts = new Map<string, number>()
    // Round 0 warms up every subject and is not counted.
    for (let round = 0; round <= rounds; round++) {
      if (round > 1 && performance.now() - began > enoughMs) break
      for (const [name, subject] of Object.entries(subjects)) {
        const count = counts.get(name) ?? warmUpRequests
        const { perSecond, p99 } = await drive(subject.port, await subject.requests(count))
        if (round === 0) counts.set(name, roundOf(perSecond))
        else samples.get(name)?.push(perSecond)
        say(
          `${round === 0 ? 'warm-up' : `round ${round}`}  ${name}  ${perSecond.toFixed(0)}/s  p99 ${p99.toFixed(1)} ms`,
        )
      }
    }
    const of = (name: string) => samples.get(name) ?? []
    const ratio = (name: string) =>
      figure(
        of(name).map((value, round) => value / (of('oidc_provider_client_credentials')[round] ?? Number.NaN)),
        'x',
      )
    return {
      ...Object.fromEntries(Object.keys(subjects).map((name) => [name, figure(of(name), 'req/s')])),
      ratio_client_credentials: ratio('chancery_client_credentials'),
      ratio_assume_role_with_web_identity: ratio('chancery_assume_role_with_web_identity'),
    }
  } finally {
    bare.stop()
    raw.stop()
    await ours.stop()
  }
}

// What runs in this process comes last: it fills our memory, not that of the servers.
const figures: Record<string, Figure> = {
  ...(await overHttp()),
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
  for (const [name, { value, unit, spread }] of Object.entries(figures)) {
    console.log(
      `${(titles[name] ?? name).padEnd(width)}  ${String(value).padStart(10)} ${unit.padEnd(11)} [${spread[0]} … ${spread[1]}]`,
    )
  }
}
