// Workers that die: the others never notice, and whoever takes their place takes no request before it can answer.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, readlinkSync, renameSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Running, startServer } from '../support/server.ts'
import { until as becomesTrue } from '../support/waiting.ts'
import { askOnce, type Ended } from './asking.ts'

const workersOf = ({ process: { pid } }: Running): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)
const deaths = (server: Running): number[] =>
  [...server.output().matchAll(/warning: worker \d+ ended \(\w+\); another starts in (\d+) ms/g)].map(
    ([, pause]) => Number(pause),
  )
const until = (holds: () => boolean): Promise<void> => becomesTrue('the workers are as expected', holds)

test('while one worker after the other is killed, only what it had in its hands is lost', async (t) => {
  const server = await startServer({ env: { CHANCERY_WORKERS: '3' } })
  t.after(() => server.stop())
  let over = false
  const ended: Ended[] = []
  const answered = () => ended.filter(({ how }) => how === 'answered').length
  const lanes = Array.from({ length: 4 }, async () => {
    while (!over) ended.push(await askOnce(`${server.url}/.well-known/openid-configuration`, false))
  })
  /** However long that takes: requests are asked before, between and after the deaths. */
  const moreAnswers = async () => {
    const least = answered() + 10
    await until(() => answered() >= least)
  }
  for (let n = 1; n <= 3; n++) {
    await moreAnswers()
    const [victim] = workersOf(server)
    process.kill(Number(victim), 'SIGKILL')
    await until(() => deaths(server).length === n)
    await until(() => workersOf(server).length === 3)
  }
  await moreAnswers()
  over = true
  await Promise.all(lanes)
  assert.ok(
    ended.every(({ status = 200 }) => status === 200),
    'nobody meets a worker that is starting',
  )
  assert.equal(ended.filter(({ how }) => how === 'refused').length, 0)
  const cut = ended.filter(({ how }) => how === 'cut').length
  assert.ok(cut <= 3 * lanes.length, `${cut} were cut off by three deaths`)
})

test('a worker that dies again and again right after it started does not spin, and is replaced when it can live', async (t) => {
  const server = await startServer({ env: { CHANCERY_WORKERS: '2' } })
  t.after(() => server.stop())
  const keys = join(server.dir, 'keys')
  renameSync(keys, `${keys}.away`)
  process.kill(Number(workersOf(server)[0]), 'SIGKILL')
  await until(() => deaths(server).length >= 4)
  renameSync(`${keys}.away`, keys)
  assert.deepEqual(deaths(server).slice(0, 4), [100, 200, 400, 800])
  assert.match(server.output(), /the master key .* is missing/)
  for (let n = 0; n < 10; n++) assert.equal((await askOnce(`${server.url}/healthz`, false)).status, 200)
  await until(() => workersOf(server).length === 2)
})

test('bursts of connections are shared between the workers', async (t) => {
  const server = await startServer({ env: { CHANCERY_WORKERS: '2' } })
  t.after(() => server.stop())
  const workers = workersOf(server)
  const port = Number(new URL(server.url).port)
  const burst = 48
  const fewest: number[] = []
  // On a quiet machine nearly every burst is shared. While other tests have the processor many are not, so bursts are sent until
  // three were; that workers pause for each other is in test/web/pause-after-accept.test.ts.
  const isShared = (one: number): boolean => one >= 15
  while (fewest.length < 40 && fewest.filter(isShared).length < 3) {
    const before = workers.map(socketsOf)
    const sockets = Array.from({ length: burst }, () => connect(port, '127.0.0.1'))
    const held = () => workers.map((pid, at) => socketsOf(pid) - (before[at] ?? 0))
    await until(() => held().reduce((sum, one) => sum + one, 0) >= burst)
    fewest.push(Math.min(...held()))
    for (const socket of sockets) socket.destroy()
    await until(() => held().every((one) => one <= 0))
  }
  assert.equal(fewest.filter(isShared).length, 3, `of bursts of ${burst} one of two workers had ${fewest}`)
})

/** Of a process, by /proc. */
const socketsOf = (pid: number): number =>
  readdirSync(`/proc/${pid}/fd`).filter((fd) => linkOf(`/proc/${pid}/fd/${fd}`).startsWith('socket:')).length

/** What a descriptor stands for; it may have been closed meanwhile. */
function linkOf(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}
