// XML signatures (W3C XML Signature 1.1) of enveloped SAML messages, verified with given keys only. The algorithms are a
// closed list; KeyInfo is never read. The signature value is verified first, over the small SignedInfo: a message is
// canonicalized and digested only when one of the keys made the value, and only once, however many keys there are.
// federation/saml/signature-shape.ts checks the structure of the Signature element first.
import { hash, type KeyObject, verify } from 'node:crypto'
import { createRequire } from 'node:module'
import { equals } from '../digest.ts'

/** The part of an xmldom DOM node that is used here. */
interface DomNode {
  readonly parentNode: DomNode | null
  readonly nextSibling: DomNode | null
  readonly attributes?: { readonly length: number; item(at: number): DomAttribute }
  removeChild(child: DomNode): unknown
  insertBefore(child: DomNode, before: DomNode | null): unknown
}
interface DomAttribute {
  readonly prefix: string | null
  readonly localName: string | null
  readonly nodeName: string
  readonly value: string
}
interface Namespace {
  readonly prefix: string
  readonly namespaceURI: string
}
/** xml-crypto's Exclusive XML Canonicalization 1.0. Its own types depend on the DOM library, which Node does not have. */
interface Canonicalization {
  process(
    element: DomNode,
    options: {
      readonly inclusiveNamespacesPrefixList: readonly string[]
      readonly ancestorNamespaces: readonly Namespace[]
    },
  ): string
}

export const envelopedTransform = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'
export const exclusiveCanonical = 'http://www.w3.org/2001/10/xml-exc-c14n#'

interface Algorithm {
  readonly hash: 'sha256' | 'sha384' | 'sha512'
  readonly key: 'rsa' | 'ec'
}

const more = 'http://www.w3.org/2001/04/xmldsig-more#'
// RFC 9231 §2.3. No SHA-1, no HMAC (a public key would become a shared secret), no DSA.
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

/** Whether `key` made `value` (base64) over `text` with the named algorithm; false for algorithms not in the list. */
export function verifySignature(uri: string, text: string, key: KeyObject, value: string): boolean {
  const algorithm = algorithms.get(uri)
  if (algorithm === undefined || key.asymmetricKeyType !== algorithm.key) return false
  const bytes = Buffer.from(value, 'base64')
  return verify(algorithm.hash, Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, bytes)
}

/** An enveloped signature with one reference, to its parent element. Elements are xmldom's. */
export interface EnvelopedSignature {
  /** The signed element; `signature` is its child, and `info` the SignedInfo in it. */
  readonly owner: unknown
  readonly signature: unknown
  readonly info: unknown
  readonly algorithm: string
  /** Base64. */
  readonly value: string
  readonly digestAlgorithm: string
  /** Base64. */
  readonly digest: string
  /** InclusiveNamespaces PrefixList of CanonicalizationMethod and of the reference's transform (Exclusive C14N §4). */
  readonly infoPrefixes: readonly string[]
  readonly ownerPrefixes: readonly string[]
}

/** How often the costly steps ran, for tests. */
export const signatureWork = { verifications: 0, ownersCanonicalized: 0 }

/**
 * The canonical text that the signature covers, if one of the keys made it. Only this text is signed: parse it
 * and nothing else of the message.
 */
export function signedText(signed: EnvelopedSignature, keys: readonly KeyObject[]): string | undefined {
  const { algorithm, value, digestAlgorithm } = signed
  const digest = digests.get(digestAlgorithm)
  if (digest === undefined) return undefined
  const [owner, signature, info] = [signed.owner, signed.signature, signed.info].map(domNode)
  if (!owner || !signature || !info || signature.parentNode !== owner || info.parentNode !== signature)
    return undefined
  const infoText = canonical(info, signed.infoPrefixes)
  const made = keys.some((key) => {
    signatureWork.verifications++
    return verifySignature(algorithm, infoText, key, value)
  })
  if (!made) return undefined
  signatureWork.ownersCanonicalized++
  const next = signature.nextSibling
  owner.removeChild(signature)
  const text = canonical(owner, signed.ownerPrefixes)
  owner.insertBefore(signature, next)
  return equals(hash(digest, text, 'base64'), signed.digest) ? text : undefined
}

/** An element of xmldom as text of its own: exclusive canonicalization, with the namespaces that it uses. */
export const canonicalText = (element: unknown): string => canonical(domNode(element), [])

/** @throws TypeError for a value that is not an xmldom node, which is a programming error */
function domNode(value: unknown): DomNode {
  if (typeof value === 'object' && value !== null && 'parentNode' in value) return value as DomNode
  throw new TypeError('not an element')
}

let canonicalization: Canonicalization | undefined

function canonical(element: DomNode, prefixes: readonly string[]): string {
  canonicalization ??= new (
    createRequire(import.meta.url)('xml-crypto/lib/exclusive-canonicalization.js') as {
      ExclusiveCanonicalization: new () => Canonicalization
    }
  ).ExclusiveCanonicalization()
  return canonicalization.process(element, {
    inclusiveNamespacesPrefixList: prefixes,
    ancestorNamespaces: inherited(element, prefixes),
  })
}

/** The namespaces of the prefixes that the element inherits rather than declares. */
function inherited(element: DomNode, prefixes: readonly string[]): readonly Namespace[] {
  const found = new Map<string, string>()
  for (let at: DomNode | null = element; at && prefixes.length > 0; at = at.parentNode)
    for (let i = 0; i < (at.attributes?.length ?? 0); i++) {
      const declared = at.attributes?.item(i)
      const prefix = declared?.prefix === 'xmlns' ? declared.localName : undefined
      if (declared && prefix && prefixes.includes(prefix) && !found.has(prefix))
        found.set(prefix, at === element ? '' : declared.value)
    }
  return [...found]
    .filter(([, namespaceURI]) => namespaceURI !== '')
    .map(([prefix, namespaceURI]) => ({ prefix, namespaceURI }))
}
