// The keys that sign and derive, and their turns: a next one is published long before it signs, the current one signs, and
// former ones stay until all that they made has ended. Which key is current follows from the clock alone, so that every
// process changes over at the same moment without a word; the records are only made and ended by `rotate`.
// Owns no storage: a KeyStore (store/key-store.ts) keeps the records sealed.
import { createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { Problem } from '../problem.ts'
import type { KeyThread } from './key-thread.ts'
import { type KeyAlgorithm, newJwk, type TokenAlgorithm } from './new-key.ts'
import { randomToken } from './random.ts'
import { Secret } from './secret.ts'

export type KeyUse = 'token' | 'session-secret' | 'ticket' | 'cookie' | 'audit'

/** One key as it is kept; times in seconds. */
export interface KeyRecord {
  /** The `kid`. */
  readonly id: string
  readonly use: KeyUse
  readonly alg: KeyAlgorithm
  /** 1, 2, … within use and algorithm. */
  readonly generation: number
  /** A private JWK as JSON. */
  readonly jwk: Secret
  readonly createdAt: number
  readonly activeAt: number
  readonly retiredAt: number | undefined
  readonly expiresAt: number | undefined
}

/** What the ring asks of a store. */
export interface KeyStore {
  /** Every key that has not expired. */
  list(): Promise<readonly KeyRecord[]>
  /** False when another process has made this generation already. */
  create(record: KeyRecord): Promise<boolean>
  /** Atomic; nothing happens when the key is gone. */
  update(kid: string, change: (old: KeyRecord) => KeyRecord): Promise<void>
  /** Calls back when keys may have changed, in any process. */
  watch(listener: () => void): () => void
}

/** A key ready for use. */
export interface KeyHandle {
  readonly kid: string
  readonly use: KeyUse
  readonly alg: KeyAlgorithm
  readonly activeAt: number
  readonly expiresAt: number | undefined
  /** Of all but HS256. */
  readonly privateKey?: KeyObject
  readonly publicKey?: KeyObject
  /** Of HS256: 32 bytes. */
  readonly secret?: Buffer
  readonly thread?: KeyThread | undefined
}

/** A public JWK as `/jwks` shows it. */
export interface PublishedKey extends JsonWebKey {
  readonly kid: string
  readonly alg: string
  readonly use: 'sig'
}

export interface KeyRingOptions {
  readonly store: KeyStore
  /** Seconds since the epoch. */
  readonly clock: () => number
  /** What tokens are signed with; the first is the default. ID tokens have what their client chose, RS256 else. */
  readonly tokenAlgorithms?: readonly TokenAlgorithm[]
  /** Seconds a key signs for. Default 30 days. */
  readonly period?: number
  /** Seconds a key is published before it signs: at least as long as anyone caches `/jwks`. Default one day. */
  readonly lead?: number
  /** Where the keys sign; on the event loop's own pool without one. */
  readonly thread?: KeyThread | undefined
  /** Told of a rotation in the background that failed; the next try is a minute later. */
  readonly onError?: (error: unknown) => void
}

const day = 86_400

/**
 * Seconds that what a key made may live: GetFederationToken's 36 hours (AWS STS API) and a little for tokens and their
 * secrets. Audit keys stay for good: the trail is checked with them.
 */
const longestLife: Readonly<Record<KeyUse, number | undefined>> = {
  token: 2 * day,
  'session-secret': 2 * day,
  ticket: 2 * day,
  cookie: 31 * day,
  audit: undefined,
}

interface Turn {
  readonly use: KeyUse
  readonly alg: KeyAlgorithm
}

export class KeyRing {
  readonly #store: KeyStore
  readonly #clock: () => number
  readonly #period: number
  readonly #lead: number
  readonly #turns: readonly Turn[]
  readonly #onError: (error: unknown) => void
  readonly #thread: KeyThread | undefined
  /** In order of generation. */
  #records: readonly KeyRecord[] = []
  #handles: ReadonlyMap<string, KeyHandle> = new Map()
  /** Of `refresh`: how often it was asked for, and which of them the records are of. */
  #asked = 0
  #shown = 0
  #timer: NodeJS.Timeout | undefined
  #unwatch: () => void = () => undefined

  constructor(options: KeyRingOptions) {
    this.#store = options.store
    this.#clock = options.clock
    this.#period = options.period ?? 30 * day
    this.#lead = options.lead ?? day
    this.#thread = options.thread
    this.#onError = options.onError ?? (() => undefined)
    const token = (options.tokenAlgorithms ?? ['ES256']).map((alg): Turn => ({ use: 'token', alg }))
    const others: readonly KeyUse[] = ['session-secret', 'ticket', 'cookie', 'audit']
    this.#turns = [...token, ...others.map((use): Turn => ({ use, alg: 'HS256' }))]
  }

  /** Loads the keys, makes what is missing, and from now on keeps them in turn. @throws Problem('unavailable') */
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
   * The key that signs now; the algorithm is that use's first unless named.
   * @throws Problem('unavailable') when no key of this use and algorithm is loaded
   */
  signing(use: KeyUse, alg = this.#firstOf(use)): KeyHandle {
    const current = this.#currentOf(use, alg)
    const handle = current && this.#handles.get(current.id)
    if (!handle)
      throw new Problem('unavailable', 'the signing keys are not loaded', { detail: `${use} ${alg}` })
    return handle
  }

  /** Every live key of a use, the signing one first, then from young to old, next ones last: any may have made what comes in. */
  all(use: KeyUse): readonly KeyHandle[] {
    const now = this.#clock()
    const live = this.#records.filter((r) => r.use === use && !hasExpired(r, now))
    const order = this.#turns.filter((turn) => turn.use === use).map(({ alg }) => alg)
    const current = new Set(order.map((alg) => this.#currentOf(use, alg)))
    const rank = (r: KeyRecord) => order.indexOf(r.alg) * 3 + (current.has(r) ? 0 : r.activeAt <= now ? 1 : 2)
    return live
      .toSorted((a, b) => rank(a) - rank(b) || b.generation - a.generation)
      .flatMap((r) => this.#handles.get(r.id) ?? [])
  }

  /** Public parts of previous, current and next token keys, the signing one first. */
  published(): PublishedKey[] {
    return this.all('token').flatMap((handle) => {
      if (!handle.publicKey) return []
      const jwk = handle.publicKey.export({ format: 'jwk' })
      return [{ ...jwk, kid: handle.kid, alg: handle.alg, use: 'sig' as const }]
    })
  }

  /** @throws Problem('unavailable') naming the use and algorithm when any use has no key that can sign now */
  checkSigning(): void {
    for (const { use, alg } of this.#turns) this.signing(use, alg)
  }

  /** Undefined when it was never ours or has expired. */
  find(kid: string): KeyHandle | undefined {
    const handle = this.#handles.get(kid)
    return handle && !hasExpired(handle, this.#clock()) ? handle : undefined
  }

  /**
   * Brings every use up to `now`: first keys, a successor for each that signs, an end for each that was succeeded. Any
   * number of processes may do it at once; a second time changes nothing.
   */
  async rotate(now: number): Promise<void> {
    await this.refresh()
    const changes = await Promise.all(this.#turns.map((turn) => this.#bringUp(turn, now)))
    if (changes.some(Boolean)) await this.refresh()
  }

  /**
   * Ends a key's turn early: the next one signs from now on. For a key that may have leaked; tokens it signed stay good
   * until they end.
   * @throws Problem('conflict') while the next key is younger than one cache lifetime: verifiers may not know it yet.
   */
  async advance(use: KeyUse, now: number): Promise<void> {
    await this.rotate(now)
    const next = this.#records.filter((r) => r.use === use && r.activeAt > now)
    const young = next.find((r) => r.createdAt + this.#lead > now)
    if (young)
      throw new Problem('conflict', 'the next key was published too recently; try again later', {
        retryAfter: young.createdAt + this.#lead - now,
      })
    for (const { id } of next)
      await this.#store.update(id, (old) => (old.activeAt > now ? { ...old, activeAt: now } : old))
    await this.rotate(now)
  }

  /**
   * For keys that leaked: all of a use end now, also the next one, and new ones sign at once. What they made ends with
   * them, here at once and at services when they read the published keys again (docs/ends.md).
   * @param use audit keys are not replaced: the trail is checked with them for good
   * @returns ids of the ended keys
   */
  async replaceCompromised(use: Exclude<KeyUse, 'audit'>, now: number): Promise<readonly string[]> {
    await this.rotate(now)
    const ended = this.#records.filter((r) => r.use === use && !hasExpired(r, now))
    for (const turn of this.#turns.filter((one) => one.use === use)) {
      const newest = ended.findLast(({ alg }) => alg === turn.alg)
      await this.#make(turn, (newest?.generation ?? 0) + 1, now, now)
    }
    for (const { id } of ended)
      await this.#store.update(id, (old) => ({ ...old, retiredAt: old.retiredAt ?? now, expiresAt: now }))
    await this.rotate(now)
    return ended.map(({ id }) => id)
  }

  /** Reads the keys anew; handles of known keys stay what they are. @throws Problem('unavailable') */
  async refresh(): Promise<void> {
    const asked = ++this.#asked
    const records = (await this.#store.list()).toSorted((a, b) => a.generation - b.generation)
    if (asked < this.#shown) return // a later one was answered first
    this.#shown = asked
    this.#handles = new Map(
      records.map((record) => [record.id, renewed(this.#handles.get(record.id), record, this.#thread)]),
    )
    this.#records = records
  }

  /**
   * The newest key that is active, or the first of those to come when none is: they were made while the clock was ahead
   * and it has gone back since. Every process picks the same one, as it depends on the records and the clock alone.
   */
  #currentOf(use: KeyUse, alg: KeyAlgorithm): KeyRecord | undefined {
    const now = this.#clock()
    const mine = this.#records.filter((r) => r.use === use && r.alg === alg && !hasExpired(r, now))
    return mine.findLast((r) => r.activeAt <= now) ?? mine[0]
  }

  /** True when it changed something. */
  async #bringUp({ use, alg }: Turn, now: number): Promise<boolean> {
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
      const life = longestLife[use]
      const end = { retiredAt: successor.activeAt, expiresAt: life && successor.activeAt + life }
      await this.#store.update(id, (old) => (old.retiredAt === undefined ? { ...old, ...end } : old))
      changed = true
    }
    return changed
  }

  async #make({ use, alg }: Turn, generation: number, now: number, activeAt: number): Promise<boolean> {
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
    return this.#turns.find((turn) => turn.use === use)?.alg ?? 'HS256'
  }

  #background(work: () => Promise<void>): void {
    work().catch(this.#onError)
  }
}

const hasExpired = ({ expiresAt }: { readonly expiresAt: number | undefined }, now: number): boolean =>
  expiresAt !== undefined && expiresAt <= now

/** Key objects are made once per key and process: parsing a private key costs more than signing with it. */
function renewed(known: KeyHandle | undefined, record: KeyRecord, thread: KeyThread | undefined): KeyHandle {
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
