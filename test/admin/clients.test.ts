// Clients at run time in the admin API, and what their changes mean for sign-ins and tokens, on a real server.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { IAMClient } from '@aws-sdk/client-iam'
import {
  AddUserToGroupCommand,
  CreateGroupCommand,
  DeleteGroupCommand,
  PutUserPolicyCommand,
  RemoveUserFromGroupCommand,
  UpdateGroupCommand,
} from '@aws-sdk/client-iam'
import { runCommandHere } from '../support/command-line.ts'
import { headingOf, type Seen } from '../support/form-browser.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'
import { storeBeside, storeEnv } from '../support/store.ts'
import { until } from '../support/waiting.ts'
import { type Answer, callAdmin, iamOf, userWith } from './call.ts'

const config = `clients:
  - client_id: from-file
    client_secret: a-secret-of-the-file
    redirect_uris: [https://file.example/cb]
registration: {}
`
let server: Running
let iam: IAMClient
let person: Enrolled
before(
  async () => {
    server = await startServer({ config })
    iam = iamOf(server)
    person = await enrol(server)
  },
  { timeout: 60_000 },
)
after(async () => {
  iam.destroy()
  await server.stop()
})

const timeout = 60_000
const post = (path: string, body?: object): Promise<Answer> =>
  callAdmin(server.url, { method: 'POST', path, ...(body && { body }) })
const get = (path: string): Promise<Answer> => callAdmin(server.url, { path })
const change = (id: string, body: object, headers = {}): Promise<Answer> =>
  callAdmin(server.url, { method: 'PATCH', path: `/clients/${id}`, body, headers })
const remove = (path: string): Promise<Answer> => callAdmin(server.url, { method: 'DELETE', path })

