// `node test/bench/scim.ts [--users 100000]`: what a page of 100 SCIM Users costs at the server, wherever it is, and a lookup by
// each index, on a SQLite store of many people. Filling a million
// takes more than two minutes.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { userOf } from '../../src/admin/scim/user.ts'
import type { Call } from '../../src/iam/caller.ts'
import { type DirectoryLookup, openPeopleDirectory } from '../../src/iam/people/directory.ts'
import { accountId } from '../support/server.ts'
import { email, fillStore, userId, userName } from './big-store-fill.ts'
import { median } from './load.ts'

const { values } = parseArgs({ options: { users: { type: 'string', default: '100000' } } })
const users = Number(values.users)
const dir = mkdtempSync(join(tmpdir(), 'chancery-scim-'))
process.once('exit', () => rmSync(dir, { recursive: true, force: true }))

const call: Call = {
  caller: { kind: 'root', accountId, arn: `arn:aws:iam::${accountId}:root`, accessKeyId: undefined },
  circumstances: {
    sourceIp: '127.0.0.1',
    secure: true,
    userAgent: undefined,
    region: undefined,
    now: Math.floor(Date.now() / 1000),
    requestId: 'bench',
  },
}

const filled = await fillStore(dir, { users, grantsPerUser: 1, expired: 0 })
console.log(`${users} people, ${filled.megabytes.toFixed(0)} MB, filled in ${filled.seconds.toFixed(0)} s`)
const store = await filled.open()
const people = openPeopleDirectory(store)

async function measured(what: string, times: number, run: (n: number) => Promise<number>): Promise<void> {
  const milliseconds: number[] = []
  let records = 0
  for (let n = 0; n < times; n++) {
    const began = performance.now()
    records = await run(n)
    milliseconds.push(performance.now() - began)
  }
  const worst = Math.max(...milliseconds)
  console.log(
    `${what.padEnd(44)} ${records} records, median ${median(milliseconds).toFixed(2)} ms, worst ${worst.toFixed(2)} ms`,
  )
}

const shown = (page: readonly Parameters<typeof userOf>[0][]): number => {
  JSON.stringify(page.map((person) => userOf(person, call, 'https://id.example.com/scim/v2')))
  return page.length
}
const all = async (lookup: DirectoryLookup): Promise<number> => {
  const found: Parameters<typeof userOf>[0][] = []
  for await (const person of people.by(call, lookup)) found.push(person)
  return shown(found)
}
const anyOf = (): number => Math.floor(Math.random() * users)

let after: string | undefined
await measured('a page of 100 by cursor, one after the other', 500, async () => {
  const page = await people.page(call, after, 100)
  after = page.next
  return shown(page.items)
})
await measured('a page of 100 by startIndex, in order', 500, async (n) =>
  shown((await people.slice(call, n * 100, 100)) ?? []),
)
const far = Math.min(users, 200_000) - 100
await measured(`the first page at startIndex ${far + 1}`, 1, async () =>
  shown((await people.slice(call, far, 100)) ?? []),
)
await measured('the same again', 100, async () => shown((await people.slice(call, far, 100)) ?? []))
await measured('how many there are', 100, () => people.count(call))
await measured('by id', 500, () => all({ by: 'id', value: userId(anyOf()) }))
await measured('by name', 500, () => all({ by: 'name', value: userName(anyOf()) }))
await measured('by e-mail address', 500, () => all({ by: 'email', value: email(anyOf()) }))
await store.close()
