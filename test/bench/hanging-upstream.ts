// Signing in with a password of ours while fifty sign-ins at an identity provider hang: p50 and p99 with and without, rounds
// of both in turn within one run. `node test/bench/hanging-upstream.ts` measures this alone.

import { readFileSync } from 'node:fs'
import { CreateLoginProfileCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam'
import { type Away, answerFor, sentAway, type Upstream } from '../support/federated.ts'
import { formBrowser } from '../support/form-browser.ts'
import { freePort } from '../support/free-port.ts'
import { type Running, rootKey, startServer } from '../support/server.ts'
import { startOpenIdUpstream } from '../support/upstreams/openid-upstream.ts'
import type { Figure } from './run.ts'

export const hangingUpstreamTitles: Readonly<Record<string, string>> = {
  sign_in_p50: 'sign-in page and password, p50',
  sign_in_p99: 'sign-in page and password, p99',
  sign_in_processor: 'processor of the server for each, median of the rounds',
  sign_in_hanging_p50: 'the same while 50 federated sign-ins hang, p50',
  sign_in_hanging_p99: 'the same while 50 federated sign-ins hang, p99',
  sign_in_hanging_processor: 'processor of the server for each, median of the rounds',
}

const rounds = 4
const hangingAtOnce = 50
/** A provider's answer is waited for five seconds: a round is over before the first of them gives up. */
const roundMs = 3200
/** Until all fifty have been taken in and wait. */
const settledMs = 500
const person = { name: 'bench', password: 'correct horse bench' }
const who = { login: 'ada', password: 'ada-upstream-password' }

export async function benchHangingUpstream(): Promise<Record<string, Figure>> {
  const port = await freePort()
  // One for each round: who has hung is left alone for a while (federation/outbound/circuit-breaker.ts).
  const upstreams = await Promise.all(
    Array.from({ length: rounds }, (_, n) =>
      startOpenIdUpstream({ redirectUris: [`http://localhost:${port}/federation/hang-${n}/callback`] }),
    ),
  )
  const providers = upstreams.map((up, n) => ({
    kind: 'openid',
    name: `hang-${n}`,
    url: up.issuer,
    sign_in: {
      title: `Hang ${n}`,
      client_id: up.client.id,
      client_secret: up.client.secret,
      second_factor: { ask: 'enrolled' },
    },
  }))
  const server = await startServer({
    config: `identity_providers: ${JSON.stringify(providers)}\n`,
    env: {
      CHANCERY_PORT: String(port),
      CHANCERY_OUTBOUND_ALLOW: upstreams.map(({ host }) => host).join(','),
    },
  })
  try {
    await makePerson(server)
    await signIns(server, 500)
    const without: Round[] = []
    const hanging: Round[] = []
    for (const [n, up] of upstreams.entries()) {
      const answers = await answersOf(server, up as Upstream, `hang-${n}`)
      const alone = async () => without.push(await signIns(server, roundMs))
      if (n % 2 === 0) await alone()
      hanging.push(await whileHanging(server, up as Upstream, answers))
      if (n % 2 === 1) await alone()
    }
    return { ...figuresOf('sign_in', without), ...figuresOf('sign_in_hanging', hanging) }
  } finally {
    await server.stop()
    for (const up of upstreams) up.close()
  }
}

async function makePerson(server: Running): Promise<void> {
  const credentials = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
  const iam = new IAMClient({ endpoint: server.url, region: 'us-east-1', credentials })
  await iam.send(new CreateUserCommand({ UserName: person.name }))
  await iam.send(new CreateLoginProfileCommand({ UserName: person.name, Password: person.password }))
}

/** Milliseconds from asking for the page until the password was taken, one after another, for so long. */
async function signIns(server: Running, forMs: number): Promise<Round> {
  const times: number[] = []
  const processor = processorMs(server)
  const end = performance.now() + forMs
  while (performance.now() < end) {
    const began = performance.now()
    const browser = formBrowser(server.url)
    const page = await browser.open('/sign-in')
    const taken = await browser.send(page, { username: person.name, password: person.password })
    times.push(performance.now() - began)
    if (taken.status !== 303) throw new Error(`the password was not taken: ${taken.status} ${taken.url}`)
  }
  return { times, processor: (processorMs(server) - processor) / times.length }
}

interface Answer extends Away {
  readonly back: URL
}

/** Fifty browsers that come back from the provider next. */
async function answersOf(server: Running, up: Upstream, provider: string): Promise<readonly Answer[]> {
  const answers: Answer[] = []
  for (let n = 0; n < hangingAtOnce; n++) {
    const away = await sentAway(server, provider)
    answers.push({ ...away, back: await answerFor(up, away, who) })
  }
  return answers
}

async function whileHanging(server: Running, up: Upstream, answers: readonly Answer[]): Promise<Round> {
  up.quirks.broken = new Map([['/token', 'hangs']])
  let ended = 0
  const pages = answers.map(async ({ browser, back }) => {
    const page = await browser.open(back.href)
    ended += 1
    return page.status
  })
  while (!up.requests.includes('POST /token')) await new Promise((done) => setTimeout(done, 10))
  await new Promise((done) => setTimeout(done, settledMs))
  const round = await signIns(server, roundMs)
  if (ended > 0) throw new Error(`${ended} of the hanging sign-ins had ended before the round was over`)
  const statuses = await Promise.all(pages)
  if (statuses.some((status) => status !== 502)) throw new Error(`they ended with ${statuses}`)
  return round
}

interface Round {
  /** Milliseconds, of each sign-in. */
  readonly times: readonly number[]
  /** Milliseconds for each: on a busy machine it says more than the time. */
  readonly processor: number
}

/** Milliseconds of processor a server has used. */
function processorMs({ process }: Running): number {
  const stat = readFileSync(`/proc/${process.pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

const figuresOf = (name: string, rounds: readonly Round[]): Record<string, Figure> => ({
  [`${name}_p50`]: share(
    rounds.flatMap(({ times }) => times),
    0.5,
  ),
  [`${name}_p99`]: share(
    rounds.flatMap(({ times }) => times),
    0.99,
  ),
  [`${name}_processor`]: share(
    rounds.map(({ processor }) => processor),
    0.5,
  ),
})

function share(samples: readonly number[], part: number): Figure {
  const sorted = [...samples].sort((a, b) => a - b)
  const round = (n: number | undefined) => Number((n ?? Number.NaN).toPrecision(4))
  const at = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]
  return { value: round(at), unit: 'ms', spread: [round(sorted[0]), round(sorted.at(-1))] }
}

if (import.meta.main)
  for (const [name, { value, unit, spread }] of Object.entries(await benchHangingUpstream()))
    console.log(`${hangingUpstreamTitles[name]}: ${value} ${unit} (${spread[0]} to ${spread[1]})`)
