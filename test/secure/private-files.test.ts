import assert from 'node:assert/strict'
import { test } from 'node:test'
import { othersHaveAccess } from '../../src/secure/private-files.ts'

const own = 1000
const foreign = 2000
const groups = [own, 3000]

// biome-ignore format: a table
const rows: readonly (readonly [bits: number, mode: number, gid: number, others: boolean])[] = [
  [0o7, 0o600, foreign, false], [0o7, 0o400, foreign, false],
  [0o7, 0o640, foreign, true], [0o7, 0o620, foreign, true], [0o7, 0o610, foreign, true],
  [0o7, 0o640, own, false], [0o7, 0o660, own, false], [0o7, 0o440, 3000, false],
  [0o7, 0o604, own, true], [0o7, 0o602, own, true], [0o7, 0o664, own, true],
  [0o2, 0o755, foreign, false], [0o2, 0o775, foreign, true], [0o2, 0o775, own, false],
  [0o2, 0o757, own, true], [0o2, 0o777, own, true], [0o2, 0o1777, own, true], [0o2, 0o2770, own, false],
]

for (const [bits, mode, gid, others] of rows)
  test(`mode ${mode.toString(8)} of ${gid === foreign ? 'a foreign' : 'an own'} group ${others ? 'gives' : 'does not give'} others ${bits === 2 ? 'writing' : 'anything'}`, () => {
    assert.equal(othersHaveAccess(bits, { mode: 0o100000 | mode, gid }, groups), others)
  })
