// Compact JWS (RFC 7515): signing, strict parsing and signature verification. Signatures are computed by the given key
// thread (key-thread.ts), otherwise in libuv's thread pool, except for operations that take less time than the hand-over.
// This file covers only format and signature; session-token.ts and federation/ validate claims.
import { isUtf8 } from 'node:buffer'
import { constants, createPublicKey, hash, type JsonWebKey, type KeyObject, sign, verify } from 'node:crypto'
import { promisify } from 'node:util'
import { Problem } from '../problem.ts'
import { derFromRaw, rawFromDer } from './ecdsa-format.ts'
import type { KeyThread } from './key/key-thread.ts'
import { type SigV4AHolder, withHolderKey } from './sigv4/sigv4a-key.ts'
import { parseUniqueJson } from './unique-json.ts'

export type JwsAlgorithm =
  | 'ES256'
  | 'ES384'
  | 'ES512'
  | 'RS256'
  | 'RS384'
  | 'RS512'
  | 'PS256'
  | 'PS384'
  | 'PS512'
  | 'EdDSA'
  | 'Ed25519'

export interface JwsHeader {
  readonly alg: JwsAlgorithm
  readonly kid: string | undefined
  readonly typ: string | undefined
}

export interface ParsedJws {
  readonly header: JwsHeader
  /** The JSON object of the payload, from a text without duplicate keys. */
  readonly claims: Readonly<Record<string, unknown>>
  readonly signed: Buffer
  readonly signature: Buffer
}

/** A public key with the algorithms it may be used for; a token cannot extend them. */
export interface VerifyingKey {
  readonly key: KeyObject
  readonly algorithms: readonly string[]
}

/** A signing key; the key ring's `KeyHandle`s are assignable. */
export interface SigningKey {
  /** Undefined: the header has no `kid`. */
  readonly kid: string | undefined
  readonly alg: string
  readonly privateKey?: KeyObject | undefined
  /** Signs in another thread instead of the caller's. */
  readonly thread?: KeyThread | undefined
}

interface Algorithm {
  readonly hash: 'sha256' | 'sha384' | 'sha512' | undefined
  readonly key: 'ec' | 'rsa' | 'ed25519'
  /** Size in bytes of one ECDSA integer; a signature consists of two (RFC 7518 §3.4). */
  readonly width?: number
  readonly curve?: string
  readonly pss?: true
}

// RFC 7518 §3.1, RFC 8037 §3.1. `none` and HMAC are not included, so a token cannot request them. A Map, so that
// `constructor` is not found.
const algorithms: ReadonlyMap<string, Algorithm> = new Map<JwsAlgorithm, Algorithm>([
  ['ES256', { hash: 'sha256', key: 'ec', width: 32, curve: 'prime256v1' }],
  ['ES384', { hash: 'sha384', key: 'ec', width: 48, curve: 'secp384r1' }],
  ['ES512', { hash: 'sha512', key: 'ec', width: 66, curve: 'secp521r1' }],
  ['RS256', { hash: 'sha256', key: 'rsa' }],
  ['RS384', { hash: 'sha384', key: 'rsa' }],
  ['RS512', { hash: 'sha512', key: 'rsa' }],
  ['PS256', { hash: 'sha256', key: 'rsa', pss: true }],
  ['PS384', { hash: 'sha384', key: 'rsa', pss: true }],
  ['PS512', { hash: 'sha512', key: 'rsa', pss: true }],
  ['EdDSA', { hash: undefined, key: 'ed25519' }],
  // RFC 9864: EdDSA under its fully specified name.
  ['Ed25519', { hash: undefined, key: 'ed25519' }],
])

/** Smaller RSA keys are refused (RFC 7518 §3.3). */
const minRsaBits = 2048
/** Larger RSA keys would make verification too expensive for an unauthenticated request. */
const maxRsaBits = 8192

/** The algorithms that a public key can be used with, most specific first; empty for an unsupported key. */
export function algorithmsFor(key: KeyObject): readonly JwsAlgorithm[] {
  const type = key.asymmetricKeyType
  if (type === 'ed25519') return ['EdDSA', 'Ed25519']
  if (type === 'rsa') {
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
    if (bits < minRsaBits || bits > maxRsaBits) return []
    return ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512']
  }
  if (type !== 'ec') return []
  const curve = key.asymmetricKeyDetails?.namedCurve
  return [...algorithms]
    .filter(([, a]) => a.curve === curve && a.curve !== undefined)
    .map(([name]) => name as JwsAlgorithm)
}

