// Decrypts an EncryptedAssertion (Core section 2.3.4; XML Encryption 1.1). Everything that costs nothing is checked first; the number of
// RSA operations is bounded. All failures of the decryption itself have one message, so that they are no oracle: the reason is in
// the log. The caller verifies the signature of the result.
import { createPrivateKey, X509Certificate } from 'node:crypto'
import {
  contentMode,
  decryptContent,
  isKeyTransport,
  type KeyTransport,
  sha1Digest,
  sha1Mask,
  unwrapKey,
} from '../../secure/xml/xml-encryption.ts'
import type { SamlProvider } from '../../store/records.ts'
import { sanitizeForLog } from '../outbound/sanitize-for-log.ts'
import { assertionNs, signatureNs } from './names.ts'
import { refuse } from './refusal.ts'
import { allElements, childrenOf, plainText, type XmlElement } from './xml.ts'

const encryptionNs = 'http://www.w3.org/2001/04/xmlenc#'
const encryption11Ns = 'http://www.w3.org/2009/xmlenc11#'
const elementType = `${encryptionNs}Element`

/** One for each recipient. An identity provider has one, or two while keys are replaced. */
const maxEncryptedKeys = 4

/** A key pair of this server for encrypted assertions. */
export interface DecryptionKey {
  /** PEM. */
  readonly privateKey: string
  /** PEM; undefined when the key came without one. */
  readonly certificate: string | undefined
}

/** The fields of a provider's record for encrypted assertions. */
export type RecordedEncryption = Pick<SamlProvider, 'decryptionKeys' | 'encryption'>

/** What a provider's record has for encrypted assertions; undefined when it has none. */
export function encryptionKeysOf({
  decryptionKeys,
  encryption,
}: RecordedEncryption): { readonly keys: readonly DecryptionKey[]; readonly required: boolean } | undefined {
  if (decryptionKeys === undefined || encryption === undefined) return undefined
  const pem = /-----BEGIN [A-Z ]+-----[^-]+-----END [A-Z ]+-----/g
  const keys = [...decryptionKeys.reveal().matchAll(pem)].map(([privateKey], at) => ({
    privateKey,
    certificate: encryption.certificates[at],
  }))
  return { keys, required: encryption.required }
}

interface Decryption {
  readonly keys: readonly DecryptionKey[]
  /** Whether a verified signature covers the ciphertext; without it, AES-CBC is refused. */
  readonly authenticated: boolean
}

/** The XML of the assertion, not verified. @throws Problem('invalid_identity_token') */
export function decryptedAssertion(encrypted: XmlElement, { keys, authenticated }: Decryption): string {
  if (keys.length === 0)
    throw refuse('the assertion is encrypted, and this provider has no `encryption` keys here')
  const data = one(encrypted, encryptionNs, 'EncryptedData')
  if ((data.attributes.get('Type') ?? elementType) !== elementType)
    throw refuse('the encrypted content is not an element')
  const algorithm = algorithmOf(one(data, encryptionNs, 'EncryptionMethod'))
  const mode = contentMode(algorithm)
  if (mode === undefined)
    throw refuse(`the content encryption \`${sanitizeForLog(algorithm)}\` is not allowed; use AES-GCM`)
  if (mode === 'cbc' && !authenticated)
    throw refuse('AES-CBC is allowed only in a signed Response; use AES-GCM, or sign the Response as well')
  const content = cipherValue(data)
  const key = contentKey(encryptedKeys(encrypted, data), keys)
  const plain = decryptContent(algorithm, key, content)
  if (plain === undefined) throw refuse('the encrypted assertion cannot be decrypted')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(plain)
  } catch {
    throw refuse('the encrypted assertion cannot be decrypted')
  }
}

