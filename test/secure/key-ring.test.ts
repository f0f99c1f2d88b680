import assert from 'node:assert/strict'
import { createPublicKey } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { type KeyRecord, KeyRing, type KeyRingOptions, type KeyStore } from '../../src/secure/key/key-ring.ts'
import { until } from '../support/waiting.ts'

const day = 86_400
const birth = 1_800_000_000

/** A store that several rings share, as processes would. */
class SharedKeys implements KeyStore {
  readonly records = new Map<string, KeyRecord>()
  readonly #listeners = new Set<() => void>()
  down = false

  async list(): Promise<KeyRecord[]> {
    if (this.down) throw new Error('the store is down')
    await turn()
    return [...this.records.values()].reverse() // in no order that means anything
  }

  async create(record: KeyRecord): Promise<boolean> {
    await turn()
    const slot = (r: KeyRecord) => `${r.use} ${r.alg} ${r.generation}`
    if ([...this.records.values()].some((r) => slot(r) === slot(record))) return false
    this.records.set(record.id, record)
    this.#tell()
    return true
  }

  async update(kid: string, change: (old: KeyRecord) => KeyRecord): Promise<void> {
    await turn()
    const old = this.records.get(kid)
    if (old) this.records.set(kid, change(old))
    this.#tell()
  }

