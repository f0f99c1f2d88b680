// Secrets of providers that administrators change at run time: they are never shown, and stay when a change leaves them out. A
// secret that is sent to the other side stays only while it is sent to the same servers: otherwise whoever may change a provider,
// but does not know its secret, could have it sent to a server of their own.
import type { FieldFault } from '../problem.ts'
import type { IdentityProvider } from '../store/records.ts'
import type { ProviderEntry } from './configuration-entry.ts'

/** Members of `sign_in` that prove us to the provider; a provider has one of them at most. */
const credentials = ['client_secret', 'private_key'] as const

/** Path of the credential that a record has, as in its entry; undefined: it has none. */
export function credentialPath({ kind, secret, ...provider }: IdentityProvider): string | undefined {
  if (secret === undefined) return undefined
  if (kind === 'ldap') return 'bind_password'
  const isKey = kind === 'saml' || ('client' in provider && provider.client?.auth === 'private_key_jwt')
  return isKey ? 'sign_in.private_key' : 'sign_in.client_secret'
}

/** Paths of all secrets that a record has. */
export function secretsOf(provider: IdentityProvider): readonly string[] {
  const own = credentialPath(provider)
  return [
    ...(own === undefined ? [] : [own]),
    ...(provider.decryptionKeys === undefined ? [] : ['encryption.keys.private_key']),
  ]
}

/** A JSON merge patch (RFC 7396): null removes a member, objects are merged, everything else replaces. */
export function merged(old: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch
  const result = new Map(Object.entries(isObject(old) ? old : {}))
  for (const [name, value] of Object.entries(patch))
    if (value === null) result.delete(name)
    else result.set(name, merged(result.get(name), value))
  return Object.fromEntries(result)
}

/** An entry after a change, with the secrets of the record that the change neither gives nor removes. */
export function withKeptSecrets(
  old: IdentityProvider,
  entry: ProviderEntry,
  change: ProviderEntry,
): ProviderEntry {
  const kept = { ...entry }
  const secret = old.secret?.reveal()
  if (old.kind === 'ldap') {
    if (!givesCredential(old, change) && entry['bind_dn'] !== undefined && secret !== undefined)
      kept['bind_password'] = secret
  } else {
    const name = credentialPath(old)?.split('.')[1]
    if (name !== undefined && isObject(entry['sign_in']) && !givesCredential(old, change))
      kept['sign_in'] = { ...entry['sign_in'], [name]: secret }
  }
  return old.kind === 'saml' ? withDecryptionKeys(old, kept) : kept
}

const pem = /-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]+-----END [A-Z ]*PRIVATE KEY-----/g

/** Each key pair that is named by its certificate alone keeps its private key. */
function withDecryptionKeys(
  { decryptionKeys, encryption }: Extract<IdentityProvider, { kind: 'saml' }>,
  entry: ProviderEntry,
): ProviderEntry {
  const given = entry['encryption']
  if (!isObject(given) || !Array.isArray(given['keys']) || decryptionKeys === undefined) return entry
  const texts = decryptionKeys.reveal().match(pem) ?? []
  const known = new Map((encryption?.certificates ?? []).map((one, at) => [one.trim(), texts[at]]))
  const keys = given['keys'].map((key: unknown) => {
    if (!isObject(key) || 'private_key' in key || typeof key['certificate'] !== 'string') return key
    const text = known.get(key['certificate'].trim())
    return text === undefined ? key : { ...key, private_key: text }
  })
  return { ...entry, encryption: { ...given, keys } }
}

function givesCredential({ kind }: IdentityProvider, change: ProviderEntry): boolean {
  if (kind === 'ldap') return 'bind_password' in change
  const given = change['sign_in']
  return isObject(given) && credentials.some((name) => name in given)
}

/** Where the credential of a provider is sent; empty for keys, which are not sent. */
function destination(provider: IdentityProvider): string {
  switch (provider.kind) {
    case 'openid':
      return provider.client?.auth === 'private_key_jwt' ? '' : provider.url
    case 'oauth2':
      return provider.endpoints.token
    case 'ldap':
      return JSON.stringify([provider.urls, provider.startTls, provider.ca])
    case 'saml':
      return ''
  }
}

/**
 * The fault of a change that would send a credential that it does not give to other servers. One that it gives is not compared with
 * the credential that there is: the answer would tell whether a guess is right.
 */
export function misdirectedSecret(
  old: IdentityProvider,
  next: IdentityProvider,
  change: ProviderEntry,
): readonly FieldFault[] {
  const [was, is] = [credentialPath(old), credentialPath(next)]
  if (was === undefined || was !== is || destination(old) === destination(next)) return []
  if (givesCredential(old, change)) return []
  const message = 'must be given again, because it would be sent to another server'
  return [{ field: was, message }]
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
