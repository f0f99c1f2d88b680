// An identity provider's metadata (saml-metadata-2.0-os): who it is, where it listens, and the certificates that are
// pinned by giving it to us. Its own signature is not looked at: whoever sets it up here vouches for it.
import { type KeyObject, X509Certificate } from 'node:crypto'
import { Problem } from '../../problem.ts'
import { sha256base64url } from '../../secure/digest.ts'
import type { EpochSeconds } from '../../store/records.ts'
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
  /** Where an AuthnRequest goes by HTTP-Redirect; undefined when it takes none so. */
  readonly signOn: string | undefined
  /** Where a LogoutRequest goes by HTTP-Redirect. */
  readonly signOut: string | undefined
  /** Where a LogoutResponse goes by HTTP-Redirect (Metadata §2.2.2: ResponseLocation). */
  readonly signOutAnswers: string | undefined
  /** Several while one is being replaced. */
  readonly certificates: readonly PinnedCertificate[]
  /** After this nothing of it counts (§2.3.2). */
  readonly validUntil: EpochSeconds | undefined
  readonly wantsSignedRequests: boolean
}

/** IAM User Guide, quotas: "SAML metadata document"; the API says the same. */
const limits = { length: 10_000_000, elements: 20_000, comments: true } as const
const maxCertificates = 10
const minRsaBits = 2048

const invalid = (why: string): Problem =>
  new Problem('invalid_input', `the SAML metadata is not acceptable: ${why}`)

/** Read once per text: assertions come often, metadata changes rarely. */
const known = new Map<string, IdpMetadata>()
const maxKnown = 200

/** @throws Problem('invalid_input') */
export function readMetadata(xml: string): IdpMetadata {
  const id = sha256base64url(xml)
  const before = known.get(id)
  if (before) return before
  const metadata = read(xml)
  if (known.size >= maxKnown) known.clear()
  known.set(id, metadata)
  return metadata
}

/** What of it a provider's record holds. @throws Problem('invalid_input') */
export const readRecorded = (xml: string): Pick<IdpMetadata, 'entityId' | 'validUntil'> => {
  const { entityId, validUntil } = readMetadata(xml)
  return { entityId, validUntil }
}

function read(xml: string): IdpMetadata {
  const root = rootOf(xml)
  if (root.namespace !== metadataNs || root.name !== 'EntityDescriptor')
    throw invalid(
      'its root must be one EntityDescriptor; take the one of your provider out of a federation’s file',
    )
  const entityId = root.attributes.get('entityID') ?? ''
  if (!/^[\x21-\x7e]{1,1024}$/.test(entityId)) throw invalid('entityID must be a URI of 1 to 1024 characters')
  const [role, ...others] = childrenOf(root, metadataNs, 'IDPSSODescriptor')
  if (!role || others.length > 0) throw invalid('it must have exactly one IDPSSODescriptor')
  if (!(role.attributes.get('protocolSupportEnumeration') ?? '').split(/\s+/).includes(protocolNs))
    throw invalid('the IDPSSODescriptor does not speak SAML 2.0')
  const ends = [root, role].flatMap((of) => instantOf(of.attributes.get('validUntil')))
  return {
    entityId,
    signOn: endpointOf(role, 'SingleSignOnService', redirectBinding),
    signOut: endpointOf(role, 'SingleLogoutService', redirectBinding),
    signOutAnswers: answersOf(role, 'SingleLogoutService', redirectBinding),
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

function instantOf(text: string | undefined): readonly EpochSeconds[] {
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
      throw invalid(`a Location of ${name} is no URL`)
  }
  return all.find(({ attributes }) => attributes.get('Binding') === binding)?.attributes.get('Location')
}

/** Where answers to an endpoint's messages go; its Location where no ResponseLocation is given. */
function answersOf(role: XmlElement, name: string, binding: string): string | undefined {
  const endpoint = childrenOf(role, metadataNs, name).find(
    ({ attributes }) => attributes.get('Binding') === binding,
  )
  const location = endpoint?.attributes.get('ResponseLocation')
  if (location === undefined) return endpoint?.attributes.get('Location')
  const url = URL.parse(location)
  if (!url || !['https:', 'http:'].includes(url.protocol) || url.username || url.hash)
    throw invalid(`a ResponseLocation of ${name} is no URL`)
  return location
}

/** A KeyDescriptor without `use` is for both (§2.4.1.1). */
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
