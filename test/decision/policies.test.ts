import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sha256base64url } from '../../src/secure/digest.ts'
import { bundleOf, readAll, roleId, SmallChancery } from '../support/small-chancery.ts'
import { ask } from './ask.ts'

const issuer = new SmallChancery()
before(() => issuer.start())
after(() => issuer.stop())

test('gives the current documents of a role under their version', async () => {
  const response = await ask(issuer, { path: `/v1/policies?id=${roleId}&version=v1` })
  assert.equal(response.status, 200)
  assert.equal(response.headers.get('etag'), '"v1"')
  assert.deepEqual(await response.json(), {
    id: roleId,
    version: 'v1',
    documents: [{ name: 'reader', document: JSON.stringify(readAll) }],
    boundary: null,
    guardrails: null,
    tags: [],
  })
})

test('answers 304 for a known version, and the new policies after a change', async () => {
  const path = `/v1/policies?id=${roleId}&version=v1`
  const headers = { 'if-none-match': 'W/"v0", "v1"' }
  const same = await ask(issuer, { path, headers })
  assert.equal(same.status, 304)
  assert.equal(await same.text(), '')
  issuer.roles.set(roleId, bundleOf('v2', readAll))
  assert.equal((await ask(issuer, { path, headers })).status, 200)
})

test('session policies too long for a token are given by their hash', async () => {
  const text = JSON.stringify([JSON.stringify(readAll)])
  issuer.longPolicies.set(sha256base64url(text), text)
  const response = await ask(issuer, { path: `/v1/policies?hash=${sha256base64url(text)}` })
  assert.equal(await response.text(), text)
  assert.equal((await ask(issuer, { path: `/v1/policies?hash=${sha256base64url('x')}` })).status, 404)
})

test('a managed policy is returned in its present version, and a deleted one has no document', async () => {
  const arn = 'arn:aws:iam::111122223333:policy/team/reader'
  const path = `/v1/policies?arn=${encodeURIComponent(arn)}`
  issuer.managedPolicies.set(arn, JSON.stringify(readAll))
  const first = await ask(issuer, { path })
  const body = {
    id: arn,
    documents: [{ name: arn, document: JSON.stringify(readAll) }],
    boundary: null,
    tags: [],
  }
  assert.deepEqual(await first.json(), { ...body, version: sha256base64url(JSON.stringify(readAll)) })
  const headers = { 'if-none-match': first.headers.get('etag') ?? '' }
  assert.equal((await ask(issuer, { path, headers })).status, 304)
  issuer.managedPolicies.delete(arn)
  const gone = await ask(issuer, { path, headers })
  assert.deepEqual(await gone.json(), { ...body, documents: [], version: 'deleted' })
  assert.equal((await ask(issuer, { path: '/v1/policies?arn=arn:aws:iam::x:policy/a' })).status, 400)
})

test('unknown roles, malformed ids and repeated parameters are refused', async () => {
  assert.equal((await ask(issuer, { path: '/v1/policies?id=AROANOBODY' })).status, 404)
  for (const query of ['', '?id=', '?id=../x', `?id=${roleId}&id=${roleId}`, '?hash=short', '?id=__proto__'])
    assert.equal((await ask(issuer, { path: `/v1/policies${query}` })).status, 400, query)
})

test('a role of another account does not exist here', async () => {
  issuer.roles.set('AROAELSEWHERE', { ...bundleOf('v1', readAll), accountId: '999988887777' })
  assert.equal((await ask(issuer, { path: '/v1/policies?id=AROAELSEWHERE' })).status, 404)
})

test('a service without the right gets none', async () => {
  issuer.forbidden.add('decision:GetPolicies')
  assert.equal((await ask(issuer, { path: `/v1/policies?id=${roleId}` })).status, 403)
  issuer.forbidden.clear()
})
