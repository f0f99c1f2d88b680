// The first start: one account, its root key, its first administrator; later starts change nothing but the keys the
// operator gives. Of processes that start at once one does the work and the others wait for it; when it dies half-way
// the next takes over after a short lease and makes new secrets, because nobody saw the old ones.
import { setTimeout as wait } from 'node:timers/promises'
import { Problem } from '../problem.ts'
import type { PasswordHasher } from '../secure/password.ts'
import { randomBase32, randomDigits, randomToken, uniqueId } from '../secure/random.ts'
import { Secret } from '../secure/secret.ts'
import { created } from '../store/conditional-writes.ts'
import { type EpochSeconds, type Role, serverAccount, type User } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import { rootArn } from './arn.ts'
import { bearerArn, byName } from './lookup.ts'
import { checkName } from './names.ts'
import { blankUser } from './users.ts'

export interface BootstrapOptions {
  readonly store: Store
  readonly hasher: Pick<PasswordHasher, 'hash'>
  readonly now: () => EpochSeconds
  /** Twelve digits; made when not given. */
  readonly accountId?: string | undefined
  /** Given keys are put in place at every start. */
  readonly rootKey?: RootKey | undefined
  /** Default `admin`. */
  readonly adminName?: string | undefined
  /** A given password need not be changed at the first sign-in; a generated one must. */
  readonly adminPassword?: Secret | undefined
  /** Told what was made before it counts as done: a crash before it returns leads to new secrets, not to lost ones. */
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
  /** Undefined when the operator gave one. */
  readonly adminPassword: Secret | undefined
  /** A role to try AssumeRole with: it reads IAM and may do nothing else. */
  readonly roleArn: string
}

export type Bootstrapped = { readonly firstRun: false; readonly accountId: string } | FirstRun

/** The `setting` record that says how far the first start came. */
const marker = 'first-run'
/** Seconds after which the one who began is taken for dead. The work takes well under one. */
const lease = 15
const administratorAccess = 'arn:aws:iam::aws:policy/AdministratorAccess'

interface Progress {
  readonly state: 'begun' | 'done'
  readonly at: EpochSeconds
  readonly accountId: string
}

const read = (value: string) => JSON.parse(value) as Progress
const settingOf = (progress: Progress) => ({
  id: marker,
  accountId: serverAccount,
  value: JSON.stringify(progress),
})

/** @throws Problem('invalid_input') when a given value contradicts the store or cannot be. */
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
  const setting = await store.get('setting', marker)
  if (!setting) throw new Problem('not_found', 'this store was never started; start the server once')
  return read(setting.value).accountId
}

/**
 * Ids of the account's active root keys beside the one that the settings give. A former one stays until it is deactivated:
 * another process may still be started with it.
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
  // Session keys are told by this prefix (sts/authenticate.ts).
  if (rootKey.id.startsWith('ASIA'))
    throw new Problem('invalid_input', 'CHANCERY_ROOT_ACCESS_KEY_ID must not begin with ASIA')
  if (rootKey.secret.reveal().length < 8)
    throw new Problem('invalid_input', 'CHANCERY_ROOT_SECRET_ACCESS_KEY must have at least 8 characters')
}

/** Whether the work is ours to do. Waits while another process does it. */
async function claim(o: BootstrapOptions): Promise<{ mine: boolean; accountId: string }> {
  const accountId = o.accountId ?? newAccountId()
  const begun = settingOf({ state: 'begun', at: o.now(), accountId })
  if (await created(o.store.create('setting', begun))) return { mine: true, accountId }
  for (;;) {
    const found = await o.store.get('setting', marker)
    if (found === undefined) return claim(o)
    const progress = read(found.value)
    if (progress.state === 'done') return { mine: false, accountId: progress.accountId }
    // A begin in the future was written before the clock went back: nobody waits until the clock is there again.
    if (Math.abs(o.now() - progress.at) >= lease && (await takeOver(o, found.value)))
      return { mine: true, accountId: progress.accountId }
    await wait(50)
  }
}

const newAccountId = (): string => String(1 + (Number(randomDigits(12)) % 9)) + randomDigits(11)

class Late extends Error {}

async function takeOver({ store, now }: BootstrapOptions, seen: string): Promise<boolean> {
  try {
    await store.update('setting', marker, (old) => {
      if (old.value !== seen) throw new Late()
      return settingOf({ ...read(seen), at: now() })
    })
    return true
  } catch (error) {
    if (error instanceof Late) return false
    throw error
  }
}

/** Also what an earlier try left half-way is made whole, with new secrets. */
async function firstRun(o: BootstrapOptions, accountId: string): Promise<Bootstrapped> {
  const at = o.now()
  await created(o.store.create('account', { id: accountId, accountId, alias: undefined, createdAt: at }))
  for await (const { id } of o.store.each('accessKey', { by: 'root', value: accountId }))
    await o.store.delete('accessKey', id)
  const rootKey = o.rootKey ?? { id: uniqueId('AKIA'), secret: new Secret(randomToken(30)) }
  await putRootKey(o, accountId, rootKey)
  const adminName = o.adminName ?? 'admin'
  const generated = o.adminPassword ? undefined : newPassword()
  await putAdmin(o, accountId, adminName, o.adminPassword ?? generated, generated !== undefined)
  const roleArn = await putFirstRole(o, accountId)
  const made: FirstRun = { firstRun: true, accountId, rootKey, adminName, adminPassword: generated, roleArn }
  await o.announce?.(made)
  await o.store.update('setting', marker, () => settingOf({ state: 'done', at, accountId }))
  return made
}

/** 80 bits, in fours so that it can be read aloud. */
const newPassword = (): Secret => new Secret((randomBase32(16).toLowerCase().match(/.{4}/g) ?? []).join('-'))

async function putAdmin(
  o: BootstrapOptions,
  accountId: string,
  name: string,
  password: Secret | undefined,
  mustChange: boolean,
): Promise<void> {
  if (password === undefined) return
  const at = o.now()
  const login = { hash: await o.hasher.hash(password), mustChange, createdAt: at, changedAt: at }
  const blank = blankUser({ accountId, name, path: '/', createdAt: at })
  const admin: User = { ...blank, attached: [administratorAccess], login }
  if (await created(o.store.create('user', admin))) return
  const found = await byName(o.store, 'user', accountId, name)
  if (found)
    await o.store.update('user', found.id, (old) => ({ ...old, attached: [administratorAccess], login }))
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
    description: 'Reads IAM. Made at the first start, to try AssumeRole with; delete it when you like.',
    createdAt: now(),
    trust: JSON.stringify(trust),
    maxSessionDuration: 3600,
    inline: [],
    attached: ['arn:aws:iam::aws:policy/IAMReadOnlyAccess'],
    tags: [],
    boundary: undefined,
    lastUsed: undefined,
  }
  await created(store.create('role', role))
  return bearerArn('role', role)
}

/** @throws Problem('invalid_input') when the id is a user's. */
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
  if (await created(o.store.create('accessKey', key))) return
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
