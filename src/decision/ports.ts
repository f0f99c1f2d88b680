// Interfaces to other parts of the server that the decision API needs; wire.ts provides the implementations.
import type { Call, Caller } from '../iam/caller.ts'
import type { BasicCredentials } from '../web/request/basic-credentials.ts'

/** A request with a verified signature, and the body that it covers. */
export interface Signed extends Call {
  readonly caller: Exclude<Caller, { kind: 'anonymous' }>
  readonly body: Buffer
}

/** The user whose service-specific credential for this API was presented. @throws Problem('unauthenticated') */
export type AuthenticateBasic = (given: BasicCredentials) => Promise<Signed['caller']>

/** Authorizes a call to this API with the policy engine (iam/authorization/authorize.ts). @throws Problem('denied') */
export type Authorize = (call: Call, action: string, resource: string) => Promise<unknown>

/** Session policies stored because they were too long for a token: the JSON array of texts whose SHA-256 is `hash`. */
export type LongPolicyOf = (accountId: string, hash: string) => Promise<string | undefined>

/**
 * The text of the default version of a managed policy that the account may use, with a version that changes with it;
 * undefined when there is no such policy.
 */
export type ManagedPolicyOf = (
  accountId: string,
  arn: string,
) => Promise<{ readonly version: string; readonly document: string } | undefined>

export interface RevocationEntry {
  readonly scope: string
  readonly value: string
  /** Sessions that depended on the value before this instant are refused; 0 after a lift. Epoch seconds, like the others. */
  readonly before: number
  readonly at: number
  readonly expiresAt: number
  /** Revocations up to this instant have been lifted. */
  readonly lifted?: number
}

export interface RevocationList {
  /** All live revocations that apply to an account; the same array until something changes. */
  list(accountId: string): Promise<readonly RevocationEntry[]>
  /** Calls the listener after a change in any account, also one by another process. Returns a function that stops it. */
  watch(changed: () => void): () => void
  /** @throws Problem('unavailable') when the store cannot be reached, so that the list may be out of date */
  reachable(): Promise<void>
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

/** Notes that a user or role attempted an action of a service (iam/service-access). Does not delay the decision. */
export type NoteAccess = (
  principal: { readonly id: string; readonly accountId: string },
  accessed: { readonly action: string; readonly at: number },
) => void
