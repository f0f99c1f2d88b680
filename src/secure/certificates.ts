// The facts of configured X.509 certificates that are shown to administrators.
import { X509Certificate } from 'node:crypto'
import { Problem } from '../problem.ts'

export interface CertificateFacts {
  /** On one line. */
  readonly subject: string
  /** Epoch seconds. */
  readonly endsAt: number
}

/**
 * Reads one or more PEM certificates.
 * @throws Problem('invalid_input') when there is none, or one of them cannot be read
 */
export function readCertificates(pem: string): readonly CertificateFacts[] {
  const all = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  if (all.length === 0) throw new Problem('invalid_input', 'holds no PEM certificate')
  return all.map((text) => {
    try {
      const { subject, validToDate } = new X509Certificate(text)
      return { subject: subject.replaceAll('\n', ', '), endsAt: Math.floor(validToDate.getTime() / 1000) }
    } catch (cause) {
      throw new Problem('invalid_input', 'holds a certificate that cannot be read', { cause })
    }
  })
}
