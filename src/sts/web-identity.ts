// AssumeRoleWithWebIdentity: credentials of a role for who holds a token of an issuer the account registered.
// Nobody signs the request: the token is the credential, and is believed by federation/ alone.

import type { IssuerKeys } from '../federation/issuer-keys.ts'
import {
  type OutsideIdentity,
  readOutsideToken,
  unknownIssuer,
  verifyOutsideToken,
} from '../federation/workload-issuer.ts'
import type { Circumstances } from '../iam/caller.ts'
import { type Context, contextOf } from '../policy/request.ts'
import { Problem } from '../problem.ts'
import { type AssumedRole, actionsFor, assumedRole } from './assume-role.ts'
import { sessionDuration } from './duration.ts'
import { checkRequest, type WebIdentityRequest } from './input.ts'
import { outsideContext } from './outside-context.ts'
import { sourceIdentityOf, tagsOf } from './outside-tags.ts'
import type { Audit, ManagedPolicies, Providers, Roles, SpentTokens } from './ports.ts'
import { recorded } from './recorded.ts'
import { accountOfRole } from './role-arn.ts'
import { type DecidedSession, issueCredentials, type SessionParts } from './session.ts'
import { checkInlinePolicy, packedPolicySize, readSessionPolicies } from './session-policy.ts'
import { type SessionTags, tagContext } from './session-tags.ts'
import { distrust, noPolicies, notAuthorizedWebIdentity, sayDistrust } from './trust.ts'

export interface WebIdentityParts extends SessionParts {
  readonly roles: Roles
  readonly managedPolicies: ManagedPolicies
  readonly providers: Providers
  readonly issuerKeys: IssuerKeys
  readonly spentTokens: SpentTokens
  readonly audit: Audit
}

export interface AssumedByWebIdentity extends AssumedRole {
  /** The token's `sub`. */
  readonly subjectFromWebIdentityToken: string
  /** The issuer's URL for an OpenID Connect provider. */
  readonly provider: string
  readonly audience: string
}

export type AssumeRoleWithWebIdentity = (
  request: WebIdentityRequest,
  circumstances: Circumstances,
) => Promise<AssumedByWebIdentity>

/**
 * @throws Problem('invalid_identity_token' | 'expired_token' | 'idp_rejected_claim' | 'idp_communication_error') for
 *   the token · Problem('denied') also when there is no such role · those of AssumeRole for the rest of the request
 */
export const assumeRoleWithWebIdentity =
  (parts: WebIdentityParts): AssumeRoleWithWebIdentity =>
  (request, circumstances) => {
    const learned = new Learned()
    const what = {
      action: 'sts:AssumeRoleWithWebIdentity',
      circumstances,
      asked: () => askedByWebIdentity(request, learned),
      came: (assumed: AssumedByWebIdentity) => ({
        session: assumed.assumedRoleUser.arn,
        accessKeyId: assumed.credentials.accessKeyId,
        expiration: assumed.credentials.expiration,
      }),
    }
    return recorded(parts.audit, what, async () => {
      const { decided, identity } = await decideWebIdentity(parts, request, circumstances, learned)
      const credentials = await issueCredentials(decided, parts)
      return {
        ...assumedRole(request, decided, credentials),
        subjectFromWebIdentityToken: identity.subject,
        provider: identity.issuer,
        audience: identity.audience,
      }
    })
  }

/** Who the token turned out to be from, for the record also of a refusal. */
export class Learned {
  identity: OutsideIdentity | undefined
}

const askedByWebIdentity = (request: WebIdentityRequest, { identity }: Learned) => ({
  accountId: accountOfRole(request.roleArn) ?? '',
  who: identity ? `${identity.issuer} ${identity.subject}` : 'an unverified token',
  actor: { kind: 'outside', id: identity?.subject } as const,
  resource: request.roleArn.slice(0, 2048),
  details: {
    roleSessionName: request.roleSessionName.slice(0, 64),
    durationSeconds: request.durationSeconds,
    policy: request.policy?.slice(0, 2048),
    policyArns: request.policyArns?.slice(0, 10),
    provider: identity?.provider,
    jti: identity?.claims['jti'],
  },
})

export interface DecidedByWebIdentity {
  readonly decided: DecidedSession
  readonly identity: OutsideIdentity
}

