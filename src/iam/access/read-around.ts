// What a role, a group and a policy reach, and who may become the role, is in the group or has the policy: the pictures of around-pictures.ts.
// As for a person, the engine answers questions about real policies, so that iam:SimulatePrincipalPolicy is needed; what a reader may
// not see elsewhere is marked as hidden. Bounded, whatever the account has.
import type { Policy, Role } from '../../store/records.ts'
import { accountOf, groupArn, roleArn, userArn } from '../arn.ts'
import { getAuthorized } from '../authorization/authorized-principal.ts'
import type { Call } from '../caller.ts'
import type { IamDependencies } from '../dependencies.ts'
import { defaultVersionDocument } from '../lookup.ts'
import { policyUsageKey } from '../managed-policy/attachments.ts'
import { AuthorizedPolicies } from '../managed-policy/authorized-policy.ts'
import {
  groupPicture,
  memberOf,
  policyPicture,
  rolePicture,
  type TrustedName,
  trustedNames,
} from './around-pictures.ts'
import type { AccessPicture } from './drawing.ts'
import type { WhoFacts } from './facts.ts'
import { FactsReader, mostRoles } from './facts-reader.ts'
import { type PersonAccess, type QuestionInput, questionOf } from './read-access.ts'

/** Maximum of principals that are drawn: those that have the policy, are in the group or may assume the role. */
export const mostWho = 60

export interface AroundAccess {
  readonly picture: AccessPicture
  /** How many further such principals there are; `some`: not counted. */
  readonly furtherWho: number | 'some'
  /** Roles that members of a group may become. */
  readonly roles: PersonAccess['roles']
}

interface AroundInput {
  readonly question?: QuestionInput | undefined
  /** Such principals that are drawn, 1 to 60. Default 6. */
  readonly who?: number | undefined
}

const noRoles: PersonAccess['roles'] = { found: 0, more: false }
const limitOf = ({ who = 6 }: AroundInput): number => Math.min(mostWho, Math.max(1, who))

export class AroundReads {
  readonly #deps: IamDependencies
  readonly #read: FactsReader
  readonly #policies: AuthorizedPolicies

  constructor(deps: IamDependencies) {
    this.#deps = deps
    this.#read = new FactsReader(deps)
    this.#policies = new AuthorizedPolicies(deps)
  }

