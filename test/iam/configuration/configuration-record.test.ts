import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  claimConfiguration,
  nextRecord,
  openActiveConfiguration,
  rollingRestart,
} from '../../../src/iam/configuration/configuration-record.ts'
import { until } from '../../support/waiting.ts'
import { openIamFixture } from '../fixture.ts'

const file = (hash: string, revision?: number) => ({ hash, revision, clients: [hash], resources: [] })
const start = 1_900_000_000

/** Processes that start one after the other: file, seconds since the one before, whether its file counts. */
const starts: readonly (readonly [
  what: string,
  each: readonly (readonly [hash: string, revision: number | undefined, after: number, counts: boolean])[],
])[] = [
  [
    'one file again and again',
    [
      ['a', undefined, 0, true],
      ['a', undefined, 5, true],
    ],
  ],
  [
    'a new file',
    [
      ['a', undefined, 0, true],
      ['b', undefined, 5, true],
    ],
  ],
  [
    'an old process restarts during a rolling restart',
    [
      ['a', undefined, 0, true],
      ['b', undefined, 60, true],
      ['a', undefined, 60, false],
      ['b', undefined, 5, true],
      ['a', undefined, 5, false],
    ],
  ],
  [
    'the file before is put back later',
    [
      ['a', undefined, 0, true],
      ['b', undefined, 60, true],
      ['a', undefined, rollingRestart, true],
      ['b', undefined, 5, false],
    ],
  ],
  [
    'three files within a rolling restart',
    [
      ['a', undefined, 0, true],
      ['b', undefined, 60, true],
      ['c', undefined, 60, true],
      ['a', undefined, 5, false],
      ['b', undefined, 5, false],
    ],
  ],
  [
    'a lower revision, also much later',
    [
      ['a', 1, 0, true],
      ['b', 2, 60, true],
      ['a', 1, 10 * rollingRestart, false],
    ],
  ],
  [
    'a file put back at once with a greater revision',
    [
      ['a', 1, 0, true],
      ['b', 2, 60, true],
      ['a3', 3, 5, true],
    ],
  ],
]
for (const [what, each] of starts)
  test(`41: ${what}`, async (t) => {
    const { store } = await openIamFixture(t)
    let now = start
    for (const [hash, revision, after, counts] of each) {
      now += after
      const outcome = await claimConfiguration(store, file(hash, revision), now, async () => undefined)
      assert.equal(outcome, counts ? 'applies' : 'superseded', `${hash} after ${now - start} s`)
    }
  })

test('41: during a rolling restart two configuration files are not applied alternately', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 30 }), (hashes) => {
      let kept = nextRecord(undefined, file('a'), start)
      const seen = ['a']
      for (const hash of hashes) {
        const next = nextRecord(kept, file(hash), start + 1)
        if (next === 'superseded') continue
        if (next.hash !== kept.hash) {
          assert.ok(!seen.includes(hash), `${hash} came back`)
          seen.push(hash)
        }
        kept = next
      }
    }),
  )
})

test('41: clients missing from a new configuration file are ended before it takes effect, and other processes stop serving them', async (t) => {
  const { store } = await openIamFixture(t)
  const ended: string[] = []
  const claim = (hash: string, clients: readonly string[], resources: readonly string[]) =>
    claimConfiguration(store, { hash, revision: undefined, clients, resources }, start, async (id) => {
      ended.push(id)
    })
  await claim('a', ['wiki', 'shop'], ['https://api.example'])
  const now = await openActiveConfiguration(store)
  t.after(() => now.close())
  assert.deepEqual([now.hasClient('shop'), now.hasResource('https://api.example')], [true, true])
  await claim('b', ['wiki'], [])
  assert.deepEqual(ended, ['shop'])
  await until('the change was read', () => !now.hasClient('shop'))
  assert.deepEqual(
    [now.hasClient('wiki'), now.hasClient('shop'), now.hasResource('https://api.example')],
    [true, false, false],
  )
})
