// `chancery client preview` itself, on the store of a server.
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { runCommandHere } from '../support/command-line.ts'
import { startServer } from '../support/server.ts'
import { storeEnv } from '../support/store.ts'

const config = JSON.stringify({
  clients: [
    {
      client_id: 'grafana',
      client_secret: 'a-secret-of-some-length',
      redirect_uris: ['https://grafana.example/login'],
      claims: { login: 'preferred_username', tenant: { value: 'acme' } },
    },
  ],
})

test('`chancery client preview` prints the tokens of a user in the store, and creates no store', {
  timeout: 60_000,
}, async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-client-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  const env = {
    CHANCERY_DATA: join(dir, 'data'),
    CHANCERY_KEYS: join(dir, 'keys'),
    CHANCERY_CONFIG: join(dir, 'config.yaml'),
  }
  const preview = async (...more: string[]) => {
    const args = ['client', 'preview', '--client', 'grafana', '--user', 'admin', ...more]
    return runCommandHere(args, { env: { ...env, ...(await storeEnv(dir)) } })
  }
  const server = await startServer({ dir, config })
  t.after(() => server.stop())
  const text = await preview('--scope', 'openid profile')
  assert.equal(text.code, 0, text.err)
  assert.match(text.out, /^client grafana, user admin, scope openid profile\n\nID token\n/)
  assert.match(text.out, /^ {2}login +"admin" +mapping, from preferred_username$/m)
  assert.match(text.out, /^ {2}preferred_username +"admin" +user, scope profile$/m)
  assert.match(text.out, /^Access token \(opaque\), introspected$/m)
  const json = JSON.parse((await preview('--json')).out)
  assert.deepEqual(
    json.idToken.find(({ claim }: { claim: string }) => claim === 'tenant'),
    { claim: 'tenant', value: 'acme', origin: 'mapping', detail: 'constant' },
  )
  const unknown = await preview('--user', 'nobody')
  assert.deepEqual([unknown.code, unknown.err.trim()], [2, 'chancery: there is no user `nobody`'])

  const empty = mkdtempSync(join(tmpdir(), 'chancery-client-'))
  t.after(() => rmSync(empty, { recursive: true, force: true }))
  const nowhere = { CHANCERY_DATA: join(empty, 'data'), CHANCERY_KEYS: join(empty, 'keys') }
  const asked = ['client', 'preview', '--client', 'grafana', '--user', 'a']
  const none = await runCommandHere(asked, { env: nowhere })
  assert.equal(none.code, 2)
  assert.match(none.err, /there is no store at/)
  assert.deepEqual(readdirSync(empty), [])
})
