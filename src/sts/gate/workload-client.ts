// Checks of an outside token that a workload presents instead of a client secret (RFC 7523 section 2.2). The client's entry in the
// configuration takes the place of a trust policy: its values are compared exactly, without patterns.
import { Problem } from '../../problem.ts'
import { issuerWithoutScheme } from '../../secure/issuer-name.ts'
import { outsideContext } from '../outside/outside-context.ts'
import type { SpentTokens } from '../ports.ts'
import { OutsideToken, type TokenDependencies, tokenChecks } from './outside-token.ts'
import { checkMayActShape, checkTokenType } from './token-kind.ts'

export interface ActingWorkload {
  /** A registered issuer. */
  readonly issuer: string
  readonly subject: string
  /** One of the audiences of the provider entry; undefined: any of them. */
  readonly audience?: string | undefined
  /** Further claims, nested ones by path (`kubernetes.io/namespace`). */
  readonly claims?: Readonly<Record<string, string>> | undefined
}

interface WorkloadAttemptDependencies extends TokenDependencies {
  readonly spentTokens: SpentTokens
}

interface PresentedAssertion {
  readonly assertion: string
  readonly workload: ActingWorkload
  readonly clientId: string
  readonly accountId: string
  /** Epoch seconds. */
  readonly now: number
}

/** One client assertion signed by a workload's issuer, with the results of its checks. */
export class WorkloadClientAttempt extends OutsideToken {
  readonly spentTokens: SpentTokens
  readonly accountId: string
  readonly workload: ActingWorkload

  constructor(
    deps: WorkloadAttemptDependencies,
    { assertion, workload, clientId, accountId, now }: PresentedAssertion,
  ) {
    super(deps, { text: assertion, accountId: () => accountId, clientId, now })
    this.spentTokens = deps.spentTokens
    this.accountId = accountId
    this.workload = workload
  }
}

/** Checks of a WorkloadClientAttempt, by their names in gate.ts. */
export const workloadClientChecks = {
  ...tokenChecks,

  type(attempt: WorkloadClientAttempt): void {
    const { jws } = attempt.token()
    checkTokenType(jws, 'client-authentication+jwt')
    checkMayActShape(jws.claims)
  },

  provider(attempt: WorkloadClientAttempt): Promise<unknown> {
    checkClaim('iss', attempt.workload.issuer, attempt.token().issuer)
    return attempt.provider()
  },

  role({ identity, workload }: WorkloadClientAttempt): void {
    checkClaim('sub', workload.subject, identity.subject)
    const context = outsideContext(identity)
    const prefix = `${issuerWithoutScheme(identity.issuer)}:`.toLowerCase()
    for (const [name, wanted] of Object.entries(workload.claims ?? {}))
      checkClaim(name, wanted, context.get(prefix + name.toLowerCase()))
    if (workload.audience !== undefined && ![identity.claims['aud']].flat().includes(workload.audience))
      checkClaim('aud', workload.audience, identity.audience)
  },

  async once({ identity, spentTokens, accountId }: WorkloadClientAttempt): Promise<void> {
    const { spend } = identity
    if (spend && !(await spentTokens.spend(spend.id, accountId, spend.until)))
      throw new Problem('invalid_identity_token', 'the token was used before')
  },
}

function checkClaim(claim: string, wanted: string, seen: string | readonly string[] | undefined): void {
  if (seen === wanted) return
  const is = seen === undefined ? 'the token has none' : `it is \`${String(seen).slice(0, 256)}\``
  throw new Problem('denied', 'the token is not of the workload that acts for this client', {
    detail: `\`${claim}\` must be \`${wanted}\`; ${is}`,
  })
}
