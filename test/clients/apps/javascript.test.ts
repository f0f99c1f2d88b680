// The JavaScript apps of docs/apps.md, run as written, each signing a person in; and every entry of the page with the
// behaviour that its table states.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { decodeProtectedHeader } from 'jose'
import * as oauth from 'oauth4webapi'
import { headingOf } from '../../support/form-browser.ts'
import { signIn } from './oauth4webapi.ts'
import { blockOf, rows, sectionOf, sections } from './page.ts'
import { openStage, type Stage, signInAt, throughPages } from './stage.ts'

const run = promisify(execFile)
let stage: Stage
before(
  async () => {
    stage = await openStage()
  },
  { timeout: 60_000 },
)
after(() => stage?.close())

test('the table of docs/apps.md names every entry and section of the page', () => {
  assert.deepEqual(
    rows.map(({ clientId }) => clientId),
    sections.flatMap(({ clients }) => clients.map(({ client_id }) => client_id)),
  )
  assert.deepEqual(
    [...new Set(rows.map(({ title }) => title))],
    sections.map(({ title }) => title),
  )
})

/** Serves the provider of the page, as Auth.js does in every framework; `/login` posts its form, as its button does. */
const authjsServer = (port: string) => `
import { createServer } from 'node:http'
import { Auth } from '@auth/core'
import { chancery } from './chancery.mjs'
const origin = 'http://localhost:${port}'
const config = { providers: [chancery], secret: 'x'.repeat(32), trustHost: true, basePath: '/api/auth' }
createServer(async (incoming, outgoing) => {
  const ask = (path, init) => Auth(new Request(origin + path, init), config)
  let answer
  if (incoming.url === '/login') {
    const first = await ask('/api/auth/csrf')
    const cookie = first.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ')
    const { csrfToken } = await first.json()
    answer = await ask('/api/auth/signin/chancery', {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ csrfToken, callbackUrl: origin + '/api/auth/session' }),
    })
  } else answer = await ask(incoming.url, { headers: { cookie: incoming.headers.cookie ?? '' } })
  for (const [name, value] of answer.headers) if (name !== 'set-cookie') outgoing.setHeader(name, value)
  outgoing.setHeader('set-cookie', answer.headers.getSetCookie())
  outgoing.writeHead(answer.status).end(await answer.text())
}).listen(${port})
`

const portOf = (title: string): string => new URL(stage.originOf(title)).port
const onePage = (title: string) => ({ 'app.mjs': stage.placed(title, blockOf(title, 'js')) })

type Shown = Readonly<Record<string, unknown>>
// biome-ignore format: a table
const servers: readonly (readonly [title: string, path: string, files: () => Readonly<Record<string, string>>, who: (shown: Shown) => unknown, name: string])[] = [
  ['Express', '/', () => onePage('Express'), (shown) => shown['preferred_username'], 'admin'],
  ['Passport', '/login', () => onePage('Passport'), (shown) => shown['username'], 'admin'],
  ['Auth.js', '/login', () => ({ 'app.mjs': authjsServer(portOf('Auth.js')), 'chancery.mjs': onePage('Auth.js')['app.mjs'] }),
    ({ user }) => user, 'admin@example.com'],
]
for (const [title, path, files, who, name] of servers)
  test(`${title} signs a person in with the lines of the page`, { timeout: 60_000 }, async () => {
    const app = await stage.run(title, files(), { name: process.execPath, args: ['app.mjs'] })
    const page = await signInAt(stage.person, title, app, path)
    assert.equal(page.status, 200, page.text)
    const found = who(JSON.parse(page.text) as Shown)
    assert.ok(JSON.stringify(found).includes(name), page.text)
  })

const withSecret = {
  header: oauth.ClientSecretBasic,
  form: oauth.ClientSecretPost,
  none: () => oauth.None(),
} as const

const machine = 'Programs without people'

test(`${machine}: both sets of lines of the page get a token`, { timeout: 60_000 }, async () => {
  const curl = await run('sh', ['-c', stage.placed(machine, blockOf(machine, 'sh'))])
  const { access_token, token_type, id_token } = JSON.parse(curl.stdout) as Shown
  assert.equal(token_type, 'Bearer')
  assert.equal(id_token, undefined)
  // The page has the server on https; here it is plain http.
  const lines = stage
    .placed(machine, blockOf(machine, 'js'))
    .replace('import {', 'import { allowInsecureRequests,')
    .replace("characters')", "characters', undefined, { execute: [allowInsecureRequests] })")
  const node = await run(process.execPath, ['--input-type=module', '-e', lines])
  const [, token = ''] = /^a token for \d+ seconds: (\S+)$/m.exec(node.stdout) ?? []
  assert.ok(token !== '' && token !== access_token, node.stdout)
})

const signIns = rows.filter(({ title, clientId }) =>
  sectionOf(title).clients.some(({ client_id, redirect_uris }) => client_id === clientId && redirect_uris),
)
assert.equal(signIns.length, rows.length - 1)

for (const row of signIns)
  test(`the entry \`${row.clientId}\` of ${row.title} gives what the table says: PKCE ${row.pkce}, secret ${row.secret}`, {
    timeout: 60_000,
  }, async () => {
    const entry = sectionOf(row.title).clients.find(({ client_id }) => client_id === row.clientId)
    assert.ok(entry)
    const { tokens, idToken, userinfo } = await signIn({
      issuer: new URL(stage.server.url),
      client: { client_id: row.clientId, id_token_signed_response_alg: row.algorithm },
      auth: withSecret[row.secret](entry.client_secret ?? ''),
      redirectUri: stage.placed(row.title, entry.redirect_uris?.[0] ?? ''),
      parameters: { scope: row.scopes },
      pkce: row.pkce !== 'no',
      async answer(request) {
        const end = await throughPages(stage.person, request.href)
        assert.ok(end.location, headingOf(end))
        return new URL(end.location).searchParams
      },
    })
    assert.equal(decodeProtectedHeader(tokens.id_token ?? '').alg, row.algorithm)
    assert.ok(tokens.refresh_token, 'a refresh token comes without offline_access')
    for (const claim of row.claims) {
      assert.notEqual(idToken[claim], undefined, `${claim} in the ID token`)
      assert.notEqual(userinfo[claim], undefined, `${claim} at userinfo`)
    }
  })
