// The condition keys of a request (docs/policy-semantics.md §4): of the session, computed once; of the request itself; of
// the service.
import { type Context, type ContextValue, contextOf } from '../policy/request.ts'
import type { Caller } from './caller.ts'
import type { IncomingRequest } from './request.ts'

/**
 * Keys that are the same for every request of a session. A session tag takes precedence over a tag of the role or user with the same
 * key; a federated user has session tags only.
 */
export const sessionKeys = (caller: Caller, own: Caller['tags']): Context =>
  contextOf([
    ...caller.tokenClaims,
    ...[...(caller.principalType === 'FederatedUser' ? [] : own), ...caller.tags].map(
      ([key, value]) => [`aws:PrincipalTag/${key}`, value] as const,
    ),
    ['aws:PrincipalArn', caller.roleArn ?? caller.arn],
    ['aws:PrincipalAccount', caller.accountId],
    ['aws:PrincipalType', caller.principalType],
    ['aws:userid', userIdOf(caller)],
    ['aws:username', caller.principalType === 'User' ? caller.sessionName : undefined],
    ['aws:TokenIssueTime', isoOf(caller.issuedAt)],
    ['aws:FederatedProvider', caller.federatedProvider],
    ['aws:SourceIdentity', caller.sourceIdentity],
    // Temporary credentials always have this key; MFA at AssumeRole does not carry over into the session
    // (docs/policy-semantics.md §5).
    ['aws:MultiFactorAuthPresent', caller.mfaAt === undefined ? 'false' : 'true'],
  ])

const userIdOf = ({ principalType, accountId, roleId, userId, sessionName }: Caller): string | undefined =>
  principalType === 'User'
    ? userId
    : `${principalType === 'FederatedUser' ? accountId : roleId}:${sessionName}`

export interface RequestEnvironment {
  /** Epoch seconds. */
  readonly now: number
  readonly region: string
  /** When the caller's MFA code was checked, epoch seconds. */
  readonly mfaAt: number | undefined
}

/** `aws:` keys that describe the resource, which the service sets; all other `aws:` keys are set by the verifier. */
const keysOfService = /^aws:(?:(?:resourcetag|requesttag)\/.+|tagkeys|resourceaccount)$/
const reserved = /^(?:aws|sts|iam):/

/**
 * All condition keys of one request.
 * @throws TypeError when the service sets a key that belongs to the verifier, even one this request lacks: the absence of a
 * key is significant
 */
export function requestKeys(
  session: Context,
  request: Pick<IncomingRequest, 'sourceIp' | 'secure' | 'headers'>,
  { now, region, mfaAt }: RequestEnvironment,
  own: Readonly<Record<string, ContextValue>> = {},
): Context {
  const keys = new Map(session)
  for (const [written, value] of Object.entries(own)) {
    const key = written.toLowerCase()
    if ((reserved.test(key) || session.has(key)) && !keysOfService.test(key))
      throw new TypeError(`condition key \`${written}\` is not the service's to fill`)
    keys.set(key, value)
  }
  // A resource is of the caller's account unless the service says otherwise; policies often test that it is.
  if (!keys.has('aws:resourceaccount')) {
    const account = keys.get('aws:principalaccount')
    if (account !== undefined) keys.set('aws:resourceaccount', account)
  }
  const second = Math.floor(now)
  keys.set('aws:securetransport', request.secure ? 'true' : 'false')
  keys.set('aws:currenttime', isoOf(second))
  keys.set('aws:epochtime', String(second))
  keys.set('aws:requestedregion', region)
  if (mfaAt !== undefined) keys.set('aws:multifactorauthage', String(Math.max(0, second - mfaAt)))
  if (request.sourceIp !== '') keys.set('aws:sourceip', plainAddress(request.sourceIp))
  const agent = userAgent(request.headers)
  if (agent !== undefined) keys.set('aws:useragent', agent)
  return keys
}

/** Many requests arrive within the same second. */
let last = { second: Number.NaN, text: '' }

function isoOf(second: number): string {
  if (last.second !== second)
    last = { second, text: new Date(second * 1000).toISOString().replace('.000Z', 'Z') }
  return last.text
}

/** Dual-stack sockets report IPv4 clients as IPv4-mapped IPv6 addresses. */
const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '')

function userAgent(headers: readonly string[]): string | undefined {
  for (let i = 0; i + 1 < headers.length; i += 2)
    if (headers[i]?.toLowerCase() === 'user-agent') return headers[i + 1]
  return undefined
}
