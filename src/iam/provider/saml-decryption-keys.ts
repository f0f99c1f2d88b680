// The private keys of a SAML provider for encrypted assertions, as the IAM API changes them: added and removed one at a time, so that
// an identity provider can be given a new key while assertions for the former one are still decrypted.
import { Problem } from '../../problem.ts'
import { readDecryptionKey } from '../../secure/key/private-key.ts'
import { randomBase32 } from '../../secure/random.ts'
import { Secret } from '../../secure/secret.ts'
import type { EpochSeconds, SamlProvider } from '../../store/records.ts'
import { checkQuota } from '../quotas.ts'

/** AWS's parameters for encrypted assertions. */
export interface EncryptionChange {
  /** `Required`: only encrypted assertions are accepted. `Allowed`: others too. */
  readonly encryptionMode?: string | undefined
  /** PEM. */
  readonly addPrivateKey?: Secret | undefined
  /** Id of a key. */
  readonly removePrivateKey?: string | undefined
}

type Fields = Pick<SamlProvider, 'decryptionKeys' | 'encryption'>

const pem = /-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----/g

/**
 * The fields of a provider's record after a change. The newest key is the first.
 * @throws Problem('invalid_input') for a key that cannot decrypt, or a mode that needs a key · Problem('not_found') for an unknown
 *   key id · Problem('limit_exceeded') for a third key
 */
export function withEncryption(
  old: Pick<SamlProvider, 'decryptionKeys' | 'encryption' | 'fromFile'>,
  { encryptionMode, addPrivateKey, removePrivateKey }: EncryptionChange,
  now: EpochSeconds,
): Fields {
  const { decryptionKeys, encryption } = old
  if (encryptionMode === undefined && addPrivateKey === undefined && removePrivateKey === undefined) return {}
  if (old.fromFile) throw refuse('the encryption of this provider is set in the configuration file')
  // AWS API: UpdateSAMLProvider.
  if (addPrivateKey !== undefined && removePrivateKey !== undefined)
    throw refuse('add the new private key first, and remove the old one in a separate request')
  const texts = decryptionKeys?.reveal().match(pem) ?? []
  let keys = (encryption?.keys ?? []).map((key, at) => ({ ...key, text: texts[at] ?? '' }))
  if (removePrivateKey !== undefined) {
    const left = keys.filter(({ id }) => id !== removePrivateKey)
    if (left.length === keys.length)
      throw new Problem('not_found', `The private key with id ${removePrivateKey} cannot be found.`)
    keys = left
  }
  if (addPrivateKey !== undefined) {
    const text = readDecryptionKey(addPrivateKey).reveal().trim()
    if (keys.some((key) => key.text === text)) throw refuse('the provider has this private key already')
    checkQuota('PrivateKeysPerSAMLProvider', keys.length + 1)
    keys = [{ id: randomBase32(26), addedAt: now, text }, ...keys]
  }
  const required =
    encryptionMode === undefined ? encryption?.required === true : encryptionMode === 'Required'
  if (required && keys.length === 0)
    throw refuse(
      '`AssertionEncryptionMode` Required needs a private key; add one, or set the mode to Allowed',
    )
  return {
    decryptionKeys: keys.length === 0 ? undefined : new Secret(keys.map(({ text }) => text).join('\n')),
    encryption: { certificates: [], required, keys: keys.map(({ id, addedAt }) => ({ id, addedAt })) },
  }
}

const refuse = (message: string): Problem => new Problem('invalid_input', message)
