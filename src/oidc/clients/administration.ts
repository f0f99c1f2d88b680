// Administration of clients at run time. Clients of the configuration file can only be listed and read; clients of the store can be
// changed; for clients that registered themselves, an administrator can set who may use them, disable them and delete them.
// Callers have been authorized (admin/operation.ts). Other processes apply a change within a second.

import type { Call } from '../../iam/caller.ts'
import type { ListPage, ListRequest, Markers } from '../../iam/paging.ts'
import { itemSegment, pageOfSegments, recordSegment, type Segment } from '../../iam/record/segmented-list.ts'
import { isProblem, Problem } from '../../problem.ts'
import { sha256base64url } from '../../secure/digest.ts'
import { randomToken } from '../../secure/random.ts'
import { updateIfPresent } from '../../store/conditional-writes.ts'
import { type Artifact, type EpochSeconds, type ManagedClient, serverAccount } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { artifactId, decodeContent } from '../artifacts/artifact.ts'
import { withGroupNames } from './access-groups.ts'
import type { RegistrationLimits } from './registration-limits.ts'
import { lastUseOf, maxSecrets, newSecret } from './secrets.ts'
import { type ClientSettings, workloadClient } from './settings.ts'
import {
  type ClientEntry,
  entryOf,
  invalidClient,
  parseEntry,
  sealSecrets,
  secretsOf,
  usesSecret,
  withAuthMethod,
} from './stored.ts'

export interface ClientSecretFacts {
  readonly id: string
  readonly createdAt: EpochSeconds
  readonly lastUsed: EpochSeconds | undefined
}

export interface ManagedClientView {
  readonly clientId: string
  /** `file`: of the configuration file, and read-only. */
  readonly source: 'file' | 'stored' | 'registered'
  readonly disabled: boolean
  /** Metadata by its registered names, without secrets and with names of groups. */
  readonly metadata: ClientEntry
  readonly secrets: readonly ClientSecretFacts[]
  readonly createdAt: EpochSeconds | undefined
  /** Changes whenever an administrator changes something. */
  readonly version: string
}

export interface MadeSecret {
  readonly id: string
  /** Shown this one time; only its sealed value is stored. */
  readonly value: string
}

/** @throws Problem('precondition_failed') */
export type ExpectVersion = (version: string) => void

interface Changed {
  readonly before: ManagedClientView
  readonly after: ManagedClientView
}

export interface ClientAdministrationDependencies {
  readonly store: Store
  /** The `clients:` section. */
  readonly clients: readonly ClientSettings[]
  readonly registration: RegistrationLimits
  /** The faults of a client, found by the same checks as those of the configuration's clients at start. */
  readonly check: (settings: ClientSettings) => readonly string[]
  /** Ends the sessions of roles that a client made. */
  readonly endClient: (clientId: string) => Promise<void>
  readonly removeRegistered: (clientId: string) => Promise<void>
}

export interface ClientFilter {
  readonly source: ManagedClientView['source'] | undefined
  readonly state: 'enabled' | 'disabled' | undefined
  /** Beginning of client id or name, in any case. */
  readonly search: string | undefined
}

/** Metadata members that are secrets, or that the server issues at a registration. */
const hidden: ReadonlySet<string> = new Set(['client_id', 'client_secret', 'registration_access_token'])

const shownMetadata = (metadata: ClientEntry): ClientEntry =>
  Object.fromEntries(
    Object.entries(metadata).filter(([name, value]) => !hidden.has(name) && value !== undefined),
  )

const versionOf = (parts: unknown): string => sha256base64url(JSON.stringify(parts)).slice(0, 22)

export class ClientAdministration {
  readonly #deps: ClientAdministrationDependencies

  constructor(deps: ClientAdministrationDependencies) {
    this.#deps = deps
  }