/** In the KeyInfo of the data, or beside the data, to which a RetrievalMethod or a DataReference then refers. */
function encryptedKeys(encrypted: XmlElement, data: XmlElement): readonly XmlElement[] {
  const inside = childrenOf(data, signatureNs, 'KeyInfo').flatMap((info) =>
    childrenOf(info, encryptionNs, 'EncryptedKey'),
  )
  const found = [...inside, ...childrenOf(encrypted, encryptionNs, 'EncryptedKey')]
  if (found.length === 0) throw refuse('the encrypted assertion has no EncryptedKey')
  if (found.length > maxEncryptedKeys) throw refuse(`more than ${maxEncryptedKeys} EncryptedKey elements`)
  return found
}

function contentKey(wrapped: readonly XmlElement[], keys: readonly DecryptionKey[]): Buffer {
  const ours = keys.map(({ certificate }) => certificate && new X509Certificate(certificate).raw)
  const named: string[] = []
  for (const element of wrapped) {
    const transport = keyTransportOf(element)
    const certificate = certificateIn(element)
    const fitting = keys.filter(
      (_, at) => certificate === undefined || !ours[at] || ours[at].equals(certificate),
    )
    if (fitting.length === 0 && certificate !== undefined) named.push(fingerprintOf(certificate))
    for (const { privateKey } of fitting) {
      const key = unwrapKey(transport, cipherValue(element), createPrivateKey(privateKey))
      if (key !== undefined) return key
    }
  }
  throw refuse(
    named.length === 0
      ? 'the assertion is encrypted for a key that this server does not have; give the provider our current metadata'
      : `the assertion is encrypted for another certificate (${named.join(', ')}); give the provider our current metadata`,
  )
}

/** @throws Problem('invalid_identity_token') for every algorithm but RSA-OAEP */
function keyTransportOf(element: XmlElement): KeyTransport {
  const method = one(element, encryptionNs, 'EncryptionMethod')
  if (childrenOf(method, encryptionNs, 'OAEPparams').some(({ text }) => text.trim() !== ''))
    throw refuse('OAEPparams is not supported')
  const [digest] = childrenOf(method, signatureNs, 'DigestMethod')
  const [mask] = childrenOf(method, encryption11Ns, 'MGF')
  const transport: KeyTransport = {
    algorithm: algorithmOf(method),
    digest: digest ? algorithmOf(digest) : sha1Digest,
    mask: mask ? algorithmOf(mask) : sha1Mask,
  }
  if (isKeyTransport(transport)) return transport
  const stated = Object.values(transport).map((uri) => sanitizeForLog(uri))
  throw refuse(`the key encryption is not allowed: ${stated.join(' ')}; use RSA-OAEP with one hash for both`)
}

function certificateIn(element: XmlElement): Buffer | undefined {
  for (const info of childrenOf(element, signatureNs, 'KeyInfo'))
    for (const { namespace, name, text } of allElements(info))
      if (namespace === signatureNs && name === 'X509Certificate') return Buffer.from(text, 'base64')
  return undefined
}

function fingerprintOf(certificate: Buffer): string {
  try {
    return new X509Certificate(certificate).fingerprint256.replaceAll(':', '').slice(0, 16).toLowerCase()
  } catch {
    return 'unreadable'
  }
}

function cipherValue(of: XmlElement): Buffer {
  const value = one(one(of, encryptionNs, 'CipherData'), encryptionNs, 'CipherValue')
  const text = plainText(value)?.replace(/\s+/g, '') ?? ''
  const bytes = Buffer.from(text, 'base64')
  if (text === '' || bytes.toString('base64') !== text) throw refuse('CipherValue is not base64')
  return bytes
}

function one(of: XmlElement, namespace: string, name: string): XmlElement {
  const [found, ...others] = childrenOf(of, namespace, name)
  if (!found || others.length > 0) throw refuse(`${of.name} must have one ${name}`)
  return found
}

const algorithmOf = ({ attributes }: XmlElement): string => attributes.get('Algorithm') ?? ''

/** The element that holds the encrypted assertion, not the assertion. */
export const isEncryptedAssertion = ({ namespace, name }: XmlElement): boolean =>
  namespace === assertionNs && name === 'EncryptedAssertion'
