// The groups of a user: those that list the user as a member, and groups that contain such groups, up to a depth.
import { Problem } from '../../problem.ts'
import type { LdapProvider } from '../../store/records.ts'
import type { Directory } from './client.ts'
import { filterWith } from './filter.ts'

type GroupRules = NonNullable<LdapProvider['groups']>

/** The limit of mapping.ts. With more groups the sign-in is refused, because a dropped group could be one that a policy denies something to. */
const maxGroups = 1000
/** Members per search. */
const batch = 50

/**
 * The names of the user's groups, without duplicates. Each group is followed once, so cycles end.
 * @throws Problem('limit_exceeded') when there are too many groups; may be shown, because the password was correct · Problem('idp_communication_error')
 */
export async function groupsOf(
  directory: Pick<Directory, 'all'>,
  dn: string,
  rules: GroupRules,
): Promise<readonly string[]> {
  const met = new Set<string>()
  const names = new Set<string>()
  let members: readonly string[] = [dn]
  for (let depth = 0; depth < rules.depth && members.length > 0; depth++) {
    const next: string[] = []
    for await (const group of holding(directory, members, rules)) {
      if (met.has(group.dn.toLowerCase())) continue
      met.add(group.dn.toLowerCase())
      if (met.size > maxGroups) throw tooMany()
      next.push(group.dn)
      for (const name of rules.name === 'dn' ? [group.dn] : group.texts) names.add(name)
    }
    members = next
  }
  return [...names]
}

async function* holding(
  directory: Pick<Directory, 'all'>,
  members: readonly string[],
  { baseDn, filter, name }: GroupRules,
) {
  for (let at = 0; at < members.length; at += batch) {
    const each = members.slice(at, at + batch).map((dn) => filterWith(filter, 'dn', dn))
    yield* directory.all(baseDn, each.length === 1 ? each.join('') : `(|${each.join('')})`, attributeOf(name))
  }
}

/** `dn` is not an attribute; `1.1` requests none. */
const attributeOf = (name: string): string => (name === 'dn' ? '1.1' : name)

const tooMany = (): Problem =>
  new Problem('limit_exceeded', `you are in more than ${maxGroups} groups of the directory`, {
    detail: `the person is in more than ${maxGroups} groups; narrow \`groups.filter\` or \`groups.base_dn\``,
  })
