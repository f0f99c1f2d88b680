// Audit entries to a webhook: JSON, signed with HMAC-SHA-256 as the Standard Webhooks specification says
// (https://www.standardwebhooks.com), so that its libraries verify it.
import { hmacSha256, sha256base64url } from '../../secure/digest.ts'
import type { AuditEntry } from '../../store/records.ts'
import type { WebhookSettings } from '../settings.ts'
import type { Sender } from './forwarder.ts'

export interface WebhookOptions {
  readonly settings: WebhookSettings
  /** A guarded fetch, with a time limit. */
  readonly fetch: (
    url: string,
    request: {
      readonly method: 'POST'
      readonly headers: Readonly<Record<string, string>>
      readonly body: string
      readonly signal: AbortSignal
    },
  ) => Promise<{ readonly status: number }>
  /** How an entry is shown. */
  readonly show: (entry: AuditEntry) => object
  /** Epoch seconds. */
  readonly now: () => number
}

/** `whsec_` and Base64, or any other text as it is. */
export const webhookKey = (secret: string): Buffer =>
  secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.from(secret)

/** The value of `webhook-signature`. */
export const webhookSignature = (key: Buffer, id: string, timestamp: number, body: string): string =>
  `v1,${hmacSha256(key, `${id}.${timestamp}.${body}`).toString('base64')}`

export function webhookSender({ settings, fetch, show, now }: WebhookOptions): Sender {
  const key = webhookKey(settings.signing_secret)
  return {
    limits: { entries: 500, bytes: 1_000_000 },
    async send(entries, signal) {
      const body = JSON.stringify({ type: 'audit.entries', entries: entries.map(show) })
      // The same for a repetition of the same entries, so that a receiver can recognize it.
      const id = `audit_${sha256base64url(`${entries[0]?.id} ${entries.at(-1)?.id}`).slice(0, 22)}`
      const timestamp = now()
      const { status } = await fetch(settings.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': String(timestamp),
          'webhook-signature': webhookSignature(key, id, timestamp, body),
        },
        body,
        signal,
      })
      if (status < 200 || status > 299) throw new Error(`the receiver answered ${status}`)
    },
    close() {},
  }
}
