// Attack 4: a code or refresh token redeemed by another client (Pocket ID CVE-2026-28513, ZITADEL CVE-2026-55672); a
// code not bound to its redirect URI, verifier or DPoP key.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Browser, basic, codeFor, pkce, post } from '../oidc/browser.ts'
import { dpop, proofKey } from '../oidc/dpop.ts'
import { open, type Running } from '../oidc/open.ts'
import { redeemCode, refresh, web, webBack, webCode, webTokens } from './oidc-stage.ts'

let at: Running
before(async () => {
  at = await open()
})
after(() => at.close())

const third = basic('third', 'third-secret-third')

test('4: a code is for the client it was given to', async () => {
  const code = await webCode(at)
  assert.equal((await redeemCode(at, code, third)).body['error'], 'invalid_grant')
  assert.equal((await redeemCode(at, code)).status, 200, 'and the attempt spent nothing')
})

test('4: a refresh token is for the client it was given to', async () => {
  const { refresh: token } = await webTokens(at)
  assert.equal((await refresh(at.issuer, token, third)).body['error'], 'invalid_grant')
  assert.equal((await refresh(at.issuer, token)).status, 200)
})

const wrong: readonly (readonly [string, Record<string, string>])[] = [
  ['another redirect URI', { redirect_uri: 'https://app.example/other' }],
  ['no redirect URI', { redirect_uri: '' }],
  ['another verifier', { code_verifier: pkce().verifier }],
  ['no verifier', { code_verifier: '' }],
  ['the challenge as verifier', { code_verifier: 'CHALLENGE' }],
  ['a truncated code', { code: 'TRUNCATED' }],
]
for (const [what, change] of wrong) {
  test(`4: a code with ${what} is refused and stays unspent`, async () => {
    const { code, verifier } = await webCode(at)
    const fields: Record<string, string> = {
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
      redirect_uri: webBack,
      ...change,
    }
    if (fields['code'] === 'TRUNCATED') fields['code'] = code.slice(0, -1)
    for (const [name, value] of Object.entries(fields)) if (value === '') delete fields[name]
    const answer = await post(`${at.issuer}/token`, fields, web)
    assert.equal(answer.status, 400)
    assert.equal((await redeemCode(at, { code, verifier })).status, 200)
  })
}

test('4: PKCE is required of public clients, and S256 alone of all', async () => {
  const spa = { client_id: 'spa', redirect_uri: 'https://spa.example/cb' }
  const start = (extra: Record<string, string>) =>
    new Browser(at.issuer).go(
      `/authorize?${new URLSearchParams({ client_id: 'web', redirect_uri: webBack, response_type: 'code', scope: 'openid', ...extra })}`,
    )
  for (const extra of [
    spa,
    { ...spa, code_challenge: pkce().challenge },
    { code_challenge: pkce().challenge },
    { code_challenge: 'a'.repeat(43), code_challenge_method: 'plain' },
  ]) {
    const answer = await start(extra)
    assert.equal(new URL(answer.url).searchParams.get('error'), 'invalid_request', JSON.stringify(extra))
  }
})

test('4: a code bound to a DPoP key is redeemed with that key alone', async () => {
  const key = await proofKey()
  const other = await proofKey()
  const { code, verifier } = await codeFor(new Browser(at.issuer), {
    client_id: 'web',
    redirect_uri: webBack,
    dpop_jkt: key.jkt,
  })
  const url = `${at.issuer}/token`
  for (const headers of [{}, { dpop: await dpop(other, 'POST', url) }]) {
    assert.equal((await redeemCode(at, { code, verifier }, { ...web, ...headers })).status, 400)
  }
})

test('4: tokens bound to a DPoP key are refreshed and used with that key alone; a proof counts once', async () => {
  const key = await proofKey()
  const other = await proofKey()
  const url = `${at.issuer}/token`
  const redirect_uri = 'https://spa.example/cb'
  const { code, verifier } = await codeFor(new Browser(at.issuer), { client_id: 'spa', redirect_uri })
  const proof = await dpop(key, 'POST', url)
  const made = await post(
    url,
    { grant_type: 'authorization_code', client_id: 'spa', code, code_verifier: verifier, redirect_uri },
    { dpop: proof },
  )
  assert.equal(made.body['token_type'], 'DPoP', JSON.stringify(made.body))
  const again = (headers: Record<string, string>) =>
    post(
      url,
      { grant_type: 'refresh_token', client_id: 'spa', refresh_token: String(made.body['refresh_token']) },
      headers,
    )
  assert.equal((await again({})).status, 400)
  assert.equal((await again({ dpop: await dpop(other, 'POST', url) })).status, 400)
  assert.equal((await again({ dpop: proof })).status, 400, 'a proof counts once')
  const next = await again({ dpop: await dpop(key, 'POST', url) })
  assert.equal(next.status, 200)
  const lost = await again({ dpop: await dpop(key, 'POST', url) })
  assert.equal(lost.body['refresh_token'], next.body['refresh_token'], 'the same key gets the same successor')
  const me = (headers: Record<string, string>) => fetch(`${at.issuer}/userinfo`, { headers })
  const token = String(next.body['access_token'])
  assert.equal((await me({ authorization: `Bearer ${token}` })).status, 401)
  assert.equal(
    (
      await me({
        authorization: `DPoP ${token}`,
        dpop: await dpop(other, 'GET', `${at.issuer}/userinfo`, token),
      })
    ).status,
    401,
  )
  assert.equal(
    (
      await me({
        authorization: `DPoP ${token}`,
        dpop: await dpop(key, 'GET', `${at.issuer}/userinfo`, token),
      })
    ).status,
    200,
  )
})

test('4, 5: of twenty requests with the same DPoP proof one is accepted', async () => {
  const key = await proofKey()
  const url = `${at.issuer}/token`
  const proof = await dpop(key, 'POST', url)
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      post(
        url,
        { grant_type: 'client_credentials' },
        { ...basic('machine', 'machine-secret-machine'), dpop: proof },
      ),
    ),
  )
  assert.equal(answers.filter(({ status }) => status === 200).length, 1)
})
