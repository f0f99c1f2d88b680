// This room says who may become what, for how long, and with what left. Ways in: assume-role.ts (a signed caller),
// web-identity.ts (an outside token), exchange.ts (RFC 8693). All go: check the request → find the role → ask its
// trust policy (trust.ts) → bound it (duration.ts, session-policy.ts, session-tags.ts) → issue (session.ts) →
// record (recorded.ts) → answer. Records and wires are not here: ports.ts says what is needed of others.
import type { Caller, Circumstances } from '../iam/caller.ts'
import { type Context, contextOf } from '../policy/request.ts'
import { Problem } from '../problem.ts'
import type { Actor } from '../secure/session-claims.ts'
import { sessionDuration } from './duration.ts'
import { type AssumeRoleRequest, checkRequest } from './input.ts'
import type { AssumableRole, Audit, CallerFacts, ManagedPolicies, MfaCheck, Roles } from './ports.ts'
import { actorOf, recorded, whoIs } from './recorded.ts'
import { accountOfRole, sessionArn } from './role-arn.ts'
import { type Credentials, type DecidedSession, issueCredentials, type SessionParts } from './session.ts'
import { checkInlinePolicy, packedPolicySize, readSessionPolicies } from './session-policy.ts'
import { noTags, type SessionTags, sessionTags, tagContext } from './session-tags.ts'
import { type AssumeAction, distrust, notAuthorized, sayDistrust } from './trust.ts'

export interface AssumeRoleParts extends SessionParts {
  readonly roles: Roles
  readonly managedPolicies: ManagedPolicies
  readonly callers: CallerFacts
  readonly mfa: MfaCheck
  readonly audit: Audit
}

export interface AssumedRole {
  readonly credentials: Credentials
  readonly assumedRoleUser: {
    readonly arn: string
    /** `AROA…:<session name>` */
    readonly assumedRoleId: string
  }
  /** Percent; undefined when neither policies nor tags were given. */
  readonly packedPolicySize: number | undefined
  readonly sourceIdentity: string | undefined
}

export type AssumeRole = (
  request: AssumeRoleRequest,
  caller: Caller,
  circumstances: Circumstances,
) => Promise<AssumedRole>

/**
 * AssumeRole: credentials of a role for a signed user or role session. 900 s up to the role's MaxSessionDuration,
 * one hour for a chained session.
 * @throws Problem('validation' | 'invalid_input' | 'malformed_policy' | 'packed_policy_too_large') for the request ·
 *   Problem('denied') also when there is no such role · Problem('missing_credentials')
 */
export const assumeRole =
  (parts: AssumeRoleParts): AssumeRole =>
  (request, caller, circumstances) =>
    recorded(
      parts.audit,
      {
        action: 'sts:AssumeRole',
        circumstances,
        asked: () => askedOf(request, caller),
        came: (assumed: AssumedRole) => ({
          session: assumed.assumedRoleUser.arn,
          accessKeyId: assumed.credentials.accessKeyId,
          expiration: assumed.credentials.expiration,
        }),
      },
      async () => {
        const decided = await decideAssumeRole(parts, request, caller, circumstances)
        const credentials = await issueCredentials(decided, parts)
        return assumedRole(request, decided, credentials)
      },
    )

/** For the record: never the token code, nor the external id, which guards the confused deputy. */
export const askedOf = (request: AssumeRoleRequest, caller: Caller) => ({
  accountId: accountOfRole(request.roleArn) ?? (caller.kind === 'anonymous' ? '' : caller.accountId),
  who: whoIs(caller),
  actor: actorOf(caller),
  resource: request.roleArn.slice(0, 2048),
  details: {
    roleSessionName: request.roleSessionName.slice(0, 64),
    durationSeconds: request.durationSeconds,
    policy: request.policy?.slice(0, 2048),
    policyArns: request.policyArns?.slice(0, 10),
    sourceIdentity: request.sourceIdentity?.slice(0, 64),
  },
})

export const assumedRole = (
  request: AssumeRoleRequest,
  { role, sessionName, tags, sourceIdentity }: DecidedSession,
  credentials: Credentials,
): AssumedRole => ({
  credentials,
  assumedRoleUser: { arn: sessionArn(role, sessionName), assumedRoleId: `${role.id}:${sessionName}` },
  packedPolicySize: packedPolicySize(request, tags.tags),
  sourceIdentity,
})

/** All that must hold before a session is made; exchange.ts comes this way too, so that no check has two homes. */
export async function decideAssumeRole(
  parts: AssumeRoleParts,
  request: AssumeRoleRequest,
  caller: Caller,
  circumstances: Circumstances,
  remaining?: number,
): Promise<DecidedSession> {
  checkRequest(request)
  checkMayAsk(caller)
  await parts.callers.ensureLive(caller)
  checkInlinePolicy(request.policy)
  const inherited = inheritedBy(caller)
  const tags = sessionTags(tagsOf(request), inherited.tags)
  const sourceIdentity = sourceIdentityOf(request, inherited.sourceIdentity)
  packedPolicySize(request, tags.tags)
  const mfa = await checkMfa(request, caller, parts.mfa)
  const role = await parts.roles.byArn(request.roleArn)
  if (!role) throw notAuthorized(caller.arn, request.roleArn, 'there is no such role')
  const facts = await parts.callers.contextOf(caller, circumstances)
  const context = requestContext(facts, request, { tags, sourceIdentity, mfa })
  await checkTrust(parts, role, caller, context, actionsFor(tags, sourceIdentity))
  const limits = { role: role.maxSessionDuration, chained: caller.kind === 'session', remaining }
  const duration = sessionDuration(request.durationSeconds, limits)
  const own = await readSessionPolicies(request, role.accountId, parts.managedPolicies)
  return {
    role,
    sessionName: request.roleSessionName,
    duration,
    policies: [...inherited.policies, own],
    tags,
    sourceIdentity,
    actor: actingFor(caller),
    userId: caller.kind === 'root' ? undefined : caller.userId,
    clientId: caller.kind === 'session' ? caller.clientId : undefined,
  }
}

