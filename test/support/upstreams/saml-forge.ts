// Makes SAML responses, honest and forged: the XML as text, signed with xml-crypto or not at all.
import { execFileSync } from 'node:child_process'
import { sign as signBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { byTurns } from './rsa-keys.ts'

interface Signer {
  privateKey: string
  publicCert: string
  signatureAlgorithm: string
  canonicalizationAlgorithm: string
  SignatureAlgorithms: Record<string, unknown>
  CanonicalizationAlgorithms: Record<string, unknown>
  addReference(of: object): void
  computeSignature(xml: string, options: object): void
  getSignedXml(): string
  enableHMAC(): void
}
const { SignedXml } = createRequire(import.meta.url)('xml-crypto') as { SignedXml: new () => Signer }

export interface KeyPair {
  readonly key: string
  readonly certificate: string
}

/** A self-signed certificate and its key, of RSA with 2048 bits unless another algorithm is named. */
export const makeKeyPair = (algorithm?: readonly string[]): KeyPair =>
  algorithm === undefined ? rsaCertificate() : certified(algorithm)

const rsaCertificate = byTurns(() => certified(['rsa:2048']))

/** By openssl. */
function certified(algorithm: readonly string[]): KeyPair {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-saml-'))
  try {
    const [key, certificate] = [join(dir, 'key.pem'), join(dir, 'cert.pem')]
    const [newkey = 'rsa:2048', ...options] = algorithm
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        newkey,
        ...options.flatMap((option) => ['-pkeyopt', option]),
        '-nodes',
        '-keyout',
        key,
      ].concat(['-out', certificate, '-days', '30', '-subj', '/CN=idp']),
      { stdio: 'ignore' },
    )
    return { key: readFileSync(key, 'utf8'), certificate: readFileSync(certificate, 'utf8') }
  } finally {
    rmSync(dir, { recursive: true })
  }
}

export const bare = (pem: string): string => pem.replace(/-----[^-]+-----|\s/g, '')

export const entityId = 'https://idp.example/metadata'

export const metadataOf = (pairs: readonly KeyPair[], extra = ''): string =>
  `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${entityId}"${extra}>
<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${pairs
    .map(
      ({ certificate }) =>
        `<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${bare(certificate)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`,
    )
    .join('')}
<md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example/slo"/>
<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example/sso"/>
</md:IDPSSODescriptor></md:EntityDescriptor>`

export const stamp = (at: number): string => new Date(at * 1000).toISOString()

/** Everything a response says; a test changes one thing. `undefined` leaves it out. */
export interface Said {
  readonly at: number
  readonly recipient: string
  readonly audience: string
  readonly request: string | undefined
  readonly assertionId?: string
  readonly attributes?: string
}

export function assertionXml({ at, recipient, audience, request, assertionId, attributes }: Said): string {
  const answers = request === undefined ? '' : ` InResponseTo="${request}"`
  return `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${assertionId ?? '_a1'}" Version="2.0" IssueInstant="${stamp(at)}"><saml:Issuer>${entityId}</saml:Issuer><saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">alice</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="${stamp(at + 300)}" Recipient="${recipient}"${answers}/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="${stamp(at - 30)}" NotOnOrAfter="${stamp(at + 300)}"><saml:AudienceRestriction><saml:Audience>${audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="${stamp(at)}" SessionIndex="_s1"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>${attributes ?? '<saml:Attribute Name="urn:oid:0.9.2342.19200300.100.1.3" FriendlyName="mail"><saml:AttributeValue>alice@idp.example</saml:AttributeValue></saml:Attribute>'}</saml:AttributeStatement></saml:Assertion>`
}

export const responseXml = ({ at, recipient, request }: Said, assertion: string): string =>
  `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_r1" Version="2.0" IssueInstant="${stamp(at)}" Destination="${recipient}"${request === undefined ? '' : ` InResponseTo="${request}"`}><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${entityId}</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>${assertion}</samlp:Response>`

const rsaSha256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'
const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'

export interface SignOptions {
  readonly algorithm?: string
  readonly digest?: string
  readonly canonicalization?: string
  readonly transforms?: readonly string[]
  readonly hmac?: true
  /** InclusiveNamespaces PrefixList of the reference's canonicalization. */
  readonly prefixes?: readonly string[]
}

const ecdsaSha256 = 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256'

/** xml-crypto has no elliptic curves (RFC 9231 §2.3.6: r‖s). */
class Ecdsa {
  getSignature(text: string, key: string): string {
    return signBytes('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64')
  }
  getAlgorithmName(): string {
    return ecdsaSha256
  }
}

/** Signs the one element of that local name, the signature after its Issuer. */
export function sign(
  xml: string,
  { key, certificate }: KeyPair,
  name = 'Assertion',
  options: SignOptions = {},
): string {
  const signer = new SignedXml()
  signer.privateKey = key
  signer.publicCert = certificate
  signer.SignatureAlgorithms[ecdsaSha256] = Ecdsa
  if (options.hmac) signer.enableHMAC()
  signer.signatureAlgorithm = options.algorithm ?? rsaSha256
  signer.canonicalizationAlgorithm = options.canonicalization ?? exclusive
  signer.addReference({
    xpath: `//*[local-name(.)='${name}']`,
    transforms: options.transforms ?? ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', exclusive],
    digestAlgorithm: options.digest ?? 'http://www.w3.org/2001/04/xmlenc#sha256',
    ...(options.prefixes === undefined ? {} : { inclusiveNamespacesPrefixList: options.prefixes }),
  })
  signer.computeSignature(xml, {
    prefix: 'ds',
    location: { reference: `//*[local-name(.)='${name}']/*[local-name(.)='Issuer']`, action: 'after' },
  })
  return signer.getSignedXml()
}

export const encode = (xml: string): string => Buffer.from(xml).toString('base64')
