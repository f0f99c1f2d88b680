// attacks.md 16: accounts of one server, at the real server: what the first account may do with others, what another account may
// do with none, roles across accounts, guardrails, closing.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as iamSdk from '@aws-sdk/client-iam'
import * as stsSdk from '@aws-sdk/client-sts'
import { callAdmin } from '../admin/call.ts'
import { accountId, type Running, startServer } from '../support/server.ts'

interface Account {
  readonly id: string
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
  readonly iam: iamSdk.IAMClient
  readonly sts: stsSdk.STSClient
}

let server: Running
let first: Account
let other: Account
const clients: { destroy(): void }[] = []

const connect = (id: string, credentials: Account['credentials']): Account => {
  const options = { endpoint: server.url, region: 'us-east-1', credentials, maxAttempts: 1 }
  const account = {
    id,
    credentials,
    iam: new iamSdk.IAMClient(options),
    sts: new stsSdk.STSClient(options),
  }
  clients.push(account.iam, account.sts)
  return account
}

async function create(name: string): Promise<Account> {
  const made = await callAdmin(server.url, {
    method: 'POST',
    path: '/accounts',
    body: { name, accessKey: true },
  })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const { account, accessKeyId, secretAccessKey, url, signInName } = made.body
  assert.equal(signInName, `${account.id}/admin`)
  assert.equal((await fetch(url)).status, 200, 'the link of the administrator')
  return connect(account.id, { accessKeyId, secretAccessKey })
}

before(
  async () => {
    server = await startServer()
    first = connect(accountId, { accessKeyId: server.rootKey.id, secretAccessKey: server.rootKey.secret })
    other = await create('Acme')
  },
  { timeout: 60_000 },
)
after(async () => {
  for (const client of clients) client.destroy()
  await server.stop()
})

const guardrail = (account: Account, name: string, ...statements: readonly object[]) =>
  callAdmin(server.url, {
    method: 'PUT',
    path: `/accounts/${account.id}/guardrails/${name}`,
    body: { document: JSON.stringify({ Version: '2012-10-17', Statement: statements }) },
  })

test('16: an account sees itself alone and changes no account', async () => {
  const as = { credentials: other.credentials }
  const all = await callAdmin(server.url, { path: '/accounts' })
  assert.deepEqual(all.body.items.map(({ id }: { id: string }) => id).sort(), [first.id, other.id].sort())
  const own = await callAdmin(server.url, { path: '/accounts', ...as })
  assert.deepEqual(
    own.body.items.map(({ id }: { id: string }) => id),
    [other.id],
  )
  for (const [method, path, body] of [
    ['GET', `/accounts/${first.id}`],
    ['POST', '/accounts', { name: 'x' }],
    ['PATCH', `/accounts/${other.id}`, { name: 'x' }],
    ['POST', `/accounts/${other.id}/close`],
    ['POST', `/accounts/${first.id}/close`],
    ['DELETE', `/accounts/${other.id}/guardrails/FullAccess`],
    ['PUT', `/accounts/${other.id}/guardrails/x`, { document: '{}' }],
  ] as const) {
    const answer = await callAdmin(server.url, { method, path, ...as, ...(body && { body }) })
    assert.equal(answer.status, 404, `${method} ${path}`)
  }
  const closing = await callAdmin(server.url, { method: 'POST', path: `/accounts/${first.id}/close` })
  assert.equal(closing.status, 400, 'the first account is not closed')
})

