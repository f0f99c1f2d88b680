// A failed sign-in at an identity provider, as one page with a reference. The reason is recorded under that reference only.
import type { Context } from 'koa'
import { upstreamProblemPage } from '../../../views/sign-in/federation-pages.ts'
import type { SignInProvider } from '../../iam/sign-in/providers.ts'
import type { Problem, ProblemCode } from '../../problem.ts'
import { requestIdOf } from '../../web/request/request-id.ts'
import type { SignInDependencies } from '../request.ts'
import { requestOriginOf } from '../request-origin.ts'

export interface Refusal {
  readonly provider: SignInProvider | undefined
  readonly problem: Problem
  readonly back: string
  /** The refusal is in the audit trail already. */
  readonly alreadyAudited?: boolean
}

/** Problem codes caused only by a provider's response, or the lack of one. */
export const providerErrors: ReadonlySet<ProblemCode> = new Set([
  'idp_communication_error',
  'idp_rejected_claim',
  'invalid_identity_token',
  'expired_token',
])

export async function showRefusal(ctx: Context, deps: SignInDependencies, refusal: Refusal): Promise<void> {
  const { provider, problem, back, alreadyAudited = false } = refusal
  await deps.onRefusal({ ...requestOriginOf(ctx), provider: provider?.id, problem, stray: alreadyAudited })
  const page = upstreamProblemPage({
    title: provider?.signIn.title,
    sentence: sentenceOf(problem),
    reference: requestIdOf(ctx),
    back,
  })
  deps.show(ctx, page, { status: statusOf(problem) })
}

/** Problem codes about the user's own account; their message may be shown. */
const ownErrors: ReadonlySet<ProblemCode> = new Set([
  'conflict',
  'limit_exceeded',
  'password_policy_violation',
])

/** Whether a directory's refusal is shown as a page with a reference instead of as a wrong password. */
export const hasRefusalPage = ({ code }: Problem): boolean => providerErrors.has(code) || ownErrors.has(code)

/** What the user can do about it; never the provider's own text. */
function sentenceOf({ code, message }: Problem): string {
  if (code === 'idp_communication_error')
    return 'It is not responding as expected. Try again in a moment, or sign in another way.'
  if (ownErrors.has(code)) return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`
  if (code === 'denied') return 'The sign-in was cancelled, or you are not allowed to sign in this way.'
  return 'Its response could not be verified. Start again. If the problem persists, give your administrator the reference below.'
}

const statusOf = ({ code }: Problem): number =>
  code === 'idp_communication_error' ? 502 : ownErrors.has(code) ? 409 : code === 'denied' ? 403 : 400
