import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import fc from 'fast-check'
import { MessageStream, messageEnd, startTlsResult } from '../../../src/federation/ldap/framing.ts'

/** A message of so many bytes of content, its length written short or in up to four bytes. */
function message(content: Buffer, lengthBytes: number): Buffer {
  const long = Buffer.alloc(4)
  long.writeUInt32BE(content.length)
  const short = content.length < 0x80 && lengthBytes === 0
  const bytes = content.length > 0xffff ? 3 : content.length > 0xff ? 2 : 1
  const written = long.subarray(4 - Math.max(bytes, lengthBytes))
  const length = short
    ? Buffer.from([content.length])
    : Buffer.concat([Buffer.from([0x80 | written.length]), written])
  return Buffer.concat([Buffer.from([0x30]), length, content])
}

async function read(chunks: readonly Buffer[]): Promise<Buffer[]> {
  const socket = new PassThrough()
  const stream = new MessageStream(socket)
  const messages: Buffer[] = []
  stream.on('data', (one: Buffer) => messages.push(one))
  const ended = new Promise((done, fail) => stream.once('end', done).once('error', fail))
  for (const chunk of chunks) socket.write(chunk)
  socket.end()
  await ended
  return messages
}

test('messages are framed correctly however the bytes are split', async () => {
  const messages = fc.array(
    fc
      .tuple(fc.uint8Array({ maxLength: 300 }), fc.nat(4))
      .map(([content, n]) => message(Buffer.from(content), n)),
    { maxLength: 20 },
  )
  await fc.assert(
    fc.asyncProperty(
      messages,
      fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1 }),
      async (sent, cuts) => {
        const all = Buffer.concat(sent)
        const chunks: Buffer[] = []
        for (let at = 0, n = 0; at < all.length; n++) {
          const size = cuts[n % cuts.length] ?? 1
          chunks.push(all.subarray(at, at + size))
          at += size
        }
        assert.deepEqual(await read(chunks), sent)
      },
    ),
    { numRuns: 200 },
  )
})

test('ten thousand messages in one piece are as good', async () => {
  const one = message(Buffer.from([0x02, 1, 1, 0x73, 0]), 0)
  assert.equal((await read([Buffer.concat(Array.from({ length: 10_000 }, () => one))])).length, 10_000)
})

test('what is no LDAP, or too long, ends the connection', async () => {
  const over = Buffer.from([0x30, 0x83, 0x10, 0x00, 0x01])
  for (const [bytes, why] of [
    [Buffer.from('HTTP/1.1'), /not LDAP/],
    [Buffer.from([0x30, 0x80]), /not LDAP/],
    [Buffer.from([0x30, 0x85, 0, 0, 0, 0, 1]), /not LDAP/],
    [over, /over 1048576 bytes/],
  ] as const)
    await assert.rejects(read([bytes]), why)
  const mebibyte = message(Buffer.alloc(1024 * 1024), 0)
  await assert.rejects(read(Array.from({ length: 17 }, () => mebibyte)), /over 16777216 bytes/)
})

test('no bytes make the reader throw anything but that it is no LDAP', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      for (const look of [messageEnd, startTlsResult])
        try {
          look(Buffer.from(bytes))
        } catch (error) {
          assert.match((error as Error).message, /not LDAP|over \d+ bytes|another message/)
        }
    }),
  )
})
