// `nice node test/bench/big-admin.ts [--users 200000] [--audit 1000000]`: pages of the admin API and of SCIM over HTTP, on a SQLite
// store of so many people and audit entries, beside a store of a tenth of each. What a page costs must not depend on the size.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { mostSkipped } from '../../src/iam/people/directory.ts'
import { signRequest } from '../../src/secure/sigv4/sign.ts'
import { accountId, type Running, rootKey, startServer } from '../support/server.ts'
import {
  auditAction,
  auditSession,
  auditTime,
  email,
  type Filled,
  fillStore,
  requestId,
  userId,
  userName,
} from './big-store-fill.ts'
import { drive, requestBytes, type Spread } from './load.ts'
import { compare, hold, workplace } from './small-and-large.ts'

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '200000' },
    audit: { type: 'string', default: '1000000' },
  },
})
/** Requests of one round. */
const perRound = 30

interface Store {
  readonly server: Running
  readonly users: number
  readonly audit: number
  readonly anyUser: () => number
  readonly anyEntry: () => number
  /** Cursors of pages of people, spread over the first thousands. */
  readonly cursors: readonly string[]
}

const anyOf = <T>(all: readonly T[]): T => all[Math.floor(Math.random() * all.length)] as T

const pathTo = (path: string, query: Readonly<Record<string, string | number>>): string =>
  `${path}?${new URLSearchParams(Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]))}`
const people = (query: Readonly<Record<string, string | number>>) => pathTo('/v1/admin/people', query)
const scim = (query: Readonly<Record<string, string | number>>) => pathTo('/scim/v2/Users', query)
const audit = (query: Readonly<Record<string, string | number>>) =>
  pathTo('/v1/admin/audit', { limit: 100, ...query })
const arn = (n: number) => `arn:aws:iam::${accountId}:user/${userName(n)}`
const instant = (milliseconds: number) => new Date(milliseconds).toISOString()

/** Paths, each of anybody or any entry of the store. */
const requests: Readonly<Record<string, (store: Store) => string>> = {
  'people: first page of 100': () => people({ limit: 100 }),
  'people: a page of 100 by cursor': ({ cursors }) => people({ limit: 100, cursor: anyOf(cursors) }),
  'people: search, beginning of a name': ({ anyUser }) => people({ search: userName(anyUser()) }),
  'people: search that fits everybody': () => people({ limit: 100, search: 'person.' }),
  'people: search, an address': ({ anyUser }) => people({ search: email(anyUser()) }),
  'people: one by name': ({ anyUser }) => `/v1/admin/people/${userName(anyUser())}`,
  'SCIM: first page of 100': () => scim({ count: 100 }),
  // Not further than one request skips.
  'SCIM: a page of 100 by startIndex': ({ anyUser }) =>
    scim({ count: 100, startIndex: Math.max(1, Math.min(anyUser(), mostSkipped) - 100) }),
  'SCIM: userName eq': ({ anyUser }) => scim({ filter: `userName eq "${userName(anyUser())}"` }),
  'SCIM: one by id': ({ anyUser }) => `/scim/v2/Users/${userId(anyUser())}`,
  'audit: newest 100': () => audit({}),
  'audit: 100 from an instant': ({ anyEntry, audit: many }) =>
    audit({ order: 'oldest', from: instant(auditTime(anyEntry(), many)) }),
  'audit: of one person': ({ anyUser }) => audit({ who: arn(anyUser()) }),
  'audit: of one action': ({ anyEntry }) => audit({ action: auditAction(anyEntry()) }),
  'audit: of one resource': ({ anyUser }) => audit({ resource: arn(anyUser()) }),
  'audit: of one session': ({ anyUser }) => audit({ session: auditSession(anyUser()) }),
  'audit: by request': ({ anyEntry, audit: many }) => {
    const n = anyEntry()
    return audit({ request: requestId(n, auditTime(n, many)) })
  },
  'audit: denied': () => audit({ outcome: 'denied' }),
  'audit: of one person and action': ({ anyUser, anyEntry }) =>
    audit({ who: arn(anyUser()), action: auditAction(anyEntry()) }),
  // Of nine actions in ten nothing was denied: 10,000 entries of the index are looked at, whatever the size.
  'audit: denied, of one action': ({ anyEntry }) =>
    audit({ outcome: 'denied', action: auditAction(anyEntry()) }),
}

const headersOf = ({ url }: Running, path: string) =>
  signRequest({
    method: 'GET',
    url: `${url}${path}`,
    headers: {},
    credentials: { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret },
    region: 'us-east-1',
    service: 'chancery',
    now: Math.floor(Date.now() / 1000),
  })

function bytesOf(server: Running, path: string): Buffer {
  const { host = '', ...headers } = headersOf(server, path)
  return requestBytes(host, 'GET', path, headers)
}

async function cursorsOf(server: Running): Promise<readonly string[]> {
  const cursors: string[] = []
  while (cursors.length < 10) {
    const path = people({ limit: 200, ...(cursors.length > 0 && { cursor: cursors.at(-1) ?? '' }) })
    const { host: _, ...headers } = headersOf(server, path)
    const answer = await fetch(`${server.url}${path}`, { headers })
    const { cursor } = (await answer.json()) as { readonly cursor?: string }
    if (cursor === undefined) throw new Error(`page ${cursors.length} has no cursor: ${answer.status}`)
    cursors.push(cursor)
  }
  return cursors
}

async function started({ dir, size }: Filled): Promise<Store> {
  const server = await startServer({ dir, timeoutMs: 120_000 })
  const { users, audit: entries = 0 } = size
  const below = (many: number) => () => Math.floor(Math.random() * many)
  return {
    server,
    users,
    audit: entries,
    anyUser: below(users),
    anyEntry: below(entries),
    cursors: await cursorsOf(server),
  }
}

const measured = (store: Store, path: (store: Store) => string): Promise<Spread> =>
  drive(
    Number(new URL(store.server.url).port),
    Array.from({ length: perRound }, () => bytesOf(store.server, path(store))),
    1,
  )

const dir = workplace()
const [users, entries] = [Number(values.users), Number(values.audit)]
const filled = async (name: string, share: number): Promise<Filled> => {
  const size = { users: users / share, grantsPerUser: 0, expired: 0, audit: entries / share }
  const one = await fillStore(join(dir, name), size)
  console.log(
    `${size.users} people, ${size.audit} audit entries: ${one.megabytes.toFixed(0)} MB, filled in ${one.seconds.toFixed(0)} s`,
  )
  return one
}
const [small, large] = [await filled('small', 10), await filled('large', 1)]
await hold(large)
const [one, other] = [await started(small), await started(large)]
console.log('Requests over HTTP, one connection:')
for (const [name, path] of Object.entries(requests)) {
  await compare(
    name,
    () => measured(one, path),
    () => measured(other, path),
  )
}
await one.server.stop()
await other.server.stop()
