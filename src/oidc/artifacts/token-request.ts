// Facts about the current request besides its parameters: when it arrived, which code or token it redeems, and whether the
// store failed. Found through oidc-provider's current context, because it calls its adapter without one.
import { decodeProtectedHeader } from 'jose'
import Provider, { type KoaContextWithOIDC } from 'oidc-provider'
import { thumbprint } from '../../secure/dpop.ts'
import type { PresentingClient } from './refresh-retry.ts'

interface RequestFacts {
  readonly arrivedAt: number
  redemption: CurrentRedemption | undefined
  storeFailure: Error | undefined
}

/** The code or refresh token that this request redeems, and the token that replaces a refresh token. */
export interface CurrentRedemption {
  readonly model: string
  readonly id: string
  readonly successor: string
  /** The same client redeemed it before and did not get the response (refresh-retry.ts). */
  readonly isRetry: boolean
}

const facts = new WeakMap<object, RequestFacts>()

/** Must be called first for every request. `now` in epoch milliseconds. */
export function startRequest(ctx: { readonly req: object }, now: number): void {
  facts.set(ctx.req, { arrivedAt: now, redemption: undefined, storeFailure: undefined })
}

/** The request being handled; undefined outside of oidc-provider's requests. */
export const currentRequest = (): KoaContextWithOIDC | undefined => Provider.ctx

const currentFacts = (): RequestFacts | undefined => {
  const ctx = currentRequest()
  return ctx && facts.get(ctx.req)
}

export const currentRedemption = (ctx = currentRequest()): CurrentRedemption | undefined =>
  ctx && facts.get(ctx.req)?.redemption

export function setRedemption(redemption: CurrentRedemption): void {
  const current = currentFacts()
  if (current) current.redemption = redemption
}

/** Keeps a failure of the store for the log; the response does not show it. */
export function setStoreFailure(error: Error): void {
  const current = currentFacts()
  if (current) current.storeFailure = error
}

export const storeFailureOf = (ctx: { readonly req: object }): Error | undefined =>
  facts.get(ctx.req)?.storeFailure

/** The client that presents a code or refresh token to the token endpoint; undefined at other endpoints. */
export function presentingClient(now: number): PresentingClient | undefined {
  const ctx = currentRequest()
  if (ctx?.oidc.route !== 'token') return undefined
  const { client } = ctx.oidc
  if (!client) return undefined
  return {
    clientId: client.clientId,
    confidential: client.clientAuthMethod !== 'none',
    jkt: proofKey(ctx.get('DPoP')),
    arrivedAt: facts.get(ctx.req)?.arrivedAt ?? now,
  }
}

/** Thumbprint of the key of a DPoP proof that oidc-provider has already verified (RFC 9449 §5). */
function proofKey(proof: string): string | undefined {
  if (proof === '') return undefined
  const { jwk } = decodeProtectedHeader(proof)
  return jwk && thumbprint({ ...jwk })
}
