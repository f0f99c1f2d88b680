// The sign-in of a person who has just chosen a password with a one-time link. The password counts as entered: whoever holds the
// link could enter it on the next page. The second factor and everything else that is due is asked for as always.
import type { Context } from 'koa'
import type { OidcEdge } from '../../oidc/edge.ts'
import type { ProvenPassword, SignInCredentials } from '../credentials.ts'
import { progressNote, writeProgress } from '../progress.ts'
import { startProgress } from '../steps/start-progress.ts'

export interface NewPasswordSignIn {
  readonly oidc: Pick<OidcEdge, 'startSignIn'>
  readonly credentials: Pick<SignInCredentials, 'signInStatus'>
  /** Epoch seconds. */
  readonly now: () => number
}

/** Redirects (303) to the sign-in, which goes on after the password and leads to `returnTo`. */
export async function signInWithNewPassword(
  ctx: Context,
  { oidc, credentials, now }: NewPasswordSignIn,
  { userId, passwordChangedAt }: ProvenPassword,
  returnTo: string,
): Promise<void> {
  const status = await credentials.signInStatus(userId)
  const request = { now: now(), wantsSecondFactor: false }
  const proven = { userId, amr: ['pwd'], password: passwordChangedAt } as const
  const notes = status && { [progressNote]: writeProgress(startProgress(request, status, proven)) }
  await oidc.startSignIn(ctx, returnTo, notes && { notes })
}
