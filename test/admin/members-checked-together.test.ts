// Members that are checked together: a change is judged by the record that it makes, not by the members that it names. What is there already
// needs not be given again, and what is left out does not escape the check.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { IAMClient } from '@aws-sdk/client-iam'
import type { Credentials } from '../../src/secure/sigv4/sign.ts'
import { runCommandHere } from '../support/command-line.ts'
import { type Running, startServer } from '../support/server.ts'
import { storeEnv } from '../support/store.ts'
import { adminBody, callAdmin, iamOf, userWith } from './call.ts'

const limit = { timeout: 60_000 }
let server: Running
let iam: IAMClient
let clerk: Credentials
before(async () => {
  server = await startServer({ config: 'registration: {}\n' })
  iam = iamOf(server)
  for (const name of ['staff', 'crew']) await make('/groups', { name })
  const action = ['UpdateSettings', 'CreatePerson'].map((name) => `chancery:${name}`)
  clerk = await userWith(iam, 'clerk', { Effect: 'Allow', Action: action, Resource: '*' })
}, limit)
after(async () => {
  iam?.destroy()
  await server?.stop()
})

const make = (path: string, body: object) => adminBody(server.url, { method: 'POST', path, body })
const change = (path: string, body: object, credentials?: Credentials) =>
  callAdmin(server.url, { method: 'PATCH', path, body, ...(credentials && { credentials }) })

/** One change after the other on one record. The last is the fields at fault, or nothing. */
type Steps = readonly (readonly [change: object, status: number, faults?: readonly string[]])[]

async function walk(path: string, steps: Steps, credentials?: Credentials): Promise<void> {
  for (const [body, status, faults] of steps) {
    const answer = await change(path, body, credentials)
    const said = `${JSON.stringify(body)}: ${JSON.stringify(answer.body)}`
    assert.equal(answer.status, status, said)
    if (faults)
      assert.deepEqual(
        answer.body.errors.map(({ field }: { readonly field: string }) => field),
        faults,
        said,
      )
  }
}

async function registered(): Promise<string> {
  const { out } = await runCommandHere(['registration-token'], {
    directory: server.dir,
    env: { ...(await storeEnv(server.dir)), CHANCERY_CONFIG: 'config.yaml', CHANCERY_ISSUER: server.url },
  })
  const response = await fetch(`${server.url}/register`, {
    method: 'POST',
    headers: { authorization: `Bearer ${out.trim()}`, 'content-type': 'application/json' },
    body: JSON.stringify({ redirect_uris: ['https://a.example/cb'] }),
  })
  return ((await response.json()) as { readonly client_id: string }).client_id
}

const stored = async () => (await make('/clients', { redirect_uris: ['https://a.example/cb'] })).clientId

describe('who may use a client, and the groups', limit, () => {
  for (const [kind, client] of [
    ['made at run time', stored],
    ['that registered itself', registered],
  ] as const)
    test(`of a client ${kind}`, limit, () =>
      client().then((id) =>
        walk(`/clients/${id}`, [
          [{ access: 'groups' }, 400, ['access_groups']],
          [{ access_groups: ['staff'] }, 400, ['access_groups']],
          [{ access: 'groups', access_groups: ['staff'] }, 200],
          [{ access: 'groups' }, 200],
          [{ access_groups: ['crew'] }, 200],
          [{ access: 'everyone' }, 400, ['access_groups']],
          [{ access_groups: null }, 400, ['access_groups']],
          [{ access: null }, 400, ['access_groups']],
          [{ access: 'policy', access_groups: null }, 200],
          [{ access: 'groups' }, 400, ['access_groups']],
        ]),
      ),
    )
})

