// A LogoutRequest from an identity provider (Core §3.7.1, Profiles §4.4): signed, for us, recent, and whom it names.
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
import { checkIssuer, decodedMessage, signedCopy } from './response.ts'
import { checkIds, checkPlaces } from './signature-shape.ts'
import { childrenOf, parseXml, plainText, type XmlElement } from './xml.ts'

/** Seconds for which a request counts that does not say how long. */
const lifetime = 300
const maxSessions = 100
const limits = { length: 60_000, elements: 1000 } as const

/** What the provider calls one subject, for `SignOutRequest.subject` and `UpstreamPerson.signOutSubject`. */
export function subjectKey({ value, format, ...by }: NameId, issuer: string, ourEntityId: string): string {
  // Core §3.3.4: two identifiers are one when all of these are; qualifiers that are absent are the provider and us.
  return JSON.stringify([value, format, by.nameQualifier ?? issuer, by.spNameQualifier ?? ourEntityId])
}

/**
 * Reads and verifies a request; what it names is not ended yet, and its id not spent.
 * @param received.address our SingleLogoutService, to which it had to be sent
 * @throws Problem('invalid_identity_token' | 'expired_token')
 */
export function readLogoutRequest(
  provider: SamlProvider,
  received: SignOutReceived,
  now: EpochSeconds,
): SignOutRequest {
  const metadata = readMetadata(provider.metadata)
  if (metadata.validUntil !== undefined && metadata.validUntil <= now)
    throw refuse('the metadata of the provider has ended')
  const { request, relayState } = signedRequest(received, metadata)
  const { attributes } = request
  if (request.namespace !== protocolNs || request.name !== 'LogoutRequest')
    throw refuse('not a LogoutRequest')
  if (attributes.get('Version') !== '2.0') throw refuse('not of SAML 2.0')
  checkIssuer(request, { metadata })
  // Bindings §3.4.5.2 and §3.5.5.2: a signed message must say where it is sent.
  if (attributes.get('Destination') !== received.address) throw refuse('Destination is not our address')
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
  checkIds(root)
  checkPlaces(root, [root])
  const request = signedCopy(root, { metadata })
  if (request === undefined) throw refuse('the message is not signed')
  return { request, relayState: form.get('RelayState') }
}

/** @returns until when the request's id must be remembered */
function checkTimes(request: XmlElement, now: EpochSeconds): EpochSeconds {
  const issued = readInstant(request, 'IssueInstant')
  if (issued === undefined) throw refuse('IssueInstant is missing')
  if (issued > now + issuerClockSkew) throw refuse('the request was issued in the future')
  const end = Math.min(readInstant(request, 'NotOnOrAfter') ?? Number.POSITIVE_INFINITY, issued + lifetime)
  if (end <= now - issuerClockSkew) throw refuse(`the request ended ${now - end} s ago`)
  return end + issuerClockSkew
}

/** None: every session of the subject (Core §3.7.3.2). */
function sessionIndexes(request: XmlElement): readonly string[] {
  const indexes = childrenOf(request, protocolNs, 'SessionIndex').map(plainText)
  if (indexes.length > maxSessions) throw refuse(`more than ${maxSessions} sessions`)
  if (childrenOf(request, assertionNs, 'BaseID').length > 0) throw refuse('BaseID is not supported')
  return indexes.map((index) => {
    if (index === undefined || index === '') throw refuse('a SessionIndex is not plain text')
    return index
  })
}
