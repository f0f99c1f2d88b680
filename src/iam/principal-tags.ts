// Tags of users and roles.
import type { Tag } from '../store/records.ts'
import { changed, opened } from './authorization/authorized-principal.ts'
import type { Call } from './caller.ts'
import type { Parts } from './dependencies.ts'
import { type Listed, type ListRequest, pageOfItems } from './paging.ts'
import { requestTagKeys, tagRules, withoutTags, withTags } from './tags.ts'

const spelled = { user: 'User', role: 'Role' } as const

const verbsOf = (parts: Parts, kind: 'user' | 'role') => ({
  async tag(
    call: Call,
    { name, tags }: { readonly name: string; readonly tags: readonly Tag[] },
  ): Promise<void> {
    await changed(parts, call, kind, name, `iam:Tag${spelled[kind]}`, requestTagKeys(tags), (old) => ({
      ...old,
      tags: withTags(tagRules[kind], old.tags, tags),
    }))
  },
  async untag(call: Call, input: { readonly name: string; readonly keys: readonly string[] }): Promise<void> {
    const extra = [['aws:TagKeys', input.keys]] as const
    await changed(parts, call, kind, input.name, `iam:Untag${spelled[kind]}`, extra, (old) => ({
      ...old,
      tags: withoutTags(tagRules[kind], old.tags, input.keys),
    }))
  },
  async list(call: Call, input: ListRequest & { readonly name: string }): Promise<Listed<Tag>> {
    const record = await opened(parts, call, kind, input.name, `iam:List${spelled[kind]}Tags`)
    return pageOfItems(parts.markers, call, `tags:${record.id}`, input, record.tags, (tag) => tag.key)
  },
})

export const principalTags = (parts: Parts) => {
  const [user, role] = [verbsOf(parts, 'user'), verbsOf(parts, 'role')]
  return {
    tagUser: user.tag,
    untagUser: user.untag,
    listUserTags: user.list,
    tagRole: role.tag,
    untagRole: role.untag,
    listRoleTags: role.list,
  }
}
