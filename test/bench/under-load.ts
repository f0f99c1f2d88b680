// `node test/bench/under-load.ts`: how long requests take while the server has other work. At 70 % of the rate that it can answer, and
// token requests during a flood of sign-ins beside the same without; and how many people sign in a second, beside what their hashes
// alone would allow.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { CreateLoginProfileCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam'
import { PasswordHasher } from '../../src/secure/password/password.ts'
import { Secret } from '../../src/secure/secret.ts'
import { csrfOf, formBrowser } from '../support/form-browser.ts'
import { realHashes } from '../support/runner/password-hashes.ts'
import { rootKey } from '../support/server.ts'
import { drive, flows, median, pace, type Spread } from './load.ts'
import {
  assumeRoleRequests,
  ourClientCredentialsRequests,
  prepareChancery,
  webIdentityRequests,
} from './subjects.ts'

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

async function main(): Promise<void> {
  const seconds = 4
  const server = await prepareChancery({
    env: { CHANCERY_TRUSTED_PROXIES: '127.0.0.1,::1', ...realHashes() },
  })
  const say = (what: string, { p50, p99 }: Spread) =>
    console.log(
      `${what.padEnd(56)} p50 ${p50.toFixed(1).padStart(6)} ms  p99 ${p99.toFixed(1).padStart(6)} ms  × ${(p99 / p50).toFixed(1)}`,
    )

  const kinds = {
    'client credentials': async (count: number) => ourClientCredentialsRequests(count),
    AssumeRoleWithWebIdentity: (count: number) => webIdentityRequests(server, count),
    AssumeRole: async (count: number) => assumeRoleRequests(server, count),
  }
  for (const [name, make] of Object.entries(kinds)) {
    let rate = 0
    for (let round = 0; round < 8; round++) rate = (await drive(server.port, await make(4000))).perSecond
    const wanted = 0.7 * rate
    say(
      `${name}, at 70 % of ${rate.toFixed(0)}/s`,
      await pace(server.port, await make(Math.round(wanted * seconds)), wanted),
    )
  }

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
  console.log(`p99 in the flood: × ${(flooded.p99 / idle.p99).toFixed(1)}`)

  const credentials = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
  const iam = new IAMClient({ endpoint: server.url, region: 'us-east-1', credentials })
  const people = 60
  const password = 'a long password of theirs'
  for (let n = 0; n < people; n++) {
    await iam.send(new CreateUserCommand({ UserName: `person-${n}` }))
    await iam.send(new CreateLoginProfileCommand({ UserName: `person-${n}`, Password: password }))
  }
  const hasher = new PasswordHasher()
  const hashes: number[] = []
  const signIns: number[] = []
  for (let round = 0; round < 4; round++) {
    hashes.push(await flows(people, 8, () => hasher.hash(new Secret(password))))
    signIns.push(
      await flows(people, 8, async (n) => {
        const { status } = await (await form(server.url, n))({ username: `person-${n}`, password })
        if (status !== 303) throw new Error(`a password was answered with ${status}`)
      }),
    )
  }
  console.log(
    `sign-ins: ${median(signIns).toFixed(1)}/s, their hashes alone ${median(hashes).toFixed(1)}/s: ${((100 * median(signIns)) / median(hashes)).toFixed(0)} %`,
  )
  iam.destroy()
  await server.stop()
}

const flooded = process.env['FLOOD']
if (flooded === undefined) await main()
else await floodOf(flooded)
