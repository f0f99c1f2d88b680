// `node test/bench/console-pages.ts [--users 1000000] [--audit 1000000] [--times 30]`: how long the pages of the console take on a
// SQLite store of so many people and audit entries.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { enrol } from '../support/person.ts'
import { accountId, startServer } from '../support/server.ts'
import { email, fillStore, userName } from './big-store-fill.ts'
import { printPageTimes } from './page-times.ts'
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

console.log(`${users} people, ${audit} audit entries, ${filled.megabytes.toFixed(0)} MB; ${times} times`)
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
await printPageTimes(server, me.browser, pages, times)
await server.stop()
