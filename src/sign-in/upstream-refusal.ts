// A sign-in elsewhere that came to nothing, as one page with a reference. The reason is on record under it, and nowhere else.
import type { Context } from 'koa'
import { upstreamProblemPage } from '../../views/federation-pages.ts'
import type { SignInProvider } from '../iam/sign-in/providers.ts'
import type { Problem, ProblemCode } from '../problem.ts'
import { requestIdOf } from '../web/request-id.ts'
import { fromOf } from './request-origin.ts'
import type { SignInParts } from './visit.ts'

export interface Refusal {
  readonly provider: SignInProvider | undefined
  readonly problem: Problem
  readonly back: string
  /** Whoever refused has put it on the audit trail. */
  readonly onTrail?: boolean
}

/** Codes that only what a provider said, or did not say, gives. */
export const ofProviders: ReadonlySet<ProblemCode> = new Set([
  'idp_communication_error',
  'idp_rejected_claim',
  'invalid_identity_token',
  'expired_token',
])

export async function showRefusal(ctx: Context, parts: SignInParts, refusal: Refusal): Promise<void> {
  const { provider, problem, back, onTrail = false } = refusal
  await parts.onRefusal({ ...fromOf(ctx), provider: provider?.id, problem, stray: onTrail })
  const page = upstreamProblemPage({
    title: provider?.signIn.title,
    sentence: sentenceOf(problem),
    reference: requestIdOf(ctx),
    back,
  })
  parts.show(ctx, page, { status: statusOf(problem) })
}

/** Said by us, of this person's own account: shown as it is. */
const ofOurs: ReadonlySet<ProblemCode> = new Set(['conflict', 'limit_exceeded', 'password_policy_violation'])

/** True for refusals of a directory that are shown as a page with a reference, and not as a wrong password. */
export const hasRefusalPage = ({ code }: Problem): boolean => ofProviders.has(code) || ofOurs.has(code)

/** What the person can do about it; never what the provider said. */
function sentenceOf({ code, message }: Problem): string {
  if (code === 'idp_communication_error')
    return 'It does not answer as it should. Try again in a moment, or sign in another way.'
  if (ofOurs.has(code)) return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`
  if (code === 'denied') return 'It was cancelled there, or you may not sign in this way.'
  return 'Its answer could not be trusted. Start again; if it stays, tell your administrator the reference.'
}

const statusOf = ({ code }: Problem): number =>
  code === 'idp_communication_error' ? 502 : ofOurs.has(code) ? 409 : code === 'denied' ? 403 : 400
