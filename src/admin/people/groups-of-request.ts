// Group names in requests: found, and the permissions that joining and leaving them takes.
import { accountOf, groupArn } from '../../iam/arn.ts'
import type { Call } from '../../iam/caller.ts'
import type { FoundGroup } from '../../iam/people/people.ts'
import type { MembershipChange } from '../../iam/people/people-changes.ts'
import type { Person } from '../../iam/people/person.ts'
import { Problem } from '../../problem.ts'
import { isAuthorized } from '../is-authorized.ts'
import type { Permission } from '../operation.ts'
import type { UseCases } from '../use-cases.ts'

/** Permission on a group, also on one that does not exist. */
async function permissionOn(
  { people }: Pick<UseCases, 'people'>,
  call: Call,
  name: string,
  action: 'AddGroupMember' | 'RemoveGroupMember',
): Promise<Permission> {
  const found = await people.group(call, name)
  return {
    action,
    arn: found?.arn ?? groupArn({ accountId: accountOf(call.caller), path: '/', name }),
  }
}

const folded = (names: readonly string[]): ReadonlySet<string> =>
  new Set(names.map((name) => name.toLowerCase()))

/** Who changes memberships needs the same permissions as for changing them one by one. */
export async function membershipPermissions(
  use: Pick<UseCases, 'people'>,
  call: Call,
  { before, after }: { readonly before: readonly string[]; readonly after: readonly string[] },
): Promise<readonly Permission[]> {
  const [was, is] = [folded(before), folded(after)]
  return Promise.all([
    ...after
      .filter((name) => !was.has(name.toLowerCase()))
      .map((name) => permissionOn(use, call, name, 'AddGroupMember')),
    ...before
      .filter((name) => !is.has(name.toLowerCase()))
      .map((name) => permissionOn(use, call, name, 'RemoveGroupMember')),
  ])
}

/**
 * What becomes of the memberships of a person so that they are in these groups. Made from the same reading of the person as the
 * permissions, so that nothing is changed for which no permission was asked.
 */
export function membershipChange({ memberships }: Person, groups: readonly FoundGroup[]): MembershipChange {
  const was = new Set(memberships.map(({ id }) => id))
  const is = new Set(groups.map(({ id }) => id))
  return {
    join: groups.flatMap(({ id }) => (was.has(id) ? [] : [id])),
    leave: memberships.flatMap(({ id }) => (is.has(id) ? [] : [id])),
  }
}

/** @throws Problem('validation') with every name that no group of the account has */
export async function groupsNamed(
  { people }: UseCases,
  call: Call,
  field: string,
  names: readonly string[],
): Promise<readonly FoundGroup[]> {
  return allNamed(field, names, await Promise.all(names.map((name) => people.group(call, name))), unknown)
}

const unknown = (name: string): string =>
  `must name groups that exist: there is no group \`${name.slice(0, 128)}\` in this account`

const unreadable = (name: string): string =>
  `must name groups that you may read (chancery:GetGroup): there is none of the name \`${name.slice(0, 128)}\``

/**
 * Groups that a request refers to without a right on them. One that the caller may not read is answered as one that is not there:
 * otherwise whoever may name a group finds out which there are (docs/attacks.md 49).
 * @param known names that the caller has been shown, of groups that the record has already
 * @throws Problem('validation') with every name that no group of the account has, or none that the caller may read
 */
export async function readableGroupsNamed(
  use: UseCases,
  call: Call,
  field: string,
  { names, known }: { readonly names: readonly string[]; readonly known: readonly string[] },
): Promise<readonly FoundGroup[]> {
  const mayRead = (arn: string) => isAuthorized(use.authorize, call, 'chancery:GetGroup', arn)
  const was = folded(known)
  const asUnknown = new Map<string, boolean>()
  const found = await Promise.all(
    names.map(async (name) => {
      const group = await use.people.group(call, name)
      // Asked about every name, so that neither words nor time differ for a group that is there.
      const plain = groupArn({ accountId: accountOf(call.caller), path: '/', name })
      asUnknown.set(name, await mayRead(plain))
      const isReadable = await mayRead(group?.arn ?? plain)
      return isReadable || was.has(name.toLowerCase()) ? group : undefined
    }),
  )
  return allNamed(field, names, found, (name) => (asUnknown.get(name) ? unknown(name) : unreadable(name)))
}

/** @throws Problem('validation') with every name of which nothing was found */
function allNamed(
  field: string,
  names: readonly string[],
  found: readonly (FoundGroup | undefined)[],
  messageOf: (name: string) => string,
): readonly FoundGroup[] {
  const fields = names.flatMap((name, at) =>
    found[at] === undefined
      ? [{ field: `${field}${names.length > 1 ? `.${at}` : ''}`, message: messageOf(name) }]
      : [],
  )
  if (fields.length > 0)
    throw new Problem(
      'validation',
      fields.map(({ field: named, message }) => `\`${named}\` ${message}`).join('; '),
      { fields },
    )
  return found.filter((group) => group !== undefined)
}
