// Acts that end or grant something need a recent sign-in; a form that was open for too long keeps what was typed.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { CreateAccessKeyCommand, ListAccessKeysCommand, UpdateAccessKeyCommand } from '@aws-sdk/client-iam'
import { recentSignInSeconds } from '../../src/console/frame/request.ts'
import { iamOf } from '../admin/call.ts'
import { headingOf, problemOf } from '../support/form-browser.ts'
import { enrol } from '../support/person.ts'
import { startServer } from '../support/server.ts'

const shiftedClock = resolve(import.meta.dirname, '../support/clock/shifted-clock.ts')

test('after five minutes an act asks to sign in again, and a form keeps what was typed', {
  timeout: 90_000,
}, async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-fresh-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  const clock = join(dir, 'clock')
  const server = await startServer({ env: { CLOCK_FILE: clock }, nodeFlags: ['--import', shiftedClock] })
  t.after(() => server.stop())
  const { browser, code } = await enrol(server)
  const invite = await browser.open('/console/people/invite')
  const newApp = await browser.open('/console/apps/new?kind=grafana')
  const callback = 'https://g.example/login/generic_oauth'
  const board = { client_name: 'Board', client_id: 'board', redirect_uris: callback, access: 'everyone' }
  assert.equal((await browser.send(newApp, board, '/console/apps/new')).status, 200)
  await fetch(
    `${server.url}/authorize?${new URLSearchParams({ client_id: 'board', redirect_uri: 'https://evil.example/cb', response_type: 'code', scope: 'openid' })}`,
  )
  const status = await browser.get('/console/apps/board/sign-in-status')
  const addPath = /href="([^"]+\/redirects\/[^"]+)"/.exec(status.text)?.[1] ?? ''
  const add = await browser.open(addPath)
  const profile = await browser.open('/console/people/admin')
  const many = await browser.open('/console/people/invite/many')
  const act = await browser.open('/console/people/admin/sign-out')
  const iam = iamOf(server)
  t.after(() => iam.destroy())
  const UserName = 'admin'
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
  const AccessKeyId = AccessKey?.AccessKeyId
  const stateOfKey = async () =>
    (await iam.send(new ListAccessKeysCommand({ UserName }))).AccessKeyMetadata?.[0]?.Status
  const activeKey = await browser.open('/account/keys')
  await iam.send(new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status: 'Inactive' }))
  const inactiveKey = await browser.open('/account/keys')
  writeFileSync(clock, String((recentSignInSeconds + 5) * 1000))
  // Shifted is what Date.now() says; the file is read once in a while.
  for (let at = 0; at < 100; at++) {
    if ((await browser.get('/console/people/invite')).status === 303) break
    await new Promise((done) => setTimeout(done, 100))
  }
  for (const path of [
    '/console/people/invite',
    '/console/people/admin/disable',
    '/console/access/new',
    '/console/apps/new',
    '/console/apps/new?kind=grafana',
    addPath,
  ])
    assert.match((await browser.get(path)).location ?? '', /\/sign-in\//, path)
  // A key that works again is as good as a new one; one is stopped at any time.
  const activated = await browser.send(inactiveKey, {}, '/account/keys/status')
  assert.match(activated.location ?? '', /\/sign-in\//)
  assert.equal(await stateOfKey(), 'Inactive')
  await iam.send(new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status: 'Active' }))
  await browser.send(activeKey, {}, '/account/keys/status')
  assert.equal(await stateOfKey(), 'Inactive')
  // The page says what the sign-in is for; pages of the account need it for something else.
  assert.equal(recentSignInSeconds, 5 * 60)
  for (const [language, heading, purpose] of [
    [
      'de',
      'Bestätigen Sie Ihre Identität',
      /Um Personen, Apps, Richtlinien oder Einstellungen zu ändern.*fünf Minuten/,
    ],
    ['fr', 'Confirmez votre identité', /Pour modifier des personnes.*cinq minutes/],
    ['es', 'Confirma que eres tú', /Para cambiar personas.*cinco minutos/],
    ['ja', '本人確認', /ユーザー、アプリ、ポリシー、設定を変更するには.*5 分間/],
    [
      'en',
      'Confirm it is you',
      /To change people, apps, policies or settings, confirm that it is you\. .* five minutes\./,
    ],
  ] as const) {
    await browser.get(`/language/${language}`)
    const asked = await browser.open('/console/people/invite')
    assert.equal(headingOf(asked), heading)
    assert.match(asked.text, purpose)
  }
  for (const [language, purpose] of [
    ['de', /Um Ihre Anmeldung zu ändern.*fünf Minuten/],
    ['fr', /Pour modifier votre connexion.*cinq minutes/],
    ['es', /Para cambiar cómo inicias sesión.*cinco minutos/],
    ['ja', /サインイン方法を変更.*5 分間/],
    ['en', /To change how you sign in or to see your keys, codes and data, .* five minutes\./],
  ] as const) {
    await browser.get(`/language/${language}`)
    const ofAccount = await browser.open('/account/password')
    assert.match(ofAccount.text, purpose)
    assert.doesNotMatch(ofAccount.text, /To change people/)
  }
  for (const [page, action, fields] of [
    [invite, '/console/people/invite', { name: 'typed-already' }],
    [profile, '/console/people/admin', { name: 'admin', displayName: 'typed-already' }],
  ] as const) {
    const sent = await browser.send(page, fields, action)
    assert.equal(sent.status, 422, action)
    assert.match(problemOf(sent) ?? '', /Your sign-in is too old/)
    assert.match(sent.text, /value="typed-already"/)
    assert.match(sent.text, /href="\/console\/again"/)
  }
  const file = { file: { name: 'people.csv', content: 'name\nada\n' } }
  const sent = await browser.upload(many, { groups: 'typed-already' }, file, '/many')
  assert.equal(sent.status, 422)
  assert.match(problemOf(sent) ?? '', /Your sign-in is too old/)
  assert.match(sent.text, /id="field-file-problem">Choose the file again\.<.*value="typed-already"/s)
  assert.match((await browser.send(act, {}, '/console/people/admin/sign-out')).location ?? '', /\/sign-in\//)
  assert.match((await browser.send(add, {}, addPath)).location ?? '', /\/sign-in\//)
  assert.doesNotMatch((await browser.get('/console/apps/board/sign-in-status')).text, /is registered now/)
  const stale = await browser.send(newApp, { ...board, client_id: 'other' }, '/console/apps/new')
  assert.equal(stale.status, 422)
  assert.ok(stale.text.includes(`>\n${callback}</textarea>`))
  assert.equal((await browser.get('/console/apps/other')).status, 404)
  // Signing in again, as in another tab, is enough to send the same form once more.
  const again = await browser.open('/console/again')
  const factor = await browser.submit(again, { username: 'admin', password: server.admin.password })
  const home = await browser.submit(factor, { code: await code(recentSignInSeconds + 5) })
  assert.equal(home.url, `${server.url}/console`)
  const made = await browser.send(invite, { name: 'typed-already' }, '/console/people/invite')
  assert.equal(made.status, 200, problemOf(made))
})
