// Who calls the admin API with an access token of a role's session, what is recorded, and that other accounts are not seen.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { dpop, proofKey } from '../oidc/dpop.ts'
import { group, user } from '../store/sample.ts'
import { type RoleServer, startRoleServer } from '../support/role-server.ts'
import { storeBeside } from '../support/store.ts'
import { entriesOf } from '../support/trail.ts'
import { callAdmin } from './call.ts'

const timeout = 60_000
let roles: RoleServer
before(
  async () => {
    roles = await startRoleServer()
    const trust = { Principal: { Federated: roles.provider }, Action: 'sts:AssumeRoleWithWebIdentity' }
    const condition = { StringEquals: { [`${roles.ci.url.replace('http://', '')}:sub`]: 'repo:acme/app' } }
    const allowed = { Effect: 'Allow', Action: 'chancery:GetPerson', Resource: '*' }
    await roles.role('operator', { ...trust, Condition: condition }, allowed)
  },
  { timeout },
)
after(() => roles.stop())

const path = '/v1/admin/people/admin'

async function tokenFor(audience: string, proof?: Awaited<ReturnType<typeof proofKey>>): Promise<string> {
  const { url, accountId } = roles.server
  const form = {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    subject_token: await roles.token(),
    client_id: 'workload',
    role_arn: `arn:aws:iam::${accountId}:role/operator`,
    role_session_name: 'console',
    audience,
  }
  const headers: Record<string, string> = proof ? { dpop: await dpop(proof, 'POST', `${url}/token`) } : {}
  const answer = await fetch(`${url}/token`, { method: 'POST', body: new URLSearchParams(form), headers })
  const body = (await answer.json()) as { access_token?: string }
  assert.ok(body.access_token, JSON.stringify(body))
  return body.access_token
}

const get = async (headers: Record<string, string>): Promise<number> =>
  (await fetch(roles.server.url + path, { headers })).status

test('an access token of a role whose audience is the issuer, and no other, is accepted', {
  timeout,
}, async () => {
  const token = await tokenFor(roles.server.url)
  assert.equal(await get({ authorization: `Bearer ${token}` }), 200)
  const list = await fetch(`${roles.server.url}/v1/admin/people`, {
    headers: { authorization: `Bearer ${token}` },
  })
  assert.equal(list.status, 403)
  assert.match(
    ((await list.json()) as { detail: string }).detail,
    /assumed-role\/operator\/console is not authorized/,
  )
  const other = await tokenFor('https://docs.example')
  assert.equal(await get({ authorization: `Bearer ${other}` }), 401)
  assert.equal(await get({ authorization: `DPoP ${token}` }), 401)
  assert.equal(await get({ authorization: `Bearer ${token}x` }), 401)
})

test('a token that is bound to a key needs a proof of this request, each good once', {
  timeout,
}, async () => {
  const key = await proofKey()
  const token = await tokenFor(roles.server.url, key)
  const url = roles.server.url + path
  const proof = await dpop(key, 'GET', url, token)
  const authorization = `DPoP ${token}`
  assert.equal(await get({ authorization: `Bearer ${token}` }), 401)
  assert.equal(await get({ authorization }), 401)
  assert.equal(await get({ authorization, dpop: await dpop(key, 'POST', url, token) }), 401)
  assert.equal(await get({ authorization, dpop: await dpop(await proofKey(), 'GET', url, token) }), 401)
  assert.equal(await get({ authorization, dpop: proof }), 200)
  assert.equal(await get({ authorization, dpop: proof }), 401)
})

test('a change is on record with what there was before and after, without secrets', { timeout }, async () => {
  const { url } = roles.server
  const password = 'a password that nobody reads 1!A'
  const post = (to: string, body: object) => callAdmin(url, { method: 'POST', path: to, body })
  assert.equal((await post('/people', { name: 'nora', password })).status, 201)
  await callAdmin(url, { method: 'PATCH', path: '/people/nora', body: { displayName: 'Nora' } })
  await post('/people/nora/disable', {})
  const { body: link } = await post('/people', { name: 'otto' }).then(() =>
    post('/people/otto/sign-in-link', {}),
  )
  const entries = await entriesOf(roles.server)
  const entry = (action: string) => entries.find((one) => one.action === `chancery:${action}`)
  const details = (action: string) =>
    entry(action)?.details as Record<string, Record<string, unknown>> | undefined
  assert.equal(entry('UpdatePerson')?.resource, 'arn:aws:iam::123456789012:user/nora')
  assert.equal(details('UpdatePerson')?.['before']?.['displayName'], undefined)
  assert.equal(details('UpdatePerson')?.['after']?.['displayName'], 'Nora')
  assert.equal(details('DisablePerson')?.['before']?.['state'], 'enabled')
  assert.equal(details('DisablePerson')?.['after']?.['state'], 'disabled')
  assert.equal(entry('CreateSignInLink')?.outcome, 'done')
  const text = JSON.stringify(entries)
  assert.ok(!text.includes(password))
  assert.ok(!text.includes(new URL(link.url).searchParams.get('token') ?? '-'))
})

test('people and groups of another account are neither found nor listed nor changed', {
  timeout,
}, async () => {
  const store = await storeBeside(roles.server)
  const accountId = '222222222222'
  const theirs = { accountId, name: 'mallory', email: 'mallory@example.com' }
  await store.create('user', user('AIDAFOREIGN0000000001', theirs))
  await store.create('group', group('AGPAFOREIGN0000000001', { accountId, name: 'theirs' }))
  const { url } = roles.server
  for (const name of ['mallory', 'AIDAFOREIGN0000000001']) {
    assert.equal((await callAdmin(url, { path: `/people/${name}` })).status, 404)
    assert.equal((await callAdmin(url, { method: 'DELETE', path: `/people/${name}` })).status, 404)
  }
  for (const name of ['theirs', 'AGPAFOREIGN0000000001'])
    assert.equal((await callAdmin(url, { path: `/groups/${name}` })).status, 404)
  for (const list of ['/people?search=mall', '/groups?search=the'])
    assert.deepEqual((await callAdmin(url, { path: list })).body.items, [])
  const joined = await callAdmin(url, {
    method: 'PATCH',
    path: '/people/admin',
    body: { groups: ['AGPAFOREIGN0000000001'] },
  })
  assert.equal(joined.status, 400)
  assert.equal((await store.get('user', 'AIDAFOREIGN0000000001'))?.name, 'mallory')
})
