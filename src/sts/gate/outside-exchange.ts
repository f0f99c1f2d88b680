// Checks of an outside token at /token: those of AssumeRoleWithWebIdentity, plus those of the client that presents the token and of
// the resource servers that the new token is for.
import type { Circumstances } from '../../iam/caller.ts'
import { once } from '../gate.ts'
import { checkRequest } from '../input.ts'
import { checkNamedScopes, checkPolicyScopes } from '../session/scopes.ts'
import {
  checkExchangeSizes,
  type ExchangeDependencies,
  type ExchangeRequest,
  type ExchangeTerms,
  requiredAudience,
  requiredRole,
  sessionRequest,
} from './exchange-request.ts'
import { OutsideAttempt, outsideChecks } from './outside.ts'

export class OutsideExchangeAttempt extends OutsideAttempt {
  readonly exchange: ExchangeRequest
  readonly callers: ExchangeDependencies['callers']
  readonly resourceAccount: string

  constructor(deps: ExchangeDependencies, exchange: ExchangeRequest, circumstances: Circumstances) {
    const requested = {
      ...sessionRequest(exchange),
      roleArn: exchange.roleArn ?? '',
      roleSessionName: exchange.roleSessionName ?? '',
      webIdentityToken: exchange.subjectToken,
    }
    super(deps, requested, circumstances, exchange.clientId)
    this.exchange = exchange
    this.callers = deps.callers
    this.resourceAccount = deps.resourceAccount
  }

  readonly terms = once(async (): Promise<ExchangeTerms> => {
    const { audience, scope } = this.exchange
    return { decided: await this.decided(), audience: requiredAudience(audience), scope }
  })
}

/** Checks of an OutsideExchangeAttempt, by their names in gate.ts. */
export const outsideExchangeChecks = {
  ...outsideChecks,

  sizes(attempt: OutsideExchangeAttempt): void {
    checkExchangeSizes(attempt.exchange)
    requiredRole(attempt.exchange)
    requiredAudience(attempt.exchange.audience)
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
