// Tags of managed policies.
import type { Tag } from '../../store/records.ts'
import type { Call } from '../caller.ts'
import type { Parts } from '../dependencies.ts'
import { type Listed, type ListRequest, pageOfItems } from '../paging.ts'
import { requestTagKeys, tagRules, withoutTags, withTags } from '../tags.ts'
import { type MeantPolicy, policyDoor } from './authorized-policy.ts'

export const policyTags = (parts: Parts) => {
  const { markers } = parts
  const { openedPolicy, changedPolicy } = policyDoor(parts)
  return {
    async tagPolicy(
      call: Call,
      { policyArn: arn, tags }: MeantPolicy & { readonly tags: readonly Tag[] },
    ): Promise<void> {
      await changedPolicy(call, arn, 'iam:TagPolicy', requestTagKeys(tags), (old) => ({
        ...old,
        tags: withTags(tagRules.policy, old.tags, tags),
      }))
    },

    async untagPolicy(
      call: Call,
      { policyArn: arn, keys }: MeantPolicy & { readonly keys: readonly string[] },
    ): Promise<void> {
      await changedPolicy(call, arn, 'iam:UntagPolicy', [['aws:TagKeys', keys]], (old) => ({
        ...old,
        tags: withoutTags(tagRules.policy, old.tags, keys),
      }))
    },

    async listPolicyTags(call: Call, input: MeantPolicy & ListRequest): Promise<Listed<Tag>> {
      const policy = await openedPolicy(call, input.policyArn, 'iam:ListPolicyTags')
      return pageOfItems(markers, call, `tags:${policy.id}`, input, policy.tags, (tag) => tag.key)
    },
  }
}
