// Loads the state of one request: its interaction, what was verified so far, and the user's current status.
import type { Context } from 'koa'
import type { SignOutStatus } from '../federation/kind.ts'
import type { RequestOrigin } from '../iam/request-origin.ts'
import type { SignInProvider } from '../iam/sign-in/providers.ts'
import type { UpstreamRefusal } from '../iam/sign-in/sign-in-audit.ts'
import { type AuthMethod, acrs, type Interaction, type Interactions } from '../oidc/edge.ts'
import { Problem } from '../problem.ts'
import type { ForgeryGuard } from '../web/request/forgery.ts'
import { noteUiLocales } from '../web/request/language.ts'
import { readUnlinkedIdentity, unlinkedIdentityNote } from './federation/unlinked-identity.ts'
import { progressNote, readProgress, stillHolds } from './progress.ts'
import { requestOriginOf } from './request-origin.ts'
import type { Show } from './show.ts'
import type { Progress, ProvenUser, SignInRequest, StepDependencies } from './step.ts'

export interface SignInDependencies extends StepDependencies {
  readonly interactions: Interactions
  readonly forms: ForgeryGuard
  readonly show: Show
  /** Epoch seconds. */
  readonly now: () => number
  /** The public URL, no trailing slash. */
  readonly issuer: string
  readonly states: States
  /** Before a provider's form of so many bytes is stored. @throws Problem('throttled') */
  readonly chargeForm: (address: string, bytes: number) => void
  /** Records why a sign-in at a provider failed. */
  readonly onRefusal: (refusal: UpstreamRefusal) => Promise<void>
  /** Ends the STS sessions and signed tokens created from a browser session that its provider ended. */
  readonly onUpstreamSignOut: (
    provider: Pick<SignInProvider, 'id' | 'accountId'>,
    session: { readonly sessionId: string; readonly userId: string },
  ) => Promise<void>
  /** Writes the audit entry, durable before the provider gets its response. @throws Problem('unavailable') */
  readonly onSignOut: (signOut: UpstreamSignOut) => Promise<void>
  readonly browserTrust: BrowserTrust
  /** Remembers the browsers of people. */
  readonly browsers?: SeenBrowsers | undefined
  /** Writes the audit entry, durable before the session exists. @throws Problem('unavailable'): then there is no session. */
  readonly onSignIn: (signIn: SignInEntry) => Promise<void>
}

export interface BrowserTrust {
  /**
   * Whether the person trusts this browser; uses up the token in its cookie, and gives it the next one.
   * @returns undefined when a second factor is needed
   */
  use(
    ctx: Context,
    userId: string,
    origin: RequestOrigin,
  ): Promise<{ readonly id: string; readonly factor: string } | undefined>
  /** Trusts this browser after a second factor, if the settings of the account allow it. */
  begin(ctx: Context, userId: string, factor: string, origin: RequestOrigin): Promise<void>
}

export interface SeenBrowsers {
  /**
   * Whether the person is new to this browser; gives the browser the cookie by which it is known. Undefined while nobody gets notices
   * of new browsers.
   */
  see(ctx: Context, userId: string): Promise<boolean | undefined>
}

/** A sign-in about to succeed: the user, the methods and the application. */
export interface SignInEntry extends RequestOrigin {
  readonly userId: string
  readonly amr: readonly AuthMethod[]
  /** Undefined for this server's own pages. */
  readonly clientId: string | undefined
  /** ARN of the identity provider used. */
  readonly provider?: string | undefined
  /** The person has not used this browser before. */
  readonly newBrowser?: boolean | undefined
  /** Id of the trusted browser that stood in for the second factor. */
  readonly trustedBrowser?: string | undefined
}

/** A sign-out requested by an identity provider, and its result. */
export interface UpstreamSignOut extends RequestOrigin {
  /** ARN. */
  readonly provider: string
  readonly ended: readonly { readonly sessionId: string; readonly userId: string }[]
  readonly failures: readonly unknown[]
  readonly status: SignOutStatus
}

/** The `state` parameter of a sign-in at an identity provider (secure/state.ts). */
export interface States {
  seal(uid: string, provider: string): string
  /** The sign-in that the state was issued for; undefined when it was not issued by this server for this provider. */
  open(state: string, provider: string): string | undefined
  /** Compares in constant time. */
  same(one: string, other: string): boolean
}

/** The interaction in the path, which must belong to this browser. @throws Problem('not_found') */
export async function interactionOf(ctx: Context, deps: SignInDependencies): Promise<Interaction> {
  const interaction = await deps.interactions.details(ctx)
  if (interaction.uid !== paramOf(ctx, 'uid')) throw new Problem('not_found', 'this sign-in has ended')
  noteUiLocales(ctx, interaction.uiLocales)
  return interaction
}

export async function signInRequestOf(
  ctx: Context,
  deps: SignInDependencies,
  interaction: Interaction,
): Promise<SignInRequest> {
  const now = deps.now()
  const progress = readProgress(interaction.notes.get(progressNote))
  const path = pathOf(interaction)
  return {
    interaction,
    user: progress && (await currentUserOf(progress, deps, now)),
    wantsSecondFactor: wantsSecondFactor(interaction.acrValues),
    unlinked: readUnlinkedIdentity(interaction.notes.get(unlinkedIdentityNote)),
    origin: requestOriginOf(ctx),
    now,
    target: { action: path, token: deps.forms.token(ctx) },
    path,
    option: /^with=((?:at-)?[A-Za-z0-9._-]{1,64})$/.exec(ctx.querystring)?.[1],
  }
}

/** The user's current status; undefined when disabled, when the password was replaced, or when the progress expired. */
export async function currentUserOf(
  progress: Progress,
  deps: SignInDependencies,
  now: number,
): Promise<ProvenUser | undefined> {
  const status = await deps.credentials.signInStatus(progress.userId)
  const { upstream, factor } = progress
  if (upstream && (await deps.providers.byName(upstream.name))?.id !== upstream.provider) return undefined
  const isPasskeyGone =
    factor !== undefined && progress.amr.includes('hwk') && !(await deps.passkeys.isPresent(factor))
  if (isPasskeyGone) return undefined
  return status && stillHolds(progress, status, now) ? { progress, status } : undefined
}

/** Whether `acr_values` was requested and a password alone satisfies none of them (OIDC Core §3.1.2.1). */
export const wantsSecondFactor = (acrValues: readonly string[]): boolean =>
  acrValues.some((acr) => acr === acrs[1] || acr === acrs[2]) && !acrValues.includes(acrs[0])

export const pathOf = (interaction: Interaction): string => `/sign-in/${interaction.uid}`

/** A path parameter, set by web/app.ts; empty when there is none. */
export function paramOf(ctx: Context, name: string): string {
  const params = ctx['params'] as Readonly<Record<string, string>> | undefined
  return params?.[name] ?? ''
}
