// The facts of X.509 certificates that are shown to administrators, and whether a private key is that of a certificate.
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { Problem } from '../problem.ts'
import type { Secret } from './secret.ts'

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

const onlyCertificates = /^(?:\s*-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----)+\s*$/

export interface UploadedCertificate {
  /** SHA-256 of the DER encoding, in hexadecimal. */
  readonly fingerprint: string
  /** Epoch seconds: the end of its validity. */
  readonly notAfter: number
}

/**
 * Reads exactly one PEM certificate.
 * @throws Problem('malformed_certificate')
 */
export function readUploadedCertificate(pem: string): UploadedCertificate {
  const certificate = parsePem(pem)
  return {
    fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    notAfter: Math.floor(certificate.validToDate.getTime() / 1000),
  }
}

/** DNS names and addresses that a PEM certificate is for (RFC 5280 section 4.2.1.6); none when it cannot be read. */
export function hostsOfCertificate(pem: string): readonly string[] {
  try {
    const { subjectAltName = '', subject } = new X509Certificate(pem)
    const names = [...subjectAltName.matchAll(/(?:^|, )(?:DNS|IP Address):([^,"\s]+)/g)].map(
      ([, name = '']) => name,
    )
    // Before there were alternative names, the common name was that of the host (RFC 6125 section 6.4.4).
    return names.length > 0 ? names : [...subject.matchAll(/^CN=(.+)$/gm)].map(([, name = '']) => name)
  } catch {
    return []
  }
}

/**
 * Checks a server certificate with its key and the certificates of its issuers (IAM API: UploadServerCertificate).
 * @throws Problem('malformed_certificate' | 'key_pair_mismatch')
 */
export function checkServerCertificate(pem: string, privateKey: Secret, chain: string | undefined): void {
  const certificate = parsePem(pem)
  if (!certificate.checkPrivateKey(parseKey(privateKey)))
    throw new Problem('key_pair_mismatch', 'the private key must be the one that belongs to the certificate')
  if (chain === undefined) return
  try {
    // Nothing besides: a file of certificates often has the private key as well, and the chain is shown to whoever may read it.
    if (!onlyCertificates.test(chain)) throw new Problem('invalid_input', 'holds something else')
    readCertificates(chain)
  } catch (cause) {
    throw new Problem(
      'malformed_certificate',
      'the certificate chain must be PEM certificates and nothing else',
      { cause },
    )
  }
}

function parsePem(pem: string): X509Certificate {
  const single = /^\s*-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\s*$/.test(pem)
  try {
    if (single) return new X509Certificate(pem)
  } catch {
    // The message below takes the place of the parser's, which is of no use to a caller.
  }
  throw new Problem('malformed_certificate', 'the certificate must be a single X.509 certificate in PEM')
}

/** The parser's error may contain part of the key, so it is not passed on. */
function parseKey(privateKey: Secret): KeyObject {
  try {
    return createPrivateKey(privateKey.reveal())
  } catch {
    throw new Problem('key_pair_mismatch', 'the private key must be an unencrypted private key in PEM')
  }
}
