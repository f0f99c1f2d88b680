// /.well-known/webfinger on the running server.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Running, startServer } from '../support/server.ts'

const rel = 'http://openid.net/specs/connect/1.0/issuer'
let server: Running
before(
  async () => {
    server = await startServer()
  },
  { timeout: 60_000 },
)
after(() => server?.stop())

const ask = (...pairs: [string, string][]) =>
  fetch(`${server.url}/.well-known/webfinger?${new URLSearchParams(pairs)}`)

test('an address leads to the issuer, whoever it is of (RFC 7033, OIDC Discovery §2)', {
  timeout: 60_000,
}, async () => {
  for (const subject of ['acct:admin@corp.example', 'acct:nobody@corp.example', 'https://corp.example/']) {
    const answer = await ask(['resource', subject], ['rel', rel])
    assert.equal(answer.status, 200)
    assert.match(answer.headers.get('content-type') ?? '', /^application\/jrd\+json/)
    assert.equal(answer.headers.get('access-control-allow-origin'), '*')
    assert.deepEqual(await answer.json(), { subject, links: [{ rel, href: server.url }] })
  }
  const other = await ask(['resource', 'acct:a@corp.example'], ['rel', 'http://webfinger.net/rel/avatar'])
  assert.deepEqual(await other.json(), { subject: 'acct:a@corp.example', links: [] })
})

const wrong: readonly (readonly [string, [string, string][]])[] = [
  ['no resource', []],
  [
    'two resources',
    [
      ['resource', 'acct:a@b.example'],
      ['resource', 'acct:c@d.example'],
    ],
  ],
  ['a script', [['resource', 'javascript:alert(1)']]],
  ['a long one', [['resource', `acct:${'x'.repeat(3000)}@b.example`]]],
]
for (const [what, pairs] of wrong) {
  test(`webfinger with ${what} is refused`, { timeout: 60_000 }, async () => {
    assert.equal((await ask(...pairs)).status, 400)
  })
}
