// Checks of the TLS files.

import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Config } from '../../config.ts'
import { daysOf } from './days.ts'
import { type Finding, fail, findingsOf, ok, warn } from './finding.ts'

const day = 86_400_000
/** Days before its end at which a certificate should have been renewed: ACME clients do so with 30 days left. */
const soon = 14

export const checkCertificate = (
  { tls }: Config,
  issuer: string,
  nowMs: number,
): Promise<readonly Finding[]> =>
  findingsOf(
    'certificate',
    'give CHANCERY_TLS_CERT and CHANCERY_TLS_KEY a PEM certificate and its key',
    async () => {
      if (!tls)
        return issuer.startsWith('https:')
          ? [ok('certificate', 'TLS ends at a proxy, which has the certificate')]
          : [
              warn(
                'certificate',
                'none: the public URL is plain http',
                'use https for anything but a trial on this machine',
              ),
            ]
      const certificate = new X509Certificate(readFileSync(tls.cert))
      const { hostname } = new URL(issuer)
      if (!certificate.checkPrivateKey(createPrivateKey(readFileSync(tls.key))))
        return [
          fail(
            'certificate',
            `\`${tls.key}\` is not the key of \`${tls.cert}\``,
            'use the pair that was issued together',
          ),
        ]
      if (certificate.checkHost(hostname) === undefined && certificate.checkIP(hostname) === undefined)
        return [
          fail(
            'certificate',
            `\`${tls.cert}\` is not for ${hostname}`,
            'request one for the host of CHANCERY_ISSUER',
          ),
        ]
      const days = Math.floor((certificate.validToDate.getTime() - nowMs) / day)
      if (certificate.validFromDate.getTime() > nowMs)
        return [fail('certificate', `is valid from ${certificate.validFrom}`, 'check the clock')]
      if (days < 0)
        return [
          fail(
            'certificate',
            `expired ${daysOf(-days)} ago`,
            'renew it; the files are reread when they change',
          ),
        ]
      if (days < soon)
        return [
          warn(
            'certificate',
            `expires in ${daysOf(days)}`,
            'renew it; the files are reread when they change',
          ),
        ]
      return [ok('certificate', `for ${hostname}, ${days} days left`)]
    },
  )