  /** Undefined when there is no such client. */
  async find(clientId: string): Promise<ManagedClientView | undefined> {
    const { store, clients } = this.#deps
    const configured = clients.find(({ client_id }) => client_id === clientId)
    if (configured !== undefined) return viewOfFile(configured)
    const record = await store.get('client', clientId)
    if (record?.source === 'stored') return this.#viewOfStored(record)
    const artifact = await store.get('artifact', artifactId('Client', clientId))
    return artifact && this.#viewOfRegistered(artifact, record)
  }

  /** First those of the file, then those of the store, then those that registered themselves. */
  list(
    { markers, call, list }: { readonly markers: Markers; readonly call: Call; readonly list: string },
    filter: ClientFilter,
    request: ListRequest,
  ): Promise<ListPage<ManagedClientView>> {
    const { store, clients } = this.#deps
    const keep = (view: ManagedClientView | undefined) =>
      view !== undefined && matches(view, filter) ? view : undefined
    const segments: Readonly<Record<ManagedClientView['source'], Segment<ManagedClientView>>> = {
      file: itemSegment(
        clients,
        ({ client_id }) => client_id,
        (client) => keep(viewOfFile(client)),
      ),
      stored: recordSegment<'client', ManagedClientView>(
        (page) => store.find('client', { by: 'source', value: 'stored' }, page),
        async (record) => keep(await this.#viewOfStored(record)),
      ),
      registered: recordSegment<'artifact', ManagedClientView>(
        (page) => store.find('artifact', { by: 'model', value: 'Client' }, page),
        async (artifact) => {
          const record = await store.get('client', registeredId(artifact))
          return keep(await this.#viewOfRegistered(artifact, record))
        },
      ),
    }
    const wanted = filter.source === undefined ? Object.values(segments) : [segments[filter.source]]
    return pageOfSegments(markers, call, list, request, wanted)
  }

  /**
   * @param clientId chosen by the server when undefined
   * @param given with groups by id (access-groups.ts)
   * @returns the client, and its secret when it authenticates with one
   * @throws Problem('validation') with every fault · Problem('conflict') when the id is taken
   */
  async create(
    clientId: string | undefined,
    given: ClientEntry,
    now: EpochSeconds,
  ): Promise<{ readonly client: ManagedClientView; readonly secret: MadeSecret | undefined }> {
    const id = clientId ?? randomToken(16)
    const entry = withAuthMethod(given)
    const secret = usesSecret(entry) ? newSecret(now) : undefined
    this.#checkEntry(id, entry, secret?.value)
    const taken = () => new Problem('conflict', `the client id \`${id}\` is taken`)
    if (id === workloadClient || (await this.find(id)) !== undefined) throw taken()
    const record: ManagedClient = {
      id,
      accountId: serverAccount,
      source: 'stored',
      entry: JSON.stringify(entry),
      disabled: false,
      secretFacts: secret === undefined ? [] : [secret.facts],
      secrets: secret && sealSecrets([secret.value]),
      createdAt: now,
    }
    await this.#deps.store.create('client', record).catch((error: unknown) => {
      throw isProblem(error, 'conflict') ? taken() : error
    })
    return {
      client: await this.#viewOfStored(record),
      secret: secret && { id: secret.facts.id, value: secret.value },
    }
  }

