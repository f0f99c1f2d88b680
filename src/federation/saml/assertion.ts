// Validates a signed assertion (SAML Profiles section 4.1.4.3) and reads its subject, attributes and authentication statement.
import { Problem } from '../../problem.ts'
import { issuerClockSkew } from '../../secure/clock-skew.ts'
import { sha256base64url } from '../../secure/digest.ts'
import type { EpochSeconds } from '../../store/records.ts'
import { assertionNs, bearerMethod, unspecifiedFormat } from './names.ts'
import { refuse } from './refusal.ts'
import { checkIssuer, type Expected, signedAssertion } from './response.ts'
import { childrenOf, plainText, type XmlElement } from './xml.ts'

/** Seconds. An assertion that is valid for longer is refused, because it could be used like a long-lived key. */
const maxLifetime = 86_400

export interface AssertionExpected extends Expected {
  /** The assertion must name one of these. */
  readonly audiences: readonly string[]
  readonly now: EpochSeconds
  /** The user must have authenticated since then (ForceAuthn); undefined: at any time. */
  readonly authenticatedSince: EpochSeconds | undefined
}

export interface NameId {
  readonly value: string
  readonly format: string
  /** Undefined when absent or empty: then these are the entity ids of the provider and of this server (Core section 8.3.7). */
  readonly nameQualifier: string | undefined
  readonly spNameQualifier: string | undefined
}

export interface Assertion {
  readonly issuer: string
  readonly nameId: NameId | undefined
  /** Values by Name; values of attributes with the same Name are joined. */
  readonly attributes: ReadonlyMap<string, readonly string[]>
  /** FriendlyName → Name, for each FriendlyName that only one Name has. */
  readonly friendly: ReadonlyMap<string, string>
  readonly contextClass: string | undefined
  readonly sessionIndex: string | undefined
  /** SessionNotOnOrAfter. */
  readonly sessionEnd: EpochSeconds | undefined
  readonly authenticatedAt: EpochSeconds
  /** Id under which the assertion is marked as used, and until when that must be remembered. */
  readonly spend: { readonly id: string; readonly until: EpochSeconds }
}

/**
 * Verifies a SAMLResponse and reads its assertion.
 * @param encoded base64
 * @throws Problem('invalid_identity_token' | 'expired_token') · Problem('denied') for a response with an error status
 */
export function readAssertion(encoded: string, expected: AssertionExpected): Assertion {
  const { metadata, now } = expected
  if (metadata.validUntil !== undefined && metadata.validUntil <= now)
    throw refuse('the metadata of the provider has expired')
  const assertion = signedAssertion(encoded, expected)
  if (assertion.attributes.get('Version') !== '2.0') throw refuse('not a SAML 2.0 Assertion')
  checkIssuer(assertion, expected)
  checkIssueInstant(assertion, now)
  const subject = one(assertion, 'Subject')
  const ends = [checkConfirmed(subject, expected), checkConditions(one(assertion, 'Conditions'), expected)]
  const statement = one(assertion, 'AuthnStatement')
  const sessionEnd = checkAuthenticated(statement, expected)
  const id = assertion.attributes.get('ID') ?? ''
  return {
    issuer: metadata.entityId,
    nameId: nameIdIn(subject),
    ...attributesOf(assertion),
    contextClass: contextClassOf(statement),
    sessionIndex: statement.attributes.get('SessionIndex'),
    sessionEnd,
    authenticatedAt: required(statement, 'AuthnInstant'),
    spend: {
      id: sha256base64url(JSON.stringify(['saml', metadata.entityId, id])),
      until: Math.min(...ends.filter((end) => end !== undefined)) + issuerClockSkew,
    },
  }
}

function checkIssueInstant(assertion: XmlElement, now: EpochSeconds): void {
  if (required(assertion, 'IssueInstant') > now + issuerClockSkew)
    throw refuse('the Assertion was issued in the future')
}

/** One valid bearer confirmation is enough; otherwise the first failure is thrown. */
function checkConfirmed(subject: XmlElement, expected: AssertionExpected): EpochSeconds {
  let failure: unknown = refuse('it has no SubjectConfirmation with the method bearer')
  for (const confirmation of childrenOf(subject, assertionNs, 'SubjectConfirmation').slice(0, 10).reverse()) {
    if (confirmation.attributes.get('Method') !== bearerMethod) continue
    try {
      return checkBearer(one(confirmation, 'SubjectConfirmationData'), expected)
    } catch (cause) {
      failure = cause
    }
  }
  throw failure
}

function checkBearer(data: XmlElement, { recipient, inResponseTo, now }: AssertionExpected): EpochSeconds {
  if (data.attributes.get('Recipient') !== recipient)
    throw refuse('Recipient is not the address of this server')
  if (inResponseTo !== undefined && data.attributes.get('InResponseTo') !== inResponseTo)
    throw refuse('InResponseTo of the Assertion is not the request of this sign-in')
  checkNotBefore(data, now)
  const end = required(data, 'NotOnOrAfter')
  checkNotExpired(end, now)
  if (end - now > maxLifetime) throw refuse('the Assertion is valid for too long')
  return end
}

