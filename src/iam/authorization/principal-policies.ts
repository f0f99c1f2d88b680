// Cache of a user's or role's compiled policies (own and group policies, permissions boundary) and tags. Used to authorize
// requests to this server (authorize.ts) and served to verifiers (`/v1/policies`).
import { compile, type PolicySet, policySet } from '../../policy/engine/compile.ts'
import { sha256base64url } from '../../secure/digest.ts'
import type { Group, Role, Tag, User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { roleArn, userArn } from '../arn.ts'
import { managedDocuments } from '../lookup.ts'
import { ReadThroughCache } from '../record/read-through-cache.ts'
import type { AccountFactsCache } from './account-facts.ts'

export interface NamedDocument {
  /** The name of an inline policy or the ARN of a managed policy. */
  readonly name: string
  readonly document: string
}

export interface PrincipalPolicies {
  readonly kind: 'user' | 'role'
  /** Unique id. */
  readonly id: string
  readonly accountId: string
  readonly arn: string
  readonly name: string
  readonly tags: readonly Tag[]
  readonly disabled: boolean
  /** Hash of the policies, the boundary, the tags and the guardrails: changes when any of them does. */
  readonly version: string
  readonly identity: readonly NamedDocument[]
  /** Undefined without a boundary. A boundary whose policy does not exist has no documents and so allows nothing. */
  readonly boundary: readonly NamedDocument[] | undefined
  /** The account's guardrails; absent when it has none. */
  readonly guardrails?: readonly NamedDocument[] | undefined
  readonly sets: {
    readonly identity: PolicySet
    readonly boundary: PolicySet | undefined
    readonly guardrail?: readonly PolicySet[] | undefined
  }
}

export type PrincipalRef = { readonly kind: 'user' | 'role'; readonly id: string }

export class PrincipalPolicyCache {
  readonly #store: Store
  readonly #accounts: AccountFactsCache
  readonly #held: ReadThroughCache<PrincipalPolicies | undefined>

  constructor(store: Store, accounts: AccountFactsCache) {
    this.#store = store
    this.#accounts = accounts
    this.#held = new ReadThroughCache(store, ['group', 'policy', 'account'], ['user', 'role'])
  }

  /** Undefined when the user or role does not exist, and for those of a closed account. */
  of({ kind, id }: PrincipalRef): Promise<PrincipalPolicies | undefined> {
    return this.#held.get(`${kind}:${id}`, () => this.#load(kind, id))
  }

  close(): void {
    this.#held.close()
  }

  async #load(kind: 'user' | 'role', id: string): Promise<PrincipalPolicies | undefined> {
    const record: User | Role | undefined = await this.#store.get(kind, id)
    if (record === undefined) return undefined
    const { closed, guardrails, layer: guardrail } = await this.#accounts.of(record.accountId)
    if (closed) return undefined
    const groups = 'groups' in record ? await this.#groups(record) : []
    const identity: NamedDocument[] = []
    for (const bearer of [record, ...groups]) identity.push(...(await this.#documents(bearer)))
    const boundary =
      record.boundary === undefined ? undefined : await this.#managed(record.accountId, [record.boundary])
    return {
      kind,
      id,
      accountId: record.accountId,
      arn: kind === 'user' ? userArn(record) : roleArn(record),
      name: record.name,
      tags: record.tags,
      disabled: 'disabled' in record && record.disabled,
      version: sha256base64url(
        JSON.stringify([identity, boundary ?? null, record.tags, ...(guardrails ? [guardrails] : [])]),
      ),
      identity,
      boundary,
      guardrails,
      sets: {
        identity: setOf(identity, 'identity'),
        boundary: boundary && setOf(boundary, 'boundary'),
        guardrail,
      },
    }
  }

  async #groups(user: User): Promise<readonly Group[]> {
    const found = await Promise.all(user.groups.map((id) => this.#store.get('group', id)))
    // Only groups of the user's account count, whatever the record contains (docs/attacks.md 16).
    return found.filter((group) => group !== undefined && group.accountId === user.accountId) as Group[]
  }

  async #documents(bearer: User | Role | Group): Promise<readonly NamedDocument[]> {
    const inline = bearer.inline.map(({ name, document }) => ({ name, document }))
    return [...inline, ...(await this.#managed(bearer.accountId, bearer.attached))]
  }

  async #managed(accountId: string, arns: readonly string[]): Promise<readonly NamedDocument[]> {
    const found = await managedDocuments(this.#store, accountId, arns)
    return found.map(({ arn, document }) => ({ name: arn, document }))
  }
}

const setOf = (documents: readonly NamedDocument[], kind: 'identity' | 'boundary'): PolicySet =>
  policySet(documents.map(({ name, document }) => compile(document, kind, name)))
