// The `state` that a browser takes to another site and returns (RFC 6749 §10.12; SAML's RelayState): it identifies the
// sign-in and the provider, under a MAC. The sign-in's own cookie ties it to the browser.
import { equals, hmacSha256 } from './digest.ts'
import { randomToken } from './random.ts'

/** SAML Bindings §3.4.3: RelayState has at most 80 bytes. */
const maxLength = 80
/** Truncated length of the MAC: 96 bits are enough, because each guess takes a request. */
const macBytes = 12

const mac = (key: Buffer, provider: string, body: string): string =>
  hmacSha256(key, `state:${provider.length}:${provider}:${body}`).subarray(0, macBytes).toString('base64url')

/** @param uid id of the sign-in, at most 43 base64url characters */
export function sealState(key: Buffer, uid: string, provider: string): string {
  const body = `${uid}.${randomToken(12)}`
  const state = `${body}.${mac(key, provider, body)}`
  if (state.length > maxLength || !/^[\w-]+$/.test(uid)) throw new TypeError('this uid fits in no state')
  return state
}

/** The sign-in for which a state was created, for this provider; undefined when the state is not ours. */
export function openState(keys: readonly Buffer[], state: string, provider: string): string | undefined {
  if (state.length > maxLength) return undefined
  const [uid, random, given, ...rest] = state.split('.')
  if (uid === undefined || random === undefined || given === undefined || rest.length > 0) return undefined
  const body = `${uid}.${random}`
  return keys.some((key) => equals(mac(key, provider, body), given)) ? uid : undefined
}
