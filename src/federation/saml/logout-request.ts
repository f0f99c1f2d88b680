// Verifies and reads a LogoutRequest from an identity provider (Core section 3.7.1, Profiles section 4.4).
import { issuerClockSkew } from '../../secure/clock-skew.ts'
import { sha256base64url } from '../../secure/digest.ts'
import type { EpochSeconds, SamlProvider } from '../../store/records.ts'
import type { SignOutReceived, SignOutRequest } from '../kind.ts'
import { type NameId, nameIdIn, readInstant } from './assertion.ts'
import { type IdpMetadata, readMetadata } from './metadata.ts'
import { assertionNs, protocolNs } from './names.ts'
import { ourEntityId } from './our-metadata.ts'
import { receivedByRedirect } from './redirect-binding.ts'
import { refuse } from './refusal.ts'
import { checkIssuer, decodedMessage, verifiedCopy } from './response.ts'
import { checkSignaturePlacement, checkUniqueIds } from './signature-shape.ts'
import { childrenOf, parseXml, plainText, type XmlElement } from './xml.ts'

/** Maximum seconds from IssueInstant for which a request is valid. */
const lifetime = 300
const maxSessions = 100
const limits = { length: 60_000, elements: 1000 } as const

/** A key for the subject of a NameID, for `SignOutRequest.subject` and `UpstreamPerson.signOut`. */
export function subjectKey({ value, format, ...by }: NameId, issuer: string, ourEntityId: string): string {
  // Two identifiers are the same when all of these are (Core section 3.3.4). Absent qualifiers are the provider and this server.
  return JSON.stringify([value, format, by.nameQualifier ?? issuer, by.spNameQualifier ?? ourEntityId])
}

/**
 * Verifies and reads a request. Ends no session, and does not mark the request as used.
 * @param received.address the SingleLogoutService of this server, which Destination must name
 * @throws Problem('invalid_identity_token' | 'expired_token')
 */
export function readLogoutRequest(
  provider: SamlProvider,
  received: SignOutReceived,
  now: EpochSeconds,
): SignOutRequest {
  const metadata = readMetadata(provider.metadata)
  if (metadata.validUntil !== undefined && metadata.validUntil <= now)
    throw refuse('the metadata of the provider has expired')
  const { request, relayState } = signedRequest(received, metadata)
  const { attributes } = request
  if (request.namespace !== protocolNs || request.name !== 'LogoutRequest')
    throw refuse('not a LogoutRequest')
  if (attributes.get('Version') !== '2.0') throw refuse('Version is not 2.0')
  checkIssuer(request, { metadata })
  // A signed message must have a Destination (Bindings sections 3.4.5.2 and 3.5.5.2).
  if (attributes.get('Destination') !== received.address)
    throw refuse('Destination is not the address of this server')
  const until = checkTimes(request, now)
  const id = attributes.get('ID') ?? ''
  const nameId = nameIdIn(request)
  if (id === '' || id.length > 256 || !nameId) throw refuse('it must have an ID and one NameID')
  return {
    id,
    subject: subjectKey(nameId, metadata.entityId, ourEntityId(received.callback)),
    sessions: sessionIndexes(request),
    spend: { id: sha256base64url(JSON.stringify(['saml logout', metadata.entityId, id])), until },
    relayState,
  }
}

function signedRequest(
  { query, form }: SignOutReceived,
  metadata: IdpMetadata,
): { readonly request: XmlElement; readonly relayState: string | undefined } {
  if (form === undefined) {
    const { xml, relayState } = receivedByRedirect(query, 'SAMLRequest', metadata)
    return { request: parseXml(xml, limits).root, relayState }
  }
  const encoded = form.get('SAMLRequest')
  if (encoded === undefined) throw refuse('no SAMLRequest')
  const { root } = parseXml(decodedMessage(encoded), limits)
  checkUniqueIds(root)
  checkSignaturePlacement(root, [root])
  const request = verifiedCopy(root, { metadata })
  if (request === undefined) throw refuse('the message is not signed')
  return { request, relayState: form.get('RelayState') }
}

/** @returns the time until which the request's id must be remembered */
function checkTimes(request: XmlElement, now: EpochSeconds): EpochSeconds {
  const issued = readInstant(request, 'IssueInstant')
  if (issued === undefined) throw refuse('IssueInstant is missing')
  if (issued > now + issuerClockSkew) throw refuse('the request was issued in the future')
  const end = Math.min(readInstant(request, 'NotOnOrAfter') ?? Number.POSITIVE_INFINITY, issued + lifetime)
  if (end <= now - issuerClockSkew) throw refuse(`the request expired ${now - end} s ago`)
  return end + issuerClockSkew
}

/** Empty for a request that ends every session of the subject (Core section 3.7.3.2). */
function sessionIndexes(request: XmlElement): readonly string[] {
  const indexes = childrenOf(request, protocolNs, 'SessionIndex').map(plainText)
  if (indexes.length > maxSessions) throw refuse(`more than ${maxSessions} sessions`)
  if (childrenOf(request, assertionNs, 'BaseID').length > 0) throw refuse('BaseID is not supported')
  return indexes.map((index) => {
    if (index === undefined || index === '') throw refuse('a SessionIndex is not plain text')
    return index
  })
}
