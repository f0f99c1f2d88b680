// The `state` a browser takes to another site and brings back (RFC 6749 §10.12; SAML's RelayState): which sign-in it
// belongs to, for one provider, under a MAC. That it is this browser's sign-in is decided by the sign-in's own cookie.
import { equals, hmacSha256 } from './digest.ts'
import { randomToken } from './random.ts'

/** SAML Bindings §3.4.3: RelayState has at most 80 bytes. */
const longest = 80
/** Bytes of the MAC that travel: 96 bits, and a guess is one request. */
const macBytes = 12

const mac = (key: Buffer, provider: string, body: string): string =>
  hmacSha256(key, `state:${provider.length}:${provider}:${body}`).subarray(0, macBytes).toString('base64url')

/** @param uid the sign-in's, at most 43 base64url characters */
export function sealState(key: Buffer, uid: string, provider: string): string {
  const body = `${uid}.${randomToken(12)}`
  const state = `${body}.${mac(key, provider, body)}`
  if (state.length > longest || !/^[\w-]+$/.test(uid)) throw new TypeError('this uid fits in no state')
  return state
}

/** The sign-in a state was made for, for this provider; undefined when we made no such state. */
export function openState(keys: readonly Buffer[], state: string, provider: string): string | undefined {
  if (state.length > longest) return undefined
  const [uid, random, given, ...rest] = state.split('.')
  if (uid === undefined || random === undefined || given === undefined || rest.length > 0) return undefined
  const body = `${uid}.${random}`
  return keys.some((key) => equals(mac(key, provider, body), given)) ? uid : undefined
}
