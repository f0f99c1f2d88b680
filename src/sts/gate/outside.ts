// An outside token that becomes a session of a role: by AssumeRoleWithWebIdentity, and by both OAuth grants when the token was not
// issued by this server.
import type { IssuerKeys } from '../../federation/workload/issuer-keys.ts'
import type { Circumstances } from '../../iam/caller.ts'
import { Problem } from '../../problem.ts'
import { checkRequest, type WebIdentityRequest } from '../input.ts'
import { outsideContext } from '../outside-context.ts'
import { checkOutsideSession, decideOutside, type OutsideParts, spendOnce } from '../outside-session.ts'
import { sourceIdentityOf, tagsOf } from '../outside-tags.ts'
import type { Providers } from '../ports.ts'
import { accountOfRole } from '../role-arn.ts'
import { isRoleAuthorizedByIdp } from '../roles-claim.ts'
import { once } from './gate.ts'
import { OutsideToken, tokenChecks } from './outside-token.ts'

export interface OutsideTokenParts extends OutsideParts {
  readonly providers: Providers
  readonly issuerKeys: IssuerKeys
}

/** One outside token presented for a role, with the results of its checks. */
export class OutsideAttempt extends OutsideToken {
  readonly parts: OutsideTokenParts
  readonly request: WebIdentityRequest
  readonly circumstances: Circumstances

  constructor(
    parts: OutsideTokenParts,
    request: WebIdentityRequest,
    circumstances: Circumstances,
    clientId?: string,
  ) {
    const text = request.webIdentityToken
    super(parts, { text, clientId, now: circumstances.now, accountId: () => accountOf(request.roleArn) })
    this.parts = parts
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

  /** The session that was decided on. Call it once the checks have passed. */
  readonly decided = once(() =>
    decideOutside(this.parts, this.request, this.session(), this.circumstances, this.clientId),
  )
}

/** Checks of an OutsideAttempt, by the column they stand in. */
export const outsideChecks = {
  ...tokenChecks,

  sizes(attempt: OutsideAttempt): void {
    checkRequest(attempt.request)
    attempt.token()
  },

  session: (attempt: OutsideAttempt): void => checkOutsideSession(attempt.request, attempt.session().tags),

  role: (attempt: OutsideAttempt): Promise<unknown> => attempt.decided(),

  async once(attempt: OutsideAttempt): Promise<void> {
    const { role } = await attempt.decided()
    await spendOnce(attempt.parts, attempt.session(), role.accountId)
  },
}

export function accountOf(roleArn: string): string {
  const accountId = accountOfRole(roleArn)
  if (accountId !== undefined) return accountId
  throw new Problem('validation', `\`${roleArn.slice(0, 256)}\` is not the ARN of a role`)
}