  /** @throws Problem('denied'), Problem('not_found'), Problem('invalid_input') */
  async getRoleAccess(call: Call, input: AroundInput & { readonly roleName: string }): Promise<AroundAccess> {
    const role = await getAuthorized(this.#deps, call, 'role', input.roleName, 'iam:SimulatePrincipalPolicy')
    const question = input.question && questionOf(input.question)
    const arn = roleArn(role)
    const whoHidden = await this.#read.missing(call, 'iam:GetRole', arn)
    const names = whoHidden === undefined ? trustedNames(role.trust) : []
    const shown = names.slice(0, limitOf(input))
    const facts = {
      accountId: role.accountId,
      now: call.circumstances.now,
      role: await this.#read.role(call, role, question),
      guardrails: await this.#read.guardrails(call, role.accountId),
      who: await Promise.all(shown.map((name) => this.#trusted(role, name))),
      whoHidden,
    }
    return {
      picture: rolePicture(facts, question),
      furtherWho: names.length - shown.length,
      roles: noRoles,
    }
  }

  /** @throws Problem('denied'), Problem('not_found'), Problem('invalid_input') */
  async getPolicyAccess(
    call: Call,
    input: AroundInput & { readonly policyArn: string },
  ): Promise<AroundAccess> {
    const policy = await this.#policies.get(call, input.policyArn, 'iam:GetPolicyVersion')
    const question = input.question && questionOf(input.question)
    const accountId = accountOf(call.caller)
    const whoHidden = await this.#read.missing(call, 'iam:ListEntitiesForPolicy', policy.arn)
    const { who, further } =
      whoHidden === undefined
        ? await this.#holders(accountId, policy, limitOf(input))
        : { who: [], further: 0 }
    const facts = {
      accountId,
      now: call.circumstances.now,
      policy: { name: policy.arn, document: defaultVersionDocument(policy) },
      who,
      whoHidden,
    }
    return { picture: policyPicture(facts, question), furtherWho: further, roles: noRoles }
  }

  /**
   * @param input `roles` are drawn at most, 1 to 60
   * @throws Problem('denied'), Problem('not_found'), Problem('invalid_input')
   */
  async getGroupAccess(
    call: Call,
    input: AroundInput & { readonly groupName: string; readonly roles?: number | undefined },
  ): Promise<AroundAccess> {
    const group = await getAuthorized(
      this.#deps,
      call,
      'group',
      input.groupName,
      'iam:SimulatePrincipalPolicy',
    )
    const question = input.question && questionOf(input.question)
    const { accountId } = group
    const limit = limitOf(input)
    const whoHidden = await this.#read.missing(call, 'iam:GetGroup', groupArn(group))
    const members =
      whoHidden === undefined
        ? (await this.#deps.store.find('user', { by: 'group', value: group.id }, { limit: limit + 1 }))
            .records
        : []
    const own = members.filter((user) => user.accountId === accountId)
    const bearer = await this.#read.bearer(call, 'group', group)
    const facts = {
      accountId,
      now: call.circumstances.now,
      person: memberOf(accountId),
      groups: [bearer],
      guardrails: await this.#read.guardrails(call, accountId),
    }
    const rolesHidden = await this.#read.missing(call, 'iam:ListRoles', `arn:aws:iam::${accountId}:role/`)
    const found =
      rolesHidden === undefined
        ? await this.#read.rolesInReach(call, facts, question)
        : { records: [], more: false }
    const drawn = found.records.slice(0, Math.min(mostRoles.drawn, Math.max(1, input.roles ?? 6)))
    const around = {
      ...facts,
      group: bearer,
      roles: await Promise.all(drawn.map((role) => this.#read.role(call, role, question))),
      rolesHidden,
      whoHidden,
      who: own.slice(0, limit).map((user): WhoFacts => personFacts(user)),
    }
    return {
      picture: groupPicture(around, question),
      furtherWho: own.length > limit ? 'some' : 0,
      roles: { found: found.records.length, more: found.more },
    }
  }

  /** Those to whom the policy is attached: people, then groups, then roles. */
  async #holders(accountId: string, { arn }: Policy, limit: number) {
    const { store } = this.#deps
    const attached = { by: 'attached', value: policyUsageKey(accountId, arn) } as const
    const [users, groups, roles, ...counts] = await Promise.all([
      store.find('user', attached, { limit }),
      store.find('group', attached, { limit }),
      store.find('role', attached, { limit }),
      store.count('user', attached),
      store.count('group', attached),
      store.count('role', attached),
    ])
    const who = [
      ...users.records.map(personFacts),
      ...groups.records.map(
        (group): WhoFacts => ({ kind: 'group', id: group.id, name: group.name, arn: groupArn(group) }),
      ),
      ...roles.records.map(roleFacts),
    ].slice(0, limit)
    return { who, further: Math.max(0, counts.reduce((sum, count) => sum + count, 0) - who.length) }
  }

  /** Only people and roles of the role's account are named beside their ARN (docs/attacks.md 16). */
  async #trusted(role: Role, { type, name }: TrustedName): Promise<WhoFacts> {
    const outside = (what: Extract<WhoFacts, { kind: 'outside' }>['what']): WhoFacts => ({
      kind: 'outside',
      what,
      name,
    })
    if (type === 'Federated') return outside('provider')
    if (type !== 'AWS') return outside('service')
    if (name === '*') return outside('anyone')
    if (/^(?:\d{12}|arn:aws:iam::\d{12}:root)$/.test(name)) return outside('account')
    if (/^AIDA[A-Z2-7]+$/.test(name)) {
      const user = await this.#deps.store.get('user', name)
      return user?.accountId === role.accountId ? personFacts(user) : outside('principal')
    }
    const [, roleId, session] = /^(AROA[A-Z2-7]+)(?::(.+))?$/.exec(name) ?? []
    if (roleId === undefined) return outside(name.includes(':assumed-role/') ? 'session' : 'principal')
    const found = await this.#deps.store.get('role', roleId)
    if (found?.accountId !== role.accountId) return outside('principal')
    return session === undefined
      ? roleFacts(found)
      : { kind: 'outside', what: 'session', name: `${found.name}/${session}` }
  }
}

const personFacts = (user: Parameters<typeof userArn>[0] & { readonly id: string }): WhoFacts => ({
  kind: 'person',
  id: user.id,
  name: user.name,
  arn: userArn(user),
})
const roleFacts = (role: Parameters<typeof roleArn>[0] & { readonly id: string }): WhoFacts => ({
  kind: 'role',
  id: role.id,
  name: role.name,
  arn: roleArn(role),
})
