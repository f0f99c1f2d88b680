// Random sequences of verbs over few ids and names, under a clock that moves, answered as by a store in memory.
// CHANCERY_TEST_STORE_MODEL=1000 runs a thousand sequences.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { Problem } from '../../../src/problem.ts'
import { Secret } from '../../../src/secure/secret.ts'
import { ruleOf } from '../../../src/store/kinds.ts'
import type { Key, Kind, Records, Revocation, User } from '../../../src/store/records.ts'
import type { Lookup, Page, Store } from '../../../src/store/store.ts'
import { type Came, ModelStore } from '../model.ts'
import { account, artifact, epoch, setting, spent, user } from '../sample.ts'
import type { On } from './place.ts'

const sequences = Number(process.env['CHANCERY_TEST_STORE_MODEL'] ?? 1)
const steps = 120

/** Well-formed: what ids and unique values are. */
const wellFormed = [
  '',
  'a',
  'A',
  'a\u0000',
  'a\u0000b',
  'a\u001f/',
  'e\u0301',
  '\u00e9',
  '\ufffd',
  '\uffff',
  '\u{10ffff}',
  '\u{1f4a7}',
  '__proto__',
  'constructor',
  '$where',
  '$a.b',
  '.',
  '%',
  '"\\',
  '/',
]
const names = fc.constantFrom(...wellFormed)
/** Few, so that they meet. */
const ids = fc.constantFrom('', 'a', 'A', 'a\u0000', '\ufffd', '__proto__', '$a.b', '\u{1f4a7}')
/** What may be asked for, and what lookups and sort keys may hold. */
const texts = fc.oneof(names, fc.constantFrom('\ud800', 'a\udfff', '\udc00\ud800'))
const asked = fc.oneof({ weight: 4, arbitrary: ids }, { weight: 1, arbitrary: texts })
/** Few of them, so that they meet; and far ones, which clients may name. */
const ends = fc.constantFrom(epoch - 1, epoch, epoch + 1, epoch + 2, epoch + 2.5, epoch + 4, epoch + 9, 1e300)
const maybe = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: undefined })

type Modelled = 'user' | 'artifact' | 'revocation' | 'key' | 'spent' | 'setting'

const records: { readonly [K in Modelled]: fc.Arbitrary<Records[K]> } = {
  setting: fc.record({ id: asked, value: texts }).map(({ id, value }) => setting(id, value)),
  spent: fc.record({ id: ids, at: ends }).map(({ id, at }) => spent(id, at)),
  user: fc
    .record({
      name: names,
      path: texts,
      groups: fc.array(texts, { maxLength: 4 }),
      email: maybe(names),
      boundary: maybe(texts),
    })
    .chain((more) => ids.map((id): User => user(id, more))),
  artifact: fc
    .record({
      uid: maybe(names),
      userCode: maybe(names),
      grantId: maybe(texts),
      subject: maybe(texts),
      expiresAt: maybe(ends),
    })
    .chain((more) => ids.map((id) => artifact(id, more))),
  revocation: fc
    .record({ id: ids, at: fc.nat(3), expiresAt: ends })
    .map((own): Revocation => ({ ...own, accountId: account, scope: 'role', value: 'r', before: epoch })),
  key: fc.record({ id: ids, generation: fc.nat(3), activeAt: fc.nat(3), expiresAt: maybe(ends) }).map(
    (own): Key => ({
      ...own,
      accountId: account,
      use: 'token',
      alg: 'ES256',
      jwk: new Secret('{}'),
      createdAt: epoch,
      retiredAt: undefined,
    }),
  ),
}

interface Step extends fc.WithToStringMethod {
  run(store: Store, model: ModelStore, time: { now: number }): Promise<void>
}

const show = (value: unknown): string => JSON.stringify(value)

async function answerOf(work: () => Promise<unknown>): Promise<Came> {
  try {
    return { gave: await work() }
  } catch (error) {
    if (error instanceof Problem) return { refused: error.code }
    throw error
  }
}

/** As records come back: without what is undefined, secrets opened. */
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify({ value }, (_, part: unknown) => (part instanceof Secret ? part.reveal() : part)))

async function alike(does: string, engine: () => Promise<unknown>, model: () => Came): Promise<void> {
  const came = await answerOf(engine)
  assert.deepEqual(plain(came), plain(model()), does)
}

async function allPages<K extends Kind>(store: Store, kind: K, lookup: Lookup<K>, page: Page) {
  const all: Records[K][] = []
  let after: string | undefined
  do {
    const found = await store.find(kind, lookup, { ...page, after })
    assert.ok(found.records.length <= page.limit)
    all.push(...found.records)
    after = found.next
  } while (after !== undefined)
  return all
}

const step = (does: string, run: Step['run']): Step => ({ run, [fc.toStringMethod]: () => does })

