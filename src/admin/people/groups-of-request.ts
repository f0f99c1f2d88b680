// Group names in requests: found, and the permissions that joining and leaving them takes.
import { accountOf, groupArn } from '../../iam/arn.ts'
import type { Call } from '../../iam/caller.ts'
import type { FoundGroup } from '../../iam/people/people.ts'
import type { MembershipChange } from '../../iam/people/people-changes.ts'
import type { Person } from '../../iam/people/person.ts'
import { Problem } from '../../problem.ts'
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
  const found = await Promise.all(names.map((name) => people.group(call, name)))
  const fields = names.flatMap((name, at) =>
    found[at] === undefined
      ? [
          {
            field: `${field}${names.length > 1 ? `.${at}` : ''}`,
            message: `must name groups that exist: there is no group \`${name.slice(0, 128)}\` in this account`,
          },
        ]
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
