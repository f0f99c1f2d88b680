// An audit entry as one line of a list: a sentence with who, what and how it ended.
import type { z } from 'zod'
import type { ActivityRow } from '../../../views/console/activity.ts'
import type { auditEntry } from '../../admin/audit/schemas.ts'

type Entry = z.output<typeof auditEntry>

/** `user/ada` of an ARN, or the text itself. */
export const shortName = (arn: string): string =>
  arn.startsWith('arn:') ? arn.split(':').slice(5).join(':') : arn

/** `iam:CreateUser` as `create user`; names that are no action stay as they are. */
export function actionWords(action: string): string {
  const [, name] = /^[a-z-]+:([A-Za-z]+)$/.exec(action) ?? []
  if (name === undefined) return action
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(' ')
    .map((word) => (/^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase()))
    .join(' ')
}

/** Whether the request only asked what would end: nothing was changed. */
export const isDryRun = ({ details }: Pick<Entry, 'details'>): boolean =>
  typeof details === 'object' && details !== null && 'dryRun' in details && details.dryRun === true

export const activityRow = (entry: Entry): ActivityRow => ({
  id: entry.id,
  time: entry.time,
  who: shortName(entry.who),
  whoArn: entry.who,
  action: entry.action,
  words: `${actionWords(entry.action)}${isDryRun(entry) ? ' (only asked what would end)' : ''}`,
  outcome: entry.outcome,
  resource: entry.resource === undefined ? undefined : shortName(entry.resource),
  reason: entry.reason,
  sourceIp: entry.sourceIp,
})
