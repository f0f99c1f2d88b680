// Gives an administrator who cannot sign in a new way in, for the operator of the machine (`chancery admin reset`). Whoever can
// read the master key and write to the store could do the same by hand; this does it completely, and with an audit entry.
import { randomUUID } from 'node:crypto'
import type { PasswordHasher } from '../../secure/password/password.ts'
import type { Secret } from '../../secure/secret.ts'
import { createIfAbsent } from '../../store/conditional-writes.ts'
import type { EpochSeconds, LoginProfile, User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { userArn } from '../arn.ts'
import type { Trail } from '../audit/with-audit.ts'
import { administratorAccess, generatedPassword } from '../bootstrap.ts'
import { type Ends, revokeAround } from '../ends.ts'
import { byName } from '../lookup.ts'
import { passkeyFactor, passkeysOf } from '../mfa/passkey-records.ts'
import { enabledDevices } from '../mfa/totp-devices.ts'
import { checkName } from '../names.ts'
import { firstChangedAt } from '../password/login-profiles.ts'
import { nextChangedAt } from '../password/password-change.ts'
import { OneTimeLinks } from '../sign-in/one-time-links.ts'
import { newUserRecord } from '../users.ts'
import { removeDevices } from './person-sign-ins.ts'

export interface ResetDependencies {
  readonly store: Store
  readonly ends: Ends
  readonly hasher: Pick<PasswordHasher, 'hash' | 'verify'>
  readonly trail: Trail
  readonly now: () => EpochSeconds
}

export interface ResetRequest {
  readonly accountId: string
  readonly name: string
  /** Make a one-time password instead of a one-time link. */
  readonly password: boolean
  readonly keepFactors: boolean
  /** Seconds for which the link can be used. */
  readonly lifetime: number
}

export interface AdministratorReset {
  readonly name: string
  /** What was done, a phrase each. */
  readonly done: readonly string[]
  /** Ids of access keys of the user that are still active. */
  readonly activeKeys: readonly string[]
  /** Of the one-time link; undefined when a password was made. */
  readonly token: string | undefined
  /** To be replaced at the first sign-in; undefined when a link was made. */
  readonly password: Secret | undefined
  readonly expiresAt: EpochSeconds | undefined
}

/**
 * The user is created or enabled, gets AdministratorAccess, and loses permission boundary, password, second factors, sessions,
 * tokens and earlier links.
 * @throws Problem('invalid_input') for a name that no user can have; Problem('unavailable') when it cannot be recorded
 */
export async function resetAdministrator(
  deps: ResetDependencies,
  { accountId, name, password, keepFactors, lifetime }: ResetRequest,
): Promise<AdministratorReset> {
  const { store, ends, now } = deps
  const { user, created } = await existingOrNew(deps, accountId, checkName('user', name))
  const generated = password ? generatedPassword() : undefined
  const hash = generated && (await deps.hasher.hash(generated))
  const at = now()
  const changedAt =
    user.login === undefined ? await firstChangedAt(store, user, at) : nextChangedAt(user.login, at)
  const login: LoginProfile | undefined =
    hash === undefined ? undefined : { hash, mustChange: true, createdAt: at, changedAt }
  const done = changesOf(user, created)
  await revokeAround(
    async () => {
      await ends.userEnded(user)
      // So that a password that is chosen later counts as a later one, also by a clock that was set back.
      await ends.passwordReplaced(user, changedAt)
    },
    () =>
      store.update('user', user.id, (old) => ({
        ...old,
        disabled: false,
        boundary: undefined,
        attached: [...new Set([...old.attached, administratorAccess])],
        login,
      })),
  )
  const devices = keepFactors
    ? []
    : [
        ...(await enabledDevices(store, user.id)).map(({ id }) => id),
        ...(await passkeysOf(store, user.id)).map(passkeyFactor),
      ]
  if (!keepFactors) {
    await removeDevices(deps, user, devices)
    if (devices.length > 0) done.push('second factors removed')
  }
  const passwordReplaced = (owner: User, changed: EpochSeconds) => ends.passwordReplaced(owner, changed)
  const links = new OneTimeLinks({ ...deps, passwordReplaced })
  await links.removeAll(user)
  const link = password ? undefined : await links.create(user, lifetime)
  await deps.trail.record({
    at,
    accountId,
    action: 'chancery:ResetAdministrator',
    who: 'command line',
    actor: { kind: 'server' },
    resource: userArn(user),
    outcome: 'done',
    requestId: randomUUID(),
    sourceIp: '127.0.0.1',
    details: { done, way: password ? 'one-time password' : 'one-time link' },
  })
  const activeKeys: string[] = []
  for await (const { id, status } of store.each('accessKey', { by: 'user', value: user.id }))
    if (status === 'Active') activeKeys.push(id)
  return {
    name: user.name,
    done,
    activeKeys,
    token: link?.token,
    password: generated,
    expiresAt: link?.expiresAt,
  }
}

async function existingOrNew(
  deps: Pick<ResetDependencies, 'store' | 'now'>,
  accountId: string,
  name: string,
): Promise<{ readonly user: User; readonly created: boolean }> {
  const { store, now } = deps
  const found = await byName(store, 'user', accountId, name)
  if (found) return { user: found, created: false }
  const user = newUserRecord({ accountId, name, path: '/', createdAt: now() })
  if (await createIfAbsent(store.create('user', user))) return { user, created: true }
  return existingOrNew(deps, accountId, name)
}

function changesOf({ disabled, boundary, attached }: User, created: boolean): string[] {
  return [
    ...(created ? ['user created'] : ['sessions, tokens and password ended']),
    ...(disabled ? ['enabled'] : []),
    ...(boundary === undefined ? [] : ['permission boundary removed']),
    ...(attached.includes(administratorAccess) ? [] : ['AdministratorAccess attached']),
  ]
}
