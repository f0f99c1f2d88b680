// The P-256 key pair of a secret access key, for Signature Version 4A (sigv4a.ts). The derivation is NIST SP 800-108 in counter
// mode, as in awslabs/aws-c-auth. Imported by the key thread, so it imports little itself.
import { createECDH, createPrivateKey, type KeyObject } from 'node:crypto'
import { hmacSha256 } from '../digest.ts'
import type { SigningAlgorithm } from './signature.ts'

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

/** The credentials that a key pair is derived from. */
export interface SigV4AHolder {
  readonly accessKeyId: string
  readonly secret: string
}

const algorithm: SigningAlgorithm = 'AWS4-ECDSA-P256-SHA256'

/** Order of P-256 minus two: a larger candidate is discarded, so that adding one stays below the order. */
const maxCandidate = Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc63254f', 'hex')

function privateScalar(accessKeyId: string, secret: string): Buffer {
  const key = `AWS4A${secret}`
  for (let counter = 1; counter < 255; counter++) {
    // SP 800-108 §4.1: [i] ‖ label ‖ 0x00 ‖ context ‖ [L], here with the counter at the end of the context.
    const input = `\0\0\0\x01${algorithm}\0${accessKeyId}${String.fromCharCode(counter)}\0\0\x01\0`
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

/** The JSON text of claims with the holder's public key as their `cnf` (RFC 7800 §3.2), which they have not yet. */
export function withHolderKey(claims: string, { accessKeyId, secret }: SigV4AHolder): string {
  const jwk = JSON.stringify(publicKeyOf(accessKeyId, secret))
  return `${claims.slice(0, -1)},"cnf":{"jwk":${jwk}}}`
}
