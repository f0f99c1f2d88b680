// attacks.md 12: the same check on both ways in, whichever parameters were sent or left out.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { awsFault, claimsOf, type RoleServer, startRoleServer } from '../support/role-server.ts'
import { entriesOf } from '../support/trail.ts'

let server: RoleServer
before(async () => {
  server = await startRoleServer()
})
after(() => server?.stop())

const type = (name: string) => `urn:ietf:params:oauth:token-type:${name}`

test('12: a subject the trust refuses is refused on both ways in, whatever type is claimed for it', async () => {
  const token = await server.token({ sub: 'repo:evil/app' })
  await assert.rejects(server.web(token), awsFault('AccessDenied'))
  for (const name of ['jwt', 'access_token', 'id_token']) {
    const { status, body } = await server.exchange({ subject_token: token, subject_token_type: type(name) })
    assert.equal(status, 400)
    assert.equal(body['access_token'], undefined)
  }
})

test('12: the JWT bearer grant decides as token exchange does', async () => {
  const evil = await server.token({ sub: 'repo:evil/app' })
  const refused = await server.jwtBearer({ assertion: evil })
  assert.deepEqual([refused.status, refused.body['error']], [400, 'invalid_grant'])
  const forOther = await server.token({ may_act: { sub: 'someone-else' } })
  assert.equal((await server.jwtBearer({ assertion: forOther })).status, 400)
  const own = await server.token({ may_act: { sub: 'workload' } })
  assert.equal((await server.jwtBearer({ assertion: own })).status, 200)
  const [bearer, exchanged] = [
    await server.jwtBearer({ assertion: await server.token() }),
    await server.exchange({ subject_token: await server.token() }),
  ]
  assert.equal(bearer.body['issued_token_type'], undefined)
  const [one, other] = [
    claimsOf(bearer.body['access_token'] ?? ''),
    claimsOf(exchanged.body['access_token'] ?? ''),
  ]
  for (const name of ['iss', 'sub', 'aud', 'acct', 'role', 'rsn', 'fed', 'act', 'pb', 'client_id'])
    assert.deepEqual(one[name], other[name])
  const reasons = (await entriesOf(server.server)).filter(({ reason }) => reason?.includes('repo:evil/app'))
  assert.match(reasons[0]?.reason ?? '', /with `repo:acme\/app`; it is `repo:evil\/app`/)
})

test('12: a parameter of one grant is ignored in a request of the other grant', async () => {
  const [good, evil] = [await server.token(), await server.token({ sub: 'repo:evil/app' })]
  assert.equal((await server.jwtBearer({ assertion: evil, subject_token: good })).status, 400)
  assert.equal((await server.exchange({ subject_token: evil, assertion: good })).status, 400)
  assert.equal((await server.jwtBearer({ subject_token: good })).status, 400)
})

test('12: an actor token is refused, never passed over (Keycloak #49993)', async () => {
  const form = { subject_token: await server.token(), actor_token: 'x.y.z', actor_token_type: type('jwt') }
  assert.equal((await server.exchange(form)).status, 400)
  assert.equal((await server.exchange({ ...form, actor_token_type: undefined })).status, 400)
})

test('12: a token that names its actor is for no one else, also when no actor is named in the request', async () => {
  const token = await server.token({ may_act: { sub: 'someone-else' } })
  assert.equal((await server.exchange({ subject_token: token })).status, 400)
})

test('12: a signed session token is no subject token and no bearer', async () => {
  const { sessionToken = '' } = await server.web(await server.token())
  assert.equal((await server.jwtBearer({ assertion: sessionToken })).status, 400)
  assert.equal((await server.asClient({ client_assertion: sessionToken })).status, 401)
  for (const name of ['jwt', 'access_token', 'id_token']) {
    const { status } = await server.exchange({ subject_token: sessionToken, subject_token_type: type(name) })
    assert.equal(status, 400)
  }
  const authorization = `Bearer ${sessionToken}`
  const userinfo = await fetch(`${server.server.url}/userinfo`, { headers: { authorization } })
  assert.equal(userinfo.status, 401)
})

test('12: both ways in give the same session', async () => {
  const { sessionToken = '' } = await server.web(await server.token())
  const { body } = await server.exchange({ subject_token: await server.token() })
  const [signed, bearer] = [claimsOf(sessionToken), claimsOf(body['access_token'] ?? '')]
  for (const name of ['iss', 'sub', 'acct', 'role', 'rsn', 'fed', 'act', 'pb'])
    assert.deepEqual(bearer[name], signed[name])
  assert.ok(signed['cnf'])
  assert.equal(bearer['cnf'], undefined)
})
