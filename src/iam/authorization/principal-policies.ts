// What hangs on a user or role, read once and compiled: own and group policies, boundary, tags. The same facts guard
// our own actions (authorize.ts) and go to verifiers (`/v1/policies`).
import { compile, type PolicySet, policySet } from '../../policy/compile.ts'
import { sha256base64url } from '../../secure/digest.ts'
import type { Group, Role, Tag, User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { roleArn, userArn } from '../arn.ts'
import { defaultDocument, policyByArn } from '../lookup.ts'
import { Fresh } from '../read-through-cache.ts'

export interface NamedDocument {
  /** Policy name of an inline policy, ARN of a managed one. */
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
  /** Hash of everything below and of the tags: changes whenever any of it does. */
  readonly version: string
  readonly identity: readonly NamedDocument[]
  /** A boundary that is named but not there lists no document at all, and so allows nothing. */
  readonly boundary: readonly NamedDocument[] | undefined
  readonly sets: { readonly identity: PolicySet; readonly boundary: PolicySet | undefined }
}

export type PrincipalRef = { readonly kind: 'user' | 'role'; readonly id: string }

export class PrincipalPolicyCache {
  readonly #store: Store
  readonly #held: Fresh<PrincipalPolicies | undefined>

  constructor(store: Store) {
    this.#store = store
    this.#held = new Fresh(store, ['group', 'policy'], ['user', 'role'])
  }

  /** Undefined when there is no such user or role. */
  of({ kind, id }: PrincipalRef): Promise<PrincipalPolicies | undefined> {
    return this.#held.get(`${kind}:${id}`, () => this.#load(kind, id))
  }

  close(): void {
    this.#held.close()
  }

  async #load(kind: 'user' | 'role', id: string): Promise<PrincipalPolicies | undefined> {
    const record: User | Role | undefined = await this.#store.get(kind, id)
    if (record === undefined) return undefined
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
      version: sha256base64url(JSON.stringify([identity, boundary ?? null, record.tags])),
      identity,
      boundary,
      sets: {
        identity: setOf(identity, 'identity'),
        boundary: boundary && setOf(boundary, 'boundary'),
      },
    }
  }

  async #groups(user: User): Promise<readonly Group[]> {
    const found = await Promise.all(user.groups.map((id) => this.#store.get('group', id)))
    // Of this account alone, whatever the record says (attacks.md 16).
    return found.filter((group) => group !== undefined && group.accountId === user.accountId) as Group[]
  }

  async #documents(bearer: User | Role | Group): Promise<readonly NamedDocument[]> {
    const inline = bearer.inline.map(({ name, document }) => ({ name, document }))
    return [...inline, ...(await this.#managed(bearer.accountId, bearer.attached))]
  }

  async #managed(accountId: string, arns: readonly string[]): Promise<readonly NamedDocument[]> {
    const found = await Promise.all(arns.map((arn) => policyByArn(this.#store, accountId, arn)))
    return found.flatMap((policy) =>
      policy ? [{ name: policy.arn, document: defaultDocument(policy) }] : [],
    )
  }
}

const setOf = (documents: readonly NamedDocument[], kind: 'identity' | 'boundary'): PolicySet =>
  policySet(documents.map(({ name, document }) => compile(document, kind, name)))
