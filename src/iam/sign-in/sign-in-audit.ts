// Sign-ins on record: who was signed in, how, for which application; and why one elsewhere came to nothing.
import type { Problem } from '../../problem.ts'
import type { EpochSeconds } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { userArn } from '../arn.ts'
import type { Trail } from '../with-audit.ts'
import type { From } from './credentials.ts'

export interface SignInRecordParts {
  readonly store: Pick<Store, 'get'>
  readonly trail: Trail
  readonly log: { warn(fields: object, message: string): void }
  readonly now: () => EpochSeconds
  /** Whose users sign in. */
  readonly accountId: string
}

interface Done extends From {
  readonly userId: string
  readonly amr: readonly string[]
  readonly clientId: string | undefined
  readonly provider?: string | undefined
}

interface SignedOut extends From {
  readonly provider: string
  readonly ended: readonly { readonly userId: string }[]
  readonly failures: readonly unknown[]
  readonly status: 'success' | 'partial' | 'failed'
}

interface Refused extends From {
  readonly provider: string | undefined
  readonly problem: Problem
  readonly stray?: boolean
}

export const signInRecord = ({ store, trail, log, now, accountId }: SignInRecordParts) => ({
  /** Durable when it returns. @throws Problem('unavailable'): then nobody is signed in */
  async signedIn({ userId, amr, clientId, provider, ip, userAgent, requestId }: Done): Promise<void> {
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
      details: { amr, provider },
    })
  },

  /** A provider ended sessions here. Durable when it returns. @throws Problem('unavailable') */
  async signedOut({ provider, ended, failures, status, ip, userAgent, requestId }: SignedOut): Promise<void> {
    for (const err of failures)
      log.warn({ requestId, provider, err }, 'a session that its identity provider ended goes on')
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

  /** The person sees a reference alone; what belongs to no sign-in is in the log and not in the trail. */
  async refused({ provider, problem, stray, ip, userAgent, requestId }: Refused): Promise<void> {
    const { code, message, detail } = problem
    const reason = detail ?? message
    log.warn({ requestId, provider, code, reason }, 'a sign-in at an identity provider was refused')
    if (stray) return
    await trail.record({
      at: now(),
      accountId,
      action: 'signin:FederatedSignIn',
      who: 'unknown',
      actor: { kind: 'anonymous' },
      resource: provider,
      outcome: 'refused',
      reason: detail === undefined ? `${code}: ${message}` : `${code}: ${message} (${detail})`,
      requestId,
      sourceIp: ip,
      userAgent,
    })
  },
})
