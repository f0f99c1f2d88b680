// An outside token at /token: the checks of AssumeRoleWithWebIdentity, plus those of the client that presents the token and of the
// resource servers the result is for.
import type { Circumstances } from '../../iam/caller.ts'
import { checkRequest } from '../input.ts'
import { checkNamedScopes, checkPolicyScopes } from '../scopes.ts'
import {
  checkExchangeSizes,
  type ExchangeParts,
  type ExchangeRequest,
  requiredRole,
  sessionRequest,
  someAudience,
  type Terms,
} from './exchange-request.ts'
import { once } from './gate.ts'
import { OutsideAttempt, outsideChecks } from './outside.ts'

export class OutsideExchangeAttempt extends OutsideAttempt {
  readonly exchange: ExchangeRequest
  readonly callers: ExchangeParts['callers']

  constructor(parts: ExchangeParts, exchange: ExchangeRequest, circumstances: Circumstances) {
    const asked = {
      ...sessionRequest(exchange),
      roleArn: exchange.roleArn ?? '',
      roleSessionName: exchange.roleSessionName ?? '',
      webIdentityToken: exchange.subjectToken,
    }
    super(parts, asked, circumstances, exchange.clientId)
    this.exchange = exchange
    this.callers = parts.callers
  }

  readonly terms = once(async (): Promise<Terms> => {
    const { audience, scope } = this.exchange
    return { decided: await this.decided(), audience: someAudience(audience), scope }
  })
}

/** Checks of an OutsideExchangeAttempt, by the column they stand in. */
export const outsideExchangeChecks = {
  ...outsideChecks,

  sizes(attempt: OutsideExchangeAttempt): void {
    checkExchangeSizes(attempt.exchange)
    requiredRole(attempt.exchange)
    someAudience(attempt.exchange.audience)
    checkRequest(attempt.request)
    attempt.token()
  },

  async width(attempt: OutsideExchangeAttempt): Promise<void> {
    const { decided, audience, scope } = await attempt.terms()
    const resources = attempt.exchange.targets(audience)
    checkNamedScopes(scope, audience, resources)
    await checkPolicyScopes(attempt, decided, { audience, resources, scope }, attempt.circumstances)
  },
}
