// Preloaded into a server (`--import`): its wall clock is off by the milliseconds that the file CLOCK_FILE holds, from
// the moment they are written there, as after a jump of the machine's clock. Timers are not: they are monotonic.
import { readFileSync } from 'node:fs'

const file = process.env['CLOCK_FILE']
const RealDate = Date
let offset = 0

function look(): void {
  try {
    offset = Number(readFileSync(file ?? '', 'utf8')) || 0
  } catch {
    // Not written yet.
  }
}

class ShiftedDate extends RealDate {
  constructor(...given: [] | [string | number | Date]) {
    if (given.length === 0) super(RealDate.now() + offset)
    else super(...given)
  }

  static override now(): number {
    return RealDate.now() + offset
  }
}

// Libraries know classes by name.
Object.defineProperty(ShiftedDate, 'name', { value: 'Date' })

if (file !== undefined) {
  look()
  setInterval(look, 50).unref()
  globalThis.Date = ShiftedDate as DateConstructor
}
