// The condition keys of a request (semantics §4): the session's, made once for it; the request's own; the service's.
import { type Context, type ContextValue, contextOf } from '../policy/request.ts'
import type { Caller } from './caller.ts'
import type { Presented } from './request.ts'

/** What holds for every request of a session. A tag of the session beats the role's of the same key. */
export const sessionKeys = (caller: Caller, roleTags: Caller['tags']): Context =>
  contextOf([
    ...caller.tokenClaims,
    ...[...roleTags, ...caller.tags].map(([key, value]) => [`aws:PrincipalTag/${key}`, value] as const),
    ['aws:PrincipalArn', caller.roleArn],
    ['aws:PrincipalAccount', caller.accountId],
    ['aws:PrincipalType', 'AssumedRole'],
    ['aws:userid', `${caller.roleId}:${caller.sessionName}`],
    ['aws:TokenIssueTime', isoOf(caller.issuedAt)],
    ['aws:FederatedProvider', caller.federatedProvider],
    ['aws:SourceIdentity', caller.sourceIdentity],
    // Temporary credentials always have the key; MFA at AssumeRole does not carry into the session (semantics §5).
    ['aws:MultiFactorAuthPresent', 'false'],
  ])

export interface Around {
  /** Epoch seconds. */
  readonly now: number
  readonly region: string
}

/** `aws:` keys about the resource, which only the service knows; all other `aws:` keys are ours to fill. */
const servicesOwn = /^aws:(?:(?:resourcetag|requesttag)\/.+|tagkeys|resourceaccount)$/
const reserved = /^(?:aws|sts|iam):/

/**
 * All keys of one request.
 * @throws TypeError when the service tries to fill a key of ours, present or absent: the absence of a key says something
 */
export function requestKeys(
  session: Context,
  request: Pick<Presented, 'sourceIp' | 'secure' | 'headers'>,
  { now, region }: Around,
  own: Readonly<Record<string, ContextValue>> = {},
): Context {
  const keys = new Map(session)
  for (const [written, value] of Object.entries(own)) {
    const key = written.toLowerCase()
    if ((reserved.test(key) || session.has(key)) && !servicesOwn.test(key))
      throw new TypeError(`condition key \`${written}\` is not the service's to fill`)
    keys.set(key, value)
  }
  const second = Math.floor(now)
  keys.set('aws:securetransport', request.secure ? 'true' : 'false')
  keys.set('aws:currenttime', isoOf(second))
  keys.set('aws:epochtime', String(second))
  keys.set('aws:requestedregion', region)
  if (request.sourceIp !== '') keys.set('aws:sourceip', plainAddress(request.sourceIp))
  const agent = userAgent(request.headers)
  if (agent !== undefined) keys.set('aws:useragent', agent)
  return keys
}

/** Many requests fall into one second. */
let last = { second: Number.NaN, text: '' }

function isoOf(second: number): string {
  if (last.second !== second)
    last = { second, text: new Date(second * 1000).toISOString().replace('.000Z', 'Z') }
  return last.text
}

/** An IPv4 client on a dual-stack socket is an IPv4 client. */
const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '')

function userAgent(headers: readonly string[]): string | undefined {
  for (let i = 0; i + 1 < headers.length; i += 2)
    if (headers[i]?.toLowerCase() === 'user-agent') return headers[i + 1]
  return undefined
}
