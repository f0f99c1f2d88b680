// The signing and derivation keys and their rotation: a next key is published long before it signs, the current key signs,
// and previous keys stay until everything they signed has expired. Which key is current follows from the clock alone, so
// all processes switch at the same moment without communication; `rotate` only creates and expires records. Storage is a
// KeyStore (store/key-store.ts), which keeps the records sealed.
import { createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { Problem } from '../../problem.ts'
import { randomToken } from '../random.ts'
import { Secret } from '../secret.ts'
import type { KeyThread } from './key-thread.ts'
import { type KeyAlgorithm, newJwk, type TokenAlgorithm } from './new-key.ts'

export type KeyUse = 'token' | 'session-secret' | 'ticket' | 'cookie' | 'audit' | 'outbound'

/** A stored key; times in epoch seconds. */
export interface KeyRecord {
  /** The `kid`. */
  readonly id: string
  readonly use: KeyUse
  readonly alg: KeyAlgorithm
  /** 1, 2, … within one use and algorithm. */
  readonly generation: number
  /** A private JWK as JSON. */
  readonly jwk: Secret
  readonly createdAt: number
  readonly activeAt: number
  readonly retiredAt: number | undefined
  readonly expiresAt: number | undefined
}

/** The storage that the key ring requires. */
export interface KeyStore {
  /** All keys that have not expired. */
  list(): Promise<readonly KeyRecord[]>
  /** False when another process has already created this generation. */
  create(record: KeyRecord): Promise<boolean>
  /** Atomic; does nothing when the key no longer exists. */
  update(kid: string, change: (old: KeyRecord) => KeyRecord): Promise<void>
  /** Calls the listener when keys may have changed in any process. */
  watch(listener: () => void): () => void
}

/** A key that is ready to use. */
export interface KeyHandle {
  readonly kid: string
  readonly use: KeyUse
  readonly alg: KeyAlgorithm
  readonly activeAt: number
  readonly expiresAt: number | undefined
  /** Present except for HS256. */
  readonly privateKey?: KeyObject
  readonly publicKey?: KeyObject
  /** Only for HS256: 32 bytes. */
  readonly secret?: Buffer
  readonly thread?: KeyThread | undefined
}

/** What may be shown of a key; times in epoch seconds. */
export interface ListedKey extends Pick<KeyRecord, 'use' | 'alg' | 'createdAt' | 'activeAt' | 'expiresAt'> {
  readonly kid: string
  /** `current` signs, `next` signs from `activeAt` on, `previous` only verifies until `expiresAt`. */
  readonly state: 'current' | 'next' | 'previous'
}

/** A public JWK as published at `/jwks`. */
export interface PublishedKey extends JsonWebKey {
  readonly kid: string
  readonly alg: string
  readonly use: 'sig'
}

export interface KeyRingOptions {
  readonly store: KeyStore
  /** Returns epoch seconds. */
  readonly clock: () => number
  /** Algorithms of the token keys; the first is the default. ID tokens use the algorithm that the client chose, or RS256. */
  readonly tokenAlgorithms?: readonly TokenAlgorithm[]
  /** Seconds for which a key signs. Default 30 days. */
  readonly period?: number
  /**
   * Seconds for which a key is published before it signs: at least the longest time that `/jwks` is cached. Default one
   * day.
   */
  readonly lead?: number
  /** Thread that signs; libuv's thread pool when absent. */
  readonly thread?: KeyThread | undefined
  /** Called when a background rotation failed; it is retried after a minute. */
  readonly onError?: (error: unknown) => void
}

const day = 86_400

/**
 * Maximum lifetime in seconds of what a key signs: GetFederationToken's 36 hours (AWS STS API) and a margin for tokens and
 * their secrets. Audit keys never expire, because the trail is verified with them.
 */
const maxLifetime: Readonly<Record<KeyUse, number | undefined>> = {
  token: 2 * day,
  'session-secret': 2 * day,
  ticket: 2 * day,
  cookie: 31 * day,
  audit: undefined,
  // Tokens of GetWebIdentityToken live for an hour; verifiers cache keys.
  outbound: day,
}

interface KeySlot {
  readonly use: KeyUse
  readonly alg: KeyAlgorithm
}

/** The algorithms of GetWebIdentityToken (STS API). */
const outboundSlots: readonly KeySlot[] = [
  { use: 'outbound', alg: 'RS256' },
  { use: 'outbound', alg: 'ES384' },
]

export class KeyRing {
  readonly #store: KeyStore
  readonly #clock: () => number
  readonly #period: number
  readonly #lead: number
  readonly #required: readonly KeySlot[]
  readonly #onError: (error: unknown) => void
  readonly #thread: KeyThread | undefined
  /** Ordered by generation. */
  #records: readonly KeyRecord[] = []
  #handles: ReadonlyMap<string, KeyHandle> = new Map()
  /** Sequence number of the last call of `refresh`, and of the call that the records come from. */
  #requested = 0
  #loaded = 0
  #timer: NodeJS.Timeout | undefined
  #unwatch: () => void = () => undefined

  constructor(options: KeyRingOptions) {
    this.#store = options.store
    this.#clock = options.clock
    this.#period = options.period ?? 30 * day
    this.#lead = options.lead ?? day
    this.#thread = options.thread
    this.#onError = options.onError ?? (() => undefined)
    const token = (options.tokenAlgorithms ?? ['ES256']).map((alg): KeySlot => ({ use: 'token', alg }))
    const others: readonly KeyUse[] = ['session-secret', 'ticket', 'cookie', 'audit']
    this.#required = [...token, ...others.map((use): KeySlot => ({ use, alg: 'HS256' }))]
  }

  /** Every use has keys, but those for other services only after `createOutbound`. */
  get #slots(): readonly KeySlot[] {
    const made = outboundSlots.filter(({ use, alg }) =>
      this.#records.some((record) => record.use === use && record.alg === alg),
    )
    return made.length === 0 ? this.#required : [...this.#required, ...made]
  }

  /** Loads the keys, creates missing ones, and starts the rotation timer. @throws Problem('unavailable') */
  async start(): Promise<void> {
    this.#unwatch = this.#store.watch(() => this.#background(() => this.refresh()))
    await this.rotate(this.#clock())
    this.#timer = setInterval(() => this.#background(() => this.rotate(this.#clock())), 60_000).unref()
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#unwatch()
  }

  /**
   * The current signing key; the algorithm is the default of the use unless given.
   * @throws Problem('unavailable') when no key of this use and algorithm is loaded
   */
  signing(use: KeyUse, alg = this.#firstOf(use)): KeyHandle {
    const current = this.#currentOf(use, alg)
    const handle = current && this.#handles.get(current.id)
    if (!handle)
      throw new Problem('unavailable', 'the signing keys are not loaded', { detail: `${use} ${alg}` })
    return handle
  }

  /** Every live key of a use, for verification: the signing key first, then from newest to oldest, next keys last. */
  all(use: KeyUse): readonly KeyHandle[] {
    const now = this.#clock()
    const live = this.#records.filter((r) => r.use === use && !hasExpired(r, now))
    const order = this.#slots.filter((slot) => slot.use === use).map(({ alg }) => alg)
    const current = new Set(order.map((alg) => this.#currentOf(use, alg)))
    const rank = (r: KeyRecord) => order.indexOf(r.alg) * 3 + (current.has(r) ? 0 : r.activeAt <= now ? 1 : 2)
    return live
      .toSorted((a, b) => rank(a) - rank(b) || b.generation - a.generation)
      .flatMap((r) => this.#handles.get(r.id) ?? [])
  }

  /** Public parts of the previous, current and next keys of a use, the signing key first. */
  published(use: 'token' | 'outbound' = 'token'): PublishedKey[] {
    return this.all(use).flatMap((handle) => {
      if (!handle.publicKey) return []
      const jwk = handle.publicKey.export({ format: 'jwk' })
      return [{ ...jwk, kid: handle.kid, alg: handle.alg, use: 'sig' as const }]
    })
  }

  /** The key that signs now, of each use and algorithm; `activeAt` in epoch seconds. */
  current(): readonly Pick<KeyRecord, 'use' | 'alg' | 'activeAt'>[] {
    return this.#slots.flatMap(({ use, alg }) => this.#currentOf(use, alg) ?? [])
  }

  /** Every live key: uses in the order in which they are created, each from the oldest key to the newest. */
  list(): readonly ListedKey[] {
    const now = this.#clock()
    const live = this.#records.filter((record) => !hasExpired(record, now))
    return this.#slots.flatMap(({ use, alg }) => {
      const current = this.#currentOf(use, alg)
      return live
        .filter((record) => record.use === use && record.alg === alg)
        .map(({ id: kid, createdAt, activeAt, expiresAt }): ListedKey => {
          const later = activeAt > now ? 'next' : 'previous'
          return {
            kid,
            use,
            alg,
            createdAt,
            activeAt,
            expiresAt,
            state: kid === current?.id ? 'current' : later,
          }
        })
    })
  }

  /** @throws Problem('unavailable') naming a use and algorithm without a key that can sign now */
  checkSigning(): void {
    for (const { use, alg } of this.#slots) this.signing(use, alg)
  }

  /** Undefined when the key is unknown or has expired. */
  find(kid: string): KeyHandle | undefined {
    const handle = this.#handles.get(kid)
    return handle && !hasExpired(handle, this.#clock()) ? handle : undefined
  }

  /**
   * Brings every use up to date at `now`: creates first keys, a successor for each signing key, and an expiry for each key
   * that was succeeded. Idempotent, and safe to run in several processes at once.
   */
  async rotate(now: number): Promise<void> {
    await this.refresh()
    const changes = await Promise.all(this.#slots.map((slot) => this.#rotateSlot(slot, now)))
    if (changes.some(Boolean)) await this.refresh()
  }

  /** Creates the keys that sign tokens for other services (use `outbound`), unless they exist. @throws Problem('unavailable') */
  async createOutbound(): Promise<void> {
    const now = this.#clock()
    await this.refresh()
    await Promise.all(outboundSlots.map((slot) => this.#rotateSlot(slot, now)))
    await this.refresh()
  }

  /**
   * Ends a key's period early: the next key signs from now on. For a key that may have leaked; tokens it signed remain
   * valid until they expire.
   * @throws Problem('conflict') while the next key has been published for less than one cache lifetime, because verifiers
   * may not know it yet
   */
  async advance(use: KeyUse, now: number): Promise<void> {
    await this.rotate(now)
    const next = this.#records.filter((r) => r.use === use && r.activeAt > now)
    const young = next.find((r) => r.createdAt + this.#lead > now)
    if (young) {
      const from = young.createdAt + this.#lead
      throw new Problem(
        'conflict',
        `the next key was published too recently: it can sign from ${new Date(from * 1000).toISOString()} on, when every verifier knows it`,
        { retryAfter: from - now },
      )
    }
    for (const { id } of next)
      await this.#store.update(id, (old) => (old.activeAt > now ? { ...old, activeAt: now } : old))
    await this.rotate(now)
  }

  /**
   * For leaked keys: all keys of a use expire now, including the next one, and new ones sign at once. Everything they
   * signed becomes invalid, here immediately and at services when they refresh the published keys (docs/ends.md).
   * @param use audit keys are not replaced, because the trail is verified with them
   * @returns ids of the expired keys
   */
  async replaceCompromised(use: Exclude<KeyUse, 'audit'>, now: number): Promise<readonly string[]> {
    await this.rotate(now)
    const ended = this.#records.filter((r) => r.use === use && !hasExpired(r, now))
    for (const slot of this.#slots.filter((one) => one.use === use)) {
      const newest = ended.findLast(({ alg }) => alg === slot.alg)
      await this.#make(slot, (newest?.generation ?? 0) + 1, now, now)
    }
    for (const { id } of ended)
      await this.#store.update(id, (old) => ({ ...old, retiredAt: old.retiredAt ?? now, expiresAt: now }))
    await this.rotate(now)
    return ended.map(({ id }) => id)
  }

  /** Reloads the keys; handles of known keys keep their identity. @throws Problem('unavailable') */
  async refresh(): Promise<void> {
    const sequence = ++this.#requested
    const records = (await this.#store.list()).toSorted((a, b) => a.generation - b.generation)
    if (sequence < this.#loaded) return // a later one was answered first
    this.#loaded = sequence
    this.#handles = new Map(
      records.map((record) => [record.id, handleOf(this.#handles.get(record.id), record, this.#thread)]),
    )
    this.#records = records
  }

  /**
   * The newest active key, or the first future key when none is active: the keys were then created while the clock was
   * ahead, and it has been set back since. Every process selects the same one, because the result depends on the records
   * and the clock alone.
   */
  #currentOf(use: KeyUse, alg: KeyAlgorithm): KeyRecord | undefined {
    const now = this.#clock()
    let current: KeyRecord | undefined
    // By generation, without copies: every request asks for three keys.
    for (const record of this.#records)
      if (record.use === use && record.alg === alg && !hasExpired(record, now))
        if (current === undefined || record.activeAt <= now) current = record
    return current
  }

  /** Returns true when it changed something. */
  async #rotateSlot({ use, alg }: KeySlot, now: number): Promise<boolean> {
    const mine = this.#records.filter((r) => r.use === use && r.alg === alg)
    const newest = mine.at(-1)
    if (!newest) {
      await this.#make({ use, alg }, 1, now, now)
      return this.#make({ use, alg }, 2, now, now + Math.max(this.#period, this.#lead))
    }
    const ended = await this.#endSucceeded(mine, now)
    if (newest.activeAt > now) return ended
    const activeAt = Math.max(newest.activeAt + this.#period, now + this.#lead)
    return this.#make({ use, alg }, newest.generation + 1, now, activeAt)
  }

  async #endSucceeded(mine: readonly KeyRecord[], now: number): Promise<boolean> {
    let changed = false
    for (const [at, { id, use, retiredAt }] of mine.entries()) {
      const successor = mine[at + 1]
      if (retiredAt !== undefined || !successor || successor.activeAt > now) continue
      const life = maxLifetime[use]
      const end = { retiredAt: successor.activeAt, expiresAt: life && successor.activeAt + life }
      await this.#store.update(id, (old) => (old.retiredAt === undefined ? { ...old, ...end } : old))
      changed = true
    }
    return changed
  }

  async #make({ use, alg }: KeySlot, generation: number, now: number, activeAt: number): Promise<boolean> {
    const jwk = new Secret(JSON.stringify(await newJwk(alg)))
    const ends = { retiredAt: undefined, expiresAt: undefined }
    await this.#store.create({
      id: randomToken(12),
      use,
      alg,
      generation,
      jwk,
      createdAt: now,
      activeAt,
      ...ends,
    })
    return true
  }

  #firstOf(use: KeyUse): KeyAlgorithm {
    return this.#slots.find((slot) => slot.use === use)?.alg ?? 'HS256'
  }

  #background(work: () => Promise<void>): void {
    work().catch(this.#onError)
  }
}

const hasExpired = ({ expiresAt }: { readonly expiresAt: number | undefined }, now: number): boolean =>
  expiresAt !== undefined && expiresAt <= now

/** Key objects are created once per key and process: parsing a private key costs more than signing with it. */
function handleOf(known: KeyHandle | undefined, record: KeyRecord, thread: KeyThread | undefined): KeyHandle {
  const { id: kid, use, alg, activeAt, expiresAt } = record
  const same = known?.activeAt === activeAt && known.expiresAt === expiresAt
  return same ? known : { ...(known ?? materialOf(record)), kid, use, alg, activeAt, expiresAt, thread }
}

function materialOf({ alg, jwk }: KeyRecord): Pick<KeyHandle, 'privateKey' | 'publicKey' | 'secret'> {
  const parsed = JSON.parse(jwk.reveal()) as JsonWebKey
  if (alg === 'HS256') return { secret: Buffer.from(parsed.k ?? '', 'base64url') }
  const privateKey = createPrivateKey({ key: parsed, format: 'jwk' })
  return { privateKey, publicKey: createPublicKey(privateKey) }
}
