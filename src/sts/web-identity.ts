// AssumeRoleWithWebIdentity: credentials of a role for who holds a token of an issuer the account registered.
// Nobody signs the request: the token is the credential, and is believed by federation/ alone.

import type { IssuerKeys } from '../federation/workload/issuer-keys.ts'
import {
  type OutsideIdentity,
  readOutsideToken,
  unknownIssuer,
  verifyOutsideToken,
} from '../federation/workload/outside-token.ts'
import type { Circumstances } from '../iam/caller.ts'
import { Problem } from '../problem.ts'
import { type AssumedRole, assumedRole } from './assume-role.ts'
import { checkRequest, type WebIdentityRequest } from './input.ts'
import { outsideContext } from './outside-context.ts'
import { decideOutside, type OutsideParts, spendOnce } from './outside-session.ts'
import { sourceIdentityOf, tagsOf } from './outside-tags.ts'
import type { Providers } from './ports.ts'
import { recorded } from './recorded.ts'
import { accountOfRole } from './role-arn.ts'
import { type DecidedSession, issueCredentials } from './session.ts'

export interface WebIdentityParts extends OutsideParts {
  readonly providers: Providers
  readonly issuerKeys: IssuerKeys
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

const action = 'sts:AssumeRoleWithWebIdentity'

/**
 * @throws Problem('invalid_identity_token' | 'expired_token' | 'idp_rejected_claim' | 'idp_communication_error') for
 *   the token · Problem('denied') also when there is no such role · those of AssumeRole for the rest of the request
 */
export const assumeRoleWithWebIdentity =
  (parts: WebIdentityParts): AssumeRoleWithWebIdentity =>
  (request, circumstances) => {
    const learned = new Learned()
    const what = {
      action,
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
  const proof = {
    action,
    provider: identity.provider,
    issuer: identity.issuer,
    subject: identity.subject,
    facts: outsideContext(identity),
    tags: tagsOf(identity.claims),
    sourceIdentity: sourceIdentityOf(identity.claims),
    spend: identity.spend,
  } as const
  const decided = await decideOutside(parts, request, proof, circumstances, presented.clientId)
  presented.check?.(identity)
  await spendOnce(parts, proof, decided.role.accountId)
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
