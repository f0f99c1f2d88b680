// "May this caller do this?" for everything the product itself offers: iam, sts, oidc, audit and decision actions all
// come through here, and the answer is the policy engine's. It knows who a caller is (caller-context.ts), what hangs on
// them (principal-policies.ts) and what was withdrawn (revocations.ts); it changes nothing. It does not read
// signatures or tokens: sts/authenticate.ts made the Caller.

import type { PolicySet } from '../../policy/compile.ts'
import {
  type Decision,
  decide,
  emptySet,
  formatDecision,
  type LayerName,
  type Layers,
} from '../../policy/decide.ts'
import type { Context, Principal } from '../../policy/request.ts'
import { Problem } from '../../problem.ts'
import { accountsOf } from '../../secure/session-dependencies.ts'
import type { Store } from '../../store/store.ts'
import type { Call, Caller, Circumstances } from '../caller.ts'
import { type ContextEntry, contextFor, principalOf } from './caller-context.ts'
import { type PrincipalPolicies, PrincipalPolicyCache, type PrincipalRef } from './principal-policies.ts'
import { RevocationView } from './revocation-view.ts'
import { revokedBy } from './revocations.ts'
import { SessionLinkCache, type SessionLinks } from './session-links.ts'

export interface AuthorizeOptions {
  /** Owner of the resource; the caller's account when absent. */
  readonly resourceAccount?: string
  /** The resource's own policy, or a role's trust policy. */
  readonly resource?: PolicySet
  readonly trust?: PolicySet
}

export interface Authorizer {
  /**
   * The decision that allows `action` (`iam:CreateUser`) on `resource`.
   * @throws Problem('denied') in AWS's words, Problem('missing_credentials'), Problem('unauthenticated') when the
   * caller's user, role or session is gone, disabled or revoked.
   */
  authorize(
    call: Call,
    action: string,
    resource: string,
    extra?: Iterable<ContextEntry>,
    options?: AuthorizeOptions,
  ): Promise<Decision>
  /** What hangs on a user or role, with a version that changes when any of it does. */
  policiesOf(principal: PrincipalRef): Promise<PrincipalPolicies | undefined>
  /** @throws Problem('missing_credentials') for the anonymous. */
  principalOf(caller: Caller): Principal
  /** All condition keys; `extra` cannot say who the caller is. */
  contextOf(caller: Caller, circumstances: Circumstances, extra?: Iterable<ContextEntry>): Promise<Context>
  /** Identity policies, boundary and session policies. */
  layersOf(caller: Caller): Promise<Layers>
  /** The session policies of a chain, managed ones as they are now. */
  sessionSetsOf(links: SessionLinks): Promise<readonly PolicySet[]>
  /** @throws Problem('unauthenticated') when the caller is gone, disabled or revoked. */
  ensureLive(caller: Caller): Promise<void>
  /** The live revocations, read once per change for all who ask. */
  readonly revocations: Pick<RevocationView, 'list' | 'watch' | 'reachable'>
  close(): void
}

const refOf = (caller: Caller): PrincipalRef | undefined => {
  if (caller.kind === 'user') return { kind: 'user', id: caller.userId }
  return caller.kind === 'session' ? { kind: 'role', id: caller.roleId } : undefined
}

const invalidToken = (detail: string) =>
  new Problem('unauthenticated', 'The security token included in the request is invalid.', { detail })

