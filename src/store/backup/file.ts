// Backup files: created with mode 0600, written completely or not at all, never overwriting a file. Compressed when the name ends
// in `.gz`; on reading, gzip is detected by its first bytes.
import { randomBytes } from 'node:crypto'
import * as fs from 'node:fs'
import { addAbortSignal } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { Problem } from '../../problem.ts'
import { pathExists } from '../../secure/private-files.ts'

/** Most of a backup is encrypted text, which higher levels hardly compress further. */
const gzipLevel = 1

/**
 * What a compressed backup may unpack to: `free` bytes, and `factor` times what was read of it so far. gzip reaches a
 * factor of 1,000 with what was made to fill a disk; ours, which are mostly sealed text, stay under 20. A record is
 * bounded by `longestLine` (lines.ts).
 */
export const expansion = { free: 16 * 1024 * 1024, factor: 100 }

/** `-` for standard output. @throws Problem when it cannot be written */
export async function writeBackup(
  path: string,
  text: AsyncIterable<string>,
  stopped?: AbortSignal,
): Promise<void> {
  const signal = stopped ? { signal: stopped } : {}
  if (path === '-') return writing(path, pipeline(text, process.stdout, { end: false, ...signal }))
  if (pathExists(path)) throw new Problem('conflict', `\`${path}\` is there: name another file`)
  const aside = `${path}.${process.pid}.${randomBytes(6).toString('hex')}`
  try {
    // Opened before anything can fail: a stream that opens it by itself may do so after it was removed.
    const file = (await writing(path, fs.promises.open(aside, 'wx', 0o600))).createWriteStream({
      flush: true,
    })
    const written = path.endsWith('.gz')
      ? pipeline(text, createGzip({ level: gzipLevel }), file, signal)
      : pipeline(text, file, signal)
    await writing(path, written)
    await writing(path, fs.promises.link(aside, path))
  } finally {
    fs.rmSync(aside, { force: true })
  }
}

async function writing<T>(path: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (isSystemError(error))
      throw new Problem('invalid_input', `cannot write \`${path}\`: ${(error as Error).message}`)
    throw error
  }
}

/** `-` for standard input. @throws Problem when it cannot be read, or is truncated or damaged gzip */
export async function* readBackup(path: string, stopped?: AbortSignal): AsyncGenerator<Buffer> {
  const raw = path === '-' ? process.stdin : fs.createReadStream(path, { highWaterMark: 1024 * 1024 })
  if (stopped) addAbortSignal(stopped, raw) // what comes through a pipe may come late, or never
  try {
    yield* plain(raw[Symbol.asyncIterator]())
  } catch (error) {
    if (isSystemError(error))
      throw new Problem('invalid_input', `cannot read \`${path}\`: ${(error as Error).message}`)
    if ((error as NodeJS.ErrnoException).code?.startsWith('Z_'))
      throw new Problem('invalid_input', `\`${path}\` was cut off or changed: take a whole copy`)
    throw error
  }
}

async function* plain(chunks: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  const first = await chunks.next()
  if (first.done) return
  let read = 0
  async function* all(): AsyncGenerator<Buffer> {
    read += first.value.length
    yield first.value
    for await (const chunk of { [Symbol.asyncIterator]: () => chunks }) {
      read += chunk.length
      yield chunk
    }
  }
  // RFC 1952 §2.3.1
  if (first.value[0] !== 0x1f || first.value[1] !== 0x8b) return yield* all()
  const gunzip = createGunzip()
  pipeline(all(), gunzip).catch(() => undefined) // `gunzip` ends with the same error
  let unpacked = 0
  for await (const piece of gunzip as AsyncIterable<Buffer>) {
    unpacked += piece.length
    if (unpacked > expansion.free + expansion.factor * read)
      throw new Problem(
        'invalid_input',
        `the backup unpacks to more than ${expansion.factor} times its size, which no backup of ours does`,
      )
    yield piece
  }
}

const isSystemError = (error: unknown): boolean => error instanceof Error && 'syscall' in error
