// What a person can reach, and who can reach something. Both are the engine's answers about real policies, so both need
// iam:SimulatePrincipalPolicy of whom they are about; which policies somebody has, and what they say, needs the permissions that
// those reads have elsewhere, and is marked as hidden from whoever lacks one. Only what the caller's account has is read.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { compile, policySet } from '../../policy/compile.ts'
import { decide, emptySet, formatDecision, type Layers } from '../../policy/decide.ts'
import { contextOf } from '../../policy/request.ts'
import { isProblem, Problem } from '../../problem.ts'
import type { Group, Role, User } from '../../store/records.ts'
import { accountOf, groupArn, roleArn, userArn } from '../arn.ts'
import { getAuthorized } from '../authorization/authorized-principal.ts'
import type { PrincipalPolicies } from '../authorization/principal-policies.ts'
import type { Call } from '../caller.ts'
import type { IamDependencies } from '../dependencies.ts'
import { defaultVersionDocument, policyByArn } from '../lookup.ts'
import type { ListPage, ListRequest } from '../paging.ts'
import { pageOfSegments, recordSegment } from '../segmented-list.ts'
import {
  type AccessFacts,
  type AccessQuestion,
  assumeRequest,
  type BearerFacts,
  type BoundaryFacts,
  type PolicyFacts,
  type RoleFacts,
  requestOfPerson,
  requestOfRole,
} from './facts.ts'
import { type AccessPicture, accessPicture } from './picture.ts'
import { RolesInReach } from './roles-in-reach.ts'

/** Roles that one request looks at, and how many of them before others get their turn. */
const mostRoles = { looked: 1000, perTurn: 50, drawn: 60, granting: 50 } as const

export interface QuestionInput {
  readonly action: string
  readonly resource: string
  readonly context?: readonly { readonly name: string; readonly values: readonly string[] }[] | undefined
}

export interface PersonAccess {
  readonly picture: AccessPicture
  readonly disabled: boolean
  readonly roles: {
    /** In reach, of those that were looked at. */
    readonly found: number
    /** There are more roles than were looked at. */
    readonly more: boolean
  }
}

export interface Reacher {
  readonly name: string
  readonly arn: string
  readonly displayName: string | undefined
  /** Each with the statements that allow it; `role` undefined: as themselves. */
  readonly ways: readonly { readonly role: string | undefined; readonly why: string }[]
}

export interface Reachers extends ListPage<Reacher> {
  /** Roles with which it can be reached, of those that were looked at. */
  readonly roles: readonly string[]
  /** The permission that is missing to see roles. */
  readonly rolesHidden: string | undefined
  /** There are more roles than were looked at. */
  readonly moreRoles: boolean
}

/** @throws Problem('invalid_input') */
function questionOf({ action, resource, context = [] }: QuestionInput): AccessQuestion {
  if (!/^[^\s:*?]{1,128}:[^\s*?]{1,128}$/.test(action))
    throw new Problem('invalid_input', 'an action has the form `service:Action`, without wildcards')
  if (resource.length > 2048)
    throw new Problem('invalid_input', 'a resource has no more than 2048 characters')
  return {
    action,
    resource: resource === '' ? '*' : resource,
    context: contextOf(context.map(({ name, values }) => [name, values.length === 1 ? values[0] : values])),
  }
}

export class AccessReads {
  readonly #deps: IamDependencies

  constructor(deps: IamDependencies) {
    this.#deps = deps
  }