test('16: an import creates and compares people of the account of its caller alone', async () => {
  const as = { credentials: other.credentials }
  const importing = (body: object, more: object = {}) =>
    callAdmin(server.url, { method: 'POST', path: '/people/import', body, ...more })
  const person = (name: string, more: object = {}) =>
    callAdmin(server.url, { path: `/people/${name}`, ...more })
  await callAdmin(server.url, { method: 'POST', path: '/groups', body: { name: 'tenant-a-group' } })
  const mine = {
    name: 'tenant-a',
    email: 'tenant-a@example.com',
    displayName: 'A',
    groups: ['tenant-a-group'],
  }
  assert.equal((await importing({ rows: [mine] })).body.created, 1)
  const { body: before } = await person('tenant-a')
  const group = await callAdmin(server.url, { path: '/groups/tenant-a-group' })
  const theirs: readonly (readonly [object, string, string | undefined])[] = [
    // As for a name that nobody has: no word of the person of the other account, whatever is compared.
    [{ name: 'tenant-a', displayName: 'B', email: 'b@example.com' }, 'created', undefined],
    [{ name: 'tenant-a', displayName: 'A' }, 'failed', 'displayName'],
    [{ name: 'b1', groups: ['tenant-a-group'] }, 'failed', 'groups'],
    [{ name: 'b2', groups: [group.body.id] }, 'failed', 'groups'],
    [{ name: 'b3', groups: [group.body.arn] }, 'failed', 'groups'],
    [{ name: before.id }, 'created', undefined],
    [{ name: `${first.id}/tenant-a` }, 'failed', 'name'],
    [{ name: before.arn }, 'failed', 'name'],
    [{ name: 'b4', path: `/${first.id}/` }, 'created', undefined],
  ]
  const { body } = await importing({ rows: theirs.map(([row]) => row) }, as)
  assert.deepEqual(
    body.results.map(({ status, errors = [] }: { status: string; errors?: { field: string }[] }) => [
      status,
      errors[0]?.field,
    ]),
    theirs.map(([, status, field]) => [status, field]),
  )
  assert.deepEqual((await person('tenant-a')).body, before)
  assert.equal((await person('b4')).status, 404)
  for (const name of ['tenant-a', 'b4'])
    assert.equal((await person(name, as)).body.arn.split(':')[4], other.id, name)
  for (const name of ['b1', 'b2', 'b3']) assert.equal((await person(name, as)).status, 404)
  const { body: members } = await callAdmin(server.url, { path: '/groups/tenant-a-group/members' })
  assert.deepEqual(
    members.items.map(({ id }: { id: string }) => id),
    [before.id],
  )
})

test('16: a role is assumed from another account with its external id, and only where both sides allow it', async () => {
  const trust = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${other.id}:root` },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': 'acme-42' } },
      },
    ],
  }
  await first.iam.send(
    new iamSdk.CreateRoleCommand({ RoleName: 'shared', AssumeRolePolicyDocument: JSON.stringify(trust) }),
  )
  const RoleArn = `arn:aws:iam::${first.id}:role/shared`
  const assume = (by: stsSdk.STSClient, ExternalId?: string) =>
    by.send(new stsSdk.AssumeRoleCommand({ RoleArn, RoleSessionName: 'session', ExternalId }))
  const { Credentials } = await assume(other.sts, 'acme-42')
  const session = connect(first.id, {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    ...{ sessionToken: Credentials?.SessionToken },
  })
  const { Account } = await session.sts.send(new stsSdk.GetCallerIdentityCommand({}))
  assert.equal(Account, first.id, 'the session is of the account of the role')
  await assert.rejects(assume(other.sts, 'acme-43'), { name: 'AccessDenied' })
  await assert.rejects(assume(other.sts), { name: 'AccessDenied' })
  await other.iam.send(new iamSdk.CreateUserCommand({ UserName: 'plain' }))
  const { AccessKey } = await other.iam.send(new iamSdk.CreateAccessKeyCommand({ UserName: 'plain' }))
  const plain = connect(other.id, {
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
  })
  await assert.rejects(assume(plain.sts, 'acme-42'), { name: 'AccessDenied' }, 'without a policy of its own')
  const third = await create('Third')
  await assert.rejects(
    assume(third.sts, 'acme-42'),
    { name: 'AccessDenied' },
    'an account that is not trusted',
  )
  await first.iam.send(
    new iamSdk.UpdateAssumeRolePolicyCommand({
      RoleName: 'shared',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${other.id}:user/admin` },
            Action: 'sts:AssumeRole',
          },
        ],
      }),
    }),
  )
  await assume(other.sts)
  await assert.rejects(assume(third.sts), { name: 'AccessDenied' }, 'the same name in another account')
})

