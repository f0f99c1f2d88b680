// An outside token of a workload in place of a client's secret (RFC 7523 section 2.2). The client's entry in the configuration acts
// as the trust policy: its values are compared exactly, without patterns.
import { Problem } from '../../problem.ts'
import { outsideContext } from '../outside-context.ts'
import type { SpentTokens } from '../ports.ts'
import { OutsideToken, type TokenParts, tokenChecks } from './outside-token.ts'
import { checkMayActShape, checkTokenType } from './token-kind.ts'

export interface ActingWorkload {
  /** A registered issuer. */
  readonly issuer: string
  readonly subject: string
  /** One of the issuer's audiences; undefined: any of them. */
  readonly audience?: string | undefined
  /** Further claims, nested ones by path (`kubernetes.io/namespace`). */
  readonly claims?: Readonly<Record<string, string>> | undefined
}

interface WorkloadAttemptParts extends TokenParts {
  readonly spentTokens: SpentTokens
}

interface Shown {
  readonly assertion: string
  readonly workload: ActingWorkload
  readonly clientId: string
  readonly accountId: string
  /** Epoch seconds. */
  readonly now: number
}

/** One client assertion that a workload's issuer signed, and what its checks found out. */
export class WorkloadClientAttempt extends OutsideToken {
  readonly spentTokens: SpentTokens
  readonly accountId: string
  readonly workload: ActingWorkload

  constructor(parts: WorkloadAttemptParts, { assertion, workload, clientId, accountId, now }: Shown) {
    super(parts, { text: assertion, accountId: () => accountId, clientId, now })
    this.spentTokens = parts.spentTokens
    this.accountId = accountId
    this.workload = workload
  }
}

/** Checks of a WorkloadClientAttempt, by the column they stand in. */
export const workloadClientChecks = {
  ...tokenChecks,

  type(attempt: WorkloadClientAttempt): void {
    const { jws } = attempt.token()
    checkTokenType(jws, 'client-authentication+jwt')
    checkMayActShape(jws.claims)
  },

  provider(attempt: WorkloadClientAttempt): Promise<unknown> {
    differs('iss', attempt.workload.issuer, attempt.token().issuer)
    return attempt.provider()
  },

  role({ identity, workload }: WorkloadClientAttempt): void {
    differs('sub', workload.subject, identity.subject)
    const context = outsideContext(identity)
    const prefix = `${identity.issuer.replace(/^https?:\/\//, '')}:`.toLowerCase()
    for (const [name, wanted] of Object.entries(workload.claims ?? {}))
      differs(name, wanted, context.get(prefix + name.toLowerCase()))
    if (workload.audience !== undefined && ![identity.claims['aud']].flat().includes(workload.audience))
      differs('aud', workload.audience, identity.audience)
  },

  async once({ identity, spentTokens, accountId }: WorkloadClientAttempt): Promise<void> {
    const { spend } = identity
    if (spend && !(await spentTokens.spend(spend.id, accountId, spend.until)))
      throw new Problem('invalid_identity_token', 'the token was used before')
  },
}

function differs(claim: string, wanted: string, seen: string | readonly string[] | undefined): void {
  if (seen === wanted) return
  const is = seen === undefined ? 'the token has none' : `it is \`${String(seen).slice(0, 256)}\``
  throw new Problem('denied', 'the token is not of the workload that acts for this client', {
    detail: `\`${claim}\` must be \`${wanted}\`; ${is}`,
  })
}