  /**
   * The picture of what a person can reach.
   * @param input `roles` are drawn at most, 1 to 60
   * @throws Problem('denied'), Problem('not_found'), Problem('invalid_input')
   */
  async getPersonAccess(
    call: Call,
    input: {
      readonly userName: string
      readonly question?: QuestionInput | undefined
      readonly roles?: number | undefined
    },
  ): Promise<PersonAccess> {
    const user = await getAuthorized(this.#deps, call, 'user', input.userName, 'iam:SimulatePrincipalPolicy')
    const question = input.question && questionOf(input.question)
    const { accountId } = user
    const [person, groups, guardrails] = await Promise.all([
      this.#bearer(call, 'person', user),
      this.#groups(call, user),
      this.#guardrails(call, user),
    ])
    const facts = {
      accountId,
      now: call.circumstances.now,
      person: {
        ...person,
        tags: user.tags,
        boundary: await this.#boundary(call, accountId, user.boundary),
        disabled: user.disabled,
      },
      groups,
      guardrails,
    }
    const rolesHidden = await this.#missing(call, 'iam:ListRoles', `arn:aws:iam::${accountId}:role/`)
    const found =
      rolesHidden === undefined
        ? await this.#rolesInReach(call, facts, question)
        : { records: [], more: false }
    const drawn = found.records.slice(0, Math.min(mostRoles.drawn, Math.max(1, input.roles ?? 6)))
    const roles = await Promise.all(drawn.map((role) => this.#role(call, role, question)))
    return {
      picture: accessPicture({ ...facts, roles, rolesHidden }, question),
      disabled: user.disabled,
      roles: { found: found.records.length, more: found.more },
    }
  }

  /**
   * A page of the people who can do something, as themselves or as a role that they may become. It costs what a page costs: when
   * few can, it ends early, with fewer people or none and the marker of the rest.
   * @throws Problem('denied'), Problem('invalid_input'), Problem('validation') for a marker of another list
   */
  async listPeopleWithAccess(call: Call, input: ListRequest & QuestionInput): Promise<Reachers> {
    const { authorizer, markers, store } = this.#deps
    const accountId = accountOf(call.caller)
    await authorizer.authorize(call, 'iam:ListUsers', `arn:aws:iam::${accountId}:user/`)
    const question = questionOf(input)
    const rolesHidden = await this.#missing(call, 'iam:ListRoles', `arn:aws:iam::${accountId}:role/`)
    const granting =
      rolesHidden === undefined
        ? await this.#grantingRoles(call, accountId, question)
        : { records: [], more: false }
    const segment = recordSegment<'user', Reacher>(
      (page) => store.find('user', { by: 'account', value: accountId }, page),
      (user) => this.#reacher(call, user, granting.records, question),
    )
    const list = `people-with-access ${JSON.stringify([question.action, question.resource, [...question.context]])}`
    const page = await pageOfSegments(markers, call, list, input, [segment], 25)
    return {
      ...page,
      roles: granting.records.map(({ name }) => name),
      rolesHidden,
      moreRoles: granting.more,
    }
  }

  /** The action when the caller may not do it. */
  async #missing(call: Call, action: string, resource: string): Promise<string | undefined> {
    try {
      await this.#deps.authorizer.authorize(call, action, resource)
      return undefined
    } catch (error) {
      if (!isProblem(error, 'denied')) throw error
      return action
    }
  }

  async #firstMissing(call: Call, actions: readonly string[], resource: string): Promise<string | undefined> {
    for (const action of actions) {
      const missing = await this.#missing(call, action, resource)
      if (missing !== undefined) return missing
    }
    return undefined
  }

  async #bearer(call: Call, kind: BearerFacts['kind'], record: User | Group | Role): Promise<BearerFacts> {
    const [word, arn] =
      kind === 'person'
        ? ['User', userArn(record)]
        : kind === 'group'
          ? ['Group', groupArn(record)]
          : ['Role', roleArn(record)]
    const lists = [`iam:ListAttached${word}Policies`, `iam:List${word}Policies`]
    const [hidden, inlineHidden] = await Promise.all([
      this.#firstMissing(call, lists, arn),
      this.#missing(call, `iam:Get${word}Policy`, arn),
    ])
    const inline = record.inline.map(({ name, document }) => ({ name, document, hidden: inlineHidden }))
    const managed = await Promise.all(
      record.attached.map((policy) => this.#managed(call, record.accountId, policy)),
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

  async #managed(call: Call, accountId: string, arn: string): Promise<PolicyFacts | undefined> {
    const policy = await policyByArn(this.#deps.store, accountId, arn)
    if (policy === undefined) return undefined
    const hidden = await this.#missing(call, 'iam:GetPolicyVersion', arn)
    return { name: arn, document: defaultVersionDocument(policy), hidden }
  }

  async #boundary(
    call: Call,
    accountId: string,
    arn: string | undefined,
  ): Promise<BoundaryFacts | undefined> {
    if (arn === undefined) return undefined
    return (await this.#managed(call, accountId, arn)) ?? { name: arn, document: undefined }
  }

  async #groups(call: Call, user: User): Promise<readonly BearerFacts[]> {
    const found = await Promise.all(user.groups.map((id) => this.#deps.store.get('group', id)))
    // Only groups of the user's account count, whatever the record contains (docs/attacks.md 16).
    const own = found.filter((group) => group?.accountId === user.accountId) as Group[]
    return Promise.all(own.map((group) => this.#bearer(call, 'group', group)))
  }

  async #guardrails(call: Call, { id, accountId }: User): Promise<readonly PolicyFacts[] | undefined> {
    const facts = await this.#deps.authorizer.policiesOf({ kind: 'user', id })
    if (facts?.guardrails === undefined) return undefined
    const arn = `arn:aws:chancery::${accountId}:account/${accountId}`
    const hidden = await this.#missing(call, 'chancery:GetAccount', arn)
    return facts.guardrails.map(({ name, document }) => ({ name, document, hidden }))
  }

  async #role(call: Call, role: Role, question: AccessQuestion | undefined): Promise<RoleFacts> {
    const bearer = await this.#bearer(call, 'role', role)
    const undecided =
      question === undefined
        ? undefined
        : await this.#missing(call, 'iam:SimulatePrincipalPolicy', bearer.arn)
    return {
      ...bearer,
      ...(undecided !== undefined && { hidden: undecided, undecided: true }),
      tags: role.tags,
      boundary: await this.#boundary(call, role.accountId, role.boundary),
      trust: role.trust,
    }
  }

  /** Roles of the account, of which at most 1,000 are looked at. @returns whether there are more */
  async #eachRole(accountId: string, look: (role: Role) => unknown): Promise<boolean> {
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
  async #rolesInReach(
    call: Call,
    facts: Omit<AccessFacts, 'roles' | 'rolesHidden'>,
    question: AccessQuestion | undefined,
  ): Promise<{ readonly records: readonly Role[]; readonly more: boolean }> {
    const reach = new RolesInReach(facts, question?.context ?? new Map())
    const [first, second, rest]: [Role[], Role[], Role[]] = [[], [], []]
    const more = await this.#eachRole(facts.accountId, async (role) => {
      const arn = roleArn(role)
      // The role that is asked about is drawn also when it is out of reach.
      if (question?.resource === arn) return first.unshift(role)
      const how = reach.of({ arn, trust: role.trust })
      if (how === 'no') return undefined
      if (question === undefined) return (how === 'yes' ? first : second).push(role)
      const effect = await this.#effectAs(call, role, question)
      return (effect === undefined ? rest : how === 'yes' ? first : second).push(role)
    })
    return { records: [...first, ...second, ...rest], more }
  }

  /** Why a session of the role may; undefined when it may not, or the caller may not ask. */
  async #effectAs(call: Call, role: Role, question: AccessQuestion): Promise<string | undefined> {
    const arn = roleArn(role)
    const facts = await this.#deps.authorizer.policiesOf({ kind: 'role', id: role.id })
    if (facts === undefined) return undefined
    const asked = { accountId: role.accountId, now: call.circumstances.now }
    const decision = decide(requestOfRole(asked, { ...role, arn }, question), layersOf(facts))
    if (decision.effect === 'deny') return undefined
    const hidden = await this.#missing(call, 'iam:SimulatePrincipalPolicy', arn)
    return hidden === undefined ? formatDecision(decision) : undefined
  }

