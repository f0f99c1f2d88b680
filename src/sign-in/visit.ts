// One request of one interaction: whose it is, what was proven, who that is now.
import type { Context } from 'koa'
import type { SignOutStatus } from '../federation/kind.ts'
import type { SignInProvider } from '../iam/sign-in/providers.ts'
import { type AuthMethod, acrs, type Interaction, type Interactions } from '../oidc/edge.ts'
import { Problem } from '../problem.ts'
import type { ForgeryGuard } from '../web/forgery.ts'
import type { From } from './credentials.ts'
import { progressNote, readProgress, stillHolds } from './progress.ts'
import { fromOf } from './request-origin.ts'
import type { Show } from './show.ts'
import type { Known, Progress, StepParts, Visit } from './step.ts'
import { readStranger, strangerNote } from './unlinked-identity.ts'

export interface SignInParts extends StepParts {
  readonly interactions: Interactions
  readonly forms: ForgeryGuard
  readonly show: Show
  /** Epoch seconds. */
  readonly now: () => number
  /** The public URL, no trailing slash. */
  readonly issuer: string
  readonly states: States
  /** Why a sign-in elsewhere came to nothing, on record. */
  readonly onRefusal: (refusal: UpstreamRefusal) => Promise<void>
  /** Ends what was made from a browser session that its provider ended: STS sessions and signed tokens. */
  readonly onUpstreamSignOut: (
    provider: Pick<SignInProvider, 'id' | 'accountId'>,
    session: { readonly sessionId: string; readonly userId: string },
  ) => Promise<void>
  /** On record, durable, before the provider gets its answer. @throws Problem('unavailable') */
  readonly onSignOut: (signOut: UpstreamSignOut) => Promise<void>
  /** On record, durable, before the session exists. @throws Problem('unavailable'): then nobody is signed in. */
  readonly onSignIn: (signIn: SignInEntry) => Promise<void>
}

/** Who is about to be signed in, how, and for which application. */
export interface SignInEntry extends From {
  readonly userId: string
  readonly amr: readonly AuthMethod[]
  /** Undefined: our own pages. */
  readonly clientId: string | undefined
  /** ARN of the identity provider they came through. */
  readonly provider?: string | undefined
}

/** An identity provider signed somebody out of here. */
export interface UpstreamSignOut extends From {
  /** ARN. */
  readonly provider: string
  readonly ended: readonly { readonly sessionId: string; readonly userId: string }[]
  readonly failures: readonly unknown[]
  readonly status: SignOutStatus
}

/** A sign-in at an identity provider that was refused. */
export interface UpstreamRefusal extends From {
  /** ARN; undefined when there is no such provider. */
  readonly provider: string | undefined
  readonly problem: Problem
  /** Belongs to no sign-in: anybody may send as many as they like, so the log has it and the trail does not. */
  readonly stray?: boolean
}

/** The `state` a browser takes to an identity provider and brings back (secure/state.ts). */
export interface States {
  seal(uid: string, provider: string): string
  /** The sign-in it was made for, for this provider; undefined when we made none such. */
  open(state: string, provider: string): string | undefined
  /** Constant time. */
  same(one: string, other: string): boolean
}

/** The interaction of the address, which must be the one of this browser. */
export async function detailsOf(ctx: Context, parts: SignInParts): Promise<Interaction> {
  const interaction = await parts.interactions.details(ctx)
  if (interaction.uid !== paramOf(ctx, 'uid')) throw new Problem('not_found', 'this sign-in has ended')
  return interaction
}

export async function visitOf(ctx: Context, parts: SignInParts, interaction: Interaction): Promise<Visit> {
  const now = parts.now()
  const progress = readProgress(interaction.notes.get(progressNote))
  const path = pathOf(interaction)
  return {
    interaction,
    known: progress && (await knownFrom(progress, parts, now)),
    wantsSecondFactor: wantsSecondFactor(interaction.acrValues),
    stranger: readStranger(interaction.notes.get(strangerNote)),
    from: fromOf(ctx),
    now,
    target: { action: path, token: parts.forms.token(ctx) },
    path,
    way: /^with=((?:at-)?[A-Za-z0-9._-]{1,64})$/.exec(ctx.querystring)?.[1],
  }
}

/** Who this is now: gone when disabled meanwhile, when the password was replaced, or when it took too long. */
export async function knownFrom(
  progress: Progress,
  parts: SignInParts,
  now: number,
): Promise<Known | undefined> {
  const standing = await parts.credentials.standing(progress.userId)
  const { upstream } = progress
  if (upstream && (await parts.providers.byName(upstream.name))?.id !== upstream.provider) return undefined
  return standing && stillHolds(progress, standing, now) ? { progress, standing } : undefined
}

/** True when classes were asked for and a password alone reaches none of them (OIDC Core §3.1.2.1 acr_values). */
export const wantsSecondFactor = (acrValues: readonly string[]): boolean =>
  acrValues.some((acr) => acr === acrs[1] || acr === acrs[2]) && !acrValues.includes(acrs[0])

export const pathOf = (interaction: Interaction): string => `/sign-in/${interaction.uid}`

/** A segment of the path, put there by web/app.ts. */
export function paramOf(ctx: Context, name: string): string {
  const params = ctx['params'] as Readonly<Record<string, string>> | undefined
  return params?.[name] ?? ''
}
