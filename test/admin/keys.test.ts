// The keys of the server in the admin API: what is listed, and that a rotation ends exactly what it says.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { CreateRoleCommand, type IAMClient } from '@aws-sdk/client-iam'
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { accountId, type Running, startServer } from '../support/server.ts'
import { entriesOf } from '../support/trail.ts'
import { until } from '../support/waiting.ts'
import { callAdmin, iamOf, userWith } from './call.ts'

let server: Running
let iam: IAMClient
before(
  async () => {
    server = await startServer()
    iam = iamOf(server)
  },
  { timeout: 60_000 },
)
after(async () => {
  iam.destroy()
  await server.stop()
})

const timeout = 60_000
const rotate = (body: object) => callAdmin(server.url, { method: 'POST', path: '/keys/rotate', body })
const list = async (query = '') => (await callAdmin(server.url, { path: `/keys${query}` })).body.items
const publishedIds = async (): Promise<readonly string[]> => {
  const { keys } = (await (await fetch(`${server.url}/jwks`)).json()) as { keys: { kid: string }[] }
  return keys.map(({ kid }) => kid).toSorted()
}

test('the list has each key with its state and no private part, and is what /jwks publishes', {
  timeout,
}, async () => {
  const all = await list()
  for (const use of ['token', 'session-secret', 'ticket', 'cookie', 'audit']) {
    const states = all
      .filter((one: { use: string }) => one.use === use)
      .map((one: { state: string }) => one.state)
    assert.deepEqual(new Set(states), new Set(['current', 'next']), use)
  }
  const members = new Set(all.flatMap((one: object) => Object.keys(one)))
  assert.deepEqual(members, new Set(['id', 'use', 'algorithm', 'state', 'createdAt', 'activeAt', 'age']))
  const tokens = await list('?use=token')
  assert.deepEqual(tokens.map(({ id }: { id: string }) => id).toSorted(), await publishedIds())
  const first = await callAdmin(server.url, { path: '/keys?limit=3' })
  const second = await callAdmin(server.url, { path: `/keys?limit=200&cursor=${first.body.cursor}` })
  assert.deepEqual([...first.body.items, ...second.body.items], all)
})

test('an early rotation waits until the next key is known everywhere', { timeout }, async () => {
  const { status, body } = await rotate({})
  assert.equal(status, 409, JSON.stringify(body))
  assert.match(body.detail, /published too recently: it can sign from \d{4}-\d\d-\d\dT[\d:.]+Z on/)
})

test('replacing keys says what ends, changes nothing as a dry run, and ends it', { timeout }, async () => {
  const trust = { Effect: 'Allow', Principal: { AWS: accountId }, Action: 'sts:AssumeRole' }
  await iam.send(
    new CreateRoleCommand({
      RoleName: 'deploy',
      AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: trust }),
    }),
  )
  const options = { endpoint: server.url, region: 'us-east-1', maxAttempts: 1 }
  const { accessKeyId, secretAccessKey } = await userWith(iam, 'ci', {
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Resource: '*',
  })
  const sts = new STSClient({ ...options, credentials: { accessKeyId, secretAccessKey } })
  const assume = async () => {
    const RoleArn = `arn:aws:iam::${accountId}:role/deploy`
    const { Credentials: made } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'one' }))
    const sessionCredentials = {
      accessKeyId: made?.AccessKeyId ?? '',
      secretAccessKey: made?.SecretAccessKey ?? '',
      sessionToken: made?.SessionToken ?? '',
    }
    return new STSClient({ ...options, credentials: sessionCredentials })
  }
  const session = await assume()
  const before = await publishedIds()
  const dry = await rotate({ now: true, dryRun: true })
  assert.deepEqual([dry.status, dry.body.dryRun, dry.body.endedKeys.toSorted()], [200, true, before])
  assert.match(dry.body.ends, /role session/)
  assert.deepEqual(await publishedIds(), before)
  await session.send(new GetCallerIdentityCommand())

  const { body } = await rotate({ now: true })
  assert.deepEqual(body.endedKeys.toSorted(), before)
  // The OpenID Connect library compares its keys with the ring once a second.
  let published = await publishedIds()
  await until('the ended keys are no longer published', async () => {
    published = await publishedIds()
    return !published.some((kid) => before.includes(kid))
  })
  assert.ok(published.every((kid) => !before.includes(kid)))
  assert.ok(body.signingKeys.length > 0 && body.signingKeys.every((kid: string) => published.includes(kid)))
  await assert.rejects(session.send(new GetCallerIdentityCommand()), { name: 'InvalidClientTokenId' })
  const next = await assume()
  await next.send(new GetCallerIdentityCommand())
  for (const one of [sts, session, next]) one.destroy()

  const entry = (await entriesOf(server)).find(
    ({ action, details }) => action === 'chancery:RotateKeys' && details?.['after'] !== undefined,
  )
  assert.deepEqual(entry?.details?.['after'], { endedKeys: body.endedKeys, signingKeys: body.signingKeys })
})

test('audit keys are never replaced', { timeout }, async () => {
  const { status, body } = await rotate({ use: 'audit', now: true })
  assert.deepEqual([status, body.code], [400, 'validation'])
})

test('keys are those of the whole server: other accounts find none', { timeout }, async () => {
  const reader = await userWith(iam, 'reader', {
    Effect: 'Allow',
    Action: 'chancery:ListKeys',
    Resource: '*',
  })
  assert.equal((await callAdmin(server.url, { path: '/keys', credentials: reader })).status, 200)
  const denied = await callAdmin(server.url, {
    method: 'POST',
    path: '/keys/rotate',
    body: { now: true },
    credentials: reader,
  })
  assert.equal(denied.status, 403)
})
