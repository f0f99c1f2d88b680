import { guardedFetch } from '../federation/outbound/guarded-fetch.ts'
import { IssuerKeys } from '../federation/workload/issuer-keys.ts'
import type { Authorizer } from '../iam/authorization/authorize.ts'
import { openLongTermKeys } from '../iam/long-term-keys.ts'
import { openMfaCheck } from '../iam/mfa/check.ts'
import { openAssuming } from '../iam/sts-repositories.ts'
import { getAccessKeyInfo } from '../sts/access-key-info.ts'
import { assumeRole } from '../sts/assume-role.ts'
import { authenticator } from '../sts/authenticate.ts'
import { getScopedCredentials, getSessionToken } from '../sts/own-session.ts'
import type { Refusals } from '../sts/refusals.ts'
import { type RevokeParts, revoking } from '../sts/revoke.ts'
import { assumeRoleWithSaml } from '../sts/saml.ts'
import { sessionSigningKeys } from '../sts/session-signing-key.ts'
import { assumeRoleWithWebIdentity } from '../sts/web-identity.ts'
import { type Infrastructure, now } from './infrastructure.ts'

/** Everything about becoming a role, and proving that one did. */
export function openSts(
  infrastructure: Infrastructure,
  authorizer: Authorizer,
  refusals: Refusals,
  endSignIns: NonNullable<RevokeParts['endSignIns']>,
) {
  const { store, keyRing, issuer, config, trail } = infrastructure
  const assuming = openAssuming(store, authorizer)
  const fetch = guardedFetch({ allow: config.outboundAllow })
  const keyOf = (kid: string) => keyRing.find(kid)
  const parts = {
    ...assuming,
    issuer,
    now,
    audit: trail,
    refusals,
    callers: authorizer,
    issuerKeys: new IssuerKeys({ fetch, now, thread: infrastructure.keyThread }),
    longPolicyReader: assuming.longPolicies,
    findKey: keyOf,
    mfa: openMfaCheck(store, now),
    signers: () => ({ token: keyRing.signing('token'), secret: keyRing.signing('session-secret') }),
  }
  const proof = {
    longTermKeys: openLongTermKeys(store),
    sessionKeys: { tokenKey: keyOf, secretKey: keyOf },
    longPolicies: assuming.longPolicies,
    callers: authorizer,
    issuer,
    now,
  }
  return {
    ...parts,
    fetch,
    authenticate: authenticator(proof),
    signingKeys: sessionSigningKeys(proof),
    assumeRole: assumeRole(parts),
    assumeRoleWithSaml: assumeRoleWithSaml(parts),
    getSessionToken: getSessionToken(parts),
    getScopedCredentials: getScopedCredentials(parts),
    getAccessKeyInfo: getAccessKeyInfo({
      longTermKeys: proof.longTermKeys,
      authorize: (...asked) => authorizer.authorize(...asked),
    }),
    assumeRoleWithWebIdentity: assumeRoleWithWebIdentity(parts),
    revoking: revoking({
      keep: assuming.keepRevocation,
      lift: assuming.liftRevocation,
      endSignIns,
      authorize: (call, action, resource) => authorizer.authorize(call, action, resource),
      audit: trail,
    }),
  }
}

export type Sts = ReturnType<typeof openSts>
