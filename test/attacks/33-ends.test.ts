// attacks.md 33: what ends when (docs/ends.md), walked from one table: events × kinds of credential, against a running
// server, and at two services that check by themselves: one that holds the revocation feed open and one that polls it,
// with credentials they saw before (warm) and one that starts after the event and never saw them (cold).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateLoginProfileCommand,
  CreateOpenIDConnectProviderCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateUserCommand,
  DeactivateMFADeviceCommand,
  DeleteAccessKeyCommand,
  DeleteLoginProfileCommand,
  DeleteOpenIDConnectProviderCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DeleteUserCommand,
  DetachUserPolicyCommand,
  ListMFADevicesCommand,
  PutRolePolicyCommand,
  UpdateAccessKeyCommand,
  UpdateLoginProfileCommand,
} from '@aws-sdk/client-iam'
import { callAdmin } from '../admin/call.ts'
import { call } from '../support/aws-call.ts'
import { atSecondFactor } from '../support/person.ts'
import { audience, type Credentials, claimsOf, policy } from '../support/role-server.ts'
import { accountId } from '../support/server.ts'
import {
  admins,
  allowAll,
  assume,
  ended,
  type KeyUser,
  keyUser,
  kindsOf,
  makeRole,
  type Person,
  person,
  revoke,
  type Stays,
  server,
  settled,
  startWalk,
  usable,
  withChain,
} from './ends-stage.ts'

startWalk()

/** A change by the admin API. */
async function admin(method: string, path: string, body?: object): Promise<void> {
  const { url } = server.server
  const { status } = await callAdmin(url, { method, path, ...(body && { body }) })
  assert.equal(status, 200)
}

const outlives = { offline: 'offline_access outlives a sign-out unless it is asked for' }

const personRows: readonly {
  readonly event: string
  readonly happen: (who: Person) => Promise<unknown>
  readonly stays?: Stays
}[] = [
  {
    event: 'password replaced by an administrator',
    happen: ({ name }) =>
      server.iam.send(new UpdateLoginProfileCommand({ UserName: name, Password: 'another horse battery' })),
  },
  {
    event: 'second factor removed by an administrator',
    async happen({ name }) {
      const { MFADevices = [] } = await server.iam.send(new ListMFADevicesCommand({ UserName: name }))
      for (const { SerialNumber } of MFADevices)
        await server.iam.send(new DeactivateMFADeviceCommand({ UserName: name, SerialNumber }))
    },
  },
  {
    event: 'password replaced by its person in another browser',
    async happen({ name, password, signedIn: { code } }) {
      const { browser, page } = await atSecondFactor({ url: server.server.url, admin: { name, password } })
      await browser.submit(page, { code: await code() })
      const next = 'another horse battery'
      const asked = await browser.open('/account/password')
      await browser.submit(asked, { current: password, password: next, again: next }, '/account/password')
      const here = await browser.get('/account')
      assert.equal(here.status, 200, 'where it was done, the person stays signed in')
    },
  },
  {
    event: 'administrator signs a person out',
    happen: ({ userId }) => revoke('sign-in', userId),
    stays: outlives,
  },
  {
    event: 'administrator signs a person out, offline access too',
    happen: ({ userId }) => revoke('sign-in', userId, { offline: true }),
  },
  {
    event: 'user deleted, and one of the same name made',
    async happen({ name }) {
      await server.iam.send(new DeleteLoginProfileCommand({ UserName: name }))
      await server.iam.send(new DetachUserPolicyCommand({ UserName: name, PolicyArn: admins }))
      const { MFADevices = [] } = await server.iam.send(new ListMFADevicesCommand({ UserName: name }))
      for (const { SerialNumber } of MFADevices)
        await server.iam.send(new DeactivateMFADeviceCommand({ UserName: name, SerialNumber }))
      await server.iam.send(new DeleteUserCommand({ UserName: name }))
      // 34: made again under the old name, it is somebody else.
      await server.iam.send(new CreateUserCommand({ UserName: name }))
    },
  },
  {
    event: 'user disabled by the admin API',
    happen: ({ name }) => admin('POST', `/people/${name}/disable`, {}),
  },
  {
    event: 'user deleted by the admin API',
    happen: ({ name }) => admin('DELETE', `/people/${name}`),
  },
  {
    event: 'person signed out by the admin API',
    happen: ({ name }) => admin('POST', `/people/${name}/sign-out`, {}),
    stays: outlives,
  },
  {
    event: 'person signed out by the admin API, offline access too',
    happen: ({ name }) => admin('POST', `/people/${name}/sign-out`, { offline: true }),
  },
  {
    event: 'second factors reset by the admin API',
    happen: ({ name }) => admin('POST', `/people/${name}/reset-factors`, {}),
  },
  {
    event: 'password set by the admin API',
    happen: ({ name }) => admin('POST', `/people/${name}/password`, { password: 'another horse battery' }),
  },
  {
    event: 'consent withdrawn',
    async happen({ signedIn: { browser } }) {
      // Of both clients, each with its form.
      for (let clients = 0; clients < 2; clients++)
        await browser.submit(await browser.open('/account'), {}, '/account/applications/withdraw')
    },
    stays: {
      cookie: 'the browser session does not depend on what one application was allowed',
      'page sigv4': 'no application took part',
      'page sigv4a': 'no application took part',
    },
  },
]

