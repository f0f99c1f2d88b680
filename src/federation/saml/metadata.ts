// An identity provider's metadata (saml-metadata-2.0-os): entity id, endpoints, and the signing certificates, which are pinned by it.
// Metadata of the configuration file is trusted as given, without a signature; fetched metadata is verified by fetched-metadata.ts.
import { type KeyObject, X509Certificate } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { Problem } from '../../problem.ts'
import { sha256base64url } from '../../secure/digest.ts'
import type { EpochSeconds } from '../../store/records.ts'
import { communicationError } from '../outbound/checked-address.ts'
import { metadataNs, postBinding, protocolNs, redirectBinding, signatureNs } from './names.ts'
import { childrenOf, parseXml, type XmlElement } from './xml.ts'

export interface PinnedCertificate {
  readonly key: KeyObject
  readonly notAfter: EpochSeconds
  readonly fingerprint: string
  readonly sha1: boolean
}

export interface IdpMetadata {
  readonly entityId: string
  /** SingleSignOnService with the binding HTTP-Redirect. */
  readonly signOn: string | undefined
  /** SingleLogoutService with the binding HTTP-Redirect. */
  readonly signOut: string | undefined
  /** Where a LogoutResponse is sent by HTTP-Redirect: ResponseLocation, else Location (Metadata section 2.2.2). */
  readonly logoutResponses: string | undefined
  /** Several while the provider replaces one. */
  readonly certificates: readonly PinnedCertificate[]
  /** The metadata must not be used after this time (section 2.3.2). */
  readonly validUntil: EpochSeconds | undefined
  readonly wantsSignedRequests: boolean
}

/**
 * IAM User Guide, quotas: "SAML metadata document"; the API says the same of the length. The metadata of one provider has some hundred
 * elements; 3,000 are parsed in about 50 ms.
 */
const limits = { length: 10_000_000, elements: 3000, comments: true } as const
const maxCertificates = 10
const minRsaBits = 2048

const invalid = (why: string): Problem =>
  new Problem('invalid_input', `the SAML metadata is not acceptable: ${why}`)

/** Cache by the hash of the XML, because metadata is used with each assertion and changes rarely. */
const cache = new LRUCache<string, IdpMetadata>({ max: 200 })

/**
 * Parses and validates metadata.
 * @throws Problem('invalid_input') · Problem('idp_communication_error') for metadata that was never fetched
 */
export function readMetadata(xml: string): IdpMetadata {
  if (xml === '')
    throw communicationError('the metadata was not fetched yet; `chancery provider check` shows why')
  const id = sha256base64url(xml)
  const cached = cache.get(id)
  if (cached) return cached
  const metadata = read(xml)
  cache.set(id, metadata)
  return metadata
}

/** The values of the metadata that are stored in a provider's record. @throws Problem('invalid_input') */
export const readRecorded = (xml: string): Pick<IdpMetadata, 'entityId' | 'validUntil'> => {
  if (xml === '') throw invalid('it is empty')
  const { entityId, validUntil } = readMetadata(xml)
  return { entityId, validUntil }
}

function read(xml: string): IdpMetadata {
  const root = rootOf(xml)
  if (root.namespace !== metadataNs || root.name !== 'EntityDescriptor')
    throw invalid(
      'its root must be one EntityDescriptor; for metadata of a federation, use only the EntityDescriptor of your provider',
    )
  const entityId = root.attributes.get('entityID') ?? ''
  if (!/^[\x21-\x7e]{1,1024}$/.test(entityId)) throw invalid('entityID must be a URI of 1 to 1024 characters')
  const [role, ...others] = childrenOf(root, metadataNs, 'IDPSSODescriptor')
  if (!role || others.length > 0) throw invalid('it must have exactly one IDPSSODescriptor')
  if (!(role.attributes.get('protocolSupportEnumeration') ?? '').split(/\s+/).includes(protocolNs))
    throw invalid('the IDPSSODescriptor does not support SAML 2.0')
  const ends = [root, role].flatMap(({ attributes }) => validUntilOf(attributes))
  return {
    entityId,
    signOn: endpointOf(role, 'SingleSignOnService', redirectBinding),
    signOut: endpointOf(role, 'SingleLogoutService', redirectBinding),
    logoutResponses: responseLocationOf(role, 'SingleLogoutService', redirectBinding),
    certificates: certificatesOf(role),
    validUntil: ends.length === 0 ? undefined : Math.min(...ends),
    wantsSignedRequests: ['true', '1'].includes(role.attributes.get('WantAuthnRequestsSigned') ?? ''),
  }
}

