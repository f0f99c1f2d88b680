// How long pages take: milliseconds of the whole request on loopback after a warm-up of three, and of processor time of the server for
// one request, which a busy machine does not change (Linux alone).
import type { FormBrowser } from '../support/form-browser.ts'
import { processorTimeOf } from '../support/processor-time.ts'
import type { Running } from '../support/server.ts'
import { median } from './load.ts'

const warmUp = 3
const nameWidth = 44

/** Prints a row for each page. @param pages name, and the path of each request */
export async function printPageTimes(
  { process: { pid = 0 } }: Running,
  browser: FormBrowser,
  pages: readonly (readonly [name: string, path: () => string])[],
  times: number,
): Promise<void> {
  console.log(`${'page'.padEnd(nameWidth)}   median    worst processor      kB`)
  for (const [name, pathOf] of pages) {
    const took: number[] = []
    let size = 0
    let spent = 0
    for (let n = 0; n < times + warmUp; n++) {
      const path = pathOf()
      const began = performance.now()
      const { status, text } = await browser.get(path)
      if (status !== 200) throw new Error(`${path}: ${status}`)
      if (n === warmUp - 1) spent = -processorTimeOf(pid)
      if (n >= warmUp) took.push(performance.now() - began)
      size = Buffer.byteLength(text) / 1000
    }
    spent += processorTimeOf(pid)
    const cell = (value: number) => value.toFixed(1).padStart(8)
    console.log(
      `${name.padEnd(nameWidth)} ${cell(median(took))} ${cell(Math.max(...took))} ${cell(spent / times)}  ${cell(size)}`,
    )
  }
}
