// Tags. Keys of users and roles are case-insensitive; those of everything else are not
// (docs/policy-semantics.md).

import type { ContextValue } from '../policy/request.ts'
import { Problem } from '../problem.ts'
import type { Tag } from '../store/records.ts'
import { type Quota, quotas } from './quotas.ts'

export interface TagRule {
  readonly quota: Quota
  readonly caseInsensitive: boolean
  /** What creates one, and what gives it tags. */
  readonly actions: { readonly create: string; readonly tag: string }
}

const actions = (create: string, tag: string) => ({ create: `iam:${create}`, tag: `iam:${tag}` })

export const tagRules = {
  user: { quota: 'TagsPerUser', caseInsensitive: true, actions: actions('CreateUser', 'TagUser') },
  role: { quota: 'TagsPerRole', caseInsensitive: true, actions: actions('CreateRole', 'TagRole') },
  instanceProfile: {
    quota: 'TagsPerInstanceProfile',
    caseInsensitive: false,
    actions: actions('CreateInstanceProfile', 'TagInstanceProfile'),
  },
  serverCertificate: {
    quota: 'TagsPerServerCertificate',
    caseInsensitive: false,
    actions: actions('UploadServerCertificate', 'TagServerCertificate'),
  },
  policy: { quota: 'TagsPerPolicy', caseInsensitive: false, actions: actions('CreatePolicy', 'TagPolicy') },
  mfaDevice: {
    quota: 'TagsPerMFADevice',
    caseInsensitive: false,
    actions: actions('CreateVirtualMFADevice', 'TagMFADevice'),
  },
  samlProvider: {
    quota: 'TagsPerSAMLProvider',
    caseInsensitive: false,
    actions: actions('CreateSAMLProvider', 'TagSAMLProvider'),
  },
  openIdProvider: {
    quota: 'TagsPerOpenIDConnectProvider',
    caseInsensitive: false,
    actions: actions('CreateOpenIDConnectProvider', 'TagOpenIDConnectProvider'),
  },
} as const satisfies Record<string, TagRule>

function withinTags({ quota }: TagRule, count: number): void {
  if (count > quotas[quota])
    throw new Problem(
      'limit_exceeded',
      `The number of tags has reached the maximum limit. Cannot exceed quota for ${quota}: ${quotas[quota]}`,
    )
}

const foldWith = (rule: TagRule) => (key: string) => (rule.caseInsensitive ? key.toLowerCase() : key)

/**
 * Checks the tags of a new resource.
 * @throws Problem('invalid_input') for a repeated or reserved key, Problem('limit_exceeded') for more than 50.
 */
export function checkTags(rule: TagRule, tags: readonly Tag[] = []): readonly Tag[] {
  const fold = foldWith(rule)
  const keys = new Set<string>()
  for (const { key } of tags) {
    if (key.toLowerCase().startsWith('aws:'))
      throw new Problem('invalid_input', 'Tag keys beginning with aws: are reserved for system use.')
    if (keys.has(fold(key)))
      throw new Problem(
        'invalid_input',
        'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
      )
    keys.add(fold(key))
  }
  withinTags(rule, tags.length)
  return tags.map(({ key, value }) => ({ key, value }))
}

/** AWS keeps the tags of users and roles apart from all others, and says other sentences of them. */
const emptyList = (rule: TagRule, needed: 'tag' | 'key') =>
  new Problem(
    'invalid_input',
    rule.caseInsensitive
      ? `Error occurred while validating input. Name at least one ${needed}.`
      : `The provided tag ${needed === 'tag' ? 'map' : 'keys'} must not be null/empty.`,
  )

/** `old` with `given` added; a tag with an existing key replaces it. @throws as checkTags, Problem('invalid_input') for no tags */
export function withTags(rule: TagRule, old: readonly Tag[], given: readonly Tag[]): readonly Tag[] {
  if (given.length === 0) throw emptyList(rule, 'tag')
  const fold = foldWith(rule)
  const replaced = new Set(checkTags(rule, given).map((tag) => fold(tag.key)))
  const kept = old.filter((tag) => !replaced.has(fold(tag.key)))
  withinTags(rule, kept.length + given.length)
  return [...kept, ...given.map(({ key, value }) => ({ key, value }))]
}

/** @throws Problem('invalid_input') for no keys */
export function withoutTags(rule: TagRule, old: readonly Tag[], keys: readonly string[]): readonly Tag[] {
  if (keys.length === 0) throw emptyList(rule, 'key')
  const fold = foldWith(rule)
  const gone = new Set(keys.map(fold))
  return old.filter((tag) => !gone.has(fold(tag.key)))
}

type Entry = readonly [string, ContextValue | undefined]

/** `aws:RequestTag/k` and `aws:TagKeys` of a call that sets tags. */
export const requestTagKeys = (tags: readonly Tag[] = []): readonly Entry[] =>
  tags.length === 0
    ? []
    : [
        ...tags.map((tag): Entry => [`aws:RequestTag/${tag.key}`, tag.value]),
        ['aws:TagKeys', tags.map((tag) => tag.key)],
      ]

/** `aws:ResourceTag/k` and `iam:ResourceTag/k` of the resource. */
export const resourceTagKeys = (tags: readonly Tag[] = []): readonly Entry[] =>
  tags.flatMap((tag): Entry[] => [
    [`aws:ResourceTag/${tag.key}`, tag.value],
    [`iam:ResourceTag/${tag.key}`, tag.value],
  ])
