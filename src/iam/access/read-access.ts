import { compile, type PolicySet, policySet } from '../../policy/engine/compile.ts'
import { decide, formatDecision } from '../../policy/engine/decide.ts'
import { contextOf } from '../../policy/request.ts'
import { Problem } from '../../problem.ts'
import type { Role, User } from '../../store/records.ts'
import { accountOf, roleArn } from '../arn.ts'
import { getAuthorized } from '../authorization/authorized-principal.ts'
import type { Call } from '../caller.ts'
import type { IamDependencies } from '../dependencies.ts'
import type { ListPage, ListRequest } from '../paging.ts'
import { pageOfSegments, recordSegment } from '../record/segmented-list.ts'
import type { AccessPicture } from './drawing.ts'
import { type AccessQuestion, assumeRequest, requestOfPerson } from './facts.ts'
import { FactsReader, layersOf, mostRoles } from './facts-reader.ts'
import { accessPicture, isAssume } from './picture.ts'

export interface QuestionInput {
  readonly action: string
  readonly resource: string
  readonly context?: readonly { readonly name: string; readonly values: readonly string[] }[] | undefined
}

export interface PersonAccess {
  readonly picture: AccessPicture
  /** What is asked is allowed only in a session that began with a second factor: the picture is of such a session. */
  readonly needsFactor: boolean
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
export function questionOf({ action, resource, context = [] }: QuestionInput): AccessQuestion {
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

/** In lower case, as keys of a context are. */
const factorKey = 'aws:multifactorauthpresent'

const isAllowed = ({ picture }: Pick<PersonAccess, 'picture'>): boolean =>
  picture.ways.some(({ allowed }) => allowed)

export class AccessReads {
  readonly #deps: IamDependencies
  readonly #read: FactsReader

  constructor(deps: IamDependencies) {
    this.#deps = deps
    this.#read = new FactsReader(deps)
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
      this.#read.bearer(call, 'person', user),
      this.#read.groups(call, user),
      this.#read.guardrails(call, user.accountId),
    ])
    const facts = {
      accountId,
      now: call.circumstances.now,
      person: {
        ...person,
        tags: user.tags,
        boundary: await this.#read.boundary(call, accountId, user.boundary),
        disabled: user.disabled,
      },
      groups,
      guardrails,
    }
    const rolesHidden = await this.#read.missing(call, 'iam:ListRoles', `arn:aws:iam::${accountId}:role/`)
    const answered = async (asked: AccessQuestion | undefined) => {
      const found =
        rolesHidden === undefined
          ? await this.#read.rolesInReach(call, facts, asked)
          : { records: [], more: false }
      const drawn = found.records.slice(0, Math.min(mostRoles.drawn, Math.max(1, input.roles ?? 6)))
      const roles = await Promise.all(drawn.map((role) => this.#read.role(call, role, asked)))
      const picture = accessPicture({ ...facts, roles, rolesHidden }, asked)
      return { picture, roles: { found: found.records.length, more: found.more } }
    }
    const { disabled } = user
    const first = await answered(question)
    // Roles of people ask for a second factor by default; whoever has one can do what is allowed with it.
    if (question !== undefined && !disabled && !isAllowed(first) && !question.context.has(factorKey)) {
      const second = await answered({
        ...question,
        context: contextOf([[factorKey, 'true']], question.context),
      })
      if (isAllowed(second)) return { ...second, disabled, needsFactor: true }
    }
    return { ...first, disabled, needsFactor: false }
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
    const trust = await this.#trustOfQuestion(call, accountId, question)
    const rolesHidden = await this.#read.missing(call, 'iam:ListRoles', `arn:aws:iam::${accountId}:role/`)
    const granting =
      rolesHidden === undefined
        ? await this.#grantingRoles(call, accountId, question, trust)
        : { records: [], more: false }
    const segment = recordSegment<'user', Reacher>(
      (page) => store.find('user', { by: 'account', value: accountId }, page),
      (user) => this.#reacher(call, user, granting.records, question, trust),
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

  /** The trust policy of the role that the question is about becoming. @throws Problem('denied'), Problem('not_found') */
  async #trustOfQuestion(
    call: Call,
    accountId: string,
    { action, resource }: AccessQuestion,
  ): Promise<PolicySet | undefined> {
    const name = resource.slice(resource.lastIndexOf('/') + 1)
    if (!isAssume(action) || !resource.startsWith(`arn:aws:iam::${accountId}:role/`)) return undefined
    const role = await getAuthorized(this.#deps, call, 'role', name, 'iam:GetRole')
    return roleArn(role) === resource ? policySet([compile(role.trust, 'trust', resource)]) : undefined
  }

  async #grantingRoles(
    call: Call,
    accountId: string,
    question: AccessQuestion,
    trust: PolicySet | undefined,
  ) {
    const records: (Role & { readonly why: string })[] = []
    let full = false
    const more = await this.#read.eachRole(accountId, async (role) => {
      if (full) return
      const why = await this.#read.effectAs(call, role, question, trust)
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
    target: PolicySet | undefined,
  ): Promise<Reacher | undefined> {
    if (user.disabled) return undefined
    const facts = await this.#deps.authorizer.policiesOf({ kind: 'user', id: user.id })
    if (facts === undefined || facts.accountId !== user.accountId) return undefined
    const { arn, name, accountId } = facts
    const asked = { accountId, now: call.circumstances.now }
    const person = { id: user.id, arn, tags: facts.tags }
    const layers = layersOf(facts)
    const own = decide(requestOfPerson(asked, person, question), {
      ...layers,
      ...(target && { trust: target }),
    })
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
    if ((await this.#read.missing(call, 'iam:SimulatePrincipalPolicy', arn)) !== undefined) return undefined
    return { name, arn, displayName: user.displayName, ways }
  }
}
