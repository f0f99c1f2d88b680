// The audit trail of a server with two workers, sent to the receiver that the configuration file names.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { callAdmin } from '../admin/call.ts'
import { startServer } from '../support/server.ts'
import { until } from '../support/waiting.ts'

test('two workers send each entry once, a dead receiver holds no request, and metrics show the lag', {
  timeout: 90_000,
}, async (t) => {
  let answers = false
  const got: { readonly id: string; readonly action: string; readonly request: string }[] = []
  const receiver = createServer(async (req, res) => {
    const text = Buffer.concat(await Array.fromAsync(req)).toString()
    // It accepts connections and never answers, until it does.
    if (!answers) return
    got.push(...JSON.parse(text).entries)
    res.writeHead(200).end()
  }).listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  t.after(() => {
    receiver.closeAllConnections()
    receiver.close()
  })
  const { port } = receiver.address() as AddressInfo
  const server = await startServer({
    config: `audit:
  retention_days: 400
  forward:
    - name: siem
      from: beginning
      webhook:
        url: http://127.0.0.1:${port}/audit
        signing_secret: \${env:WEBHOOK_SECRET}
`,
    env: {
      WEBHOOK_SECRET: 'a secret of the webhook test',
      CHANCERY_OUTBOUND_ALLOW: '127.0.0.1',
      CHANCERY_WORKERS: '2',
      CHANCERY_METRICS_PORT: '0',
    },
  })
  t.after(() => server.stop())
  const metricsUrl = /metrics are at (\S+)/.exec(server.output())?.[1] ?? ''
  const lag = async () =>
    /^chancery_audit_forward_lag_seconds\{destination="siem"\} (\d+)$/m.exec(
      await (await fetch(metricsUrl)).text(),
    )?.[1]
  for (let n = 0; n < 10; n++) {
    const made = await callAdmin(server.url, { method: 'POST', path: '/groups', body: { name: `g${n}` } })
    assert.equal(made.status, 201)
  }
  await until('there is a lag', async () => (await lag()) !== undefined, { every: 100 })
  answers = true
  receiver.closeAllConnections()
  const created = () => got.filter(({ action }) => action === 'chancery:CreateGroup')
  await until('all ten have arrived', () => created().length >= 10, { every: 100 })
  assert.equal(new Set(got.map(({ id }) => id)).size, got.length, 'nothing arrives twice')
  await until('there is no lag', async () => (await lag()) === '0', { every: 100 })
  const { body } = await callAdmin(server.url, { path: '/audit-trail' })
  const [{ name, deliveredAt, ...rest }] = body.receivers
  assert.deepEqual([name, body.retentionDays, body.removedBefore], ['siem', 400, undefined])
  assert.deepEqual(
    rest,
    { kind: 'webhook', to: `http://127.0.0.1:${port}` },
    'without the path and a last error',
  )
  assert.ok(Date.parse(deliveredAt) >= Date.parse(body.begins))
})
