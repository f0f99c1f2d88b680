// Condition keys of a SAML assertion (IAM User Guide, "Available keys for SAML-based AWS STS federation", and "Mapping
// SAML attributes to AWS trust policy context keys").
import type { Assertion, NameId } from '../../federation/saml/assertion.ts'
import type { ContextValue } from '../../policy/request.ts'
import { sha1base64 } from '../../secure/digest.ts'

const eduPerson = (last: number) => `urn:oid:1.3.6.1.4.1.5923.1.1.1.${last}`
const eduOrg = (last: number) => `urn:oid:1.3.6.1.4.1.5923.1.2.1.${last}`
const microsoft = (name: string) => `http://schemas.xmlsoap.org/ws/2005/05/identity/claims/${name}`

// Condition key → names of the attribute, and whether the key is multi-valued at AWS.
const keys: ReadonlyMap<string, { readonly names: readonly string[]; readonly list?: true }> = new Map([
  ['edupersonaffiliation', { names: [eduPerson(1)], list: true }],
  ['edupersonnickname', { names: [eduPerson(2)], list: true }],
  ['edupersonorgdn', { names: [eduPerson(3)] }],
  ['edupersonorgunitdn', { names: [eduPerson(4)], list: true }],
  ['edupersonprimaryaffiliation', { names: [eduPerson(5)] }],
  ['edupersonprincipalname', { names: [eduPerson(6)] }],
  ['edupersonentitlement', { names: [eduPerson(7)], list: true }],
  ['edupersonprimaryorgunitdn', { names: [eduPerson(8)] }],
  ['edupersonscopedaffiliation', { names: [eduPerson(9)], list: true }],
  ['edupersontargetedid', { names: [eduPerson(10)], list: true }],
  ['edupersonassurance', { names: [eduPerson(11)], list: true }],
  ['eduorghomepageuri', { names: [eduOrg(2)], list: true }],
  ['eduorgidentityauthnpolicyuri', { names: [eduOrg(3)], list: true }],
  ['eduorglegalname', { names: [eduOrg(4)], list: true }],
  ['eduorgsuperioruri', { names: [eduOrg(5)], list: true }],
  ['eduorgwhitepagesuri', { names: [eduOrg(6)], list: true }],
  ['cn', { names: ['urn:oid:2.5.4.3'], list: true }],
  ['name', { names: ['urn:oid:2.5.4.41', microsoft('name')] }],
  ['surname', { names: ['urn:oid:2.5.4.4', microsoft('surname')] }],
  ['givenname', { names: ['urn:oid:2.5.4.42', microsoft('givenname')] }],
  ['x500uniqueidentifier', { names: ['urn:oid:2.5.4.45'] }],
  ['uid', { names: ['urn:oid:0.9.2342.19200300.100.1.1'] }],
  ['mail', { names: ['urn:oid:0.9.2342.19200300.100.1.3', microsoft('emailaddress')] }],
  ['organizationstatus', { names: ['urn:oid:0.9.2342.19200300.100.1.45'] }],
  ['commonname', { names: ['http://schemas.xmlsoap.org/claims/CommonName'] }],
  ['primarygroupsid', { names: ['http://schemas.microsoft.com/ws/2008/06/identity/claims/primarygroupsid'] }],
])

export interface SamlSubject {
  readonly nameId: NameId
  readonly provider: { readonly id: string; readonly accountId: string; readonly name: string }
  readonly recipient: string
}

/** `persistent`, `transient`, or the whole URI of another format (AWS STS API: SubjectType). */
export const subjectType = ({ format }: NameId): string =>
  format.replace(/^urn:oasis:names:tc:SAML:2\.0:nameid-format:/, '')

/** AWS STS API, NameQualifier: BASE64 ( SHA1 ( issuer + account id + "/" + provider name ) ). */
export const nameQualifier = (issuer: string, { accountId, name }: SamlSubject['provider']): string =>
  sha1base64(`${issuer}${accountId}/${name}`)

/** The condition keys of a verified assertion, without empty ones. */
export function samlKeys(assertion: Assertion, subject: SamlSubject): ReadonlyMap<string, ContextValue> {
  const { nameId, provider, recipient } = subject
  const found = new Map<string, ContextValue>()
  for (const [key, { names, list }] of keys) {
    const values = names.flatMap((name) => assertion.attributes.get(name) ?? [])
    const [first, ...others] = values
    // Several values of a single-valued key stay a list, on which single-valued operators do not match.
    if (first !== undefined) found.set(`saml:${key}`, list || others.length > 0 ? values : first)
  }
  return new Map([
    ...found,
    ['aws:federatedprovider', provider.id],
    // "The value for this key comes from the SAML Recipient field in the assertion, not the Audience field."
    ['saml:aud', recipient],
    ['saml:iss', assertion.issuer],
    ['saml:sub', nameId.value],
    ['saml:sub_type', subjectType(nameId)],
    ['saml:doc', `${provider.accountId}/${provider.name}`],
    ['saml:namequalifier', nameQualifier(assertion.issuer, provider)],
  ])
}
