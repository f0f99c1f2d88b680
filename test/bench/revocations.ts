// node test/bench/revocations.ts [REVOCATIONS] [VERIFIERS]: how long a revocation takes while 10,000 are in force and 1,000
// services wait for the next one (attacks.md 36). Prints the time to its answer and until all have been told, and the
// longest `/healthz` took meanwhile. The waiting services run in a process of their own.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { Agent, get, request } from 'node:http'
import { join } from 'node:path'
import { openMasterKey } from '../../src/secure/key/master-key.ts'
import { signRequest } from '../../src/secure/sigv4/sign.ts'
import { rootKey, startServer } from '../support/server.ts'
import { openStore } from '../support/store.ts'

const [revocations = 10_000, verifiers = 1000] = process.argv.slice(2).map(Number)
const credentials = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
const signed = (method: string, url: string, body = ''): Record<string, string> =>
  signRequest({
    method,
    url,
    headers: body === '' ? {} : { 'content-type': 'application/json' },
    body,
    credentials,
    region: 'us-east-1',
    service: 'decision',
    now: Date.now() / 1000,
  })

/** Services that wait: each asks again with the cursor it was given. Told over the channel how many have seen a change. */
async function waiters(url: string, count: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: count })
  const ask = (cursor: string | undefined, wait: number): Promise<{ cursor: string; news: number }> =>
    new Promise((done, fail) => {
      const query = new URLSearchParams({ wait: String(wait), ...(cursor ? { cursor } : {}) })
      const address = `${url}/v1/revocations?${query}`
      const req = request(address, { agent, headers: signed('GET', address) }, (res) => {
        let text = ''
        res.on('data', (part: Buffer) => {
          text += part.toString()
        })
        res.on('end', () => {
          if (res.statusCode !== 200) return fail(new Error(`${res.statusCode} ${text}`))
          const claims = JSON.parse(Buffer.from(text.split('.')[1] ?? '', 'base64url').toString())
          done({ cursor: claims.cursor, news: claims.revocations.length })
        })
      })
      req.on('error', fail)
      req.end()
    })
  const { cursor: first } = await ask(undefined, 0)
  const waiting = async (): Promise<void> => {
    for (let cursor = first; ; ) {
      const answer = await ask(cursor, 30)
      if (answer.news > 0) process.send?.('told')
      cursor = answer.cursor
    }
  }
  for (let i = 0; i < count; i++) waiting().catch((error: Error) => process.send?.(error.message))
  process.send?.('waiting')
}

async function fill(dir: string, count: number): Promise<void> {
  const masterKey = openMasterKey(join(dir, 'keys'), { storeExists: true })
  const store = await openStore(join(dir, 'data', 'chancery.db'), { masterKey })
  const at = Math.floor(Date.now() / 1000)
  for (let from = 0; from < count; from += 500) {
    await Promise.all(
      Array.from({ length: Math.min(500, count - from) }, (_, i) => {
        const value = `session-of-the-bench-${from + i}`
        const accountId = '123456789012'
        return store.create('revocation', {
          id: `${accountId} session:${value}`,
          accountId,
          scope: 'session',
          value,
          before: at,
          at,
          expiresAt: at + 43_200,
        })
      }),
    )
  }
  await store.close()
}

async function measure(): Promise<void> {
  const server = await startServer()
  try {
    await fill(server.dir, revocations)
    const child = fork(import.meta.filename, ['--waiters', server.url, String(verifiers)])
    let told = 0
    let failed = 0
    let all: () => void = () => undefined
    child.on('message', (word) => {
      if (word === 'told' && ++told === verifiers) all()
      else if (word !== 'told' && word !== 'waiting') console.error(++failed, word)
    })
    await once(child, 'message')
    await new Promise((done) => setTimeout(done, 8000))
    const slowest = { ms: 0 }
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const healthz = (): Promise<void> =>
      new Promise((done) => {
        const began = performance.now()
        get(`${server.url}/healthz`, { agent }, (res) => {
          res.resume()
          res.on('end', () => {
            slowest.ms = Math.max(slowest.ms, performance.now() - began)
            done()
          })
        })
      })
    for (let i = 0; i < 20; i++) await healthz()
    const memory = await rss(server.process.pid ?? 0)
    for (let round = 1; round <= 3; round++) {
      told = 0
      slowest.ms = 0
      let measuring = true
      const pings = (async () => {
        while (measuring) {
          await healthz()
          await new Promise((done) => setTimeout(done, 5))
        }
      })()
      const done = new Promise<void>((resolve) => {
        all = resolve
      })
      const url = `${server.url}/v1/revocations`
      const body = JSON.stringify({ scope: 'session', value: `new-session-of-round-${round}` })
      const cpuBefore = await cpu(server.process.pid ?? 0)
      const began = performance.now()
      const response = await fetch(url, { method: 'POST', headers: signed('POST', url, body), body })
      const answered = performance.now() - began
      if (response.status !== 200) throw new Error(await response.text())
      await done
      const toldAfter = performance.now() - began
      const used = (await cpu(server.process.pid ?? 0)) - cpuBefore
      await new Promise((next) => setTimeout(next, 3000))
      measuring = false
      await pings
      console.log(
        `round ${round}: answered after ${answered.toFixed(0)} ms, all ${verifiers} told after ${toldAfter.toFixed(0)} ms (${used} ms of processor time), slowest /healthz ${slowest.ms.toFixed(0)} ms`,
      )
    }
    console.log(
      `memory ${memory} MB before, ${await rss(server.process.pid ?? 0)} MB after; failures ${failed}`,
    )
    child.kill()
    agent.destroy()
  } finally {
    await server.stop()
  }
}

/** Milliseconds of processor time a process has used: what a wait on a busy machine is to be compared with. */
async function cpu(pid: number): Promise<number> {
  const { readFileSync } = await import('node:fs')
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return 10 * (Number(fields[11]) + Number(fields[12]))
}

async function rss(pid: number): Promise<number> {
  const { readFileSync } = await import('node:fs')
  const kb = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Math.round(Number(kb) / 1024)
}

if (process.argv[2] === '--waiters') await waiters(process.argv[3] ?? '', Number(process.argv[4]))
else await measure()
