// What a kind of identity provider implements for sign-in. There are two flows: the browser is redirected to the provider and
// back (OpenID Connect, OAuth 2, SAML), or a user name and password are checked against it (LDAP). Each kind implements one
// of the interfaces below; upstreams.ts is the table. Kinds own no records and no sessions: sign-in/ passes their results to
// iam/.
import type { Secret } from '../secure/secret.ts'
import type { EpochSeconds } from '../store/records.ts'
import type { GuardedFetch } from './outbound/guarded-fetch.ts'

/** Dependencies of every kind. */
export interface ProviderDependencies {
  readonly fetch: GuardedFetch
  /** Epoch seconds. */
  readonly now: () => EpochSeconds
  /** Hosts of CHANCERY_OUTBOUND_ALLOW, for connections that are not HTTP. */
  readonly allow: ReadonlySet<string>
  /** Fetches a SAML provider's metadata again in the background, at a limited rate. */
  readonly requestMetadataRefresh?: ((providerId: string) => void) | undefined
}

/** A user as the provider describes them: verified, and not mapped to local attributes yet. */
export interface UpstreamPerson {
  /** Together with `subject` the permanent identity; nothing else identifies a user (attacks.md 17). */
  readonly issuer: string
  readonly subject: string
  /** Strings, numbers, booleans, lists and objects of them. SAML and LDAP attributes are lists of strings. */
  readonly claims: Readonly<Record<string, unknown>>
  /** Authentication methods as the provider names them. */
  readonly amr: readonly string[]
  readonly acr: string | undefined
  /** Time of authentication at the provider, when it is known. */
  readonly authTime?: EpochSeconds | undefined
  /** Id of the response, which the caller must spend before using the result: it must not have been used before. */
  readonly spend: { readonly id: string; readonly until: EpochSeconds } | undefined
  /** What `signOutUrl` needs to end the session at the provider; at most 6,000 characters. */
  readonly leave: string | undefined
  /** Identifiers by which the provider may end this sign-in (`SignOutRequest`); undefined when it cannot. */
  readonly signOut?: { readonly subject: string; readonly session: string | undefined } | undefined
}

/** A provider's sign-out request as received. */
export interface SignOutReceived {
  /** Query string of the URL, unchanged. */
  readonly query: string
  /** Undefined for a request in the query string. */
  readonly form: ReadonlyMap<string, string> | undefined
  /** The URL of our endpoint, which must be the request's destination. */
  readonly address: string
  readonly callback: string
}

/** A verified sign-out request: which sign-ins to end. */
export interface SignOutRequest {
  /** As in `UpstreamPerson.signOut`; undefined when only sessions are named. */
  readonly subject: string | undefined
  /** Empty for every session of the subject. */
  readonly sessions: readonly string[]
  /** Id of the request, which the caller must spend before ending sessions: it must not have been used before. */
  readonly spend: { readonly id: string; readonly until: EpochSeconds }
  /** Id to which the response refers, where there is one. */
  readonly id?: string | undefined
  readonly relayState?: string | undefined
}

/** Result for the sign-ins that were named. */
export type SignOutStatus = 'success' | 'partial' | 'failed'

/** Parameters of a sign-in at a provider. */
export interface SignInOptions {
  /** Our callback, absolute. */
  readonly callback: string
  /** Returned unchanged by the provider; at most 80 characters (limit of RelayState, SAML Bindings §3.4.3). */
  readonly state: string
  readonly loginHint: string | undefined
  /** Request a second factor, where the provider's settings name a value for it. */
  readonly strong: boolean
  /** Request a new authentication, not an existing session. */
  readonly fresh: boolean
}

/** The redirect to the provider. */
export interface ProviderRedirect {
  /** URL to redirect the browser to. */
  readonly to: string
  /** State for `completeSignIn`, stored on the server with the interaction. At most 1,500 characters. */
  readonly memory: string
}

/** A provider's response at our callback. */
export interface ProviderCallback {
  /** The query or form, each name once. The caller has checked `state`. */
  readonly parameters: ReadonlyMap<string, string>
  readonly callback: string
  readonly memory: string
}

/**
 * Report of one step of a connection test. Steps run in order and end with the first failure.
 * `said` is the other side's answer: short and without secrets.
 */
export interface CheckStep {
  readonly step: string
  readonly ok: boolean
  readonly said: string | undefined
}

/** A security finding about a provider's settings. */
export interface Risk {
  readonly level: 'high' | 'medium' | 'low'
  readonly what: string
  /** What to do about it. */
  readonly fix: string
}

interface Checkable<P> {
  /** Tests the connection with the steps of a sign-in that need no user. Never throws. */
  check(provider: P): AsyncIterable<CheckStep>
  /** Findings about this kind's own settings; risks.ts has those common to all kinds. Pure. */
  risks(provider: P, now: EpochSeconds): readonly Risk[]
}

export interface RedirectUpstream<P> extends Checkable<P> {
  readonly flow: 'redirect'
  /** How the provider sends its response to the callback. */
  readonly answers: 'query' | 'form'
  /** @throws Problem('idp_communication_error') */
  beginSignIn(provider: P, options: SignInOptions): Promise<ProviderRedirect>
  /**
   * The user of a response. Makes every check that the protocol requires.
   * @throws Problem('denied') when the user or the provider denied the request · Problem('invalid_identity_token' |
   *   'idp_rejected_claim' | 'expired_token') for an invalid response · Problem('idp_communication_error')
   */
  completeSignIn(provider: P, returned: ProviderCallback): Promise<UpstreamPerson>
  /** URL that signs the browser out at the provider; undefined when the provider has none. */
  signOutUrl?(provider: P, leave: string, returnTo: string): Promise<string | undefined>
  /**
   * Verifies a sign-out request that the browser carries (SAML Single Logout).
   * @throws Problem('invalid_identity_token' | 'expired_token')
   */
  readSignOut?(provider: P, received: SignOutReceived): Promise<SignOutRequest>
  /** URL that returns the response to the provider. @throws Problem('idp_communication_error') when it has no endpoint for one */
  answerSignOut?(provider: P, request: SignOutRequest, status: SignOutStatus, callback: string): string
  /**
   * Verifies a logout token that the provider posts (OpenID Connect Back-Channel Logout 1.0).
   * @throws Problem('invalid_identity_token' | 'expired_token' | 'idp_communication_error')
   */
  readLogoutToken?(provider: P, token: string): Promise<SignOutRequest>
  /** Our metadata for the provider's operator. SAML: an XML document. */
  metadata?(provider: P, callback: string): string
}

export interface PasswordUpstream<P> extends Checkable<P> {
  readonly flow: 'password'
  /**
   * The user with this name and password; undefined for an unknown name and for a wrong password alike.
   * @throws Problem('denied') when the directory refuses the user (locked, expired, ambiguous name): must be shown like a
   *   wrong password; the reason is in `detail` · Problem('limit_exceeded' | 'password_policy_violation') whose message may be
   *   shown, because the password was correct · Problem('idp_communication_error') when no server answers
   */
  signIn(provider: P, username: string, password: Secret): Promise<UpstreamPerson | undefined>
}

export type Upstream<P> = RedirectUpstream<P> | PasswordUpstream<P>