/** The error of a request for a token of its own; undefined when there was one. */
async function clientCredentials(id: string, secret: string): Promise<string | undefined> {
  const response = await fetch(`${server.url}/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${id}:${encodeURIComponent(secret)}`).toString('base64')}`,
    },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  })
  const body = (await response.json()) as { error?: string; access_token?: string }
  assert.equal(body.error === undefined, body.access_token !== undefined, JSON.stringify(body))
  return body.error
}

test('clients are created, listed, changed and deleted; a secret is shown once', { timeout }, async () => {
  const made = await post('/clients', {
    client_id: 'reports',
    client_name: 'Reports',
    grant_types: ['client_credentials'],
  })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const { secret } = made.body
  assert.equal(await clientCredentials('reports', secret.value), undefined)
  assert.equal(await clientCredentials('reports', 'another secret'), 'invalid_client')
  const shown = await get('/clients/reports')
  assert.equal(JSON.stringify(shown.body).includes(secret.value), false)
  assert.deepEqual(
    [shown.body.source, shown.body.state, shown.body.name, shown.body.secrets[0].id],
    ['stored', 'enabled', 'Reports', secret.id],
  )
  assert.match(shown.body.secrets[0].lastUsed, /^20/)
  const changed = await change(
    'reports',
    { client_name: null, contacts: ['ops@example.com'] },
    { 'if-match': shown.headers.get('etag') ?? '' },
  )
  assert.deepEqual(
    [changed.status, changed.body.name, changed.body.metadata.contacts],
    [200, undefined, ['ops@example.com']],
  )
  const stale = await change('reports', { client_name: 'X' }, { 'if-match': shown.headers.get('etag') ?? '' })
  assert.equal(stale.status, 412)
  const again = await post('/clients', { client_id: 'reports', grant_types: ['client_credentials'] })
  assert.equal(again.status, 409)
  assert.equal((await remove('/clients/reports')).status, 204)
  assert.equal(await clientCredentials('reports', secret.value), 'invalid_client')
  assert.equal((await get('/clients/reports')).status, 404)
})

test('a secret is rotated without a break', { timeout }, async () => {
  const made = await post('/clients', { client_id: 'rotating', grant_types: ['client_credentials'] })
  const first = made.body.secret
  const second = (await post('/clients/rotating/secrets')).body
  assert.notEqual(first.value, second.value)
  assert.equal((await post('/clients/rotating/secrets')).status, 409)
  for (const { value } of [first, second]) assert.equal(await clientCredentials('rotating', value), undefined)
  const left = await remove(`/clients/rotating/secrets/${first.id}`)
  assert.deepEqual(
    left.body.secrets.map(({ id }: { id: string }) => id),
    [second.id],
  )
  assert.equal(await clientCredentials('rotating', first.value), 'invalid_client')
  assert.equal(await clientCredentials('rotating', second.value), undefined)
  assert.equal((await remove(`/clients/rotating/secrets/${first.id}`)).status, 404)
  assert.equal((await remove(`/clients/rotating/secrets/${second.id}`)).body.code, 'unmodifiable')
})

test('disabling refuses a client at once, and enabling gives it back', { timeout }, async () => {
  const made = await post('/clients', { client_id: 'paused', grant_types: ['client_credentials'] })
  const { value } = made.body.secret
  assert.equal((await post('/clients/paused/disable')).body.state, 'disabled')
  assert.equal(await clientCredentials('paused', value), 'invalid_client')
  assert.deepEqual(
    (await get('/clients?state=disabled')).body.items.map(({ clientId }: { clientId: string }) => clientId),
    ['paused'],
  )
  assert.equal((await post('/clients/paused/enable')).body.state, 'enabled')
  assert.equal(await clientCredentials('paused', value), undefined)
})

test('clients of the configuration file are listed and read-only, without their secrets', {
  timeout,
}, async () => {
  const { body } = await get('/clients/from-file')
  assert.deepEqual([body.source, body.metadata.redirect_uris], ['file', ['https://file.example/cb']])
  assert.equal(JSON.stringify(body).includes('a-secret-of-the-file'), false)
  for (const refused of [
    await change('from-file', { client_name: 'X' }),
    await post('/clients/from-file/disable'),
    await post('/clients/from-file/secrets'),
    await remove('/clients/from-file'),
  ])
    assert.equal(refused.body.code, 'unmodifiable', JSON.stringify(refused.body))
  for (const id of ['from-file', 'workload'])
    assert.equal((await post('/clients', { client_id: id, grant_types: ['client_credentials'] })).status, 409)
})

describe('a stored client meets every check of the configuration file', { timeout }, () => {
  const wrong: readonly (readonly [field: string, body: object])[] = [
    ['redirect_uris.0', { redirect_uris: ['http://elsewhere.example/cb'] }],
    ['redirect_uris.0', { redirect_uris: ['https://user@a.example/cb'] }],
    ['redirect_uris', { grant_types: ['authorization_code'] }],
    ['grant_types', { grant_types: ['client_credentials'], token_endpoint_auth_method: 'none' }],
    ['grant_types.0', { grant_types: ['password'] }],
    ['access_groups', { redirect_uris: ['https://a.example/cb'], access: 'groups' }],
    ['access_groups', { redirect_uris: ['https://a.example/cb'], access_groups: ['x'] }],
    ['jwks', { redirect_uris: ['https://a.example/cb'], token_endpoint_auth_method: 'private_key_jwt' }],
    ['client', { redirect_uris: ['https://a.example/cb'], jwks: { keys: [{ kty: 'oct', k: 'AA' }] } }],
    ['profile', { redirect_uris: ['https://a.example/cb'], profile: 'fapi9' }],
    ['client_secret', { redirect_uris: ['https://a.example/cb'], client_secret: 'my own secret' }],
    ['client_id', { client_id: 'a b', redirect_uris: ['https://a.example/cb'] }],
    ['resources.0', { redirect_uris: ['https://a.example/cb'], resources: [7] }],
    ['claims.sub', { redirect_uris: ['https://a.example/cb'], claims: { sub: 'name' } }],
  ]
  for (const [field, body] of wrong)
    test(`${field} of ${JSON.stringify(body).slice(0, 60)}`, async () => {
      const answer = await post('/clients', body)
      assert.equal(answer.status, 400, JSON.stringify(answer.body))
      const fields = answer.body.errors.map((one: { field: string }) => one.field)
      assert.ok(fields.includes(field), fields.join(' '))
    })

  test('a change that would break the client is refused, and nothing changes', async () => {
    await post('/clients', { client_id: 'whole', redirect_uris: ['https://a.example/cb'] })
    assert.equal((await change('whole', { redirect_uris: ['http://a.example/cb'] })).status, 400)
    assert.deepEqual((await get('/clients/whole')).body.metadata.redirect_uris, ['https://a.example/cb'])
  })
})

const textOf = ({ text }: Seen): string => text.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ')

/** Where an authorization request of the signed-in person leads: a page here, or the application. */
async function signInTo(clientId: string, more = '') {
  const query = `client_id=${clientId}&response_type=code&scope=openid&redirect_uri=https://a.example/cb`
  return person.browser.open(`/authorize?${query}${more}`)
}

