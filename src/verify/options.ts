// The verifier's options and their defaults.
import { Problem } from '../problem.ts'
import { type PathEncoding, pathEncodingOf } from '../secure/sigv4/canonical.ts'
import type { ReplayMemory, ReplayMode, ReplayRule } from './replay.ts'
import { type ResourceMetadata, resourceMetadata } from './resource-metadata.ts'
import { isSecure } from './secure-url.ts'
import { unavailableWarning } from './unavailable-warning.ts'

/** The service's own access key, used to request signing keys, policies and revocations from the issuer. */
export interface ServiceCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string | undefined
}

export interface Staleness {
  /** Seconds for which published keys are used after the last contact with the issuer. Default 86,400. */
  readonly keys?: number
  /** Seconds for which a role's policies are used after they were last confirmed. Default 3,600. */
  readonly policies?: number
  /** Seconds for which the last known revocations are used while the feed is unreachable. Default 900. */
  readonly revocations?: number
  /**
   * What happens after that: `refuse` (default) answers 503 until the feed is reachable again; `accept` continues with the
   * last known revocations, so a session revoked in the meantime works until it expires.
   */
  readonly withoutRevocations?: 'refuse' | 'accept'
}

export interface CacheLimits {
  /** Sessions, keyed by the SHA-256 of their token. Default 10,000. */
  readonly sessions?: number
  /** Roles whose compiled policies are cached. Default 1,000. */
  readonly policies?: number
  /** Proofs remembered against replay. Default 100,000; the oldest is evicted first. */
  readonly replays?: number
}

export interface VerifierOptions {
  /** The issuer's URL, exactly as in the `iss` of its tokens. Must be https, unless it is loopback. */
  readonly issuer: string
  /** This service's name in the SigV4 scope, which the `aud` of its sessions must admit: `docs`. */
  readonly service: string
  /** Region in a SigV4 scope. Default `us-east-1`. */
  readonly region?: string
  /**
   * Required in the `aud` of access tokens. Default: the service's name. When it is a URL, the service has protected resource
   * metadata (RFC 9728) for OAuth and MCP clients: `Verifier.metadata`.
   */
  readonly audience?: string
  /** Scopes that the service's routes require, for `scopes_supported` of its metadata. */
  readonly scopes?: readonly string[]
  /** The name of the service for people, for `resource_name` of its metadata. */
  readonly name?: string
  /**
   * The service's public origin, such as `https://docs.example`. Without it DPoP-bound tokens are refused, because their
   * `htu` cannot be checked.
   */
  readonly origin?: string
  /** The service's access key, or a function that returns the current one. */
  readonly credentials: ServiceCredentials | (() => Promise<ServiceCredentials>)
  readonly cacheLimits?: CacheLimits
  readonly staleness?: Staleness
  /** Maximum difference between a SigV4 date and the clock in seconds, either way. 1…900, default 300. */
  readonly window?: number
  /**
   * What happens when a signature arrives a second time within the window: `writes` (default) refuses it for every method
   * except GET, HEAD and OPTIONS; `all` always refuses it; `off` relies on TLS, as AWS does. DPoP proofs are accepted once
   * in every mode.
   * Each process remembers proofs for itself, so without `remember` each of N processes accepts a proof once. With `{ mode,
   * remember }` all processes that share the memory accept it once together; when that memory fails, the request is
   * answered with 503.
   */
  readonly replay?: ReplayMode | (Partial<ReplayMemory> & { readonly mode?: ReplayMode })
  /**
   * Accepts requests signed with UNSIGNED-PAYLOAD, whose body no signature covers. With `true` the body of a write is read,
   * up to `bodyLimit`, to detect replays, and provided as `unsignedBody`. With `stream` the handler reads the body, and
   * such a write is not protected against replay. Default false.
   */
  readonly unsignedPayload?: boolean | 'stream'
  /** Maximum size in bytes of a body that is read to hash it. Default 1,048,576. */
  readonly bodyLimit?: number
  /**
   * How a path enters the canonical request: `s3` encodes it once without normalising it, and a presigned request uses
   * UNSIGNED-PAYLOAD unless it states otherwise. Default: `s3` when `service` is one of S3's names (`s3`, `s3-outposts`,
   * `s3-object-lambda`, `s3express`), else `standard`.
   */
  readonly pathEncoding?: PathEncoding
  /**
   * Only for object stores with `s3` path encoding: the path is an opaque key, in which `.`, `..`, empty segments and
   * encoded `/`, `\` and `.` are preserved. Never enable it when keys become file names or routes. Default false.
   */
  readonly objectKeys?: boolean
  /**
   * How the revocation feed is followed: `hold` (default) keeps one request open; a number polls at this interval in
   * seconds, 1…30.
   */
  readonly feed?: 'hold' | number
  /**
   * Called for every request answered with 503, with the reason in `detail` and `cause`; for the service's log. Default: a
   * warning of Node on standard error, the same one at most once a minute.
   */
  readonly onUnavailable?: (problem: Problem) => void
  readonly fetch?: typeof globalThis.fetch
  /** Returns epoch seconds; for tests. */
  readonly clock?: () => number
}

