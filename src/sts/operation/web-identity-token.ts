// GetWebIdentityToken: a signed JWT with which a user or role proves its identity to a service outside. Its issuer is the account's own
// (`<public URL>/outbound/<account>`), never that of the sign-in tokens, so that no application takes it for an ID token.
import type { Authorizer } from '../../iam/authorization/authorize.ts'
import type { ContextEntry } from '../../iam/authorization/caller-context.ts'
import type { Call, Caller } from '../../iam/caller.ts'
import { Problem } from '../../problem.ts'
import { type SigningKey, signJws } from '../../secure/jws.ts'
import { randomToken } from '../../secure/random.ts'
import { requireCredentials } from '../gate/request-attempt.ts'
import { checkRequest } from '../input.ts'
import type { SessionTag } from '../ports.ts'
import { type AuditDependencies, withRequestAudit } from '../recorded.ts'
import { tagContext } from '../session/session-tags.ts'
import { auditedCall } from './own-session.ts'

export interface WebIdentityTokenRequest {
  readonly audience: readonly string[]
  readonly signingAlgorithm: string
  /** Seconds, 60…3600; default 300. */
  readonly durationSeconds?: number | undefined
  readonly tags?: readonly SessionTag[] | undefined
  /** Only the calling identity itself can be the subject here. */
  readonly subjectMode?: string | undefined
  readonly scope?: string | undefined
}

export interface WebIdentityToken {
  readonly token: string
  /** Epoch seconds. */
  readonly expiration: number
}

export interface OutboundDependencies extends AuditDependencies {
  readonly authorizer: Pick<Authorizer, 'authorize' | 'policiesOf'>
  readonly isEnabled: (accountId: string) => Promise<boolean>
  readonly issuerOf: (accountId: string) => string
  readonly signer: (algorithm: 'RS256' | 'ES384') => SigningKey
}

export type GetWebIdentityToken = (call: Call, request: WebIdentityTokenRequest) => Promise<WebIdentityToken>

/** STS API: seconds. */
const duration = { min: 60, max: 3600, default: 300 } as const
const maxAudiences = 10
const maxAudienceLength = 1000
/** Bytes of the claims. A larger token does not fit into a header field, which is how it is presented. */
const maxPayload = 6144
/** The namespace of the claims that are not of RFC 7519 (IAM User Guide, "Understanding token claims"). */
const namespace = 'https://sts.amazonaws.com/'

/**
 * GetWebIdentityToken (STS API). It needs `sts:GetWebIdentityToken`, and `sts:TagGetWebIdentityToken` with tags; policies can test
 * `sts:IdentityTokenAudience`, `sts:SigningAlgorithm`, `sts:DurationSeconds` and the request tags. The token cannot be revoked.
 * @throws Problem('validation' | 'invalid_input' | 'denied' | 'feature_disabled' | 'session_duration_escalation' |
 *   'token_too_large' | 'missing_credentials')
 */
export const getWebIdentityToken =
  (deps: OutboundDependencies): GetWebIdentityToken =>
  (call, request) =>
    withRequestAudit(
      deps,
      {
        action: 'sts:GetWebIdentityToken',
        circumstances: call.circumstances,
        request: () =>
          auditedCall(call.caller, {
            audience: request.audience.slice(0, maxAudiences).map((text) => text.slice(0, 256)),
            signingAlgorithm: request.signingAlgorithm.slice(0, 16),
            durationSeconds: request.durationSeconds,
          }),
        result: ({ expiration }: WebIdentityToken) => ({ expiration }),
      },
      () => issue(deps, call, request),
    )

