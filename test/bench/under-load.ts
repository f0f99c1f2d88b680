// `node test/bench/under-load.ts [shares] [flood] [sign-ins]`: how long requests take while the server has other work. At 70 and 30 % of
// the rate that it can answer; token requests during a flood of sign-ins beside the same without; and how many people sign in a second,
// beside what their hashes alone would allow.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { CreateLoginProfileCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam'
import { PasswordHasher } from '../../src/secure/password/password.ts'
import { Secret } from '../../src/secure/secret.ts'
import { csrfOf, formBrowser } from '../support/form-browser.ts'
import { realHashes } from '../support/runner/password-hashes.ts'
import { rootKey } from '../support/server.ts'
import { drive, flows, median, type Paced, pace, type Spread } from './load.ts'
import { measure, medianThreads, type Sample, threadText, warmUp } from './sample.ts'
import { type Started, startSubject } from './start-subject.ts'
import {
  assumeRoleRequests,
  ourClientCredentialsRequests,
  prepareChancery,
  type Subject,
  webIdentityRequests,
} from './subjects.ts'

const seconds = 4

/** Forms of the sign-in page, each of another browser at another address. */
async function form(url: string, at: number) {
  const browser = formBrowser(url)
  const page = await browser.open('/sign-in')
  const csrf = csrfOf(page)
  const action = new URL('password', `${page.url}/`).href
  const address = `198.51.${100 + ((at >> 8) & 63)}.${at & 255}`
  return (fields: Readonly<Record<string, string>>) =>
    browser.post(action, { csrf, ...fields }, { 'X-Forwarded-For': address })
}

/** 200 people who try passwords without a pause. */
async function floodOf(url: string): Promise<void> {
  const sends = await Promise.all(Array.from({ length: 200 }, (_, at) => form(url, at)))
  process.send?.('begins')
  await Promise.all(
    sends.map(async (send, at) => {
      for (let n = 0; ; n++) await send({ username: `nobody-${at}-${n}`, password: `wrong password ${n}` })
    }),
  )
}

const text = ({ p50, p99 }: Spread) =>
  `p50 ${p50.toFixed(1).padStart(5)} ms  p99 ${p99.toFixed(1).padStart(6)} ms  × ${(p99 / p50).toFixed(1)}`
const say = (what: string, { sent, late }: Paced, more = '') =>
  console.log(
    `${what.padEnd(48)} ${text(sent)}, sent late by ${late.p50.toFixed(1)} to ${late.p99.toFixed(1)} ms${more}`,
  )

/** Milliseconds of processor time of this process, each of `count` times. */
async function ownCost<T>(
  count: number,
  run: () => Promise<T>,
): Promise<{ readonly done: T; readonly own: number }> {
  const before = process.cpuUsage()
  const done = await run()
  const { user, system } = process.cpuUsage(before)
  return { done, own: (user + system) / 1000 / count }
}

/** At shares of the rate that each kind of request reaches, beside a server that does nothing, which has the same generator. */
async function atShares(server: Subject, bare: Started): Promise<void> {
  const kinds = {
    'client credentials': async (count: number) => ourClientCredentialsRequests(count),
    AssumeRoleWithWebIdentity: (count: number) => webIdentityRequests(server, count),
    AssumeRole: async (count: number) => assumeRoleRequests(server, count),
  }
  await drive(bare.port, ourClientCredentialsRequests(20_000))
  for (const [name, make] of Object.entries(kinds)) {
    let rate = 0
    for (let round = 0; round < 8; round++) rate = (await drive(server.port, await make(4000))).perSecond
    for (const share of [0.7, 0.3]) {
      const wanted = share * rate
      const count = Math.round(wanted * seconds)
      const requests = await make(count)
      let paced: Paced | undefined
      const { done, own } = await ownCost(count, () =>
        measure(server.process.pid, count, async () => {
          paced = await pace(server.port, requests, wanted)
          return wanted
        }),
      )
      const busy = (cost: number) => ((cost * wanted) / 1000).toFixed(1)
      if (paced !== undefined)
        say(
          `${name}, ${(100 * share).toFixed(0)} % of ${rate.toFixed(0)}/s`,
          paced,
          `; processors: server ${busy(done.cost / 1000)}, generator ${busy(own)}`,
        )
      say('  node:http alone, same rate', await pace(bare.port, requests, wanted))
    }
  }
}

