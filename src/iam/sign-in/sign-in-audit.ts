// Audit entries of sign-ins: user, methods and application; of sign-outs by a provider; of federated sign-ins that were refused.
import { outcomeOf, reasonOf } from '../../audit/outcome.ts'
import type { Problem } from '../../problem.ts'
import type { EpochSeconds } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { userArn } from '../arn.ts'
import type { Trail } from '../audit/with-audit.ts'
import { attemptFacts, type RequestOrigin } from '../request-origin.ts'

export interface SignInAuditDependencies {
  readonly store: Pick<Store, 'get'>
  readonly trail: Trail
  readonly log: { warn(fields: object, message: string): void }
  readonly now: () => EpochSeconds
  /** The account of the users. */
  readonly accountId: string
}

interface Done extends RequestOrigin {
  readonly userId: string
  readonly amr: readonly string[]
  readonly clientId: string | undefined
  readonly provider?: string | undefined
  /** The person has not used this browser before; undefined when it is not known. */
  readonly newBrowser?: boolean | undefined
  /** The trusted browser that stood in for the second factor. */
  readonly trustedBrowser?: string | undefined
}

interface SignedOut extends RequestOrigin {
  readonly provider: string
  readonly ended: readonly { readonly userId: string }[]
  readonly failures: readonly unknown[]
  readonly status: 'success' | 'partial' | 'failed'
}

/** A refused sign-in at an identity provider. */
export interface UpstreamRefusal extends RequestOrigin {
  /** ARN; undefined when there is no such provider. */
  readonly provider: string | undefined
  readonly problem: Problem
  /** Belongs to no sign-in, so anyone could send any number of them: logged, but not written to the audit trail. */
  readonly stray?: boolean
}

export const signInAudit = ({ store, trail, log, now, accountId }: SignInAuditDependencies) => ({
  /** Durable when it returns. @throws Problem('unavailable'): the sign-in must then fail */
  async signedIn({
    userId,
    amr,
    clientId,
    provider,
    newBrowser,
    trustedBrowser,
    ip,
    userAgent,
    requestId,
  }: Done): Promise<void> {
    const user = await store.get('user', userId)
    await trail.record({
      at: now(),
      accountId: user?.accountId ?? '',
      action: 'signin:SignIn',
      who: user ? userArn(user) : userId,
      actor: { kind: 'user', id: userId },
      resource: clientId === undefined ? undefined : `client/${clientId}`,
      outcome: 'done',
      requestId,
      sourceIp: ip,
      userAgent,
      details: { amr, provider, newBrowser, trustedBrowser },
    })
  },

  /** A provider ended sessions on this server. Durable when it returns. @throws Problem('unavailable') */
  async signedOut({ provider, ended, failures, status, ip, userAgent, requestId }: SignedOut): Promise<void> {
    for (const err of failures)
      log.warn(
        { requestId, provider, err },
        'a session could not be ended after its identity provider signed the user out',
      )
    await trail.record({
      at: now(),
      accountId,
      action: 'signin:UpstreamSignOut',
      who: provider,
      actor: { kind: 'outside', id: provider },
      resource: provider,
      outcome: status === 'success' ? 'done' : 'failed',
      requestId,
      sourceIp: ip,
      userAgent,
      details: { status, users: [...new Set(ended.map(({ userId }) => userId))], sessions: ended.length },
    })
  },

  /** The user only sees a reference. A response that belongs to no pending sign-in is logged but not audited. */
  async refused({ provider, problem, stray, ip, userAgent, requestId }: UpstreamRefusal): Promise<void> {
    const { code, message, detail } = problem
    const reason = detail ?? message
    log.warn({ requestId, provider, code, reason }, 'a sign-in at an identity provider was refused')
    if (stray) return
    await trail.record({
      at: now(),
      ...attemptFacts(undefined, accountId),
      action: 'signin:FederatedSignIn',
      resource: provider,
      outcome: outcomeOf(problem),
      reason: reasonOf(problem),
      requestId,
      sourceIp: ip,
      userAgent,
    })
  },
})
