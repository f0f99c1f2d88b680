// What every engine must do, as a library: an engine's test calls `storeContract` with a way to open it. The rules
// that concern several processes run in real ones (contract-child.ts), which open the same store by the engine's name.
import { test } from 'node:test'
import { counts } from './contract/counts.ts'
import { durability } from './contract/durability.ts'
import { expiry } from './contract/expiry.ts'
import { lookups } from './contract/lookups.ts'
import { modelled } from './contract/model.ts'
import { singleRecords } from './contract/one-record.ts'
import type { On, Place, Rule } from './contract/place.ts'
import { processes } from './contract/processes.ts'
import { swaps } from './contract/swaps.ts'
import { uniqueness } from './contract/uniqueness.ts'
import { watching } from './contract/watching.ts'
import { epoch } from './sample.ts'

/**
 * `place` gives an empty store, which the suite removes.
 * @param options `severally`: also the rules with several processes; `randomly`: also random sequences with odd texts, which takes a server that compares by code points
 */
export function storeContract(
  engine: string,
  place: () => Promise<Place>,
  { randomly = true, severally = true }: { readonly randomly?: boolean; readonly severally?: boolean } = {},
): void {
  const rule: Rule = (title, run) =>
    test(`${engine}: ${title}`, async (t) => {
      const at = await place()
      t.after(() => at.remove())
      await run(t, at)
    })
  const on: On = (title, run) =>
    rule(title, async (t, at) => {
      const time = { now: epoch }
      const store = await at.open({ clock: () => time.now })
      t.after(() => store.close())
      await run(store, time)
    })
  singleRecords(on)
  uniqueness(on)
  lookups(on)
  counts(on)
  expiry(on)
  swaps(on)
  watching(on)
  if (randomly) modelled(on)
  if (!severally) return
  processes(rule)
  durability(rule)
}
