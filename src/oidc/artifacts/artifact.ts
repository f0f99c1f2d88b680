// Store records of what oidc-provider keeps (its "models"). Ids and user codes are stored as hashes and payloads sealed, so
// that a stolen store file holds nothing that can be presented.
import type { AdapterPayload } from 'oidc-provider'
import { sha256base64url } from '../../secure/digest.ts'
import { Secret } from '../../secure/secret.ts'
import { type Artifact, type EpochSeconds, serverAccount } from '../../store/records.ts'

/** When a code or refresh token was redeemed, for the retry rule (refresh-retry.ts). Times in epoch milliseconds. */
export interface Redemption {
  /** The refresh token that replaces it. Chosen before it is created, so that a crash in between loses nothing. */
  readonly successor: string
  readonly at: number
  /** When the response was ready to be sent; undefined until then. */
  readonly answeredAt: number | undefined
}

/** What is sealed in a record. */
export interface ArtifactContent {
  readonly payload: AdapterPayload
  readonly redemption?: Redemption | undefined
  /** Set on the record of a later session id: the id of the session's own record. */
  readonly sessionOf?: string | undefined
  /** This session id was replaced by another one and no longer resolves. */
  readonly left?: boolean | undefined
}

/** Id of the record of an artifact. */
export const artifactId = (model: string, id: string): string => `${model}:${sha256base64url(id)}`

/** Hash of a user code, which is unique over all models. */
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
    payload: encodeContent({ payload }),
    grantId: payload.grantId,
    uid: model === 'Session' ? payload.uid : undefined,
    userCode: payload.userCode === undefined ? undefined : userCodeHash(payload.userCode),
    subject: payload.accountId,
    clientId: payload.clientId,
    consumedAt: undefined,
    expiresAt,
  }
}

export const encodeContent = (content: ArtifactContent): Secret => new Secret(JSON.stringify(content))

export const decodeContent = (record: Artifact): ArtifactContent =>
  JSON.parse(record.payload.reveal()) as ArtifactContent
