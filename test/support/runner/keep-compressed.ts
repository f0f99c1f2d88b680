// Loaded before a server that tests start. A server compresses a file of its pages when a browser first asks for it, with the highest
// quality, which took a tenth of the processor time of a test in a browser. What one server compressed is kept for the later ones of a run,
// under a hash of what it was made from.
import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import zlib, { type BrotliOptions, type InputType } from 'node:zlib'

/** In the directory of the bundle (bundle.ts), which is emptied before a run. */
const dir = resolve(import.meta.dirname, '../../../node_modules/.cache/tests/bundle/compressed')
const brotliCompress = promisify(zlib.brotliCompress)

type Callback = (error: Error | null, compressed?: Buffer) => void

async function compressed(body: InputType, options: BrotliOptions): Promise<Buffer> {
  if (typeof body !== 'string' && !Buffer.isBuffer(body)) return brotliCompress(body, options)
  const hash = createHash('sha256').update(JSON.stringify(options)).update('\0').update(body).digest('hex')
  const path = join(dir, hash)
  const kept = await readFile(path).catch(() => undefined)
  if (kept !== undefined) return kept
  const made = await brotliCompress(body, options)
  await mkdir(dir, { recursive: true })
  // Moved into place whole: several servers may come here at once.
  const part = `${path}.${randomUUID()}`
  await writeFile(part, made)
  await rename(part, path)
  return made
}

zlib.brotliCompress = ((body: InputType, ...more: [Callback] | [BrotliOptions, Callback]) => {
  const [options, callback] = more.length === 1 ? [{}, ...more] : more
  compressed(body, options).then((made) => callback(null, made), callback)
}) as typeof zlib.brotliCompress
syncBuiltinESMExports()
