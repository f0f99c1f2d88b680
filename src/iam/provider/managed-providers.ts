// Identity providers that administrators create and change at run time. Those of the configuration file can be listed and read, and
// are changed there. Every process reads providers from the store, so that a change counts everywhere at once. Callers have been
// authorized (admin/operation.ts).
import { isProblem, Problem } from '../../problem.ts'
import { randomToken } from '../../secure/random.ts'
import { updateIfPresent } from '../../store/conditional-writes.ts'
import type { EpochSeconds, IdentityProvider } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { type Ends, revokeAround } from '../ends.ts'
import type { ListPage, ListRequest, Markers, PagingCall } from '../paging.ts'
import { pageOfSegments, recordSegment } from '../record/segmented-list.ts'
import { updateRecord } from '../record/update-record.ts'
import {
  type ManagedProviderView,
  type ProviderEntry,
  type ProviderSettings,
  viewOf,
} from './managed-provider-view.ts'
import { checkIssuerNotReserved } from './openid-providers.ts'
import {
  atField,
  checkDomains,
  checkFree,
  createProvider,
  oneAtATime,
  taken,
  undoIfTaken,
} from './provider-conflicts.ts'

/** What ends when a provider is disabled or deleted, or its sessions are ended (docs/ends.md). */
export interface ProviderEnding {
  /** Browser sessions that began with it, counted up to `mostCounted`. */
  readonly browserSessions: number
  readonly tokens: string
  readonly roleSessions: string
}

export interface ManagedProvidersDependencies {
  readonly store: Store
  readonly markers: Markers
  readonly ends: Pick<Ends, 'providerEnded'>
  readonly settings: ProviderSettings
  /** Whether the configuration file has a provider of this ARN. */
  readonly isInFile: (arn: string) => boolean
  /** Fetches what the provider publishes, before the first sign-in needs it. */
  readonly onChange: (provider: IdentityProvider) => void
}

/** Sessions are counted up to this many. */
const mostCounted = 1000

/** @throws Problem('precondition_failed') */
type ExpectVersion = (version: string) => void

interface Changed {
  readonly before: ManagedProviderView
  readonly after: ManagedProviderView
}

export class ManagedProviders {
  readonly #deps: ManagedProvidersDependencies

  constructor(deps: ManagedProvidersDependencies) {
    this.#deps = deps
  }

  /** By name in any case, or by ARN. Undefined when the account has no such provider. */
  async find(accountId: string, nameOrArn: string): Promise<ManagedProviderView | undefined> {
    const { store } = this.#deps
    const lookup = { by: 'name', value: `${accountId}/${nameOrArn.toLowerCase()}` } as const
    const found = nameOrArn.startsWith('arn:')
      ? await store.get('identityProvider', nameOrArn)
      : (await store.find('identityProvider', lookup, { limit: 1 })).records[0]
    return found?.accountId === accountId ? this.#view(found) : undefined
  }

  list(
    call: PagingCall,
    accountId: string,
    list: string,
    request: ListRequest,
  ): Promise<ListPage<ManagedProviderView>> {
    const { store, markers } = this.#deps
    const lookup = { by: 'account', value: accountId } as const
    const segment = recordSegment<'identityProvider', ManagedProviderView>(
      (page) => store.find('identityProvider', lookup, page),
      (provider) => this.#view(provider),
    )
    return pageOfSegments(markers, call, list, request, [segment])
  }

  /** The record of an entry, which is not stored. @throws Problem('validation') with every fault */
  read(
    entry: ProviderEntry,
    owner: { readonly accountId: string; readonly now: EpochSeconds },
  ): IdentityProvider {
    const provider = this.#deps.settings.read(entry, owner)
    if (provider.kind === 'openid') checkIssuer(provider.url)
    return provider
  }

  /** The record after a change, which is not stored. @throws Problem('validation') · Problem('unmodifiable') for one of the file */
  changed({ provider, source }: ManagedProviderView, change: ProviderEntry): IdentityProvider {
    if (source === 'file') throw readOnly()
    if ('disabled' in change)
      throw atField('validation', 'disabled', 'is changed by disabling and enabling the provider')
    const next = this.#deps.settings.change(provider, change)
    return { ...next, changes: (provider.changes ?? 0) + 1 }
  }

