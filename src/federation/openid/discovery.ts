// The discovery documents of OpenID Connect providers, cached (outbound/stale-while-revalidate.ts).
//
// The record's `url` must equal the document's `issuer` and every `iss` exactly: users are identified by (issuer, subject), so
// two spellings would be two users, or make two providers one. Only the location of the document is tolerant: it is looked up
// below the issuer with or without a trailing slash (OpenID Connect Discovery §4.1).
import { LRUCache } from 'lru-cache'
import { parseUniqueJson } from '../../secure/unique-json.ts'
import type { OpenIdProvider } from '../../store/records.ts'
import type { ProviderDependencies } from '../kind.ts'
import { communicationError, isAllowed } from '../outbound/checked-address.ts'
import { fetchesWithBreaker } from '../outbound/fetch-with-breaker.ts'
import type { Fetched, GuardedFetch } from '../outbound/guarded-fetch.ts'
import { sanitizeForLog } from '../outbound/sanitize-for-log.ts'
import { StaleWhileRevalidate } from '../outbound/stale-while-revalidate.ts'
import { IssuerKeys, type KeySource } from '../workload/issuer-keys.ts'

/** Seconds. */
const freshFor = 600
/** Providers cached at once; the least recently used is evicted. */
const maxKept = 1000

/** The fields of the document that are used. */
export interface Discovered {
  readonly issuer: string
  readonly authorizationEndpoint: string
  readonly tokenEndpoint: string
  readonly userinfoEndpoint: string | undefined
  readonly endSessionEndpoint: string | undefined
  readonly jwksUri: string | undefined
  /** RFC 9207 §3: when true, a response without `iss` is rejected. */
  readonly issParameterSupported: boolean
  readonly algorithms: readonly string[] | undefined
  readonly challengeMethods: readonly string[] | undefined
}

/** The cached state of a provider. */
export interface KnownProvider {
  readonly fetch: GuardedFetch
  readonly keys: IssuerKeys
  /** Index of the client authentication variant that it accepted last (client-authentication.ts). */
  authMethod: number
}

interface CacheEntry extends KnownProvider {
  readonly origin: string
  readonly document: StaleWhileRevalidate<Discovered>
}

/** The settings whose change invalidates the cached state of a provider. */
const originOf = ({ uid, url, keys, client, secret }: OpenIdProvider): string =>
  JSON.stringify([uid, url, keys, client?.id, client?.auth, secret === undefined])

export class Discoveries {
  readonly #deps: ProviderDependencies
  readonly #fetchOf: (id: string) => GuardedFetch
  readonly #kept = new LRUCache<string, CacheEntry>({ max: maxKept })

  constructor(deps: ProviderDependencies) {
    this.#deps = deps
    this.#fetchOf = fetchesWithBreaker(deps)
  }

  /** @throws Problem('idp_communication_error') */
  async of(provider: OpenIdProvider): Promise<{ document: Discovered; known: KnownProvider }> {
    const known = this.#of(provider)
    return { document: await known.document.value(), known }
  }

  #of(provider: OpenIdProvider): CacheEntry {
    const origin = originOf(provider)
    const known = this.#kept.get(provider.id)
    if (known?.origin === origin) return known
    const fresh = this.#anew(provider, origin)
    this.#kept.set(provider.id, fresh)
    return fresh
  }

  #anew({ id, url }: OpenIdProvider, origin: string): CacheEntry {
    const { now, allow } = this.#deps
    const fetch = this.#fetchOf(id)
    const document = new StaleWhileRevalidate(now, async () => ({
      value: readDiscovery(await fetch(discoveryUrl(url)), url, allow),
      age: freshFor,
    }))
    return { origin, fetch, keys: new IssuerKeys({ fetch, now, limit: 1 }), authMethod: 0, document }
  }
}

export const discoveryUrl = (issuer: string): string =>
  `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`

/** Where the provider's keys are: from its record, otherwise from the discovery document. @throws Problem('idp_communication_error') */
export function keySourceOf({ id, uid, url, keys }: OpenIdProvider, document: Discovered): KeySource {
  if (keys.from !== 'discovery') return { id, uid, url, keys }
  if (document.jwksUri === undefined) throw communicationError('the discovery document names no jwks_uri')
  return { id, uid, url, keys: { from: 'url', jwksUri: document.jwksUri } }
}

/** @throws Problem('idp_communication_error') */
export function readDiscovery(answer: Fetched, issuer: string, allow: ReadonlySet<string>): Discovered {
  if (answer.status !== 200) throw communicationError(`the discovery document: HTTP ${answer.status}`)
  const document = parseUniqueJson(answer.body.toString())
  if (!isObject(document))
    throw communicationError('the discovery document must be a JSON object without duplicate keys')
  checkIssuer(document['issuer'], issuer)
  const endpoint = (name: string) => endpointOf(document[name], name, allow)
  const needed = (name: string) => {
    const url = endpoint(name)
    if (url === undefined) throw communicationError(`the discovery document names no ${name}`)
    return url
  }
  return {
    issuer,
    authorizationEndpoint: needed('authorization_endpoint'),
    tokenEndpoint: needed('token_endpoint'),
    userinfoEndpoint: endpoint('userinfo_endpoint'),
    endSessionEndpoint: endpoint('end_session_endpoint'),
    jwksUri: endpoint('jwks_uri'),
    issParameterSupported: document['authorization_response_iss_parameter_supported'] === true,
    algorithms: textsOf(document['id_token_signing_alg_values_supported']),
    challengeMethods: textsOf(document['code_challenge_methods_supported']),
  }
}

/** OpenID Connect Discovery §4.3: must be exactly the issuer that was requested. */
function checkIssuer(stated: unknown, issuer: string): void {
  if (stated === issuer) return
  if (typeof stated !== 'string') throw communicationError('the discovery document names no issuer')
  // Microsoft's `common` and `organizations`: users of every tenant could sign in.
  if (stated.includes('{'))
    throw communicationError(
      `the issuer is \`${sanitizeForLog(stated)}\`, which is shared by many tenants: register the issuer of your own tenant`,
    )
  throw communicationError(`the discovery document is of another issuer: \`${sanitizeForLog(stated)}\``)
}

/** Checked here because browsers are redirected to some endpoints without the guarded fetch. */
function endpointOf(value: unknown, name: string, allow: ReadonlySet<string>): string | undefined {
  if (value === undefined || value === null) return undefined
  const url = typeof value === 'string' && value.length <= 2048 ? URL.parse(value) : null
  const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && isAllowed(url, allow))
  if (!url || !secure || url.username !== '' || url.password !== '' || url.hash !== '')
    throw communicationError(`the discovery document's ${name} must be an https URL`)
  return url.href
}

const textsOf = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string').slice(0, 100) : undefined

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