  watch(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  get watched(): number {
    return this.#listeners.size
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}

interface Time {
  now: number
}

async function started(
  t: TestContext,
  store: SharedKeys,
  time: Time,
  options: Partial<KeyRingOptions> = {},
): Promise<KeyRing> {
  const ring = new KeyRing({ store, clock: () => time.now, ...options })
  await ring.start()
  t.after(() => ring.stop())
  return ring
}

const kids = (ring: KeyRing) => ring.published().map(({ kid }) => kid)

test('a first start makes a signing key and a next one for every use', async (t) => {
  const ring = await started(t, new SharedKeys(), { now: birth })
  const signing = ring.signing('token')
  assert.equal(signing.alg, 'ES256')
  assert.deepEqual(kids(ring)[0], signing.kid)
  assert.equal(kids(ring).length, 2)
  for (const use of ['session-secret', 'ticket', 'cookie', 'audit'] as const) {
    assert.equal(ring.signing(use).secret?.length, 32)
    assert.equal(ring.all(use).length, 2)
  }
})

test('what is published has no private part and verifies as a key', async (t) => {
  const ring = await started(t, new SharedKeys(), { now: birth }, { tokenAlgorithms: ['ES256', 'RS256'] })
  assert.deepEqual(
    ring.published().map(({ alg }) => alg),
    ['ES256', 'ES256', 'RS256', 'RS256'],
  )
  for (const jwk of ring.published()) {
    for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']) assert.ok(!(secret in jwk), secret)
    assert.equal(jwk.use, 'sig')
    assert.equal(createPublicKey({ key: jwk, format: 'jwk' }).type, 'public')
  }
  assert.equal(ring.signing('token', 'RS256').alg, 'RS256')
})

test('a second start finds the same keys', async (t) => {
  const store = new SharedKeys()
  const first = await started(t, store, { now: birth })
  const second = await started(t, store, { now: birth + 5 })
  assert.deepEqual(kids(first), kids(second))
  assert.deepEqual(first.signing('cookie').secret, second.signing('cookie').secret)
})

test('of many processes that start and rotate at once, all agree and nothing is made twice', async (t) => {
  const store = new SharedKeys()
  const time = { now: birth }
  const rings = await Promise.all(Array.from({ length: 8 }, () => started(t, store, time)))
  await Promise.all(rings.map((ring) => ring.refresh()))
  for (const ring of rings) assert.deepEqual(kids(ring), kids(rings[0] as KeyRing))
  assert.equal(store.records.size, 10)
  time.now = birth + 31 * day
  await Promise.all(rings.map((ring) => ring.rotate(time.now)))
  await Promise.all(rings.map((ring) => ring.rotate(time.now)))
  assert.equal(store.records.size, 15)
  for (const ring of rings) assert.deepEqual(kids(ring), kids(rings[0] as KeyRing))
})

test('every process changes over at the same moment, without a word to the store', async (t) => {
  const store = new SharedKeys()
  const time = { now: birth }
  const [one, two] = [await started(t, store, time), await started(t, store, time)]
  const [current, next] = kids(one)
  store.down = true
  time.now = birth + 30 * day - 1
  assert.deepEqual([one.signing('token').kid, two.signing('token').kid], [current, current])
  time.now++
  assert.deepEqual([one.signing('token').kid, two.signing('token').kid], [next, next])
})

test('a key is published a day before it signs, over years of turns', async (t) => {
  const store = new SharedKeys()
  const time = { now: birth }
  const ring = await started(t, store, time)
  const firstSeen = new Map<string, number>()
  const firstKid = ring.signing('token').kid
  for (let hour = 0; hour < 24 * 400; hour += 7) {
    time.now = birth + hour * 3600
    await ring.rotate(time.now)
    for (const kid of kids(ring)) if (!firstSeen.has(kid)) firstSeen.set(kid, time.now)
    const { kid } = ring.signing('token')
    if (kid !== firstKid) assert.ok(time.now - (firstSeen.get(kid) ?? time.now) >= day)
    assert.ok(kids(ring).length <= 3)
    for (const use of ['session-secret', 'ticket', 'cookie'] as const) {
      assert.equal(ring.all(use)[0], ring.signing(use), `${use}: the signing one is first, and live`)
      assert.ok(ring.all(use).length <= 4)
    }
  }
  assert.ok(firstSeen.size >= 14)
})

test('keys are brought up to now by themselves, every minute', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  const time = { now: birth }
  const store = new SharedKeys()
  const ring = await started(t, store, time)
  const before = kids(ring)
  time.now += 31 * day
  t.mock.timers.tick(59_999)
  for (let n = 0; n < 20; n++) await turn()
  assert.deepEqual(kids(ring).toSorted(), before.toSorted())
  t.mock.timers.tick(1)
  // One more for each of the five uses; keys are made on threads, and then read.
  const made = 15
  await until('the keys are made and read', () => store.records.size >= made && kids(ring).length >= 3)
  assert.deepEqual([store.records.size, kids(ring).length], [made, 3])
  ring.stop()
  time.now += 31 * day
  t.mock.timers.tick(60_000)
  for (let n = 0; n < 20; n++) await turn()
  assert.equal(store.records.size, made, 'none is made once it is stopped')
})

test('a server that slept for a year still publishes before it signs', async (t) => {
  const store = new SharedKeys()
  const time = { now: birth }
  const ring = await started(t, store, time)
  const published = kids(ring)
  time.now = birth + 365 * day
  await ring.rotate(time.now)
  const next = kids(ring).find((kid) => !published.includes(kid))
  for (const [seconds, signs] of [
    [0, false],
    [day - 1, false],
    [1, true],
  ] as const) {
    time.now += seconds
    await ring.rotate(time.now)
    assert.equal(ring.signing('token').kid === next, signs)
  }
})

test('a former key stays until the longest token it signed has ended, then leaves', async (t) => {
  const store = new SharedKeys()
  const time = { now: birth }
  const ring = await started(t, store, time)
  const { kid } = ring.signing('token')
  time.now = birth + 30 * day
  await ring.rotate(time.now)
  assert.ok(kids(ring).includes(kid))
  time.now += 2 * day - 1
  assert.ok(ring.find(kid)?.publicKey)
  time.now += 1
  assert.equal(ring.find(kid), undefined)
  assert.ok(!kids(ring).includes(kid))
})

test('audit keys stay for good', async (t) => {
  const time = { now: birth }
  const ring = await started(t, new SharedKeys(), time)
  const { kid } = ring.signing('audit')
  for (let month = 1; month <= 24; month++) {
    time.now = birth + month * 31 * day
    await ring.rotate(time.now)
  }
  assert.equal(ring.find(kid)?.secret?.length, 32)
  assert.notEqual(ring.signing('audit').kid, kid)
})

test('a key can be ended early once the next one is known to everyone, on running processes too', async (t) => {
  const store = new SharedKeys()
  const time = { now: birth }
  const [one, two] = [await started(t, store, time), await started(t, store, time)]
  const [current, next] = kids(one)
  await assert.rejects(one.advance('token', time.now), { code: 'conflict', retryAfter: day })
  assert.equal(one.signing('token').kid, current)
  time.now += day
  const others = ['session-secret', 'ticket', 'cookie', 'audit'] as const
  const before = others.map((use) => one.signing(use).kid)
  await one.advance('token', time.now)
  assert.equal(one.signing('token').kid, next)
  await turn()
  await turn()
  assert.equal(two.signing('token').kid, next)
  assert.ok(one.find(current ?? ''))
  assert.deepEqual(
    others.map((use) => one.signing(use).kid),
    before,
  )
})

/** What it has listed can be held up on the way. */
class SlowKeys extends SharedKeys {
  held: Promise<void> | undefined

