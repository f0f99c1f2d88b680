// Signatures beside a text, as SAML's HTTP-Redirect binding has them (Bindings §3.4.4.1). The algorithms are those of
// XML signatures (xml-signature.ts); which one counts is decided by the list and the key, never by the message alone.
import { createPrivateKey, type KeyObject, sign } from 'node:crypto'
import { verifySignature } from './xml-signature.ts'

/** What we sign with; every service that takes signed redirects takes it. */
export const rsaSha256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'

/** @param pem an RSA private key; @returns base64 */
export const signText = (text: string, pem: string): string =>
  sign('sha256', Buffer.from(text), createPrivateKey(pem)).toString('base64')

/** True when one of `keys` made `signature` (base64) over `text` by an algorithm that is allowed. */
export const isSignedByOneOf = (
  keys: readonly KeyObject[],
  algorithm: string,
  text: string,
  signature: string,
): boolean => keys.some((key) => verifySignature(algorithm, text, key, signature))
