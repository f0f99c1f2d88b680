// attacks.md 11: a subject token of what was revoked or removed since, against the running server.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { CreateOpenIDConnectProviderCommand, DeleteOpenIDConnectProviderCommand } from '@aws-sdk/client-iam'
import { signRequest } from '../../src/secure/sigv4/sign.ts'
import { audience, awsFault, claimsOf, type RoleServer, startRoleServer } from '../support/role-server.ts'
import { rootKey } from '../support/server.ts'
import { storeBeside } from '../support/store.ts'
import { until } from '../support/waiting.ts'

let server: RoleServer
before(async () => {
  server = await startRoleServer()
})
after(() => server?.stop())

const accessToken = 'urn:ietf:params:oauth:token-type:access_token'
const bearer = async () => {
  const { status, body } = await server.exchange({ subject_token: await server.token() })
  assert.equal(status, 200, JSON.stringify(body))
  return body['access_token'] ?? ''
}
const narrow = (token: string) =>
  server.exchange({
    subject_token: token,
    subject_token_type: accessToken,
    role_arn: undefined,
    role_session_name: undefined,
  })

test('11: a revoked session is exchanged for nothing (Casdoor CVE-2026-9097)', async () => {
  const token = await bearer()
  assert.equal((await narrow(token)).status, 200)
  const body = JSON.stringify({ scope: 'session', value: claimsOf(token)['jti'] })
  const url = `${server.server.url}/v1/revocations`
  const signed = signRequest({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json' },
    body,
    credentials: { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret },
    region: 'us-east-1',
    service: 'decision',
    now: Date.now() / 1000,
  })
  const revoked = await fetch(url, { method: 'POST', headers: signed, body })
  assert.equal(revoked.status, 200, await revoked.text())
  assert.equal((await narrow(token)).status, 400)
})

test('11: a deleted provider ends its tokens and the sessions made of them (Casdoor CVE-2026-9098)', async () => {
  const [outside, session] = [await server.token(), await bearer()]
  await server.iam.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: server.provider }))
  await assert.rejects(server.web(outside), awsFault('InvalidIdentityTokenException'))
  assert.equal((await server.exchange({ subject_token: outside })).status, 400)
  assert.equal((await server.jwtBearer({ assertion: outside })).body['error'], 'invalid_grant')
  assert.equal((await server.asClient({ client_assertion: outside })).body['error'], 'invalid_client')
  assert.equal((await narrow(session)).status, 400)
  await server.iam.send(
    new CreateOpenIDConnectProviderCommand({ Url: server.ci.url, ClientIDList: [audience] }),
  )
  assert.match((await server.web(await server.token())).accessKeyId, /^ASIA/)
})

test('11: a provider that another process disables is refused at every endpoint within about a second', async () => {
  const outside = await server.token()
  assert.match((await server.web(outside)).accessKeyId, /^ASIA/)
  await changeProvider({ disabled: true })
  const refused = async () => (await server.jwtBearer({ assertion: outside })).status === 400
  await until('the server has learned of the change', refused)
  assert.equal((await server.jwtBearer({ assertion: outside })).body['error'], 'invalid_grant')
  assert.equal((await server.asClient({ client_assertion: outside })).body['error'], 'invalid_client')
  assert.equal((await server.exchange({ subject_token: outside })).status, 400)
  await assert.rejects(server.web(outside), awsFault('InvalidIdentityTokenException'))
  await changeProvider({ disabled: false })
})

/** In the store's file, beside the running server. */
async function changeProvider(change: { readonly disabled: boolean }): Promise<void> {
  const store = await storeBeside(server.server)
  await store.update('identityProvider', server.provider, (old) => ({ ...old, ...change }))
}
