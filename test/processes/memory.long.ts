// The short form of `node test/bench/workers.ts --memory MINUTES`.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { drive } from '../bench/load.ts'
import { assumeRoleRequests, ourClientCredentialsRequests, prepareChancery } from '../bench/subjects.ts'

test('memory stays where it is under a load that goes on', async (t) => {
  const server = await prepareChancery()
  t.after(() => server.stop())
  const load = async (times: number) => {
    for (let n = 0; n < times; n++) {
      await drive(server.port, ourClientCredentialsRequests(1000), 16)
      await drive(server.port, assumeRoleRequests(server, 500), 16)
    }
  }
  const resident = () =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.process.pid}/status`, 'utf8'))?.[1]) / 1024
  // Heaps grow and caches fill at first (the long form: 400 MB from 50,000 requests on, flat to 228,000).
  await load(16)
  const warm = resident()
  await load(8)
  const after = resident()
  t.diagnostic(`${warm.toFixed(0)} MB after 24,000 requests, ${after.toFixed(0)} MB after 36,000`)
  // A record of each request that stayed in memory, 10 KB with what hangs on it, would be 120 MB.
  assert.ok(after - warm < 70, `${warm} → ${after} MB`)
})
