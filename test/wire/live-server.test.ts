// Replacing the server behind a listener: who answers which request, and when the former one closes.
import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { LiveServer, type Replaceable } from '../../src/wire/process/live-server.ts'
import { until } from '../support/waiting.ts'

/** A server that writes its name when `answer` is called, or when it must not hold requests any longer. */
function named(name: string, events: string[]): Replaceable & { answer(): void } {
  const held: (() => void)[] = []
  const handler: RequestListener = (req, res) => {
    events.push(`${name} begins ${req.url}`)
    if (req.url === '/held') held.push(() => res.end(name))
    else res.end(name)
  }
  return {
    handler,
    answer: () => held.forEach((end) => void end()),
    endHeld: () => events.push(`${name} ends what it holds`),
    close: async () => void events.push(`${name} closes`),
  }
}

async function listening(t: TestContext, live: LiveServer<Replaceable>): Promise<string> {
  const server = createServer((req, res) => live.handler(req, res))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  t.after(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const get = async (url: string) => (await fetch(url, { headers: { connection: 'close' } })).text()

test('a request that had begun is answered by the former server, which closes after it', async (t) => {
  const events: string[] = []
  const former = named('former', events)
  const live = new LiveServer<Replaceable>(former, (error) => assert.fail(String(error)))
  const url = await listening(t, live)
  const held = get(`${url}/held`)
  await until('the request is held', () => events.includes('former begins /held'), { every: 1 })
  live.replace(named('next', events))
  assert.equal(await get(`${url}/new`), 'next')
  assert.ok(!events.includes('former closes'))
  former.answer()
  assert.equal(await held, 'former')
  await until('the former closes', () => events.includes('former closes'), { every: 1 })
  assert.deepEqual(events, [
    'former begins /held',
    'former ends what it holds',
    'next begins /new',
    'former closes',
  ])
})

test('a server without requests closes as soon as it is replaced, once', async (t) => {
  const events: string[] = []
  const live = new LiveServer<Replaceable>(named('first', events), (error) => assert.fail(String(error)))
  const url = await listening(t, live)
  assert.equal(await get(`${url}/new`), 'first')
  live.replace(named('second', events))
  live.replace(named('third', events))
  assert.equal(await get(`${url}/new`), 'third')
  assert.deepEqual(
    events.filter((one) => one.endsWith('closes')),
    ['first closes', 'second closes'],
  )
})
