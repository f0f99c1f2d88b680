// What a signed assertion must say before it counts (SAML Profiles §4.1.4.3), and what is read of it.

import { Problem } from '../../problem.ts'
import { issuerClockSkew } from '../../secure/clock-skew.ts'
import { sha256base64url } from '../../secure/digest.ts'
import type { EpochSeconds } from '../../store/records.ts'
import { assertionNs, bearerMethod, unspecifiedFormat } from './names.ts'
import { refuse } from './refusal.ts'
import { checkIssuer, type Expected, signedAssertion } from './response.ts'
import { childrenOf, plainText, type XmlElement } from './xml.ts'

/** An assertion that lives longer is not an assertion but a key. */
const maxLifetime = 86_400

export interface AssertionExpected extends Expected {
  /** One of these must be named. */
  readonly audiences: readonly string[]
  readonly now: EpochSeconds
  /** They must have proved themselves since. */
  readonly authenticatedSince: EpochSeconds | undefined
}

export interface NameId {
  readonly value: string
  readonly format: string
  /** Undefined when absent or empty: it is the provider's, and ours (Core §8.3.7). */
  readonly nameQualifier: string | undefined
  readonly spNameQualifier: string | undefined
}

export interface Assertion {
  readonly issuer: string
  readonly nameId: NameId | undefined
  /** By Name; values of attributes with the same Name come together. */
  readonly attributes: ReadonlyMap<string, readonly string[]>
  /** FriendlyName → Name, where one alone has it. */
  readonly friendly: ReadonlyMap<string, string>
  readonly contextClass: string | undefined
  readonly sessionIndex: string | undefined
  readonly sessionEnd: EpochSeconds | undefined
  readonly authenticatedAt: EpochSeconds
  readonly spend: { readonly id: string; readonly until: EpochSeconds }
}

/** @throws Problem('invalid_identity_token' | 'expired_token' | 'denied') */
export function readAssertion(encoded: string, expected: AssertionExpected): Assertion {
  const { metadata, now } = expected
  if (metadata.validUntil !== undefined && metadata.validUntil <= now)
    throw refuse('the metadata of the provider has ended')
  const assertion = signedAssertion(encoded, expected)
  if (assertion.attributes.get('Version') !== '2.0') throw refuse('not a SAML 2.0 Assertion')
  checkIssuer(assertion, expected)
  checkIssued(assertion, now)
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

function checkIssued(assertion: XmlElement, now: EpochSeconds): void {
  if (required(assertion, 'IssueInstant') > now + issuerClockSkew)
    throw refuse('the Assertion was issued in the future')
}

/** One bearer confirmation that holds is enough; the first failure is told when none does. */
function checkConfirmed(subject: XmlElement, expected: AssertionExpected): EpochSeconds {
  let failure: unknown = refuse('no SubjectConfirmation of the bearer')
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
  if (data.attributes.get('Recipient') !== recipient) throw refuse('Recipient is not our address')
  if (inResponseTo !== undefined && data.attributes.get('InResponseTo') !== inResponseTo)
    throw refuse('the Assertion answers no request of this sign-in')
  checkBegun(data, now)
  const end = required(data, 'NotOnOrAfter')
  checkNotOver(end, now)
  if (end - now > maxLifetime) throw refuse('the Assertion lives too long')
  return end
}

function checkConditions(
  conditions: XmlElement,
  { audiences, now }: AssertionExpected,
): EpochSeconds | undefined {
  // Core §2.5.1: a condition that is not understood makes the assertion no good.
  const known = ['AudienceRestriction', 'OneTimeUse', 'ProxyRestriction']
  if (conditions.children.some(({ namespace, name }) => namespace !== assertionNs || !known.includes(name)))
    throw refuse('the Assertion has a condition that is not understood')
  checkBegun(conditions, now)
  const end = readInstant(conditions, 'NotOnOrAfter')
  if (end !== undefined) checkNotOver(end, now)
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
    throw refuse('they did not prove themselves anew')
  const end = readInstant(statement, 'SessionNotOnOrAfter')
  if (end !== undefined) checkNotOver(end, now)
  return end
}

function checkBegun(of: XmlElement, now: EpochSeconds): void {
  const begin = readInstant(of, 'NotBefore')
  if (begin !== undefined && begin > now + issuerClockSkew) throw refuse('the Assertion is not valid yet')
}

function checkNotOver(end: EpochSeconds, now: EpochSeconds): void {
  if (end > now - issuerClockSkew) return
  throw new Problem('expired_token', 'the SAML response has expired', {
    detail: `it ended ${now - end} s ago`,
  })
}

/** The NameID that stands in an element, if there is one. @throws Problem('invalid_identity_token') */
export function nameIdIn(subject: XmlElement): NameId | undefined {
  if (childrenOf(subject, assertionNs, 'EncryptedID').length > 0)
    throw refuse('an encrypted NameID is not supported')
  const [found, ...others] = childrenOf(subject, assertionNs, 'NameID')
  if (!found) return undefined
  const value = plainText(found)
  if (others.length > 0 || value === undefined || !isPlain(value))
    throw refuse('NameID is not one plain text')
  return {
    value,
    format: found.attributes.get('Format') || unspecifiedFormat,
    nameQualifier: found.attributes.get('NameQualifier') || undefined,
    spNameQualifier: found.attributes.get('SPNameQualifier') || undefined,
  }
}

/** What may name somebody: one line, no white space around it that another reader would drop. */
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

/** Text, or the NameID that eduPersonTargetedID wraps; other structures are no claims. */
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

/** Core §1.3.3: UTC. */
export function readInstant({ attributes }: XmlElement, name: string): EpochSeconds | undefined {
  const text = attributes.get(name)
  if (text === undefined) return undefined
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(at)) throw refuse(`${name} is not a time in UTC`)
  return Math.floor(at / 1000)
}
