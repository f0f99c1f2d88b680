// A SAML response as it came → the one assertion of it that the provider signed. The checks run in the order they stand;
// nothing is read of an assertion before a pinned key made its signature, and then only the text that was signed, parsed
// again. What a response says that is itself not signed can refuse, never allow.
import { Problem } from '../../problem.ts'
import { signedText } from '../../secure/xml-signature.ts'
import { sanitizeForLog } from '../outbound/sanitize-for-log.ts'
import type { IdpMetadata } from './metadata.ts'
import { assertionNs, protocolNs, successStatus } from './names.ts'
import { refuse } from './refusal.ts'
import { checkIds, checkPlaces, signatureOf } from './signature-shape.ts'
import { childrenOf, everyElement, parseXml, plainText, type XmlElement } from './xml.ts'

/** Which signature must be there; every one that is there must hold. */
export type Wanted = 'assertion' | 'response' | 'both' | 'either'

export interface Expected {
  readonly metadata: IdpMetadata
  readonly want: Wanted
  /** Where it had to be sent. */
  readonly recipient: string
  /** The request it answers; undefined where none was sent (AssumeRoleWithSAML). */
  readonly inResponseTo: string | undefined
}

/** AWS STS API, SAMLAssertion: 100,000 characters; some providers wrap lines. */
export const maxEncoded = 150_000
const limits = { length: 110_000, elements: 3000 } as const

/** @throws Problem('invalid_identity_token' | 'denied') */
export function signedAssertion(encoded: string, expected: Expected): XmlElement {
  const { root: response } = parseXml(decodedMessage(encoded), limits)
  checkIsResponse(response)
  checkIds(response)
  checkIssuer(response, expected, 'maybe absent')
  checkAnswers(response, expected)
  checkStatus(response)
  const assertion = onlyAssertion(response)
  checkPlaces(response, [response, assertion])
  return verified(response, assertion, expected)
}

/** Strict base64: one text for one message. Nothing is inflated: HTTP-POST does not compress (Bindings §3.5.4). */
export function decodedMessage(encoded: string): string {
  if (encoded.length > maxEncoded) throw refuse(`longer than ${maxEncoded} characters`)
  const text = encoded.replace(/[\r\n]/g, '')
  const bytes = Buffer.from(text, 'base64')
  if (text.length < 4 || bytes.toString('base64') !== text) throw refuse('not base64')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw refuse('not UTF-8')
  }
}

function checkIsResponse(root: XmlElement): void {
  if (root.namespace !== protocolNs || root.name !== 'Response' || root.attributes.get('Version') !== '2.0')
    throw refuse('not a SAML 2.0 Response')
  let responses = 0
  for (const { name } of everyElement(root)) if (name === 'Response') responses++
  if (responses !== 1) throw refuse('more than one Response')
}

/** Whatever its namespace and wherever it stands: a second one is there to be mistaken for the first. */
function onlyAssertion(response: XmlElement): XmlElement {
  const all = [...everyElement(response)].filter(({ name }) => /^(encrypted)?assertion$/i.test(name))
  const [assertion, ...others] = all
  if (all.some(({ name }) => /^encrypted/i.test(name))) throw refuse('encrypted assertions are not supported')
  if (!assertion || others.length > 0) throw refuse('it must hold exactly one Assertion')
  if (assertion.namespace !== assertionNs || !response.children.includes(assertion))
    throw refuse('the Assertion is not in its place')
  return assertion
}

export function checkIssuer(
  of: XmlElement,
  { metadata }: Pick<Expected, 'metadata'>,
  absent?: 'maybe absent',
): void {
  const [issuer, ...others] = childrenOf(of, assertionNs, 'Issuer')
  if (!issuer && absent) return
  if (!issuer || others.length > 0 || plainText(issuer) !== metadata.entityId)
    throw refuse('Issuer is not the entity id of the provider')
}

function checkAnswers({ attributes }: XmlElement, { recipient, inResponseTo }: Expected): void {
  const destination = attributes.get('Destination')
  if (destination !== undefined && destination !== recipient) throw refuse('Destination is not our address')
  if (inResponseTo !== undefined && attributes.get('InResponseTo') !== inResponseTo)
    throw refuse('the Response answers no request of this sign-in')
}

function checkStatus(response: XmlElement): void {
  const [status] = childrenOf(response, protocolNs, 'Status')
  const codes: string[] = []
  for (let at = status; at; ) {
    const [code] = childrenOf(at, protocolNs, 'StatusCode')
    if (code) codes.push(code.attributes.get('Value') ?? '')
    at = code
  }
  if (codes[0] === successStatus && codes.length === 1) return
  const [message] = status ? childrenOf(status, protocolNs, 'StatusMessage') : []
  throw new Problem('denied', 'the identity provider did not sign you in', {
    detail: sanitizeForLog([...codes, message?.text ?? ''].join(' ')),
  })
}

function verified(response: XmlElement, assertion: XmlElement, expected: Expected): XmlElement {
  const { want } = expected
  const outer = signedCopy(response, expected)
  const inner = signedCopy(assertion, expected)
  if ((want === 'assertion' || want === 'both') && !inner) throw refuse('the Assertion is not signed')
  if ((want === 'response' || want === 'both') && !outer) throw refuse('the Response is not signed')
  if (outer) {
    checkIsResponse(outer)
    checkAnswers(outer, expected)
    checkStatus(outer)
  }
  const signed = inner ?? (outer && onlyAssertion(outer))
  if (!signed) throw refuse('nothing is signed')
  if (signed.namespace !== assertionNs || signed.name !== 'Assertion')
    throw refuse('what is signed is no Assertion')
  return signed
}

/** The element as its signature covers it, from the canonical text alone. */
export function signedCopy(
  owner: XmlElement,
  { metadata }: Pick<Expected, 'metadata'>,
): XmlElement | undefined {
  const signature = signatureOf(owner)
  if (!signature) return undefined
  const keys = metadata.certificates.map(({ key }) => key)
  const signed = signedText(signature, keys)
  if (signed === undefined) throw refuse('the signature is of no certificate of the provider')
  const copy = parseXml(signed, limits).root
  if (copy.attributes.get('ID') !== owner.attributes.get('ID'))
    throw refuse('the signature is of another element')
  return copy
}
