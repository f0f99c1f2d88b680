// Finds an identity provider by name, ARN or issuer.
import { Problem } from '../../problem.ts'
import { issuerOf } from '../issuer.ts'
import type { KnownProvider } from './command-context.ts'

/** @param name a provider's name, ARN or issuer. @throws Problem('not_found') that lists the names there are */
export function providerNamed(providers: readonly KnownProvider[], name: string): KnownProvider {
  const named = providers.find(
    ({ provider }) =>
      provider.name?.toLowerCase() === name.toLowerCase() || [provider.id, issuerOf(provider)].includes(name),
  )
  if (named) return named
  const names = providers.map(({ provider }) => provider.name ?? issuerOf(provider)).join(', ')
  throw new Problem('not_found', `there is no provider \`${name}\`; there are: ${names || 'none'}`)
}
