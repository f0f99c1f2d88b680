// node test/policy/filter-long.ts --cases 100000 [--seed 1]
// The filter against the check over random policies and tables; prints the count, fails on the first difference.
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { randomTable } from './filter/random-tables.ts'
import { sameRows } from './filter/same-rows.ts'

const { values } = parseArgs({
  options: { cases: { type: 'string', default: '100000' }, seed: { type: 'string' } },
})
const started = Date.now()
const seen = new Map<string, number>()
const count = (what: string, by = 1): void => void seen.set(what, (seen.get(what) ?? 0) + by)
fc.assert(
  fc.property(randomTable, (given) => {
    const { allowed, refused } = sameRows(given)
    count('rows allowed', allowed.filter(Boolean).length)
    count('rows', allowed.length)
    for (const [what, why] of Object.entries(refused)) {
      count(`refused ${what}`)
      count(`  ${what}: ${why.replace(/^.*?: cannot/, 'cannot').replace(/`[^`]*`/g, '`…`')}`)
    }
  }),
  { numRuns: Number(values.cases), ...(values.seed === undefined ? {} : { seed: Number(values.seed) }) },
)
console.log(`${values.cases} cases without a difference in ${Math.round((Date.now() - started) / 1000)} s`)
for (const [what, times] of [...seen].sort((a, b) => b[1] - a[1])) console.log(`  ${what}: ${times}`)
