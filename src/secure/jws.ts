// Compact JWS (RFC 7515), strictly: what we sign, and what others signed. Signatures are made and checked by the
// thread they come with (key-thread.ts); without one on libuv's pool, but for those quicker than the way there. Owns
// the format and the signature alone; what claims mean is said by session-token.ts and by federation/.
import { isUtf8 } from 'node:buffer'
import { constants, createPublicKey, hash, type JsonWebKey, type KeyObject, sign, verify } from 'node:crypto'
import { promisify } from 'node:util'
import { Problem } from '../problem.ts'
import { derFromRaw, rawFromDer } from './ecdsa-format.ts'
import type { KeyThread } from './key-thread.ts'
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
  /** The payload's JSON object, from a text without duplicate keys. */
  readonly claims: Readonly<Record<string, unknown>>
  readonly signed: Buffer
  readonly signature: Buffer
}

/** A public key and the algorithms it is for; nothing in a token can add to them. */
export interface VerifyingKey {
  readonly key: KeyObject
  readonly algorithms: readonly JwsAlgorithm[]
}

/** What signs: `KeyHandle`s of the key ring fit. */
export interface SigningKey {
  /** Undefined: the header names none. */
  readonly kid: string | undefined
  readonly alg: string
  readonly privateKey?: KeyObject | undefined
  /** Signs elsewhere than on the event loop; without one it signs here. */
  readonly thread?: KeyThread | undefined
}

interface Algorithm {
  readonly hash: 'sha256' | 'sha384' | 'sha512' | undefined
  readonly key: 'ec' | 'rsa' | 'ed25519'
  /** Bytes of one ECDSA integer: a signature is two of them (RFC 7518 §3.4). */
  readonly width?: number
  readonly curve?: string
  readonly pss?: true
}

// RFC 7518 §3.1, RFC 8037 §3.1. No `none`, no HMAC: neither can be asked for. A Map: `constructor` finds nothing.
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
  // RFC 9864: the same by its fully specified name.
  ['Ed25519', { hash: undefined, key: 'ed25519' }],
])

/** Below this an RSA key is refused (RFC 7518 §3.3). */
const minRsaBits = 2048
/** Above this a check costs too much for what a stranger may ask. */
const maxRsaBits = 8192

/** The algorithms that fit a public key, most specific first; none when the key is of no use here. */
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

/** A public JWK with the algorithms it is for: its own `alg`, or all that fit. Undefined when it is of no use here. */
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
 * @throws TypeError when the key cannot sign: a fault of ours, not of a caller
 */
export async function signJws(typ: string, claims: object, key: SigningKey): Promise<string> {
  const signed = `${protectedHeader(typ, key)}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`
  const signature = await signData(Buffer.from(signed, 'latin1'), key)
  return `${signed}.${signature.toString('base64url')}`
}

/**
 * The bare signature over some bytes, for what writes its own JWS (oidc-provider does).
 * @throws TypeError when the key cannot sign
 */
export async function signData(data: Buffer, by: SigningKey): Promise<Buffer> {
  const algorithm = algorithms.get(by.alg)
  const { privateKey: key, thread } = by
  if (!algorithm || !key) throw new TypeError(`key ${by.kid} does not sign`)
  const { hash, pss: isPss, width } = algorithm
  const signature =
    thread && hash && !isPss
      ? await thread.sign(hash, data, key)
      : await pooled(hash, data, isPss ? { key, ...pss } : key)
  return width === undefined ? signature : rawFromDer(signature, width)
}

const pooled = promisify(sign)

/** Headers repeat for as long as a key signs: encoded once per key and typ. */
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

/** OIDC Core §3.1.3.6, `at_hash`: the left half of a token's hash by the ID token's algorithm; SHA-512 for Ed25519. */
export function leftHalfHash(alg: JwsAlgorithm, token: string): string {
  const digest = hash(algorithms.get(alg)?.hash ?? 'sha512', token, 'buffer')
  return digest.subarray(0, digest.length / 2).toString('base64url')
}

const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }

/** Header parameters by which a token brings its own key, or asks for a meaning we do not have (RFC 7515 §4.1). */
const refusedParameters = ['crit', 'jwk', 'jku', 'x5c', 'x5u', 'b64', 'enc', 'zip'] as const
/** Key ids are looked up in a Map, never in a file or a query; a path has no business there all the same. */
const safeKid = /^(?!\/)(?!.*(?:\.\.|\/\/))[A-Za-z0-9_+=:.@/-]{1,256}$/

/**
 * Takes a token apart without believing it: exact base64url, one JSON object each, no duplicate keys.
 * @param maxLength characters; longer ones are refused before anything is decoded
 * @throws Problem('invalid_identity_token') with what is wrong in `detail`
 */
export function parseJws(token: string, maxLength: number): ParsedJws {
  if (token.length > maxLength) throw malformed('longer than this server takes')
  const first = token.indexOf('.')
  const second = token.indexOf('.', first + 1)
  if (first < 1 || second < 0 || token.indexOf('.', second + 1) >= 0) throw malformed('not three parts')
  return {
    header: readHeader(jsonObject(token.slice(0, first), 'header')),
    claims: jsonObject(token.slice(first + 1, second), 'payload'),
    signed: Buffer.from(token.slice(0, second), 'latin1'),
    signature: exactBytes(token.slice(second + 1), 'signature'),
  }
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

/** Node decodes leniently; encoding again shows padding, white space and stray trailing bits (RFC 7515 §2). */
function exactBytes(part: string, name: string): Buffer {
  const bytes = Buffer.from(part, 'base64url')
  if (part === '' || bytes.toString('base64url') !== part) throw malformed(`${name} is not exact base64url`)
  return bytes
}

/** True when the key made this signature with an algorithm the key is for. Never throws for what a token holds. */
export function signatureHolds(jws: ParsedJws, by: VerifyingKey, thread?: KeyThread): Promise<boolean> {
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

/** RSA's small exponent makes checking so quick (20 µs) that handing it to another thread takes longer. */
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
