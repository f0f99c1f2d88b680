// Tags of users and roles.
import type { Tag } from '../store/records.ts'
import { getAuthorized, updateAuthorized } from './authorization/authorized-principal.ts'
import type { Call } from './caller.ts'
import type { IamDependencies } from './dependencies.ts'
import { type ListPage, type ListRequest, pageOfItems } from './paging.ts'
import { requestTagKeys, tagRules, withoutTags, withTags } from './tags.ts'

const spelled = { user: 'User', role: 'Role' } as const

const verbsOf = (deps: IamDependencies, kind: 'user' | 'role') => ({
  async tag(
    call: Call,
    { name, tags }: { readonly name: string; readonly tags: readonly Tag[] },
  ): Promise<void> {
    await updateAuthorized(
      deps,
      call,
      kind,
      name,
      `iam:Tag${spelled[kind]}`,
      requestTagKeys(tags),
      (old) => ({
        ...old,
        tags: withTags(tagRules[kind], old.tags, tags),
      }),
    )
  },
  async untag(call: Call, input: { readonly name: string; readonly keys: readonly string[] }): Promise<void> {
    const extra = [['aws:TagKeys', input.keys]] as const
    await updateAuthorized(deps, call, kind, input.name, `iam:Untag${spelled[kind]}`, extra, (old) => ({
      ...old,
      tags: withoutTags(tagRules[kind], old.tags, input.keys),
    }))
  },
  async list(call: Call, input: ListRequest & { readonly name: string }): Promise<ListPage<Tag>> {
    const record = await getAuthorized(deps, call, kind, input.name, `iam:List${spelled[kind]}Tags`)
    return pageOfItems(deps.markers, call, `tags:${record.id}`, input, record.tags, (tag) => tag.key)
  },
})

export const principalTags = (deps: IamDependencies) => {
  const [user, role] = [verbsOf(deps, 'user'), verbsOf(deps, 'role')]
  return {
    tagUser: user.tag,
    untagUser: user.untag,
    listUserTags: user.list,
    tagRole: role.tag,
    untagRole: role.untag,
    listRoleTags: role.list,
  }
}
