// Attack 7: refresh and exchange go on after the user or client was disabled or the consent withdrawn (Pocket ID
// CVE-2026-43983, authentik CVE-2025-64521, ZITADEL CVE-2024-46999).
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { post } from '../oidc/browser.ts'
import { alice, clients, open, type Running } from '../oidc/open.ts'
import { isActive, redeemCode, refresh, web, webCode, webTokens } from './oidc-stage.ts'

let at: Running
before(async () => {
  at = await open()
})
after(() => at.close())

const userinfo = async (token: string) =>
  (await fetch(`${at.issuer}/userinfo`, { headers: { authorization: `Bearer ${token}` } })).status

test('7: a disabled user gets nothing for a code, a refresh token, at userinfo or as a subject', async (t) => {
  const code = await webCode(at)
  const { access, refresh: token } = await webTokens(at, 'openid profile')
  assert.equal((await at.oidc.findSubject(access))?.person.id, alice.id)
  at.people.delete(alice.id)
  t.after(() => at.people.set(alice.id, alice))
  assert.equal((await redeemCode(at, code)).body['error'], 'invalid_grant')
  assert.equal((await refresh(at.issuer, token)).body['error'], 'invalid_grant')
  assert.equal(await userinfo(access), 401)
  assert.equal(await at.oidc.findSubject(access), undefined)
})

test('7: revoking a user ends sessions, consents and tokens', async () => {
  const { access, refresh: token } = await webTokens(at)
  await at.oidc.revokeUser(alice.id)
  assert.equal((await refresh(at.issuer, token)).body['error'], 'invalid_grant')
  assert.equal(await isActive(at, access), false)
  assert.deepEqual(await at.oidc.sessions.list(alice.id), [])
  assert.deepEqual(await at.oidc.sessions.grants(alice.id), [])
})

test('7: withdrawing a consent ends what stands on it, and only its owner can', async () => {
  const { access, refresh: token } = await webTokens(at)
  const [grant] = await at.oidc.sessions.grants(alice.id)
  assert.equal(await at.oidc.sessions.withdraw('AIDASOMEONEELSE', grant?.clientId ?? ''), false)
  assert.equal(await isActive(at, access), true)
  assert.equal(await at.oidc.sessions.withdraw(alice.id, grant?.clientId ?? ''), true)
  assert.equal(await isActive(at, access), false)
  assert.equal(await userinfo(access), 401)
  assert.equal((await refresh(at.issuer, token)).status, 400)
  assert.equal(await at.oidc.findSubject(access), undefined)
})

test('7: a revoked refresh token ends its family', async () => {
  const { access, refresh: token } = await webTokens(at)
  assert.equal((await post(`${at.issuer}/revoke`, { token }, web)).status, 200)
  assert.equal((await refresh(at.issuer, token)).status, 400)
  assert.equal(await isActive(at, access), false)
})

test('7: a client that is no longer configured refreshes nothing', async (t) => {
  const { refresh: token } = await webTokens(at)
  const later = await open({ clients: clients.filter((client) => client.client_id !== 'web') })
  t.after(() => later.close())
  assert.equal((await refresh(later.issuer, token)).status, 401)
})
