// Preloaded into a server (`--import`): breaks the store in the way that MUTANT names, in the source, before it runs. Each is
// a mistake that an engine could make and that no single caller would ever notice.
import { registerHooks } from 'node:module'

interface Mutant {
  readonly of: string
  readonly instead: string
}

const mutants: ReadonlyMap<string, Mutant> = new Map([
  // As FerretDB 1 does: finds, then removes.
  [
    'of two takers both win',
    {
      of: 'const body = await this.#queue.add([op.remove, numberOf(kind), id], { kind, id })',
      instead: `const body = this.#reader.get(kind, id, this.#clock())?.body ?? null
    await this.#queue.add([op.remove, numberOf(kind), id], { kind, id })`,
    },
  ],
  // A swap that came too late is answered as if it had been done.
  [
    'of two changes both win',
    { of: "done === 0 ? 'lost' : 'taken'", instead: "done === 0 ? 'done' : 'taken'" },
  ],
  // Of what is spent by being written down: a client assertion's id.
  [
    'of two creations both win',
    { of: 'if (done !== 1) throw', instead: "if (done !== 1 && kind !== 'spent') throw" },
  ],
])

const name = process.env['MUTANT']
const mutant = name === undefined ? undefined : mutants.get(name)
if (name !== undefined && !mutant) throw new TypeError(`no mutant is named ${name}`)

if (mutant)
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context)
      if (!url.endsWith('/src/store/sqlite.ts')) return loaded
      const parts = String(loaded.source).split(mutant.of)
      if (parts.length !== 2)
        throw new TypeError('the store is written otherwise now: write this mutant anew')
      return { ...loaded, source: parts.join(mutant.instead) }
    },
  })
