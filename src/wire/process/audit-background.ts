// Composes what happens to the audit trail in the background: forwarding to the destinations of the configuration file, with
// guarded connections, and retention.
import { hostname } from 'node:os'
import { auditEntryAnswer } from '../../admin/audit/entry-answer.ts'
import { eventOf } from '../../audit/event.ts'
import { Forwarder, type Sender } from '../../audit/forward/forwarder.ts'
import { SyslogSender } from '../../audit/forward/syslog.ts'
import { webhookSender } from '../../audit/forward/webhook.ts'
import { RetentionSchedule } from '../../audit/retention-schedule.ts'
import type { ForwardDestination } from '../../audit/settings.ts'
import { guardedFetch } from '../../federation/outbound/guarded-fetch.ts'
import { guardedConnection } from '../../federation/outbound/guarded-socket.ts'
import type { AuditEntry } from '../../store/records.ts'
import { type Infrastructure, now } from '../infrastructure.ts'

/** Milliseconds within which a receiver must have taken a batch. */
const timeoutMs = 15_000

/** As the admin API has entries. */
const show = ({ id, event }: AuditEntry): object => auditEntryAnswer({ ...eventOf(event), id })

export type AuditBackground = ReturnType<typeof openAuditBackground>

/** Nothing runs before `start`. */
export function openAuditBackground({ config, store, keyRing, trail, log }: Infrastructure) {
  const { retention_days: days } = config.file.audit
  const keyActiveAt = () => keyRing.signing('audit').activeAt
  const retention =
    days === undefined
      ? undefined
      : new RetentionSchedule({
          store,
          record: (checkpoint) => trail.recordCheckpoint(checkpoint),
          days,
          clock: Date.now,
          steady: () => performance.now(),
          keyActiveAt,
          log,
        })
  const forwarders = config.file.audit.forward.map(
    (destination) =>
      [
        destination.name,
        new Forwarder({
          store,
          name: destination.name,
          from: destination.from,
          sender: senderOf(destination, config.outboundAllow),
          keyActiveAt,
          clock: Date.now,
          log,
        }),
      ] as const,
  )
  return {
    start() {
      retention?.start()
      for (const [, forwarder] of forwarders) forwarder.start()
    },
    async stop() {
      await Promise.all([retention?.stop(), ...forwarders.map(([, forwarder]) => forwarder.stop())])
    },
    /** By destination; `lag` in seconds, undefined while another process sends. */
    states: (): readonly {
      readonly name: string
      readonly lag: number | undefined
      readonly failures: number
    }[] => forwarders.map(([name, { lag, failures }]) => ({ name, lag, failures })),
  }
}

function senderOf({ webhook, syslog }: ForwardDestination, allow: ReadonlySet<string>): Sender {
  if (webhook)
    return webhookSender({ settings: webhook, fetch: guardedFetch({ allow, timeoutMs }), show, now })
  if (!syslog) throw new TypeError('a destination has neither webhook nor syslog')
  return new SyslogSender({
    connect: (signal) =>
      guardedConnection(syslog, { allow }, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])),
    counted: syslog.transport !== 'udp',
    hostname: hostname(),
    show,
  })
}