test('who may use a client: members of a group; others get a page, the application access_denied', {
  timeout,
}, async () => {
  await iam.send(new CreateGroupCommand({ GroupName: 'Readers' }))
  const app = { redirect_uris: ['https://a.example/cb'], first_party: true, client_name: 'Library' }
  const made = await post('/clients', {
    ...app,
    client_id: 'grouped',
    access: 'groups',
    access_groups: ['readers'],
  })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const page = await signInTo('grouped')
  assert.deepEqual([page.status, headingOf(page)], [403, 'You do not have access to Library'])
  const back = await person.browser.submit(page, {}, '/refuse')
  assert.match(back.location ?? '', /^https:\/\/a\.example\/cb\?error=access_denied/)
  assert.match((await signInTo('grouped', '&prompt=none')).location ?? '', /error=access_denied/)
  const another = await person.browser.submit(await signInTo('grouped'), {}, '/another')
  assert.match(another.text, /name="username"/)

  await iam.send(new AddUserToGroupCommand({ GroupName: 'Readers', UserName: 'admin' }))
  const signedIn = new URL((await signInTo('grouped')).location ?? '')
  assert.ok(signedIn.searchParams.has('code'), signedIn.href)
  const tokens = await redeem('grouped', made.body.secret.value, {
    grant_type: 'authorization_code',
    code: signedIn.searchParams.get('code') ?? '',
    redirect_uri: 'https://a.example/cb',
  })
  assert.ok(tokens.refresh_token, JSON.stringify(tokens))
  await iam.send(new RemoveUserFromGroupCommand({ GroupName: 'Readers', UserName: 'admin' }))
  const refreshed = await redeem('grouped', made.body.secret.value, {
    grant_type: 'refresh_token',
    refresh_token: tokens.refresh_token ?? '',
  })
  assert.equal(refreshed.error, 'invalid_grant')
})

test('groups that may use a client exist when they are named, and are left out when they end', {
  timeout,
}, async () => {
  const app = { client_id: 'named', redirect_uris: ['https://a.example/cb'] }
  const faultsOf = ({ status, body }: Awaited<ReturnType<typeof post>>) => {
    assert.equal(status, 400, JSON.stringify(body))
    return body.errors.map((one: { field: string; message: string }) => `${one.field} ${one.message}`)
  }
  const none = (name: string) => `must name groups that exist: there is no group \`${name}\` in this account`
  const limited = { access: 'groups', access_groups: ['nowhere'] }
  assert.deepEqual(faultsOf(await post('/clients', { ...app, ...limited })), [
    `access_groups ${none('nowhere')}`,
  ])
  assert.equal((await get('/clients/named')).status, 404)
  await iam.send(new CreateGroupCommand({ GroupName: 'Passing' }))
  const made = await post('/clients', { ...app, access: 'groups', access_groups: ['passing'] })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  await iam.send(new DeleteGroupCommand({ GroupName: 'Passing' }))
  const { access, metadata } = (await get('/clients/named')).body
  assert.deepEqual([access, metadata.access_groups], ['groups', []])
  assert.match(textOf(await person.browser.open('/console/apps/named')), /Members of groups: None/)
  assert.deepEqual(faultsOf(await change('named', { access_groups: ['Passing'] })), [
    `access_groups ${none('Passing')}`,
  ])
  assert.equal((await change('named', { client_name: 'Named' })).status, 200)
})

