// What the decision surfaces need of the rest of the house. wire.ts fits them; nothing here is a live thing.
import type { Context } from 'koa'
import type { Caller, Circumstances } from '../iam/caller.ts'

/** A request whose signature was checked, and the bytes it vouches for. */
export interface Signed {
  readonly caller: Caller
  readonly circumstances: Circumstances
  readonly body: Buffer
}

/** Reads the body (at most `limit` bytes) and checks the SigV4 signature for service `decision`. @throws Problem */
export type Authenticate = (ctx: Context, limit: number) => Promise<Signed>

/** The policy engine's answer for our own surfaces. @throws Problem('denied') */
export type Authorize = (signed: Signed, action: string, resource: string) => Promise<void>

/** The claims of a session token that decisions look at. */
export interface LiveSession {
  readonly jti: string
  readonly acct: string
  readonly aud: string | readonly string[]
  readonly iat: number
  readonly exp: number
}

export interface SessionKeys {
  /** The claims of a token of ours that is live: signed, in time, not revoked. @throws Problem */
  read(token: string): Promise<LiveSession>
  /** The SigV4 key of its secret for one day (`YYYYMMDD`), region and service. */
  derive(session: LiveSession, date: string, region: string, service: string): Promise<Buffer> | Buffer
}

export interface PolicyBundle {
  /** Changes whenever anything below does. */
  readonly version: string
  readonly documents: readonly { readonly name: string; readonly document: string }[]
  readonly boundary: { readonly name: string; readonly document: string } | undefined
  readonly tags: readonly (readonly [key: string, value: string])[]
}

/** The current policies of a role of that account, by the role's unique id. Undefined: no such role there. */
export type PoliciesOf = (accountId: string, roleId: string) => Promise<PolicyBundle | undefined>

/** Session policies kept because they were too long for a token: the JSON array of texts whose SHA-256 is `hash`. */
export type LongPolicyOf = (accountId: string, hash: string) => Promise<string | undefined>

export interface RevocationEntry {
  readonly scope: string
  readonly value: string
  /** Sessions issued before this are refused. Epoch seconds, as the two below. */
  readonly before: number
  readonly at: number
  readonly expiresAt: number
}

export interface RevocationList {
  /** All live revocations of an account. */
  list(accountId: string): Promise<readonly RevocationEntry[]>
  /** Calls back after a change, of whatever account, also by another process. Gives the way to stop. */
  watch(changed: () => void): () => void
}

/** Signs claims with the current token key. */
export type SignFeed = (typ: string, claims: object) => Promise<string>

export type RevocationScope = 'role' | 'session' | 'source-identity' | 'user' | 'client'

/** Refuses, in the caller's account, all sessions of that scope issued until now. Durable when it returns; audited. */
export type Revoke = (
  signed: Signed,
  scope: RevocationScope,
  value: string,
) => Promise<{ readonly before: number }>
