// What administrators are shown of the trail as a whole: where it begins, how long it is kept, and how far receivers are.
import { newestCheckpoint } from '../../audit/checkpoint.ts'
import { parseProgress, recordIdOf } from '../../audit/forward/progress.ts'
import { readTrail } from '../../audit/read.ts'
import type { AuditSettings, ForwardDestination } from '../../audit/settings.ts'
import type { EpochSeconds } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'

export interface AuditStatus {
  /** Of the oldest entry of the account; undefined when it has none. */
  readonly begins: EpochSeconds | undefined
  /** Entries before it were removed by retention. */
  readonly removedBefore: EpochSeconds | undefined
  readonly retentionDays: number | undefined
  readonly receivers: readonly ReceiverStatus[]
}

interface ReceiverStatus {
  readonly name: string
  readonly kind: 'webhook' | 'syslog'
  /** Its origin, or its host and port: the path of a webhook may be secret. */
  readonly to: string
  /** When it last accepted entries. */
  readonly deliveredAt: EpochSeconds | undefined
  readonly failingSince: EpochSeconds | undefined
  readonly error: string | undefined
}

export type ReadAuditStatus = (accountId: string) => Promise<AuditStatus>

export const openAuditStatus =
  (store: Pick<Store, 'find' | 'get'>, settings: AuditSettings): ReadAuditStatus =>
  async (accountId) => {
    const { records } = await readTrail(store, { accountId, order: 'oldest', limit: 1 })
    const checkpoint = await newestCheckpoint(store)
    const receivers = settings.forward.map(async (destination): Promise<ReceiverStatus> => {
      const { name } = destination
      const record = await store.get('setting', recordIdOf(name))
      const progress = record && parseProgress(record.value)
      return {
        name,
        ...placeOf(destination),
        deliveredAt: progress?.deliveredAt,
        failingSince: progress?.failingSince,
        error: progress?.error,
      }
    })
    return {
      begins: records[0]?.at,
      removedBefore: checkpoint && Math.ceil(checkpoint.cutoff / 1000),
      retentionDays: settings.retention_days,
      receivers: await Promise.all(receivers),
    }
  }

function placeOf({ webhook, syslog }: ForwardDestination): Pick<ReceiverStatus, 'kind' | 'to'> {
  if (syslog !== undefined)
    return { kind: 'syslog', to: `${syslog.host}:${syslog.port} (${syslog.transport})` }
  return { kind: 'webhook', to: webhook === undefined ? '' : new URL(webhook.url).origin }
}
