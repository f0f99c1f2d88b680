// The principal and the condition keys of a caller (docs/policy-semantics.md section 4). A request cannot set the keys that
// describe the caller.

import { type Context, type ContextValue, contextOf, type Principal } from '../../policy/request.ts'
import { Problem } from '../../problem.ts'
import type { Tag } from '../../store/records.ts'
import type { Caller, Circumstances } from '../caller.ts'

export type ContextEntry = readonly [string, ContextValue | undefined]

/** `aws:` keys about the resource or the content of the request, which the action may set. */
const settableByAction = /^aws:(requesttag\/.|tagkeys$|resourcetag\/.|resourceaccount$)/
/** All other keys with this prefix are set by the server only. */
const reservedKeys = /^aws:/

/** @throws Problem('missing_credentials') for an anonymous caller */
export function principalOf(caller: Caller): Principal {
  switch (caller.kind) {
    case 'root':
      return { kind: 'root', accountId: caller.accountId, arn: caller.arn }
    case 'user':
      return { kind: 'user', accountId: caller.accountId, arn: caller.arn, id: caller.userId }
    case 'session':
      return {
        kind: 'role-session',
        accountId: caller.accountId,
        arn: caller.arn,
        roleArn: caller.roleArn,
        roleId: caller.roleId,
        federated: caller.federatedProvider,
      }
    case 'federated':
      return {
        kind: 'federated-user',
        accountId: caller.accountId,
        arn: caller.arn,
        issuerArn: caller.userArn,
        issuerId: caller.userId,
      }
    case 'anonymous':
      throw new Problem('missing_credentials', 'Request is missing Authentication Token')
  }
}

let latest = { seconds: Number.NaN, text: '' }

/** ISO 8601 in UTC, to the second. The requests of one second share the text. @param seconds epoch seconds */
export function isoInstant(seconds: number): string {
  if (seconds !== latest.seconds)
    latest = { seconds, text: new Date(seconds * 1000).toISOString().replace('.000Z', 'Z') }
  return latest.text
}

const bool = (value: boolean) => (value ? 'true' : 'false')

const requestKeys = (c: Circumstances): ContextEntry[] => [
  ['aws:SourceIp', c.sourceIp],
  ['aws:SecureTransport', bool(c.secure)],
  ['aws:UserAgent', c.userAgent],
  ['aws:RequestedRegion', c.region],
  ['aws:CurrentTime', isoInstant(c.now)],
  ['aws:EpochTime', String(c.now)],
]

const tagKeys = (tags: readonly Tag[]): ContextEntry[] =>
  tags.map((tag) => [`aws:PrincipalTag/${tag.key}`, tag.value])

/** The condition keys of each kind of caller. @param own tags of the user or role */
function callerKeys(caller: Caller, own: readonly Tag[]): ContextEntry[] {
  switch (caller.kind) {
    case 'anonymous':
      return [['aws:PrincipalType', 'Anonymous']]
    case 'root':
      return [
        ['aws:PrincipalArn', caller.arn],
        ['aws:PrincipalAccount', caller.accountId],
        ['aws:PrincipalType', 'Account'],
        ['aws:userid', caller.accountId],
      ]
    case 'user':
      return [
        ['aws:PrincipalArn', caller.arn],
        ['aws:PrincipalAccount', caller.accountId],
        ['aws:PrincipalType', 'User'],
        ['aws:userid', caller.userId],
        ['aws:username', caller.userName],
        ...tagKeys(own),
        [
          'aws:TokenIssueTime',
          caller.issuedAt === undefined || !caller.temporary ? undefined : isoInstant(caller.issuedAt),
        ],
        // Absent for long-term keys without MFA, so that Bool and BoolIfExists differ.
        [
          'aws:MultiFactorAuthPresent',
          caller.temporary || caller.mfaAge !== undefined ? bool(caller.mfaAge !== undefined) : undefined,
        ],
        ['aws:MultiFactorAuthAge', caller.mfaAge === undefined ? undefined : String(caller.mfaAge)],
      ]
    case 'federated':
      return [
        ['aws:PrincipalArn', caller.arn],
        ['aws:PrincipalAccount', caller.accountId],
        ['aws:PrincipalType', 'FederatedUser'],
        ['aws:userid', `${caller.accountId}:${caller.name}`],
        ...tagKeys(caller.tags),
        ['aws:TokenIssueTime', isoInstant(caller.issuedAt)],
        ['aws:MultiFactorAuthPresent', 'false'],
      ]
    case 'session':
      return [
        ['aws:PrincipalArn', caller.roleArn],
        ['aws:PrincipalAccount', caller.accountId],
        ['aws:PrincipalType', 'AssumedRole'],
        ['aws:userid', `${caller.roleId}:${caller.sessionName}`],
        // A session tag replaces the role's tag of the same key; contextOf compares keys without case.
        ...tagKeys(own),
        ...tagKeys(caller.tags),
        ['aws:TokenIssueTime', isoInstant(caller.issuedAt)],
        ['aws:SourceIdentity', caller.sourceIdentity],
        ['aws:FederatedProvider', caller.federatedProvider],
        ...(caller.tokenClaims ?? []),
        // MFA of the AssumeRole caller does not carry over into the session (docs/policy-semantics.md section 5).
        ['aws:MultiFactorAuthPresent', 'false'],
      ]
  }
}

/** All condition keys of a request. The server's keys replace those of `extra`. */
export function contextFor(
  caller: Caller,
  circumstances: Circumstances,
  own: readonly Tag[],
  extra: Iterable<ContextEntry> = [],
): Context {
  const allowed = [...extra].filter(([key]) => {
    const name = key.toLowerCase()
    return !reservedKeys.test(name) || settableByAction.test(name)
  })
  return contextOf([...allowed, ...requestKeys(circumstances), ...callerKeys(caller, own)])
}
