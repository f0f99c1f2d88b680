// A session may be used to get another one only while the identity provider of its federated sign-in exists and is enabled
// (docs/attacks.md 7, 11).
import { Problem } from '../../problem.ts'
import type { Providers, RegisteredDirectories, SamlProviders } from '../ports.ts'
import type { SessionCaller } from '../session/session-caller.ts'

export interface LiveProviders {
  readonly providers: Providers
  readonly samlProviders: SamlProviders
  readonly ldapProviders: RegisteredDirectories
}

/**
 * @throws Problem('unauthenticated') when the session's identity provider was deleted or is disabled
 */
export async function ensureProviderLive(
  { providers, samlProviders, ldapProviders }: LiveProviders,
  { federatedProvider }: Pick<SessionCaller, 'federatedProvider'>,
): Promise<void> {
  if (federatedProvider === undefined) return
  const provider =
    (await providers.byArn(federatedProvider)) ??
    (await samlProviders.byArn(federatedProvider)) ??
    (await ldapProviders.byArn(federatedProvider))
  if (provider?.disabled === false) return
  throw new Problem('unauthenticated', 'The security token included in the request is invalid.', {
    detail: `the identity provider ${federatedProvider} of the session was deleted or is disabled`,
  })
}