/** How the token came, when by a client. */
export interface Presented {
  readonly clientId?: string
  /** What else must hold of it; a token that is refused is not spent. */
  readonly check?: (identity: OutsideIdentity) => void
}

/** All that must hold before a session is made; exchange.ts comes this way too. */
export async function decideWebIdentity(
  parts: WebIdentityParts,
  request: WebIdentityRequest,
  circumstances: Circumstances,
  learned: Learned,
  presented: Presented = {},
): Promise<DecidedByWebIdentity> {
  checkRequest(request)
  const identity = await believe(parts, request, circumstances)
  learned.identity = identity
  checkInlinePolicy(request.policy)
  const tags = tagsOf(identity.claims)
  const sourceIdentity = sourceIdentityOf(identity.claims)
  packedPolicySize(request, tags.tags)
  const role = await parts.roles.byArn(request.roleArn)
  if (!role) throw notAuthorizedWebIdentity('there is no such role')
  const principal = { kind: 'web-identity', accountId: role.accountId, provider: identity.provider } as const
  const context = webIdentityContext(request, identity, tags, sourceIdentity, circumstances)
  const actions = actionsFor(tags, sourceIdentity, 'sts:AssumeRoleWithWebIdentity')
  const refusal = distrust({ role, principal, layers: noPolicies, context }, actions)
  if (refusal) throw notAuthorizedWebIdentity(sayDistrust(refusal))
  const limits = { role: role.maxSessionDuration, chained: false }
  const duration = sessionDuration(request.durationSeconds, limits)
  const own = await readSessionPolicies(request, role.accountId, parts.managedPolicies)
  presented.check?.(identity)
  await spend(identity, role.accountId, parts.spentTokens)
  const decided: DecidedSession = {
    role,
    sessionName: request.roleSessionName,
    duration,
    policies: [own],
    tags,
    sourceIdentity,
    actor: { iss: identity.issuer, sub: identity.subject },
    federatedProvider: identity.provider,
    clientId: presented.clientId,
  }
  return { decided, identity }
}

/** Only an issuer of the role's own account is asked about (attacks.md 11). */
async function believe(
  { providers, issuerKeys }: WebIdentityParts,
  request: WebIdentityRequest,
  { now }: Circumstances,
): Promise<OutsideIdentity> {
  const token = readOutsideToken(request.webIdentityToken)
  const accountId = accountOfRole(request.roleArn)
  if (accountId === undefined)
    throw new Problem('validation', `\`${request.roleArn.slice(0, 256)}\` is not the ARN of a role`)
  const provider = await providers.byIssuer(accountId, token.issuer)
  if (!provider || provider.accountId !== accountId) throw unknownIssuer(token.issuer)
  return verifyOutsideToken(token, provider, issuerKeys, now)
}

/** All that a trust policy can ask about. */
export function webIdentityContext(
  request: Pick<WebIdentityRequest, 'roleSessionName' | 'durationSeconds'>,
  identity: Pick<OutsideIdentity, 'provider' | 'issuer' | 'claims'>,
  tags: SessionTags,
  sourceIdentity: string | undefined,
  { sourceIp, secure, userAgent, region, now }: Circumstances,
): Context {
  const context = outsideContext(identity)
  const ours = contextOf([
    ['aws:SourceIp', sourceIp],
    ['aws:SecureTransport', String(secure)],
    ['aws:UserAgent', userAgent],
    ['aws:RequestedRegion', region],
    ['aws:CurrentTime', new Date(now * 1000).toISOString()],
    ['aws:EpochTime', String(now)],
    ['sts:RoleSessionName', request.roleSessionName],
    ['sts:SourceIdentity', sourceIdentity],
    [
      'sts:DurationSeconds',
      request.durationSeconds === undefined ? undefined : String(request.durationSeconds),
    ],
    ...tagContext(tags),
  ])
  // Ours last: an issuer named `aws` or `sts` cannot set our keys.
  for (const [key, value] of ours) context.set(key, value)
  return context
}

async function spend(
  { spend: once, issuer }: OutsideIdentity,
  accountId: string,
  spent: SpentTokens,
): Promise<void> {
  if (once === undefined || (await spent.spend(once.id, accountId, once.until))) return
  throw new Problem('invalid_identity_token', 'the token was used before', { detail: issuer })
}