/** A public JWK with its algorithms: its own `alg`, or all that fit. Undefined for an unsupported key. */
export function verifyingKey(jwk: Readonly<Record<string, unknown>>): VerifyingKey | undefined {
  const key = publicKeyOf(jwk)
  const fitting = key
    ? algorithmsFor(key).filter((name) => jwk['alg'] === undefined || jwk['alg'] === name)
    : []
  return key && fitting.length > 0 ? { key, algorithms: fitting } : undefined
}

function publicKeyOf(jwk: Readonly<Record<string, unknown>>): KeyObject | undefined {
  try {
    return createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' })
  } catch {
    return undefined
  }
}

/**
 * Signs claims as `header.payload.signature`; `alg` and `kid` come from the key.
 * @param holder whose SigV4A public key the claims, which are not empty, are given as `cnf`
 * @throws TypeError when the key cannot sign, which is a programming error
 */
export async function signJws(
  typ: string,
  claims: object,
  by: SigningKey,
  holder?: SigV4AHolder,
): Promise<string> {
  const { algorithm, key } = signingParts(by)
  const { hash, pss: isPss, width } = algorithm
  const header = protectedHeader(typ, by)
  const text = JSON.stringify(claims)
  if (by.thread && hash && !isPss) return by.thread.jws(hash, { header, claims: text, width, holder }, key)
  const payload = holder === undefined ? text : withHolderKey(text, holder)
  const signed = `${header}.${Buffer.from(payload).toString('base64url')}`
  const signature = await signData(Buffer.from(signed, 'latin1'), by)
  return `${signed}.${signature.toString('base64url')}`
}

/** @throws TypeError when the key cannot sign */
function signingParts(by: SigningKey): { readonly algorithm: Algorithm; readonly key: KeyObject } {
  const algorithm = algorithms.get(by.alg)
  if (!algorithm || !by.privateKey) throw new TypeError(`key ${by.kid} does not sign`)
  return { algorithm, key: by.privateKey }
}

/**
 * The raw signature over some bytes, for code that builds its own JWS (oidc-provider does).
 * @throws TypeError when the key cannot sign
 */
export async function signData(data: Buffer, by: SigningKey): Promise<Buffer> {
  const { algorithm, key } = signingParts(by)
  const { hash, pss: isPss, width } = algorithm
  const signature =
    by.thread && hash && !isPss
      ? await by.thread.sign(hash, data, key)
      : await pooled(hash, data, isPss ? { key, ...pss } : key)
  return width === undefined ? signature : rawFromDer(signature, width)
}

const pooled = promisify(sign)

/** Encoded headers, cached per key and typ because they do not change. */
const encodedHeaders = new WeakMap<SigningKey, Map<string, string>>()

function protectedHeader(typ: string, key: SigningKey): string {
  const ofKey = encodedHeaders.get(key) ?? new Map<string, string>()
  let header = ofKey.get(typ)
  if (header === undefined) {
    encodedHeaders.set(key, ofKey)
    header = Buffer.from(JSON.stringify({ alg: key.alg, typ, kid: key.kid })).toString('base64url')
    ofKey.set(typ, header)
  }
  return header
}

/**
 * OIDC Core §3.1.3.6, `at_hash`: the left half of a token's hash with the hash function of the ID token's algorithm;
 * SHA-512 for Ed25519.
 */
export function leftHalfHash(alg: JwsAlgorithm, token: string): string {
  const digest = hash(algorithms.get(alg)?.hash ?? 'sha512', token, 'buffer')
  return digest.subarray(0, digest.length / 2).toString('base64url')
}

const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }

/** Header parameters that supply a key or request unsupported processing (RFC 7515 §4.1). */
const refusedParameters = ['crit', 'jwk', 'jku', 'x5c', 'x5u', 'b64', 'enc', 'zip'] as const
/** Key ids are only looked up in a Map, never in a file or a query; values that resemble paths are refused nevertheless. */
const safeKid = /^(?!\/)(?!.*(?:\.\.|\/\/))[A-Za-z0-9_+=:.@/-]{1,256}$/

/**
 * Parses a token without verifying it: strict base64url, one JSON object in header and payload, no duplicate keys.
 * @param maxLength maximum characters; longer tokens are refused before decoding
 * @throws Problem('invalid_identity_token') with the reason in `detail`
 */
