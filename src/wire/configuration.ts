import type { Config } from '../config.ts'
import { recordOf } from '../federation/kinds.ts'
import { revocationRecord, revokedBefore, saveRevocation } from '../iam/authorization/revocation-records.ts'
import { applyConfiguration } from '../iam/configuration/apply-configuration.ts'
import { byName } from '../iam/lookup.ts'
import { replaceGroupNames } from '../oidc/clients/access-groups.ts'
import { insecureRedirects } from '../oidc/clients/settings.ts'
import { sha256base64url } from '../secure/digest.ts'
import { type IdentityProvider, serverAccount } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import { type Infrastructure, now } from './infrastructure.ts'

/** What was made for or through something that is gone ends everywhere. */
const revoked = (
  store: Store,
  accountId: string,
  scope: 'client' | 'provider',
  value: string,
): Promise<void> => {
  const at = now()
  return saveRevocation(store, revocationRecord({ accountId, scope, value, before: revokedBefore(at) }, at))
}

/**
 * Makes the configuration file the one that all processes act by.
 * @returns providers that are disabled, whose sessions must end
 */
export const applyFile = (
  { store, config, log }: Infrastructure,
  accountId: string,
): Promise<readonly IdentityProvider[]> => {
  const { clients, resources, identity_providers, revision } = config.file
  return applyConfiguration(
    {
      store,
      accountId,
      now,
      log,
      endClient: (id) => revoked(store, serverAccount, 'client', id),
      endProvider: (arn) => revoked(store, accountId, 'provider', arn),
    },
    {
      // Secrets are not part of it: they say of themselves that they are secret.
      hash: sha256base64url(JSON.stringify([clients, resources, identity_providers])),
      revision,
      clients: clients.map(({ client_id }) => client_id),
      resources: resources.map(({ id }) => id),
    },
    config.file.identity_providers.map((given) => recordOf(given, { accountId, now: now() })),
  )
}

/** Makes what earlier versions stored about clients what this version reads, once per store. */
export const upgradeClients = ({ store, log }: Infrastructure, accountId: string): Promise<void> =>
  replaceGroupNames({
    store,
    groupIdOf: async (name) => (await byName(store, 'group', accountId, name))?.id,
    onUnknown: (client, group) =>
      log.warn({ client, group }, 'a client names a group that does not exist, which lets nobody in'),
  })

/** Choices in the configuration that are safe only for now or only here. */
export function warningsOf(config: Config, issuer: string): string[] {
  const warnings: string[] = [...insecureRedirects(config.file.clients)]
  if (issuer.startsWith('http:'))
    warnings.push('plain http: only browsers and services on this machine should reach it')
  if (config.outboundAllow.size > 0) {
    warnings.push(
      `CHANCERY_OUTBOUND_ALLOW lets outbound requests reach ${[...config.outboundAllow].join(', ')}`,
    )
  }
  return warnings
}
