// Authenticates a request to this server by an access token of a session (`at+jwt`, from a token exchange). The token's
// audience must be this server itself, or the protected host that a proxy asks about, so that a service to which a token was sent
// cannot use it here. A token that is bound to a key needs a DPoP proof of this request, which counts once (RFC 9449 §4.3, §11.1).
import { Problem } from '../../problem.ts'
import { checkDpop } from '../../secure/dpop.ts'
import type { SessionClaims } from '../../secure/session/session-claims.ts'
import { verifySessionToken } from '../../secure/session/session-token.ts'
import type { CallerFacts, Now, SpentTokens } from '../ports.ts'
import { callerOfClaims, type LongPolicyReader, withMfaAge } from '../session/session-caller.ts'
import type { Authenticated, SessionKeys } from './authenticate.ts'

export interface PresentedToken {
  readonly scheme: 'bearer' | 'dpop'
  readonly token: string
  /** Header `DPoP`. */
  readonly proof: string | undefined
  readonly method: string
  /** As received, without the query. */
  readonly path: string
  /** The audience that the token must have; this server itself unless given. */
  readonly audience?: string | undefined
}

export interface AccessTokenParts {
  readonly issuer: string
  readonly now: Now
  readonly findKey: SessionKeys['tokenKey']
  readonly longPolicies: LongPolicyReader
  readonly callers: Pick<CallerFacts, 'ensureLive'>
  readonly spentTokens: Pick<SpentTokens, 'spend'>
}

/** @throws Problem('unauthenticated'), Problem('expired_token') */
export type AuthenticateToken = (presented: PresentedToken) => Promise<Authenticated['caller']>

/** Largest difference in seconds between a proof's date and the clock. */
const proofWindow = 60

export const accessTokenAuthenticator =
  ({ issuer, now, findKey, longPolicies, callers, spentTokens }: AccessTokenParts): AuthenticateToken =>
  async (presented) => {
    const at = now()
    const claims = await verifySessionToken(presented.token, { type: 'at+jwt', issuer, now: at, findKey })
    const audiences = typeof claims.aud === 'string' ? [claims.aud] : claims.aud
    const { audience = issuer } = presented
    if (!audiences.includes(audience))
      throw new Problem('unauthenticated', `the access token must be issued for the audience \`${audience}\``)
    await checkHolder(presented, claims)
    const caller = withMfaAge(await callerOfClaims(claims, longPolicies), at)
    await callers.ensureLive(caller)
    return caller

    async function checkHolder(
      { scheme, token, proof, method, path }: PresentedToken,
      { cnf, acct }: SessionClaims,
    ) {
      if ((cnf !== undefined) !== (scheme === 'dpop'))
        throw new Problem('unauthenticated', wrongScheme(cnf !== undefined))
      if (cnf === undefined) return
      if (!('jkt' in cnf) || proof === undefined) throw new Problem('unauthenticated', wrongScheme(true))
      const rule = {
        method,
        url: issuer + path,
        accessToken: token,
        jkt: cnf.jkt,
        now: at,
        window: proofWindow,
      }
      const jti = await checkDpop(proof, rule)
      if (!(await spentTokens.spend(`dpop ${cnf.jkt} ${jti}`, acct, at + 2 * proofWindow)))
        throw new Problem('unauthenticated', 'this DPoP proof was already used; make a new one')
    }
  }

const wrongScheme = (bound: boolean): string =>
  bound
    ? 'the access token is bound to a key: send it as `DPoP` with a proof'
    : 'the access token is not bound to a key: send it as `Bearer`'
