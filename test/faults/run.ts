// `npm run faults -- --seed N --engine sqlite|mongodb --minutes M [--seeds COUNT] [--fault NAME]…`: the order of faults and every choice of
// the load come from the seed. Without `--minutes` each fault comes once, briefly.
import { parseArgs } from 'node:util'
import { faults } from './faults.ts'
import { run } from './harness.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1e6) },
    seeds: { type: 'string', default: '1' },
    engine: { type: 'string', default: 'sqlite' },
    minutes: { type: 'string' },
    fault: { type: 'string', multiple: true },
  },
})
const engine = values.engine === 'mongodb' ? 'mongodb' : 'sqlite'
const minutes = values.minutes === undefined ? undefined : Number(values.minutes)
for (const [name, given] of Object.entries(values))
  if (name !== 'engine' && name !== 'fault' && !(Number(given) >= 0))
    throw new TypeError(`--${name} must be a number`)

const { fault: only } = values
for (const name of only ?? [])
  if (!faults.some((one) => one.name === name)) throw new TypeError(`no fault is named ${name}`)

/** Fault → milliseconds until all was back, over all seeds. */
const backAfter = new Map<string, number[]>()
const broken: number[] = []
for (let n = 0; n < Number(values.seeds); n++) {
  const seed = Number(values.seed) + n
  console.log(`seed ${seed}, ${engine}`)
  const long = minutes !== undefined
  const lasts = long ? minutes * 60_000 : 15_000
  const say = (line: string) => console.log(`  ${line}`)
  const report = await run({ seed, engine, lasts, long, say, ...(only && { only }) })
  if (!report) throw new Error(`no server for ${engine}: Go is needed to build one`)
  console.log(`  ${JSON.stringify(report.counts)}`)
  if (report.left.length > 0) console.log(`  not done here: ${report.left.join('; ')}`)
  for (const violation of report.violations) console.error(`  violated: ${violation}`)
  console.log(`  ${report.violations.length === 0 ? 'held' : 'broken'}`)
  if (report.violations.length > 0) broken.push(seed)
  for (const { name, backAfter: ms } of report.faults)
    backAfter.set(
      name,
      [...(backAfter.get(name) ?? []), ms].toSorted((a, b) => a - b),
    )
}
console.log(
  `${engine}: ${values.seeds} seeds, ${broken.length} broken${broken.map((seed) => ` ${seed}`).join()}`,
)
for (const [name, all] of backAfter) {
  const median = all[Math.floor(all.length / 2)]
  console.log(
    `  ${name}: ${all.length} times, back after ${median} ms in the median, ${all.at(-1)} ms at most`,
  )
}
if (broken.length > 0) process.exitCode = 1
