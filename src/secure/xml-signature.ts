// XML signatures (W3C XML Signature 1.1) of enveloped SAML messages, checked with given keys alone. The algorithms are a
// closed list handed to xml-crypto in the place of its own, so that nothing else can be asked for; KeyInfo is never read.
// What may stand in a Signature element is checked before, by federation/saml/signature-shape.ts.
import { type KeyObject, verify } from 'node:crypto'
import { createRequire } from 'node:module'

/** The part of xml-crypto that is used here. Its own types bring the whole DOM in, which Node is not. */
interface SignedXml {
  idAttributes: string[]
  CanonicalizationAlgorithms: Record<string, unknown>
  HashAlgorithms: Record<string, unknown>
  SignatureAlgorithms: Record<string, new () => Verifier>
  loadSignature(signature: unknown): void
  checkSignature(xml: string): boolean
  getSignedReferences(): readonly string[]
}
interface Verifier {
  verifySignature(material: string, key: KeyObject, value: string): boolean
  getAlgorithmName(): string
}
type Make = new (options: { publicCert: KeyObject; getCertFromKeyInfo: () => null }) => SignedXml

export const envelopedTransform = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'
export const exclusiveCanonical = 'http://www.w3.org/2001/10/xml-exc-c14n#'

interface Algorithm {
  readonly hash: 'sha256' | 'sha384' | 'sha512'
  readonly key: 'rsa' | 'ec'
}

const more = 'http://www.w3.org/2001/04/xmldsig-more#'
// RFC 9231 §2.3. No SHA-1, no HMAC (with which a public key would be a shared secret), no DSA.
const algorithms: ReadonlyMap<string, Algorithm> = new Map([
  [`${more}rsa-sha256`, { hash: 'sha256', key: 'rsa' }],
  [`${more}rsa-sha384`, { hash: 'sha384', key: 'rsa' }],
  [`${more}rsa-sha512`, { hash: 'sha512', key: 'rsa' }],
  [`${more}ecdsa-sha256`, { hash: 'sha256', key: 'ec' }],
  [`${more}ecdsa-sha384`, { hash: 'sha384', key: 'ec' }],
  [`${more}ecdsa-sha512`, { hash: 'sha512', key: 'ec' }],
])
const digests: ReadonlyMap<string, 'sha256' | 'sha512'> = new Map([
  ['http://www.w3.org/2001/04/xmlenc#sha256', 'sha256'],
  ['http://www.w3.org/2001/04/xmlenc#sha512', 'sha512'],
])

export const isSignatureAlgorithm = (uri: string): boolean => algorithms.has(uri)
export const isDigestAlgorithm = (uri: string): boolean => digests.has(uri)

const only = <T>(own: Record<string, T>, names: Iterable<string>): Record<string, T> => {
  const kept: Record<string, T> = Object.create(null)
  for (const name of names) if (own[name] !== undefined) kept[name] = own[name]
  return kept
}

/** Whether `key` made `value` (base64) over `text` by the algorithm of this name; false for names not in the list. */
export function verifySignature(uri: string, text: string, key: KeyObject, value: string): boolean {
  const algorithm = algorithms.get(uri)
  if (algorithm === undefined || key.asymmetricKeyType !== algorithm.key) return false
  const bytes = Buffer.from(value, 'base64')
  return verify(algorithm.hash, Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, bytes)
}

const verifierOf = (uri: string) =>
  class implements Verifier {
    verifySignature(material: string, key: KeyObject, value: string): boolean {
      return verifySignature(uri, material, key, value)
    }
    getAlgorithmName(): string {
      return uri
    }
  }

let library: Make | undefined

/**
 * The canonical text that `signature`, an element of `xml` as xmldom parsed it, covers, if one of the keys made it.
 * Only this text is signed: whoever reads must read it, and nothing of `xml`.
 */
export function signedText(xml: string, signature: unknown, keys: readonly KeyObject[]): string | undefined {
  library ??= (createRequire(import.meta.url)('xml-crypto') as { SignedXml: Make }).SignedXml
  for (const publicCert of keys) {
    const signed = new library({ publicCert, getCertFromKeyInfo: () => null })
    signed.idAttributes = ['ID']
    signed.CanonicalizationAlgorithms = only(signed.CanonicalizationAlgorithms, [
      envelopedTransform,
      exclusiveCanonical,
    ])
    signed.HashAlgorithms = only(signed.HashAlgorithms, digests.keys())
    signed.SignatureAlgorithms = Object.assign(
      Object.create(null) as Record<string, new () => Verifier>,
      Object.fromEntries([...algorithms.keys()].map((uri) => [uri, verifierOf(uri)])),
    )
    if (!holds(signed, signature, xml)) continue
    const [text, ...others] = signed.getSignedReferences()
    if (text !== undefined && others.length === 0) return text
  }
  return undefined
}

/** xml-crypto throws for a wrong signature value, and answers false for a wrong digest. */
function holds(signed: SignedXml, signature: unknown, xml: string): boolean {
  try {
    signed.loadSignature(signature)
    return signed.checkSignature(xml)
  } catch {
    return false
  }
}