test('the grants of a client, and how it authenticates', limit, async () => {
  await walk(`/clients/${await stored()}`, [
    [{ token_endpoint_auth_method: 'private_key_jwt' }, 400, ['jwks']],
    [{ grant_types: ['authorization_code', 'client_credentials'] }, 200],
    [{ token_endpoint_auth_method: 'none' }, 400],
    [{ redirect_uris: [] }, 400, ['redirect_uris']],
    [{ redirect_uris: [], grant_types: ['client_credentials'] }, 200],
    [{ grant_types: ['authorization_code'] }, 400, ['redirect_uris']],
  ])
})

test('addresses and encryption of a directory, its name and its password', limit, async () => {
  await make('/identity-providers', {
    kind: 'ldap',
    name: 'd',
    urls: ['ldaps://d.example'],
    base_dn: 'dc=a',
    sign_in: { title: 'D' },
  })
  await walk('/identity-providers/d', [
    [{ start_tls: true }, 400, ['start_tls']],
    [{ bind_dn: 'cn=reader' }, 400, ['bind_dn']],
    [{ bind_dn: 'cn=reader', bind_password: 'secret' }, 200],
    [{ bind_dn: 'cn=reader' }, 200],
    [{ bind_dn: null }, 200],
    [{ bind_dn: 'cn=reader' }, 400, ['bind_dn']],
    [{ bind_dn: 'cn=reader', bind_password: 'secret' }, 200],
    [{ urls: ['ldap://d.example'], start_tls: true, bind_password: 'secret' }, 200],
    [{ urls: ['ldaps://d.example'], bind_password: 'secret' }, 400, ['start_tls']],
  ])
})

test('the mail server, its user and its password', limit, async () => {
  const at = { host: 'mail.example', from: 'id@mail.example' }
  await walk('/mail-server', [
    [{ user: 'me' }, 400],
    [{ ...at, user: 'me' }, 400],
    [{ ...at, user: 'me', password: 'secret' }, 200],
    [{ user: 'me' }, 200],
    [{ port: 2525 }, 400, ['password']],
    [{ user: 'you' }, 400, ['password']],
    [{ from: 'other@mail.example' }, 200],
    [{ user: null }, 200],
    [{ user: 'me' }, 400],
  ])
})

test('an address of a person, and that it is verified', limit, async () => {
  await make('/people', { name: 'ada', password: 'plum-orbit-9-lantern' })
  const verified = async () => (await adminBody(server.url, { path: '/people/ada' })).emailVerified
  for (const [body, expected] of [
    [{ emailVerified: true }, false],
    [{ email: 'ada@a.example' }, false],
    [{ emailVerified: true }, true],
    [{ displayName: 'Ada' }, true],
    [{ email: 'ada@a.example' }, true],
    [{ email: 'ada@b.example' }, false],
    [{ email: null, emailVerified: true }, false],
  ] as const) {
    assert.equal((await change('/people/ada', body)).status, 200)
    assert.equal(await verified(), expected, JSON.stringify(body))
  }
})

test(
  '48: who may create an account, and the group that they join, which takes the right to put people into it',
  limit,
  async () => {
    // Whoever may put people into the group names it; nobody can register yet.
    await walk('/settings', [[{ selfRegistrationGroup: 'crew' }, 200]])
    const asClerk: Steps = [
      [{ selfRegistration: 'anyone' }, 403],
      [{ selfRegistrationDomains: ['a.example'] }, 200],
      [{ selfRegistration: 'domains' }, 403],
      [{ selfRegistration: 'domains', selfRegistrationDomains: ['b.example'] }, 403],
    ]
    await walk('/settings', asClerk, clerk)
    await walk('/settings', [
      [{ selfRegistration: 'domains', selfRegistrationDomains: ['a.example', 'b.example'] }, 200],
    ])
    await walk(
      '/settings',
      [
        [{ selfRegistrationDomains: ['b.example'] }, 200],
        [{ selfRegistrationDomains: ['a.example', 'b.example'] }, 403],
        [{ selfRegistration: 'anyone' }, 403],
        [{ selfRegistrationGroup: null, selfRegistration: 'anyone' }, 200],
      ],
      clerk,
    )
  },
)
