// Checks of an outside token that is exchanged for a role session: by AssumeRoleWithWebIdentity, and by both OAuth grants when the
// token was not issued by this server.
import type { IssuerKeys } from '../../federation/workload/issuer-keys.ts'
import type { Circumstances } from '../../iam/caller.ts'
import { Problem } from '../../problem.ts'
import { once } from '../gate.ts'
import { checkRequest, type WebIdentityRequest } from '../input.ts'
import { outsideContext } from '../outside/outside-context.ts'
import {
  checkOutsideSession,
  decideOutside,
  type OutsideDependencies,
  spendOnce,
} from '../outside/outside-session.ts'
import { sourceIdentityOf, tagsOf } from '../outside/outside-tags.ts'
import { type OwnSubject, type OwnSubjectDependencies, ownSubjectOf } from '../outside/own-subject.ts'
import { isRoleAuthorizedByIdp } from '../outside/roles-claim.ts'
import type { Providers } from '../ports.ts'
import { accountOfRole } from '../role-arn.ts'
import { OutsideToken, tokenChecks } from './outside-token.ts'

export interface OutsideTokenDependencies extends OutsideDependencies, OwnSubjectDependencies {
  readonly providers: Providers
  readonly issuerKeys: IssuerKeys
}

/** One outside token presented for a role, with the results of its checks. */
export class OutsideAttempt extends OutsideToken {
  readonly deps: OutsideTokenDependencies
  readonly request: WebIdentityRequest
  readonly circumstances: Circumstances

  constructor(
    deps: OutsideTokenDependencies,
    request: WebIdentityRequest,
    circumstances: Circumstances,
    clientId?: string,
  ) {
    const text = request.webIdentityToken
    super(deps, { text, clientId, now: circumstances.now, accountId: () => accountOf(request.roleArn) })
    this.deps = deps
    this.request = request
    this.circumstances = circumstances
  }

  readonly session = once(() => {
    const { identity } = this
    return {
      action: 'sts:AssumeRoleWithWebIdentity',
      provider: identity.provider,
      issuer: identity.issuer,
      subject: identity.subject,
      facts: outsideContext(identity),
      roleAuthorizedByIdp: isRoleAuthorizedByIdp(identity.claims, this.request.roleArn),
      tags: tagsOf(identity.claims),
      sourceIdentity: sourceIdentityOf(identity.claims),
      spend: identity.spend,
    } as const
  })

  /** Set when the token is of this server itself. */
  readonly own = once((): Promise<OwnSubject | undefined> => ownSubjectOf(this.identity, this.deps))

  /** The session to issue. Call it after the checks have passed. */
  readonly decided = once(async () => {
    const decided = await decideOutside(
      this.deps,
      this.request,
      this.session(),
      this.circumstances,
      this.clientId,
    )
    return { ...decided, ...(await this.own()) }
  })
}

/** Checks of an OutsideAttempt, by their names in gate.ts. */
export const outsideChecks = {
  ...tokenChecks,

  sizes(attempt: OutsideAttempt): void {
    checkRequest(attempt.request)
    attempt.token()
  },

  user: (attempt: OutsideAttempt): Promise<unknown> => attempt.own(),

  session: (attempt: OutsideAttempt): void => checkOutsideSession(attempt.request, attempt.session().tags),

  role: (attempt: OutsideAttempt): Promise<unknown> => attempt.decided(),

  async once(attempt: OutsideAttempt): Promise<void> {
    const { role } = await attempt.decided()
    await spendOnce(attempt.deps, attempt.session(), role.accountId)
  },
}

/** The account id in a role ARN. @throws Problem('validation') for any other text */
export function accountOf(roleArn: string): string {
  const accountId = accountOfRole(roleArn)
  if (accountId !== undefined) return accountId
  throw new Problem('validation', `\`${roleArn.slice(0, 256)}\` is not the ARN of a role`)
}
