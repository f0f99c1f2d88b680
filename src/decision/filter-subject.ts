// The subject of a filter: a user or role by unique id or ARN, or a live session by its token, with all policies that
// apply. Only subjects of the calling service's own account are found.

import { principalOf } from '../iam/authorization/caller-context.ts'
import type { PrincipalPolicies } from '../iam/authorization/principal-policies.ts'
import type { Caller } from '../iam/caller.ts'
import type { PolicySet } from '../policy/engine/compile.ts'
import type { Layers } from '../policy/engine/decide.ts'
import type { Principal } from '../policy/request.ts'
import { Problem } from '../problem.ts'
import type { SessionSigningKeys } from '../sts/authentication/session-signing-key.ts'
import { type SessionCaller, sessionCaller } from '../sts/session/session-caller.ts'
import type { IdByName, LongPolicyOf } from './ports.ts'

export interface SubjectPorts {
  readonly policiesOf: (ref: {
    readonly kind: 'user' | 'role'
    readonly id: string
  }) => Promise<PrincipalPolicies | undefined>
  readonly sessions: Pick<SessionSigningKeys, 'read'>
  readonly longPolicyOf: LongPolicyOf
  /** The session policies of a role chain, managed ones in their current version. */
  readonly sessionSetsOf: (links: readonly (readonly string[])[]) => Promise<readonly PolicySet[]>
  /** Without it, principals cannot be found by ARN. */
  readonly idByName?: IdByName | undefined
  /** Epoch seconds. */
  readonly clock: () => number
}

/** The subject of a filter: as a principal, with its policies and its condition keys. */
export interface FilterSubject {
  readonly principal: Principal
  readonly layers: Layers
  readonly caller: Caller
  readonly facts: PrincipalPolicies
}

const unknownPrincipal = (cause?: unknown): Problem =>
  new Problem('not_found', 'there is no such user, role or live session', { cause })

/**
 * Finds a subject of this account only; subjects of other accounts are not found (docs/attacks.md 16). @throws
 * Problem('not_found')
 */
export async function findFilterSubject(
  name: string,
  accountId: string,
  ports: SubjectPorts,
): Promise<FilterSubject> {
  if (name.startsWith('arn:')) {
    const found = await withoutSession(refOfId(await idOf(name, accountId, ports)), accountId, ports)
    // The ARN contains the path, which is not part of the name.
    if (found.facts.arn !== name) throw unknownPrincipal()
    return found
  }
  if (/^A(IDA|ROA)\w+$/.test(name)) return withoutSession(refOfId(name), accountId, ports)
  return inSession(name, accountId, ports)
}

const refOfId = (id: string): { readonly kind: 'user' | 'role'; readonly id: string } => ({
  kind: id.startsWith('AIDA') ? 'user' : 'role',
  id,
})

async function idOf(arn: string, accountId: string, { idByName }: SubjectPorts): Promise<string> {
  const [, account, kind, name] = /^arn:aws:iam::(\d{12}):(user|role)\/(?:[^:]*\/)?([^:/]+)$/.exec(arn) ?? []
  if (account === undefined || kind === undefined || name === undefined)
    throw new Problem(
      'invalid_input',
      '`principal` must be the ARN of a user or role, a unique id or a session token',
    )
  if (idByName === undefined)
    throw new Problem('unsupported_action', 'principals are found by unique id or session token here')
  const id =
    account === accountId ? await idByName(accountId, kind === 'user' ? 'user' : 'role', name) : undefined
  if (id === undefined) throw unknownPrincipal()
  return id
}

async function factsOf(
  ref: { readonly kind: 'user' | 'role'; readonly id: string },
  accountId: string,
  { policiesOf }: SubjectPorts,
): Promise<PrincipalPolicies> {
  const facts = await policiesOf(ref)
  if (facts === undefined || facts.accountId !== accountId || facts.disabled) throw unknownPrincipal()
  return facts
}

/** A user, or a role as if in a session without session policies. */
async function withoutSession(
  ref: { readonly kind: 'user' | 'role'; readonly id: string },
  accountId: string,
  ports: SubjectPorts,
): Promise<FilterSubject> {
  const facts = await factsOf(ref, accountId, ports)
  const caller = facts.kind === 'user' ? asUser(facts) : asRole(facts, ports.clock())
  return { principal: principalOf(caller), layers: layersOf(facts, []), caller, facts }
}

const asUser = ({ accountId, arn, id, name }: PrincipalPolicies): Caller => ({
  kind: 'user',
  accountId,
  arn,
  userId: id,
  userName: name,
  accessKeyId: undefined,
  mfaAge: undefined,
  temporary: false,
  issuedAt: undefined,
})

const asRole = ({ accountId, arn, id, name }: PrincipalPolicies, now: number): SessionCaller => ({
  kind: 'session',
  accountId,
  arn: `arn:aws:sts::${accountId}:assumed-role/${name}/filter`,
  roleId: id,
  roleArn: arn,
  sessionName: 'filter',
  sessionId: '',
  accessKeyId: undefined,
  issuedAt: now,
  expiresAt: now,
  sessionPolicies: [],
  tags: [],
  transitiveTagKeys: [],
  sourceIdentity: undefined,
  federatedProvider: undefined,
})

const tokenFaults: readonly string[] = ['unauthenticated', 'expired_token']

async function inSession(token: string, accountId: string, ports: SubjectPorts): Promise<FilterSubject> {
  const claims = await ports.sessions.read(token).catch((cause: unknown) => {
    // The caller is the service, so an invalid token means that the session is not found, not that the caller is
    // unauthenticated.
    throw cause instanceof Problem && tokenFaults.includes(cause.code) ? unknownPrincipal(cause) : cause
  })
  if (claims.acct !== accountId) throw unknownPrincipal()
  const caller = await sessionCaller(claims, { textOf: ports.longPolicyOf })
  const facts = await factsOf({ kind: 'role', id: caller.roleId }, accountId, ports)
  const session = await ports.sessionSetsOf(caller.sessionPolicies)
  return { principal: principalOf(caller), layers: layersOf(facts, session), caller, facts }
}

const layersOf = ({ sets }: PrincipalPolicies, session: readonly PolicySet[]): Layers => ({
  identity: sets.identity,
  boundary: sets.boundary,
  guardrail: sets.guardrail,
  session,
})