  /**
   * Changes the given members; null removes one. For a registered client only who may use it can be changed.
   * @param change with groups by id (access-groups.ts)
   * @throws Problem('validation') with every fault · Problem('unmodifiable') for a client of the configuration file
   */
  async update(client: ManagedClientView, change: ClientEntry, expect: ExpectVersion, now: EpochSeconds) {
    const merged = (old: ClientEntry): ClientEntry =>
      Object.fromEntries(Object.entries({ ...old, ...change }).filter(([, value]) => value !== null))
    if (client.source === 'registered') {
      const other = Object.keys(change).filter((name) => name !== 'access' && name !== 'access_groups')
      if (other.length > 0)
        throw invalidClient(
          other.map((field) => ({ field, message: 'is set by the client itself, which registered it' })),
        )
    }
    return this.#change(client, expect, now, (old) => {
      const entry = merged(entryOf(old))
      if (old.source === 'stored') this.#checkEntry(old.id, entry, secretsOf(old).at(-1))
      else parseEntry(old.id, { ...bareClient, ...entry }, undefined)
      return { ...old, entry: JSON.stringify(entry) }
    })
  }

  /** A disabled client can neither sign users in nor get tokens, and the role sessions it made end. When it is enabled again, its refresh tokens are valid again. */
  async setDisabled(client: ManagedClientView, disabled: boolean, expect: ExpectVersion, now: EpochSeconds) {
    if (!disabled) return this.#change(client, expect, now, (old) => ({ ...old, disabled }))
    return this.#ending(client, () => this.#change(client, expect, now, (old) => ({ ...old, disabled })))
  }

  /** @throws Problem('unmodifiable') for a client of the configuration file */
  async remove(client: ManagedClientView, expect: ExpectVersion, now: EpochSeconds): Promise<void> {
    const { clientId, source } = client
    await this.#ending(client, async () => {
      // Disabled first, so that no other process accepts it while its records are deleted.
      await this.#change(client, expect, now, (old) => ({ ...old, disabled: true }))
      if (source === 'registered') await this.#deps.removeRegistered(clientId)
      await this.#deps.store.delete('client', clientId)
    })
  }

  /**
   * Adds a secret; the earlier ones stay valid until they are removed.
   * @throws Problem('limit_exceeded') when there are two · Problem('unmodifiable') when the client has none of its own here
   */
  async addSecret(client: ManagedClientView, expect: ExpectVersion, now: EpochSeconds) {
    this.#refuseSecretless(client)
    const made = newSecret(now)
    const changed = await this.#change(client, expect, now, (old) => {
      if (old.secretFacts.length >= maxSecrets)
        throw new Problem('limit_exceeded', `a client has at most ${maxSecrets} secrets: remove one first`)
      this.#checkEntry(old.id, entryOf(old), made.value)
      return {
        ...old,
        secretFacts: [...old.secretFacts, made.facts],
        secrets: sealSecrets([...secretsOf(old), made.value]),
      }
    })
    return { ...changed, secret: { id: made.facts.id, value: made.value } satisfies MadeSecret }
  }

  /** @throws Problem('not_found') · Problem('unmodifiable') for the last one */
  async removeSecret(client: ManagedClientView, secretId: string, expect: ExpectVersion, now: EpochSeconds) {
    this.#refuseSecretless(client)
    if (client.source === 'stored' && !client.secrets.some(({ id }) => id === secretId))
      throw new Problem('not_found', `the client has no secret \`${secretId.slice(0, 64)}\``)
    return this.#change(client, expect, now, (old) => {
      const at = old.secretFacts.findIndex(({ id }) => id === secretId)
      // Another request removed it meanwhile.
      if (at < 0) return old
      if (old.secretFacts.length === 1)
        throw new Problem('unmodifiable', 'this is its only secret: add another one first')
      return {
        ...old,
        secretFacts: old.secretFacts.toSpliced(at, 1),
        secrets: sealSecrets(secretsOf(old).toSpliced(at, 1)),
      }
    })
  }

  #refuseSecretless({ source, metadata }: ManagedClientView): void {
    if (source === 'registered')
      throw new Problem('unmodifiable', 'a registered client renews its secret itself (RFC 7592)')
    if (source === 'stored' && !usesSecret(metadata))
      throw new Problem('unmodifiable', 'this client does not authenticate with a secret')
  }

  /** @throws Problem('validation') */
  #checkEntry(clientId: string, entry: ClientEntry, secret: string | undefined): void {
    const faults = this.#deps.check(parseEntry(clientId, entry, secret))
    if (faults.length > 0) throw invalidClient(faults.map((message) => ({ field: 'client', message })))
  }

  async #ending<T>({ clientId, source }: ManagedClientView, change: () => Promise<T>): Promise<T> {
    if (source === 'file') throw readOnly()
    await this.#deps.endClient(clientId)
    const result = await change()
    // Again, for sessions that it made meanwhile.
    await this.#deps.endClient(clientId)
    return result
  }

  async #change(
    client: ManagedClientView,
    expect: ExpectVersion,
    now: EpochSeconds,
    next: (old: ManagedClient) => ManagedClient,
  ): Promise<Changed> {
    const { store } = this.#deps
    const { clientId, source } = client
    if (source === 'file') throw readOnly()
    // A registered client has no record until an administrator changes something.
    if (source === 'registered' && (await store.get('client', clientId)) === undefined)
      await store
        .create('client', {
          id: clientId,
          accountId: serverAccount,
          source,
          entry: '{}',
          disabled: false,
          secretFacts: [],
          secrets: undefined,
          createdAt: now,
        })
        .catch((error: unknown) => {
          if (!isProblem(error, 'conflict')) throw error
        })
    const found = await updateIfPresent(
      store.update('client', clientId, (old) => {
        expect(versionOfRecord(old))
        return next(old)
      }),
    )
    if (!found) throw gone(clientId)
    const after = await this.find(clientId)
    if (after === undefined) throw gone(clientId)
    return { before: client, after }
  }

  async #viewOfStored(record: ManagedClient): Promise<ManagedClientView> {
    const secrets = record.secretFacts.map(async ({ id, createdAt }) => ({
      id,
      createdAt,
      lastUsed: await lastUseOf(this.#deps.store, record.id, id),
    }))
    return {
      clientId: record.id,
      source: 'stored',
      disabled: record.disabled,
      metadata: await withGroupNames(this.#deps.store, shownMetadata(entryOf(record))),
      secrets: await Promise.all(secrets),
      createdAt: record.createdAt,
      version: versionOfRecord(record),
    }
  }

  async #viewOfRegistered(artifact: Artifact, record: ManagedClient | undefined): Promise<ManagedClientView> {
    const { payload } = decodeContent(artifact)
    const { entry, disabled } = record ?? { entry: '{}', disabled: false }
    const access = await withGroupNames(this.#deps.store, entryOf({ entry }))
    const issued = payload['client_id_issued_at']
    return {
      clientId: registeredId(artifact),
      source: 'registered',
      disabled,
      metadata: { ...shownMetadata(payload), ...access },
      secrets: [],
      createdAt: typeof issued === 'number' ? issued : undefined,
      version: versionOf([entry, disabled, []]),
    }
  }
}

