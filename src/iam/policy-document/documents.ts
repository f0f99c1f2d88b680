// Checks of policy documents that a request wants to store: syntax, kind and size.
import { policySize } from '../../policy/language/document.ts'
import type { InlinePolicy } from '../../store/records.ts'
import { checkInlineQuota, checkQuota, type inlineQuota } from '../quotas.ts'
import { checkPolicyDocument } from './policy-sentences.ts'

/** @throws Problem('malformed_policy'), Problem('limit_exceeded') */
export function checkManagedPolicy(text: string): void {
  checkQuota('PolicySize', policySize(text))
  checkPolicyDocument(text, 'identity', { managed: true })
}

/** @throws Problem('malformed_policy') */
export function checkInlinePolicy(text: string): void {
  checkPolicyDocument(text, 'identity')
}

/**
 * Adds the policy to `old`, or replaces the one of the same name.
 * @throws Problem('limit_exceeded') when all inline policies together are too large
 */
export function withInlinePolicy(
  kind: keyof typeof inlineQuota,
  bearer: string,
  old: readonly InlinePolicy[],
  policy: InlinePolicy,
): readonly InlinePolicy[] {
  const policies = [...old.filter(({ name }) => name !== policy.name), policy]
  const size = policies.reduce((sum, { document }) => sum + policySize(document), 0)
  checkInlineQuota(kind, bearer, size)
  return policies
}
