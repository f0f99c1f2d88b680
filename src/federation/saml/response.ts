// Verifies a SAML response and returns its only assertion. Nothing of the assertion is used before its signature was verified with a
// pinned key, and then only the text that the signature covers, parsed again. Unsigned values of the response can only cause a refusal,
// never an acceptance.
import { Problem } from '../../problem.ts'
import { signedText } from '../../secure/xml/xml-signature.ts'
import { sanitizeForLog } from '../outbound/sanitize-for-log.ts'
import { type DecryptionKey, decryptedAssertion, isEncryptedAssertion } from './encrypted-assertion.ts'
import type { IdpMetadata } from './metadata.ts'
import { assertionNs, protocolNs, successStatus } from './names.ts'
import { refuse, refuseUnknownKey } from './refusal.ts'
import { checkSignaturePlacement, checkUniqueIds, signatureOf } from './signature-shape.ts'
import { allElements, childrenOf, parseXml, plainText, type XmlElement } from './xml.ts'

/** Which element must be signed. Every signature that is present must be valid. */
export type Wanted = 'assertion' | 'response' | 'both' | 'either'

export interface Expected {
  readonly metadata: IdpMetadata
  readonly want: Wanted
  /** The address of this server that Recipient and Destination must have. */
  readonly recipient: string
  /** ID of the AuthnRequest; undefined where none was sent (AssumeRoleWithSAML). */
  readonly inResponseTo: string | undefined
  /** For encrypted assertions; with `required`, others are refused. */
  readonly encryption?: { readonly keys: readonly DecryptionKey[]; readonly required: boolean } | undefined
}

/** Characters: 100,000 (AWS STS API, SAMLAssertion), and more for line breaks that some providers add. */
export const maxEncoded = 150_000
const limits = { length: 110_000, elements: 3000 } as const

/**
 * The assertion of a response, as its signature covers it.
 * @param encoded base64
 * @throws Problem('invalid_identity_token') · Problem('denied') for a response with an error status
 */
export function signedAssertion(encoded: string, expected: Expected): XmlElement {
  const { root: response } = parseXml(decodedMessage(encoded), limits)
  checkIsResponse(response)
  checkUniqueIds(response)
  checkIssuer(response, expected, 'optional')
  checkDestination(response, expected)
  checkStatus(response)
  const assertion = onlyAssertion(response)
  if (isEncryptedAssertion(assertion)) {
    checkSignaturePlacement(response, [response])
    return verifiedEncrypted(response, expected)
  }
  if (expected.encryption?.required) throw refuse('the assertion must be encrypted')
  checkSignaturePlacement(response, [response, assertion])
  return verified(response, assertion, expected)
}

/** Decodes a message of the HTTP-POST binding: canonical base64, not compressed (Bindings section 3.5.4). */
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
  for (const { name } of allElements(root)) if (name === 'Response') responses++
  if (responses !== 1) throw refuse('more than one Response')
}

/** Counts assertions in any namespace and place, because an attacker may add a second one that a reader takes for the signed one. */
function onlyAssertion(response: XmlElement): XmlElement {
  const all = [...allElements(response)].filter(({ name }) => /^(encrypted)?assertion$/i.test(name))
  const [assertion, ...others] = all
  if (!assertion || others.length > 0) throw refuse('it must have exactly one Assertion, encrypted or not')
  if (assertion.namespace !== assertionNs || !response.children.includes(assertion))
    throw refuse('the Assertion is not a direct child of the Response')
  if (assertion.name !== 'Assertion' && !isEncryptedAssertion(assertion))
    throw refuse('the Assertion has a wrong name')
  return assertion
}

export function checkIssuer(
  of: XmlElement,
  { metadata }: Pick<Expected, 'metadata'>,
  presence: 'required' | 'optional' = 'required',
): void {
  const [issuer, ...others] = childrenOf(of, assertionNs, 'Issuer')
  if (!issuer && presence === 'optional') return
  if (!issuer || others.length > 0 || plainText(issuer) !== metadata.entityId)
    throw refuse('Issuer is not the entity id of the provider')
}

