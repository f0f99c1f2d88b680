// Metadata that is fetched from a URL. The document may describe many providers (EntitiesDescriptor): only the configured entity id
// is taken from it. Where certificates are pinned, only text that a valid signature covers is used (Metadata section 3).
import { X509Certificate } from 'node:crypto'
import { isProblem } from '../../problem.ts'
import { canonicalText, signedText } from '../../secure/xml/xml-signature.ts'
import type { EpochSeconds, SamlProvider } from '../../store/records.ts'
import { communicationError } from '../outbound/checked-address.ts'
import type { GuardedFetch } from '../outbound/guarded-fetch.ts'
import { readMetadata, validUntilOf } from './metadata.ts'
import { metadataNs } from './names.ts'
import { signatureOf } from './signature-shape.ts'
import { parseXml, type XmlElement } from './xml.ts'

/** The guarded fetch reads at most 1 MiB. */
const limits = { length: 1_100_000, elements: 20_000, comments: true } as const

type Source = NonNullable<SamlProvider['metadataSource']>

/**
 * Fetches, verifies and selects: the EntityDescriptor of the provider, alone, with the earliest `validUntil` that applies to it.
 * @throws Problem('idp_communication_error'); `detail` has the reason
 */
export async function fetchMetadata(
  { metadataSource: source, entityId }: Pick<SamlProvider, 'metadataSource' | 'entityId'>,
  fetch: GuardedFetch,
  now: EpochSeconds,
): Promise<string> {
  if (source === undefined) throw new TypeError('the provider has no metadata URL')
  const answer = await fetch(source.url, { headers: { accept: 'application/samlmetadata+xml, */*;q=0.1' } })
  if (answer.status !== 200) throw communicationError(`the metadata: HTTP ${answer.status}`)
  try {
    const text = selected(answer.body.toString(), entityId, source)
    const { validUntil } = readMetadata(text)
    if (validUntil !== undefined && validUntil <= now) throw communicationError('the metadata has expired')
    return text
  } catch (cause) {
    if (isProblem(cause, 'invalid_input', 'invalid_identity_token'))
      throw communicationError(`the metadata: ${cause.detail ?? cause.message}`)
    throw cause
  }
}

function selected(xml: string, entityId: string, source: Source): string {
  const { root } = parseXml(xml, limits)
  const entity =
    source.certificates.length === 0 ? entityIn(root, entityId) : signedEntity(root, entityId, source)
  const ends = entity.path.flatMap(({ attributes }) => validUntilOf(attributes))
  const { node } = entity.element
  if (ends.length > 0 && canSetAttribute(node))
    node.setAttribute('validUntil', new Date(Math.min(...ends) * 1000).toISOString())
  return canonicalText(node)
}

interface FoundEntity {
  readonly element: XmlElement
  /** From the root to the element, both included. */
  readonly path: readonly XmlElement[]
}

/** Exactly one EntityDescriptor with this id. @throws Problem('idp_communication_error') */
function entityIn(root: XmlElement, entityId: string): FoundEntity {
  const found = [...entitiesIn(root, [])].filter(
    ({ element }) => element.attributes.get('entityID') === entityId,
  )
  const [entity, ...others] = found
  if (!entity) throw communicationError(`the metadata has no EntityDescriptor of \`${entityId}\``)
  if (others.length > 0)
    throw communicationError(`the metadata has several EntityDescriptors of \`${entityId}\``)
  return entity
}

function* entitiesIn(element: XmlElement, above: readonly XmlElement[]): Iterable<FoundEntity> {
  if (element.namespace !== metadataNs) return
  const path = [...above, element]
  if (element.name === 'EntityDescriptor') yield { element, path }
  if (element.name === 'EntitiesDescriptor')
    for (const child of element.children) yield* entitiesIn(child, path)
}

/** The signature of the document, or of the EntityDescriptor, is verified with the pinned certificates. */
function signedEntity(root: XmlElement, entityId: string, { certificates }: Source): FoundEntity {
  const keys = certificates.map((certificate) => new X509Certificate(certificate).publicKey)
  const unverified = entityIn(root, entityId)
  for (const [at, owner] of unverified.path.entries()) {
    const signature = signatureOf(owner)
    if (signature === undefined) continue
    const text = signedText(signature, keys)
    if (text === undefined)
      throw communicationError('the signature of the metadata does not verify with metadata_certificate')
    const { element, path } = entityIn(parseXml(text, limits).root, entityId)
    // An unsigned element above can only shorten the validity.
    return { element, path: [...unverified.path.slice(0, at), ...path] }
  }
  throw communicationError('the metadata is not signed, and metadata_certificate is set')
}

/** xmldom's element. */
const canSetAttribute = (node: unknown): node is { setAttribute(name: string, value: string): void } =>
  typeof node === 'object' && node !== null && 'setAttribute' in node
