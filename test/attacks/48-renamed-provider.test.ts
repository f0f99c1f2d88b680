// Attack 48: providers change names while somebody is asked whether to connect an identity. What one provider said is never judged by
// the rules of another, which may speak for addresses that the first only claims.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { callAdmin } from '../admin/call.ts'
import {
  answerFor,
  comeThrough,
  isSignedIn,
  openUpstreams,
  providerEntry,
  type Upstream,
  usersOf,
} from '../support/federated.ts'
import { csrfOf, headingOf } from '../support/form-browser.ts'
import { freePort } from '../support/free-port.ts'
import { type Running, startServer } from '../support/server.ts'

const timeout = 180_000
let server: Running
let corp: Upstream
let social: Upstream
before(
  async () => {
    const port = await freePort()
    ;({ corp, social } = await openUpstreams(port))
    const env = { CHANCERY_PORT: String(port), CHANCERY_OUTBOUND_ALLOW: `${corp.host},${social.host}` }
    server = await startServer({ env })
  },
  { timeout },
)
after(async () => {
  await server?.stop()
  corp?.close()
  social?.close()
})

async function change(method: string, path: string, body: object): Promise<void> {
  const answer = await callAdmin(server.url, { method, path: `/identity-providers${path}`, body })
  assert.ok(answer.status < 300, JSON.stringify(answer.body))
}

test('48: an identity is connected by the provider that vouched for it, not by one that has its name since', {
  timeout,
}, async () => {
  const trusted = { kind: 'openid', name: 'trusted', url: 'https://trusted.example' }
  const sign_in = { title: 'Trusted', client_id: 'c', domains: ['corp.example'] }
  for (const entry of [providerEntry(corp, 'corp'), providerEntry(social, 'social'), { ...trusted, sign_in }])
    await change('POST', '', entry)
  const me = corp.person('me', { preferred_username: 'me' })
  const { browser } = await comeThrough(server, corp, 'corp', me)
  assert.ok(await isSignedIn(browser))

  const csrf = csrfOf(await browser.open('/account'))
  const sent = await browser.post('/account/identities/connect', { csrf, provider: 'social' })
  const start = /url=(\S+)/.exec(sent.headers.get('refresh') ?? '')?.[1] ?? ''
  const away = await browser.get(start)
  const claims = { email: 'boss@corp.example', email_verified: true }
  const to = new URL(away.location ?? assert.fail(`${sent.status} ${away.status}`))
  const page = await browser.open((await answerFor(social, { to }, social.person('s', claims))).href)
  assert.equal(headingOf(page), 'Connect social?')
  await change('PATCH', '/social', { name: 'former' })
  await change('PATCH', '/trusted', { name: 'social' })

  const refused = await browser.submit(page, {}, '/connect')
  assert.notEqual(new URL(refused.url).pathname, '/account')
  const user = (await usersOf(server)).find(({ name }) => name === 'me')
  assert.deepEqual(
    user?.identities?.map(({ subject }) => subject),
    ['me'],
  )
  assert.deepEqual([user?.email, user?.emailVerified], [undefined, false])
})
