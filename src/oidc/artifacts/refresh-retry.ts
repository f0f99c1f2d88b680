// What happens when a redeemed refresh token or code is presented again (RFC 9700 §4.14.2, docs/attacks.md 5 and 6):
// - `concurrent`: the request ran at the same time as the redemption; it is refused, nothing else happens.
// - `retry`: the same client with the same key never got its response; it gets the same successor again.
// - `wait`: the redemption has no response yet; decide later.
// - `reused`: anything else may be theft; every token of the family ends.
import type { AdapterPayload } from 'oidc-provider'
import type { Redemption } from './artifact.ts'

/** Milliseconds after a redemption in which the same client with the same key may retry it. */
export const retryWindow = 30_000
/** Milliseconds after which a redemption without a response is taken as interrupted, because its process died. */
export const answerPatience = 1_000

/** The client that presents the token, authenticated by the token endpoint before the token is looked up. */
export interface PresentingClient {
  readonly clientId: string
  /** It authenticated with a secret or key, which proves that it is the client of the earlier request. */
  readonly confidential: boolean
  /** Thumbprint of the DPoP proof's key; undefined without a proof. */
  readonly jkt: string | undefined
  /** When the request arrived, in epoch milliseconds. */
  readonly arrivedAt: number
}

export type Verdict = 'concurrent' | 'retry' | 'wait' | 'reused'

export interface RedemptionState {
  /** The successor was redeemed as well, so its owner did get the response. */
  readonly successorUsed: boolean
  /** Several requests present the token at this moment. */
  readonly concurrent: boolean
  /** Epoch milliseconds. */
  readonly now: number
}

/** For a refresh token that was redeemed before. */
export function judgeRefreshToken(
  token: Pick<AdapterPayload, 'clientId' | 'jkt' | 'x5t#S256'>,
  redemption: Redemption,
  presenter: PresentingClient,
  { successorUsed, concurrent, now }: RedemptionState,
): Verdict {
  if (!isSameClientAndKey(token, presenter) || successorUsed) return 'reused'
  if (now > redemption.at + retryWindow) return 'reused'
  if (concurrent) return 'concurrent'
  if (redemption.answeredAt === undefined) return now < redemption.at + answerPatience ? 'wait' : 'retry'
  return presenter.arrivedAt <= redemption.answeredAt ? 'concurrent' : 'retry'
}

/** For a code that was redeemed before. A code has no retry: a later use ends the tokens it gave (RFC 6749 §4.1.2). */
export function judgeCode(
  redemption: Redemption,
  presenter: PresentingClient,
  { concurrent, now }: Omit<RedemptionState, 'successorUsed'>,
): 'concurrent' | 'reused' {
  if (concurrent) return 'concurrent'
  if (redemption.answeredAt === undefined)
    return now < redemption.at + answerPatience ? 'concurrent' : 'reused'
  return presenter.arrivedAt <= redemption.answeredAt ? 'concurrent' : 'reused'
}

/** Without a secret or a bound key, nothing distinguishes a public client from a thief, so it may not retry. */
function isSameClientAndKey(
  token: Pick<AdapterPayload, 'clientId' | 'jkt' | 'x5t#S256'>,
  presenter: PresentingClient,
): boolean {
  if (token.clientId !== presenter.clientId || token['x5t#S256'] !== undefined) return false
  return token.jkt === undefined ? presenter.confidential : token.jkt === presenter.jkt
}
