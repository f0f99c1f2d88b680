// What commands open of an existing store: the parts for `chancery trust try` and `chancery provider`. They work beside a
// running server or without one.
import { randomUUID } from 'node:crypto'
import { openTrail, type Trail } from '../audit/trail.ts'
import type { Config } from '../config.ts'
import { verifyToken } from '../federation/command/verify-token.ts'
import { recordOf } from '../federation/kinds.ts'
import { guardedFetch } from '../federation/outbound/guarded-fetch.ts'
import { generalRisks } from '../federation/risks.ts'
import { openUpstreams } from '../federation/upstreams.ts'
import { IssuerKeys } from '../federation/workload/issuer-keys.ts'
import { openAuthorizer } from '../iam/authorization/authorize.ts'
import { revocationRecord, revokedBefore, saveRevocation } from '../iam/authorization/revocation-records.ts'
import { firstAccount } from '../iam/bootstrap.ts'
import { revokeAround } from '../iam/ends.ts'
import { withFetchedMetadata } from '../iam/provider/configured-providers.ts'
import { openDirectoryLookup } from '../iam/provider/directory-lookup.ts'
import { openStsRepositories } from '../iam/sts-repositories.ts'
import { isProblem, Problem } from '../problem.ts'
import { KeyThread } from '../secure/key/key-thread.ts'
import { openExistingStore, withKeys } from '../store/open.ts'
import { type Records, serverAccount } from '../store/records.ts'
import type { Lookup, Store } from '../store/store.ts'
import type { TrustTestStore } from '../sts/trust-trial/trust-command.ts'
import { trustRisks } from '../sts/trust-trial/trust-risks.ts'
import type { OpenedProviders } from './context.ts'

/** Epoch seconds. */
const now = (): number => Math.floor(Date.now() / 1000)

/** For `chancery trust try`: what deciding about a token takes, read beside a running server or without one. */
export async function openTrying(config: Config): Promise<TrustTestStore> {
  const kept = await openKept(config)
  if (!kept) throw new Problem('not_found', 'there is no store yet; start the server once')
  const authorizer = openAuthorizer(kept.store)
  const repositories = openStsRepositories(kept.store, authorizer)
  const issuerKeys = new IssuerKeys({ fetch: guardedFetch({ allow: config.outboundAllow }), now })
  return {
    ...repositories,
    issuerKeys,
    accountId: kept.accountId,
    async close() {
      repositories.close()
      authorizer.close()
      await kept.close()
    },
  }
}

/** For `chancery provider`: the file's providers and, once there is a store, its own; read beside a running server or without one. */
export async function openProviders(config: Config): Promise<OpenedProviders> {
  const kept = await openKept(config)
  try {
    const account = kept?.accountId ?? config.accountId ?? serverAccount
    const keptOf = async <K extends 'identityProvider' | 'role'>(kind: K): Promise<readonly Records[K][]> => {
      const lookup = { by: 'account', value: account } as Lookup<K>
      return kept ? Array.fromAsync(kept.store.each(kind, lookup)) : []
    }
    const stored = await keptOf('identityProvider')
    const configured = config.file.identity_providers.map((given) =>
      withFetchedMetadata(recordOf(given, { accountId: account, now: now() }), stored),
    )
    const roles = await keptOf('role')
    const fetch = guardedFetch({ allow: config.outboundAllow })
    const upstreams = openUpstreams({ fetch, now, allow: config.outboundAllow })
    const keys = new IssuerKeys({ fetch, now })
    return {
      now: now(),
      providers: [
        ...configured.map((provider) => ({ provider, from: 'file' as const })),
        ...stored
          .filter(({ id }) => !configured.some((one) => one.id === id))
          .map((provider) => ({
            provider,
            from: provider.fromFile ? ('former file' as const) : ('store' as const),
          })),
      ],
      check: async function* (provider) {
        yield* (await upstreams.of(provider)).check(provider)
      },
      risks: async (provider) => [
        ...(await upstreams.of(provider)).risks(provider, now()),
        ...generalRisks(provider),
        ...trustRisks(provider.id, roles),
      ],
      verifyToken: (provider, token) => verifyToken(provider, token, keys, now()),
      remove: kept && ((provider) => removeProvider(kept, provider)),
      users: kept && openDirectoryLookup(kept.store, account),
      close: async () => kept?.close(),
    }
  } catch (error) {
    await kept?.close()
    throw error
  }
}

/** For `chancery provider remove`: on record before it is done, like every change. */
async function removeProvider(
  { store, accountId }: { readonly store: Store; readonly accountId: string },
  { id }: Pick<Records['identityProvider'], 'id'>,
): Promise<void> {
  await withTrail(store, (trail) =>
    trail.record({
      ...commandEntry(),
      accountId,
      action: 'iam:RemoveIdentityProvider',
      resource: id,
      outcome: 'done',
    }),
  )
  const end = () => {
    const at = now()
    const ended = { accountId, scope: 'provider', value: id, before: revokedBefore(at) } as const
    return saveRevocation(store, revocationRecord(ended, at))
  }
  await revokeAround(end, () => store.delete('identityProvider', id))
}

/** What every entry of a command has. */
const commandEntry = () =>
  ({
    at: now(),
    who: 'command line',
    actor: { kind: 'server' },
    requestId: randomUUID(),
    sourceIp: '127.0.0.1',
  }) as const

async function withTrail<T>(engine: Store, work: (trail: Trail) => Promise<T>): Promise<T> {
  const thread = new KeyThread()
  const { store, keyRing } = await withKeys(engine, { clock: now, thread, onError: () => undefined })
  try {
    return await work(await openTrail({ store, key: () => keyRing.signing('audit'), clock: now }))
  } finally {
    keyRing.stop()
    await thread.close()
  }
}

/** Writes an entry about what a command does to the whole server. @throws Problem('not_found') when there is no store */
export async function recordOfCommand(
  config: Config,
  action: string,
  details: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { store } = await openExistingStore(config)
  try {
    await withTrail(store, (trail) =>
      trail.record({ ...commandEntry(), accountId: serverAccount, action, outcome: 'done', details }),
    )
  } finally {
    await store.close()
  }
}

/** The store, when the server was started with it once. */
async function openKept(
  config: Config,
): Promise<{ readonly store: Store; readonly accountId: string; close(): Promise<void> } | undefined> {
  const existing = await openExistingStore(config).catch((error: unknown) => {
    if (isProblem(error, 'not_found')) return undefined
    throw error
  })
  if (existing === undefined) return undefined
  const { store } = existing
  try {
    return { store, accountId: await firstAccount(store), close: () => store.close() }
  } catch (error) {
    await store.close()
    if (isProblem(error, 'not_found')) return undefined
    throw error
  }
}
