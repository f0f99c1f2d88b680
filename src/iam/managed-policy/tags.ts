// Tags of managed policies.
import type { Tag } from '../../store/records.ts'
import type { Call } from '../caller.ts'
import type { IamDependencies } from '../dependencies.ts'
import { type ListPage, type ListRequest, pageOfItems } from '../paging.ts'
import { requestTagKeys, tagRules, withoutTags, withTags } from '../tags.ts'
import { AuthorizedPolicies, type PolicyRef } from './authorized-policy.ts'

export class PolicyTags {
  readonly #deps: IamDependencies
  readonly #policies: AuthorizedPolicies

  constructor(deps: IamDependencies) {
    this.#deps = deps
    this.#policies = new AuthorizedPolicies(deps)
  }

  async tagPolicy(
    call: Call,
    { policyArn: arn, tags }: PolicyRef & { readonly tags: readonly Tag[] },
  ): Promise<void> {
    await this.#policies.update(call, arn, 'iam:TagPolicy', { extra: requestTagKeys(tags) }, (old) => ({
      ...old,
      tags: withTags(tagRules.policy, old.tags, tags),
    }))
  }

  async untagPolicy(
    call: Call,
    { policyArn: arn, keys }: PolicyRef & { readonly keys: readonly string[] },
  ): Promise<void> {
    await this.#policies.update(call, arn, 'iam:UntagPolicy', { extra: [['aws:TagKeys', keys]] }, (old) => ({
      ...old,
      tags: withoutTags(tagRules.policy, old.tags, keys),
    }))
  }

  async listPolicyTags(call: Call, input: PolicyRef & ListRequest): Promise<ListPage<Tag>> {
    const policy = await this.#policies.get(call, input.policyArn, 'iam:ListPolicyTags')
    return pageOfItems(this.#deps.markers, call, `tags:${policy.id}`, input, policy.tags, (tag) => tag.key)
  }
}
