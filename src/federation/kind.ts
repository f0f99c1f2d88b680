// What a kind of identity provider can do for a person's sign-in. Two ways: the browser goes there and comes back
// (OpenID Connect, OAuth 2, SAML), or a name and a password are checked against it (LDAP). A kind is one file that
// makes one of these; kinds.ts is the table. Owns no record and no session: sign-in/ carries what a kind says to iam/.
import type { Secret } from '../secure/secret.ts'
import type { EpochSeconds } from '../store/records.ts'
import type { GuardedFetch } from './outbound/guarded-fetch.ts'

/** What every kind is given. */
export interface KindParts {
  readonly fetch: GuardedFetch
  /** Epoch seconds. */
  readonly now: () => EpochSeconds
  /** CHANCERY_OUTBOUND_ALLOW, for connections that are not HTTP. */
  readonly allow: ReadonlySet<string>
}

/** A person as a provider describes them: verified by its kind, mapped by nobody yet. */
export interface UpstreamPerson {
  /** With `subject`, who this is for ever; nothing else joins a user (attacks.md 17). */
  readonly issuer: string
  readonly subject: string
  /** Strings, numbers, booleans, lists and objects of them. SAML and LDAP attributes are lists of strings. */
  readonly claims: Readonly<Record<string, unknown>>
  /** How they proved themselves there, in the provider's words. */
  readonly amr: readonly string[]
  readonly acr: string | undefined
  /** When they last proved themselves there, where the provider says so. */
  readonly authTime?: EpochSeconds | undefined
  /** To be spent before anything is believed: it must not have been seen before. */
  readonly spend: { readonly id: string; readonly until: EpochSeconds } | undefined
  /** What ending the session there takes, for `leave`; at most 6,000 characters. */
  readonly leave: string | undefined
  /** By which the provider names this sign-in when it ends it (`SignOutRequest`); undefined: it cannot. */
  readonly signOut?: { readonly subject: string; readonly session: string | undefined } | undefined
}

/** A request of the provider to end sign-ins of ours, as it came. */
export interface SignOutReceived {
  /** Of the URL, as it came. */
  readonly query: string
  /** Undefined: it came by the query. */
  readonly form: ReadonlyMap<string, string> | undefined
  /** Ours, to which it had to be sent. */
  readonly address: string
  readonly callback: string
}

/** Which sign-ins a provider ends: verified, and not ended yet. */
export interface SignOutRequest {
  /** As in `UpstreamPerson.signOut`; undefined: sessions alone are named. */
  readonly subject: string | undefined
  /** None: every session of the subject. */
  readonly sessions: readonly string[]
  /** To be spent before anything is ended: it must not have been seen before. */
  readonly spend: { readonly id: string; readonly until: EpochSeconds }
  /** What the answer refers to, where there is one. */
  readonly id?: string | undefined
  readonly relayState?: string | undefined
}

/** What became of the sign-ins that were named. */
export type SignOutStatus = 'success' | 'partial' | 'failed'

/** What the browser is sent off with. */
export interface SignInOptions {
  /** Our callback, absolute. */
  readonly callback: string
  /** Comes back unchanged; at most 80 characters (SAML Bindings §3.4.3 allows no more for RelayState). */
  readonly state: string
  readonly loginHint: string | undefined
  /** A second factor is wanted; the provider is asked for it where it has a word for that. */
  readonly strong: boolean
  /** They must prove themselves anew there. */
  readonly fresh: boolean
}

export interface ProviderRedirect {
  /** Where the browser goes. */
  readonly to: string
  /** What `arrive` must know; kept by the server with the interaction. At most 1,500 characters. */
  readonly memory: string
}

export interface ProviderCallback {
  /** The query or form as it came, each name once. `state` was checked by the caller. */
  readonly parameters: ReadonlyMap<string, string>
  readonly callback: string
  readonly memory: string
}

/**
 * One step of a connection test, in the order tried; the first that failed is the last.
 * `said` is what the other side answered, short, without secrets.
 */
export interface CheckStep {
  readonly step: string
  readonly ok: boolean
  readonly said: string | undefined
}

/** What is doubtful about a provider's settings. */
export interface Risk {
  readonly level: 'high' | 'medium' | 'low'
  readonly what: string
  /** What to do about it. */
  readonly fix: string
}

interface Checked<P> {
  /** Connects as a sign-in would, as far as that goes without a person. Never throws. */
  check(provider: P): AsyncIterable<CheckStep>
  /** Of this kind's own settings; those of all kinds are in risks.ts. Pure. */
  risks(provider: P, now: EpochSeconds): readonly Risk[]
}

export interface RedirectUpstream<P> extends Checked<P> {
  readonly flow: 'redirect'
  /** How the answer comes to the callback. */
  readonly answers: 'query' | 'form'
  /** @throws Problem('idp_communication_error') */
  beginSignIn(provider: P, options: SignInOptions): Promise<ProviderRedirect>
  /**
   * Who came back. Everything the protocol says is checked here, in the provider's own terms.
   * @throws Problem('denied') when the person or the provider said no · Problem('invalid_identity_token' |
   *   'idp_rejected_claim' | 'expired_token') for an answer that must not be believed · Problem('idp_communication_error')
   */
  completeSignIn(provider: P, returned: ProviderCallback): Promise<UpstreamPerson>
  /** Where the browser goes to sign out there as well; undefined when the provider has no such place. */
  signOutUrl?(provider: P, leave: string, returnTo: string): Promise<string | undefined>
  /**
   * Verifies a request of the provider that the browser brings (SAML Single Logout).
   * @throws Problem('invalid_identity_token' | 'expired_token')
   */
  readSignOut?(provider: P, received: SignOutReceived): Promise<SignOutRequest>
  /** Where the browser goes with the answer. @throws Problem('idp_communication_error') when the provider takes none */
  answerSignOut?(provider: P, request: SignOutRequest, status: SignOutStatus, callback: string): string
  /**
   * Verifies a logout token that the provider posts (OpenID Connect Back-Channel Logout 1.0).
   * @throws Problem('invalid_identity_token' | 'expired_token' | 'idp_communication_error')
   */
  readLogoutToken?(provider: P, token: string): Promise<SignOutRequest>
  /** What the provider's operator is given to know us by. SAML: our metadata, XML. */
  metadata?(provider: P, callback: string): string
}

export interface PasswordUpstream<P> extends Checked<P> {
  readonly flow: 'password'
  /**
   * The person whose name and password these are; undefined: no such name, or a wrong password, alike.
   * @throws Problem('denied') when the directory knows them and says no (locked, expired, two of one name): to be shown
   *   like a wrong password, the reason is in `detail` · Problem('limit_exceeded' | 'password_policy_violation') for what
   *   may be shown, because the person has given the right password · Problem('idp_communication_error') when no server answers
   */
  signIn(provider: P, username: string, password: Secret): Promise<UpstreamPerson | undefined>
}

export type Upstream<P> = RedirectUpstream<P> | PasswordUpstream<P>
