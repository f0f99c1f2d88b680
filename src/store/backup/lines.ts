// Splits bytes into lines, in bounded memory.
import { Problem } from '../../problem.ts'

/** Bytes. Twice the size limit of a MongoDB document, so no record is longer. */
export const longestLine = 32 * 1024 * 1024
const lineFeed = 0x0a

/** @throws Problem('invalid_input') for a line that is too long or has no end. */
export async function* linesOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let open: Buffer[] = []
  let size = 0
  let count = 0
  for await (const chunk of bytes) {
    let start = 0
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      const rest = chunk.subarray(start, end + 1)
      yield open.length === 0 ? rest : Buffer.concat([...open, rest])
      count++
      start = end + 1
      open = []
      size = 0
    }
    if (start === chunk.length) continue
    open.push(chunk.subarray(start))
    size += chunk.length - start
    if (size > longestLine)
      throw new Problem('invalid_input', `line ${count + 1} is longer than any record: this is no backup`)
  }
  if (open.length > 0) throw cutOff(count + 1)
}

export const cutOff = (line: number): Problem =>
  new Problem('invalid_input', `the backup ends at line ${line}, before its last line: take a whole copy`)
