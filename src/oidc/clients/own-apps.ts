// The apps that a person may open, for the tiles of the account page: clients that are enabled, that have an address to open, and
// that the person may use (access.ts). Clients that registered themselves are listed only for people who allowed them to act on
// their behalf: otherwise whoever may register could place an app of any name on everybody's page.
import type { PersonCall } from '../../iam/caller.ts'
import type { ListPage, ListRequest, Markers } from '../../iam/paging.ts'
import { ReadThroughCache } from '../../iam/record/read-through-cache.ts'
import { itemSegment, pageOfSegments } from '../../iam/record/segmented-list.ts'
import type { ManagedClient } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { artifactId, decodeContent } from '../artifacts/artifact.ts'
import type { FindPerson } from '../claims.ts'
import type { MayUseClient, SignInRequestFacts } from './access.ts'
import type { Logo, Logos } from './logo.ts'
import type { ClientSettings } from './settings.ts'
import { type ClientEntry, entryOf } from './stored.ts'

export interface OwnApp {
  readonly clientId: string
  readonly name: string
  /** Starts a sign-in at the app, or is its home page. */
  readonly href: string
  /** Address of its logo, when an administrator has set one. */
  readonly logoUri: string | undefined
}

export interface OwnAppsRequest extends ListRequest {
  /** Part of the name, in any case. Empty: all apps. */
  readonly search: string
  /** Ids of the clients that the person allowed to act on their behalf. */
  readonly granted: readonly string[]
}

export interface OwnApps {
  /**
   * One page of the person's apps by name, those that registered themselves last. It may have fewer items than asked for although
   * there are more, because it decides about at most a thousand.
   * @throws Problem('validation') for a marker of another person, search or day
   */
  readonly list: (
    call: PersonCall,
    signIn: Pick<SignInRequestFacts, 'amr' | 'authTime'>,
    request: OwnAppsRequest,
  ) => Promise<ListPage<OwnApp>>
  /** Whether the logo of an app can be shown now; otherwise it is fetched for a later page. */
  readonly hasLogo: (app: OwnApp) => boolean
  /** The logo of an app that the person may use; undefined for any other. */
  readonly logo: (
    call: PersonCall,
    signIn: Pick<SignInRequestFacts, 'amr' | 'authTime'>,
    clientId: string,
  ) => Promise<Logo | undefined>
  readonly close: () => void
}

export interface OwnAppsDependencies {
  readonly store: Store
  readonly markers: Markers
  readonly issuer: string
  /** The `clients:` section. */
  readonly clients: readonly ClientSettings[]
  /** Whether the newest configuration still has a client of `clients`. */
  readonly isConfigured: (clientId: string) => boolean
  readonly findPerson: FindPerson
  readonly mayUse: MayUseClient
  readonly logos: Pick<Logos, 'peek' | 'get'>
}

/** Metadata of a client that has something to open. */
interface Openable extends OwnApp {
  readonly client: ClientEntry & { readonly clientId: string }
  readonly fromFile: boolean
}

/** Most clients of the store that are listed. */
const mostStored = 10_000
/** Clients that are decided about in one turn of the event loop: policies may decide. */
const perTurn = 20

