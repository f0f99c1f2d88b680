// Signature Version 4A (AWS4-ECDSA-P256-SHA256): the secret is expanded to a P-256 key pair (sigv4a-key.ts), so that the
// holder of the public key can verify signatures but not create them. The canonical request is that of SigV4, with
// `x-amz-region-set` instead of the region.
import { createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto'
import { promisify } from 'node:util'
import { Problem } from '../../problem.ts'
import type { HttpMessage, PathEncoding } from './canonical.ts'
import { ecdsaAlgorithm, type Signature } from './signature.ts'
import { checkBody, checkPath, type SignatureRule, signatureMismatch, stringToSign } from './sigv4.ts'
import type { PublicJwk } from './sigv4a-key.ts'

const imported = new Map<string, KeyObject>()
const importedLimit = 1000

function publicKey(jwk: PublicJwk): KeyObject {
  const id = `${jwk.x}.${jwk.y}`
  const known = imported.get(id)
  if (known !== undefined) return known
  const { kty, crv, x, y } = jwk
  const key = createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' })
  if (imported.size >= importedLimit) imported.delete(imported.keys().next().value as string)
  imported.set(id, key)
  return key
}

const verifyOffThread = promisify<string, Buffer, KeyObject, Buffer, boolean>(
  (algorithm, data, key, proof, done) => verify(algorithm, data, key, proof, done),
)

/**
 * Verifies that the holder of the private key of `jwk` signed this message and body. Use checkTime for the time; the caller
 * checks the region set. An ECDSA signature has a second valid form, (r, n − s): to detect replays, remember the result of
 * signedIdentity.
 * @throws Problem('bad_signature')
 */
export async function verifySigV4A(
  message: HttpMessage,
  signature: Signature,
  rule: SignatureRule,
  jwk: PublicJwk,
): Promise<void> {
  if (signature.algorithm !== ecdsaAlgorithm) throw new Problem('bad_signature', signatureMismatch)
  if (signature.regionSet === undefined)
    throw new Problem('incomplete_signature', "A SigV4A request requires 'X-Amz-Region-Set'.")
  const content = checkBody(signature, rule)
  checkPath(message, signature, rule.pathEncoding)
  const data = Buffer.from(stringToSign(message, signature, content, rule.pathEncoding))
  const proof = Buffer.from(signature.signature, 'hex')
  if (!(await verifyOffThread('sha256', data, publicKey(jwk), proof)))
    throw new Problem('bad_signature', signatureMismatch)
}

/** One identifier for all signatures over the same request by the same key, in whatever encoding. */
export const signedIdentity = (
  message: HttpMessage,
  signature: Signature,
  contentHash: string,
  pathEncoding?: PathEncoding,
): string => {
  const text = stringToSign(message, signature, contentHash, pathEncoding)
  return hash('sha256', `${signature.accessKeyId}\n${text}`, 'base64url')
}

/** The signature as in SigV4A: DER in hex. */
export function signSigV4A(
  message: HttpMessage,
  signature: Signature,
  contentHash: string,
  key: KeyObject,
): string {
  return sign('sha256', Buffer.from(stringToSign(message, signature, contentHash)), key).toString('hex')
}
