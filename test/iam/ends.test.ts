// attacks.md 33: a process that dies between a change and what must end with it leaves no session alive at services,
// because the revocation is durable first. The store fails at the change, as if the process had died there.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Call } from '../../src/iam/caller.ts'
import { recoveryFactor } from '../../src/iam/mfa/recovery-codes.ts'
import { Secret } from '../../src/secure/secret.ts'
import { codeOf } from '../../src/secure/totp.ts'
import type { User } from '../../src/store/records.ts'
import type { Store } from '../../src/store/store.ts'
import { makeKeyPair, metadataOf } from '../support/upstreams/saml-forge.ts'
import { accountId, allow, type IamFixture, openIamFixture } from './fixture.ts'

const url = 'https://ci.example'
const providers = `arn:aws:iam::${accountId}`
const password = new Secret('correct horse battery')
const next = new Secret('staple of the year')

/** What is there before the change. */
interface Stage extends IamFixture {
  readonly user: User
  readonly keyId: string
  readonly deviceId: string
  readonly roleId: string
  /** The user, by their own key. */
  readonly own: Call
}

const rows: readonly (readonly [
  change: string,
  make: (stage: Stage) => Promise<unknown>,
  revoked: (stage: Stage) => readonly [scope: string, value: string],
  also?: (stage: Stage) => readonly [scope: string, value: string],
])[] = [
  [
    'DeleteUser',
    ({ iam, root }) => iam.deleteUser(root, { userName: 'bare' }),
    ({ user }) => ['user', user.id],
  ],
  [
    'DeleteRole',
    ({ iam, root }) => iam.deleteRole(root, { roleName: 'r' }),
    ({ roleId }) => ['role', roleId],
  ],
  [
    'UpdateAccessKey',
    ({ iam, root, keyId }) =>
      iam.updateAccessKey(root, { userName: 'u', accessKeyId: keyId, status: 'Inactive' }),
    ({ keyId }) => ['access-key', keyId],
  ],
  [
    'DeleteAccessKey',
    ({ iam, root, keyId }) => iam.deleteAccessKey(root, { userName: 'u', accessKeyId: keyId }),
    ({ keyId }) => ['access-key', keyId],
  ],
  [
    'DeleteOpenIDConnectProvider',
    ({ iam, root }) =>
      iam.deleteOpenIDConnectProvider(root, { arn: `${providers}:oidc-provider/ci.example` }),
    () => ['provider', `${providers}:oidc-provider/ci.example`],
  ],
  [
    'DeleteSAMLProvider',
    ({ iam, root }) => iam.deleteSAMLProvider(root, { arn: `${providers}:saml-provider/acme` }),
    () => ['provider', `${providers}:saml-provider/acme`],
  ],
  [
    'DeactivateMFADevice',
    ({ iam, root, deviceId }) => iam.deactivateMFADevice(root, { userName: 'u', serialNumber: deviceId }),
    ({ deviceId }) => ['factor', deviceId],
    // Recovery codes are used in its place.
    ({ own }) => ['factor', recoveryFactor(userOf(own))],
  ],
  [
    'UpdateLoginProfile',
    ({ iam, root }) => iam.updateLoginProfile(root, { userName: 'u', password: next }),
    ({ own }) => ['password', userOf(own).id],
  ],
  [
    'DeleteLoginProfile',
    ({ iam, root }) => iam.deleteLoginProfile(root, { userName: 'u' }),
    ({ own }) => ['password', userOf(own).id],
  ],
  [
    'ChangePassword',
    ({ iam, own }) => iam.changePassword(own, { oldPassword: password, newPassword: next }),
    ({ own }) => ['password', userOf(own).id],
  ],
]

const userOf = ({ caller }: Call) => ({
  accountId,
  id: caller.kind === 'user' ? caller.userId : '',
})

const changing = { user: true, role: true, accessKey: true, identityProvider: true, mfaDevice: true }

/** From now on the store fails where it would change one of those. */
function failAtChanges(store: Store): void {
  const died = () => Promise.reject(new Error('the process died here'))
  const fails = (kind: string) => Object.hasOwn(changing, kind)
  const [update, remove] = [store.update.bind(store), store.delete.bind(store)]
  store.update = (kind, ...rest) => (fails(kind) ? died() : update(kind, ...rest))
  store.delete = (kind, ...rest) => (fails(kind) ? died() : remove(kind, ...rest))
}

async function prepare(fixture: IamFixture): Promise<Stage> {
  const { iam, root, clock } = fixture
  const own = await fixture.userWho('u', allow('iam:ChangePassword'))
  await iam.createLoginProfile(root, { userName: 'u', password })
  const { key } = await iam.createAccessKey(root, { userName: 'u' })
  const { device } = await iam.createVirtualMFADevice(root, { name: 'phone' })
  const step = Math.floor(clock.now / 30)
  const [code1, code2] = [codeOf(device.seed, step), codeOf(device.seed, step + 1)]
  await iam.enableMFADevice(root, { userName: 'u', serialNumber: device.id, code1, code2 })
  await iam.createOpenIDConnectProvider(root, { url })
  await iam.createSAMLProvider(root, { name: 'acme', metadata: metadataOf([makeKeyPair()]) })
  const trust = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: accountId }, Action: 'sts:AssumeRole' }],
  })
  const role = await iam.createRole(root, { roleName: 'r', trust })
  const user = await iam.createUser(root, { userName: 'bare' })
  return { ...fixture, user, keyId: key.id, deviceId: device.id, roleId: role.id, own }
}

for (const [change, make, revoked, also] of rows)
  test(`33: ${change}: the revocation is durable before the change`, async (t) => {
    const stage = await prepare(await openIamFixture(t))
    failAtChanges(stage.store)
    await assert.rejects(make(stage), /the process died here/)
    const { records } = await stage.store.find('revocation', { by: 'all', value: 'all' }, { limit: 9 })
    const wanted = [revoked(stage), ...(also ? [also(stage)] : [])]
    assert.deepEqual(records.map(({ scope, value }) => [scope, value]).sort(), wanted.sort())
  })