/** What the schema asks of every client, for the settings of one that registered itself. */
const bareClient = { redirect_uris: ['https://example.com'], token_endpoint_auth_method: 'none' }

const versionOfRecord = ({ entry, disabled, secretFacts }: Omit<ManagedClient, 'id'>): string =>
  versionOf([entry, disabled, secretFacts.map(({ id }) => id)])

const viewOfFile = (client: ClientSettings): ManagedClientView => {
  const { resources, ...rest } = client
  const metadata = shownMetadata({ ...rest, ...(resources && { resources: resources.ids }) })
  return {
    clientId: client.client_id,
    source: 'file',
    disabled: false,
    metadata,
    secrets: [],
    createdAt: undefined,
    version: versionOf(metadata),
  }
}

const registeredId = (artifact: Artifact): string =>
  String(decodeContent(artifact).payload['client_id'] ?? '')

const matches = (view: ManagedClientView, { state, search }: ClientFilter): boolean => {
  const prefix = search?.toLowerCase() ?? ''
  const begins = (text: unknown) => typeof text === 'string' && text.toLowerCase().startsWith(prefix)
  if (state !== undefined && view.disabled !== (state === 'disabled')) return false
  return begins(view.clientId) || begins(view.metadata['client_name'])
}

const readOnly = (): Problem =>
  new Problem('unmodifiable', 'this client is in the configuration file: change it there')
const gone = (clientId: string): Problem =>
  new Problem('not_found', `there is no client \`${clientId.slice(0, 128)}\` any more`)
