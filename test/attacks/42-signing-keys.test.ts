// attacks.md 42: a service that may do everything still gets no signing key of this server's own services.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { signRequest } from '../../src/secure/sigv4/sign.ts'
import { basicDate } from '../../src/secure/sigv4/signature.ts'
import { accountId, type Running, rootKey, startServer } from '../support/server.ts'

let server: Running
const credentials = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
let token = ''
before(async () => {
  server = await startServer()
  const client = { endpoint: server.url, region: 'us-east-1', credentials }
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: accountId }, Action: 'sts:AssumeRole' }],
  }
  const created = await new IAMClient(client).send(
    new CreateRoleCommand({ RoleName: 'SigningKeys', AssumeRolePolicyDocument: JSON.stringify(trust) }),
  )
  const assumed = await new STSClient(client).send(
    new AssumeRoleCommand({ RoleArn: created.Role?.Arn ?? '', RoleSessionName: 'job' }),
  )
  token = assumed.Credentials?.SessionToken ?? ''
})
after(() => server?.stop())

/** Asked by the account root, whom no policy limits. */
async function askFor(service: string): Promise<Response> {
  const now = Date.now() / 1000
  const url = `${server.url}/v1/signing-key`
  const body = JSON.stringify({ token, date: basicDate(now).slice(0, 8), region: 'us-east-1', service })
  const signing = { method: 'POST', url, body, credentials, region: 'us-east-1', service: 'decision', now }
  const headers = signRequest({ ...signing, headers: { 'content-type': 'application/json' } })
  return fetch(url, { method: 'POST', headers, body })
}

test('42: signing keys for sts, iam and decision are never given out', {
  timeout: 60_000,
}, async () => {
  assert.equal((await askFor('docs')).status, 200)
  for (const service of ['sts', 'iam', 'decision']) {
    const response = await askFor(service)
    assert.equal(response.status, 403, service)
    assert.doesNotMatch(await response.text(), /[0-9a-f]{64}/)
  }
})
