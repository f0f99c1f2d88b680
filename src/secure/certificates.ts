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
  const all = certificatesIn(pem)
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

const certificatesIn = (pem: string): readonly string[] =>
  pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []

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
  return factsOf(parsePem(pem))
}

const factsOf = (certificate: X509Certificate): UploadedCertificate => ({
  fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
  notAfter: Math.floor(certificate.validToDate.getTime() / 1000),
})

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

export interface ServerCertificateFiles {
  readonly body: string
  readonly privateKey: Secret
  readonly chain?: string | undefined
}

/**
 * Checks a server certificate with its key and the certificates of its issuers (IAM API: UploadServerCertificate).
 * @throws Problem('malformed_certificate' | 'key_pair_mismatch')
 */
export function checkServerCertificate(
  { body, privateKey, chain }: ServerCertificateFiles,
  now: number,
): UploadedCertificate {
  const certificate = parsePem(body)
  if (!certificate.checkPrivateKey(parseKey(privateKey)))
    throw new Problem(
      'key_pair_mismatch',
      'The private key did not match the public key provided. Please verify the key material and try again.',
    )
  const facts = factsOf(certificate)
  if (facts.notAfter < now)
    throw new Problem(
      'malformed_certificate',
      "Certificate is no longer valid. The 'Not After' date restriction on the certificate has passed.",
    )
  if (chain !== undefined) checkChain(certificate, chain)
  return facts
}

/** Each certificate must be signed by the next one. A root may be there more than once. */
function checkChain(certificate: X509Certificate, chain: string): void {
  let signed = certificate
  for (const [at, issuer] of readChain(chain).entries()) {
    if (!signed.checkIssued(issuer) || !signed.verify(issuer.publicKey))
      throw new Problem(
        'malformed_certificate',
        `Unable to validate certificate chain. The certificate chain must start with the immediate signing certificate, followed by any intermediaries in order. The index within the chain of the invalid certificate is: ${at === 0 ? -1 : at}`,
      )
    signed = issuer
  }
}

function readChain(chain: string): readonly X509Certificate[] {
  try {
    // Nothing besides: a file of certificates often has the private key as well, and the chain is shown to whoever may read it.
    if (!onlyCertificates.test(chain)) throw new Problem('invalid_input', 'holds something else')
    return certificatesIn(chain).map((text) => new X509Certificate(text))
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
  throw new Problem(
    'malformed_certificate',
    'Unable to parse certificate. Please ensure the certificate is in PEM format.',
  )
}

/** The parser's error may contain part of the key, so it is not passed on. */
function parseKey(privateKey: Secret): KeyObject {
  try {
    return createPrivateKey(privateKey.reveal())
  } catch {
    throw new Problem('key_pair_mismatch', 'the private key must be an unencrypted private key in PEM')
  }
}
