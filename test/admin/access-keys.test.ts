// The access keys of a person with age and last use, in the admin API and on the command line.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as sdk from '@aws-sdk/client-iam'
import { type Running, startServer } from '../support/server.ts'
import { found } from '../support/waiting.ts'
import { callAdmin, iamOf } from './call.ts'

const timeout = 60_000
let server: Running
let iam: sdk.IAMClient
before(
  async () => {
    server = await startServer()
    iam = iamOf(server)
    await iam.send(new sdk.CreateUserCommand({ UserName: 'ada' }))
  },
  { timeout },
)
after(async () => {
  iam?.destroy()
  await server?.stop()
})

const keysOf = (name: string, query = '') =>
  callAdmin(server.url, { path: `/people/${name}/access-keys${query}` })
const newKey = async () => {
  const { AccessKey } = await iam.send(new sdk.CreateAccessKeyCommand({ UserName: 'ada' }))
  return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' }
}

test('keys are listed with age and last use, and never with their secret', { timeout }, async () => {
  assert.deepEqual((await keysOf('ada')).body.items, [])
  const [first, second] = [await newKey(), await newKey()]
  await iam.send(
    new sdk.UpdateAccessKeyCommand({
      UserName: 'ada',
      AccessKeyId: second.accessKeyId,
      Status: 'Inactive',
    }),
  )
  const unused = (await keysOf('ada')).body
  const expected = [
    [first.accessKeyId, 'active', 0, undefined],
    [second.accessKeyId, 'inactive', 0, undefined],
  ]
  const shown = unused.items.map((key: Record<string, unknown>) => [
    key['id'],
    key['status'],
    key['ageDays'],
    key['lastUsedAt'],
  ])
  assert.deepEqual(shown.toSorted(), expected.toSorted())
  for (const { secretAccessKey } of [first, second])
    assert.ok(!JSON.stringify(unused).includes(secretAccessKey))

  const ada = new sdk.IAMClient({
    endpoint: server.url,
    region: 'eu-north-1',
    credentials: first,
    maxAttempts: 1,
  })
  await assert.rejects(ada.send(new sdk.ListUsersCommand({})), { name: 'AccessDenied' })
  ada.destroy()
  // The use is recorded after the answer.
  const used = await found('the use is recorded', async () =>
    (await keysOf('ada')).body.items.find(
      (key: { id: string; lastUsedAt?: string }) =>
        key.id === first.accessKeyId && key.lastUsedAt !== undefined,
    ),
  )
  assert.deepEqual([used.lastUsedService, used.lastUsedRegion], ['iam', 'eu-north-1'])
  assert.ok(Date.parse(used.lastUsedAt) >= Date.parse(used.createdAt))
})

test('keys are listed in pages, and of nobody there are none', { timeout }, async () => {
  const page = (await keysOf('ada', '?limit=1')).body
  assert.equal(page.items.length, 1)
  const next = (await keysOf('ada', `?limit=1&cursor=${encodeURIComponent(page.cursor)}`)).body
  assert.equal(next.items.length, 1)
  assert.notEqual(next.items[0].id, page.items[0].id)
  assert.equal((await keysOf('nobody')).status, 404)
})
