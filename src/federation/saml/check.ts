// The connection test of a SAML provider. All messages go through the browser, so the only connection to test is that to the metadata's
// URL, where it has one; the other steps check the metadata.
import type { EpochSeconds, SamlProvider } from '../../store/records.ts'
import { failedStep, runSteps } from '../check-steps.ts'
import type { CheckStep, ProviderDependencies } from '../kind.ts'
import { fetchMetadata } from './fetched-metadata.ts'
import { readMetadata } from './metadata.ts'

export function checkSaml(
  given: SamlProvider,
  { now, fetch }: Pick<ProviderDependencies, 'now' | 'fetch'>,
): AsyncIterable<CheckStep> {
  let provider = given
  const { metadataSource: source } = given
  return runSteps([
    ...(source === undefined
      ? []
      : [
          [
            'fetch the metadata',
            async () => {
              provider = { ...given, metadata: await fetchMetadata(given, fetch, now()) }
              return source.certificates.length === 0
                ? 'not signed, protected by https'
                : 'its signature is valid'
            },
          ] as const,
        ]),
    ['read the metadata', async () => readMetadata(provider.metadata).entityId],
    [
      'metadata is still valid',
      async () => {
        const { validUntil } = readMetadata(provider.metadata)
        if (validUntil === undefined) return 'no expiry'
        if (validUntil <= now()) throw failedStep(`it expired on ${dateOf(validUntil)}`)
        return `until ${dateOf(validUntil)}`
      },
    ],
    [
      'find the sign-in endpoint',
      async () => {
        const { signOn } = readMetadata(provider.metadata)
        if (signOn === undefined) throw failedStep('no SingleSignOnService has the binding HTTP-Redirect')
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
}

const dateOf = (at: EpochSeconds): string => new Date(at * 1000).toISOString().slice(0, 10)
