// The connection test of a SAML provider. There is no connection: the browser carries everything, so what can be tested
// is what its metadata says.
import type { EpochSeconds, SamlProvider } from '../../store/records.ts'
import { failedStep, runSteps } from '../check-steps.ts'
import type { CheckStep } from '../kind.ts'
import { readMetadata } from './metadata.ts'

export const checkSaml = (provider: SamlProvider, now: () => EpochSeconds): AsyncIterable<CheckStep> =>
  runSteps([
    ['read the metadata', async () => readMetadata(provider.metadata).entityId],
    [
      'metadata is still valid',
      async () => {
        const { validUntil } = readMetadata(provider.metadata)
        if (validUntil === undefined) return 'no end'
        if (validUntil <= now()) throw failedStep(`it ended ${dateOf(validUntil)}`)
        return `until ${dateOf(validUntil)}`
      },
    ],
    [
      'find where people sign in',
      async () => {
        const { signOn } = readMetadata(provider.metadata)
        if (signOn === undefined) throw failedStep('no SingleSignOnService takes HTTP-Redirect')
        return signOn
      },
    ],
    [
      'signing certificates are pinned',
      async () =>
        readMetadata(provider.metadata)
          .certificates.map(({ fingerprint, notAfter }) => `${fingerprint} until ${dateOf(notAfter)}`)
          .join(', '),
    ],
  ])

const dateOf = (at: EpochSeconds): string => new Date(at * 1000).toISOString().slice(0, 10)