/** The scope of a SigV4 signature for this service. */
export interface Scope {
  readonly service: string
  readonly region: string
}

export interface Settings extends Scope {
  readonly issuer: string
  readonly audience: string
  readonly metadata: ResourceMetadata | undefined
  readonly origin: string | undefined
  readonly credentials: () => Promise<ServiceCredentials>
  readonly cacheLimits: Required<Omit<CacheLimits, 'replays'>>
  readonly staleness: Required<Staleness>
  readonly window: number
  readonly replay: ReplayRule
  readonly unsignedPayload: boolean | 'stream'
  readonly bodyLimit: number
  readonly pathEncoding: PathEncoding
  readonly objectKeys: boolean
  readonly feed: 'hold' | number
  readonly onUnavailable: (problem: Problem) => void
  readonly fetch: typeof globalThis.fetch
  readonly clock: () => number
}

function parseIssuer(given: string): string {
  if (!URL.canParse(given)) throw new TypeError(`issuer must be a URL, not \`${given}\``)
  const url = new URL(given)
  if (!isSecure(url)) throw new TypeError(`issuer must be https, or http on loopback, not \`${given}\``)
  return given.replace(/\/$/, '')
}

function bounded(name: string, value: number, low: number, high: number): number {
  if (Number.isFinite(value) && value >= low && value <= high) return value
  throw new TypeError(`${name} must be ${low} to ${high}, not \`${value}\``)
}

const replayModes: ReadonlySet<unknown> = new Set(['writes', 'all', 'off'] satisfies ReplayMode[])

function parseReplay({ replay = {}, issuer, service }: VerifierOptions, limit: number): ReplayRule {
  const { mode = 'writes', remember } = typeof replay === 'string' ? { mode: replay } : replay
  if (!replayModes.has(mode)) throw new TypeError(`replay must be writes, all or off, not \`${mode}\``)
  if (remember !== undefined && typeof remember !== 'function')
    throw new TypeError('replay.remember must be a function')
  return {
    mode,
    // Bound to the given object, which may be a client with state.
    shared: remember === undefined ? undefined : { remember: remember.bind(replay) },
    limit: bounded('cacheLimits.replays', limit, 1, 1e7),
    scope: `${issuer} ${service}`,
  }
}

/** Validates the options. @throws TypeError when they are not valid, so that the service does not start */
export function parseOptions(given: VerifierOptions): Settings {
  if (!/^[a-z0-9-]{1,64}$/.test(given.service))
    throw new TypeError(`service must be a name of a-z, 0-9 and -, not \`${given.service}\``)
  const { credentials, staleness = {}, cacheLimits = {} } = given
  const clock = given.clock ?? (() => Date.now() / 1000)
  const pathEncoding = given.pathEncoding ?? pathEncodingOf(given.service)
  if (given.objectKeys === true && pathEncoding !== 's3')
    throw new TypeError('objectKeys needs pathEncoding `s3`')
  return {
    issuer: parseIssuer(given.issuer),
    service: given.service,
    region: given.region ?? 'us-east-1',
    audience: given.audience ?? given.service,
    metadata: resourceMetadata(given),
    origin: given.origin === undefined ? undefined : new URL(given.origin).origin,
    credentials: typeof credentials === 'function' ? credentials : async () => credentials,
    cacheLimits: {
      sessions: bounded('cacheLimits.sessions', cacheLimits.sessions ?? 10_000, 1, 1e7),
      policies: bounded('cacheLimits.policies', cacheLimits.policies ?? 1_000, 1, 1e6),
    },
    staleness: {
      keys: bounded('staleness.keys', staleness.keys ?? 86_400, 0, 7 * 86_400),
      policies: bounded('staleness.policies', staleness.policies ?? 3_600, 0, 7 * 86_400),
      revocations: bounded('staleness.revocations', staleness.revocations ?? 900, 0, 7 * 86_400),
      withoutRevocations: staleness.withoutRevocations ?? 'refuse',
    },
    window: bounded('window', given.window ?? 300, 1, 900),
    replay: parseReplay(given, cacheLimits.replays ?? 100_000),
    unsignedPayload: given.unsignedPayload ?? false,
    bodyLimit: bounded('bodyLimit', given.bodyLimit ?? 1_048_576, 0, 2 ** 30),
    pathEncoding,
    objectKeys: given.objectKeys ?? false,
    feed: given.feed === undefined || given.feed === 'hold' ? 'hold' : bounded('feed', given.feed, 1, 30),
    onUnavailable: given.onUnavailable ?? unavailableWarning(clock),
    fetch: given.fetch ?? globalThis.fetch,
    clock,
  }
}

/** The error for every request to the issuer that failed or got no usable response. */
export const unreachable = (what: string, cause?: unknown): Problem =>
  new Problem('unavailable', `the issuer could not be reached for ${what}; try again`, {
    cause,
    retryAfter: 5,
  })
