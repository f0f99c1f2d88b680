// What the decision surfaces need of the rest of the house. wire.ts fits them; nothing here is a live thing.
import type { Call, Caller } from '../iam/caller.ts'

/** A request whose signature was checked, and the bytes it vouches for. */
export interface Signed extends Call {
  readonly caller: Exclude<Caller, { kind: 'anonymous' }>
  readonly body: Buffer
}

/** The policy engine's answer for our own surfaces (iam/authorization/authorize.ts). @throws Problem('denied') */
export type Authorize = (call: Call, action: string, resource: string) => Promise<unknown>

/** Session policies kept because they were too long for a token: the JSON array of texts whose SHA-256 is `hash`. */
export type LongPolicyOf = (accountId: string, hash: string) => Promise<string | undefined>

/**
 * The text in force of a managed policy that the account may use, and a version that changes with it; undefined when
 * there is no such policy.
 */
export type ManagedPolicyOf = (
  accountId: string,
  arn: string,
) => Promise<{ readonly version: string; readonly document: string } | undefined>

export interface RevocationEntry {
  readonly scope: string
  readonly value: string
  /** What depends on the value since before this is refused; 0 after a lift. Epoch seconds, as the others. */
  readonly before: number
  readonly at: number
  readonly expiresAt: number
  /** Revocations up to this instant were taken back. */
  readonly lifted?: number
}

export interface RevocationList {
  /** All live revocations that count in an account; the same array until something changes. */
  list(accountId: string): Promise<readonly RevocationEntry[]>
  /** Calls back after a change, of whatever account, also by another process. Gives the way to stop. */
  watch(changed: () => void): () => void
}

/** Signs claims with the current token key. */
export type SignFeed = (typ: string, claims: object) => Promise<string>

/** A page of the unique ids of an account's users or roles, in a stable order. */
export type ListPrincipals = (
  accountId: string,
  kind: 'user' | 'role',
  page: { readonly limit: number; readonly after?: string | undefined },
) => Promise<{ readonly items: readonly string[]; readonly next: string | undefined }>

/** The unique id of the user or role of that name, whatever its path; undefined when there is none. */
export type IdByName = (accountId: string, kind: 'user' | 'role', name: string) => Promise<string | undefined>
