// Reads the facts of pictures of access: policies of people, groups and roles, as far as the caller may see them, and the roles that
// a person may become. Bounded, whatever the account has.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { PolicySet } from '../../policy/engine/compile.ts'
import { decide, emptySet, formatDecision, type Layers } from '../../policy/engine/decide.ts'
import { isProblem } from '../../problem.ts'
import type { Group, Role, User } from '../../store/records.ts'
import { groupArn, roleArn, userArn } from '../arn.ts'
import type { PrincipalPolicies } from '../authorization/principal-policies.ts'
import type { Call } from '../caller.ts'
import type { IamDependencies } from '../dependencies.ts'
import { managedDocument } from '../lookup.ts'
import {
  type AccessFacts,
  type AccessQuestion,
  type BearerFacts,
  type BoundaryFacts,
  type PolicyFacts,
  type RoleFacts,
  requestOfRole,
} from './facts.ts'
import { RolesInReach } from './roles-in-reach.ts'

/** Roles that one request looks at, and how many of them before others get their turn. */
export const mostRoles = { looked: 1000, perTurn: 100, drawn: 60, granting: 50 } as const

export class FactsReader {
  readonly #deps: IamDependencies

  constructor(deps: IamDependencies) {
    this.#deps = deps
  }

  /** The action when the caller may not do it. */
  async missing(call: Call, action: string, resource: string): Promise<string | undefined> {
    try {
      await this.#deps.authorizer.authorize(call, action, resource)
      return undefined
    } catch (error) {
      if (!isProblem(error, 'denied')) throw error
      return action
    }
  }

  async firstMissing(call: Call, actions: readonly string[], resource: string): Promise<string | undefined> {
    for (const action of actions) {
      const missing = await this.missing(call, action, resource)
      if (missing !== undefined) return missing
    }
    return undefined
  }

  async bearer(call: Call, kind: BearerFacts['kind'], record: User | Group | Role): Promise<BearerFacts> {
    const [word, arn] =
      kind === 'person'
        ? ['User', userArn(record)]
        : kind === 'group'
          ? ['Group', groupArn(record)]
          : ['Role', roleArn(record)]
    const lists = [`iam:ListAttached${word}Policies`, `iam:List${word}Policies`]
    const [hidden, inlineHidden] = await Promise.all([
      this.firstMissing(call, lists, arn),
      this.missing(call, `iam:Get${word}Policy`, arn),
    ])
    const inline = record.inline.map(({ name, document }) => ({ name, document, hidden: inlineHidden }))
    const managed = await Promise.all(
      record.attached.map((policy) => this.managed(call, record.accountId, policy)),
    )
    return {
      id: record.id,
      kind,
      name: record.name,
      arn,
      policies: [...inline, ...managed.filter((policy) => policy !== undefined)],
      hidden,
    }
  }

  async managed(call: Call, accountId: string, arn: string): Promise<PolicyFacts | undefined> {
    const policy = await managedDocument(this.#deps.store, accountId, arn)
    if (policy === undefined) return undefined
    const hidden = await this.missing(call, 'iam:GetPolicyVersion', arn)
    return { name: arn, document: policy.document, hidden }
  }

  async boundary(call: Call, accountId: string, arn: string | undefined): Promise<BoundaryFacts | undefined> {
    if (arn === undefined) return undefined
    return (await this.managed(call, accountId, arn)) ?? { name: arn, document: undefined }
  }

  async groups(call: Call, user: User): Promise<readonly BearerFacts[]> {
    const groups = await this.groupRecords(user)
    return Promise.all(groups.map((group) => this.bearer(call, 'group', group)))
  }

  async groupRecords(user: User): Promise<readonly Group[]> {
    const found = await Promise.all(user.groups.map((id) => this.#deps.store.get('group', id)))
    // Only groups of the user's account count, whatever the record contains (docs/attacks.md 16).
    return found.filter((group) => group?.accountId === user.accountId) as Group[]
  }

  async guardrails(call: Call, accountId: string): Promise<readonly PolicyFacts[] | undefined> {
    const guardrails = (await this.#deps.store.get('account', accountId))?.guardrails
    if (guardrails === undefined) return undefined
    const arn = `arn:aws:chancery::${accountId}:account/${accountId}`
    const hidden = await this.missing(call, 'chancery:GetAccount', arn)
    return guardrails.map(({ name, document }) => ({ name, document, hidden }))
  }

  async role(call: Call, role: Role, question: AccessQuestion | undefined): Promise<RoleFacts> {
    const bearer = await this.bearer(call, 'role', role)
    const undecided =
      question === undefined ? undefined : await this.missing(call, 'iam:SimulatePrincipalPolicy', bearer.arn)
    return {
      ...bearer,
      ...(undecided !== undefined && { hidden: undecided, undecided: true }),
      tags: role.tags,
      boundary: await this.boundary(call, role.accountId, role.boundary),
      trust: role.trust,
    }
  }

  /** Roles of the account, of which at most 1,000 are looked at. @returns whether there are more */
  async eachRole(accountId: string, look: (role: Role) => unknown): Promise<boolean> {
    let after: string | undefined
    for (let looked = 0; looked < mostRoles.looked; looked += mostRoles.perTurn) {
      const page = { limit: mostRoles.perTurn, after }
      const { records, next } = await this.#deps.store.find('role', { by: 'account', value: accountId }, page)
      for (const role of records) await look(role)
      if (next === undefined) return false
      after = next
      await nextTurn()
    }
    return true
  }

  /** With a question, the roles with which it can be reached come first. */
  async rolesInReach(
    call: Call,
    facts: Omit<AccessFacts, 'roles' | 'rolesHidden'>,
    question: AccessQuestion | undefined,
  ): Promise<{ readonly records: readonly Role[]; readonly more: boolean }> {
    const reach = new RolesInReach(facts, question?.context ?? new Map())
    const [first, second, rest]: [Role[], Role[], Role[]] = [[], [], []]
    const more = await this.eachRole(facts.accountId, async (role) => {
      const arn = roleArn(role)
      // The role that is asked about is drawn also when it is out of reach.
      if (question?.resource === arn) return first.unshift(role)
      const how = reach.of({ arn, trust: role.trust })
      if (how === 'no') return undefined
      if (question === undefined) return (how === 'yes' ? first : second).push(role)
      const effect = await this.effectAs(call, role, question)
      return (effect === undefined ? rest : how === 'yes' ? first : second).push(role)
    })
    return { records: [...first, ...second, ...rest], more }
  }

  /**
   * Why a session of the role may; undefined when it may not, or the caller may not ask.
   * @param trust of the role, when the question is about becoming one
   */
  async effectAs(
    call: Call,
    role: Role,
    question: AccessQuestion,
    trust?: PolicySet,
  ): Promise<string | undefined> {
    const arn = roleArn(role)
    const facts = await this.#deps.authorizer.policiesOf({ kind: 'role', id: role.id })
    if (facts === undefined) return undefined
    const asked = { accountId: role.accountId, now: call.circumstances.now }
    const decision = decide(requestOfRole(asked, { ...role, arn }, question), {
      ...layersOf(facts),
      ...(trust && { trust }),
    })
    if (decision.effect === 'deny') return undefined
    const hidden = await this.missing(call, 'iam:SimulatePrincipalPolicy', arn)
    return hidden === undefined ? formatDecision(decision) : undefined
  }
}

export const layersOf = ({ sets }: PrincipalPolicies): Layers => ({
  identity: sets.identity ?? emptySet,
  ...(sets.boundary && { boundary: sets.boundary }),
  ...(sets.guardrail && { guardrail: sets.guardrail }),
})
