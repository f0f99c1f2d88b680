// One request of one interaction: whose it is, what was proven, who that is now.
import type { Context } from 'koa'
import { type AuthMethod, acrs, type Interaction, type Interactions } from '../oidc/edge.ts'
import { Problem } from '../problem.ts'
import type { ForgeryGuard } from '../web/forgery.ts'
import { requestIdOf } from '../web/request-id.ts'
import type { From } from './credentials.ts'
import { progressNote, readProgress, stillHolds } from './progress.ts'
import type { Show } from './show.ts'
import type { Known, Progress, StepParts, Visit } from './step.ts'

export interface SignInParts extends StepParts {
  readonly interactions: Interactions
  readonly forms: ForgeryGuard
  readonly show: Show
  /** Epoch seconds. */
  readonly now: () => number
  /** On record, durable, before the session exists. @throws Problem('unavailable'): then nobody is signed in. */
  readonly onSignIn: (signIn: SignInEntry) => Promise<void>
}

/** Who is about to be signed in, how, and for which application. */
export interface SignInEntry extends From {
  readonly userId: string
  readonly amr: readonly AuthMethod[]
  /** Undefined: our own pages. */
  readonly clientId: string | undefined
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
    from: { ip: ctx.ip, userAgent: ctx.get('User-Agent') || undefined, requestId: requestIdOf(ctx) },
    now,
    target: { action: path, token: parts.forms.token(ctx) },
    path,
    way: ctx.querystring === 'with=recovery' ? 'recovery' : undefined,
  }
}

/** Who this is now: gone when disabled meanwhile, when the password was replaced, or when it took too long. */
export async function knownFrom(
  progress: Progress,
  parts: SignInParts,
  now: number,
): Promise<Known | undefined> {
  const standing = await parts.credentials.standing(progress.userId)
  return standing && stillHolds(progress, standing, now) ? { progress, standing } : undefined
}

/** True when classes were asked for and a password alone reaches none of them (OIDC Core §3.1.2.1 acr_values). */
const wantsSecondFactor = (acrValues: readonly string[]): boolean =>
  acrValues.some((acr) => acr === acrs[1] || acr === acrs[2]) && !acrValues.includes(acrs[0])

export const pathOf = (interaction: Interaction): string => `/sign-in/${interaction.uid}`

/** A segment of the path, put there by web/app.ts. */
export function paramOf(ctx: Context, name: string): string {
  const params = ctx['params'] as Readonly<Record<string, string>> | undefined
  return params?.[name] ?? ''
}
