// What the faults do to the way to the store is what they say, and nothing worse.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { until } from '../support/waiting.ts'
import { type Line, openLine } from './line.ts'

const later = (ms: number) => new Promise((next) => setTimeout(next, ms))

/** A line, what has come through it, and a connection into it. */
async function through(t: TestContext) {
  let came = ''
  let ended = 0
  const far = createServer((socket) => {
    socket.on('data', (chunk: Buffer) => {
      came += chunk.toString()
    })
    socket
      .on('error', () => undefined)
      .once('close', () => {
        ended += 1
      })
  })
  await new Promise<void>((done) => far.listen(0, '127.0.0.1', done))
  const line: Line = await openLine((far.address() as AddressInfo).port)
  const near: Socket = connect(line.port, '127.0.0.1').setNoDelay()
  near.on('error', () => undefined)
  await once(near, 'connect')
  t.after(async () => {
    near.destroy()
    await line.close()
    far.close()
  })
  return { line, near, came: () => came, ended: () => ended }
}

test('what set out on a slow line is not overtaken when the line is mended', async (t) => {
  const { line, near, came } = await through(t)
  line.delay(200)
  let sent = ''
  for (let n = 0; n < 40; n++) {
    if (n === 20) line.mend()
    near.write(`${n} `)
    sent += `${n} `
    await later(5)
  }
  await until('all has come', () => came().length >= sent.length)
  assert.equal(came(), sent)
})

test('a cut line passes nothing and keeps its connections hanging; mended, it ends them and takes new ones', async (t) => {
  const { line, near, came, ended } = await through(t)
  near.write('before ')
  await until('something has come', () => came() !== '')
  line.cut()
  near.write('lost ')
  await later(100)
  assert.equal(came(), 'before ')
  assert.equal(ended(), 0)
  const closed = once(near, 'close')
  line.mend()
  await closed
  const again = connect(line.port, '127.0.0.1')
  again.write('after')
  await until('the last has come', () => came().endsWith('after'))
  assert.equal(came(), 'before after')
  again.destroy()
})

test('a line that breaks ends the connection instead of passing what came', async (t) => {
  const { line, near, came } = await through(t)
  line.delay(0, () => true)
  const closed = once(near, 'close')
  near.write('never')
  await closed
  assert.equal(came(), '')
})

test('a line mended silently passes what is new; what was there before hangs on', async (t) => {
  const { line, near, came, ended } = await through(t)
  line.cut()
  line.mendSilently()
  near.write('forgotten')
  const again = connect(line.port, '127.0.0.1')
  again.write('new')
  await until('something has come', () => came() !== '')
  await later(100)
  assert.equal(came(), 'new')
  assert.equal(ended(), 0)
  again.destroy()
})
