// RFC 8693 token exchange and the RFC 7523 grant: the same sessions as AssumeRole and AssumeRoleWithWebIdentity, as a bearer
// or DPoP access token. What a subject token may become is decided by what it is, never by which parameters came with
// it (attacks.md 12), and nothing that comes out is wider or longer-lived than what went in (attacks.md 13).

import { outsideTokenLength } from '../federation/workload/outside-token.ts'
import type { Circumstances } from '../iam/caller.ts'
import { parseJws } from '../secure/jws.ts'
import {
  type ExchangeParts,
  type ExchangeRequest,
  notAcceptable,
  type Terms,
} from './gate/exchange-request.ts'
import { type Admitted, gate } from './gate/gate.ts'
import { OutsideExchangeAttempt } from './gate/outside-exchange.ts'
import { PersonAttempt, SessionAttempt } from './gate/own-tokens.ts'
import { waysIn } from './gate/ways.ts'
import { recorded } from './recorded.ts'
import { accountOfRole } from './role-arn.ts'
import { type Bearer, issueBearer } from './session.ts'

export type { ExchangeParts, ExchangeRequest, SignedInSubject } from './gate/exchange-request.ts'

export interface Exchanged extends Bearer {
  readonly tokenType: 'Bearer' | 'DPoP'
  readonly scope: string | undefined
  readonly audience: readonly string[]
}

export type Exchange = (request: ExchangeRequest, circumstances: Circumstances) => Promise<Exchanged>

/**
 * @throws Problem('invalid_identity_token' | 'expired_token') for the subject token · Problem('denied') when the
 *   role's trust, or the narrowing rule, says no · those of AssumeRole for the rest
 */
export const exchange =
  (parts: ExchangeParts): Exchange =>
  (request, circumstances) => {
    let brought: Brought | undefined
    const what = {
      action: 'sts:ExchangeToken',
      throttled: true,
      circumstances,
      asked: () => {
        const { who, accountId } = brought?.who() ?? unverified
        return {
          accountId: accountOfRole(request.roleArn ?? '') ?? accountId ?? '',
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
      came: (exchanged: Exchanged) => ({ jti: exchanged.jti, expiration: exchanged.expiration }),
    }
    return recorded(parts, what, async () => {
      brought = bring(parts, request, circumstances)
      const admitted = await brought.pass()
      const terms = await brought.terms()
      const bearer = await issueBearer(terms.decided, { ...terms, jkt: request.jkt }, parts, admitted)
      const tokenType = request.jkt === undefined ? 'Bearer' : 'DPoP'
      return { ...bearer, tokenType, scope: terms.scope, audience: terms.audience }
    })
  }

interface Who {
  readonly who: string
  readonly accountId: string | undefined
}

const unverified: Who = { who: 'an unverified token', accountId: undefined }

/** A subject token on its way in. */
interface Brought {
  readonly pass: () => Promise<Admitted>
  readonly terms: () => Promise<Terms>
  /** Whose token it is, as far as that is known. */
  readonly who: () => Who
}

function bring(parts: ExchangeParts, request: ExchangeRequest, circumstances: Circumstances): Brought {
  const kind = kindOf(request.subjectToken, parts.issuer)
  if (kind === 'outside') {
    const attempt = new OutsideExchangeAttempt(parts, request, circumstances)
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
    const attempt = new SessionAttempt(parts, request, circumstances)
    const way = `${request.grant}:session` as const
    return {
      pass: () => gate(way, waysIn[way], attempt),
      terms: attempt.terms,
      who: () => (attempt.found ? { who: attempt.found.sub, accountId: attempt.found.acct } : unverified),
    }
  }
  const attempt = new PersonAttempt(parts, request, circumstances)
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

/** What a token says it is decides only which checks it must pass; those checks do not rely on it. */
function kindOf(token: string, issuer: string): 'outside' | 'session' | 'person' {
  if (token.split('.').length !== 3) return 'person'
  const { header, claims } = parseJws(token, outsideTokenLength.max)
  if (claims['iss'] !== issuer) return 'outside'
  // Signed sessions are proven by their signatures alone (attacks.md 14).
  if (header.typ === 'sts+jwt') throw notAcceptable('a signed session token is never a bearer token')
  return header.typ === 'at+jwt' && claims['role'] !== undefined ? 'session' : 'person'
}
