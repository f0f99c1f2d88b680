// prompt=select_account on the running server: continue as the signed-in user, or sign in again.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { pkce } from '../oidc/browser.ts'
import { headingOf } from '../support/form-browser.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'

const back = 'https://app.example/cb'
let server: Running
let person: Enrolled
before(
  async () => {
    server = await startServer({
      config: `clients:
  - client_id: app
    client_secret: app-secret-app-secret
    client_name: The App
    first_party: true
    redirect_uris: ['${back}']
`,
    })
    person = await enrol(server)
  },
  { timeout: 60_000 },
)
after(() => server?.stop())

const path = (more: Readonly<Record<string, string>>) =>
  `/authorize?${new URLSearchParams({
    client_id: 'app',
    redirect_uri: back,
    response_type: 'code',
    scope: 'openid',
    code_challenge: pkce().challenge,
    code_challenge_method: 'S256',
    ...more,
  })}`

test('the signed-in user continues with one click, or signs in with another account', {
  timeout: 60_000,
}, async () => {
  const { browser, code } = person
  const chooser = await browser.open(path({ prompt: 'select_account' }))
  assert.equal(headingOf(chooser), 'Choose an account')
  assert.match(chooser.text, /Continue as admin/)
  const on = await browser.submit(chooser, {}, '/continue')
  assert.ok(new URL(on.location ?? '').searchParams.get('code'), on.location)
  const again = await browser.open(path({ prompt: 'select_account' }))
  const early = await browser.open(`${new URL(again.url).pathname}/password`)
  assert.equal(headingOf(early), 'Choose an account', 'a step of signing in is not reached past the chooser')
  const signIn = await browser.submit(again, {}, '/another')
  assert.equal(headingOf(signIn), 'Sign in')
  const factor = await browser.submit(signIn, {
    username: server.admin.name,
    password: server.admin.password,
  })
  const done = await browser.submit(factor, { code: await code() })
  assert.ok(new URL(done.location ?? '').searchParams.get('code'), headingOf(done))
})

test('a form of another site is rejected by the account chooser', { timeout: 60_000 }, async () => {
  const { browser } = person
  const chooser = await browser.open(path({ prompt: 'select_account' }))
  const uid = new URL(chooser.url).pathname
  for (const answer of ['continue', 'another'])
    assert.equal((await browser.post(`${uid}/${answer}`, { csrf: 'made-up' })).status, 403)
})
