// Preloaded into a server (`--import`): its wall clock is off by the milliseconds that the file CLOCK_FILE holds, from
// the moment they are written there, as after a jump of the machine's clock. Timers are not: they are monotonic. What is in
// force is written to the file of that name with `.seen`.
import { readFileSync, writeFileSync } from 'node:fs'

const file = process.env['CLOCK_FILE']
const RealDate = Date
let offset = 0
let seen = ''

function look(): void {
  try {
    const text = readFileSync(file ?? '', 'utf8')
    if (text === seen) return
    offset = Number(text) || 0
    seen = text
    writeFileSync(`${file}.seen`, text)
  } catch {
    // Not written yet, or the directory is gone already.
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
