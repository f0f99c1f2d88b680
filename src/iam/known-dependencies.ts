// Whether what a revocation names exists in an account. What does not exist can be revoked all the same, since sessions outlive what
// they were made from; the caller gets a warning, because it may be a mistake. Another account's things are as unknown as any other.
import type { RevocationScope } from '../secure/session/session-dependencies.ts'
import type { Store } from '../store/store.ts'
import { passkeyFactor } from './mfa/passkey-records.ts'
import { recoveryFactor } from './mfa/recovery-codes.ts'

type Reader = Pick<Store, 'get'>
type Find = (
  store: Reader,
  value: string,
) => Promise<{ readonly accountId: string } | undefined> | { readonly accountId: string } | undefined

const userOf: Find = (store, value) => store.get('user', value)

async function factorOf(store: Reader, serialNumber: string) {
  const [, userId = '', name = ''] = /\/([^/]+)\/([^/]+)$/.exec(serialNumber) ?? []
  if (name.startsWith('passkey-')) {
    const passkey = await store.get('passkey', name.slice('passkey-'.length))
    return passkey && passkeyFactor(passkey) === serialNumber ? passkey : undefined
  }
  const user = name === 'recovery-codes' ? await store.get('user', userId) : undefined
  return user && recoveryFactor(user) === serialNumber ? user : store.get('mfaDevice', serialNumber)
}

/** Scopes whose things are records; the others are ids of sessions, names chosen by callers, and clients of the configuration. */
const finders: Readonly<Partial<Record<RevocationScope, Find>>> = {
  role: (store, value) => store.get('role', value),
  user: userOf,
  'sign-in': userOf,
  password: userOf,
  consent: (store, value) => userOf(store, value.slice(0, value.indexOf('/'))),
  'access-key': (store, value) => store.get('accessKey', value),
  provider: (store, value) => store.get('identityProvider', value),
  factor: factorOf,
}

/** Undefined for a scope whose things are not looked up. */
export async function isKnownDependency(
  store: Reader,
  accountId: string,
  scope: RevocationScope,
  value: string,
): Promise<boolean | undefined> {
  const find = finders[scope]
  return find && (await find(store, value))?.accountId === accountId
}