async function duringFlood(server: Subject): Promise<void> {
  const tokenRate = 200
  const tokens = (time = seconds) =>
    pace(server.port, ourClientCredentialsRequests(tokenRate * time), tokenRate)
  await tokens()
  const idle = await tokens(10)
  say('token requests, nothing else', idle)
  // Another process, whose own work is not in the times that are measured here.
  const flood = fork(import.meta.filename, [], { env: { ...process.env, FLOOD: server.url } })
  await once(flood, 'message')
  // What is measured is the flood, not its first wave.
  await tokens()
  const flooded = await tokens(10)
  flood.kill()
  await once(flood, 'exit')
  say('token requests, while 200 people try passwords', flooded)
  console.log(`p99 in the flood: × ${(flooded.sent.p99 / idle.sent.p99).toFixed(1)}`)
}

/** Of one round: sign-ins and hashes alone. */
interface SignIns extends Sample {
  readonly hashes: Sample
  /** Milliseconds of processor time that the browsers of one sign-in take. */
  readonly own: number
}

const pool = ({ threads }: Sample): number => threads.get('pool') ?? 0
const milliseconds = (cost: number): string => (cost / 1000).toFixed(1)

async function signIns(server: Subject): Promise<void> {
  const credentials = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
  const iam = new IAMClient({ endpoint: server.url, region: 'us-east-1', credentials })
  const people = 200
  const password = 'a long password of theirs'
  await flows(people, 8, async (n) => {
    await iam.send(new CreateUserCommand({ UserName: `person-${n}` }))
    await iam.send(new CreateLoginProfileCommand({ UserName: `person-${n}`, Password: password }))
  })
  iam.destroy()
  let refused = 0
  const signIn = async (n: number): Promise<void> => {
    const { status } = await (await form(server.url, n))({ username: `person-${n}`, password })
    if (status === 303) return
    if (status !== 429) throw new Error(`a password was answered with ${status}`)
    refused++
    return signIn(n)
  }
  const some = 60
  const round = (width: number, count: number) =>
    measure(server.process.pid, count, () => flows(count, width, signIn))
  // Hashes are most of the cost, which would be flat before what is compiled is.
  await warmUp(async () => {
    const sample = await round(8, some)
    return { ...sample, cost: sample.cost - pool(sample) }
  })
  const hasher = new PasswordHasher()
  const rounds: Record<'8 at a time' | 'all 200 at once', SignIns[]> = {
    '8 at a time': [],
    'all 200 at once': [],
  }
  for (let n = 0; n < 4; n++)
    for (const [which, width, count] of [
      ['8 at a time', 8, some],
      ['all 200 at once', people, people],
    ] as const) {
      const hashes = await measure(process.pid, some, () =>
        flows(some, 8, () => hasher.hash(new Secret(password))),
      )
      const { done, own } = await ownCost(count, () => round(width, count))
      rounds[which].push({ ...done, hashes, own })
    }
  for (const [which, all] of Object.entries(rounds)) {
    const of = (value: (one: SignIns) => number) => median(all.map(value))
    const [rate, alone] = [of((one) => one.perSecond), of(({ hashes }) => hashes.perSecond)]
    const percent = (share: number) => `${(100 * share).toFixed(0)} %`
    // The rate is that of a machine on which the browsers work too; the processor time is the server's alone.
    console.log(
      `sign-ins, ${which}: ${rate.toFixed(1)}/s, hashes alone ${alone.toFixed(1)}/s: ${percent(rate / alone)}, beside browsers that take ${of(({ own }) => own).toFixed(1)} ms of processor time for each\n` +
        `  the server takes ${milliseconds(of(({ cost }) => cost))} ms for each, of which hashing is ${percent(of((one) => pool(one) / one.cost))} (${threadText(medianThreads(all, median))} µs; a hash alone ${milliseconds(of(({ hashes }) => pool(hashes)))} ms)`,
    )
  }
  console.log(`sign-ins refused and tried again: ${refused}`)
}

const parts = { shares: atShares, flood: duringFlood, 'sign-ins': signIns }

async function main(): Promise<void> {
  const { positionals } = parseArgs({ allowPositionals: true })
  const bare = await startSubject('bare-http.ts')
  const server = await prepareChancery({
    env: { CHANCERY_TRUSTED_PROXIES: '127.0.0.1,::1', ...realHashes() },
  })
  for (const [name, part] of Object.entries(parts))
    if (positionals.length === 0 || positionals.includes(name)) await part(server, bare)
  await server.stop()
  bare.stop()
}

const flooded = process.env['FLOOD']
if (flooded === undefined) await main()
else await floodOf(flooded)
