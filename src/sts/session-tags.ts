// Session tags: those of the request and the transitive ones of a chain, which cannot be changed.
import { Problem } from '../problem.ts'
import type { SessionTag } from './ports.ts'

export interface SessionTags {
  /** Of the new session: inherited ones first. */
  readonly tags: readonly SessionTag[]
  readonly transitiveKeys: readonly string[]
}

export const noTags: SessionTags = { tags: [], transitiveKeys: [] }

/**
 * The tags of a session that `asked` is for, made with the credentials of a session that has `inherited`.
 * @throws Problem('invalid_input') when a transitive tag would be overridden (User Guide, "Chaining roles with session tags")
 */
export function sessionTags(asked: SessionTags, inherited: SessionTags): SessionTags {
  const handedOn = new Set(inherited.transitiveKeys.map((key) => key.toLowerCase()))
  if (handedOn.size === 0) return asked
  if (asked.tags.some(({ key }) => handedOn.has(key.toLowerCase()))) {
    throw new Problem(
      'invalid_input',
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    )
  }
  const kept = inherited.tags.filter(({ key }) => handedOn.has(key.toLowerCase()))
  return {
    tags: [...kept, ...asked.tags],
    transitiveKeys: [...inherited.transitiveKeys, ...asked.transitiveKeys],
  }
}

/** Policies see the tags of the request as `aws:RequestTag/k`, their keys as `aws:TagKeys`. */
export function* tagContext({
  tags,
  transitiveKeys,
}: SessionTags): Iterable<readonly [string, string | string[]]> {
  if (tags.length === 0) return
  for (const { key, value } of tags) yield [`aws:RequestTag/${key}`, value]
  yield ['aws:TagKeys', tags.map(({ key }) => key)]
  if (transitiveKeys.length > 0) yield ['sts:TransitiveTagKeys', [...transitiveKeys]]
}
