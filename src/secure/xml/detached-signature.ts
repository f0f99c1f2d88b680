// Detached signatures over a text, as in SAML's HTTP-Redirect binding (Bindings §3.4.4.1). The algorithms are those of XML
// signatures (xml-signature.ts); the allow-list and the key decide which are accepted, never the message alone.
import { createPrivateKey, type KeyObject, sign } from 'node:crypto'
import { verifySignature } from './xml-signature.ts'

/** The algorithm of our own signatures; supported by every implementation of signed redirects. */
export const rsaSha256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'

/** @param pem an RSA private key; @returns base64 */
export const signText = (text: string, pem: string): string =>
  sign('sha256', Buffer.from(text), createPrivateKey(pem)).toString('base64')

/** True when one of `keys` made `signature` (base64) over `text` with an allowed algorithm. */
export const isSignedByOneOf = (
  keys: readonly KeyObject[],
  algorithm: string,
  text: string,
  signature: string,
): boolean => keys.some((key) => verifySignature(algorithm, text, key, signature))
