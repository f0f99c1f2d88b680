// What oidc-provider keeps, as a record of ours: the id and the user code as hashes, so that a stolen store file holds
// nothing that can be presented; the payload sealed.
import type { AdapterPayload } from 'oidc-provider'
import { sha256base64url } from '../../secure/digest.ts'
import { Secret } from '../../secure/secret.ts'
import { type Artifact, type EpochSeconds, serverAccount } from '../../store/records.ts'

/** A refresh token that was redeemed: what the retry rule (refresh-retry.ts) must know. Milliseconds. */
export interface Redemption {
  /** The token that took its place. Named before it exists, so that a crash in between loses nothing. */
  readonly successor: string
  readonly at: number
  /** When the answer was ready to be sent; undefined until then. */
  readonly answeredAt: number | undefined
}

export interface Kept {
  readonly payload: AdapterPayload
  readonly redemption?: Redemption | undefined
  /** A later id of a session: id of the session's record. */
  readonly sessionOf?: string | undefined
  /** This id of a session was left for another one. */
  readonly left?: boolean | undefined
}

/** Record id of a model's artifact. */
export const artifactId = (model: string, id: string): string => `${model}:${sha256base64url(id)}`

/** A user code is short and typed by people: its letters alone count. */
export const userCodeHash = (userCode: string): string => sha256base64url(`user-code:${userCode}`)

export function artifactOf(
  model: string,
  id: string,
  payload: AdapterPayload,
  expiresAt: EpochSeconds | undefined,
): Artifact {
  return {
    id: artifactId(model, id),
    accountId: serverAccount,
    model,
    payload: sealable({ payload }),
    grantId: payload.grantId,
    uid: model === 'Session' ? payload.uid : undefined,
    userCode: payload.userCode === undefined ? undefined : userCodeHash(payload.userCode),
    subject: payload.accountId,
    clientId: payload.clientId,
    consumedAt: undefined,
    expiresAt,
  }
}

export const sealable = (kept: Kept): Secret => new Secret(JSON.stringify(kept))

export const keptIn = (record: Artifact): Kept => JSON.parse(record.payload.reveal()) as Kept
