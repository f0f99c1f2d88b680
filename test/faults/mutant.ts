// Preloaded into a server (`--import`): breaks the store in the ways that MUTANT names (`, ` between them), in the source, before it runs.
// Each is a mistake that an engine could make and that no single caller would ever notice.
import { registerHooks } from 'node:module'

/** What stands in the source → what stands there instead. */
type Mutant = readonly (readonly [string, string])[]

const mutants: ReadonlyMap<string, Mutant> = new Map<string, Mutant>([
  // As FerretDB 1 does: finds, then removes.
  [
    'of two takers both win',
    [
      [
        'const body = await this.#queue.add([op.remove, numberOf(kind), id], { kind, id })',
        `const body = this.#reader.get(kind, id, this.#clock())?.body ?? null
    await this.#queue.add([op.remove, numberOf(kind), id], { kind, id })`,
      ],
    ],
  ],
  // A swap that came too late is answered as if it had been done. It takes its time where something is
  // spent, so that few come in time.
  [
    'of two changes both win',
    [
      ["done === 0 ? 'lost' : 'taken'", "done === 0 ? 'done' : 'taken'"],
      [
        'const values: Value[] = [op.update]',
        "if (['artifact', 'mfaDevice'].includes(kind)) await new Promise((next) => setTimeout(next, 200)); const values: Value[] = [op.update]",
      ],
    ],
  ],
  // Of what is spent by being written down: a client assertion's id.
  ['of two creations both win', [['if (done !== 1) throw', "if (done !== 1 && kind !== 'spent') throw"]]],
])

const names = process.env['MUTANT']?.split(', ') ?? []
const mutant = names.flatMap((name) => {
  const found = mutants.get(name)
  if (!found) throw new TypeError(`no mutant is named ${name}`)
  return found
})

if (mutant.length > 0)
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context)
      if (!url.endsWith('/src/store/sqlite/sqlite.ts')) return loaded
      let source = String(loaded.source)
      for (const [of, instead] of mutant) {
        const parts = source.split(of)
        if (parts.length !== 2)
          throw new TypeError('the store is written otherwise now: write this mutant anew')
        source = parts.join(instead)
      }
      return { ...loaded, source }
    },
  })
