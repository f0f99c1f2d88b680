// The user behind an access token of this server, as a caller of STS.
import { signedInCaller } from '../../iam/signed-in-caller.ts'
import type { SignedInSubject } from '../../sts/operation/exchange.ts'
import type { AccessTokenSubject } from './subject.ts'

/** The caller as policies see it. `now` in epoch seconds. */
export function callerOfSubject(
  found: AccessTokenSubject,
  user: Parameters<typeof signedInCaller>[0],
  now: number,
): SignedInSubject {
  const {
    clientId,
    audience,
    scope,
    expiresAt,
    jkt,
    authTime,
    amr,
    acr,
    mayActAsRoles,
    policies,
    dependencies,
  } = found
  const caller = { ...signedInCaller(user, { amr, authTime }, now), dependencies }
  const authentication = { amr, acr, authTime }
  return { caller, expiresAt, clientId, audience, scope, authentication, jkt, mayActAsRoles, policies }
}
