// Signature Version 4: key derivation, signing and verification. Pure: clock, key and body hash are arguments.
// sts/authentication/authenticate.ts looks up access keys and tokens; sigv4-signature.ts parses signatures, sigv4-canonical.ts builds the
// canonical request.
// The scheme is symmetric: whoever can verify can also sign. A service therefore receives only the result of
// deriveSigningKey for its own day, region and service, never the secret.
import { hash, timingSafeEqual } from 'node:crypto'
import { Problem } from '../../problem.ts'
import { hmacSha256 } from '../digest.ts'
import {
  canonicalRequest,
  type HttpMessage,
  normalPath,
  type PathEncoding,
  pathEncodingOf,
} from './canonical.ts'
import { hmacAlgorithm, type Signature } from './signature.ts'

export type { HttpMessage } from './canonical.ts'
export { checkTime, isSigned, readSignature, type Signature } from './signature.ts'

/** SHA-256 in hex, the body hash that is signed. */
export const bodyHash = (body: string | Uint8Array): string => hash('sha256', body, 'hex')

export const emptyBodyHash = bodyHash('')

/** The only value, besides the body's hash, that a request may sign, where the caller of this module allows it. */
export const unsignedPayload = 'UNSIGNED-PAYLOAD'

/**
 * Derives the key for one day, region and service.
 * @param date `YYYYMMDD`
 */
export function deriveSigningKey(secret: string, date: string, region: string, service: string): Buffer {
  const steps = [date, region, service, 'aws4_request']
  return steps.reduce<Buffer>((key, step) => hmacSha256(key, step), Buffer.from(`AWS4${secret}`))
}

/** Cache of derived signing keys. Bounded: the oldest entry is evicted. */
export class SigningKeyCache {
  readonly #keys = new Map<string, { readonly secret: string; readonly key: Buffer }>()
  readonly #limit: number

  constructor(limit = 10_000) {
    this.#limit = limit
  }

  /**
   * No part can contain the separator, because readSignature refuses it. The secret is part of the key, so a changed secret
   * never finds the old entry.
   */
  get(secret: string, accessKeyId: string, date: string, region: string, service: string): Buffer {
    const id = `${accessKeyId}/${date}/${region}/${service}`
    const known = this.#keys.get(id)
    if (known?.secret === secret) return known.key
    const key = deriveSigningKey(secret, date, region, service)
    this.#keys.delete(id)
    if (this.#keys.size >= this.#limit) this.#keys.delete(this.#keys.keys().next().value as string)
    this.#keys.set(id, { secret, key })
    return key
  }
}

/**
 * The string to sign: date, scope and hash of the canonical request. Also for SigV4A.
 * @param pathEncoding by default that of AWS's clients for a service of this name
 */
export function stringToSign(
  message: HttpMessage,
  signature: Signature,
  contentHash: string,
  pathEncoding: PathEncoding = pathEncodingOf(signature.service),
): string {
  const canonical = canonicalRequest({
    message,
    headers: signature.headers,
    signedHeaders: signature.signedHeaders,
    pathEncoding,
    bodyHash: contentHash,
  })
  const { algorithm, amzDate, date, region, service } = signature
  const scope =
    region === undefined ? `${date}/${service}/aws4_request` : `${date}/${region}/${service}/aws4_request`
  return `${algorithm}\n${amzDate}\n${scope}\n${hash('sha256', canonical, 'hex')}`
}

/** What is accepted of a signed request. */
export interface SignatureRule {
  /** SHA-256 (hex) of the received body. Undefined: it was not read, so only an unsigned payload can be accepted. */
  readonly bodyHash: string | undefined
  /** Whether `x-amz-content-sha256: UNSIGNED-PAYLOAD` is accepted. Never for this server's own API. */
  readonly allowUnsigned?: boolean
  /** Default: the encoding of AWS's clients for the service named in the signature. */
  readonly pathEncoding?: PathEncoding | undefined
}

/**
 * Returns the body hash that the request signed, once it matches the body.
 * @throws Problem('bad_signature')
 */
export function checkBody(signature: Signature, rule: SignatureRule): string {
  const { contentHash } = signature
  if (contentHash === unsignedPayload && rule.allowUnsigned === true) return unsignedPayload
  if (rule.bodyHash === undefined || (contentHash !== undefined && contentHash !== rule.bodyHash))
    throw new Problem(
      'bad_signature',
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    )
  return rule.bodyHash
}

export const signatureMismatch =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.'

/**
 * Verifies that `key` made the signature over this message and body. Use checkTime for the time.
 * @throws Problem('bad_signature')
 */
export function checkSignature(
  message: HttpMessage,
  signature: Signature,
  rule: SignatureRule,
  key: Buffer,
): void {
  if (signature.algorithm !== hmacAlgorithm) throw new Problem('bad_signature', signatureMismatch)
  const content = checkBody(signature, rule)
  checkPath(message, signature, rule.pathEncoding)
  const expected = hmacSha256(key, stringToSign(message, signature, content, rule.pathEncoding))
  const given = Buffer.from(signature.signature, 'hex')
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw new Problem('bad_signature', signatureMismatch)
}

/**
 * `/a/../b` and `/b` have the same signature but may reach different routes, so a path that is not in normal form is
 * refused rather than normalised. S3 paths are never normalised.
 */
export function checkPath(
  { path }: HttpMessage,
  signature: Signature,
  pathEncoding: PathEncoding = pathEncodingOf(signature.service),
): void {
  if (pathEncoding === 's3' || path === '/' || path === '') return
  if (normalPath(path) !== path)
    throw new Problem('bad_signature', 'The path must not hold empty or dot segments.')
}
