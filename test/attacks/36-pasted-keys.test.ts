// attacks.md 36 and 43: every form is looked through for private keys, also those of people who are not signed in. Text that repeats what
// these searches look for takes no longer than other text.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { privateKeyParts, withoutParts, withoutPrivateKeys } from '../../src/secure/private-keys.ts'
import { processorTime, processorTimeOf } from '../support/processor-time.ts'
import { type Running, startServer } from '../support/server.ts'

const timeout = 180_000
const begin = '-----BEGIN PRIVATE KEY-----'
const end = '-----END PRIVATE KEY-----'
/** Bytes of the largest form. */
const size = 60_000
const filled = (text: string, length = size): string => text.repeat(Math.ceil(length / text.length))

let server: Running
before(
  async () => {
    server = await startServer()
  },
  { timeout },
)
after(() => server?.stop())

test('36: a form of backslashes that begins like a key is answered at once', { timeout }, async () => {
  const { pid = 0 } = server.process
  const body = new TextEncoder().encode(`username=${begin}${filled('\\')}`)
  const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: server.url }
  const earlier = processorTimeOf(pid)
  for (const path of ['/sign-out', '/sign-in', '/federation/x/callback'])
    await fetch(`${server.url}${path}`, { method: 'POST', headers, body, redirect: 'manual' })
  assert.ok(processorTimeOf(pid) - earlier < 1000, `${processorTimeOf(pid) - earlier} ms`)
})

test('36: no text takes the search for private keys long', { timeout }, () => {
  const atoms = [
    begin,
    end,
    '-----BEGIN ',
    '-----END',
    'PRIVATE KEY',
    '-----',
    '"d":"',
    "d: '",
    'd',
    'k:',
    'd\t',
  ]
  const others = [' ', '\\', '\n', 'A', 'A'.repeat(16), '"', 'q\\\\\\', ':', '=', '%41', '\\n']
  const all = [...atoms, ...others]
  const slow: string[] = []
  for (const one of all)
    for (const other of all)
      for (const text of [
        `${begin}"${filled(one + other)}`,
        `PRIVATE KEY"${filled(one + other)}${end}`,
        `PRIVATE KEY"${filled(one, size / 2)}${filled(other, size / 2)}`,
      ]) {
        const took = processorTime(() => {
          withoutParts(text, privateKeyParts(text))
          withoutPrivateKeys(text)
        })
        if (took > 250) slow.push(`${took} ms for ${JSON.stringify([one, other])}`)
      }
  assert.deepEqual(slow, [])
})