/**
 * The account root may, where AWS says "Roles may not be assumed by root accounts": it is the only key of a first start,
 * and it may make itself a user that could. The trust policy must name the account all the same.
 */
type MayAsk = Exclude<Caller, { kind: 'anonymous' }>

function checkMayAsk(caller: Caller): asserts caller is MayAsk {
  if (caller.kind === 'anonymous')
    throw new Problem('missing_credentials', 'Request is missing Authentication Token')
}

interface Inherited {
  readonly tags: SessionTags
  readonly sourceIdentity: string | undefined
  readonly policies: readonly (readonly string[])[]
}

/** What a chain hands on: transitive tags, the source identity, and every policy that narrowed it so far. */
function inheritedBy(caller: MayAsk): Inherited {
  if (caller.kind !== 'session') return { tags: noTags, sourceIdentity: undefined, policies: [] }
  return {
    tags: { tags: caller.tags, transitiveKeys: caller.transitiveTagKeys },
    sourceIdentity: caller.sourceIdentity,
    policies: caller.sessionPolicies,
  }
}

const tagsOf = ({ tags = [], transitiveTagKeys = [] }: AssumeRoleRequest): SessionTags => ({
  tags,
  transitiveKeys: transitiveTagKeys,
})

/** Set once, the same along the chain (User Guide, "Monitor and control actions taken with assumed roles"). */
function sourceIdentityOf(
  { sourceIdentity }: AssumeRoleRequest,
  inherited: string | undefined,
): string | undefined {
  if (inherited === undefined || sourceIdentity === undefined || sourceIdentity === inherited) {
    return inherited ?? sourceIdentity
  }
  throw new Problem('denied', 'SourceIdentity was set for the calling session and cannot be changed')
}

/** True when a device was named and its code was right; undefined when none was named. */
async function checkMfa(
  { serialNumber, tokenCode }: AssumeRoleRequest,
  caller: MayAsk,
  mfa: MfaCheck,
): Promise<true | undefined> {
  if (serialNumber === undefined && tokenCode === undefined) return undefined
  const failed = () =>
    new Problem('denied', 'MultiFactorAuthentication failed with invalid MFA one time pass code.')
  if (serialNumber === undefined || tokenCode === undefined) {
    throw new Problem(
      'denied',
      'MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.',
    )
  }
  // Root and sessions have no devices: those are a user's.
  if (caller.kind !== 'user') throw failed()
  if (!(await mfa.verify(caller, serialNumber, tokenCode))) throw failed()
  return true
}

function requestContext(
  facts: Context,
  request: AssumeRoleRequest,
  session: {
    readonly tags: SessionTags
    readonly sourceIdentity: string | undefined
    readonly mfa: true | undefined
  },
): Context {
  const asked = contextOf([
    ['sts:ExternalId', request.externalId],
    ['sts:RoleSessionName', request.roleSessionName],
    ['sts:SourceIdentity', session.sourceIdentity],
    [
      'sts:DurationSeconds',
      request.durationSeconds === undefined ? undefined : String(request.durationSeconds),
    ],
    ['aws:MultiFactorAuthPresent', session.mfa && 'true'],
    ['aws:MultiFactorAuthAge', session.mfa && '0'],
    ...tagContext(session.tags),
  ])
  return new Map([...facts, ...asked])
}

export function actionsFor(
  tags: SessionTags,
  sourceIdentity: string | undefined,
  assume: AssumeAction = 'sts:AssumeRole',
): AssumeAction[] {
  return [
    assume,
    ...(tags.tags.length > 0 ? (['sts:TagSession'] as const) : []),
    ...(sourceIdentity !== undefined ? (['sts:SetSourceIdentity'] as const) : []),
  ]
}

async function checkTrust(
  { callers }: AssumeRoleParts,
  role: AssumableRole,
  caller: MayAsk,
  context: Context,
  actions: readonly AssumeAction[],
): Promise<void> {
  const question = {
    role,
    principal: callers.principalOf(caller),
    layers: await callers.layersOf(caller),
    context,
  }
  const refusal = distrust(question, actions)
  if (refusal) throw notAuthorized(caller.arn, role.arn, sayDistrust(refusal))
}

/** RFC 8693 §4.1: who acts now, and for whom before. */
const actingFor = (caller: MayAsk): Actor =>
  caller.kind === 'session' && caller.actor ? { sub: caller.arn, act: caller.actor } : { sub: caller.arn }
