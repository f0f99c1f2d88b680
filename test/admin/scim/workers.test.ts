// SCIM on a server with three workers: pages, ids that must not repeat, and how soon a deactivation counts everywhere.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { type Running, startServer } from '../../support/server.ts'
import { patchUrn, type Scim, scimToken, scimWith, userUrn } from './client.ts'

const timeout = 60_000
let server: Running
let scim: Scim
before(
  async () => {
    server = await startServer({ env: { CHANCERY_WORKERS: '3' } })
    scim = scimWith(server.url, await scimToken(server, 'directory'))
  },
  { timeout },
)
after(() => server.stop())

const newUser = (userName: string, more: object = {}) => ({ schemas: [userUrn], userName, ...more })
const patch = (...operations: readonly object[]) => ({ schemas: [patchUrn], Operations: operations })
const errorOf = ({ status, body }: Awaited<ReturnType<Scim>>) => [status, body.scimType]
const make = async (userName: string, more: object = {}) => {
  const made = await scim('POST', '/Users', newUser(userName, more))
  assert.equal(made.status, 201, JSON.stringify(made.body))
  return made.body
}

test('an external id is unique among those of one client, and each client has its own', {
  timeout,
}, async () => {
  const other = scimWith(server.url, await scimToken(server, 'other-directory'))
  const { id } = await make('external', { externalId: 'e 1' })
  const again = await scim('POST', '/Users', newUser('external2', { externalId: 'e 1' }))
  assert.deepEqual(errorOf(again), [409, 'uniqueness'])
  assert.equal((await scim('GET', '/Users?filter=userName eq "external2"')).body.totalResults, 0)
  assert.equal((await other('GET', `/Users/${id}`)).body.externalId, undefined)
  assert.equal((await other('POST', '/Users', newUser('external3', { externalId: 'e 1' }))).status, 201)
  assert.equal(
    (await other('PATCH', `/Users/${id}`, patch({ op: 'add', path: 'externalId', value: 'o1' }))).status,
    200,
  )
  assert.equal((await scim('GET', `/Users/${id}`)).body.externalId, 'e 1')
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, at) =>
      scim('POST', '/Users', newUser(`race${at}`, { externalId: 'race' })),
    ),
  )
  const { body } = await scim('GET', '/Users?filter=externalId eq "race"')
  assert.equal(body.totalResults, answers.filter(({ status }) => status === 201).length)
  assert.ok(body.totalResults <= 1)
})

test('pages by number and by cursor hold everyone once, whichever worker answers', { timeout }, async () => {
  for (let at = 0; at < 25; at++) await make(`page${String(at).padStart(2, '0')}`)
  const { totalResults } = (await scim('GET', '/Users?count=0')).body
  const byNumber: string[] = []
  for (let at = 1; at <= totalResults; at += 7)
    for (const { id } of (await scim('GET', `/Users?startIndex=${at}&count=7`)).body.Resources)
      byNumber.push(id)
  const byCursor: string[] = []
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const page: Awaited<ReturnType<Scim>> = await scim(
      'GET',
      `/Users?count=7&cursor=${encodeURIComponent(cursor)}`,
    )
    for (const { id } of page.body.Resources) byCursor.push(id)
    cursor = page.body.nextCursor
  }
  assert.deepEqual([byNumber.length, new Set(byNumber).size], [totalResults, totalResults])
  assert.deepEqual(byCursor, byNumber)
  const filtered = await scim(
    'GET',
    '/Users?filter=userName sw "PAGE"&startIndex=20&count=10&attributes=userName',
  )
  assert.deepEqual([filtered.body.totalResults, filtered.body.Resources.length], [25, 6])
  assert.deepEqual(Object.keys(filtered.body.Resources[0]).sort(), ['id', 'schemas', 'userName'])
  assert.deepEqual(errorOf(await scim('GET', '/Users?cursor=other')), [400, 'invalidCursor'])
  const search = {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
    filter: 'userName eq "page01"',
    count: 5,
  }
  assert.equal((await scim('POST', '/Users/.search', search)).body.totalResults, 1)
})

test('a deactivated client is refused by every worker, also by those that did not deactivate it', {
  timeout,
}, async () => {
  const token = await scimToken(server, 'leaver')
  const own = scimWith(server.url, token)
  const { Resources } = (await scim('GET', '/Users?filter=userName eq "leaver"')).body
  await scim('PATCH', `/Users/${Resources[0].id}`, patch({ op: 'replace', path: 'active', value: false }))
  // Other workers learn of it within a second (docs/ends.md). Each request is a connection of its own.
  for (let refused = 0; refused < 9; ) {
    const { status } = await own('GET', '/Users?count=0', undefined, { connection: 'close' })
    refused = status === 401 ? refused + 1 : 0
    await wait(20)
  }
})
