// Condition keys of the user, group or role that a request is about. IAM's operations give them, and so do those of the admin API on the
// same users, or a policy that protects users by their tags would protect them at one of the two.
import type { Group, Role, User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { byName, entityArn } from '../lookup.ts'
import { resourceTagKeys } from '../tags.ts'
import type { ContextEntry } from './caller-context.ts'

export function keysOf(
  record: Pick<User | Role, 'tags' | 'boundary'> | Group | undefined,
): readonly ContextEntry[] {
  const tags = record && 'tags' in record ? resourceTagKeys(record.tags) : []
  const boundary = record && 'boundary' in record ? record.boundary : undefined
  return [['iam:PermissionsBoundary', boundary], ...tags]
}

const ofUserOrRole = /^arn:aws:iam::(\d{12}):(user|role)\/(?:[^*?]*\/)?([\w+=,.@-]+)$/

/** None for an ARN that nothing has, and for other resources. */
export async function resourceKeysOf(
  store: Pick<Store, 'getBy'>,
  arn: string,
): Promise<readonly ContextEntry[]> {
  const [, accountId, named, name] = ofUserOrRole.exec(arn) ?? []
  if (accountId === undefined || name === undefined) return []
  const kind = named === 'user' ? 'user' : 'role'
  const record = await byName(store, kind, accountId, name)
  return record !== undefined && entityArn(kind, record) === arn ? keysOf(record) : []
}
