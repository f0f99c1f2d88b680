// The first start creates an account, its root access key and its first administrator. Later starts only write the root key
// that the operator configured. When several processes start at once, one does the work and the others wait for it. If that
// process dies before it is done, another takes over after a lease and generates new secrets, because nobody saw the old ones.
import { setTimeout as wait } from 'node:timers/promises'
import { Problem } from '../problem.ts'
import type { PasswordHasher } from '../secure/password/password.ts'
import { randomBase32, randomDigits, randomToken, uniqueId } from '../secure/random.ts'
import { Secret } from '../secure/secret.ts'
import { createIfAbsent } from '../store/conditional-writes.ts'
import { type EpochSeconds, type Role, serverAccount, type User } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import { rootArn } from './arn.ts'
import { byName, entityArn } from './lookup.ts'
import { checkName } from './names.ts'
import { makeLink, removePasswordLinks } from './sign-in/link-token.ts'
import { newUserRecord } from './users.ts'

export interface BootstrapOptions {
  readonly store: Store
  readonly hasher: Pick<PasswordHasher, 'hash'>
  readonly now: () => EpochSeconds
  /** Twelve digits; generated when not given. */
  readonly accountId?: string | undefined
  /** A configured key is written at every start. */
  readonly rootKey?: RootKey | undefined
  /** Default `admin`. */
  readonly adminName?: string | undefined
  /** A configured password need not be changed at the first sign-in; a generated one must be. */
  readonly adminPassword?: Secret | undefined
  /**
   * Receives what was created, before the first start is marked as done: if the process dies before this returns, the next start
   * generates new secrets, so that none are lost.
   */
  readonly announce?: ((made: FirstRun) => Promise<void> | void) | undefined
}

export interface RootKey {
  readonly id: string
  readonly secret: Secret
}

export interface FirstRun {
  readonly firstRun: true
  readonly accountId: string
  readonly rootKey: RootKey
  readonly adminName: string
  /** Undefined when the operator configured one. */
  readonly adminPassword: Secret | undefined
  /** Token of a one-time link with which the administrator chooses a password; undefined when the operator configured one. */
  readonly linkToken: Secret | undefined
  /** A role to try AssumeRole with; it can only read IAM. */
  readonly roleArn: string
}

export type Bootstrapped = { readonly firstRun: false; readonly accountId: string } | FirstRun

/** Id of the `setting` record that holds the progress of the first start. */
const recordId = 'first-run'
/** Seconds after which the process that began is assumed to have died. The work takes well under one second. */
const leaseSeconds = 15
/** Seconds for which the link of the first start can be used. */
const firstLinkSeconds = 86_400
/** Of the role that is made at the first start. */
export const readerDescription =
  'Reads IAM. Created at the first start, to try AssumeRole with. You may delete it.'

export const administratorAccess = 'arn:aws:iam::aws:policy/AdministratorAccess'

interface Progress {
  readonly state: 'begun' | 'done'
  readonly at: EpochSeconds
  readonly accountId: string
}

const read = (value: string) => JSON.parse(value) as Progress
const settingOf = (progress: Progress) => ({
  id: recordId,
  accountId: serverAccount,
  value: JSON.stringify(progress),
})

/** @throws Problem('invalid_input') when a configured value is not valid or contradicts the store */
export async function bootstrap(options: BootstrapOptions): Promise<Bootstrapped> {
  checkGiven(options)
  const { mine, accountId } = await claim(options)
  if (options.accountId !== undefined && options.accountId !== accountId)
    throw new Problem(
      'invalid_input',
      `CHANCERY_ACCOUNT_ID is \`${options.accountId}\` but the first account of this store is \`${accountId}\``,
    )
  if (mine) return firstRun(options, accountId)
  if (options.rootKey) await putRootKey(options, accountId, options.rootKey)
  return { firstRun: false, accountId }
}

/** @throws Problem('not_found') before the first start */
export async function firstAccount(store: Pick<BootstrapOptions['store'], 'get'>): Promise<string> {
  const setting = await store.get('setting', recordId)
  if (!setting) throw new Problem('not_found', 'this store has no account yet; start the server once')
  return read(setting.value).accountId
}

/**
 * Ids of the account's active root keys other than the configured one. A former key stays active until someone deactivates it,
 * because another process may still be configured with it.
 */
export async function otherRootKeys(
  store: Pick<BootstrapOptions['store'], 'find'>,
  accountId: string,
  given: RootKey | undefined,
): Promise<readonly string[]> {
  if (given === undefined) return []
  const { records } = await store.find('accessKey', { by: 'root', value: accountId }, { limit: 100 })
  return records.flatMap(({ id, status }) => (status === 'Active' && id !== given.id ? [id] : []))
}

function checkGiven({ accountId, rootKey, adminName }: BootstrapOptions): void {
  if (accountId !== undefined && (!/^\d{12}$/.test(accountId) || accountId === serverAccount))
    throw new Problem('invalid_input', 'CHANCERY_ACCOUNT_ID must be 12 digits, not all zero')
  if (adminName !== undefined) checkName('user', adminName)
  if (rootKey === undefined) return
  if (!/^[\w+=,.@-]{3,128}$/.test(rootKey.id))
    throw new Problem(
      'invalid_input',
      'CHANCERY_ROOT_ACCESS_KEY_ID must have 3 to 128 of A-Z a-z 0-9 _+=,.@-',
    )
  // This prefix marks keys of temporary credentials (sts/authentication/authenticate.ts).
  if (rootKey.id.startsWith('ASIA'))
    throw new Problem('invalid_input', 'CHANCERY_ROOT_ACCESS_KEY_ID must not begin with ASIA')
  if (rootKey.secret.reveal().length < 8)
    throw new Problem('invalid_input', 'CHANCERY_ROOT_SECRET_ACCESS_KEY must have at least 8 characters')
}

