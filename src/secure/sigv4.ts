// Signature Version 4: keys, checking and signing. Pure: the clock, the key and the body's hash arrive as arguments.
// Owns the algorithm only. Which access key is whose, and whether its token is good, is sts/authenticate.ts; what a
// request claims is sigv4-signature.ts, its one canonical spelling sigv4-canonical.ts.
// Symmetric: who can check can also forge. A downstream service therefore gets only deriveSigningKey's result for its
// own day, region and service, never the secret.
import { hash, timingSafeEqual } from 'node:crypto'
import { Problem } from '../problem.ts'
import { hmacSha256 } from './digest.ts'
import {
  canonicalRequest,
  type HttpMessage,
  normalPath,
  type PathEncoding,
  pathEncodingOf,
} from './sigv4-canonical.ts'
import { hmacAlgorithm, type Signature } from './sigv4-signature.ts'

export type { HttpMessage } from './sigv4-canonical.ts'
export { checkTime, isSigned, readSignature, type Signature } from './sigv4-signature.ts'

/** SHA-256 in hex: what signs a body. */
export const bodyHash = (body: string | Uint8Array): string => hash('sha256', body, 'hex')

export const emptyBodyHash = bodyHash('')

/** The only value besides the body's own hash that a request may sign, where the surface allows it. */
export const unsignedPayload = 'UNSIGNED-PAYLOAD'

/**
 * The key for one day, region and service.
 * @param date `YYYYMMDD`
 */
export function deriveSigningKey(secret: string, date: string, region: string, service: string): Buffer {
  const steps = [date, region, service, 'aws4_request']
  return steps.reduce<Buffer>((key, step) => hmacSha256(key, step), Buffer.from(`AWS4${secret}`))
}

/** Signing keys already derived. Bounded: the oldest entry leaves. */
export class SigningKeyCache {
  readonly #keys = new Map<string, { readonly secret: string; readonly key: Buffer }>()
  readonly #limit: number

  constructor(limit = 10_000) {
    this.#limit = limit
  }

  /** The parts cannot hold the separator: readSignature refuses them. A changed secret never finds its old key. */
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
 * What is signed: the day, the scope and the hash of the canonical request. Also for SigV4A.
 * @param pathEncoding by default what AWS's clients do for a service of that name
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

/** What a surface takes of a signed request. */
export interface SignatureRule {
  /** SHA-256 (hex) of the body as it was received. Undefined: it was not read, so only an unsigned payload can pass. */
  readonly bodyHash: string | undefined
  /** Whether `x-amz-content-sha256: UNSIGNED-PAYLOAD` is taken. Never for our own wire. */
  readonly allowUnsigned?: boolean
  /** Default: what AWS's clients do for a service of the signature's name. */
  readonly pathEncoding?: PathEncoding | undefined
}

/**
 * What the request signed for its body, once it is known to be true of the body.
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
 * Throws unless `key` made the signature over this message and body. The time is checkTime's business.
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
 * `/a/../b` and `/b` have one signature but may reach two routes behind us, so a path that is not in normal form is
 * refused rather than normalized. S3 paths are never normalized.
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
