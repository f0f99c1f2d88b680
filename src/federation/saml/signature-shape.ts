// What a Signature element in a SAML message may look like (Core §5.4): everything else is refused before any cryptography.
import {
  type EnvelopedSignature,
  envelopedTransform,
  exclusiveCanonical,
  isDigestAlgorithm,
  isSignatureAlgorithm,
} from '../../secure/xml-signature.ts'
import { signatureNs } from './names.ts'
import { refuse } from './refusal.ts'
import { childrenOf, everyElement, plainText, type XmlElement } from './xml.ts'

/** Elements and characters of SignedInfo, and prefixes of one PrefixList: a signature of SAML needs ten, 1,000 and a few. */
const maxInfoElements = 20
const maxInfoCharacters = 8000
const maxPrefixes = 20

/** The one signature of `owner`, which must stand in it directly; undefined when it has none. */
export function signatureOf(owner: XmlElement): EnvelopedSignature | undefined {
  const [signature, ...others] = childrenOf(owner, signatureNs, 'Signature')
  if (others.length > 0) throw refuse('an element is signed twice')
  return signature && partsOf(signature, owner)
}

/** Signatures anywhere but directly in the response or its assertion are how messages are wrapped (XSW). */
export function checkPlaces(root: XmlElement, owners: readonly XmlElement[]): void {
  const allowed = new Set(owners.flatMap((owner) => childrenOf(owner, signatureNs, 'Signature')))
  for (const element of everyElement(root))
    if (element.namespace === signatureNs && element.name === 'Signature' && !allowed.has(element))
      throw refuse('a signature stands where none may')
}

/** Whatever a reader takes for an id, none stands twice. */
export function checkIds(root: XmlElement): void {
  const seen = new Set<string>()
  for (const { attributes } of everyElement(root))
    for (const [name, value] of attributes) {
      if (!/^(.*:)?(id|assertionid|responseid)$/i.test(name)) continue
      if (seen.has(value)) throw refuse('an ID stands twice')
      seen.add(value)
    }
}

function partsOf(signature: XmlElement, owner: XmlElement): EnvelopedSignature {
  const id = owner.attributes.get('ID') ?? ''
  if (!/^[A-Za-z_][\w.-]{0,255}$/.test(id)) throw refuse('what is signed has no usable ID')
  if (signature.children.some(({ name }) => !['SignedInfo', 'SignatureValue', 'KeyInfo'].includes(name)))
    throw refuse('the signature holds more than it may')
  const info = one(signature, 'SignedInfo')
  checkSize(info)
  const method = one(info, 'CanonicalizationMethod')
  if (algorithmOf(method) !== exclusiveCanonical) throw refuse('the canonicalization is not allowed')
  const algorithm = algorithmOf(one(info, 'SignatureMethod'))
  if (!isSignatureAlgorithm(algorithm)) throw refuse('the signature algorithm is not allowed')
  const reference = one(info, 'Reference')
  if (reference.attributes.get('URI') !== `#${id}`) throw refuse('the signature is of another element')
  const digestAlgorithm = algorithmOf(one(reference, 'DigestMethod'))
  if (!isDigestAlgorithm(digestAlgorithm)) throw refuse('the digest is not allowed')
  const all = childrenOf(one(reference, 'Transforms'), signatureNs, 'Transform')
  const [enveloped, canonical, ...others] = all
  if (
    !enveloped ||
    !canonical ||
    others.length > 0 ||
    algorithmOf(enveloped) !== envelopedTransform ||
    algorithmOf(canonical) !== exclusiveCanonical
  )
    throw refuse('the transforms are not allowed')
  return {
    owner: owner.node,
    signature: signature.node,
    info: info.node,
    algorithm,
    value: base64Of(one(signature, 'SignatureValue')),
    digestAlgorithm,
    digest: base64Of(one(reference, 'DigestValue')),
    infoPrefixes: prefixesOf(method),
    ownerPrefixes: prefixesOf(canonical),
  }
}

function checkSize(info: XmlElement): void {
  let elements = 0
  let characters = 0
  for (const { text, attributes } of everyElement(info)) {
    elements++
    characters += text.length
    for (const [name, value] of attributes) characters += name.length + value.length
  }
  if (elements > maxInfoElements || characters > maxInfoCharacters)
    throw refuse('SignedInfo is larger than a signature needs')
}

function base64Of(of: XmlElement): string {
  const text = plainText(of)
  if (text === undefined) throw refuse(`${of.name} is not plain text`)
  return text.replace(/\s+/g, '')
}

/** Exclusive XML Canonicalization 1.0 §4: InclusiveNamespaces, in the method or transform. */
function prefixesOf(of: XmlElement): readonly string[] {
  const [inclusive, ...others] = childrenOf(of, exclusiveCanonical, 'InclusiveNamespaces')
  if (others.length > 0) throw refuse('a PrefixList stands twice')
  const prefixes = (inclusive?.attributes.get('PrefixList') ?? '').split(/\s+/).filter(Boolean)
  if (prefixes.length > maxPrefixes) throw refuse(`a PrefixList has more than ${maxPrefixes} prefixes`)
  return prefixes
}

function one(of: XmlElement, name: string): XmlElement {
  const [found, ...others] = childrenOf(of, signatureNs, name)
  if (!found || others.length > 0) throw refuse(`the signature must have one ${name}`)
  return found
}

const algorithmOf = ({ attributes }: XmlElement): string => attributes.get('Algorithm') ?? ''
