// A refresh token is redeemed once. Who comes again with one that was redeemed is one of four: a racer, who asked at the
// same time and lost; an honest client that never saw its answer, and gets the same successor again; someone for whom
// we cannot tell yet; or a thief, and then the whole family ends (RFC 9700 §4.14.2, attacks.md 5 and 6).
import type { AdapterPayload } from 'oidc-provider'
import type { Redemption } from './artifact.ts'

/** Milliseconds after its redemption in which a token may be presented again by the same client with the same key. */
export const retryWindow = 30_000
/** Milliseconds after which a redemption that was never answered counts as broken off: its process died. */
export const answerPatience = 1_000

/** Who presents the token, as the token endpoint established before it looked the token up. */
export interface Presenter {
  readonly clientId: string
  /** It authenticated with a secret or key: that is the key it shares with its earlier self. */
  readonly confidential: boolean
  /** Thumbprint of the DPoP proof's key, when there is one. */
  readonly jkt: string | undefined
  /** When the request arrived, in milliseconds. */
  readonly arrivedAt: number
}

export type Verdict = 'raced' | 'again' | 'wait' | 'reused'

export interface Circumstances {
  /** The successor was itself redeemed already: its owner had the answer. */
  readonly successorUsed: boolean
  /** Others show the token at the same moment. */
  readonly crowded: boolean
  /** Milliseconds. */
  readonly now: number
}

/** Judges a presentation of a redeemed token. */
export function judge(
  token: Pick<AdapterPayload, 'clientId' | 'jkt' | 'x5t#S256'>,
  redemption: Redemption,
  presenter: Presenter,
  { successorUsed, crowded, now }: Circumstances,
): Verdict {
  if (!sameHands(token, presenter) || successorUsed) return 'reused'
  if (now > redemption.at + retryWindow) return 'reused'
  if (crowded) return 'raced'
  if (redemption.answeredAt === undefined) return now < redemption.at + answerPatience ? 'wait' : 'again'
  return presenter.arrivedAt <= redemption.answeredAt ? 'raced' : 'again'
}

/** The same for a code: there is no second answer, so who comes later than the first ends what it gave (RFC 6749 §4.1.2). */
export function judgeCode(
  redemption: Redemption,
  presenter: Presenter,
  { crowded, now }: Omit<Circumstances, 'successorUsed'>,
): 'raced' | 'reused' {
  if (crowded) return 'raced'
  if (redemption.answeredAt === undefined) return now < redemption.at + answerPatience ? 'raced' : 'reused'
  return presenter.arrivedAt <= redemption.answeredAt ? 'raced' : 'reused'
}

/** Same client with the same key. A public client without a bound key has nothing to tell itself from a thief. */
function sameHands(
  token: Pick<AdapterPayload, 'clientId' | 'jkt' | 'x5t#S256'>,
  presenter: Presenter,
): boolean {
  if (token.clientId !== presenter.clientId || token['x5t#S256'] !== undefined) return false
  return token.jkt === undefined ? presenter.confidential : token.jkt === presenter.jkt
}
