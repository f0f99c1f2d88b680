// What sign-in/, account/ and console/ may know of the OIDC provider: who this browser is, what an application asks
// for, and how to answer. No type of oidc-provider passes this line. Made by openProvider (provider.ts).
import type { Context } from 'koa'
import type { Dependency } from '../secure/session-dependencies.ts'
import type { EpochSeconds } from '../store/records.ts'

/** RFC 8176 names of what was done: `pwd`, `otp`, `mfa`, `hwk` (passkey), `fed`, `kba` (recovery code). */
export type AuthMethod = 'pwd' | 'otp' | 'mfa' | 'hwk' | 'user' | 'fed' | 'kba'

/** Authentication context classes we give and take in `acr_values`, weakest first. */
export const acrs = ['urn:chancery:acr:password', 'urn:chancery:acr:mfa', 'phr'] as const
export type Acr = (typeof acrs)[number]

/** The class that a set of methods reaches: a passkey is `phr`, two kinds of factor are `mfa`. */
export function acrOf(amr: readonly AuthMethod[]): Acr {
  if (amr.includes('hwk')) return 'phr'
  return amr.includes('mfa') || amr.includes('otp') ? 'urn:chancery:acr:mfa' : 'urn:chancery:acr:password'
}

/** A browser that is signed in. */
export interface Visitor {
  /** Unique id (`AIDA…`). The user was neither disabled nor deleted when this was made. */
  readonly userId: string
  /** When they last proved who they are. */
  readonly authTime: EpochSeconds
  readonly amr: readonly string[]
  readonly acr: string | undefined
  /** Names the session; not a secret, stable while the cookie's value changes. */
  readonly sessionId: string
}

/** How a sign-in ended well; `acr` follows from `amr` (acrOf) and the time is now. */
export interface SignedIn {
  readonly userId: string
  readonly amr: readonly AuthMethod[]
  /** False: the cookie ends with the browser, the session after a day. Default true. */
  readonly remember?: boolean
  /** When they proved who they are, if not now: a session at an identity provider may be older than ours. */
  readonly authTime?: EpochSeconds | undefined
  /** The password they typed here, named by when it was last changed: the session ends when it is replaced. */
  readonly password?: EpochSeconds | undefined
  /** Serial number of the device whose code they typed here: the session ends when an administrator removes it. */
  readonly factor?: string | undefined
  /** Set when they came through an identity provider (`amr` has `fed`): the session ends with it. */
  readonly upstream?: Upstream | undefined
}

/** The identity provider a sign-in came through. */
export interface Upstream {
  /** ARN. */
  readonly provider: string
  readonly accountId: string
  /** What signing out there takes; the provider's kind knows its meaning. */
  readonly leave: string | undefined
  readonly signOutNames?: SignOutNames | undefined
}

/** By what an identity provider names one sign-in when it ends it: keys that say nothing of the person. */
export interface SignOutNames {
  readonly subject: string
  /** Undefined: it has no name for the session, and ends all of the subject. */
  readonly session?: string | undefined
}

/** Sign-ins that an identity provider ends. */
export interface SignOutTarget {
  /** Undefined: `sessions` alone name them. */
  readonly subject: string | undefined
  /** None: every session of the subject. */
  readonly sessions: readonly string[]
}

export interface AskingClient {
  readonly id: string
  readonly name: string
  readonly uri: string | undefined
  readonly logoUri: string | undefined
  readonly policyUri: string | undefined
  readonly tosUri: string | undefined
  /** Registered through `/register`: nobody here vouches for its name. */
  readonly registered: boolean
  /** ARNs of the roles it may act as for a person who grants the scope `roles`; undefined: any they may assume. */
  readonly roles: readonly string[] | undefined
}

/** One question to the person in front of the browser. Lives an hour, bound to a cookie and to the uid in the path. */
export interface Interaction {
  /** Also in the path: `/sign-in/<uid>`. */
  readonly uid: string
  /** `select-account`: go on as the signed-in person, or sign in as another one. */
  readonly ask: 'sign-in' | 'consent' | 'select-account'
  /** Why: `no_session`, `max_age`, `acr`, `login_prompt`, `consent_prompt`, `scopes_missing`, … */
  readonly reasons: readonly string[]
  /** Undefined: our own pages ask (startSignIn). */
  readonly client: AskingClient | undefined
  /** Who the browser is signed in as already; always there when `ask` is consent. */
  readonly userId: string | undefined
  /** Name to offer in the form; comes from outside. */
  readonly loginHint: string | undefined
  /** Which identity provider to go straight to, by name or by a domain it speaks for; comes from outside. */
  readonly providerHint?:
    | { readonly name: string | undefined; readonly domain: string | undefined }
    | undefined
  /** Classes asked for; empty: any. A sign-in that reaches none of them must step up. */
  readonly acrValues: readonly string[]
  /** What consent is asked for: scopes of ours, single claims, and scopes per resource. */
  readonly missing: {
    readonly scopes: readonly string[]
    readonly claims: readonly string[]
    readonly resources: ReadonlyMap<string, readonly string[]>
  }
  /** Origin the browser goes back to, to show in consent. Undefined for devices and our own pages. */
  readonly returnsTo: string | undefined
  /** A signed-in person asked to connect another identity: their user id. */
  readonly connect: string | undefined
  /** A device waits for this answer (RFC 8628). */
  readonly device: boolean
  /** What earlier steps noted (`note`), e.g. a ticket of the password step. */
  readonly notes: ReadonlyMap<string, string>
}

