// The interface of the OpenID Connect provider for sign-in/, account/ and console/: who is signed in to this browser, what an
// application requests, and how to respond. It has no types of oidc-provider. openProvider (provider.ts) implements it.
import type { Context } from 'koa'
import { usedSecondFactor } from '../iam/signed-in-caller.ts'
import type { Dependency } from '../secure/session/session-dependencies.ts'
import type { EpochSeconds } from '../store/records.ts'
import type { Description } from '../sts/session/consented-policies.ts'

/** Authentication methods of a sign-in, by their RFC 8176 names where there are any: `pwd`, `otp`, `mfa`, `hwk` (passkey), `fed`, `kba` (recovery code). */
export type AuthMethod = 'pwd' | 'otp' | 'mfa' | 'hwk' | 'user' | 'fed' | 'kba'

/** Supported authentication context classes (`acr`), weakest first. */
export const acrs = ['urn:chancery:acr:password', 'urn:chancery:acr:mfa', 'phr'] as const
export type Acr = (typeof acrs)[number]

/** The `acr` of a set of methods: a passkey gives `phr`, two kinds of factor `mfa`. */
export function acrOf(amr: readonly AuthMethod[]): Acr {
  if (amr.includes('hwk')) return 'phr'
  return usedSecondFactor(amr) ? 'urn:chancery:acr:mfa' : 'urn:chancery:acr:password'
}

/** The user who is signed in to a browser. */
export interface Visitor {
  /** Unique id (`AIDA…`); the user exists and is not disabled. */
  readonly userId: string
  /** When they last authenticated. */
  readonly authTime: EpochSeconds
  readonly amr: readonly string[]
  readonly acr: string | undefined
  /** Id of the session: not a secret, and stable while the cookie's value changes. */
  readonly sessionId: string
  /** What the sign-in depends on: what is made with it ends with any of it (docs/ends.md). */
  readonly dependencies: readonly Dependency[]
}

/** A successful sign-in. `acr` follows from `amr` (acrOf). */
export interface SignedIn {
  readonly userId: string
  readonly amr: readonly AuthMethod[]
  /** Default true. When false, the cookie ends with the browser and the session after a day. */
  readonly remember?: boolean
  /** When they authenticated; default now. A session at an identity provider may be older than ours. */
  readonly authTime?: EpochSeconds | undefined
  /** The password that was used, identified by when it last changed: the session ends when it is changed again. */
  readonly password?: EpochSeconds | undefined
  /** Serial number of the MFA device that was used: the session ends when an administrator removes the device. */
  readonly factor?: string | undefined
  /** Set for a sign-in through an identity provider (`amr` has `fed`): the session ends with the provider. */
  readonly upstream?: Upstream | undefined
}

/** The identity provider of a federated sign-in. */
export interface Upstream {
  /** ARN. */
  readonly provider: string
  readonly accountId: string
  /** What a sign-out at the provider needs, in a form that only the provider's kind reads. */
  readonly leave: string | undefined
  readonly signOutNames?: SignOutNames | undefined
}

/** How an identity provider names one sign-in in its logout requests: keyed hashes that do not identify the person. */
export interface SignOutNames {
  readonly subject: string
  /** Undefined when the provider has no session id: its logout requests end all sessions of the subject. */
  readonly session?: string | undefined
}

/** The sign-ins that a logout request of an identity provider names. */
export interface SignOutTarget {
  /** Undefined when only `sessions` name them. */
  readonly subject: string | undefined
  /** Empty: every session of the subject. */
  readonly sessions: readonly string[]
}

/** The application that requests a sign-in or consent. */
export interface RequestingClient {
  readonly id: string
  readonly name: string
  readonly uri: string | undefined
  readonly logoUri: string | undefined
  readonly policyUri: string | undefined
  readonly tosUri: string | undefined
  /** Registered through `/register`, or described by a document of its own: its name is not verified. */
  readonly registered: boolean
  /** The host of the metadata document that its id names; undefined for other clients. */
  readonly documentHost: string | undefined
  /** The logo of that document as a `data:` URL; this server has fetched and checked it. */
  readonly logo: string | undefined
  /** ARNs of the roles it may act as for a user who grants the scope `roles`; undefined: any role the user may assume. */
  readonly roles: readonly string[] | undefined
}

