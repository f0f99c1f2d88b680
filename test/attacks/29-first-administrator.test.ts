// attacks.md 29: a first-administrator step that can be run twice; a default password left in place; key files that
// others can read. And of 16, what one account can show: cursors of another server or of one's own making.
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { call } from '../support/aws-call.ts'
import { headingOf, problemOf } from '../support/form-browser.ts'
import { atPassword } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'

test('29: a second start takes no other password and makes no other administrator', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-twice-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  const first = await startServer({ dir })
  await first.stop()
  const env = {
    CHANCERY_ADMIN_PASSWORD: 'another password altogether',
    CHANCERY_ADMIN_NAME: 'mallory',
  }
  const second = await startServer({ dir, env }).catch((error: unknown) => error as Error)
  // Refusing to start would do as well.
  if (second instanceof Error) return
  t.after(() => second.stop())
  for (const [username, password] of [
    ['admin', env.CHANCERY_ADMIN_PASSWORD],
    ['mallory', env.CHANCERY_ADMIN_PASSWORD],
  ] as const) {
    const { browser, page } = await atPassword(second)
    assert.equal(
      problemOf(await browser.send(page, { username, password })),
      'Incorrect user name or password.',
    )
  }
  const { browser, page } = await atPassword(second)
  const right = await browser.submit(page, { username: 'admin', password: first.admin.password })
  assert.match(headingOf(right), /authenticator/i)
})

test('29: no address makes an administrator, and files with keys are their owner’s alone', async (t) => {
  // A first start of its own, not a copy of another (support/runner/first-start.ts).
  const server = await startServer({ env: { CHANCERY_ADMIN_NAME: 'admin' } })
  t.after(() => server.stop())
  for (const path of ['/setup', '/install', '/bootstrap', '/console/setup', '/admin', '/register/admin'])
    for (const method of ['GET', 'POST'])
      assert.ok((await fetch(server.url + path, { method })).status >= 400, `${method} ${path}`)
  const { browser, page } = await atPassword(server)
  for (const password of ['admin', 'password', 'changeme', ''])
    assert.ok((await browser.send(page, { username: 'admin', password })).status >= 400)
  for (const folder of ['keys', 'data']) {
    const path = join(server.dir, folder)
    assert.ok(existsSync(path))
    assert.equal(statSync(path).mode & 0o077, 0, folder)
    if (folder === 'keys')
      for (const name of readdirSync(path)) assert.equal(statSync(join(path, name)).mode & 0o077, 0, name)
  }
})

test('16: a cursor from another server, from another list, or made by hand is none', async (t) => {
  const servers = await Promise.all([startServer(), startServer()])
  t.after(() => Promise.all(servers.map((one) => one.stop())))
  const root = (server: Running) => ({
    accessKeyId: server.rootKey.id,
    secretAccessKey: server.rootKey.secret,
  })
  const [mine, other] = servers
  const list = (server: Running, action: string, more: Record<string, string> = {}) =>
    call(server.url, root(server), 'iam', action, { MaxItems: '1', ...more })
  const markers: string[] = []
  for (const server of servers) {
    for (const name of ['one', 'two', 'three'])
      await call(server.url, root(server), 'iam', 'CreateUser', { UserName: name })
    markers.push(/<Marker>([^<]+)<\/Marker>/.exec((await list(server, 'ListUsers')).text)?.[1] ?? '')
  }
  const [own = '', foreign = ''] = markers
  assert.ok(own !== '' && foreign !== '')
  assert.equal((await list(mine, 'ListUsers', { Marker: own })).status, 200)
  const flipped = own.slice(0, -2) + (own.endsWith('AA') ? 'BB' : 'AA')
  for (const marker of [
    foreign,
    flipped,
    `${own}A`,
    own.slice(1),
    Buffer.from('{"after":""}').toString('base64'),
  ])
    assert.equal((await list(mine, 'ListUsers', { Marker: marker })).status, 400, marker)
  assert.equal((await list(mine, 'ListRoles', { Marker: own })).status, 400, 'of another list')
  assert.equal((await list(other, 'ListUsers', { Marker: own })).status, 400)
})