  override async list(): Promise<KeyRecord[]> {
    const { held } = this
    const listed = await super.list()
    await held
    return listed
  }
}

test('keys read before a change but received after it are not used', async (t) => {
  const store = new SlowKeys()
  const time = { now: birth }
  const [ring, other] = [await started(t, store, time), await started(t, store, time)]
  time.now += 2 * day
  const slow = Promise.withResolvers<void>()
  store.held = slow.promise
  const before = [ring.refresh(), started(t, store, time)] as const
  await turn()
  store.held = undefined
  await other.advance('token', time.now)
  const { kid } = other.signing('token')
  slow.resolve()
  const [, late] = await Promise.all(before)
  await turn()
  assert.deepEqual([ring.signing('token').kid, late.signing('token').kid], [kid, kid])
})

test('a handle keeps its key objects over a refresh', async (t) => {
  const ring = await started(t, new SharedKeys(), { now: birth })
  const before = ring.signing('token')
  await ring.refresh()
  assert.equal(ring.signing('token').privateKey, before.privateKey)
})

test('while the store is down known keys stay in use, and the failure is logged', async (t) => {
  const store = new SharedKeys()
  const errors: unknown[] = []
  const ring = await started(t, store, { now: birth }, { onError: (error) => errors.push(error) })
  const { kid } = ring.signing('token')
  store.down = true
  await store.update('none', (old) => old)
  await turn()
  assert.equal(errors.length, 1)
  assert.equal(ring.signing('token').kid, kid)
})

test('a ring that was not started, an unknown kid and a stopped ring', async (t) => {
  const store = new SharedKeys()
  const ring = new KeyRing({ store, clock: () => birth })
  assert.throws(() => ring.signing('token'), { code: 'unavailable' })
  assert.throws(() => ring.signing('token', 'RS256'), { code: 'unavailable' })
  assert.deepEqual(ring.published(), [])
  const running = await started(t, store, { now: birth })
  for (const kid of ['', '__proto__', 'constructor', '../x']) assert.equal(running.find(kid), undefined)
  running.stop()
  assert.equal(store.watched, 0)
})

test('33: keys that leaked end at once, in every process, and new ones sign', async (t) => {
  const [store, time] = [new SharedKeys(), { now: birth }]
  const [ring, other] = [await started(t, store, time), await started(t, store, time)]
  const before = [ring.signing('token').kid, ...ring.all('token').map(({ kid }) => kid)]
  time.now += 100
  const ended = await ring.replaceCompromised('token', time.now)
  await other.refresh()
  assert.deepEqual(new Set(ended), new Set(before))
  for (const one of [ring, other]) {
    assert.ok(!before.includes(one.signing('token').kid))
    assert.ok(before.every((kid) => one.find(kid) === undefined))
    assert.ok(one.published().every(({ kid }) => !before.includes(kid)))
    assert.equal(one.published().length, 2)
  }
  assert.equal(ring.signing('token').kid, other.signing('token').kid)
  assert.ok(ring.signing('cookie').kid)
})