/** What sign-ins that our own pages ask of a signed-in person are for: to change something in the console, or in their account. */
export const signInPurposes = ['console', 'account'] as const
type SignInPurpose = (typeof signInPurposes)[number]

/** A pending sign-in, consent or account choice. It lasts an hour, bound to a cookie and to the uid in the path. */
export interface Interaction {
  /** Also in the path: `/sign-in/<uid>`. */
  readonly uid: string
  /**
   * `select-account`: go on as the signed-in person, or sign in as another one. `access`: the signed-in person may not use
   * the application.
   */
  readonly ask: 'sign-in' | 'consent' | 'select-account' | 'access'
  /** Why: `no_session`, `max_age`, `acr`, `login_prompt`, `consent_prompt`, `scopes_missing`, … */
  readonly reasons: readonly string[]
  /** Undefined when our own pages request the sign-in (startSignIn). */
  readonly client: RequestingClient | undefined
  /** Set by our own pages alone. */
  readonly purpose: SignInPurpose | undefined
  /** The user who is signed in already; always set when `ask` is `consent`. */
  readonly userId: string | undefined
  /** The user name to fill in; untrusted. */
  readonly loginHint: string | undefined
  /** Languages that the application asks for, separated by spaces; untrusted. */
  readonly uiLocales?: string | undefined
  /** The identity provider to redirect to, by name or by a domain of its users; untrusted. */
  readonly providerHint?:
    | { readonly name: string | undefined; readonly domain: string | undefined }
    | undefined
  /** Requested `acr` values; empty: any. A sign-in that satisfies none of them must step up. */
  readonly acrValues: readonly string[]
  /** The request demands that the person signs in now, with each of their factors (`max_age`, `prompt=login`). */
  readonly mustReauthenticate: boolean
  /** What consent is requested for: OpenID scopes, single claims, and scopes per resource. */
  readonly missing: {
    readonly scopes: readonly string[]
    readonly claims: readonly string[]
    readonly resources: ReadonlyMap<string, readonly string[]>
  }
  /** The session policies of the request's `authorization_details`, in words. */
  readonly policies: readonly Description[]
  /** Origin of the redirect URI, shown with the consent. Undefined for devices and our own pages. */
  readonly returnsTo: string | undefined
  /** Set when a signed-in user connects another identity: their user id. */
  readonly connect: string | undefined
  /** The request is of a device (RFC 8628). */
  readonly device: boolean
  /** Values that earlier steps stored with `note`, e.g. a ticket of the password step. */
  readonly notes: ReadonlyMap<string, string>
}

export interface Interactions {
  /** @throws Problem('not_found') when it does not exist, has ended, or belongs to another browser. */
  details(ctx: Context): Promise<Interaction>
  /**
   * Stores a text (at most 65,536 characters, 16 notes) with the interaction for a later step; undefined removes it.
   * @throws Problem('concurrent_modification') when another request changed that note since `seen` was read;
   *   Problem('not_found') when the interaction has ended
   */
  note(seen: Interaction, name: string, value: string | undefined): Promise<void>
  /** A note of an interaction that has not ended, for a request without the interaction's cookie. */
  noteOf(uid: string, name: string): Promise<string | undefined>
  /**
   * Completes `ask: 'sign-in'`: sets a new session id and redirects (303). Writes the response.
   * @throws Problem('not_found') for all requests but one when several complete the same interaction of our own pages
   */
  finish(ctx: Context, result: SignedIn): Promise<void>
  /** Completes `ask: 'select-account'` with the signed-in user. Writes the response (303). */
  keepAccount(ctx: Context): Promise<void>
  /** Completes `ask: 'consent'` by granting everything in `missing`. Writes the response (303). */
  consent(ctx: Context): Promise<void>
  /** Denies the request: the client gets `access_denied`; for our own pages, 303 to `/`. Writes the response. */
  refuse(ctx: Context): Promise<void>
}

/** A session as its owner sees it in a list. */
export interface SessionSummary {
  readonly sessionId: string
  readonly userId: string
  readonly authTime: EpochSeconds
  readonly amr: readonly string[]
  readonly expiresAt: EpochSeconds
  /** Client ids it signed in to. */
  readonly clients: readonly string[]
  /** `User-Agent` and address at the sign-in; undefined for sessions of earlier versions. */
  readonly browser: string | undefined
  readonly address: string | undefined
  /** When it was last used for an application. */
  readonly lastUsed: EpochSeconds
}

