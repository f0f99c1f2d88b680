// `node test/bench/big-account.ts [--users 100000] [--roles 5000] [--policies 5000] [--times 5]`: the requests that concern a
// whole account, in a large one. For each: how long an answer takes, how long the server's event loop was held at most, and
// how long `/healthz` took at most meanwhile. Milliseconds.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { openMasterKey } from '../../src/secure/key/master-key.ts'
import { signRequest } from '../../src/secure/sigv4/sign.ts'
import { openSqlite } from '../../src/store/sqlite/sqlite.ts'
import { formOf } from '../support/aws-call.ts'
import { emptyPolicy, fillAccount, sharedPolicy } from '../support/data/big-account.ts'
import { accountId, type Running, rootKey, startServer } from '../support/server.ts'
import { median } from './load.ts'

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '100000' },
    roles: { type: 'string', default: '5000' },
    policies: { type: 'string', default: '5000' },
    times: { type: 'string', default: '5' },
  },
})
const size = { users: Number(values.users), roles: Number(values.roles), policies: Number(values.policies) }
const times = Number(values.times)

interface Asked {
  readonly path: string
  readonly service: 'iam' | 'decision'
  readonly type: string
  readonly body: string
}

async function send({ url }: Running, { path, service, type, body }: Asked): Promise<string> {
  const headers = signRequest({
    method: 'POST',
    url: url + path,
    headers: { 'content-type': type },
    body,
    credentials: { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret },
    region: 'us-east-1',
    service,
    now: Math.floor(Date.now() / 1000),
  })
  const response = await fetch(url + path, { method: 'POST', headers, body })
  return `${response.status} ${await response.text()}`
}

const iam = (action: string, fields: Readonly<Record<string, string>> = {}): Asked => ({
  path: '/',
  service: 'iam',
  type: 'application/x-www-form-urlencoded',
  body: formOf('iam', action, fields),
})
const search = (action: string, token = ''): Asked => ({
  path: '/access/v1/search/subject',
  service: 'decision',
  type: 'application/json',
  body: JSON.stringify({
    subject: { type: 'user' },
    action: { name: action },
    resource: { type: 'document', id: '7' },
    page: { token },
  }),
})

const markerIn = (answer: string): string => /<Marker>([^<]+)</.exec(answer)?.[1] ?? ''
const tokenIn = (answer: string): string => /"next_token":"([^"]*)"/.exec(answer)?.[1] ?? ''

/** The place after so many pages. */
async function placeAfter(
  server: Running,
  pages: number,
  of: (place: string) => Asked,
  placeIn: (answer: string) => string,
) {
  let place = ''
  for (let page = 0; page < pages; page++) place = placeIn(await send(server, of(place)))
  return place
}

const marked = (action: string, fields: Readonly<Record<string, string>>) => (marker: string) =>
  iam(action, { ...fields, ...(marker !== '' && { Marker: marker }) })

