// Roles and managed policies as assuming a role needs them: from memory, also what is not there.
import type { Tag } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import { roleArn } from './arn.ts'
import type { Authorizer } from './authorize.ts'
import { Fresh } from './fresh.ts'
import { byName, defaultDocument, policyByArn } from './lookup.ts'

export interface AssumableRole {
  readonly accountId: string
  readonly arn: string
  /** `AROA…` */
  readonly id: string
  readonly name: string
  /** Seconds, 3600…43200. */
  readonly maxSessionDuration: number
  /** JSON text; users and roles stand in it as unique ids. */
  readonly trust: string
  readonly tags: readonly Tag[]
}

const rolePattern = /^arn:aws:iam::(\d{12}):role(?:\/[\x21-\x7e]*)?\/([\w+=,.@-]{1,64})$/

export function openAssumableRoles(store: Store, authorizer: Pick<Authorizer, 'policiesOf'>) {
  const roles = new Fresh<AssumableRole | undefined>(store, ['role'])
  const documents = new Fresh<string | undefined>(store, ['policy'])

  const load = async (arn: string): Promise<AssumableRole | undefined> => {
    const [, accountId = '', name = ''] = rolePattern.exec(arn) ?? []
    const role = await byName(store, 'role', accountId, name)
    // The whole ARN must be the role's, its path and the case of its name included.
    if (role === undefined || roleArn(role) !== arn) return undefined
    const { id, maxSessionDuration, trust, tags } = role
    return { accountId, arn, id, name, maxSessionDuration, trust, tags }
  }

  return {
    byArn: (arn: string): Promise<AssumableRole | undefined> => roles.get(arn, () => load(arn)),

    /** Changes whenever the role's policies, boundary or tags do. */
    async policyVersion(role: Pick<AssumableRole, 'id'>): Promise<string> {
      return (await authorizer.policiesOf({ kind: 'role', id: role.id }))?.version ?? ''
    },

    /** Default version's text of a policy that the account may use. */
    textOf: (arn: string, accountId: string): Promise<string | undefined> =>
      documents.get(`${accountId} ${arn}`, async () => {
        const policy = await policyByArn(store, accountId, arn)
        return policy && defaultDocument(policy)
      }),

    close(): void {
      roles.close()
      documents.close()
    },
  }
}
