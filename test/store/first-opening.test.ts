import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'

test('processes that make one store at the same moment all open it', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-first-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  const child = join(import.meta.dirname, 'first-opening-child.ts')
  const at = String(Date.now() + 1500)
  const ended = await Promise.all(
    Array.from({ length: 3 }, () => {
      const { promise, resolve } = Promise.withResolvers<string>()
      const one = spawn(process.execPath, [child, dir, at, '15'], { stdio: ['ignore', 'ignore', 'pipe'] })
      let said = ''
      one.stderr.on('data', (chunk: Buffer) => {
        said += chunk.toString()
      })
      one.once('close', (code) => resolve(`${code} ${said}`))
      return promise
    }),
  )
  assert.deepEqual(ended, ['0 ', '0 ', '0 '])
})
