// The certificate that this server serves https with, for metrics and `chancery doctor`.
import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Config } from '../../config.ts'

/** `expiresAt` in epoch seconds. Undefined without direct TLS, and while the file cannot be read. */
export function servedCertificate(
  tls: Config['tls'],
): { readonly subject: string; readonly expiresAt: number } | undefined {
  if (!tls) return undefined
  try {
    const { subject, validToDate } = new X509Certificate(readFileSync(tls.cert))
    return { subject: subject.replaceAll('\n', ', '), expiresAt: Math.floor(validToDate.getTime() / 1000) }
  } catch {
    return undefined
  }
}
