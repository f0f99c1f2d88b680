// The permissions to create something that may have tags. Tags decide in policies, so giving them while something is created takes the same
// permission as giving them later (IAM User Guide, "Tags for IAM resources": a request with tags needs the Tag action besides the Create action).
import type { Tag } from '../../store/records.ts'
import type { Call } from '../caller.ts'
import { requestTagKeys, type TagRule } from '../tags.ts'
import type { Authorizer } from './authorize.ts'
import type { ContextEntry } from './caller-context.ts'

/**
 * @param what its ARN and tags, and condition keys of the request besides those of the tags
 * @throws Problem('denied')
 */
export async function authorizeCreation(
  { authorize }: Pick<Authorizer, 'authorize'>,
  call: Call,
  { actions }: TagRule,
  {
    arn,
    tags,
    keys = [],
  }: {
    readonly arn: string
    readonly tags: readonly Tag[]
    readonly keys?: readonly ContextEntry[]
  },
): Promise<void> {
  const all = [...keys, ...requestTagKeys(tags)]
  await authorize(call, actions.create, arn, all)
  if (tags.length > 0) await authorize(call, actions.tag, arn, all)
}

/** `iam:PermissionsBoundary` of a new user or role. */
export const boundaryKey = ({
  boundary,
}: {
  readonly boundary?: string | undefined
}): readonly ContextEntry[] => [['iam:PermissionsBoundary', boundary]]