  /** @throws Problem('conflict') with the field whose value is taken · Problem('limit_exceeded') */
  async create(read: IdentityProvider): Promise<ManagedProviderView> {
    const provider: IdentityProvider = { ...read, uid: randomToken(), fromFile: false }
    await createProvider(this.#deps.store, provider)
    this.#deps.onChange(provider)
    return this.#view(provider)
  }

  /**
   * @param next as `changed` made it, for which the caller has been authorized
   * @throws Problem('concurrent_modification') when it was changed since it was found · Problem('conflict')
   */
  async update(found: ManagedProviderView, next: IdentityProvider, expect: ExpectVersion): Promise<Changed> {
    // People no longer sign in with it: as when it is disabled.
    const isLeft = found.provider.signIn !== undefined && next.signIn === undefined
    const change = () => this.#replace(found, expect, next)
    const changed = await oneAtATime(next, async () => {
      await checkFree(this.#deps.store, next)
      return isLeft ? this.#ending(found, change) : change()
    })
    this.#deps.onChange(next)
    return changed
  }

  async setDisabled(found: ManagedProviderView, disabled: boolean, expect: ExpectVersion): Promise<Changed> {
    if (found.source === 'file') throw readOnly()
    if (!disabled && found.source === 'former-file')
      throw new Problem(
        'unmodifiable',
        'it was in the configuration file: change its settings here before you enable it, or add it there again',
      )
    const { provider } = found
    const next = { ...provider, disabled, changes: (provider.changes ?? 0) + 1 }
    const change = () => this.#replace(found, expect, next)
    if (disabled) return this.#ending(found, change)
    return oneAtATime(next, async () => {
      await checkDomains(this.#deps.store, next)
      return change()
    })
  }

  /** Ends what began with it, and changes nothing; also for one of the configuration file. */
  async endSessions(found: ManagedProviderView, expect: ExpectVersion): Promise<void> {
    expect(found.version)
    await this.#deps.ends.providerEnded(found.provider)
  }

  async remove(found: ManagedProviderView, expect: ExpectVersion): Promise<void> {
    if (found.source === 'file') throw readOnly()
    expect(found.version)
    const { id } = found.provider
    await this.#ending(found, async () => {
      if (!(await this.#deps.store.delete('identityProvider', id))) throw gone(id)
    })
  }

  /** What ends when it is disabled or deleted, or its sessions are ended. */
  async ending({ provider }: ManagedProviderView): Promise<ProviderEnding> {
    const lookup = { by: 'provider', value: provider.id } as const
    const { records } = await this.#deps.store.find('upstreamSession', lookup, { limit: mostCounted })
    return {
      browserSessions: records.length,
      tokens: 'all that applications got from sign-ins with it',
      roleSessions: 'all that were made from sign-ins with it or from its tokens and assertions',
    }
  }

  #ending<T>({ provider }: ManagedProviderView, change: () => Promise<T>): Promise<T> {
    return revokeAround(() => this.#deps.ends.providerEnded(provider), change)
  }

  async #replace(
    found: ManagedProviderView,
    expect: ExpectVersion,
    next: IdentityProvider,
  ): Promise<Changed> {
    const { id } = found.provider
    const record = await updateRecord(
      this.#deps.store,
      'identityProvider',
      id,
      { notFound: () => gone(id), conflict: () => taken(next) },
      (old) => {
        const version = this.#view(old).version
        expect(version)
        if (version !== found.version)
          throw new Problem(
            'concurrent_modification',
            'it was changed meanwhile: read it and repeat the change',
          )
        return withFetched(old, next)
      },
    )
    const after = this.#view(record)
    await undoIfTaken(this.#deps.store, record, () => this.#undo(found.provider, after))
    return { before: found, after }
  }

  /** Unless it was changed again, or is gone. */
  #undo(former: IdentityProvider, written: ManagedProviderView): Promise<boolean> {
    const changes = (written.provider.changes ?? 0) + 1
    return updateIfPresent(
      this.#deps.store.update('identityProvider', former.id, (old) =>
        this.#view(old).version === written.version ? { ...former, changes } : old,
      ),
    )
  }

  #view(provider: IdentityProvider): ManagedProviderView {
    return viewOf(provider, this.#deps)
  }
}

/** Metadata that was fetched while the change was made. */
function withFetched(old: IdentityProvider, next: IdentityProvider): IdentityProvider {
  if (old.kind !== 'saml' || next.kind !== 'saml' || next.metadataSource === undefined) return next
  const isSame = JSON.stringify(old.metadataSource) === JSON.stringify(next.metadataSource)
  return isSame && old.entityId === next.entityId
    ? { ...next, metadata: old.metadata, validUntil: old.validUntil }
    : next
}

function checkIssuer(url: string): void {
  try {
    checkIssuerNotReserved(url)
  } catch (error) {
    if (isProblem(error, 'invalid_input')) throw atField('validation', 'url', error.message)
    throw error
  }
}

const readOnly = (): Problem =>
  new Problem(
    'unmodifiable',
    'this identity provider is in the configuration file: change it there, under `identity_providers:`',
  )

const gone = (arn: string): Problem =>
  new Problem('not_found', `there is no identity provider \`${arn.slice(0, 512)}\` any more`)