async function issue(
  deps: OutboundDependencies,
  call: Call,
  request: WebIdentityTokenRequest,
): Promise<WebIdentityToken> {
  const caller = requireCredentials(call.caller)
  const algorithm = checkInput(request)
  if (caller.kind === 'root')
    throw new Problem('denied', 'Cannot call GetWebIdentityToken with the key of the account root')
  await authorize(deps, call, request)
  const { accountId } = caller
  if (!(await deps.isEnabled(accountId)))
    throw new Problem(
      'feature_disabled',
      'OutboundWebIdentityFederation is disabled. EnableOutboundWebIdentityFederation of IAM enables it.',
    )
  const { now, region } = call.circumstances
  const expiration = now + (request.durationSeconds ?? duration.default)
  const sessionEnd = caller.kind === 'session' ? caller.expiresAt : caller.session?.expiresAt
  if (sessionEnd !== undefined && expiration > sessionEnd)
    throw new Problem(
      'session_duration_escalation',
      'The requested token would outlive the session that requests it',
    )
  const subject = caller.kind === 'session' ? caller.roleArn : caller.arn
  const claims = {
    iss: deps.issuerOf(accountId),
    aud: request.audience.length === 1 ? request.audience[0] : request.audience,
    sub: subject,
    iat: now,
    exp: expiration,
    jti: randomToken(16),
    [namespace]: {
      aws_account: accountId,
      source_region: region,
      principal_id: subject,
      principal_tags: textMap(await principalTags(deps, caller)),
      request_tags: textMap(request.tags ?? []),
      original_session_exp: sessionEnd && new Date(sessionEnd * 1000).toISOString().replace('.000Z', 'Z'),
      source_identity: caller.kind === 'session' ? caller.sourceIdentity : undefined,
      federated_provider: caller.kind === 'session' ? caller.federatedProvider : undefined,
    },
  }
  if (Buffer.byteLength(JSON.stringify(claims)) > maxPayload)
    throw new Problem(
      'token_too_large',
      'The requested token payload size exceeds the maximum allowed size; request fewer or shorter tags or audiences',
    )
  return { token: await signJws('JWT', claims, deps.signer(algorithm)), expiration }
}

/** @throws Problem('validation' | 'invalid_input') */
function checkInput(request: WebIdentityTokenRequest): 'RS256' | 'ES384' {
  const { audience, signingAlgorithm, durationSeconds, tags, subjectMode, scope } = request
  checkRequest({ tags })
  const fault = (member: string, rule: string) =>
    new Problem(
      'validation',
      `1 validation error detected: Value at '${member}' failed to satisfy constraint: ${rule}`,
    )
  if (audience.length < 1 || audience.length > maxAudiences)
    throw fault('audience', `Member must have between 1 and ${maxAudiences} items`)
  if (audience.some((text) => text.length < 1 || text.length > maxAudienceLength))
    throw fault('audience', `Member must have length between 1 and ${maxAudienceLength}`)
  const seconds = durationSeconds ?? duration.default
  if (!Number.isInteger(seconds) || seconds < duration.min || seconds > duration.max)
    throw fault('durationSeconds', `Member must be between ${duration.min} and ${duration.max}`)
  if (subjectMode !== undefined && subjectMode !== 'CallerIdentity')
    throw fault('subjectMode', 'Member must be CallerIdentity: this server names no other subject')
  if (scope !== undefined) throw fault('scope', 'Member must be absent: this server writes no scope')
  if (signingAlgorithm !== 'RS256' && signingAlgorithm !== 'ES384')
    throw new Problem(
      'validation',
      'Requested SigningAlgorithm is not supported. See the GetWebIdentityToken documentation for supported algorithms: RS256 and ES384',
    )
  return signingAlgorithm
}

async function authorize(
  { authorizer }: OutboundDependencies,
  call: Call,
  { audience, signingAlgorithm, durationSeconds, tags = [] }: WebIdentityTokenRequest,
): Promise<void> {
  const keys: readonly ContextEntry[] = [
    ['sts:IdentityTokenAudience', audience],
    ['sts:SigningAlgorithm', signingAlgorithm],
    ['sts:DurationSeconds', String(durationSeconds ?? duration.default)],
    ...tagContext({ tags, transitiveKeys: [] }),
  ]
  await authorizer.authorize(call, 'sts:GetWebIdentityToken', '*', keys)
  if (tags.length > 0) await authorizer.authorize(call, 'sts:TagGetWebIdentityToken', '*', keys)
}

/** Tags of the user or role, then those of the session, which replace equal keys. */
async function principalTags(
  { authorizer }: OutboundDependencies,
  caller: Exclude<Caller, { kind: 'anonymous' | 'root' | 'federated' }>,
): Promise<readonly SessionTag[]> {
  const ref =
    caller.kind === 'session'
      ? ({ kind: 'role', id: caller.roleId } as const)
      : ({ kind: 'user', id: caller.userId } as const)
  const own = (await authorizer.policiesOf(ref))?.tags ?? []
  const session = caller.kind === 'session' ? caller.tags : []
  const replaced = new Set(session.map(({ key }) => key.toLowerCase()))
  return [...own.filter(({ key }) => !replaced.has(key.toLowerCase())), ...session]
}

/** Made from entries, so that a tag named `__proto__` is an ordinary key; absent without tags. */
const textMap = (tags: readonly SessionTag[]): Readonly<Record<string, string>> | undefined =>
  tags.length === 0 ? undefined : Object.fromEntries(tags.map(({ key, value }) => [key, value]))
