// What a person, group or role may do before and after a policy is attached to it or detached from it, and a person before and after
// they join or leave a group: the documents of both, to be compared. As for pictures of access, what is learned are answers of the engine, so that iam:SimulatePrincipalPolicy is needed.
import type { Group, Role, User } from '../../store/records.ts'
import { accountOf } from '../arn.ts'
import { getAuthorized } from '../authorization/authorized-principal.ts'
import type { Call } from '../caller.ts'
import type { IamDependencies } from '../dependencies.ts'
import { defaultVersionDocument, entityArn, managedDocuments } from '../lookup.ts'
import { AuthorizedPolicies } from '../managed-policy/authorized-policy.ts'
import { FactsReader } from './facts-reader.ts'

/** Members of a group that are named. */
const mostMembers = 5

export interface AttachmentInput {
  readonly kind: 'user' | 'group' | 'role'
  readonly name: string
  readonly policyArn: string
  readonly change: 'attach' | 'detach'
}

export interface MembershipInput {
  readonly userName: string
  readonly groupName: string
  readonly change: 'join' | 'leave'
}

export interface AccessChange {
  readonly arn: string
  /** Policy documents in force, of a person with those of their groups. */
  readonly before: readonly string[]
  /** The same with the change. */
  readonly after: readonly string[]
  /** Whether a permissions boundary limits what they allow. */
  readonly bounded: boolean
  /** Names of the first members of a group; undefined when the caller may not know them, and for people and roles. */
  readonly members: { readonly names: readonly string[]; readonly more: boolean } | undefined
}

export class AttachmentReads {
  readonly #deps: IamDependencies
  readonly #policies: AuthorizedPolicies
  readonly #read: FactsReader

  constructor(deps: IamDependencies) {
    this.#deps = deps
    this.#policies = new AuthorizedPolicies(deps)
    this.#read = new FactsReader(deps)
  }

  /** @throws Problem('denied'), Problem('not_found') */
  async getAttachmentChange(call: Call, input: AttachmentInput): Promise<AccessChange> {
    const { kind, name, policyArn, change } = input
    const policy = await this.#policies.get(call, policyArn, 'iam:GetPolicyVersion')
    const record = await getAuthorized(this.#deps, call, kind, name, 'iam:SimulatePrincipalPolicy')
    const groups = 'groups' in record ? await this.#read.groupRecords(record) : []
    const others = record.attached.filter((arn) => arn !== policy.arn)
    const isAttached = others.length < record.attached.length
    const document = defaultVersionDocument(policy)
    const rest = [
      ...record.inline.map((one) => one.document),
      ...(await this.#documents(record.accountId, others)),
      ...(await Promise.all(groups.map((group) => this.#documentsOf(group)))).flat(),
    ]
    return {
      arn: entityArn(kind, record),
      before: isAttached ? [...rest, document] : rest,
      after: change === 'attach' ? [...rest, document] : rest,
      bounded: 'boundary' in record && record.boundary !== undefined,
      members: kind === 'group' ? await this.#members(call, record) : undefined,
    }
  }

  /** @throws Problem('denied'), Problem('not_found') */
  async getMembershipChange(
    call: Call,
    { userName, groupName, change }: MembershipInput,
  ): Promise<AccessChange> {
    const may = 'iam:SimulatePrincipalPolicy'
    const group = await getAuthorized(this.#deps, call, 'group', groupName, may)
    const user = await getAuthorized(this.#deps, call, 'user', userName, may)
    const groups = await this.#read.groupRecords(user)
    const others = groups.filter(({ id }) => id !== group.id)
    const rest = [
      ...(await this.#documentsOf(user)),
      ...(await Promise.all(others.map((one) => this.#documentsOf(one)))).flat(),
    ]
    const ofGroup = await this.#documentsOf(group)
    return {
      arn: entityArn('user', user),
      before: others.length < groups.length ? [...rest, ...ofGroup] : rest,
      after: change === 'join' ? [...rest, ...ofGroup] : rest,
      bounded: user.boundary !== undefined,
      members: undefined,
    }
  }

  async #documentsOf(holder: User | Group): Promise<readonly string[]> {
    return [
      ...holder.inline.map((one) => one.document),
      ...(await this.#documents(holder.accountId, holder.attached)),
    ]
  }

  async #documents(accountId: string, arns: readonly string[]): Promise<readonly string[]> {
    return (await managedDocuments(this.#deps.store, accountId, arns)).map(({ document }) => document)
  }

  async #members(call: Call, group: User | Group | Role): Promise<AccessChange['members']> {
    if ((await this.#read.missing(call, 'iam:GetGroup', entityArn('group', group))) !== undefined)
      return undefined
    const { records, next } = await this.#deps.store.find(
      'user',
      { by: 'group', value: group.id },
      { limit: mostMembers },
    )
    const own = records.filter((user) => user.accountId === accountOf(call.caller))
    return { names: own.map((user) => user.name), more: next !== undefined }
  }
}
