// What a Signature element in a SAML message may look like (Core §5.4): everything else is refused before any cryptography.
import {
  envelopedTransform,
  exclusiveCanonical,
  isDigestAlgorithm,
  isSignatureAlgorithm,
} from '../../secure/xml-signature.ts'
import { signatureNs } from './names.ts'
import { refuse } from './refusal.ts'
import { childrenOf, everyElement, type XmlElement } from './xml.ts'

/** The one signature of `owner`, which must stand in it directly; undefined when it has none. */
export function signatureOf(owner: XmlElement): XmlElement | undefined {
  const [signature, ...others] = childrenOf(owner, signatureNs, 'Signature')
  if (others.length > 0) throw refuse('an element is signed twice')
  if (signature) checkShape(signature, owner)
  return signature
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

function checkShape(signature: XmlElement, owner: XmlElement): void {
  const id = owner.attributes.get('ID') ?? ''
  if (!/^[A-Za-z_][\w.-]{0,255}$/.test(id)) throw refuse('what is signed has no usable ID')
  if (signature.children.some(({ name }) => !['SignedInfo', 'SignatureValue', 'KeyInfo'].includes(name)))
    throw refuse('the signature holds more than it may')
  const info = one(signature, 'SignedInfo')
  one(signature, 'SignatureValue')
  if (algorithmOf(one(info, 'CanonicalizationMethod')) !== exclusiveCanonical)
    throw refuse('the canonicalization is not allowed')
  if (!isSignatureAlgorithm(algorithmOf(one(info, 'SignatureMethod'))))
    throw refuse('the signature algorithm is not allowed')
  const reference = one(info, 'Reference')
  if (reference.attributes.get('URI') !== `#${id}`) throw refuse('the signature is of another element')
  if (!isDigestAlgorithm(algorithmOf(one(reference, 'DigestMethod'))))
    throw refuse('the digest is not allowed')
  one(reference, 'DigestValue')
  const transforms = childrenOf(one(reference, 'Transforms'), signatureNs, 'Transform').map(algorithmOf)
  if (transforms.join(' ') !== `${envelopedTransform} ${exclusiveCanonical}`)
    throw refuse('the transforms are not allowed')
}

function one(of: XmlElement, name: string): XmlElement {
  const [found, ...others] = childrenOf(of, signatureNs, name)
  if (!found || others.length > 0) throw refuse(`the signature must have one ${name}`)
  return found
}

const algorithmOf = ({ attributes }: XmlElement): string => attributes.get('Algorithm') ?? ''
