// Replica set failover: what is answered as done is done, once; what is answered as unavailable may be either; and a
// thing that is taken once is never given to two. On a stand-in for a replica set (stand-in-set.ts).
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { Kind } from '../../src/store/records.ts'
import type { Store } from '../../src/store/store.ts'
import { ferretdb } from '../support/databases/mongo-server.ts'
import { type Command, type Fault, notWritable, StandInSet } from '../support/databases/stand-in-set.ts'
import { until } from '../support/waiting.ts'
import { open } from './mongo-place.ts'
import { setting, user } from './sample.ts'

const behind = await ferretdb()
const skip = behind ? false : 'no Go here, which builds the server behind the stand-in'
if (!behind && process.env['CI'] === 'true')
  throw new Error('no server behind the stand-in, and CI allows no skip')
test.after(() => behind?.stop())

interface Bench {
  readonly set: StandInSet
  /** Two processes of the server, and one that looks past the stand-in. */
  readonly ours: readonly [Store, Store]
  readonly truth: Store
}

let made = 0

async function bench(t: TestContext, hosts = 1): Promise<Bench> {
  assert.ok(behind)
  const set = await StandInSet.start({ behind, hosts })
  const dir = mkdtempSync(join(tmpdir(), 'chancery-failover-'))
  const name = `failover-${++made}`
  const at = (url: string) => open(url, join(dir, 'keys'))
  const one = await at(set.url(name))
  const two = await at(set.url(name))
  const truth = await at(`${behind.url}${name}`)
  t.after(async () => {
    set.fault = () => undefined
    await Promise.all([one, two, truth].map((store) => store.close()))
    await set.stop()
    rmSync(dir, { recursive: true, force: true })
  })
  return { set, ours: [one, two], truth }
}

/** The next `times` commands that `which` names fail. */
function failing(set: StandInSet, which: (command: Command) => boolean, fault: Fault, times: number): void {
  let left = times
  set.fault = (command) => (which(command) && left-- > 0 ? fault : undefined)
}

/** `done` with its value, or `unavailable`; anything else is a bug. */
async function answered<T>(work: Promise<T>): Promise<{ readonly done: T } | 'unavailable'> {
  try {
    return { done: await work }
  } catch (error) {
    const { code, retryAfter } = error as { code?: unknown; retryAfter?: unknown }
    if (code !== 'unavailable') throw error
    assert.equal(retryAfter, 1)
    return 'unavailable'
  }
}

const retryable = { errorLabels: ['RetryableWriteError'] }
const error = (code: number, codeName: string, labels: { readonly errorLabels?: readonly string[] }) => ({
  instead: { code, codeName, errmsg: codeName, ...labels },
})
const steppedDown = [
  error(10_107, 'NotWritablePrimary', retryable),
  error(189, 'PrimarySteppedDown', retryable),
  error(11_600, 'InterruptedAtShutdown', retryable),
  error(11_602, 'InterruptedDueToReplStateChange', retryable),
]
const bare = steppedDown.map(({ instead: { code, codeName } }) => error(code, codeName, {}))
const tooLong = error(50, 'ExceededTimeLimit', {})
const noMajority = {
  writeConcernError: {
    code: 64,
    codeName: 'WriteConcernFailed',
    errmsg: 'waiting for replication timed out',
    errInfo: { wtimeout: true },
  },
}

interface Row {
  readonly what: string
  readonly fault: Fault
  readonly times: number
  readonly ends: 'done' | 'unavailable'
}

const named = (answer: Fault['answer']): string => {
  if (answer === 'cut') return 'a cut connection'
  const { code, codeName, errorLabels } = (
    'instead' in answer ? answer.instead : answer.writeConcernError
  ) as {
    code: number
    codeName: string
    errorLabels?: unknown
  }
  return `${codeName} (${code})${errorLabels ? ', retryable' : ''}`
}
const row = (answer: Fault['answer'], carriedOut: boolean, times: number, ends: Row['ends']): Row => ({
  what: `${named(answer)}, ${times === 1 ? 'once' : 'twice'}, ${carriedOut ? 'carried out' : 'not carried out'}: ${ends}`,
  fault: { answer, carriedOut },
  times,
  ends,
})