const groupIdOf = async (name: string): Promise<string> => (await get(`/groups/${name}`)).body.id

async function storedGroups(clientId: string): Promise<unknown> {
  const record = await (await storeBeside(server)).get('client', clientId)
  return JSON.parse(record?.entry ?? '{}').access_groups
}

/** As earlier versions stored it. */
async function storeGroupNames(clientId: string, names: readonly string[]): Promise<void> {
  const store = await storeBeside(server)
  await store.update('client', clientId, (old) => ({
    ...old,
    entry: JSON.stringify({ ...JSON.parse(old.entry), access: 'groups', access_groups: names }),
  }))
}

test('a group that is renamed keeps its access, and is shown by its new name', { timeout }, async () => {
  await iam.send(new CreateGroupCommand({ GroupName: 'before' }))
  await iam.send(new AddUserToGroupCommand({ GroupName: 'before', UserName: 'admin' }))
  const app = { redirect_uris: ['https://a.example/cb'], first_party: true, client_name: 'Moved' }
  const limited = { access: 'groups', access_groups: ['before', 'Before'] }
  const made = await post('/clients', { ...app, ...limited, client_id: 'renaming' })
  assert.deepEqual(made.body.metadata.access_groups, ['before'])
  assert.deepEqual(await storedGroups('renaming'), [`id:${await groupIdOf('before')}`])
  await iam.send(new UpdateGroupCommand({ GroupName: 'before', NewGroupName: 'after' }))
  assert.match((await signInTo('renaming')).location ?? '', /[?&]code=/)
  assert.deepEqual((await get('/clients/renaming')).body.metadata.access_groups, ['after'])
  const page = await person.browser.open('/console/apps/renaming')
  assert.match(textOf(page), /Members of groups: after/)
  assert.match(page.text, /href="\/console\/groups\/after"/)
  assert.match((await person.browser.open('/console/apps/renaming/edit')).text, /value="after"/)
  // A group that has its old name since gets nothing.
  await iam.send(new RemoveUserFromGroupCommand({ GroupName: 'after', UserName: 'admin' }))
  await iam.send(new CreateGroupCommand({ GroupName: 'before' }))
  await iam.send(new AddUserToGroupCommand({ GroupName: 'before', UserName: 'admin' }))
  assert.equal((await signInTo('renaming')).status, 403)
})

test('names of groups that an older process stores let nobody in, and a change of the client removes them', {
  timeout,
}, async () => {
  await iam.send(new CreateGroupCommand({ GroupName: 'Old' }))
  await iam.send(new AddUserToGroupCommand({ GroupName: 'Old', UserName: 'admin' }))
  const app = { redirect_uris: ['https://a.example/cb'], first_party: true, client_name: 'Aged' }
  await post('/clients', { ...app, client_id: 'aged' })
  assert.match((await signInTo('aged')).location ?? '', /[?&]code=/)
  await storeGroupNames('aged', ['old', await groupIdOf('Old')])
  await until('the stored names arrived', async () => (await signInTo('aged')).status === 403)
  assert.deepEqual((await get('/clients/aged')).body.metadata.access_groups, [])
  assert.equal((await change('aged', { client_name: 'Aged well' })).status, 200)
  assert.deepEqual(await storedGroups('aged'), ['id:'])
  assert.equal((await signInTo('aged')).status, 403)
  assert.equal((await change('aged', { access_groups: ['old'] })).status, 200)
  assert.deepEqual(await storedGroups('aged'), [`id:${await groupIdOf('Old')}`])
  assert.match((await signInTo('aged')).location ?? '', /[?&]code=/)
})

