// Authorizes every request to the product itself: iam, sts, oidc, audit and decision actions. The policy engine decides, given the
// caller's principal and condition keys (caller-context.ts), policies (principal-policies.ts) and revocations (revocations.ts).
// Nothing is changed here, and no signatures or tokens are read: sts/authentication/authenticate.ts makes the Caller.

import { withDecision } from '../../audit/decision-record.ts'
import type { PolicySet } from '../../policy/engine/compile.ts'
import {
  type Decision,
  decide,
  emptySet,
  explain,
  formatDecision,
  type LayerName,
  type Layers,
} from '../../policy/engine/decide.ts'
import type { Context, Principal } from '../../policy/request.ts'
import { Problem } from '../../problem.ts'
import { accountsOf } from '../../secure/session/session-dependencies.ts'
import type { Store } from '../../store/store.ts'
import type { Call, Caller, Circumstances } from '../caller.ts'
import { AccountFactsCache } from './account-facts.ts'
import { noteAllowed, noteAsked } from './allowed-by.ts'
import { type ContextEntry, contextFor, principalOf } from './caller-context.ts'
import { decisionRecord } from './decision-record.ts'
import { type PrincipalPolicies, PrincipalPolicyCache, type PrincipalRef } from './principal-policies.ts'
import { resourceKeysOf } from './resource-keys.ts'
import { RevocationView } from './revocation-view.ts'
import { revokedBy } from './revocations.ts'
import { SessionPolicyCache, type SessionPolicyChain } from './session-links.ts'
import { shownResource } from './shown-resource.ts'

export interface AuthorizeOptions {
  /** Account that owns the resource; by default the caller's. Whoever asks about what belongs to the server must name it. */
  readonly resourceAccount?: string
  /** The resource's policy; `trust` is the trust policy of a role. */
  readonly resource?: PolicySet
  readonly trust?: PolicySet
}

export interface Authorizer {
  /**
   * Returns the decision that allows `action` (such as `iam:CreateUser`) on `resource` (an ARN).
   * @throws Problem('denied') with AWS's message, Problem('missing_credentials'), Problem('unauthenticated') when the
   * caller's user, role or session was deleted, disabled or revoked.
   */
  authorize(
    call: Call,
    action: string,
    resource: string,
    extra?: Iterable<ContextEntry>,
    options?: AuthorizeOptions,
  ): Promise<Decision>
  /** The policies, boundary and tags of a user or role, with a version that changes when any of them does. */
  policiesOf(principal: PrincipalRef): Promise<PrincipalPolicies | undefined>
  /** @throws Problem('missing_credentials') for an anonymous caller */
  principalOf(caller: Caller): Principal
  /** All condition keys. Entries of `extra` that would describe the caller are ignored. */
  contextOf(caller: Caller, circumstances: Circumstances, extra?: Iterable<ContextEntry>): Promise<Context>
  /** Condition keys of the user or role with this ARN: what `authorize` adds for actions of the admin API. */
  resourceKeysOf(arn: string): Promise<readonly ContextEntry[]>
  /** Identity policies, permissions boundary and session policies. */
  layersOf(caller: Caller): Promise<Layers>
  /** The session policies of a role chain; managed policies in their current version. */
  sessionSetsOf(links: SessionPolicyChain): Promise<readonly PolicySet[]>
  /** @throws Problem('unauthenticated') when the caller was deleted, disabled or revoked */
  ensureLive(caller: Caller): Promise<void>
  /** The revocations in force, loaded once per change and shared. */
  readonly revocations: Pick<RevocationView, 'list' | 'instants' | 'watch' | 'reachable'>
  close(): void
}

const refOf = (caller: Caller): PrincipalRef | undefined => {
  if (caller.kind === 'user' || caller.kind === 'federated') return { kind: 'user', id: caller.userId }
  return caller.kind === 'session' ? { kind: 'role', id: caller.roleId } : undefined
}

const invalidToken = (detail: string) =>
  new Problem('unauthenticated', 'The security token included in the request is invalid.', { detail })