test('16: what is said about a role of another account shows each account its own policies alone', async () => {
  const keyed = async ({ id, iam }: Account, UserName: string, statement: object) => {
    await iam.send(new iamSdk.CreateUserCommand({ UserName }))
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statement })
    await iam.send(new iamSdk.PutUserPolicyCommand({ UserName, PolicyName: 'theirs', PolicyDocument }))
    const { AccessKey } = await iam.send(new iamSdk.CreateAccessKeyCommand({ UserName }))
    const { AccessKeyId = '', SecretAccessKey = '' } = AccessKey ?? {}
    return connect(id, { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey })
  }
  const onTag = (key: string, value: string) => ({ StringEquals: { [`aws:PrincipalTag/${key}`]: value } })
  const roleOf = async ({ iam }: Account, name: string, Condition: object) =>
    iam.send(
      new iamSdk.CreateRoleCommand({
        RoleName: name,
        AssumeRolePolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: {
            Sid: 'TrustOfRole',
            Effect: 'Allow',
            Principal: { AWS: other.id },
            Action: 'sts:AssumeRole',
            Condition,
          },
        }),
      }),
    )
  await roleOf(first, 'guarded', onTag('badge', 'secret-of-the-role'))
  await roleOf(first, 'open', onTag('badge', 'b'))
  const caller = await keyed(other, 'visitor', {
    Sid: 'PolicyOfCaller',
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Resource: '*',
    Condition: onTag('codename', 'secret-of-the-caller'),
  })
  const badge = new iamSdk.TagUserCommand({ UserName: 'visitor', Tags: [{ Key: 'badge', Value: 'b' }] })
  await other.iam.send(badge)
  const idOfRefusal = async (RoleArn: string) => {
    const request = new stsSdk.AssumeRoleCommand({ RoleArn, RoleSessionName: 'visit' })
    const error = await caller.sts.send(request).then(
      () => assert.fail(RoleArn),
      (refused: Error) => refused,
    )
    return /authorization id: (\w+)/.exec(error.message)?.[1] ?? assert.fail(error.message)
  }
  const trails = async (authorizationId: string) => {
    const reference = authorizationId.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
    const entriesOf = async ({ credentials }: Account) => {
      const answer = await callAdmin(server.url, { path: `/audit/requests/${reference}`, credentials })
      return answer.status === 200 ? answer.body.entries : []
    }
    return { ofCaller: await entriesOf(other), ofRole: await entriesOf(first) }
  }
  const decoded = ({ sts }: Account, EncodedMessage: string) =>
    sts.send(new stsSdk.DecodeAuthorizationMessageCommand({ EncodedMessage }))
  // The trust policy denies the first, the caller's own policy the second.
  for (const name of ['guarded', 'open']) {
    const id = await idOfRefusal(`arn:aws:iam::${first.id}:role/${name}`)
    const { ofCaller, ofRole } = await trails(id)
    assert.deepEqual([ofCaller.length, ofRole.length], [1, 1], name)
    const said = [JSON.stringify(ofCaller), JSON.stringify(await decoded(other, id))]
    for (const text of said) assert.doesNotMatch(text, /TrustOfRole|secret-of-the-role|badge/, name)
    assert.match(said[0] ?? '', /PolicyOfCaller.*secret-of-the-caller/)
    const shown = [JSON.stringify(ofRole), JSON.stringify(await decoded(first, id))]
    for (const text of shown) assert.doesNotMatch(text, /PolicyOfCaller|secret-of-the-caller|codename/, name)
    if (name === 'guarded') assert.match(shown[0] ?? '', /TrustOfRole.*secret-of-the-role/)
  }
  // Nobody writes into the trail of an account by naming what it does not have.
  for (const arn of [`arn:aws:iam::${first.id}:role/none`, 'arn:aws:iam::999999999999:role/none']) {
    const { ofCaller, ofRole } = await trails(await idOfRefusal(arn))
    assert.deepEqual([ofCaller.length, ofRole.length], [1, 0], arn)
    assert.doesNotMatch(JSON.stringify(ofCaller), /no such role/, 'nor learns whether it has it')
  }
})

test('16: a stranger who names an account that there is not is in the trail of the server', async () => {
  const anonymous = connect(first.id, first.credentials).sts
  const refused = async (accountId: string) => {
    const RoleArn = `arn:aws:iam::${accountId}:role/guessed`
    const request = { RoleArn, RoleSessionName: 'session', WebIdentityToken: 'e30.e30.e30' }
    await assert.rejects(anonymous.send(new stsSdk.AssumeRoleWithWebIdentityCommand(request)))
    const resources = async (query: string, credentials = first.credentials) => {
      const path = `/audit?action=sts:AssumeRoleWithWebIdentity${query}`
      const { body } = await callAdmin(server.url, { path, credentials })
      return body.items.map(({ resource }: { readonly resource: string }) => resource).includes(RoleArn)
    }
    return {
      server: await resources('&server=true'),
      first: await resources(''),
      other: await resources('', other.credentials),
    }
  }
  assert.deepEqual(await refused('999999999999'), { server: true, first: false, other: false })
  assert.deepEqual(await refused(other.id), { server: false, first: false, other: true })
})

