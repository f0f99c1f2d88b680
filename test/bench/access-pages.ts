// `node test/bench/access-pages.ts [--users 1000] [--roles 1000] [--policies 5000] [--times 30]`: how long pages with a picture of access
// take, in an account where every role has its own part of the policies attached and one person may become them all.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openMasterKey } from '../../src/secure/key/master-key.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import { emptyPolicy, fillAccount, sharedPolicy } from '../support/data/big-account.ts'
import { enrol } from '../support/person.ts'
import { accountId, startServer } from '../support/server.ts'
import { printPageTimes } from './page-times.ts'

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '1000' },
    roles: { type: 'string', default: '1000' },
    policies: { type: 'string', default: '5000' },
    times: { type: 'string', default: '30' },
  },
})
const [users, roles, policies, times] = [values.users, values.roles, values.policies, values.times].map(
  Number,
) as [number, number, number, number]

const dir = mkdtempSync(join(tmpdir(), 'chancery-access-pages-'))
process.once('exit', () => rmSync(dir, { recursive: true, force: true }))
mkdirSync(join(dir, 'data'), { mode: 0o700 })
const masterKey = openMasterKey(join(dir, 'keys'), { storeExists: false })
const store = await openSqlite(join(dir, 'data', 'chancery.db'), { masterKey })
await fillAccount(store, accountId, { users, roles, policies })
const each = Math.floor(policies / roles)
let at = 0
for await (const { id } of store.each('role', { by: 'account', value: accountId }, { page: 500 })) {
  const attached = Array.from({ length: each }, (_, n) => emptyPolicy(accountId, at * each + n))
  await store.update('role', id, (role) => ({ ...role, attached }))
  at++
}
await store.close()

const server = await startServer({ dir, timeoutMs: 60_000 })
const me = await enrol(server)

const question = '?action=docs:GetDocument&resource=arn:aws:docs:::document/7'
const policy = (arn: string, rest = '') => `/console/access/policy?arn=${encodeURIComponent(arn)}${rest}`
console.log(`${users} users, ${roles} roles, ${policies} policies, ${each} on each role; ${times} times`)
const pages = [
  ['person who may become every role', '/console/people/u0000001/access'],
  ['the same, with a question', `/console/people/u0000001/access${question}`],
  ['person who may become none', '/console/people/u0000002/access'],
  ['role', '/console/workloads/r0000001'],
  ['role, with a question', `/console/workloads/r0000001${question}`],
  ['group of everybody', '/console/groups/everybody'],
  ['group of everybody, with a question', `/console/groups/everybody${question}`],
  ['policy that everybody has', policy(sharedPolicy(accountId))],
  ['policy of one role, with a question', policy(emptyPolicy(accountId, 7), question.replace('?', '&'))],
] as const
await printPageTimes(
  server,
  me.browser,
  pages.map(([name, path]) => [name, () => path]),
  times,
)
await server.stop()
