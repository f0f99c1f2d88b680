// Policy texts on their way in: readable, of the right kind, not too large.
import { policySize } from '../policy/document.ts'
import type { InlinePolicy } from '../store/records.ts'
import { checkWritten } from './policy-sentences.ts'
import { type inlineQuota, within, withinInline } from './quotas.ts'

/** @throws Problem('malformed_policy'), Problem('limit_exceeded') */
export function checkManaged(text: string): void {
  within('PolicySize', policySize(text))
  checkWritten(text, 'identity', { managed: true })
}

/** @throws Problem('malformed_policy') */
export function checkInline(text: string): void {
  checkWritten(text, 'identity')
}

/** `old` with the policy added or replaced. @throws Problem('limit_exceeded') when all together are too large. */
export function withInline(
  kind: keyof typeof inlineQuota,
  bearer: string,
  old: readonly InlinePolicy[],
  policy: InlinePolicy,
): readonly InlinePolicy[] {
  const policies = [...old.filter(({ name }) => name !== policy.name), policy]
  const size = policies.reduce((sum, { document }) => sum + policySize(document), 0)
  withinInline(kind, bearer, size)
  return policies
}
