// attacks.md 23: hash-cost denial of service. Far more sign-ins at once than may wait must not stop token issue; passwords of a
// megabyte cost nothing. In `npm test` fewer may wait and fewer come; `npm run test:long` sends a thousand to the product's queue.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { basic, post } from '../oidc/browser.ts'
import { csrfOf } from '../support/form-browser.ts'
import { atPassword } from '../support/person.ts'
import { processorTimeOf } from '../support/processor-time.ts'
import { queueOf, realHashes } from '../support/runner/password-hashes.ts'
import { type Running, startServer } from '../support/server.ts'

const queue = queueOf(20)
let server: Running
before(async () => {
  server = await startServer({
    env: { CHANCERY_TRUSTED_PROXIES: '127.0.0.1,::1', ...realHashes({ queue }) },
    config: `clients:
  - client_id: machine
    client_secret: machine-secret-machine
    grant_types: [client_credentials]
`,
  })
})
after(() => server.stop())

async function form() {
  const { browser, page } = await atPassword(server)
  const csrf = csrfOf(page)
  const action = new URL('password', `${page.url}/`).href
  return (fields: Readonly<Record<string, string>>, address: string) =>
    browser.post(action, { csrf, ...fields }, { 'X-Forwarded-For': address })
}

test('23: more sign-ins at once than may wait do not stop token issue, and all are answered', async () => {
  const send = await form()
  const count = Math.max(160, 4 * queue)
  let open = count
  let hashed = 0
  const signIns = Array.from({ length: open }, async (_, i) => {
    const { status, headers } = await send(
      { username: `nobody-${i}`, password: `wrong password ${i}` },
      `198.51.${100 + (i >> 8)}.${i & 255}`,
    )
    open -= 1
    if (status === 401) hashed += 1
    return { status, retryAfter: headers.get('retry-after') }
  })
  const machine = basic('machine', 'machine-secret-machine')
  /** Of each request for a token: how many sign-ins were hashed and answered during it. */
  const hashedMeanwhile: number[] = []
  do {
    const before = hashed
    const { status } = await post(`${server.url}/token`, { grant_type: 'client_credentials' }, machine)
    assert.equal(status, 200)
    hashedMeanwhile.push(hashed - before)
  } while (open > 0)
  const answers = await Promise.all(signIns)
  const refused = answers.filter(({ status }) => status === 429)
  assert.ok(refused.length > count * 0.6, `the queue is bounded: ${refused.length} of ${count} were refused`)
  for (const { retryAfter } of refused) assert.ok(Number(retryAfter) > 0)
  assert.ok(answers.every(({ status }) => status === 429 || status === 401))
  assert.ok(hashedMeanwhile.length > 1, 'tokens were issued while sign-ins were under way')
  const most = Math.max(...hashedMeanwhile)
  assert.ok(most < hashed * 0.6, `a token waited for ${most} of ${hashed} hashes`)
})

test('23: a password of a megabyte is refused unread, one of sixty kilobytes unhashed', async () => {
  const send = await form()
  const huge = await send({ username: 'admin', password: 'x'.repeat(1 << 20) }, '198.51.100.1').catch(
    () => undefined, // the connection may be closed on us before all of it is sent
  )
  assert.ok(huge === undefined || huge.status === 413)
  const before = processorTimeOf(server.process.pid ?? 0)
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, i) =>
      send({ username: 'admin', password: 'x'.repeat(60_000) }, `198.51.100.${i}`),
    ),
  )
  assert.ok(answers.every(({ status }) => status === 401))
  const took = processorTimeOf(server.process.pid ?? 0) - before
  assert.ok(took < 1_000, `${took} ms of processor time`)
})
