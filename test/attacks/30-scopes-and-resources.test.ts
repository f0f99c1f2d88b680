// attacks.md 30: an outside token gives no scope and no resource that nobody granted, against the running server.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { claimsOf, type Form, policy, type RoleServer, startRoleServer } from '../support/role-server.ts'

const files = 'https://files.example'
const vault = 'https://vault.example'
const exchangeGrants =
  '["urn:ietf:params:oauth:grant-type:token-exchange", "urn:ietf:params:oauth:grant-type:jwt-bearer"]'
const config = `
clients:
  - client_id: limited
    client_secret: a-secret-of-some-length
    token_endpoint_auth_method: client_secret_post
    grant_types: ${exchangeGrants}
    resources: ['${files}']
resources:
  - { id: '${files}', scopes: [read, write] }
  - { id: '${vault}', scopes: [read] }
`

let server: RoleServer
before(
  async () => {
    server = await startRoleServer({ config })
    const PolicyDocument = policy({
      Effect: 'Allow',
      Action: 'oauth:GrantScope',
      Resource: [`${files}/read`, `${vault}/read`, 'docs/read'],
    })
    await server.iam.send(
      new PutRolePolicyCommand({ RoleName: 'deploy', PolicyName: 'scopes', PolicyDocument }),
    )
  },
  { timeout: 60_000 },
)
after(() => server?.stop())

const limited = { client_id: 'limited', client_secret: 'a-secret-of-some-length' }
const onlyWrite = policy({ Effect: 'Allow', Action: 'oauth:GrantScope', Resource: `${files}/write` })

interface Case {
  readonly what: string
  readonly form: Form
  /** What the token says, or the OAuth error. */
  readonly want: readonly [aud: string, scope: string | undefined] | string
}
// biome-ignore format: a table
const cases: readonly Case[] = [
  { what: 'a granted scope of a resource', form: { resource: files, scope: 'read' }, want: [files, 'read'] },
  { what: 'every scope of an API', form: { resource: files, scope: 'read write admin' }, want: 'invalid_scope' },
  { what: 'a scope that no policy grants', form: { resource: files, scope: 'write' }, want: 'invalid_scope' },
  { what: 'the same by `audience`', form: { audience: files, scope: 'write' }, want: 'invalid_scope' },
  { what: 'a resource without any scope', form: { resource: files }, want: 'invalid_target' },
  { what: 'the same by `audience`', form: { audience: files }, want: 'invalid_target' },
  { what: 'a resource that is not configured', form: { resource: 'https://else.example', scope: 'read' }, want: 'invalid_target' },
  { what: 'a service and no scope', form: { audience: 'docs' }, want: ['docs', undefined] },
  { what: 'a granted scope of a service', form: { audience: 'docs', scope: 'read' }, want: ['docs', 'read'] },
  { what: 'a scope of a service that nobody granted', form: { audience: 'docs', scope: 'admin' }, want: 'invalid_scope' },
  { what: 'a scope that the session policy leaves out', form: { resource: files, scope: 'read', policy: onlyWrite }, want: 'invalid_scope' },
  { what: 'a resource of the client', form: { ...limited, resource: files, scope: 'read' }, want: [files, 'read'] },
  { what: 'another resource than the client’s', form: { ...limited, resource: vault, scope: 'read' }, want: 'invalid_target' },
  { what: 'the same by `audience`', form: { ...limited, audience: vault, scope: 'read' }, want: 'invalid_target' },
]
for (const { what, form, want } of cases) {
  const said = typeof want === 'string' ? want : want.join(' ')
  test(`30: an outside token requests ${what}: ${said}`, { timeout: 60_000 }, async () => {
    const asked = { audience: undefined, ...form }
    const answers = [
      await server.exchange({ subject_token: await server.token(), ...asked }),
      await server.jwtBearer({ assertion: await server.token(), ...asked }),
    ]
    for (const { status, body } of answers) {
      if (typeof want === 'string')
        assert.deepEqual([status, body['error']], [400, want], body['error_description'])
      else {
        assert.equal(status, 200, JSON.stringify(body))
        const { aud, scope } = claimsOf(body['access_token'] ?? '')
        assert.deepEqual([[aud].flat().join(' '), scope, body['scope']], [want[0], want[1], want[1]])
      }
    }
  })
}

test('30: a session for a resource is exchanged only by a client that may request it', {
  timeout: 60_000,
}, async () => {
  const session = async (form: Form) => {
    const { body } = await server.exchange({ subject_token: await server.token(), ...form })
    return body['access_token'] ?? ''
  }
  const handOn = (subject_token: string, form: Form = {}) =>
    server.exchange({
      ...limited,
      subject_token,
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      role_arn: undefined,
      role_session_name: undefined,
      audience: undefined,
      ...form,
    })
  const own = await session({ ...limited, audience: undefined, resource: files, scope: 'read' })
  assert.equal((await handOn(own)).status, 200)
  assert.equal((await handOn(own, { scope: 'write' })).body['error'], 'invalid_scope')
  assert.equal((await handOn(own, { resource: vault })).body['error'], 'invalid_target')
})
