// What a session depends on must still exist when the session is used to get another one: its user, and the identity provider of
// a federated sign-in (docs/attacks.md 7, 11).
import { Problem } from '../../problem.ts'
import type { Providers, SamlProviders } from '../ports.ts'
import type { SessionCaller } from '../session-caller.ts'

export interface LiveProviders {
  readonly providers: Providers
  readonly samlProviders: SamlProviders
}

/**
 * @throws Problem('unauthenticated') when the session's identity provider was deleted or is disabled
 */
export async function ensureProviderLive(
  { providers, samlProviders }: LiveProviders,
  { federatedProvider }: Pick<SessionCaller, 'federatedProvider'>,
): Promise<void> {
  if (federatedProvider === undefined) return
  const provider =
    (await providers.byArn(federatedProvider)) ?? (await samlProviders.byArn(federatedProvider))
  if (provider?.disabled === false) return
  throw new Problem('unauthenticated', 'The security token included in the request is invalid.', {
    detail: `the identity provider ${federatedProvider} of the session is gone or disabled`,
  })
}
