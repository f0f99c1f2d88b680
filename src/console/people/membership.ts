// A person joins or leaves a group: from their own page, and from the page of the group.
import { z } from 'zod'
import { t } from '../../../views/console/message.ts'
import { missing } from '../../admin/missing.ts'
import { isProblem } from '../../problem.ts'
import type { AccessChange } from '../access/access-change.ts'
import { adminCommand } from '../frame/command.ts'
import type { ConsoleRequest } from '../frame/request.ts'

const operations = { join: 'AddGroupMember', leave: 'RemoveGroupMember' } as const

/**
 * @param p.typed which of the two somebody typed, and may not exist
 * @param p.fields what the form has sent
 */
export function membershipChange(
  request: ConsoleRequest,
  p: {
    readonly person: string
    readonly group: string
    readonly verb: keyof typeof operations
    readonly typed: 'person' | 'group'
    readonly fields?: Readonly<Record<string, string>>
  },
): AccessChange {
  const { person, group, verb } = p
  const { ports, call } = request
  return {
    title:
      verb === 'join'
        ? t('Add {person} to the group {group}?', { person, group })
        : t('Remove {person} from the group {group}?', { person, group }),
    holder: { kind: 'user', name: person, group },
    verb,
    fields: p.fields ?? {},
    async documents() {
      try {
        return await ports.iam.getMembershipChange(call, { userName: person, groupName: group, change: verb })
      } catch (error) {
        if (!isProblem(error, 'not_found')) throw error
        throw missing(p.typed, p[p.typed], request.accountId)
      }
    },
    make: () => request.perform(operations[verb], z.undefined(), { params: { person, group } }),
    command: adminCommand(ports.issuer, operations[verb], [group, person]),
  }
}