function checkConditions(
  conditions: XmlElement,
  { audiences, now }: AssertionExpected,
): EpochSeconds | undefined {
  // An assertion with an unknown condition is not valid (Core section 2.5.1).
  const known = ['AudienceRestriction', 'OneTimeUse', 'ProxyRestriction']
  if (conditions.children.some(({ namespace, name }) => namespace !== assertionNs || !known.includes(name)))
    throw refuse('the Assertion has an unknown condition')
  checkNotBefore(conditions, now)
  const end = readInstant(conditions, 'NotOnOrAfter')
  if (end !== undefined) checkNotExpired(end, now)
  const restrictions = childrenOf(conditions, assertionNs, 'AudienceRestriction')
  if (restrictions.length === 0) throw refuse('the Assertion has no audience')
  for (const restriction of restrictions) {
    const named = childrenOf(restriction, assertionNs, 'Audience').map(plainText)
    if (!named.some((audience) => audience !== undefined && audiences.includes(audience)))
      throw refuse('the Assertion is for another audience')
  }
  return end
}

function checkAuthenticated(
  statement: XmlElement,
  { now, authenticatedSince }: AssertionExpected,
): EpochSeconds | undefined {
  const at = required(statement, 'AuthnInstant')
  if (at > now + issuerClockSkew) throw refuse('AuthnInstant is in the future')
  if (authenticatedSince !== undefined && at < authenticatedSince - issuerClockSkew)
    throw refuse('the user did not authenticate again although ForceAuthn was requested')
  const end = readInstant(statement, 'SessionNotOnOrAfter')
  if (end !== undefined) checkNotExpired(end, now)
  return end
}

function checkNotBefore(of: XmlElement, now: EpochSeconds): void {
  const begin = readInstant(of, 'NotBefore')
  if (begin !== undefined && begin > now + issuerClockSkew) throw refuse('the Assertion is not valid yet')
}

function checkNotExpired(end: EpochSeconds, now: EpochSeconds): void {
  if (end > now - issuerClockSkew) return
  throw new Problem('expired_token', 'the SAML response has expired', {
    detail: `it expired ${now - end} s ago`,
  })
}

/** The NameID in an element; undefined when it has none. @throws Problem('invalid_identity_token') */
export function nameIdIn(subject: XmlElement): NameId | undefined {
  if (childrenOf(subject, assertionNs, 'EncryptedID').length > 0)
    throw refuse('an encrypted NameID is not supported')
  const [found, ...others] = childrenOf(subject, assertionNs, 'NameID')
  if (!found) return undefined
  const value = plainText(found)
  if (others.length > 0 || value === undefined || !isPlain(value))
    throw refuse('there must be one NameID of plain text')
  return {
    value,
    format: found.attributes.get('Format') || unspecifiedFormat,
    nameQualifier: found.attributes.get('NameQualifier') || undefined,
    spNameQualifier: found.attributes.get('SPNameQualifier') || undefined,
  }
}

/** Whether a text may identify a user: one line of at most 1024 characters, without surrounding white space. */
export const isPlain = (text: string): boolean =>
  text.length > 0 && text.length <= 1024 && text.trim() === text && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text)

const maxAttributes = 500

function attributesOf(assertion: XmlElement): Pick<Assertion, 'attributes' | 'friendly'> {
  const attributes = new Map<string, readonly string[]>()
  const friendly = new Map<string, string>()
  const shared = new Set<string>()
  const all = childrenOf(assertion, assertionNs, 'AttributeStatement').flatMap((statement) => {
    if (childrenOf(statement, assertionNs, 'EncryptedAttribute').length > 0)
      throw refuse('encrypted attributes are not supported')
    return childrenOf(statement, assertionNs, 'Attribute')
  })
  if (all.length > maxAttributes) throw refuse(`more than ${maxAttributes} attributes`)
  for (const attribute of all) {
    const name = attribute.attributes.get('Name') ?? ''
    if (name === '') throw refuse('an attribute has no Name')
    attributes.set(name, [...(attributes.get(name) ?? []), ...valuesOf(attribute)])
    const alias = attribute.attributes.get('FriendlyName') || name
    if (friendly.has(alias) && friendly.get(alias) !== name) shared.add(alias)
    friendly.set(alias, name)
  }
  for (const alias of shared) friendly.delete(alias)
  return { attributes, friendly }
}

/** The text of each value, or the NameID inside it (eduPersonTargetedID). Values with other elements are left out. */
const valuesOf = (attribute: XmlElement): readonly string[] =>
  childrenOf(attribute, assertionNs, 'AttributeValue').flatMap((value) => {
    const [only, ...others] = value.children
    if (!only) return [value.text]
    const wrapped = others.length === 0 && only.namespace === assertionNs && only.name === 'NameID'
    const text = wrapped ? plainText(only) : undefined
    return text === undefined ? [] : [text]
  })

function contextClassOf(statement: XmlElement): string | undefined {
  const [reference] = childrenOf(one(statement, 'AuthnContext'), assertionNs, 'AuthnContextClassRef')
  return reference && plainText(reference)?.trim().slice(0, 512)
}

function one(of: XmlElement, name: string): XmlElement {
  const [found, ...others] = childrenOf(of, assertionNs, name)
  if (!found || others.length > 0) throw refuse(`it must have one ${name}`)
  return found
}

function required(of: XmlElement, name: string): EpochSeconds {
  const at = readInstant(of, name)
  if (at === undefined) throw refuse(`${name} is missing`)
  return at
}

/** A time attribute, which must be in UTC (Core section 1.3.3). @throws Problem('invalid_identity_token') */
export function readInstant({ attributes }: XmlElement, name: string): EpochSeconds | undefined {
  const text = attributes.get(name)
  if (text === undefined) return undefined
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(at)) throw refuse(`${name} is not a time in UTC`)
  return Math.floor(at / 1000)
}
