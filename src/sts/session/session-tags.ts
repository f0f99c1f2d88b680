// Session tags: those of the request, and the transitive tags of the calling session, which cannot be overridden.
import { Problem } from '../../problem.ts'
import type { SessionTag } from '../ports.ts'

export interface SessionTags {
  /** Tags of the new session, inherited ones first. */
  readonly tags: readonly SessionTag[]
  readonly transitiveKeys: readonly string[]
}

export const noTags: SessionTags = { tags: [], transitiveKeys: [] }

/**
 * The tags of a new session.
 * @param requested tags of the request
 * @param inherited tags of the calling session
 * @throws Problem('invalid_parameter') when a transitive tag would be overridden (IAM User Guide, "Chaining roles with session tags")
 */
export function sessionTags(requested: SessionTags, inherited: SessionTags): SessionTags {
  const transitive = new Set(inherited.transitiveKeys.map((key) => key.toLowerCase()))
  if (transitive.size === 0) return requested
  if (requested.tags.some(({ key }) => transitive.has(key.toLowerCase()))) {
    throw new Problem(
      'invalid_parameter',
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    )
  }
  const kept = inherited.tags.filter(({ key }) => transitive.has(key.toLowerCase()))
  return {
    tags: [...kept, ...requested.tags],
    transitiveKeys: [...inherited.transitiveKeys, ...requested.transitiveKeys],
  }
}

/** Condition keys of the requested tags: `aws:RequestTag/<key>`, `aws:TagKeys` and `sts:TransitiveTagKeys`. */
export function* tagContext({
  tags,
  transitiveKeys,
}: SessionTags): Iterable<readonly [string, string | string[]]> {
  if (tags.length === 0) return
  for (const { key, value } of tags) yield [`aws:RequestTag/${key}`, value]
  yield ['aws:TagKeys', tags.map(({ key }) => key)]
  if (transitiveKeys.length > 0) yield ['sts:TransitiveTagKeys', [...transitiveKeys]]
}
