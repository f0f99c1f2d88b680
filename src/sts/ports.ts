// What this folder needs from other folders. Each interface has only what is used here; wire/ connects them.
import type { RecordedEncryption } from '../federation/saml/encrypted-assertion.ts'
import type { Wanted } from '../federation/saml/response.ts'
import type { KeySource } from '../federation/workload/issuer-keys.ts'
import type { Caller, Circumstances } from '../iam/caller.ts'
import type { Layers } from '../policy/engine/decide.ts'
import type { Context, Principal } from '../policy/request.ts'
import type { SessionSigners } from '../secure/session/session-token.ts'

export type UserCaller = Extract<Caller, { kind: 'user' }>

/** Epoch seconds. */
export type Now = () => number

export interface SessionTag {
  readonly key: string
  readonly value: string
}

/** What is needed of a role to assume it. */
export interface AssumableRole {
  readonly accountId: string
  readonly arn: string
  /** `AROA…` */
  readonly id: string
  readonly name: string
  /** Seconds, 3600…43200. */
  readonly maxSessionDuration: number
  /** The JSON text of the trust policy, with unique ids in place of user and role ARNs. */
  readonly trust: string
  readonly tags: readonly SessionTag[]
}

export interface Roles {
  /** Cached, also when there is no such role. */
  byArn(arn: string): Promise<AssumableRole | undefined>
  /** Changes whenever the role's policies or permissions boundary change. */
  policyVersion(role: AssumableRole): Promise<string>
  /** Condition keys, in lower case, that the role's policies, its boundary and these session policies use. */
  contextKeys(role: AssumableRole, sessionPolicies: readonly string[]): Promise<ReadonlySet<string>>
}

export interface ManagedPolicies {
  /** The default version of a policy of the account or of AWS; undefined when there is none. */
  textOf(arn: string, accountId: string): Promise<string | undefined>
}

/** The policies and condition keys of a caller (iam/authorization/authorize.ts). */
export interface CallerFacts {
  /** @throws Problem('missing_credentials') for an anonymous caller */
  principalOf(caller: Caller): Principal
  /** All `aws:` keys of the caller and the request. */
  contextOf(caller: Caller, circumstances: Circumstances): Promise<Context> | Context
  /** Identity policies, boundary and session policies of the caller. */
  layersOf(caller: Caller): Promise<Layers>
  /** @throws Problem('unauthenticated') when the caller was deleted, is disabled or was revoked */
  ensureLive(caller: Caller): Promise<void>
}

export interface MfaCheck {
  /**
   * True when the device belongs to this user and the code is correct and was not used before. Marks the code as used.
   * @throws Problem('throttled') after too many attempts of the user
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
  /** The provider with exactly this issuer URL in this account. */
  byIssuer(accountId: string, issuer: string): Promise<RegisteredProvider | undefined>
  byArn(arn: string): Promise<RegisteredProvider | undefined>
}

/** A SAML provider registered in an account (a SamlProvider record). */
export interface RegisteredSamlProvider extends RecordedEncryption {
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

export interface RegisteredDirectories {
  byArn(arn: string): Promise<{ readonly disabled: boolean } | undefined>
}

export interface SpentTokens {
  /** True for only one call per id, across all processes, until `until` (epoch seconds). */
  spend(id: string, accountId: string, until: number): Promise<boolean>
}

/** Store of session policies that are too long to be embedded in a token. */
export interface LongPolicies {
  /** Durable when it returns; kept at least until `until` (epoch seconds). */
  keep(hash: string, text: string, accountId: string, until: number): Promise<void>
}

/** The current keys of the key ring: `token` signs session tokens, `secret` derives their secrets. */
export type Signers = () => SessionSigners

/** A user whose password a directory verified. */
export interface DirectoryUser {
  /** ARN of the directory's provider. */
  readonly provider: string
  /** Together with `subject` the permanent identity. */
  readonly issuer: string
  readonly subject: string
  readonly dn: string | undefined
  /** The name that the provider's mapping reads from the entry, never what was typed: a directory accepts several spellings. */
  readonly name: string | undefined
  readonly groups: readonly string[]
}

export interface Directories {
  /** ARN of an enabled directory: the one with this ARN, or without one the account's only directory. */
  find(accountId: string, providerArn: string | undefined): Promise<string | undefined>
  /**
   * Undefined for a wrong name or password.
   * @throws Problem('throttled' | 'idp_communication_error' | 'password_policy_violation')
   */
  signIn(
    provider: string,
    given: { readonly username: string; readonly password: string },
    from: { readonly ip: string; readonly userAgent: string | undefined; readonly requestId: string },
  ): Promise<DirectoryUser | undefined>
}
