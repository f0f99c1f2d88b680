// What this folder needs of others, each interface as narrow as its use; wire.ts connects them.

import type { AuditEvent } from '../audit/event.ts'
import type { Wanted } from '../federation/saml/response.ts'
import type { KeySource } from '../federation/workload/issuer-keys.ts'
import type { Caller, Circumstances } from '../iam/caller.ts'
import type { Layers } from '../policy/decide.ts'
import type { Context, Principal } from '../policy/request.ts'
import type { SessionSigners } from '../secure/session-token.ts'

export type UserCaller = Extract<Caller, { kind: 'user' }>

/** Epoch seconds. */
export type Now = () => number

export interface SessionTag {
  readonly key: string
  readonly value: string
}

/** A role as assuming it needs it. */
export interface AssumableRole {
  readonly accountId: string
  readonly arn: string
  /** `AROA…` */
  readonly id: string
  readonly name: string
  /** Seconds, 3600…43200. */
  readonly maxSessionDuration: number
  /** The trust policy's JSON text, with unique ids in place of user and role ARNs. */
  readonly trust: string
  readonly tags: readonly SessionTag[]
}

export interface Roles {
  /** Undefined when there is none; from a cache, also for what is not there. */
  byArn(arn: string): Promise<AssumableRole | undefined>
  /** Changes whenever what the role's policies or boundary say changes. */
  policyVersion(role: AssumableRole): Promise<string>
  /** Condition keys, in lower case, that the role's policies, its boundary and these session policies ask for. */
  contextKeys(role: AssumableRole, sessionPolicies: readonly string[]): Promise<ReadonlySet<string>>
}

export interface ManagedPolicies {
  /** Default version's text of a policy the account may use: its own, or one that every account has. */
  textOf(arn: string, accountId: string): Promise<string | undefined>
}

/** What authorization knows of a caller (iam/authorization/authorize.ts). */
export interface CallerFacts {
  /** @throws Problem('missing_credentials') for the anonymous */
  principalOf(caller: Caller): Principal
  /** All `aws:` keys of the caller and the request. */
  contextOf(caller: Caller, circumstances: Circumstances): Promise<Context> | Context
  /** Identity policies, boundary and session policies of the caller. */
  layersOf(caller: Caller): Promise<Layers>
  /** @throws Problem('unauthenticated') when the caller is gone, disabled or revoked */
  ensureLive(caller: Caller): Promise<void>
}

export interface MfaCheck {
  /**
   * True when the device is this user's and the code is right and not spent; spends it.
   * @throws Problem('throttled') when the user tried too often
   */
  verify(
    user: { readonly accountId: string; readonly userId: string },
    serialNumber: string,
    code: string,
  ): Promise<boolean>
}

/** An issuer registered in an account (an OpenIdProvider record). */
export interface RegisteredProvider extends KeySource {
  readonly accountId: string
  readonly clientIds: readonly string[]
  readonly once: boolean
  readonly disabled: boolean
}

export interface Providers {
  /** The account's own provider of this exact issuer; never another account's. */
  byIssuer(accountId: string, issuer: string): Promise<RegisteredProvider | undefined>
  byArn(arn: string): Promise<RegisteredProvider | undefined>
}

/** A SAML provider registered in an account (a SamlProvider record). */
export interface RegisteredSamlProvider {
  readonly id: string
  readonly accountId: string
  readonly name: string
  readonly metadata: string
  readonly want: Wanted
  readonly disabled: boolean
}

export interface SamlProviders {
  byArn(arn: string): Promise<RegisteredSamlProvider | undefined>
}

export interface SpentTokens {
  /** True for exactly one caller per id, in all processes, until `until`. */
  spend(id: string, accountId: string, until: number): Promise<boolean>
}

/** Session policies too long to travel inside a token. */
export interface LongPolicies {
  /** Durable before it returns; kept at least until `until`. */
  keep(hash: string, text: string, accountId: string, until: number): Promise<void>
}

/** An audit entry of a request for credentials. Its details never contain a token, code or secret. */
export type StsEvent = AuditEvent & { readonly outcome: 'done' | 'refused' }

export interface Audit {
  /** Durable when it returns. @throws Problem('unavailable') – then nothing may be answered */
  record(event: StsEvent): Promise<void>
}

/** The current keys of the ring: `token` signs, `secret` derives. */
export type Signers = () => SessionSigners