function checkDestination({ attributes }: XmlElement, { recipient, inResponseTo }: Expected): void {
  const destination = attributes.get('Destination')
  if (destination !== undefined && destination !== recipient)
    throw refuse('Destination is not the address of this server')
  if (inResponseTo !== undefined && attributes.get('InResponseTo') !== inResponseTo)
    throw refuse('InResponseTo of the Response is not the request of this sign-in')
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

/** The signed content of the response; undefined when it is not signed and need not be. */
function verifiedResponse(response: XmlElement, expected: Expected): XmlElement | undefined {
  const { want } = expected
  const outer = verifiedCopy(response, expected)
  if ((want === 'response' || want === 'both') && !outer) throw refuse('the Response is not signed')
  if (outer) {
    checkIsResponse(outer)
    checkDestination(outer, expected)
    checkStatus(outer)
  }
  return outer
}

/**
 * Decrypts the assertion after the signature of the response, where it has one, was verified over the ciphertext. The assertion's own
 * signature is verified in a document of its own, so nothing of the response can stand in for a part of it.
 */
function verifiedEncrypted(response: XmlElement, expected: Expected): XmlElement {
  const { want, encryption } = expected
  const outer = verifiedResponse(response, expected)
  const encrypted = onlyAssertion(outer ?? response)
  const keys = encryption?.keys ?? []
  const assertion = plainAssertion(
    decryptedAssertion(encrypted, { keys, authenticated: outer !== undefined }),
  )
  const inner = verifiedCopy(assertion, expected)
  if ((want === 'assertion' || want === 'both') && !inner) throw refuse('the Assertion is not signed')
  if (!inner && !outer) throw refuse('nothing is signed')
  return inner ?? assertion
}

/** Parses decrypted text, within the limits of a response. A malformed one is refused like every other failure of the decryption. */
function plainAssertion(text: string): XmlElement {
  let root: XmlElement
  try {
    root = parseXml(text, limits).root
  } catch (cause) {
    throw refuse(`the decrypted assertion: ${cause instanceof Problem ? cause.detail : 'unreadable'}`)
  }
  let assertions = 0
  for (const { name } of allElements(root)) if (/^(encrypted)?assertion$/i.test(name)) assertions++
  if (root.namespace !== assertionNs || root.name !== 'Assertion' || assertions !== 1)
    throw refuse('the decrypted content is not exactly one Assertion')
  checkUniqueIds(root)
  checkSignaturePlacement(root, [root])
  return root
}

function verified(response: XmlElement, assertion: XmlElement, expected: Expected): XmlElement {
  const { want } = expected
  const outer = verifiedResponse(response, expected)
  const inner = verifiedCopy(assertion, expected)
  if ((want === 'assertion' || want === 'both') && !inner) throw refuse('the Assertion is not signed')
  const signed = inner ?? (outer && onlyAssertion(outer))
  if (!signed) throw refuse('nothing is signed')
  if (signed.namespace !== assertionNs || signed.name !== 'Assertion')
    throw refuse('the signed element is not an Assertion')
  return signed
}

/** The element parsed again from the canonical text that its signature covers; undefined when it is not signed. */
export function verifiedCopy(
  owner: XmlElement,
  { metadata }: Pick<Expected, 'metadata'>,
): XmlElement | undefined {
  const signature = signatureOf(owner)
  if (!signature) return undefined
  const keys = metadata.certificates.map(({ key }) => key)
  const signed = signedText(signature, keys)
  if (signed === undefined) throw refuseUnknownKey()
  const copy = parseXml(signed, limits).root
  if (copy.attributes.get('ID') !== owner.attributes.get('ID'))
    throw refuse('the signature covers another element')
  return copy
}