const rows: readonly Row[] = [
  ...[...steppedDown, 'cut' as const].flatMap((answer) => [
    row(answer, false, 1, 'done'),
    row(answer, true, 1, 'done'),
    row(answer, false, 2, 'unavailable'),
    row(answer, true, 2, 'unavailable'),
  ]),
  ...[...bare, tooLong].flatMap((answer) => [
    row(answer, false, 1, 'unavailable'),
    row(answer, true, 1, 'unavailable'),
  ]),
  row(noMajority, true, 1, 'unavailable'),
]

const commands = { create: 'insert', update: 'update', delete: 'delete', take: 'findAndModify' } as const
type Verb = keyof typeof commands

/** `setting` is not watched, `user` is: before and after the change its revision is written. */
const kinds = ['setting', 'user'] as const
const record = { setting, user }

/** Whether it happened, by what is there now; counts how often. */
const verbs: Readonly<
  Record<Verb, { run(store: Store, kind: 'setting' | 'user', id: string): Promise<unknown> }>
> = {
  create: { run: (store, kind, id) => store.create(kind, record[kind](id)) },
  update: {
    run: (store, kind, id) =>
      kind === 'setting'
        ? store.update('setting', id, (old) => ({ ...old, value: `${old.value}+` }))
        : store.update('user', id, (old) => ({ ...old, path: `${old.path}+` })),
  },
  delete: { run: (store, kind, id) => store.delete(kind, id) },
  take: { run: (store, kind, id) => store.take(kind, id) },
}

const happened = async (truth: Store, verb: Verb, kind: 'setting' | 'user', id: string): Promise<number> => {
  const now = await truth.get(kind, id)
  if (verb === 'create') return now ? 1 : 0
  if (verb !== 'update') return now ? 0 : 1
  assert.ok(now, 'an update keeps the record')
  return ('value' in now ? now.value : now.path).split('+').length - 1
}

/** Each row on one of a few benches at a time: to open one takes longer than to try a row. */
function eachRow(name: string, check: (row: Row, bench: Bench) => Promise<void>): void {
  const lanes = 4
  test(name, { skip, concurrency: lanes }, async (t) => {
    const lane = async (which: number) => {
      const used = await bench(t)
      for (const row of rows.filter((_, at) => at % lanes === which))
        await t.test(row.what, () => check(row, used))
    }
    await Promise.all(Array.from({ length: lanes }, (_, which) => lane(which)))
  })
}

eachRow('each answer of a primary that steps down', async ({ fault, times, ends }, { set, ours, truth }) => {
  const [store] = ours
  const tried = async (kind: 'setting' | 'user', verb: Verb, which: (command: Command) => boolean) => {
    const id = `${verb} ${++made}`
    if (verb !== 'create') await store.create(kind, record[kind](id))
    failing(set, which, fault, times)
    const answer = await answered(verbs[verb].run(store, kind, id))
    set.fault = () => undefined
    return { answer, count: await happened(truth, verb, kind, id), verb, kind }
  }
  for (const kind of kinds)
    for (const verb of Object.keys(commands) as Verb[]) {
      const { answer, count } = await tried(
        kind,
        verb,
        ({ name, collection }) => name === commands[verb] && collection === kind,
      )
      const said = `${verb} ${kind}`
      assert.equal(answer === 'unavailable' ? answer : 'done', ends, said)
      // A retry finds that it was done before: the driver's transaction number says so to the server.
      assert.equal(count, ends === 'done' || fault.carriedOut ? 1 : 0, said)
      if (answer === 'unavailable') continue
      if (verb === 'delete') assert.equal(answer.done, true)
      if (verb === 'take') assert.notEqual(answer.done, undefined, 'who took it has it')
    }
  // The revision before and after a change of a watched kind.
  for (const name of ['update', 'findAndModify']) {
    const { answer, count } = await tried(
      'user',
      'update',
      (command) => command.name === name && command.collection === 'store_revision',
    )
    assert.equal(answer === 'unavailable' ? answer : 'done', ends)
    if (answer !== 'unavailable') assert.equal(count, 1)
    else assert.ok(count <= 1)
  }
})