async function redeem(id: string, secret: string, form: Readonly<Record<string, string>>) {
  const response = await fetch(`${server.url}/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${id}:${encodeURIComponent(secret)}`).toString('base64')}`,
    },
    body: new URLSearchParams(form),
  })
  return (await response.json()) as { error?: string; refresh_token?: string }
}

test('who may use a client: whom a policy allows oidc:SignIn on its ARN', { timeout }, async () => {
  const app = { redirect_uris: ['https://a.example/cb'], first_party: true }
  const made = await post('/clients', { ...app, client_id: 'by-policy', access: 'policy' })
  const allowed = new URL((await signInTo('by-policy')).location ?? '')
  assert.ok(allowed.searchParams.has('code'), 'the administrator is allowed everything')
  const deny = { Effect: 'Deny', Action: 'oidc:SignIn', Resource: made.body.arn }
  await iam.send(
    new PutUserPolicyCommand({
      UserName: 'admin',
      PolicyName: 'no-app',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [deny] }),
    }),
  )
  assert.equal((await signInTo('by-policy')).status, 403)
})

/** Registers a client as a program does (RFC 7591), with a token of `chancery registration-token`. */
async function register(
  body: object,
): Promise<{ readonly client_id: string; readonly client_secret: string }> {
  const { out } = await runCommandHere(['registration-token'], {
    directory: server.dir,
    env: {
      ...(await storeEnv(server.dir)),
      CHANCERY_CONFIG: 'config.yaml',
      CHANCERY_ISSUER: server.url,
    },
  })
  const response = await fetch(`${server.url}/register`, {
    method: 'POST',
    headers: { authorization: `Bearer ${out.trim()}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  assert.equal(response.status, 201, await response.clone().text())
  return (await response.json()) as { client_id: string; client_secret: string }
}

test('a client that registered itself is listed, restricted, disabled and deleted, not changed', {
  timeout,
}, async () => {
  const { client_id: id, client_secret: secret } = await register({
    client_name: 'Its own',
    redirect_uris: ['https://a.example/cb'],
  })
  const listed = await get('/clients?source=registered')
  assert.deepEqual(
    listed.body.items.map((one: { clientId: string; name: string }) => [one.clientId, one.name]),
    [[id, 'Its own']],
  )
  assert.equal(JSON.stringify(listed.body).includes(secret), false)
  const changed = await change(id, { client_name: 'Mine' })
  assert.deepEqual([changed.status, changed.body.errors[0].field], [400, 'client_name'])
  assert.equal((await post(`/clients/${id}/secrets`)).body.code, 'unmodifiable')
  assert.equal((await change(id, { access: 'groups' })).status, 400)
  await iam.send(new CreateGroupCommand({ GroupName: 'nobody' }))
  const restricted = await change(id, { access: 'groups', access_groups: ['nobody'] })
  assert.equal(restricted.body.access, 'groups', JSON.stringify(restricted.body))
  assert.equal((await signInTo(id)).status, 403)
  assert.equal((await change(id, { access: null, access_groups: null })).body.access, 'everyone')
  assert.equal((await post(`/clients/${id}/disable`)).body.state, 'disabled')
  const gone = await signInTo(id)
  assert.deepEqual([gone.status, gone.location], [400, undefined])
  assert.equal((await remove(`/clients/${id}`)).status, 204)
  assert.equal((await get(`/clients/${id}`)).status, 404)
})

test('permission is by client, and other people find nothing', { timeout }, async () => {
  await post('/clients', { client_id: 'mine', grant_types: ['client_credentials'] })
  const owner = await userWith(iam, 'owner', {
    Effect: 'Allow',
    Action: 'chancery:*',
    Resource: 'arn:aws:oidc::123456789012:client/mine',
  })
  const as = (path: string) => callAdmin(server.url, { path, credentials: owner })
  assert.equal((await as('/clients/mine')).status, 200)
  assert.equal((await as('/clients/from-file')).status, 403)
  assert.equal((await as('/clients/no-such-client')).status, 403)
})
