// Who a proven request comes from, as the service reads it, as policies name it, and as condition keys say it.
import { type Context, type ContextValue, contextOf, type Principal } from '../policy/request.ts'
import type { Actor } from '../secure/session-claims.ts'
import type { Presented } from './request.ts'
import type { Proven } from './signed.ts'

export interface Caller {
  /** How the request proved itself. */
  readonly scheme: Proven['scheme']
  /** Twelve digits. */
  readonly accountId: string
  /** `arn:aws:sts::<account>:assumed-role/<role>/<session>` */
  readonly arn: string
  readonly roleArn: string
  readonly roleId: string
  readonly sessionName: string
  /** The token's `jti`. */
  readonly sessionId: string
  /** Undefined for access tokens. */
  readonly accessKeyId: string | undefined
  /** Epoch seconds. */
  readonly issuedAt: number
  readonly expiresAt: number
  readonly tags: readonly (readonly [key: string, value: string])[]
  readonly sourceIdentity: string | undefined
  /** The provider of the outside token the session came from. */
  readonly federatedProvider: string | undefined
  /** Who acts for whom (RFC 8693 §4.1). */
  readonly actor: Actor | undefined
  readonly clientId: string | undefined
  readonly scope: string | undefined
}

export function callerOf({ session, scheme }: Proven): Caller {
  const { claims, accessKeyId } = session
  return {
    scheme,
    accountId: claims.acct,
    arn: claims.sub,
    roleArn: claims.role.arn,
    roleId: claims.role.id,
    sessionName: claims.rsn,
    sessionId: claims.jti,
    accessKeyId,
    issuedAt: claims.iat,
    expiresAt: claims.exp,
    tags: claims.tags ?? [],
    sourceIdentity: claims.src,
    federatedProvider: claims.fed,
    actor: claims.act,
    clientId: claims.client_id,
    scope: claims.scope,
  }
}

export const principalOf = (caller: Caller): Principal => ({
  kind: 'role-session',
  accountId: caller.accountId,
  arn: caller.arn,
  roleArn: caller.roleArn,
  roleId: caller.roleId,
  federated: caller.federatedProvider,
})

/** `aws:` keys about the resource, which only the service knows; all other `aws:` keys are ours to fill. */
const servicesOwn = /^aws:(?:(?:resourcetag|requesttag)\/.+|tagkeys|resourceaccount)$/

/**
 * The condition keys of a request (semantics §4): the service's own, and ours over them.
 * @throws TypeError when the service tries to fill one of ours, present or absent: the absence of a key says something
 */
export function conditionKeys(
  caller: Caller,
  roleTags: Caller['tags'],
  request: Pick<Presented, 'sourceIp' | 'secure' | 'headers'>,
  around: {
    readonly now: number
    readonly region: string
    readonly own: Readonly<Record<string, ContextValue>>
  },
): Context {
  const own = Object.entries(around.own)
  for (const [key] of own)
    if (/^(?:aws|sts|iam):/i.test(key) && !servicesOwn.test(key.toLowerCase()))
      throw new TypeError(`condition key \`${key}\` is not the service's to fill`)
  const tags = [...roleTags, ...caller.tags].map(
    ([key, value]) => [`aws:PrincipalTag/${key}`, value] as const,
  )
  const at = new Date(Math.floor(around.now) * 1000)
  return contextOf([
    ...own,
    ...tags,
    ['aws:PrincipalArn', caller.roleArn],
    ['aws:PrincipalAccount', caller.accountId],
    ['aws:PrincipalType', 'AssumedRole'],
    ['aws:userid', `${caller.roleId}:${caller.sessionName}`],
    ['aws:TokenIssueTime', isoOf(new Date(caller.issuedAt * 1000))],
    ['aws:FederatedProvider', caller.federatedProvider],
    ['aws:SourceIdentity', caller.sourceIdentity],
    // Temporary credentials always have the key; MFA at AssumeRole does not carry into the session (semantics §5).
    ['aws:MultiFactorAuthPresent', 'false'],
    ['aws:SourceIp', request.sourceIp === '' ? undefined : plainAddress(request.sourceIp)],
    ['aws:SecureTransport', String(request.secure)],
    ['aws:UserAgent', userAgent(request.headers)],
    ['aws:CurrentTime', isoOf(at)],
    ['aws:EpochTime', String(Math.floor(around.now))],
    ['aws:RequestedRegion', around.region],
  ])
}

const isoOf = (date: Date): string => date.toISOString().replace(/\.\d{3}Z$/, 'Z')

/** An IPv4 client on a dual-stack socket is an IPv4 client. */
const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '')

function userAgent(headers: readonly string[]): string | undefined {
  for (let i = 0; i + 1 < headers.length; i += 2)
    if (headers[i]?.toLowerCase() === 'user-agent') return headers[i + 1]
  return undefined
}