export function openAuthorizer(store: Store): Authorizer {
  const accounts = new AccountFactsCache(store)
  const policies = new PrincipalPolicyCache(store, accounts)
  const revocations = new RevocationView(store)
  const links = new SessionPolicyCache(store)

  const policiesOfCaller = async (caller: Caller): Promise<PrincipalPolicies | undefined> => {
    const ref = refOf(caller)
    return ref && policies.of(ref)
  }

  /** The caller's policies, after checking that the caller was not deleted, disabled or revoked. */
  const livePolicies = async (caller: Caller): Promise<PrincipalPolicies | undefined> => {
    if (caller.kind === 'anonymous') return undefined
    if (caller.kind === 'root') {
      if ((await accounts.of(caller.accountId)).closed) throw invalidToken('the account is closed')
      return undefined
    }
    const facts = await policiesOfCaller(caller)
    if (facts === undefined) throw invalidToken(`the ${caller.kind}'s principal was deleted`)
    if (facts.accountId !== caller.accountId) throw invalidToken('the principal is of another account')
    const person =
      caller.userId === undefined ? facts : await policies.of({ kind: 'user', id: caller.userId })
    // A session ends with the user for whom it was made (docs/attacks.md 7).
    if (person === undefined || person.disabled) throw invalidToken('the user was deleted or disabled')
    const actor = caller.kind === 'session' ? caller.actor : undefined
    const ended = await revokedBy(revocations, caller, [
      ...accountsOf(caller.accountId, actor),
      person.accountId,
    ])
    if (ended) throw invalidToken(`the session was revoked by ${ended.scope} \`${ended.value}\``)
    return facts
  }

  const layers = async (caller: Caller, facts: PrincipalPolicies | undefined): Promise<Layers> => {
    const boundary = facts?.sets.boundary
    const guardrail = caller.kind === 'anonymous' ? undefined : (await accounts.of(caller.accountId)).layer
    const narrowing =
      caller.kind === 'session' || caller.kind === 'federated'
        ? caller.sessionPolicies
        : caller.kind === 'user'
          ? caller.session?.sessionPolicies
          : undefined
    return {
      identity: facts?.sets.identity ?? emptySet,
      ...(guardrail && { guardrail }),
      ...(boundary && { boundary }),
      ...(narrowing && { session: await links.setsOf(narrowing) }),
    }
  }

  return {
    async authorize(call, action, resource, extra = [], options = {}) {
      const { caller, circumstances } = call
      noteAsked(circumstances, action, resource)
      const principal = principalOf(caller)
      const facts = await livePolicies(caller)
      checkMfaForIam(caller, action, resource)
      checkFederatedUser(caller, action, resource)
      const { resourceAccount, ...more } = options
      const owner = resourceAccount ?? (caller.kind === 'anonymous' ? undefined : caller.accountId)
      const context = contextFor(caller, circumstances, facts?.tags ?? [], [
        ...(/^chancery:/i.test(action) ? await resourceKeysOf(store, resource) : []),
        ...extra,
        ['aws:ResourceAccount', owner],
      ])
      const asked = { principal, action, resource, resourceAccount: owner, context }
      const all = { ...(await layers(caller, facts)), ...more }
      const decision = decide(asked, all)
      if (decision.effect === 'deny')
        throw withDecision(deniedProblem(caller, action, resource, decision), () =>
          decisionRecord(explain(asked, all), asked),
        )
      noteAllowed(circumstances, action, decision)
      return decision
    },
    policiesOf: (principal) => policies.of(principal),
    principalOf,
    async contextOf(caller, circumstances, extra) {
      return contextFor(caller, circumstances, (await policiesOfCaller(caller))?.tags ?? [], extra)
    },
    resourceKeysOf: (arn) => resourceKeysOf(store, arn),
    revocations,
    layersOf: async (caller) => layers(caller, await policiesOfCaller(caller)),
    sessionSetsOf: (chain) => links.setsOf(chain),
    async ensureLive(caller) {
      await livePolicies(caller)
    },
    close() {
      policies.close()
      accounts.close()
      revocations.close()
      links.close()
    },
  }
}

/** Actions that administer users, groups and what they may do: IAM's, and those of the admin API and SCIM. */
const administration = /^(?:iam|chancery):/i

/**
 * Temporary credentials of a user may call IAM only when they were requested with MFA (STS API reference: GetSessionToken). The
 * admin API changes the same records, so the rule holds for it too.
 * @throws Problem('denied')
 */
function checkMfaForIam(caller: Caller, action: string, resource: string): void {
  if (caller.kind !== 'user' || caller.session === undefined || caller.mfaAge !== undefined) return
  if (!administration.test(action)) return
  throw new Problem(
    'denied',
    `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${shownResource(action, resource)} because the session was made without MFA`,
  )
}

/**
 * Federated users call neither IAM nor STS, whatever their policies allow (STS API: GetFederationToken), nor the admin API.
 * GetCallerIdentity needs no permission.
 * @throws Problem('denied')
 */
function checkFederatedUser(caller: Caller, action: string, resource: string): void {
  if (caller.kind !== 'federated' || !(administration.test(action) || /^sts:/i.test(action))) return
  throw new Problem(
    'denied',
    `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${shownResource(action, resource)} because federated users cannot call IAM, STS or the admin API`,
  )
}

/** AWS's names of the policy types (IAM User Guide, "Troubleshoot access denied error messages"). */
const layerNames = {
  identity: { no: 'no identity-based policy', a: 'an identity-based policy' },
  boundary: { no: 'no permissions boundary', a: 'a permissions boundary' },
  session: { no: 'no session policy', a: 'a session policy' },
  resource: { no: 'no resource-based policy', a: 'a resource-based policy' },
  trust: { no: 'no resource-based policy', a: 'a resource-based policy' },
  guardrail: { no: 'no service control policy', a: 'a service control policy' },
  root: { no: 'no identity-based policy', a: 'an identity-based policy' },
} as const satisfies Record<LayerName, { no: string; a: string }>

function deniedProblem(caller: Caller, action: string, resource: string, decision: Decision): Problem {
  const who = caller.kind === 'anonymous' ? 'anonymous' : caller.arn
  const words = layerNames[decision.layer ?? 'identity']
  const why =
    decision.reason === 'explicit_deny'
      ? `with an explicit deny in ${words.a}`
      : `because ${words.no} allows the ${action} action`
  return new Problem(
    'denied',
    `User: ${who} is not authorized to perform: ${action} on resource: ${shownResource(action, resource)} ${why}`,
    { detail: formatDecision(decision) },
  )
}