function rootOf(xml: string): XmlElement {
  try {
    return parseXml(xml, limits).root
  } catch (cause) {
    if (cause instanceof Problem) throw invalid(cause.detail ?? cause.message)
    throw cause
  }
}

/** The `validUntil` of an element, if it has one. @throws Problem('invalid_input') */
export function validUntilOf(attributes: ReadonlyMap<string, string>): readonly EpochSeconds[] {
  const text = attributes.get('validUntil')
  if (text === undefined) return []
  const at = Date.parse(text)
  if (!/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(text) || Number.isNaN(at))
    throw invalid('validUntil is not a time')
  return [Math.floor(at / 1000)]
}

function endpointOf(role: XmlElement, name: string, binding: string): string | undefined {
  const all = childrenOf(role, metadataNs, name)
  for (const { attributes } of all) {
    const url = URL.parse(attributes.get('Location') ?? '')
    const known = [redirectBinding, postBinding].includes(attributes.get('Binding') ?? '')
    if (known && (!url || !['https:', 'http:'].includes(url.protocol) || url.username || url.hash))
      throw invalid(`a Location of ${name} is not a URL`)
  }
  return all.find(({ attributes }) => attributes.get('Binding') === binding)?.attributes.get('Location')
}

/** ResponseLocation of an endpoint; its Location when there is none. */
function responseLocationOf(role: XmlElement, name: string, binding: string): string | undefined {
  const endpoint = childrenOf(role, metadataNs, name).find(
    ({ attributes }) => attributes.get('Binding') === binding,
  )
  const location = endpoint?.attributes.get('ResponseLocation')
  if (location === undefined) return endpoint?.attributes.get('Location')
  const url = URL.parse(location)
  if (!url || !['https:', 'http:'].includes(url.protocol) || url.username || url.hash)
    throw invalid(`a ResponseLocation of ${name} is not a URL`)
  return location
}

/** The signing certificates. A KeyDescriptor without `use` is for signing and encryption (section 2.4.1.1). */
function certificatesOf(role: XmlElement): readonly PinnedCertificate[] {
  const texts = childrenOf(role, metadataNs, 'KeyDescriptor')
    .filter(({ attributes }) => attributes.get('use') !== 'encryption')
    .flatMap((descriptor) => childrenOf(descriptor, signatureNs, 'KeyInfo'))
    .flatMap((info) => childrenOf(info, signatureNs, 'X509Data'))
    .flatMap((data) => childrenOf(data, signatureNs, 'X509Certificate'))
    .map(({ text }) => text.replace(/\s+/g, ''))
  const distinct = [...new Set(texts)]
  if (distinct.length === 0) throw invalid('it has no signing certificate')
  if (distinct.length > maxCertificates)
    throw invalid(`it has more than ${maxCertificates} signing certificates`)
  return distinct.map(certificateOf)
}

function certificateOf(base64: string): PinnedCertificate {
  let certificate: X509Certificate
  try {
    certificate = new X509Certificate(Buffer.from(base64, 'base64'))
  } catch {
    throw invalid('a signing certificate cannot be read')
  }
  const key = certificate.publicKey
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  if (key.asymmetricKeyType !== 'ec' && (key.asymmetricKeyType !== 'rsa' || bits < minRsaBits))
    throw invalid(`a signing certificate's key must be RSA of at least ${minRsaBits} bits, or EC`)
  return {
    key,
    notAfter: Math.floor(Date.parse(certificate.validTo) / 1000),
    fingerprint: certificate.fingerprint256.replaceAll(':', '').slice(0, 16).toLowerCase(),
    sha1: /sha1/i.test(certificate.signatureAlgorithm ?? ''),
  }
}
