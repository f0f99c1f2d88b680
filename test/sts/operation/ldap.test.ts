// AssumeRoleWithLDAPIdentity on the running server, with OpenLDAP as the directory.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as iam from '@aws-sdk/client-iam'
import * as sts from '@aws-sdk/client-sts'
import { type Credentials, type RoleServer, startRoleServer } from '../../support/role-server.ts'
import { accountId } from '../../support/server.ts'
import { dnOf } from '../../support/upstreams/ldap-people.ts'
import { type LdapUpstream, noLdap, people, startLdap } from '../../support/upstreams/ldap-upstream.ts'

const limit = { timeout: 60_000, skip: noLdap }
const provider = `arn:aws:iam::${accountId}:ldap-provider/staff`
const { alice, carol } = people

let directory: LdapUpstream
let at: RoleServer
before(async () => {
  if (noLdap) return
  directory = await startLdap()
  const config = JSON.stringify({ identity_providers: [directory.settings] })
  at = await startRoleServer({ config, env: { CHANCERY_OUTBOUND_ALLOW: 'localhost,127.0.0.1' } })
  const trust = (Condition: object, Federated = provider) => ({
    Principal: { Federated },
    Action: 'sts:AssumeRoleWithLDAPIdentity',
    Condition,
  })
  const own = { Effect: 'Allow', Action: 'iam:GetRole', Resource: '*' }
  await at.role('staff', trust({ StringEquals: { 'ldap:username': [alice.name, carol.name] } }), own)
  await at.role('only-alice', trust({ StringEquals: { 'ldap:user': dnOf.alice } }), own)
  await at.role('elsewhere', trust({}, `arn:aws:iam::${accountId}:ldap-provider/other`), own)
})
after(async () => {
  await at?.stop()
  await directory?.stop()
})

const roleArn = (name: string, account = accountId) => `arn:aws:iam::${account}:role/${name}`

async function ask(form: Readonly<Record<string, string>>): Promise<{ status: number; text: string }> {
  const body = new URLSearchParams({
    Action: 'AssumeRoleWithLDAPIdentity',
    Version: '2011-06-15',
    RoleArn: roleArn('staff'),
    LDAPUsername: alice.name,
    LDAPPassword: alice.password,
    ...form,
  })
  const response = await fetch(at.server.url, { method: 'POST', body })
  return { status: response.status, text: await response.text() }
}
const between = (text: string, name: string): string =>
  new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1] ?? ''
const refused = async (form: Readonly<Record<string, string>>): Promise<string> => {
  const { status, text } = await ask(form)
  assert.ok(status >= 400, text)
  return between(text, 'Code')
}
const credentialsIn = (text: string): Credentials => ({
  accessKeyId: between(text, 'AccessKeyId'),
  secretAccessKey: between(text, 'SecretAccessKey'),
  sessionToken: between(text, 'SessionToken'),
})

test('the session of a directory user has the permissions of the role', limit, async () => {
  const { status, text } = await ask({ DurationSeconds: '900' })
  assert.equal(status, 200, text)
  assert.match(
    text,
    /<AssumeRoleWithLDAPIdentityResponse [^>]*><AssumeRoleWithLDAPIdentityResult><Credentials>/,
  )
  const credentials = credentialsIn(text)
  const me = await at.sts(credentials).send(new sts.GetCallerIdentityCommand({}))
  assert.equal(me.Arn, `arn:aws:sts::${accountId}:assumed-role/staff/alice`)
  const { accessKeyId, secretAccessKey, sessionToken = '' } = credentials
  const client = new iam.IAMClient({
    endpoint: at.server.url,
    region: 'us-east-1',
    credentials: { accessKeyId, secretAccessKey, sessionToken },
    maxAttempts: 1,
  })
  await client.send(new iam.GetRoleCommand({ RoleName: 'staff' }))
  await assert.rejects(client.send(new iam.ListUsersCommand({})), { name: 'AccessDenied' })
  client.destroy()
})

test('session name, provider and session policy of the request', limit, async () => {
  const nothing = JSON.stringify({ Version: '2012-10-17', Statement: [] })
  assert.equal(await refused({ Policy: nothing }), 'MalformedPolicyDocument')
  const { text } = await ask({ RoleSessionName: 'laptop', ProviderArn: provider })
  assert.equal(between(text, 'Arn'), `arn:aws:sts::${accountId}:assumed-role/staff/laptop`)
})

test('a name is that of the entry, however it was typed', limit, async () => {
  const { status, text } = await ask({ LDAPUsername: 'ALICE' })
  assert.equal(status, 200, text)
  assert.equal(between(text, 'Arn'), `arn:aws:sts::${accountId}:assumed-role/staff/alice`)
})

test('a role that does not trust the directory, or this user, is refused', limit, async () => {
  assert.equal((await ask({ RoleArn: roleArn('only-alice') })).status, 200)
  const asCarol = { LDAPUsername: carol.name, LDAPPassword: carol.password }
  assert.equal((await ask(asCarol)).status, 200)
  assert.equal(await refused({ ...asCarol, RoleArn: roleArn('only-alice') }), 'AccessDenied')
  assert.equal(await refused({ RoleArn: roleArn('elsewhere') }), 'AccessDenied')
  assert.equal(await refused({ RoleArn: roleArn('none') }), 'AccessDenied')
  assert.equal(await refused({ RoleArn: roleArn('deploy') }), 'AccessDenied')
})

test('a directory of another account or without a name that is known is refused', limit, async () => {
  assert.equal(await refused({ RoleArn: roleArn('staff', '999999999999') }), 'AccessDenied')
  assert.equal(await refused({ ProviderArn: `${provider}x` }), 'AccessDenied')
  assert.equal(await refused({ ProviderArn: at.provider }), 'AccessDenied')
})

test('sizes and policies that cannot be are refused before the directory is asked', limit, async () => {
  directory.pause()
  try {
    assert.equal(await refused({ DurationSeconds: '899' }), 'ValidationError')
    assert.equal(await refused({ RoleSessionName: 'a/b' }), 'ValidationError')
    assert.equal(await refused({ LDAPPassword: '' }), 'ValidationError')
    assert.equal(await refused({ LDAPUsername: 'a'.repeat(257) }), 'ValidationError')
  } finally {
    directory.resume()
  }
})

test('a session longer than the role allows is refused', limit, async () => {
  assert.equal(await refused({ DurationSeconds: '43200' }), 'ValidationError')
})

test('a wrong password and an unknown name have one answer, and attempts are throttled', limit, async () => {
  const wrong = await ask({ LDAPUsername: 'dave', LDAPPassword: 'wrong' })
  const unknown = await ask({ LDAPUsername: 'nobody', LDAPPassword: 'wrong' })
  const message = 'LDAPUsername and LDAPPassword are not correct'
  assert.deepEqual([wrong.status, between(wrong.text, 'Message')], [403, message])
  assert.deepEqual([unknown.status, between(unknown.text, 'Message')], [403, message])
  assert.ok(!wrong.text.includes('dave'))
  let code = ''
  for (let tries = 0; tries < 30 && code !== 'Throttling'; tries++)
    code = await refused({ LDAPUsername: 'dave', LDAPPassword: `wrong ${tries}` })
  assert.equal(code, 'Throttling')
})
