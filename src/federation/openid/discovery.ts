// The discovery document of an OpenID Connect provider: kept (outbound/stale-while-revalidate.ts), and believed only as far as it speaks of the
// issuer we asked for.
//
// The record's `url` must be the document's `issuer` to the letter, and so must every `iss`: a user is joined by (issuer,
// subject), and two spellings would be two people, or two providers one. What is tolerated is the place of the document
// alone: it lies below the issuer whether that ends in a slash or not (OpenID Connect Discovery §4.1).
import { parseUniqueJson } from '../../secure/unique-json.ts'
import type { OpenIdProvider } from '../../store/records.ts'
import type { KindParts } from '../kind.ts'
import { callFailed, isAllowed } from '../outbound/checked-address.ts'
import { steadyFetches } from '../outbound/fetch-with-breaker.ts'
import type { Fetched, GuardedFetch } from '../outbound/guarded-fetch.ts'
import { said } from '../outbound/sanitize-for-log.ts'
import { KeptFetch } from '../outbound/stale-while-revalidate.ts'
import { IssuerKeys, type KeySource } from '../workload/issuer-keys.ts'

/** Seconds. */
const freshFor = 600
/** Providers kept at once; the one least recently used goes. */
const maxKept = 1000

/** What we use of the document; nothing else of it is looked at. */
export interface Discovered {
  readonly issuer: string
  readonly authorizationEndpoint: string
  readonly tokenEndpoint: string
  readonly userinfoEndpoint: string | undefined
  readonly endSessionEndpoint: string | undefined
  readonly jwksUri: string | undefined
  /** RFC 9207 §3: then an answer without `iss` is not this provider's. */
  readonly namesItself: boolean
  readonly algorithms: readonly string[] | undefined
  readonly challengeMethods: readonly string[] | undefined
}

/** A provider as it is known at the moment. */
export interface KnownProvider {
  readonly fetch: GuardedFetch
  readonly keys: IssuerKeys
  /** Which way of proving ourselves it took last (client-authentication.ts). */
  way: number
}

interface Kept extends KnownProvider {
  readonly origin: string
  readonly document: KeptFetch<Discovered>
}

/** Everything that makes what was learnt of a provider worthless when it changes. */
const originOf = ({ uid, url, keys, client, secret }: OpenIdProvider): string =>
  JSON.stringify([uid, url, keys, client?.id, client?.auth, secret === undefined])

export class Discoveries {
  readonly #parts: KindParts
  readonly #fetchOf: (id: string) => GuardedFetch
  readonly #kept = new Map<string, Kept>()

  constructor(parts: KindParts) {
    this.#parts = parts
    this.#fetchOf = steadyFetches(parts)
  }

  /** @throws Problem('idp_communication_error') */
  async of(provider: OpenIdProvider): Promise<{ document: Discovered; known: KnownProvider }> {
    const known = this.#of(provider)
    return { document: await known.document.value(), known }
  }

  #of(provider: OpenIdProvider): Kept {
    const origin = originOf(provider)
    const before = this.#kept.get(provider.id)
    this.#kept.delete(provider.id)
    const kept = before?.origin === origin ? before : this.#anew(provider, origin)
    this.#kept.set(provider.id, kept)
    if (this.#kept.size > maxKept) this.#kept.delete(this.#kept.keys().next().value ?? '')
    return kept
  }

  #anew({ id, url }: OpenIdProvider, origin: string): Kept {
    const { now, allow } = this.#parts
    const fetch = this.#fetchOf(id)
    const document = new KeptFetch(now, async () => ({
      value: readDiscovery(await fetch(discoveryUrl(url)), url, allow),
      age: freshFor,
    }))
    return { origin, fetch, keys: new IssuerKeys({ fetch, now }), way: 0, document }
  }
}

export const discoveryUrl = (issuer: string): string =>
  `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`

/** Where the provider's keys are: as its record says, else as the document does. */
export function keySourceOf({ id, uid, url, keys }: OpenIdProvider, document: Discovered): KeySource {
  if (keys.from !== 'discovery') return { id, uid, url, keys }
  if (document.jwksUri === undefined) throw callFailed('the discovery document names no jwks_uri')
  return { id, uid, url, keys: { from: 'url', jwksUri: document.jwksUri } }
}

/** @throws Problem('idp_communication_error') */
export function readDiscovery(answer: Fetched, issuer: string, allow: ReadonlySet<string>): Discovered {
  if (answer.status !== 200) throw callFailed(`the discovery document: HTTP ${answer.status}`)
  const document = parseUniqueJson(answer.body.toString())
  if (!isObject(document)) throw callFailed('the discovery document is no JSON object without duplicate keys')
  checkIssuer(document['issuer'], issuer)
  const endpoint = (name: string) => endpointOf(document[name], name, allow)
  const needed = (name: string) => {
    const url = endpoint(name)
    if (url === undefined) throw callFailed(`the discovery document names no ${name}`)
    return url
  }
  return {
    issuer,
    authorizationEndpoint: needed('authorization_endpoint'),
    tokenEndpoint: needed('token_endpoint'),
    userinfoEndpoint: endpoint('userinfo_endpoint'),
    endSessionEndpoint: endpoint('end_session_endpoint'),
    jwksUri: endpoint('jwks_uri'),
    namesItself: document['authorization_response_iss_parameter_supported'] === true,
    algorithms: textsOf(document['id_token_signing_alg_values_supported']),
    challengeMethods: textsOf(document['code_challenge_methods_supported']),
  }
}

/** OpenID Connect Discovery §4.3: the very string we asked for. */
function checkIssuer(stated: unknown, issuer: string): void {
  if (stated === issuer) return
  if (typeof stated !== 'string') throw callFailed('the discovery document names no issuer')
  // Microsoft's `common` and `organizations`: whoever has any tenant at all would be one of its people.
  if (stated.includes('{'))
    throw callFailed(
      `the issuer is \`${said(stated)}\`, that of many tenants: register the issuer of your own tenant`,
    )
  throw callFailed(`the discovery document is of another issuer: \`${said(stated)}\``)
}

/** Browsers are sent there as well, so the scheme counts before the guarded fetch sees it. */
function endpointOf(value: unknown, name: string, allow: ReadonlySet<string>): string | undefined {
  if (value === undefined || value === null) return undefined
  const url = typeof value === 'string' && value.length <= 2048 ? URL.parse(value) : null
  const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && isAllowed(url, allow))
  if (!url || !secure || url.username !== '' || url.password !== '' || url.hash !== '')
    throw callFailed(`the discovery document's ${name} is no https URL`)
  return url.href
}

const textsOf = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string').slice(0, 100) : undefined

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