export function openAuthorizer(store: Store): Authorizer {
  const policies = new PrincipalPolicyCache(store)
  const revocations = new RevocationView(store)
  const links = new SessionLinkCache(store)

  const factsOf = async (caller: Caller): Promise<PrincipalPolicies | undefined> => {
    const ref = refOf(caller)
    return ref && policies.of(ref)
  }

  /** The caller's own facts, once they are known to be live. */
  const liveFacts = async (caller: Caller): Promise<PrincipalPolicies | undefined> => {
    if (caller.kind !== 'user' && caller.kind !== 'session') return undefined
    const facts = await factsOf(caller)
    if (facts === undefined) throw invalidToken(`the ${caller.kind}'s principal is gone`)
    if (facts.accountId !== caller.accountId) throw invalidToken('the principal is of another account')
    const person =
      caller.userId === undefined ? facts : await policies.of({ kind: 'user', id: caller.userId })
    // A session goes no further than the user it descends from (attacks.md 7).
    if (person === undefined || person.disabled) throw invalidToken('the user is gone or disabled')
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
    const narrowing =
      caller.kind === 'session'
        ? caller.sessionPolicies
        : caller.kind === 'user'
          ? caller.session?.sessionPolicies
          : undefined
    return {
      identity: facts?.sets.identity ?? emptySet,
      ...(boundary && { boundary }),
      ...(narrowing && { session: await links.setsOf(narrowing) }),
    }
  }

  return {
    async authorize(call, action, resource, extra = [], options = {}) {
      const { caller, circumstances } = call
      const principal = principalOf(caller)
      const facts = await liveFacts(caller)
      checkMfaForIam(caller, action, resource)
      const { resourceAccount, ...more } = options
      const owner = resourceAccount ?? (caller.kind === 'anonymous' ? undefined : caller.accountId)
      const context = contextFor(caller, circumstances, facts?.tags ?? [], [
        ...extra,
        ['aws:ResourceAccount', owner],
      ])
      const asked = { principal, action, resource, resourceAccount: owner, context }
      const decision = decide(asked, { ...(await layers(caller, facts)), ...more })
      if (decision.effect === 'deny') throw refusal(caller, action, resource, decision)
      return decision
    },
    policiesOf: (principal) => policies.of(principal),
    principalOf,
    async contextOf(caller, circumstances, extra) {
      return contextFor(caller, circumstances, (await factsOf(caller))?.tags ?? [], extra)
    },
    revocations,
    layersOf: async (caller) => layers(caller, await factsOf(caller)),
    sessionSetsOf: (chain) => links.setsOf(chain),
    async ensureLive(caller) {
      await liveFacts(caller)
    },
    close() {
      policies.close()
      revocations.close()
      links.close()
    },
  }
}

/**
 * Temporary credentials of a user call IAM only when they were made with a code of an MFA device (STS API:
 * GetSessionToken).
 * @throws Problem('denied')
 */
function checkMfaForIam(caller: Caller, action: string, resource: string): void {
  if (caller.kind !== 'user' || caller.session === undefined || caller.mfaAge !== undefined) return
  if (!/^iam:/i.test(action)) return
  throw new Problem(
    'denied',
    `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resource} because the session was made without MFA`,
  )
}

/** How AWS names a layer (IAM User Guide, "Troubleshoot access denied error messages"). */
const layerWords = {
  identity: { no: 'no identity-based policy', a: 'an identity-based policy' },
  boundary: { no: 'no permissions boundary', a: 'a permissions boundary' },
  session: { no: 'no session policy', a: 'a session policy' },
  resource: { no: 'no resource-based policy', a: 'a resource-based policy' },
  trust: { no: 'no resource-based policy', a: 'a resource-based policy' },
  guardrail: { no: 'no service control policy', a: 'a service control policy' },
  root: { no: 'no identity-based policy', a: 'an identity-based policy' },
} as const satisfies Record<LayerName, { no: string; a: string }>

function refusal(caller: Caller, action: string, resource: string, decision: Decision): Problem {
  const who = caller.kind === 'anonymous' ? 'anonymous' : caller.arn
  const words = layerWords[decision.layer ?? 'identity']
  const why =
    decision.reason === 'explicit_deny'
      ? `with an explicit deny in ${words.a}`
      : `because ${words.no} allows the ${action} action`
  return new Problem(
    'denied',
    `User: ${who} is not authorized to perform: ${action} on resource: ${resource} ${why}`,
    { detail: formatDecision(decision) },
  )
}
