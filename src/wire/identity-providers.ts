// Identity providers that administrators create and change at run time: settings of federation/, records of iam/.
import type { ProviderAddresses, IdentityProviders as ProviderUseCases } from '../admin/use-cases.ts'
import { trySignIn } from '../federation/command/sign-in-trial.ts'
import { verifyToken } from '../federation/command/verify-token.ts'
import { issuerOf } from '../federation/issuer.ts'
import { secretsOf } from '../federation/kept-secrets.ts'
import { entryOf, recordOf } from '../federation/kinds.ts'
import { generalRisks } from '../federation/risks.ts'
import { RunTimeSettings } from '../federation/run-time-settings.ts'
import type { Upstreams } from '../federation/upstreams.ts'
import type { IssuerKeys } from '../federation/workload/issuer-keys.ts'
import type { Ends } from '../iam/ends.ts'
import type { Markers } from '../iam/paging.ts'
import { openDirectoryLookup } from '../iam/provider/directory-lookup.ts'
import { ManagedProviders } from '../iam/provider/managed-providers.ts'
import type { IdentityProvider } from '../store/records.ts'
import { schemaMessage } from '../web/schema-messages.ts'
import type { Federation } from './federation.ts'
import { type Infrastructure, now } from './infrastructure.ts'

interface Dependencies {
  /** The account of the people who sign in. */
  readonly accountId: string
  readonly markers: Markers
  readonly ends: Ends
  readonly federation: Pick<Federation, 'upstreams' | 'metadataRefresh'>
  readonly issuerKeys: IssuerKeys
}

export function openIdentityProviders(
  { store, config, issuer }: Infrastructure,
  { accountId, markers, ends, federation, issuerKeys }: Dependencies,
): ProviderUseCases {
  const inFile = new Set(
    config.file.identity_providers.map((given) => recordOf(given, { accountId, now: now() }).id),
  )
  const settings = new RunTimeSettings({ allow: config.outboundAllow, message: schemaMessage })
  const trial = {
    verifyToken: (provider: IdentityProvider, token: string) =>
      verifyToken(provider, token, issuerKeys, now()),
    users: openDirectoryLookup(store, accountId),
  }
  return {
    managed: new ManagedProviders({
      store,
      markers,
      ends,
      settings: {
        entryOf,
        secretsOf,
        issuerOf,
        read: (entry, owner) => settings.read(entry, owner),
        change: (old, change) => settings.change(old, change),
      },
      isInFile: (arn) => inFile.has(arn),
      onChange({ kind, id }) {
        if (kind === 'saml') federation.metadataRefresh.requestRefresh(id)
      },
    }),
    addressesOf: ({ kind, name, signIn }) =>
      name === undefined || signIn === undefined ? {} : addressesFor(kind, name, issuer),
    addressesFor: (kind, name) => addressesFor(kind, name, issuer),
    check: (provider) => checkProvider(provider, federation.upstreams),
    try: (provider, given) => trySignIn(trial, provider, given),
  }
}

/** Connects to a provider as a sign-in would, and looks for risks in its settings. */
export async function checkProvider(provider: IdentityProvider, upstreams: Upstreams) {
  const upstream = await upstreams.of(provider)
  return {
    steps: await Array.fromAsync(upstream.check(provider)),
    risks: [...upstream.risks(provider, now()), ...generalRisks(provider)],
  }
}

/** What the other side has to know; nothing for a directory, which is asked by this server. */
function addressesFor(kind: IdentityProvider['kind'], name: string, issuer: string): ProviderAddresses {
  if (kind === 'ldap') return {}
  const base = `${issuer}/federation/${encodeURIComponent(name)}`
  return {
    callback: `${base}/callback`,
    ...(kind !== 'oauth2' && { signedOut: `${issuer}/signed-out` }),
    ...(kind === 'saml' && { metadata: `${base}/metadata` }),
  }
}
