// `node test/bench/console-pages.ts [--users 1000000] [--audit 1000000] [--times 30]`: how long the pages of the console take on a
// SQLite store of so many people and audit entries. Milliseconds of the whole request on loopback after a warm-up of three, and of
// processor time of the server for one request, which a busy machine does not change (Linux alone).
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { enrol } from '../support/person.ts'
import { processorTimeOf } from '../support/processor-time.ts'
import { accountId, startServer } from '../support/server.ts'
import { email, fillStore, userName } from './big-store-fill.ts'
import { median } from './load.ts'
import { hold, workplace } from './small-and-large.ts'

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '1000000' },
    audit: { type: 'string', default: '1000000' },
    times: { type: 'string', default: '30' },
  },
})
const [users, audit, times] = [values.users, values.audit, values.times].map(Number) as [
  number,
  number,
  number,
]

const filled = await fillStore(join(workplace(), 'large'), { users, grantsPerUser: 1, expired: 0, audit })
await hold(filled)
const server = await startServer({ dir: filled.dir, timeoutMs: 60_000 })
const me = await enrol(server)
const anybody = () => Math.floor(Math.random() * users)
const arn = () => encodeURIComponent(`arn:aws:iam::${accountId}:user/${userName(anybody())}`)

const { text } = await me.browser.get('/console/people')
const next = /href="([^"]+)" rel="next"/.exec(text)?.[1]?.replaceAll('&amp;', '&')
if (next === undefined) throw new Error('the list of people has one page')

console.log(
  `${users} people, ${audit} audit entries, ${filled.megabytes.toFixed(0)} MB; ${times} times\n${'page'.padEnd(36)}   median    worst processor      kB`,
)
const pages: readonly (readonly [name: string, path: () => string])[] = [
  ['Home', () => '/console'],
  ['People', () => '/console/people'],
  ['People, the next page', () => next],
  ['People, a beginning', () => `/console/people?search=${userName(anybody()).slice(0, 9)}`],
  ['People, an address', () => `/console/people?search=${encodeURIComponent(email(anybody()))}`],
  ['person', () => `/console/people/${userName(anybody())}`],
  ['person, sign-in', () => `/console/people/${userName(anybody())}/sign-in`],
  ['person, access', () => `/console/people/${userName(anybody())}/access`],
  ['person, activity', () => `/console/people/${userName(anybody())}/activity`],
  ['Groups', () => '/console/groups'],
  ['Apps', () => '/console/apps'],
  ['Access', () => '/console/access'],
  ['Workloads', () => '/console/workloads'],
  ['Providers', () => '/console/providers'],
  ['Activity', () => '/console/activity'],
  ['Activity, of one person', () => `/console/activity?who=${arn()}`],
  ['Activity, refusals', () => '/console/activity?outcome=denied'],
  ['Settings', () => '/console/settings'],
  ['search', () => `/console/search?q=${userName(anybody()).slice(0, 9)}`],
]
for (const [name, path] of pages) {
  const took: number[] = []
  let size = 0
  let spent = 0
  for (let n = 0; n < times + 3; n++) {
    const address = path()
    const began = performance.now()
    const page = await me.browser.get(address)
    if (page.status !== 200) throw new Error(`${address}: ${page.status}`)
    if (n === 2) spent = -processorTimeOf(server.process.pid ?? 0)
    if (n >= 3) took.push(performance.now() - began)
    size = Buffer.byteLength(page.text) / 1000
  }
  spent += processorTimeOf(server.process.pid ?? 0)
  const cell = (value: number) => value.toFixed(1).padStart(8)
  console.log(
    `${name.padEnd(36)} ${cell(median(took))} ${cell(Math.max(...took))} ${cell(spent / times)}  ${cell(size)}`,
  )
}
await server.stop()
