// The user behind an access token of this server, as a caller of STS.
import type { SignedInSubject } from '../../sts/exchange.ts'
import type { AccessTokenSubject } from './subject.ts'

/** The caller as policies see it. `now` in epoch seconds. */
export function callerOfSubject(
  found: AccessTokenSubject,
  user: {
    readonly accountId: string
    readonly arn: string
    readonly id: string
    readonly name: string
  },
  now: number,
): SignedInSubject {
  const { clientId, audience, scope, expiresAt, jkt, authTime, amr, acr, mayActAsRoles, dependencies } = found
  const twoFactors = amr.includes('mfa') || amr.includes('otp')
  const caller = {
    kind: 'user',
    accountId: user.accountId,
    arn: user.arn,
    userId: user.id,
    userName: user.name,
    accessKeyId: undefined,
    mfaAge: twoFactors && authTime !== undefined ? now - authTime : undefined,
    temporary: true,
    issuedAt: authTime,
    dependencies,
  } as const
  const authentication = { amr, acr, authTime }
  return { caller, expiresAt, clientId, audience, scope, authentication, jkt, mayActAsRoles }
}
