// SigV4 signing keys for services that verify the signatures of a session themselves (decision/signing-key.ts). A key is derived from
// the session's secret for one day, region and service; the secret itself is never given out.
import { Problem } from '../../problem.ts'
import { deriveSecret, type SessionClaims, verifySessionToken } from '../../secure/session/session-token.ts'
import { deriveSigningKey } from '../../secure/sigv4/sigv4.ts'
import { callerOfClaims } from '../session/session-caller.ts'
import type { AuthenticatorDependencies } from './authenticate.ts'
import { isOwnService } from './own-services.ts'

export interface SessionSigningKeys {
  /**
   * The claims of a valid session token.
   * @throws Problem('unauthenticated' | 'expired_token') when the token is not valid, was revoked, or its role was deleted
   */
  read(token: string): Promise<SessionClaims>
  /**
   * The signing key of a session.
   * @param date `YYYYMMDD`
   * @throws Problem('denied') for a service of this server · Problem('unauthenticated') when the key that the session's secret
   *   is derived from was deleted
   */
  derive(session: SessionClaims, date: string, region: string, service: string): Buffer
}

export function sessionSigningKeys(
  deps: Pick<AuthenticatorDependencies, 'sessionKeys' | 'longPolicies' | 'callers' | 'issuer' | 'now'>,
): SessionSigningKeys {
  const { sessionKeys, longPolicies, callers, issuer, now } = deps
  return {
    async read(token) {
      const findKey = (kid: string) => sessionKeys.tokenKey(kid)
      const claims = await verifySessionToken(token, { type: 'sts+jwt', issuer, now: now(), findKey })
      await callers.ensureLive(await callerOfClaims(claims, longPolicies))
      return claims
    },
    derive(session, date, region, service) {
      if (isOwnService(service))
        throw new Problem('denied', `signing keys for the service \`${service}\` are never given out`)
      const key = sessionKeys.secretKey(session.sk ?? '')
      if (!key)
        throw new Problem('unauthenticated', 'the key that the session secret is derived from was deleted')
      return deriveSigningKey(deriveSecret(key, session).reveal(), date, region, service)
    },
  }
}
