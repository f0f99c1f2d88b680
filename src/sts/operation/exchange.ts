// RFC 8693 token exchange and the RFC 7523 grant: sessions as from AssumeRole and AssumeRoleWithWebIdentity, as a bearer or DPoP
// access token. The kind of the subject token decides what it may become, never the other parameters (docs/attacks.md 12), and
// the result is never wider or longer-lived than the subject token (docs/attacks.md 13).

import { outsideTokenLength } from '../../federation/workload/outside-token.ts'
import type { Circumstances } from '../../iam/caller.ts'
import { parseJws } from '../../secure/jws.ts'
import {
  type ExchangeDependencies,
  type ExchangeRequest,
  type ExchangeTerms,
  notAcceptable,
} from '../gate/exchange-request.ts'
import { OutsideExchangeAttempt } from '../gate/outside-exchange.ts'
import { PersonAttempt, SessionAttempt } from '../gate/own-tokens.ts'
import { waysIn } from '../gate/ways.ts'
import { type Admitted, gate } from '../gate.ts'
import { foreignRole, withRequestAudit } from '../recorded.ts'
import { accountOfRole } from '../role-arn.ts'
import { type Bearer, issueBearer } from '../session/session.ts'

export type { ExchangeDependencies, ExchangeRequest, SignedInSubject } from '../gate/exchange-request.ts'

export interface Exchanged extends Bearer {
  readonly tokenType: 'Bearer' | 'DPoP'
  readonly scope: string | undefined
  readonly audience: readonly string[]
}

export type Exchange = (request: ExchangeRequest, circumstances: Circumstances) => Promise<Exchanged>

/**
 * Exchanges a subject token for an access token of a role session.
 * @throws Problem('invalid_identity_token' | 'expired_token') for the subject token · Problem('denied') when the role's trust
 *   policy denies it or the result would be wider than the subject token · those of AssumeRole for the rest of the request
 */
export const exchange =
  (deps: ExchangeDependencies): Exchange =>
  (request, circumstances) => {
    let presented: SubjectAttempt | undefined
    const what = {
      action: 'sts:ExchangeToken',
      throttled: true,
      circumstances,
      request: () => {
        const { who, accountId } = presented?.who() ?? unverified
        return {
          accountId: accountId ?? accountOfRole(request.roleArn ?? '') ?? '',
          who,
          actor: { kind: 'client', id: request.clientId } as const,
          resource: request.roleArn?.slice(0, 2048),
          details: {
            roleSessionName: request.roleSessionName?.slice(0, 64),
            policy: request.policy?.slice(0, 2048),
            audience: request.audience,
            scope: request.scope,
          },
        }
      },
      foreignRole: () => foreignRole(deps.roles, presented?.who().accountId, request.roleArn),
      result: (exchanged: Exchanged) => ({ jti: exchanged.jti, expiration: exchanged.expiration }),
    }
    return withRequestAudit(deps, what, async () => {
      presented = subjectAttempt(deps, request, circumstances)
      const admitted = await presented.pass()
      const terms = await presented.terms()
      const bearer = await issueBearer(terms.decided, { ...terms, jkt: request.jkt }, deps, admitted)
      const tokenType = request.jkt === undefined ? 'Bearer' : 'DPoP'
      return { ...bearer, tokenType, scope: terms.scope, audience: terms.audience }
    })
  }

interface TokenSubject {
  readonly who: string
  readonly accountId: string | undefined
}

const unverified: TokenSubject = { who: 'an unverified token', accountId: undefined }

/** The checks of a subject token, by its kind. */
interface SubjectAttempt {
  readonly pass: () => Promise<Admitted>
  readonly terms: () => Promise<ExchangeTerms>
  /** The subject of the token for the audit entry; `unverified` before the token was verified. */
  readonly who: () => TokenSubject
}

function subjectAttempt(
  deps: ExchangeDependencies,
  request: ExchangeRequest,
  circumstances: Circumstances,
): SubjectAttempt {
  const kind = claimedKind(request.subjectToken, deps.issuer)
  if (kind === 'outside') {
    const attempt = new OutsideExchangeAttempt(deps, request, circumstances)
    const way = `${request.grant}:outside` as const
    return {
      pass: () => gate(way, waysIn[way], attempt),
      terms: attempt.terms,
      who: () =>
        attempt.verified
          ? { who: `${attempt.verified.issuer} ${attempt.verified.subject}`, accountId: undefined }
          : unverified,
    }
  }
  if (kind === 'session') {
    const attempt = new SessionAttempt(deps, request, circumstances)
    const way = `${request.grant}:session` as const
    return {
      pass: () => gate(way, waysIn[way], attempt),
      terms: attempt.terms,
      who: () => (attempt.found ? { who: attempt.found.sub, accountId: attempt.found.acct } : unverified),
    }
  }
  const attempt = new PersonAttempt(deps, request, circumstances)
  const way = `${request.grant}:person` as const
  return {
    pass: () => gate(way, waysIn[way], attempt),
    terms: attempt.terms,
    who: () =>
      attempt.found
        ? { who: attempt.found.caller.arn, accountId: attempt.found.caller.accountId }
        : unverified,
  }
}

/** The kind that an unverified token claims to be. It only selects the checks; they do not rely on it. */
function claimedKind(token: string, issuer: string): 'outside' | 'session' | 'person' {
  if (token.split('.').length !== 3) return 'person'
  const { header, claims } = parseJws(token, outsideTokenLength.max)
  if (claims['iss'] !== issuer) return 'outside'
  // Session tokens for SigV4 are never bearer tokens (docs/attacks.md 14).
  if (header.typ === 'sts+jwt') throw notAcceptable('a signed session token is never a bearer token')
  return header.typ === 'at+jwt' && claims['role'] !== undefined ? 'session' : 'person'
}