export function openOwnApps(deps: OwnAppsDependencies): OwnApps {
  const { store, issuer, isConfigured, mayUse } = deps
  const held = new ReadThroughCache<readonly Openable[]>(store, ['client'])
  const ofFile = deps.clients.flatMap((client) => openableOf(client.client_id, client, issuer, true) ?? [])
  const ownApps = async () => [...ofFile, ...(await held.get('stored', () => storedApps(store, issuer)))]
  /** Undefined for a person who is gone. */
  const decider = async (call: PersonCall, signIn: Pick<SignInRequestFacts, 'amr' | 'authTime'>) => {
    const person = await deps.findPerson(call.caller.userId)
    if (person === undefined) return undefined
    const { sourceIp, userAgent, requestId } = call.circumstances
    const facts = { sourceIp, userAgent, requestId, ...signIn }
    return async ({ client, fromFile, ...app }: Openable): Promise<OwnApp | undefined> => {
      if (fromFile && !isConfigured(app.clientId)) return undefined
      return (await mayUse(client, person, facts)) ? app : undefined
    }
  }
  return {
    async list(call, { amr, authTime }, { search, granted, ...request }) {
      const shown = await decider(call, { amr, authTime })
      if (shown === undefined) return { items: [], marker: undefined }
      const part = search.toLowerCase()
      const fits = ({ name }: Openable): boolean => name.toLowerCase().includes(part)
      const registered = async (clientId: string): Promise<OwnApp | undefined> => {
        const app = await registeredApp(store, issuer, clientId)
        return app && fits(app) ? shown(app) : undefined
      }
      const segments = [
        itemSegment((await ownApps()).filter(fits), sortKeyOf, shown),
        itemSegment([...new Set(granted)], (clientId) => clientId, registered),
      ]
      const list = `own-apps:${call.caller.userId}:${part}`
      return pageOfSegments(deps.markers, call, list, request, segments, perTurn)
    },
    hasLogo: ({ logoUri }) => logoUri !== undefined && deps.logos.peek(logoUri) !== undefined,
    async logo(call, { amr, authTime }, clientId) {
      const shown = await decider(call, { amr, authTime })
      const found = (await ownApps()).find((app) => app.clientId === clientId)
      const app = found && (await shown?.(found))
      return app?.logoUri === undefined ? undefined : deps.logos.get(app.logoUri)
    },
    close: () => held.close(),
  }
}

/** Unique, because a client id has no space. */
const sortKeyOf = ({ name, clientId }: OwnApp): string => `${name.toLowerCase()} ${clientId}`

async function storedApps(store: Store, issuer: string): Promise<readonly Openable[]> {
  const apps: Openable[] = []
  let read = 0
  for await (const record of store.each('client', { by: 'source', value: 'stored' })) {
    if (++read > mostStored) break
    const app = record.disabled ? undefined : openableOf(record.id, entryOf(record), issuer)
    if (app !== undefined) apps.push(app)
  }
  return apps
}

/** Undefined also for clients of the configuration file and of the store, which are in the other part of the list. */
async function registeredApp(store: Store, issuer: string, clientId: string): Promise<Openable | undefined> {
  const record: ManagedClient | undefined = await store.get('client', clientId)
  if (record !== undefined && (record.disabled || record.source === 'stored')) return undefined
  const artifact = await store.get('artifact', artifactId('Client', clientId))
  const metadata = artifact && decodeContent(artifact).payload
  return metadata && openableOf(clientId, { ...metadata, registered: true }, issuer)
}

function openableOf(
  clientId: string,
  metadata: ClientEntry,
  issuer: string,
  fromFile = false,
): Openable | undefined {
  const href = addressToOpen(metadata, issuer)
  if (href === undefined) return undefined
  const name = metadata['client_name']
  // A client that registered itself could show the logo of another.
  const logo = metadata['registered'] === true ? undefined : webUrlOf(metadata['logo_uri'])
  return {
    clientId,
    name: typeof name === 'string' && name.trim() !== '' ? name : clientId,
    href,
    logoUri: logo?.href,
    client: { ...metadata, clientId },
    fromFile,
  }
}

/**
 * Where a tile leads. `initiate_login_uri` gets `iss` (OpenID Connect Core §4), so that an app with several identity providers
 * sends the browser back here. It gets no `login_hint`: the browser is signed in here, and an app that the person has never
 * used would learn their user name before they agreed.
 */
function addressToOpen(metadata: ClientEntry, issuer: string): string | undefined {
  const login = webUrlOf(metadata['initiate_login_uri'])
  if (login === undefined) return webUrlOf(metadata['client_uri'])?.href
  login.searchParams.set('iss', issuer)
  return login.href
}

const webUrlOf = (value: unknown): URL | undefined => {
  const url = typeof value === 'string' ? URL.parse(value) : null
  return url && /^https?:$/.test(url.protocol) ? url : undefined
}