export interface Interactions {
  /** @throws Problem('not_found') when there is none, it has ended, or it belongs to another browser. */
  details(ctx: Context): Promise<Interaction>
  /**
   * Keeps a short text (at most 65,536 characters, 16 notes) with the interaction for a later step; undefined removes it.
   * @throws Problem('concurrent_modification') when another request changed that note since `seen` was read;
   *   Problem('not_found') when the interaction has ended
   */
  note(seen: Interaction, name: string, value: string | undefined): Promise<void>
  /** A note of an interaction that has not ended, for a request that brings no cookie of it. */
  noteOf(uid: string, name: string): Promise<string | undefined>
  /**
   * Ends `ask: 'sign-in'`: new session id, then 303 to where it goes on. Writes the response.
   * @throws Problem('not_found') for all requests but one when several end the same question of our own pages
   */
  finish(ctx: Context, result: SignedIn): Promise<void>
  /** Ends `ask: 'select-account'` with the person who is signed in. Writes the response (303). */
  keepAccount(ctx: Context): Promise<void>
  /** Ends `ask: 'consent'` with yes to everything that was missing. Writes the response (303). */
  consent(ctx: Context): Promise<void>
  /** Ends either with no: the client gets `access_denied`; our own pages: 303 to `/`. Writes the response. */
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
}

/** What a person allows one application, in all their sessions. */
export interface GrantSummary {
  readonly clientId: string
  readonly clientName: string
  readonly scopes: readonly string[]
  readonly since: EpochSeconds
}

export interface Sessions {
  /** Who this browser is signed in as. Undefined also when the user was disabled or deleted meanwhile. */
  current(ctx: Context): Promise<Visitor | undefined>
  /**
   * Ends this browser's session, tells clients that asked (back-channel logout), clears the cookie. Does not redirect.
   * Answers which provider it came through, if any.
   */
  end(ctx: Context): Promise<Upstream | undefined>
  list(userId: string): Promise<readonly SessionSummary[]>
  /** True when it was there and that user's. */
  endOne(userId: string, sessionId: string): Promise<boolean>
  /** Ends every session of a user except one, with the tokens made in them: after a password change. */
  endOthers(userId: string, keep: string | undefined): Promise<void>
  /**
   * Ends the sessions that an identity provider names, with the tokens made in them. One that fails keeps no other from
   * ending.
   */
  endUpstream(target: SignOutTarget): Promise<{
    readonly ended: readonly { readonly sessionId: string; readonly userId: string }[]
    /** Why the others have not ended. */
    readonly failures: readonly unknown[]
  }>
  /** A session that rests on a password goes on resting on this one: its own person replaced it. */
  keepAfterPasswordChange(sessionId: string, password: EpochSeconds): Promise<void>
  grants(userId: string): Promise<readonly GrantSummary[]>
  /**
   * Forgets what an application was allowed and ends every token of it. True when there was something.
   * @param ctx of the request that asked for it: resolves once its audit entry is durable, and rejects when it cannot be written
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
      /** Name of an identity provider: not to sign in, but to connect who they are there to who is signed in here. */
      readonly connect?: string
    },
  ): Promise<void>
  /** After signing out at an identity provider as well: the address of the application that asked for it, once. */
  takePostLogoutRedirect(ctx: Context): string | undefined
  /**
   * Ends the browser sessions and grants, with their tokens, of a user's sign-ins that `matches` accepts.
   * @param keep id of a browser session that goes on, with the grants made in it
   */
  endSignIns(
    userId: string,
    matches: (dependencies: readonly Dependency[]) => boolean,
    keep?: string,
  ): Promise<void>
  /** Ends the browser sessions that came through an identity provider (ARN), with what was made in them. */
  endSessionsThrough(provider: string): Promise<void>
  /** Ends every session, grant and token of a user: disabled, deleted, or on their own wish. */
  revokeUser(userId: string): Promise<void>
  /** A token that lets its bearer register clients at `/register`. Caller has authorised `oidc:CreateInitialAccessToken`. */
  createInitialAccessToken(options: { readonly expiresIn: number }): Promise<string>
}
