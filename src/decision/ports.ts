// What the decision surfaces need of the rest of the house. wire.ts fits them; nothing here is a live thing.
import type { Call, Caller } from '../iam/caller.ts'

/** A request whose signature was checked, and the bytes it vouches for. */
export interface Signed extends Call {
  readonly caller: Exclude<Caller, { kind: 'anonymous' }>
  readonly body: Buffer
}

/** The policy engine's answer for our own surfaces (iam/authorize.ts). @throws Problem('denied') */
export type Authorize = (call: Call, action: string, resource: string) => Promise<unknown>

export interface NamedDocument {
  readonly name: string
  readonly document: string
}

/** What hangs on a role (iam's PrincipalPolicies fits). */
export interface RolePolicies {
  readonly accountId: string
  /** Changes whenever anything below does. */
  readonly version: string
  readonly identity: readonly NamedDocument[]
  /** Present and empty: a boundary that allows nothing. */
  readonly boundary: readonly NamedDocument[] | undefined
  readonly tags: readonly { readonly key: string; readonly value: string }[]
}

/** The current policies of a role, by its unique id. Undefined: no such role. */
export type PoliciesOf = (role: {
  readonly kind: 'role'
  readonly id: string
}) => Promise<RolePolicies | undefined>

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
