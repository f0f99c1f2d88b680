// `mail:` of the configuration file counts from a reload on, and what was set at run time when it is gone again; with two workers.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { callAdmin } from '../admin/call.ts'
import { runCommandHere } from '../support/command-line.ts'
import { startServer } from '../support/server.ts'
import { smtpServer } from '../support/smtp-server.ts'
import { until } from '../support/waiting.ts'

test('the file wins while it has mail, and what is stored stays', { timeout: 180_000 }, async (t) => {
  const [ofFile, ofRunTime] = [await smtpServer(), await smtpServer()]
  const server = await startServer({
    config: '{}\n',
    env: { CHANCERY_OUTBOUND_ALLOW: '127.0.0.1', CHANCERY_WORKERS: '2' },
  })
  t.after(async () => {
    await server.stop()
    await Promise.all([ofFile.close(), ofRunTime.close()])
  })
  const ask = (method: string, path: string, body?: object) =>
    // A connection of its own, so that the next request may be for the other worker.
    callAdmin(server.url, { method, path, ...(body && { body }), headers: { connection: 'close' } })
  const reload = async (config: string) => {
    writeFileSync(join(server.dir, 'config.yaml'), config)
    const env = { CHANCERY_DATA: join(server.dir, 'data') }
    const { code, err } = await runCommandHere(['reload'], { directory: server.dir, env })
    assert.equal(code, 0, err)
  }
  const source = async () => (await ask('GET', '/mail-server')).body.source
  /** Of both workers: more answers in a row than one of them gives by chance. */
  const everySource = (expected: string | undefined) =>
    until(`the source is ${expected}`, async () => {
      for (let asked = 0; asked < 12; asked++) if ((await source()) !== expected) return false
      return true
    })
  const where = (port: number, from: string) => ({ host: '127.0.0.1', port, security: 'none', from })

  await everySource(undefined)
  const set = await ask('PATCH', '/mail-server', where(ofRunTime.port, 'stored@acme.example'))
  assert.equal(set.status, 200)
  await everySource('stored')
  await reload(JSON.stringify({ mail: where(ofFile.port, 'file@acme.example') }))
  await everySource('file')
  const { body } = await ask('GET', '/mail-server')
  assert.deepEqual([body.from, body.port, body.stored], ['file@acme.example', ofFile.port, true])
  assert.equal((await ask('POST', '/mail-server/test', { to: 'ann@acme.example' })).body.accepted, true)
  assert.equal((await ofFile.next('ann@acme.example')).from, 'file@acme.example')
  const refused = await ask('PATCH', '/mail-server', { organization: 'Acme' })
  assert.match(JSON.stringify(refused.body), /set in the configuration file/)
  await reload('{}\n')
  await everySource('stored')
  assert.equal((await ask('POST', '/mail-server/test', { to: 'ben@acme.example' })).body.accepted, true)
  assert.equal((await ofRunTime.next('ben@acme.example')).from, 'stored@acme.example')
  assert.equal(ofFile.received.length, 1)
})