for (const { event, happen, stays } of personRows) {
  test(`33: ${event}: every credential of the person ends`, { timeout: 60_000 }, async () => {
    const who = await person()
    await usable(who.kinds)
    await happen(who)
    await ended(who.kinds, stays)
  })
}

test('33: deleting a password ends every credential, and those made with the next password are accepted', {
  timeout: 60_000,
}, async () => {
  const { name, signedIn, kinds } = await person()
  await usable(kinds)
  await server.iam.send(new DeleteLoginProfileCommand({ UserName: name }))
  await ended(kinds)
  const password = 'another horse battery'
  await server.iam.send(new CreateLoginProfileCommand({ UserName: name, Password: password }))
  await settled()
  const { browser, page } = await atSecondFactor({ url: server.server.url, admin: { name, password } })
  await browser.submit(page, { code: await signedIn.code() })
  // An ID token says in whole seconds when it was issued: not in that of the next password, which counts as set when the deletion
  // counts no more, two seconds after it (revokedBefore).
  for (let seconds = 0; seconds < 3; seconds++) await nextSecond()
  await usable(await kindsOf(browser))
  await ended(kinds)
})

const sessionRows: readonly {
  readonly event: string
  readonly make?: () => Promise<KeyUser>
  readonly happen: (who: KeyUser) => Promise<unknown>
}[] = [
  {
    event: 'access key deactivated',
    happen: ({ name, keyId }) =>
      server.iam.send(new UpdateAccessKeyCommand({ UserName: name, AccessKeyId: keyId, Status: 'Inactive' })),
  },
  {
    event: 'access key deleted',
    happen: ({ name, keyId }) =>
      server.iam.send(new DeleteAccessKeyCommand({ UserName: name, AccessKeyId: keyId })),
  },
  {
    event: 'session revoked by id',
    happen: ({ session }) => revoke('session', String(claimsOf(session.sessionToken ?? '')['jti'])),
  },
  { event: 'user revoked', happen: ({ userId }) => revoke('user', userId) },
  {
    event: 'source identity revoked',
    make: () => keyUser('first', { SourceIdentity: 'somebody-named' }),
    happen: () => revoke('source-identity', 'somebody-named'),
  },
]

for (const { event, make = keyUser, happen } of sessionRows) {
  test(`33: ${event}: the session and its chain end`, { timeout: 60_000 }, async () => {
    const who = await make()
    await usable(who.kinds)
    await happen(who)
    await ended(who.kinds)
  })
}