/** `mine` is true when this process must do the work. Waits while another process does it. */
async function claim(o: BootstrapOptions): Promise<{ mine: boolean; accountId: string }> {
  const accountId = o.accountId ?? newAccountId()
  const begun = settingOf({ state: 'begun', at: o.now(), accountId })
  if (await createIfAbsent(o.store.create('setting', begun))) return { mine: true, accountId }
  for (;;) {
    const found = await o.store.get('setting', recordId)
    if (found === undefined) return claim(o)
    const progress = read(found.value)
    if (progress.state === 'done') return { mine: false, accountId: progress.accountId }
    // A time in the future was written before the clock was set back; the lease then counts as expired.
    if (Math.abs(o.now() - progress.at) >= leaseSeconds && (await takeOver(o, found.value)))
      return { mine: true, accountId: progress.accountId }
    await wait(50)
  }
}

const newAccountId = (): string => String(1 + (Number(randomDigits(12)) % 9)) + randomDigits(11)

class ClaimedMeanwhile extends Error {}

async function takeOver({ store, now }: BootstrapOptions, seen: string): Promise<boolean> {
  try {
    await store.update('setting', recordId, (old) => {
      if (old.value !== seen) throw new ClaimedMeanwhile()
      return settingOf({ ...read(seen), at: now() })
    })
    return true
  } catch (error) {
    if (error instanceof ClaimedMeanwhile) return false
    throw error
  }
}

/** Also completes what an interrupted attempt left behind, with new secrets. */
async function firstRun(o: BootstrapOptions, accountId: string): Promise<Bootstrapped> {
  const at = o.now()
  await createIfAbsent(
    o.store.create('account', { id: accountId, accountId, alias: undefined, createdAt: at }),
  )
  for await (const { id } of o.store.each('accessKey', { by: 'root', value: accountId }))
    await o.store.delete('accessKey', id)
  const rootKey = o.rootKey ?? { id: uniqueId('AKIA'), secret: new Secret(randomToken(30)) }
  await putRootKey(o, accountId, rootKey)
  const adminName = o.adminName ?? 'admin'
  const generated = o.adminPassword ? undefined : generatedPassword()
  const password = o.adminPassword ?? generated
  const admin = await putAdmin(o, accountId, adminName, password, generated !== undefined)
  const linkToken = generated && admin && (await firstLink(o, admin))
  const roleArn = await putFirstRole(o, accountId)
  const made: FirstRun = {
    firstRun: true,
    accountId,
    rootKey,
    adminName,
    adminPassword: generated,
    linkToken,
    roleArn,
  }
  await o.announce?.(made)
  await o.store.update('setting', recordId, () => settingOf({ state: 'done', at, accountId }))
  return made
}

/** A link with which the administrator chooses a password, in the place of one of an interrupted attempt. */
async function firstLink({ store, now }: BootstrapOptions, { id, accountId }: User): Promise<Secret> {
  await removePasswordLinks(store, { id })
  return new Secret((await makeLink(store, { userId: id, accountId }, now(), firstLinkSeconds)).token)
}

/** 80 bits, in groups of four characters so that it can be read aloud. */
export const generatedPassword = (): Secret =>
  new Secret((randomBase32(16).toLowerCase().match(/.{4}/g) ?? []).join('-'))

/** @returns the administrator, made or found */
async function putAdmin(
  o: BootstrapOptions,
  accountId: string,
  name: string,
  password: Secret | undefined,
  mustChange: boolean,
): Promise<User | undefined> {
  if (password === undefined) return undefined
  const at = o.now()
  const login = { hash: await o.hasher.hash(password), mustChange, createdAt: at, changedAt: at }
  const blank = newUserRecord({ accountId, name, path: '/', createdAt: at })
  const admin: User = { ...blank, attached: [administratorAccess], login }
  if (await createIfAbsent(o.store.create('user', admin))) return admin
  const found = await byName(o.store, 'user', accountId, name)
  return (
    found && o.store.update('user', found.id, (old) => ({ ...old, attached: [administratorAccess], login }))
  )
}

async function putFirstRole({ store, now }: BootstrapOptions, accountId: string): Promise<string> {
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: rootArn(accountId) }, Action: 'sts:AssumeRole' }],
  }
  const role: Role = {
    id: uniqueId('AROA'),
    accountId,
    name: 'reader',
    path: '/',
    description: readerDescription,
    createdAt: now(),
    trust: JSON.stringify(trust),
    maxSessionDuration: 3600,
    inline: [],
    attached: ['arn:aws:iam::aws:policy/IAMReadOnlyAccess'],
    tags: [],
    boundary: undefined,
    lastUsed: undefined,
  }
  await createIfAbsent(store.create('role', role))
  return entityArn('role', role)
}

/** @throws Problem('invalid_input') when the id belongs to a user's access key */
async function putRootKey(o: BootstrapOptions, accountId: string, { id, secret }: RootKey): Promise<void> {
  const createdAt = o.now()
  const key = {
    id,
    accountId,
    userId: undefined,
    secret,
    status: 'Active',
    createdAt,
    lastUsed: undefined,
  } as const
  if (await createIfAbsent(o.store.create('accessKey', key))) return
  await o.store.update('accessKey', id, (old) => {
    if (old.userId !== undefined || old.accountId !== accountId)
      throw new Problem(
        'invalid_input',
        'CHANCERY_ROOT_ACCESS_KEY_ID is the access key id of a user; choose another',
      )
    if (old.secret.equals(secret.reveal()) && old.status === 'Active') return old
    return { ...old, secret, status: 'Active' }
  })
}
