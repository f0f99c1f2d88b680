import { guardedFetch } from '../federation/outbound/guarded-fetch.ts'
import { IssuerKeys } from '../federation/workload/issuer-keys.ts'
import { userArn } from '../iam/arn.ts'
import type { Authorizer } from '../iam/authorization/authorize.ts'
import { openMfaCheck } from '../iam/mfa/check.ts'
import { factorsOfUser } from '../iam/mfa/factors-of-user.ts'
import { openStsRepositories } from '../iam/sts-repositories.ts'
import { openLongTermKeys } from '../iam/user-credential/long-term-keys.ts'
import { authenticator } from '../sts/authentication/authenticate.ts'
import { sessionSigningKeys } from '../sts/authentication/session-signing-key.ts'
import { getAccessKeyInfo } from '../sts/operation/access-key-info.ts'
import { assumeRole } from '../sts/operation/assume-role.ts'
import { getFederationToken } from '../sts/operation/federation-token.ts'
import { getScopedCredentials, getSessionToken } from '../sts/operation/own-session.ts'
import { type RevokeDependencies, sessionRevocation } from '../sts/operation/revoke.ts'
import { assumeRoleWithSaml } from '../sts/operation/saml.ts'
import { assumeRoleWithWebIdentity } from '../sts/operation/web-identity.ts'
import { getWebIdentityToken } from '../sts/operation/web-identity-token.ts'
import type { Refusals } from '../sts/refusals.ts'
import { type Infrastructure, now, outboundIssuerOf } from './infrastructure.ts'

/** Everything about becoming a role, and proving that one did. */
export function openSts(
  infrastructure: Infrastructure,
  authorizer: Authorizer,
  refusals: Refusals,
  endSignIns: NonNullable<RevokeDependencies['endSignIns']>,
) {
  const { store, keyRing, issuer, config, trail } = infrastructure
  const repositories = openStsRepositories(store, authorizer)
  const fetch = guardedFetch({ allow: config.outboundAllow })
  const keyOf = (kid: string) => keyRing.find(kid)
  const dependencies = {
    ...repositories,
    issuer,
    now,
    audit: trail,
    refusals,
    isAccount: async (id: string) => (await store.get('account', id)) !== undefined,
    callers: authorizer,
    async userOf(id: string) {
      const user = await store.get('user', id)
      if (user === undefined) return undefined
      const { accountId, name, login, identities = [] } = user
      return {
        accountId,
        name,
        arn: userArn(user),
        passwordChangedAt: login?.changedAt,
        factors: await factorsOfUser(store, user),
        providers: identities.map(({ provider }) => provider),
      }
    },
    issuerKeys: new IssuerKeys({ fetch, now, thread: infrastructure.keyThread }),
    longPolicyReader: repositories.longPolicies,
    findKey: keyOf,
    mfa: openMfaCheck(store, now),
    signers: () => ({ token: keyRing.signing('token'), secret: keyRing.signing('session-secret') }),
  }
  const proof = {
    longTermKeys: openLongTermKeys(store),
    sessionKeys: { tokenKey: keyOf, secretKey: keyOf },
    longPolicies: repositories.longPolicies,
    callers: authorizer,
    issuer,
    now,
  }
  const revoking = { keep: repositories.saveRevocation, lift: repositories.liftRevocation, endSignIns }
  const outbound = {
    isEnabled: async (accountId: string) =>
      (await store.get('account', accountId))?.outboundFederation === true,
    issuerOf: outboundIssuerOf(issuer),
    published: () => keyRing.published('outbound'),
    signer: (algorithm: 'RS256' | 'ES384') => keyRing.signing('outbound', algorithm),
  }
  return {
    ...dependencies,
    fetch,
    authenticate: authenticator(proof),
    signingKeys: sessionSigningKeys(proof),
    assumeRole: assumeRole(dependencies),
    assumeRoleWithSaml: assumeRoleWithSaml(dependencies),
    getSessionToken: getSessionToken(dependencies),
    getFederationToken: getFederationToken(dependencies),
    getScopedCredentials: getScopedCredentials(dependencies),
    getWebIdentityToken: getWebIdentityToken({ ...outbound, authorizer, audit: trail }),
    outboundIssuer: outbound,
    getAccessKeyInfo: getAccessKeyInfo({
      longTermKeys: proof.longTermKeys,
      authorize: (...asked) => authorizer.authorize(...asked),
    }),
    assumeRoleWithWebIdentity: assumeRoleWithWebIdentity(dependencies),
    sessionRevocation: sessionRevocation({
      ...revoking,
      authorize: (call, action, resource) => authorizer.authorize(call, action, resource),
      audit: trail,
    }),
    /** For callers that have authorized the request and record it themselves (src/admin). */
    authorizedRevocation: sessionRevocation({
      ...revoking,
      authorize: async () => undefined,
      audit: { record: async () => undefined },
    }),
  }
}

export type Sts = ReturnType<typeof openSts>
