// User and password of the connection string, over SCRAM-SHA-256 with a stand-in that takes one user.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { ferretdb } from '../support/databases/mongo-server.ts'
import { StandInSet } from '../support/databases/stand-in-set.ts'
import { run } from '../support/outside-tool.ts'
import { open } from './mongo-place.ts'
import { user } from './sample.ts'

const cli = resolve(import.meta.dirname, '../../src/bin.js')
const behind = await ferretdb()
if (!behind && process.env['CI'] === 'true')
  throw new Error('no server behind the stand-in, and CI allows no skip')
const skip = behind ? false : 'no Go here, which builds the server behind the stand-in'
test.after(() => behind?.stop())

const login = { user: 'chancery-user', password: 'pa$$ word/of@ours', source: 'admin' }
const wrong = 'not-the-passw%40rd'

/** Neither as it is nor percent-encoded. */
const hidden = [
  login.user,
  login.password,
  encodeURIComponent(login.password),
  wrong,
  decodeURIComponent(wrong),
]
function showsNothing(text: string): void {
  for (const secret of hidden) assert.ok(!text.includes(secret), `${secret} in ${text}`)
}

test('the user of the connection string is let in, and no other; nothing shows the password', {
  skip,
}, async (t) => {
  assert.ok(behind)
  const set = await StandInSet.start({ behind, login })
  const dir = mkdtempSync(join(tmpdir(), 'chancery-login-'))
  t.after(async () => {
    await set.stop()
    rmSync(dir, { recursive: true, force: true })
  })
  const keys = join(dir, 'keys')
  const as = (who: string, more = '&authSource=admin') =>
    `${set.url('login').replace('mongodb://', `mongodb://${who}`)}${more}`
  const right = `${login.user}:${encodeURIComponent(login.password)}@`

  const store = await open(as(right), keys)
  await store.create('user', user('AIDA1'))
  assert.equal((await store.get('user', 'AIDA1'))?.id, 'AIDA1')
  await store.close()

  const refusals = [
    [as(`${login.user}:${wrong}@`), /refused the user or the password of CHANCERY_STORE: correct them/],
    [as(`another:${encodeURIComponent(login.password)}@`), /refused the user or the password/],
    [as(right, '&authSource=elsewhere'), /or name the database that holds the user with `authSource`/],
    [as(right, ''), /with `authSource`/],
    [as('', ''), /may not be used by this user: grant it `readWrite`/],
  ] as const
  for (const [url, message] of refusals)
    await assert.rejects(open(url, keys), (error: Error & { code: string }) => {
      assert.equal(error.code, 'unavailable')
      assert.match(error.message, message)
      showsNothing(inspect(error, { depth: 10, showHidden: true }))
      return true
    })

  const env = {
    CHANCERY_STORE: as(`${login.user}:${wrong}@`),
    CHANCERY_DATA: dir,
    CHANCERY_KEYS: keys,
    CHANCERY_PORT: '0',
    NODE_DEBUG: 'net',
    DEBUG: '*',
    MONGODB_LOG_ALL: 'debug',
  }
  for (const args of [
    ['start'],
    ['backup', '--out', join(dir, 'b')],
    ['restore', cli],
    ['audit', 'verify'],
    ['--help'],
  ]) {
    const { code, out, err } = await run(process.execPath, [cli, ...args], env)
    showsNothing(out + err)
    if (args[0] === 'start' || args[0] === 'backup') {
      assert.equal(code, 1, err)
      assert.match(err, /refused the user or the password of CHANCERY_STORE: correct them/)
    }
  }
})