function stepsOf<K extends Modelled>(kind: K, record: fc.Arbitrary<Records[K]>): fc.Arbitrary<Step> {
  const { unique, lookups } = ruleOf(kind)
  const about = (verb: string, of: unknown) => `${verb} ${kind} ${show(of)}`
  const create = record.map((one) =>
    step(about('create', one), (store, model) =>
      alike(
        about('create', one),
        () => store.create(kind, one),
        () => model.create(kind, one),
      ),
    ),
  )
  const update = fc.tuple(asked, record).map(([id, more]) => {
    const change = (old: Records[K]): Records[K] => ({ ...old, ...more, id: old.id })
    return step(about('update', more), (store, model) =>
      alike(
        about('update', id),
        () => store.update(kind, id, change),
        () => model.update(kind, id, change),
      ),
    )
  })
  const byId = fc.tuple(fc.constantFrom('get', 'delete', 'take'), asked).map(([verb, id]) =>
    step(about(verb, id), (store, model) =>
      alike(
        about(verb, id),
        () => store[verb](kind, id),
        () => model[verb](kind, id),
      ),
    ),
  )
  const arbitraries: fc.Arbitrary<Step>[] = [create, create, create, update, update, byId, byId]
  if (Object.keys(unique).length > 0)
    arbitraries.push(
      fc
        .tuple(fc.constantFrom(...Object.keys(unique)), record, asked, fc.boolean())
        .map(([field, one, odd, own]) => {
          const value = (own ? unique[field]?.(one) : undefined) ?? odd
          return step(about('getBy', [field, value]), (store, model) =>
            alike(
              about('getBy', [field, value]),
              () => store.getBy(kind, field, value),
              () => model.getBy(kind, field, value),
            ),
          )
        }),
    )
  const plainOnes = Object.entries(lookups).flatMap(([name, rule]) => (rule.sort || rule.many ? [] : [name]))
  if (Object.keys(lookups).length > 0)
    arbitraries.push(
      fc
        .record({
          by: fc.constantFrom(...Object.keys(lookups)),
          one: record,
          odd: asked,
          own: fc.boolean(),
          prefix: maybe(names),
          limit: fc.constantFrom(1, 2, 3, 1000),
          descending: fc.boolean(),
          further: fc.constantFrom(undefined, ...plainOnes),
          examined: fc.constantFrom(1, 2, 3, 1000),
        })
        .map(({ by, one, odd, own, prefix, limit, descending, further, examined }) => {
          const valueUnder = (name: string) => (own ? [lookups[name]?.of(one)].flat()[0] : undefined) ?? odd
          const value = valueUnder(by)
          const also = plainOnes.includes(by) &&
            further !== undefined && {
              also: { values: [{ by: further, value: valueUnder(further) }], examined },
            }
          const lookup = { by, value, ...(lookups[by]?.sort && { prefix }), ...also } as unknown as Lookup<K>
          const page = { limit, descending }
          return step(about('find', [lookup, page]), (store, model) =>
            alike(
              about('find', [lookup, page]),
              () => allPages(store, kind, lookup, page),
              () => model.find(kind, lookup, page),
            ),
          )
        }),
    )
  return fc.oneof(...arbitraries)
}

const passing = fc.constantFrom(1, 2, 5).map((seconds) =>
  step(`${seconds} s pass`, async (_store, _model, time) => {
    time.now += seconds
  }),
)
const sweeping = fc.constantFrom(1, 3, 10_000).map((limit) =>
  step(`sweep ${limit}`, async (store, _model, time) => {
    assert.ok((await store.sweep(time.now, limit)) <= limit)
  }),
)
const anyStep = fc.oneof(
  ...(Object.keys(records) as Modelled[]).map((kind) => ({
    weight: 5,
    arbitrary: stepsOf(kind, records[kind] as fc.Arbitrary<never>),
  })),
  { weight: 1, arbitrary: passing },
  { weight: 1, arbitrary: sweeping },
)

export function modelled(on: On): void {
  on('random sequences of verbs are answered as by a store in memory', async (store, time) => {
    let first = true
    const sequence = fc.array(anyStep, { minLength: steps, maxLength: steps })
    await fc.assert(
      fc.asyncProperty(sequence, async (all) => {
        time.now = epoch
        if (!first) await emptied(store)
        first = false
        const model = new ModelStore(time)
        for (const { run } of all) await run(store, model, time)
      }),
      { numRuns: sequences, endOnFailure: true },
    )
  })
}

/** For the next sequence. */
async function emptied(store: Store): Promise<void> {
  const kept = Object.keys(records) as Modelled[]
  await Promise.all(kept.flatMap((kind) => wellFormed.map((id) => store.delete(kind, id))))
  await store.sweep(epoch)
}
