// What one request to the provider knows beside its parameters: when it arrived, which refresh token it redeems, and that
// the store was away. Kept by request, because oidc-provider calls its adapter without saying on whose behalf.
import { decodeProtectedHeader } from 'jose'
import Provider, { type KoaContextWithOIDC } from 'oidc-provider'
import { thumbprint } from '../../secure/dpop.ts'
import type { Presenter } from './refresh-retry.ts'

interface Noted {
  readonly arrivedAt: number
  redeeming: Redeeming | undefined
  away: Error | undefined
}

/** A code or refresh token this request redeems, and the token that takes a refresh token's place. */
export interface Redeeming {
  readonly model: string
  readonly id: string
  readonly successor: string
  /** It had been redeemed before, by the same hands. */
  readonly again: boolean
}

const notes = new WeakMap<object, Noted>()

/** Called first for every request. `now` in milliseconds. */
export function noteArrival(ctx: { readonly req: object }, now: number): void {
  notes.set(ctx.req, { arrivedAt: now, redeeming: undefined, away: undefined })
}

/** The request that is being answered. */
export const currentRequest = (): KoaContextWithOIDC | undefined => Provider.ctx

const noted = (): Noted | undefined => {
  const ctx = currentRequest()
  return ctx && notes.get(ctx.req)
}

export const redeeming = (ctx = currentRequest()): Redeeming | undefined =>
  ctx && notes.get(ctx.req)?.redeeming

export function noteRedeeming(redeeming: Redeeming): void {
  const note = noted()
  if (note) note.redeeming = redeeming
}

/** The store did not answer: for the log, which the client is not told. */
export function noteAway(error: Error): void {
  const note = noted()
  if (note) note.away = error
}

export const awayFor = (ctx: { readonly req: object }): Error | undefined => notes.get(ctx.req)?.away

/** Who presents a code or refresh token to the token endpoint; undefined for any other use of one. */
export function presenterOf(now: number): Presenter | undefined {
  const ctx = currentRequest()
  if (ctx?.oidc.route !== 'token') return undefined
  const { client } = ctx.oidc
  if (!client) return undefined
  return {
    clientId: client.clientId,
    confidential: client.clientAuthMethod !== 'none',
    jkt: proofKey(ctx.get('DPoP')),
    arrivedAt: notes.get(ctx.req)?.arrivedAt ?? now,
  }
}

/** oidc-provider has checked the proof before it looks a token up; here only its key matters (RFC 9449 §5). */
function proofKey(proof: string): string | undefined {
  if (proof === '') return undefined
  const { jwk } = decodeProtectedHeader(proof)
  return jwk && thumbprint({ ...jwk })
}