test('33: identity provider deleted: its sessions and their chains end', { timeout: 60_000 }, async () => {
  await server.iam.send(
    new PutRolePolicyCommand({
      RoleName: 'deploy',
      PolicyName: 'chain',
      PolicyDocument: allowAll,
    }),
  )
  const kinds = await withChain(await server.web(await server.token()))
  await usable(kinds)
  await server.iam.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: server.provider }))
  await ended(kinds)
  await server.iam.send(
    new CreateOpenIDConnectProviderCommand({ Url: server.ci.url, ClientIDList: [audience] }),
  )
  await ended(kinds)
})

test('33: role deleted: its sessions and what was chained from them end', { timeout: 60_000 }, async () => {
  const { kinds } = await keyUser()
  await usable(kinds)
  await server.iam.send(new DeleteRolePolicyCommand({ RoleName: 'first', PolicyName: 'own' }))
  await server.iam.send(new DeleteRoleCommand({ RoleName: 'first' }))
  await ended(kinds)
  await makeRole('first')
  await ended(kinds)
})

test('33: a role is revoked up to an instant: what is made later goes on', { timeout: 60_000 }, async () => {
  const roleId = await makeRole('dated')
  const { kinds } = await keyUser('dated')
  await usable(kinds)
  const before = Math.floor(Date.now() / 1000) + 1
  await nextSecond()
  await revoke('role', roleId, { before })
  await ended(kinds)
  await usable((await keyUser('dated')).kinds)
})

test('33: a managed session policy is decided on as it is at each request', { timeout: 60_000 }, async () => {
  const { Policy } = await server.iam.send(
    new CreatePolicyCommand({ PolicyName: 'narrow', PolicyDocument: allowAll }),
  )
  const PolicyArn = Policy?.Arn ?? ''
  const { session } = await keyUser('first', { PolicyArns: [{ arn: PolicyArn }] })
  const chained = await assume(session, 'second')
  const lists = (credentials: Credentials): Promise<boolean> =>
    call(server.server.url, { ...credentials }, 'iam', 'ListUsers', {}).then(({ status }) => status === 200)
  assert.deepEqual([await lists(session), await lists(chained)], [true, true])
  const nothing = { Effect: 'Deny', Action: 'iam:ListUsers', Resource: '*' }
  await server.iam.send(
    new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: policy(nothing), SetAsDefault: true }),
  )
  await settled()
  assert.deepEqual([await lists(session), await lists(chained)], [false, false])
})

test('34: a policy that names a session by ARN means no session of a role made again', {
  timeout: 60_000,
}, async () => {
  const trusted = async () => {
    const { session } = await keyUser('again')
    return assume(session, 'trusting').then(
      () => true,
      () => false,
    )
  }
  await makeRole('again')
  const AWS = `arn:aws:sts::${accountId}:assumed-role/again/walk`
  await server.role('trusting', { Principal: { AWS }, Action: 'sts:AssumeRole' })
  assert.equal(await trusted(), true)
  await server.iam.send(new DeleteRolePolicyCommand({ RoleName: 'again', PolicyName: 'own' }))
  await server.iam.send(new DeleteRoleCommand({ RoleName: 'again' }))
  await makeRole('again')
  assert.equal(await trusted(), false)
})

const nextSecond = () => new Promise((done) => setTimeout(done, 1020))

test('33: a revocation that was lifted is lifted at services too', { timeout: 60_000 }, async () => {
  const { kinds, session } = await keyUser()
  const jti = String(claimsOf(session.sessionToken ?? '')['jti'])
  await usable(kinds)
  await revoke('session', jti)
  await ended(kinds)
  await revoke('session', jti, {}, 'DELETE')
  await ended(kinds, Object.fromEntries(Object.keys(kinds).map((name) => [name, 'lifted'])))
})
