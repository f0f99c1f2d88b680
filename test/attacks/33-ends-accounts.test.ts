// attacks.md 33: a revocation in one account ends what was made from the revoked session in another account, at our server and
// at services of either account; and no account ends sessions that are not its own.
import { test } from 'node:test'
import { AssumeRoleCommand } from '@aws-sdk/client-sts'
import { Secret } from '../../src/secure/secret.ts'
import { beside } from '../support/federated.ts'
import { type Credentials, claimsOf, policy } from '../support/role-server.ts'
import { accountId } from '../support/server.ts'
import { ended, keyUser, makeRole, revoke, server, signed, startWalk, usable } from './ends-stage.ts'

startWalk()

const otherAccount = '444455556666'
const otherRoot = { accessKeyId: 'AKIAOTHERROOT', secretAccessKey: 'the-secret-of-the-other-root' }
const roleInOther = `arn:aws:iam::${otherAccount}:role/theirs`

/** Another account with a root key and a role that this account may assume; no API makes accounts. */
const makeOtherAccount = (): Promise<void> =>
  beside(server.server, async (store) => {
    const common = { accountId: otherAccount, createdAt: Math.floor(Date.now() / 1000) }
    await store.create('account', { ...common, id: otherAccount, alias: undefined })
    await store.create('accessKey', {
      ...common,
      id: otherRoot.accessKeyId,
      userId: undefined,
      secret: new Secret(otherRoot.secretAccessKey),
      status: 'Active',
      lastUsed: undefined,
    })
    await store.create('role', {
      ...common,
      id: 'AROATHEIRSAAAAAAAAAAA',
      name: 'theirs',
      path: '/',
      inline: [],
      attached: [],
      description: undefined,
      trust: policy({ Effect: 'Allow', Principal: { AWS: accountId }, Action: 'sts:AssumeRole' }),
      maxSessionDuration: 3600,
      boundary: undefined,
      lastUsed: undefined,
      tags: [],
    })
  })

async function assumeTheirs(session: Credentials): Promise<Credentials> {
  const command = new AssumeRoleCommand({ RoleArn: roleInOther, RoleSessionName: 'walk' })
  const { Credentials: made } = await server.sts(session).send(command)
  return {
    accessKeyId: made?.AccessKeyId ?? '',
    secretAccessKey: made?.SecretAccessKey ?? '',
    sessionToken: made?.SessionToken,
  }
}

const jtiOf = (session: Credentials): string => String(claimsOf(session.sessionToken ?? '')['jti'])

test('33: what was made in another account from a revoked session ends', { timeout: 60_000 }, async (t) => {
  await makeOtherAccount()
  await makeRole('parent')
  const events: Readonly<Record<string, (parent: Credentials, child: Credentials) => Promise<void>>> = {
    'the parent is revoked in its account': (parent) => revoke('session', jtiOf(parent)),
    'the child is revoked in its own account': (_, child) =>
      revoke('session', jtiOf(child), {}, 'POST', otherRoot),
  }
  for (const [event, happen] of Object.entries(events))
    for (const services of [undefined, otherRoot])
      await t.test(`${event}: services of ${services ? 'the child’s' : 'the parent’s'} account`, async () => {
        const { session } = await keyUser('parent')
        const child = await assumeTheirs(session)
        const { sigv4 = {}, ...others } = signed(child)
        // A service gets signing keys for sessions of its own account alone.
        const kinds = services ? { sigv4, ...others } : others
        await usable(kinds, services)
        await happen(session, child)
        await ended(kinds, {}, services)
      })
  await t.test('an account that has no part in a session does not end it', async () => {
    const { session, kinds } = await keyUser('parent')
    await usable(kinds)
    await revoke('session', jtiOf(session), {}, 'POST', otherRoot)
    await ended(kinds, Object.fromEntries(Object.keys(kinds).map((name) => [name, 'of another account'])))
  })
})