async function requestsOf(server: Running): Promise<Readonly<Record<string, (n: number) => Asked>>> {
  const PolicyArn = sharedPolicy(accountId)
  const details = marked('GetAccountAuthorizationDetails', { MaxItems: '1000' })
  const list = marked('ListPolicies', { MaxItems: '1000', Scope: 'Local' })
  const entities = marked('ListEntitiesForPolicy', { PolicyArn, MaxItems: '1000' })
  const all = (token: string) => search('docs:ListDocuments', token)
  const few = (token: string) => search('docs:GetDocument', token)
  const [detail, policy, entity, any, some] = [
    await placeAfter(server, 20, details, markerIn),
    await placeAfter(server, 3, list, markerIn),
    await placeAfter(server, 20, entities, markerIn),
    await placeAfter(server, 50, all, tokenIn),
    await placeAfter(server, 20, few, tokenIn),
  ]
  return {
    GetAccountSummary: () => iam('GetAccountSummary'),
    'GetAccountAuthorizationDetails, first 1000': () => details(''),
    'GetAccountAuthorizationDetails, after 20 pages': () => details(detail),
    'GetAccountAuthorizationDetails, 1000 roles': () =>
      iam('GetAccountAuthorizationDetails', { MaxItems: '1000', 'Filter.member.1': 'Role' }),
    'ListPolicies, first 1000': () => list(''),
    'ListPolicies, after 3 pages': () => list(policy),
    'ListPolicies, attached only': () => iam('ListPolicies', { MaxItems: '1000', OnlyAttached: 'true' }),
    GetPolicy: () => iam('GetPolicy', { PolicyArn }),
    'DeletePolicy, attached': () => iam('DeletePolicy', { PolicyArn }),
    'DeletePolicy, free': (n) => iam('DeletePolicy', { PolicyArn: emptyPolicy(accountId, n) }),
    'ListEntitiesForPolicy, first 1000': () => entities(''),
    'ListEntitiesForPolicy, after 20 pages': () => entities(entity),
    'GetGroup, 1000 members': () => iam('GetGroup', { GroupName: 'everybody', MaxItems: '1000' }),
    'DeleteGroup, with members': () => iam('DeleteGroup', { GroupName: 'everybody' }),
    'ListUsers, 1000': () => iam('ListUsers', { MaxItems: '1000' }),
    'ListRoles, 1000': () => iam('ListRoles', { MaxItems: '1000' }),
    'search, everybody may': () => all(''),
    'search, everybody may, after 50 pages': () => all(any),
    'search, one in a hundred may': () => few(''),
    'search, one in a hundred may, after 20 pages': () => few(some),
    'search, nobody may': () => search('docs:DeleteDocument'),
  }
}

async function loopDelay(server: Running): Promise<number> {
  const file = join(server.dir, 'loop-delay.json')
  rmSync(file, { force: true })
  process.kill(Number(server.process.pid), 'SIGUSR2')
  for (;;) {
    await wait(10)
    try {
      return (JSON.parse(readFileSync(file, 'utf8')) as { max: number }).max
    } catch {
      // Not written yet.
    }
  }
}

/** The slowest answer of `/healthz` while `work` lasts. */
async function healthWhile(server: Running, work: () => Promise<void>): Promise<number> {
  let over = false
  let slowest = 0
  const asking = (async () => {
    while (!over) {
      const began = performance.now()
      await (await fetch(`${server.url}/healthz`)).text()
      slowest = Math.max(slowest, performance.now() - began)
      await wait(5)
    }
  })()
  await work()
  over = true
  await asking
  return slowest
}

const dir = mkdtempSync(join(tmpdir(), 'chancery-big-account-'))
process.once('exit', () => rmSync(dir, { recursive: true, force: true }))
mkdirSync(join(dir, 'data'), { mode: 0o700 })
const masterKey = openMasterKey(join(dir, 'keys'), { storeExists: false })
const store = await openSqlite(join(dir, 'data', 'chancery.db'), { masterKey })
const began = performance.now()
await fillAccount(store, accountId, size)
await store.close()
console.log(
  `${size.users} users, ${size.roles} roles, ${size.policies} policies, made in ${((performance.now() - began) / 1000).toFixed(0)} s`,
)
const preload = resolve(import.meta.dirname, 'loop-delay.ts')
const server = await startServer({ dir, nodeFlags: ['--import', preload], timeoutMs: 60_000 })
const requests = await requestsOf(server)
const cell = (value: number) => value.toFixed(1).padStart(8)
console.log(`${'request'.padEnd(48)}   median    worst  loop max  healthz max`)
await loopDelay(server)
for (const [name, of] of Object.entries(requests)) {
  const took: number[] = []
  let status = ''
  await loopDelay(server)
  const health = await healthWhile(server, async () => {
    for (let n = 0; n < times; n++) {
      const start = performance.now()
      status = (await send(server, of(n))).slice(0, 3)
      took.push(performance.now() - start)
    }
  })
  const held = await loopDelay(server)
  console.log(
    `${name.padEnd(48)} ${cell(median(took))} ${cell(Math.max(...took))} ${cell(held)}     ${cell(health)}   ${status}`,
  )
}
await server.stop()