export function parseJws(token: string, maxLength: number): ParsedJws {
  if (token.length > maxLength) throw malformed('longer than this server accepts')
  const first = token.indexOf('.')
  const second = token.indexOf('.', first + 1)
  if (first < 1 || second < 0 || token.indexOf('.', second + 1) >= 0) throw malformed('not three parts')
  return {
    header: headerOf(token.slice(0, first)),
    claims: jsonObject(token.slice(first + 1, second), 'payload'),
    signed: Buffer.from(token.slice(0, second), 'latin1'),
    signature: exactBytes(token.slice(second + 1), 'signature'),
  }
}

/** By their encoded text, because all tokens of a key have the same header. Emptied when full. */
const readHeaders = new Map<string, JwsHeader>()
const maxReadHeaders = 1000
const longestReadHeader = 512

function headerOf(part: string): JwsHeader {
  const known = readHeaders.get(part)
  if (known !== undefined) return known
  const header = readHeader(jsonObject(part, 'header'))
  if (part.length > longestReadHeader) return header
  if (readHeaders.size >= maxReadHeaders) readHeaders.clear()
  // A copy: the part of a token would keep all of it in memory.
  readHeaders.set(Buffer.from(part, 'latin1').toString('latin1'), header)
  return header
}

function readHeader(header: Readonly<Record<string, unknown>>): JwsHeader {
  for (const name of refusedParameters) if (Object.hasOwn(header, name)) throw malformed(`header has ${name}`)
  const { alg, kid, typ } = header
  if (typeof alg !== 'string' || !algorithms.has(alg)) throw malformed('alg is not one this server takes')
  if (kid !== undefined && (typeof kid !== 'string' || !safeKid.test(kid))) throw malformed('kid is unsafe')
  if (typ !== undefined && typeof typ !== 'string') throw malformed('typ is not a string')
  return { alg: alg as JwsAlgorithm, kid, typ }
}

function jsonObject(part: string, name: string): Readonly<Record<string, unknown>> {
  const bytes = exactBytes(part, name)
  if (!isUtf8(bytes)) throw malformed(`${name} is not UTF-8`)
  const value = parseUniqueJson(bytes.toString())
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw malformed(`${name} is not a JSON object without duplicate keys`)
  }
  return value as Readonly<Record<string, unknown>>
}

/** Node's decoder is lenient; encoding again detects padding, white space and stray trailing bits (RFC 7515 §2). */
function exactBytes(part: string, name: string): Buffer {
  const bytes = Buffer.from(part, 'base64url')
  if (part === '' || bytes.toString('base64url') !== part) throw malformed(`${name} is not strict base64url`)
  return bytes
}

/** True when the key made this signature with one of its algorithms. Does not throw, whatever the token contains. */
export function isSignatureValid(jws: ParsedJws, by: VerifyingKey, thread?: KeyThread): Promise<boolean> {
  const algorithm = algorithms.get(jws.header.alg)
  if (!algorithm || !by.algorithms.includes(jws.header.alg) || !fits(by.key, algorithm))
    return Promise.resolve(false)
  const signature = algorithm.width === undefined ? jws.signature : derFromRaw(jws.signature, algorithm.width)
  if (!signature) return Promise.resolve(false)
  const key = algorithm.pss ? { key: by.key, ...pss } : by.key
  if (thread && algorithm.hash && !algorithm.pss)
    return thread.verify(algorithm.hash, jws.signed, by.key, signature)
  if (isQuick(by.key)) return Promise.resolve(verify(algorithm.hash, jws.signed, key, signature))
  return new Promise((done, fail) => {
    verify(algorithm.hash, jws.signed, key, signature, (error, holds) => (error ? fail(error) : done(holds)))
  })
}

/** RSA verification takes only 20 µs, less than handing it to another thread. */
function isQuick(key: KeyObject): boolean {
  const known = quick.get(key)
  if (known !== undefined) return known
  const { modulusLength = Number.POSITIVE_INFINITY, publicExponent } = key.asymmetricKeyDetails ?? {}
  const found = key.asymmetricKeyType === 'rsa' && modulusLength <= 3072 && publicExponent === 65_537n
  quick.set(key, found)
  return found
}

const quick = new WeakMap<KeyObject, boolean>()

const fits = (key: KeyObject, algorithm: Algorithm): boolean =>
  key.type === 'public' &&
  key.asymmetricKeyType === algorithm.key &&
  (algorithm.curve === undefined || key.asymmetricKeyDetails?.namedCurve === algorithm.curve)

const malformed = (detail: string): Problem =>
  new Problem('invalid_identity_token', 'the token is not a well-formed signed JWT', { detail })
