// The actions and resources that the policies of an account name, for forms that ask for one.
import { LRUCache } from 'lru-cache'
import { resourceTagKeys } from '../../iam/tags.ts'
import { parseDocument } from '../../policy/language/document.ts'
import type { ConsoleRequest } from './request.ts'

/** Policies of the account that are read. */
const mostPolicies = 50

export interface PolicyWords {
  /** Those without wildcards. */
  readonly actions: readonly string[]
  /** As they are written, except `*`. */
  readonly resources: readonly string[]
}

/** By text. */
const known = new LRUCache<string, PolicyWords>({ max: 500 })

function wordsOf(text: string): PolicyWords {
  const found = known.get(text)
  if (found !== undefined) return found
  const statements = parseDocument(text, 'identity').document?.statements ?? []
  const words = {
    actions: statements
      .flatMap(({ actions = [] }) => actions.map(({ text }) => text))
      .filter((one) => !/[*?]/.test(one)),
    resources: statements
      .flatMap(({ resources = [] }) => resources.map(({ text }) => text))
      .filter((one) => one !== '*'),
  }
  known.set(text, words)
  return words
}

/**
 * Of the first policies of the account that the person may list and read.
 * @throws Problem('denied')
 */
export async function policyWords(request: ConsoleRequest): Promise<PolicyWords> {
  const { items } = await request.ports.iam.listPolicies(request.call, {
    scope: 'Local',
    maxItems: mostPolicies,
  })
  const readable = await Promise.all(
    items.map(async ({ policy }) => {
      const denied = await request.denial({
        action: 'iam:GetPolicyVersion',
        resource: policy.arn,
        keys: resourceTagKeys(policy.tags),
      })
      return denied === undefined ? policy.versions.find(({ id }) => id === policy.defaultVersion) : undefined
    }),
  )
  const words = readable.flatMap((version) => (version === undefined ? [] : [wordsOf(version.document)]))
  return {
    actions: words.flatMap(({ actions }) => actions),
    resources: words.flatMap(({ resources }) => resources),
  }
}