eachRow(
  'of two takers at a primary that steps down, never both win',
  async ({ fault, times, ends }, bench) => {
    const { set, ours, truth } = bench
    for (let n = 0; n < 3; n++) {
      const id = `once ${++made}`
      await ours[0].create('setting', setting(id))
      failing(set, ({ name }) => name === 'findAndModify', fault, times)
      const won = await Promise.all(ours.map((store) => answered(store.take('setting', id))))
      set.fault = () => undefined
      const winners = won.filter((one) => one !== 'unavailable' && one.done !== undefined).length
      assert.ok(winners <= 1, JSON.stringify(won))
      if (ends === 'done') assert.equal(winners, 1)
      if (winners === 1) assert.equal(await truth.get('setting', id), undefined)
      const after = await ours[1].take('setting', id)
      assert.ok(winners + (after ? 1 : 0) <= 1)
    }
  },
)

test('elections under load: nothing acknowledged is lost, nothing happens twice', { skip }, async (t) => {
  const { set, ours, truth } = await bench(t, 3)
  await ours[0].create('setting', setting('count', ''))
  const count = { done: 0, unavailable: 0 }
  const created: string[] = []
  const taken = { rounds: 0, won: 0, unknown: 0 }
  let elections = 0
  const hadLoad = () => count.done > 20 && created.length > 20 && taken.won > 5
  // A slow machine has the same load over more elections.
  const most = 60
  const going = () => elections < 7 || (elections < most && !hadLoad())
  const note = (answer: object | 'unavailable', into: { done: number; unavailable: number }) =>
    answer === 'unavailable' ? into.unavailable++ : into.done++

  const counting = async (store: Store) => {
    while (going())
      note(
        await answered(store.update('setting', 'count', (old) => ({ ...old, value: `${old.value}+` }))),
        count,
      )
  }
  const creating = async (store: Store, lane: number) => {
    for (let n = 0; going(); n++) {
      const id = `made ${lane} ${n}`
      if ((await answered(store.create('user', user(id)))) !== 'unavailable') created.push(id)
    }
  }
  const taking = async () => {
    while (going()) {
      const id = `once ${taken.rounds++}`
      await truth.create('setting', setting(id))
      const won = await Promise.all([...ours, ...ours].map((store) => answered(store.take('setting', id))))
      const winners = won.filter((one) => one !== 'unavailable' && one.done !== undefined).length
      assert.ok(winners <= 1, `${winners} took ${id}`)
      if (winners === 0) {
        assert.ok(won.includes('unavailable'), `nobody took ${id}`)
        taken.unknown++
      }
      taken.won += winners
    }
  }
  const elect = () => {
    elections++
    set.elect(elections % 3, elections % 2 === 0)
    return !going()
  }
  await Promise.all([
    counting(ours[0]),
    counting(ours[1]),
    creating(ours[0], 0),
    creating(ours[1], 1),
    taking(),
    until('there was a load', elect, { probes: most, every: 600 }),
  ])
  t.diagnostic(JSON.stringify({ elections, count, created: created.length, taken }))
  const value = (await truth.get('setting', 'count'))?.value.length ?? 0
  assert.ok(
    value >= count.done && value <= count.done + count.unavailable,
    `${value} of ${JSON.stringify(count)}`,
  )
  for (const id of created) assert.equal((await truth.get('user', id))?.id, id)
  assert.ok(hadLoad(), 'there was a load')
})

test('a client that knows only secondary hosts gets unavailable, and works after the election', {
  skip,
}, async (t) => {
  const { set, ours } = await bench(t, 2)
  const kind: Kind = 'setting'
  set.fault = () => ({ carriedOut: false, answer: { instead: { ...notWritable } } })
  assert.equal(await answered(ours[0].create(kind, setting('a'))), 'unavailable')
  set.elect(1)
  set.fault = () => undefined
  assert.notEqual(await answered(ours[0].create(kind, setting('b'))), 'unavailable')
  assert.equal((await ours[1].get(kind, 'b'))?.id, 'b')
})