test('16: a guardrail limits the administrator of its account, and no other account', async () => {
  const put = await guardrail(other, 'NoGroups', { Effect: 'Deny', Action: 'iam:CreateGroup', Resource: '*' })
  assert.equal(put.status, 200, JSON.stringify(put.body))
  const createGroup = (by: Account) => by.iam.send(new iamSdk.CreateGroupCommand({ GroupName: 'g' }))
  await assert.rejects(createGroup(other), /explicit deny in a service control policy/)
  await createGroup(first)
  const remove = (name: string) =>
    callAdmin(server.url, { method: 'DELETE', path: `/accounts/${other.id}/guardrails/${name}` })
  assert.equal((await remove('NoGroups')).status, 200)
  assert.equal((await remove('FullAccess')).status, 400, 'the last one stays')
  await createGroup(other)
  const malformed = await guardrail(other, 'broken', { Effect: 'Maybe' })
  assert.equal(malformed.status, 400)
  assert.equal((await guardrail(first, 'x', { Effect: 'Deny', Action: '*', Resource: '*' })).status, 400)
})

test('16: nothing of a closed account works until it is opened again', async () => {
  const closing = await create('Closing')
  const { Role } = await closing.iam.send(
    new iamSdk.CreateRoleCommand({
      RoleName: 'r',
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: [`arn:aws:iam::${closing.id}:root`, `arn:aws:iam::${first.id}:root`] },
            Action: 'sts:AssumeRole',
          },
        ],
      }),
    }),
  )
  const request = { RoleArn: Role?.Arn, RoleSessionName: 'session' }
  const { Credentials } = await closing.sts.send(new stsSdk.AssumeRoleCommand(request))
  const session = connect(closing.id, {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    ...{ sessionToken: Credentials?.SessionToken },
  })
  const who = new stsSdk.GetCallerIdentityCommand({})
  await session.sts.send(who)
  const closed = await callAdmin(server.url, { method: 'POST', path: `/accounts/${closing.id}/close` })
  assert.equal(closed.body.state, 'closed')
  await assert.rejects(closing.sts.send(who), { name: 'InvalidClientTokenId' })
  await assert.rejects(session.sts.send(who), { name: 'InvalidClientTokenId' })
  await assert.rejects(first.sts.send(new stsSdk.AssumeRoleCommand(request)), { name: 'AccessDenied' })
  await callAdmin(server.url, { method: 'POST', path: `/accounts/${closing.id}/reopen` })
  await closing.sts.send(who)
})

test('16: identity providers that people sign in with are those of the first account alone', async () => {
  const as = { credentials: other.credentials }
  const entry = {
    kind: 'openid',
    name: 'tenant-a',
    url: 'https://tenant-a.example',
    sign_in: { title: 'A', client_id: 'tenant-a' },
  }
  const made = await callAdmin(server.url, { method: 'POST', path: '/identity-providers', body: entry })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const named = (name: string) => `/identity-providers/${encodeURIComponent(name)}`
  for (const [method, path, body] of [
    ['GET', '/identity-providers'],
    ['POST', '/identity-providers', entry],
    ['POST', '/identity-provider-checks', entry],
    ...['tenant-a', made.body.arn, made.body.arn.replace(first.id, other.id)].flatMap((name: string) => [
      ['GET', named(name)],
      ['PATCH', named(name), { sign_in: { title: 'B' } }],
      ['POST', `${named(name)}/disable`, {}],
      ['POST', `${named(name)}/enable`],
      ['POST', `${named(name)}/check`],
      ['POST', `${named(name)}/check-change`, {}],
      ['POST', `${named(name)}/try`, { claims: { sub: 'x' } }],
      ['DELETE', named(name)],
    ]),
  ] as [string, string, object | undefined][]) {
    const answer = await callAdmin(server.url, { method, path, ...as, ...(body && { body }) })
    // As for what nobody has: by its ARN not even its account is authorized.
    assert.ok([403, 404].includes(answer.status), `${method} ${path}: ${answer.status}`)
    assert.ok(!JSON.stringify(answer.body).includes('tenant-a.example/'), `${method} ${path}`)
  }
  const after = await callAdmin(server.url, { path: named('tenant-a') })
  assert.deepEqual(after.body, made.body)
})
