// The accepted form of a Signature element in a SAML message (Core section 5.4). Every other form is refused before any cryptography.
import {
  type EnvelopedSignature,
  envelopedTransform,
  exclusiveCanonical,
  isDigestAlgorithm,
  isSignatureAlgorithm,
} from '../../secure/xml/xml-signature.ts'
import { signatureNs } from './names.ts'
import { refuse } from './refusal.ts'
import { allElements, childrenOf, plainText, type XmlElement } from './xml.ts'

/** Limits of SignedInfo, and of prefixes in one PrefixList. A SAML signature needs about 10 elements and 1,000 characters. */
const maxInfoElements = 20
const maxInfoCharacters = 8000
const maxPrefixes = 20

/** The only signature that is a direct child of `owner`; undefined when it has none. @throws Problem('invalid_identity_token') */
export function signatureOf(owner: XmlElement): EnvelopedSignature | undefined {
  const [signature, ...others] = childrenOf(owner, signatureNs, 'Signature')
  if (others.length > 0) throw refuse('an element is signed twice')
  return signature && envelopedSignature(signature, owner)
}

/** Refuses signatures that are not direct children of the given elements, which XML signature wrapping (XSW) needs. */
export function checkSignaturePlacement(root: XmlElement, owners: readonly XmlElement[]): void {
  const allowed = new Set(owners.flatMap((owner) => childrenOf(owner, signatureNs, 'Signature')))
  for (const element of allElements(root))
    if (element.namespace === signatureNs && element.name === 'Signature' && !allowed.has(element))
      throw refuse('a signature is in a place where none is allowed')
}

/** Refuses repeated ids, in all attributes that an XML library might treat as an id. */
export function checkUniqueIds(root: XmlElement): void {
  const seen = new Set<string>()
  for (const { attributes } of allElements(root))
    for (const [name, value] of attributes) {
      if (!/^(.*:)?(id|assertionid|responseid)$/i.test(name)) continue
      if (seen.has(value)) throw refuse('an ID is repeated')
      seen.add(value)
    }
}

function envelopedSignature(signature: XmlElement, owner: XmlElement): EnvelopedSignature {
  const id = owner.attributes.get('ID') ?? ''
  if (!/^[A-Za-z_][\w.-]{0,255}$/.test(id)) throw refuse('the signed element has no usable ID')
  if (signature.children.some(({ name }) => !['SignedInfo', 'SignatureValue', 'KeyInfo'].includes(name)))
    throw refuse('the signature has an element that is not allowed')
  const info = one(signature, 'SignedInfo')
  checkSize(info)
  const method = one(info, 'CanonicalizationMethod')
  if (algorithmOf(method) !== exclusiveCanonical) throw refuse('the canonicalization is not allowed')
  const algorithm = algorithmOf(one(info, 'SignatureMethod'))
  if (!isSignatureAlgorithm(algorithm)) throw refuse('the signature algorithm is not allowed')
  const reference = one(info, 'Reference')
  if (reference.attributes.get('URI') !== `#${id}`) throw refuse('the signature covers another element')
  const digestAlgorithm = algorithmOf(one(reference, 'DigestMethod'))
  if (!isDigestAlgorithm(digestAlgorithm)) throw refuse('the digest algorithm is not allowed')
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
  for (const { text, attributes } of allElements(info)) {
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

/** The PrefixList of InclusiveNamespaces in a method or transform (Exclusive XML Canonicalization 1.0 section 4). */
function prefixesOf(of: XmlElement): readonly string[] {
  const [inclusive, ...others] = childrenOf(of, exclusiveCanonical, 'InclusiveNamespaces')
  if (others.length > 0) throw refuse('InclusiveNamespaces is repeated')
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
