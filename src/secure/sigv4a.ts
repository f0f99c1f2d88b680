// Signature Version 4A (AWS4-ECDSA-P256-SHA256): the secret is expanded to a P-256 key pair, so that the holder of the
// public key can verify signatures but not create them. The canonical request is that of SigV4, with `x-amz-region-set`
// instead of the region. Key derivation is NIST SP 800-108 in counter mode, as in awslabs/aws-c-auth.
import {
  createECDH,
  createPrivateKey,
  createPublicKey,
  hash,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import { promisify } from 'node:util'
import { Problem } from '../problem.ts'
import { hmacSha256 } from './digest.ts'
import { checkBody, checkPath, type SignatureRule, signatureMismatch, stringToSign } from './sigv4.ts'
import type { HttpMessage, PathEncoding } from './sigv4-canonical.ts'
import { ecdsaAlgorithm, type Signature } from './sigv4-signature.ts'

/** A P-256 public key: RFC 7517. */
export interface PublicJwk {
  readonly kty: 'EC'
  readonly crv: 'P-256'
  readonly x: string
  readonly y: string
}

export interface SigV4AKeyPair {
  readonly privateKey: KeyObject
  readonly publicJwk: PublicJwk
}

/** Order of P-256 minus two: a larger candidate is discarded, so that adding one stays below the order. */
const maxCandidate = Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc63254f', 'hex')

function privateScalar(accessKeyId: string, secret: string): Buffer {
  const key = `AWS4A${secret}`
  for (let counter = 1; counter < 255; counter++) {
    // SP 800-108 §4.1: [i] ‖ label ‖ 0x00 ‖ context ‖ [L], here with the counter at the end of the context.
    const input = `\0\0\0\x01${ecdsaAlgorithm}\0${accessKeyId}${String.fromCharCode(counter)}\0\0\x01\0`
    const candidate = hmacSha256(key, Buffer.from(input, 'latin1'))
    if (candidate.compare(maxCandidate) <= 0) return plusOne(candidate)
  }
  throw new Error('no SigV4A key in 254 tries') // each try fails once in 2^32
}

function plusOne(number: Buffer): Buffer {
  for (let i = number.length - 1; i >= 0; i--) {
    const digit = ((number[i] ?? 0) + 1) & 255
    number[i] = digit
    if (digit !== 0) break
  }
  return number
}

/** Only the public key, which a session token carries as `cnf.jwk`. Takes about 30 µs. */
export function publicKeyOf(accessKeyId: string, secret: string): PublicJwk {
  return jwkOf(privateScalar(accessKeyId, secret))
}

/** Shared, because creating it takes half of the time of a derivation. Never used across an await. */
const curve = createECDH('prime256v1')

function jwkOf(scalar: Buffer): PublicJwk {
  curve.setPrivateKey(scalar)
  const point = curve.getPublicKey()
  return {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33, 65).toString('base64url'),
  }
}

/** Both keys, for signing. */
export function deriveKeyPair(accessKeyId: string, secret: string): SigV4AKeyPair {
  const scalar = privateScalar(accessKeyId, secret)
  const publicJwk = jwkOf(scalar)
  const key = { ...publicJwk, d: scalar.toString('base64url') }
  return { privateKey: createPrivateKey({ key, format: 'jwk' }), publicJwk }
}

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
