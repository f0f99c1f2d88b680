// A caller as policies see it: the principal they can name, and the keys their conditions ask for (semantics §4).
// A caller can put in no key that says who they are.

import { type Context, type ContextValue, contextOf, type Principal } from '../../policy/request.ts'
import { Problem } from '../../problem.ts'
import type { Tag } from '../../store/records.ts'
import type { Caller, Circumstances } from '../caller.ts'

export type ContextEntry = readonly [string, ContextValue | undefined]

/** `aws:` keys that speak of the resource or the request's own content, and so are the action's to say. */
const sayable = /^aws:(requesttag\/.|tagkeys$|resourcetag\/.|resourceaccount$)/
/** Everything else under these prefixes is ours alone. */
const guarded = /^aws:/

/** @throws Problem('missing_credentials') for the anonymous. */
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
    case 'anonymous':
      throw new Problem('missing_credentials', 'Request is missing Authentication Token')
  }
}

const iso = (seconds: number) => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
const bool = (value: boolean) => (value ? 'true' : 'false')

const requestKeys = (c: Circumstances): ContextEntry[] => [
  ['aws:SourceIp', c.sourceIp],
  ['aws:SecureTransport', bool(c.secure)],
  ['aws:UserAgent', c.userAgent],
  ['aws:RequestedRegion', c.region],
  ['aws:CurrentTime', iso(c.now)],
  ['aws:EpochTime', String(c.now)],
]

const tagKeys = (tags: readonly Tag[]): ContextEntry[] =>
  tags.map((tag) => [`aws:PrincipalTag/${tag.key}`, tag.value])

/** What each kind of caller says of itself. `own` are the tags of the user or role. */
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
          caller.issuedAt === undefined || !caller.temporary ? undefined : iso(caller.issuedAt),
        ],
        // Absent for long-term keys without MFA; that is what Bool and BoolIfExists differ on.
        [
          'aws:MultiFactorAuthPresent',
          caller.temporary || caller.mfaAge !== undefined ? bool(caller.mfaAge !== undefined) : undefined,
        ],
        ['aws:MultiFactorAuthAge', caller.mfaAge === undefined ? undefined : String(caller.mfaAge)],
      ]
    case 'session':
      return [
        ['aws:PrincipalArn', caller.roleArn],
        ['aws:PrincipalAccount', caller.accountId],
        ['aws:PrincipalType', 'AssumedRole'],
        ['aws:userid', `${caller.roleId}:${caller.sessionName}`],
        // A session's tag beats the role's of the same key; the context folds the case.
        ...tagKeys(own),
        ...tagKeys(caller.tags),
        ['aws:TokenIssueTime', iso(caller.issuedAt)],
        ['aws:SourceIdentity', caller.sourceIdentity],
        ['aws:FederatedProvider', caller.federatedProvider],
        ...(caller.tokenClaims ?? []),
        // MFA at AssumeRole does not carry into the session (semantics §5).
        ['aws:MultiFactorAuthPresent', 'false'],
      ]
  }
}

/** All keys of one request: what the action says, then what we know, which stands. */
export function contextFor(
  caller: Caller,
  circumstances: Circumstances,
  own: readonly Tag[],
  extra: Iterable<ContextEntry> = [],
): Context {
  const said = [...extra].filter(([key]) => {
    const name = key.toLowerCase()
    return !guarded.test(name) || sayable.test(name)
  })
  return contextOf([...said, ...requestKeys(circumstances), ...callerKeys(caller, own)])
}
