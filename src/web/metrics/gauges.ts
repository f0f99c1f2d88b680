// Metrics whose values are read when they are collected.
import { Gauge, type Registry } from 'prom-client'

/** Values that are read when the metrics are collected. */
export interface Gauges {
  /** Passwords waiting to be hashed, and being hashed. */
  readonly passwordQueue: () => { readonly waiting: number; readonly running: number }
  /** Audit entries that are not durable yet. */
  readonly auditPending: () => number
  /** Destinations of the audit trail: seconds behind, undefined while another process sends, and failures in a row. */
  readonly auditForwarding: () => readonly {
    readonly name: string
    readonly lag: number | undefined
    readonly failures: number
  }[]
  /** By outbox. */
  readonly outboxes: Readonly<Record<string, OutboxGauges>>
  /** The keys that sign now; `activeAt` in epoch seconds. */
  readonly signingKeys: () => readonly {
    readonly use: string
    readonly alg: string
    readonly activeAt: number
  }[]
  /** The TLS certificate, `expiresAt` in epoch seconds; undefined without direct TLS. */
  readonly certificate: () => { readonly subject: string; readonly expiresAt: number } | undefined
}

export interface OutboxGauges {
  /** Deliveries this process is sending. */
  readonly sending: () => number
  /** What waits in the store, of all processes; `oldest` in epoch seconds. */
  readonly waiting?: () => { readonly messages: number; readonly oldest: number | undefined }
}

/** Adds all gauges to a registry; without current values they are absent. */
export function addGauges(registers: Registry[], current: () => Gauges | undefined): void {
  for (const add of gaugeTable) add(registers, current)
}

interface GaugeOf<L extends string> {
  readonly name: string
  readonly help: string
  readonly labelNames?: L[]
  /** How the values of several processes become one. */
  readonly aggregator: 'sum' | 'max' | 'min'
}

type AddGauge = (registers: Registry[], current: () => Gauges | undefined) => void

/** A gauge whose values are read when they are asked for. */
const gauge =
  <L extends string>(
    { name, help, aggregator, labelNames = [] }: GaugeOf<L>,
    read: (gauge: Gauge<L>, gauges: Gauges) => void,
  ): AddGauge =>
  (registers, current) => {
    new Gauge({
      name,
      help,
      registers,
      aggregator,
      labelNames,
      collect() {
        const gauges = current()
        this.reset()
        if (gauges) read(this, gauges)
      },
    })
  }

const gaugeTable: readonly AddGauge[] = [
  gauge(
    { name: 'chancery_password_hash_waiting', help: 'Passwords waiting to be hashed.', aggregator: 'sum' },
    (into, { passwordQueue }) => into.set(passwordQueue().waiting),
  ),
  gauge(
    { name: 'chancery_password_hash_running', help: 'Passwords being hashed.', aggregator: 'sum' },
    (into, { passwordQueue }) => into.set(passwordQueue().running),
  ),
  gauge(
    { name: 'chancery_audit_pending', help: 'Audit entries that are not durable yet.', aggregator: 'sum' },
    (into, { auditPending }) => into.set(auditPending()),
  ),
  gauge(
    {
      name: 'chancery_audit_forward_lag_seconds',
      help: 'Age of the oldest audit entry that the destination has not accepted; absent where another process sends.',
      labelNames: ['destination'],
      aggregator: 'max',
    },
    (into, { auditForwarding }) => {
      for (const { name, lag } of auditForwarding())
        if (lag !== undefined) into.set({ destination: name }, lag)
    },
  ),
  gauge(
    {
      name: 'chancery_audit_forward_failures',
      help: 'Failed attempts to send audit entries since the last that succeeded.',
      labelNames: ['destination'],
      aggregator: 'max',
    },
    (into, { auditForwarding }) => {
      for (const { name, failures } of auditForwarding()) into.set({ destination: name }, failures)
    },
  ),
  gauge(
    {
      name: 'chancery_outbox_sending',
      help: 'Deliveries being sent, by outbox.',
      labelNames: ['outbox'],
      aggregator: 'sum',
    },
    (into, { outboxes }) => {
      for (const [outbox, { sending }] of Object.entries(outboxes)) into.set({ outbox }, sending())
    },
  ),
  gauge(
    {
      name: 'chancery_outbox_waiting',
      help: 'Messages in the store that are not delivered yet, of all processes, by outbox.',
      labelNames: ['outbox'],
      aggregator: 'max',
    },
    (into, { outboxes }) => {
      for (const [outbox, { waiting }] of Object.entries(outboxes))
        if (waiting) into.set({ outbox }, waiting().messages)
    },
  ),
  gauge(
    {
      name: 'chancery_outbox_oldest_timestamp_seconds',
      help: 'When the oldest message that is not delivered yet was added; absent when there is none.',
      labelNames: ['outbox'],
      aggregator: 'min',
    },
    (into, { outboxes }) => {
      for (const [outbox, { waiting }] of Object.entries(outboxes)) {
        const oldest = waiting?.().oldest
        if (oldest !== undefined) into.set({ outbox }, oldest)
      }
    },
  ),
  gauge(
    {
      name: 'chancery_signing_key_active_timestamp_seconds',
      help: 'When the key that signs now became active; its age is `time()` less this.',
      labelNames: ['use', 'alg'],
      aggregator: 'min',
    },
    (into, { signingKeys }) => {
      for (const { use, alg, activeAt } of signingKeys()) into.set({ use, alg }, activeAt)
    },
  ),
  gauge(
    {
      name: 'chancery_tls_certificate_expiry_timestamp_seconds',
      help: 'When the TLS certificate that is served expires; absent when a proxy terminates TLS.',
      labelNames: ['subject'],
      aggregator: 'min',
    },
    (into, { certificate }) => {
      const served = certificate()
      if (served) into.set({ subject: served.subject }, served.expiresAt)
    },
  ),
]
