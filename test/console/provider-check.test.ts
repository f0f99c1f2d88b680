// A check of an identity provider in the console: what it shows, and its entry in the audit trail.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { callAdmin } from '../admin/call.ts'
import { call } from '../support/aws-call.ts'
import { headingOf } from '../support/form-browser.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import { type Running, rootKey, startServer } from '../support/server.ts'
import { type CiIssuer, startCiIssuer } from '../support/upstreams/issuer.ts'

const limit = { timeout: 60_000 }
const action = 'chancery:CheckIdentityProvider'
let server: Running
let ci: CiIssuer
let me: Enrolled

before(async () => {
  ci = await startCiIssuer()
  server = await startServer({ env: { CHANCERY_OUTBOUND_ALLOW: '127.0.0.1' } })
  me = await enrol(server)
}, limit)
after(async () => {
  await server?.stop()
  await ci?.stop()
})

const entries = async () => {
  const found = await callAdmin(server.url, { method: 'GET', path: `/audit?action=${action}&order=oldest` })
  return (found.body as { readonly items: readonly Readonly<Record<string, unknown>>[] }).items
}

test(
  'a check of a provider is recorded with its result, and so is one of a provider of another account',
  limit,
  async () => {
    const root = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
    const made = await call(server.url, root, 'iam', 'CreateOpenIDConnectProvider', {
      Url: ci.url,
      'ClientIDList.member.1': 'ci',
    })
    const arn = /<OpenIDConnectProviderArn>([^<]+)</.exec(made.text)?.[1] ?? ''
    assert.notEqual(arn, '', made.text)
    const page = await me.browser.open(`/console/providers/one?arn=${encodeURIComponent(arn)}`)
    const checked = await me.browser.send(page, {}, '/console/providers/check')
    assert.equal(checked.status, 200)
    assert.match(checked.text, /Does it answer\?/)
    const other = 'arn:aws:iam::210987654321:oidc-provider/ci.example'
    const refused = await me.browser.send(page, { arn: other }, '/console/providers/check')
    assert.ok([403, 404].includes(refused.status), headingOf(refused))
    const [first, second] = await entries()
    assert.equal(first?.['who'], `arn:aws:iam::${server.accountId}:user/admin`)
    assert.equal(first?.['resource'], arn)
    assert.equal(first?.['outcome'], 'done')
    const { after: details } = (first?.['details'] ?? {}) as {
      readonly after?: Readonly<Record<string, unknown>>
    }
    const failed = [...checked.text.matchAll(/<li class="decides"><div class="step"><span>([^<]+)/g)]
    assert.deepEqual(
      details?.['failed'],
      failed.map(([, step]) => step),
    )
    assert.deepEqual(Object.keys(details?.['risks'] ?? {}).sort(), ['high', 'low', 'medium'])
    assert.equal(second?.['resource'], other)
    assert.notEqual(second?.['outcome'], 'done')
  },
)
