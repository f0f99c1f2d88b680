// `audit:` of the configuration file: how long entries are kept, and where they are sent besides the store.
import { isIP } from 'node:net'
import { z } from 'zod'

const host = z
  .string()
  .refine(
    (text) => isIP(text) !== 0 || /^(?=.{1,253}$)[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text),
    'must be a host name or an IP address',
  )

const webhook = z.strictObject({
  url: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }),
  signing_secret: z
    .string()
    .regex(
      /^(whsec_[A-Za-z0-9+/=]{22,}|.{24,512})$/s,
      'must be `whsec_` and Base64, or 24 characters or more',
    ),
})

const syslog = z.strictObject({
  host,
  port: z.int().min(1).max(65_535).default(6514),
  transport: z.enum(['tls', 'tcp', 'udp']).default('tls'),
  /** PEM: authorities of the receiver's certificate. */
  ca: z.string().includes('-----BEGIN CERTIFICATE-----').optional(),
})

const destination = z
  .strictObject({
    name: z.string().regex(/^[\w.-]{1,64}$/, 'must be 1 to 64 of A-Z a-z 0-9 _ . -'),
    /** `now`: entries from the first start with this destination on; `beginning`: every entry there is. */
    from: z.enum(['now', 'beginning']).default('now'),
    webhook: webhook.optional(),
    syslog: syslog.optional(),
  })
  .refine((given) => (given.webhook === undefined) !== (given.syslog === undefined), {
    error: 'needs either `webhook` or `syslog`',
  })

export const auditSchema = z
  .strictObject({
    /** Days after which entries are removed; absent: never. */
    retention_days: z.int().min(7).max(36_500).optional(),
    forward: z
      .array(destination)
      .max(8)
      .default([])
      .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, {
        error: 'each destination needs a `name` of its own',
      }),
  })
  .prefault({})

export type AuditSettings = z.output<typeof auditSchema>
export type ForwardDestination = AuditSettings['forward'][number]

export type WebhookSettings = z.output<typeof webhook>
