// Attack 6: reuse of a refresh token is not noticed after a restart or on another process (Keycloak CVE-2026-9802); and
// the cure that is as bad: an honest client that lost the answer is logged out.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { retryWindow } from '../../src/oidc/artifacts/refresh-retry.ts'
import { basic } from '../oidc/browser.ts'
import { open, type Running } from '../oidc/open.ts'
import {
  isActive,
  type Other,
  otherProcess,
  refresh,
  spaRefresh,
  spaTokens,
  webTokens,
} from './oidc-stage.ts'

const dir = mkdtempSync(join(tmpdir(), 'attack-6-'))
let ahead = 0
let at: Running
let other: Other
before(async () => {
  at = await open({ dir, clock: () => Date.now() + ahead })
  other = await otherProcess(dir, at.issuer)
})
after(async () => {
  await other.kill()
  await at.close()
  rmSync(dir, { recursive: true, force: true })
})

test('6: a client that lost the answer gets the same successor again', async () => {
  const { refresh: token } = await webTokens(at)
  const first = await refresh(at.issuer, token)
  const again = await refresh(at.issuer, token)
  assert.equal(again.status, 200)
  assert.equal(again.body['refresh_token'], first.body['refresh_token'])
  assert.equal((await refresh(at.issuer, String(again.body['refresh_token']))).status, 200)
})

test('6: … also on another process', async () => {
  const { refresh: token } = await webTokens(at)
  const first = await refresh(at.issuer, token)
  const again = await refresh(other.url, token)
  assert.equal(again.status, 200, JSON.stringify(again.body))
  assert.equal(again.body['refresh_token'], first.body['refresh_token'])
})

test('6: … but not once the successor was used: then someone else has the token, and all of them end', async () => {
  const { refresh: token, access } = await webTokens(at)
  const second = await refresh(at.issuer, token)
  const third = await refresh(at.issuer, String(second.body['refresh_token']))
  assert.equal((await refresh(at.issuer, token)).body['error'], 'invalid_grant')
  assert.equal((await refresh(at.issuer, String(third.body['refresh_token']))).body['error'], 'invalid_grant')
  assert.equal(await isActive(at, access), false)
  assert.ok(at.events.some(({ what, clientId }) => what === 'refresh_reused' && clientId === 'web'))
})

test('6: … and not after the window', async () => {
  const { refresh: token } = await webTokens(at)
  const second = await refresh(at.issuer, token)
  ahead = retryWindow + 1000
  try {
    assert.equal((await refresh(at.issuer, token)).body['error'], 'invalid_grant')
    assert.equal(
      (await refresh(at.issuer, String(second.body['refresh_token']))).body['error'],
      'invalid_grant',
    )
  } finally {
    ahead = 0
  }
})

test('6: another client that shows a used token ends the family', async () => {
  const { refresh: token } = await webTokens(at)
  const second = await refresh(at.issuer, token)
  const thief = await refresh(at.issuer, token, basic('third', 'third-secret-third'))
  assert.equal(thief.body['error'], 'invalid_grant')
  assert.equal(
    (await refresh(at.issuer, String(second.body['refresh_token']))).body['error'],
    'invalid_grant',
  )
})

test('6: a client without a secret or key may not retry, because it cannot be told from a thief', async () => {
  const { refresh: token } = await spaTokens(at)
  const second = await spaRefresh(at.issuer, token)
  assert.equal(second.status, 200)
  assert.equal((await spaRefresh(at.issuer, token)).body['error'], 'invalid_grant')
  assert.equal(
    (await spaRefresh(at.issuer, String(second.body['refresh_token']))).body['error'],
    'invalid_grant',
  )
})

test('6: reuse is caught on another process, and after that process was killed and started again', async () => {
  const { refresh: token } = await spaTokens(at)
  const second = await spaRefresh(other.url, token)
  assert.equal(second.status, 200)
  await other.kill()
  other = await otherProcess(dir, at.issuer)
  assert.equal((await spaRefresh(other.url, token)).body['error'], 'invalid_grant')
  assert.equal(
    (await spaRefresh(at.issuer, String(second.body['refresh_token']))).body['error'],
    'invalid_grant',
  )
})
