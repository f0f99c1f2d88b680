// What a service gets to verify the SigV4 signatures of a session itself (decision/signing-key.ts): the session of a token, when it is
// live, and the key derived from its secret for one day, region and service. The secret is not given out.
import { Problem } from '../problem.ts'
import { deriveSecret, type SessionClaims, verifySessionToken } from '../secure/session-token.ts'
import { deriveSigningKey } from '../secure/sigv4.ts'
import type { AuthenticatorParts } from './authenticate.ts'
import { isOwnService } from './own-services.ts'
import { callerOfClaims } from './session-caller.ts'

export interface SessionSigningKeys {
  /** @throws Problem('unauthenticated' | 'expired_token') unless the token is ours, in time, not revoked, its role there */
  read(token: string): Promise<SessionClaims>
  /**
   * `date` is `YYYYMMDD`.
   * @throws Problem('denied') for a service of our own, Problem('unauthenticated') when the key of the session's secret is
   * gone
   */
  derive(session: SessionClaims, date: string, region: string, service: string): Buffer
}

export function sessionSigningKeys(
  parts: Pick<AuthenticatorParts, 'sessionKeys' | 'longPolicies' | 'callers' | 'issuer' | 'now'>,
): SessionSigningKeys {
  const { sessionKeys, longPolicies, callers, issuer, now } = parts
  return {
    async read(token) {
      const findKey = (kid: string) => sessionKeys.tokenKey(kid)
      const claims = await verifySessionToken(token, { type: 'sts+jwt', issuer, now: now(), findKey })
      await callers.ensureLive(await callerOfClaims(claims, longPolicies))
      return claims
    },
    derive(session, date, region, service) {
      if (isOwnService(service))
        throw new Problem('denied', `signing keys of service \`${service}\` are never given out`)
      const key = sessionKeys.secretKey(session.sk ?? '')
      if (!key) throw new Problem('unauthenticated', 'the key of the session secret is gone')
      return deriveSigningKey(deriveSecret(key, session).reveal(), date, region, service)
    },
  }
}
