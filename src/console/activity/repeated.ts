// "Third time within an hour.": that the same was refused, or failed, before.
import { t, type Words } from '../../../views/console/message.ts'
import { mostTimes } from '../../audit/repeats.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { AuditEntry } from './entries.ts'

const times: readonly Words[] = [
  t('Second time within an hour.'),
  t('Third time within an hour.'),
  t('Fourth time within an hour.'),
  t('Fifth time within an hour.'),
  t('Sixth time within an hour.'),
  t('Seventh time within an hour.'),
  t('Eighth time within an hour.'),
  t('Ninth time within an hour.'),
  t('Tenth time within an hour.'),
]

/** @param count at least 2; undefined: the entry is the first */
export const repeatedWords = (count: number | undefined): Words | undefined =>
  count === undefined
    ? undefined
    : count > mostTimes
      ? t('More than ten times within an hour.')
      : times[count - 2]

/**
 * How often the same request was refused or failed, by the id of each entry. The counts are of other entries too, so they are given
 * only to people who may list entries. This is not recorded in the trail: reading the page already is.
 */
export async function repeatsAmong(
  request: ConsoleRequest,
  entries: readonly AuditEntry[],
): Promise<ReadonlyMap<string, number>> {
  if (entries.every(({ outcome }) => outcome === 'done')) return new Map()
  const resource = `arn:aws:chancery::${entries[0]?.account}:audit/*`
  if ((await request.denial({ action: 'chancery:ListAuditEntries', resource })) !== undefined)
    return new Map()
  return request.ports.use.audit.repeats(
    request.call,
    entries.map(({ time, account, ...entry }) => ({
      ...entry,
      at: Math.floor(Date.parse(time) / 1000),
      accountId: account,
    })),
  )
}