  async #grantingRoles(call: Call, accountId: string, question: AccessQuestion) {
    const records: (Role & { readonly why: string })[] = []
    let full = false
    const more = await this.#eachRole(accountId, async (role) => {
      if (full) return
      const why = await this.#effectAs(call, role, question)
      if (why === undefined) return
      if (records.length === mostRoles.granting) full = true
      else records.push({ ...role, why })
    })
    return { records, more: more || full }
  }

  async #reacher(
    call: Call,
    user: User,
    roles: readonly (Role & { readonly why: string })[],
    question: AccessQuestion,
  ): Promise<Reacher | undefined> {
    if (user.disabled) return undefined
    const facts = await this.#deps.authorizer.policiesOf({ kind: 'user', id: user.id })
    if (facts === undefined || facts.accountId !== user.accountId) return undefined
    const { arn, name, accountId } = facts
    const asked = { accountId, now: call.circumstances.now }
    const person = { id: user.id, arn, tags: facts.tags }
    const layers = layersOf(facts)
    const own = decide(requestOfPerson(asked, person, question), layers)
    const ways: { readonly role: string | undefined; readonly why: string }[] =
      own.effect === 'allow' ? [{ role: undefined, why: formatDecision(own) }] : []
    for (const role of roles) {
      const of = roleArn(role)
      const trust = policySet([compile(role.trust, 'trust', of)])
      const request = assumeRequest(asked, person, { arn: of }, question.context)
      if (decide(request, { ...layers, trust }).effect === 'allow')
        ways.push({ role: role.name, why: role.why })
    }
    if (ways.length === 0) return undefined
    if ((await this.#missing(call, 'iam:SimulatePrincipalPolicy', arn)) !== undefined) return undefined
    return { name, arn, displayName: user.displayName, ways }
  }
}

const layersOf = ({ sets }: PrincipalPolicies): Layers => ({
  identity: sets.identity ?? emptySet,
  ...(sets.boundary && { boundary: sets.boundary }),
  ...(sets.guardrail && { guardrail: sets.guardrail }),
})