/** What a user has granted to one application, over all sessions. */
export interface GrantSummary {
  readonly clientId: string
  readonly clientName: string
  readonly clientUri: string | undefined
  readonly scopes: readonly string[]
  readonly since: EpochSeconds
}

export interface Sessions {
  /** The user who is signed in to this browser; undefined also when the user is disabled or deleted. */
  current(ctx: Context): Promise<Visitor | undefined>
  /** A live session by its id, whoever asks; undefined also when the user is disabled or deleted. */
  byId(sessionId: string): Promise<Visitor | undefined>
  /**
   * Ends this browser's session, notifies its clients (back-channel logout) and clears the cookie. Does not redirect.
   * @returns the identity provider of the sign-in, if it was federated
   */
  end(ctx: Context): Promise<Upstream | undefined>
  list(userId: string): Promise<readonly SessionSummary[]>
  /** True when the session existed and was of that user. */
  endOne(userId: string, sessionId: string): Promise<boolean>
  /** Ends every session of a user except `keep`, with their tokens; for instance after a password change. */
  endOthers(userId: string, keep: string | undefined): Promise<void>
  /**
   * Ends the sessions that an identity provider names, with their tokens. A session that fails to end does not stop the
   * others.
   */
  endUpstream(target: SignOutTarget): Promise<{
    readonly ended: readonly { readonly sessionId: string; readonly userId: string }[]
    /** The errors of the sessions that could not be ended. */
    readonly failures: readonly unknown[]
  }>
  /** Keeps a session after its own user changed the password: it depends on the new password from now on. */
  keepAfterPasswordChange(sessionId: string, password: EpochSeconds): Promise<void>
  grants(userId: string): Promise<readonly GrantSummary[]>
  /**
   * Withdraws the consent to an application and ends its tokens. True when there was a consent or a grant.
   * @param ctx the request, if there is one: resolves once its audit entry is durable, and rejects when it cannot be written
   */
  withdraw(userId: string, clientId: string, ctx?: Context): Promise<boolean>
}

export interface OidcEdge {
  readonly sessions: Sessions
  readonly interactions: Interactions
  /**
   * Sends the browser to sign in (303 to `/sign-in/<uid>`) and afterwards to `returnTo`, which must be a path of this
   * site, else `/account`. `acrValues` asks for a step-up, `maxAge` (seconds) for a fresh sign-in.
   */
  startSignIn(
    ctx: Context,
    returnTo: string,
    options?: {
      readonly acrValues?: readonly string[]
      readonly maxAge?: number
      readonly loginHint?: string
      /** Shown on the page. */
      readonly purpose?: SignInPurpose
      /** Name of an identity provider whose identity is connected to the signed-in user, instead of a sign-in. */
      readonly connect?: string
      /** Notes that the interaction begins with (`Interactions.note`). */
      readonly notes?: Readonly<Record<string, string>>
    },
  ): Promise<void>
  /** After a sign-out at an identity provider: the redirect URI of the application that requested it, once. */
  takePostLogoutRedirect(ctx: Context): string | undefined
  /**
   * Ends a user's browser sessions and grants whose dependencies `matches` accepts, with their tokens.
   * @param keep id of a browser session that is kept, with the grants made in it
   */
  endSignIns(
    userId: string,
    matches: (dependencies: readonly Dependency[]) => boolean,
    keep?: string,
  ): Promise<void>
  /** Browser sessions, and grants of applications, with what each depends on. */
  signInsOf(userId: string): Promise<{
    readonly sessions: readonly (SessionSummary & { readonly dependencies: readonly Dependency[] })[]
    readonly grants: readonly { readonly clientId: string; readonly dependencies: readonly Dependency[] }[]
  }>
  /** Ends the browser sessions of an identity provider (ARN), with their grants and tokens, also those with `offline_access`. */
  endSessionsThrough(provider: string): Promise<void>
  /** Ends every session, grant and token of a user who is disabled, deleted, or signs out everywhere. */
  revokeUser(userId: string): Promise<void>
  /** An initial access token for `/register`, valid for `expiresIn` seconds. The caller must have been authorized. */
  createInitialAccessToken(options: { readonly expiresIn: number }): Promise<string>
}
