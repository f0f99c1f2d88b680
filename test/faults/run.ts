// `npm run faults -- --seed N --engine sqlite|mongodb --minutes M [--seeds COUNT]`: the order of faults and every choice of
// the load come from the seed. Without `--minutes` each fault comes once, briefly.
import { parseArgs } from 'node:util'
import { run } from './harness.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1e6) },
    seeds: { type: 'string', default: '1' },
    engine: { type: 'string', default: 'sqlite' },
    minutes: { type: 'string' },
  },
})
const engine = values.engine === 'mongodb' ? 'mongodb' : 'sqlite'
const minutes = values.minutes === undefined ? undefined : Number(values.minutes)
for (const [name, given] of Object.entries(values))
  if (name !== 'engine' && !(Number(given) >= 0)) throw new TypeError(`--${name} must be a number`)

for (let n = 0; n < Number(values.seeds); n++) {
  const seed = Number(values.seed) + n
  console.log(`seed ${seed}, ${engine}`)
  const long = minutes !== undefined
  const lasts = long ? minutes * 60_000 : 15_000
  const report = await run({ seed, engine, lasts, long, say: (line) => console.log(`  ${line}`) })
  if (!report) throw new Error(`no server for ${engine}: Go is needed to build one`)
  console.log(`  ${JSON.stringify(report.counts)}`)
  if (report.left.length > 0) console.log(`  not done here: ${report.left.join('; ')}`)
  for (const violation of report.violations) console.error(`  violated: ${violation}`)
  console.log(`  ${report.violations.length === 0 ? 'held' : 'broken'}`)
  if (report.violations.length > 0) process.exitCode = 1
}
