// Attack 5: two parallel redemptions both succeed (measured on oidc-provider 9.13.3 with an ordinary adapter: 4 to 20
// of 20; Keycloak CVE-2026-1035). Exactly one of twenty wins, also across processes.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Browser, post, type TokenAnswer } from '../oidc/browser.ts'
import { open, type Running } from '../oidc/open.ts'
import {
  isActive,
  type Other,
  otherProcess,
  redeemCode,
  refresh,
  spaRefresh,
  spaTokens,
  web,
  webCode,
  webTokens,
} from './oidc-stage.ts'

const dir = mkdtempSync(join(tmpdir(), 'attack-5-'))
let at: Running
let other: Other
before(async () => {
  at = await open({ dir })
  other = await otherProcess(dir, at.issuer)
})
after(async () => {
  await other.kill()
  await at.close()
  rmSync(dir, { recursive: true, force: true })
})

const twenty = (ask: (url: string) => Promise<TokenAnswer>): Promise<TokenAnswer[]> =>
  Promise.all(Array.from({ length: 20 }, (_, i) => ask(i % 2 === 0 ? at.issuer : other.url)))

function onlyOne(answers: readonly TokenAnswer[]): void {
  assert.equal(
    answers.filter(({ status }) => status === 200).length,
    1,
    JSON.stringify(answers.map(({ status }) => status)),
  )
  for (const { status, body } of answers) {
    if (status !== 200) assert.deepEqual([status, body['error']], [400, 'invalid_grant'])
  }
}

for (let round = 1; round <= 3; round += 1) {
  test(`5: of twenty redemptions of one code in two processes, one wins (round ${round})`, async () => {
    const code = await webCode(at)
    onlyOne(await twenty((issuer) => redeemCode({ issuer }, code)))
  })

  test(`5: of twenty redemptions of one refresh token in two processes, one wins (round ${round})`, async () => {
    const { refresh: token } = await webTokens(at)
    const answers = await twenty((url) => refresh(url, token))
    onlyOne(answers)
    const won = answers.find(({ status }) => status === 200)
    assert.equal(
      (await refresh(at.issuer, String(won?.body['refresh_token']))).status,
      200,
      'and the winner goes on',
    )
  })

  test(`5: of twenty redemptions by a client without a key, at most one wins (round ${round})`, async () => {
    const { refresh: token } = await spaTokens(at)
    const answers = await twenty((url) => spaRefresh(url, token))
    assert.ok(answers.filter(({ status }) => status === 200).length <= 1)
  })
}

test('5: of twenty polls with one device code, one gets tokens', async () => {
  const asked = await post(`${at.issuer}/device/auth`, { scope: 'openid', client_id: 'cli' })
  const browser = new Browser(at.issuer)
  const form = await browser.go('/device')
  const xsrf = /<i>(\w+)<\/i>/.exec(form.body)?.[1] ?? ''
  const done = await browser.submit('/device', {
    xsrf,
    user_code: String(asked.body['user_code']),
    confirm: 'yes',
  })
  assert.match(done.body, /done/)
  const fields = {
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    device_code: String(asked.body['device_code']),
    client_id: 'cli',
  }
  onlyOne(await twenty((url) => post(`${url}/token`, fields)))
})

test('5: a pushed request is used once', async () => {
  const { pkce } = await import('../oidc/browser.ts')
  const pushed = await post(
    `${at.issuer}/par`,
    {
      client_id: 'web',
      response_type: 'code',
      redirect_uri: 'https://app.example/cb',
      scope: 'openid',
      code_challenge: pkce().challenge,
      code_challenge_method: 'S256',
    },
    web,
  )
  assert.equal(pushed.status, 201, JSON.stringify(pushed.body))
  const go = () =>
    new Browser(at.issuer).go(
      `/authorize?client_id=web&request_uri=${encodeURIComponent(String(pushed.body['request_uri']))}`,
    )
  const answers = await Promise.all([go(), go(), go(), go()])
  assert.equal(answers.filter(({ url }) => new URL(url).searchParams.has('code')).length, 1)
})

test('5: the winner of a race keeps what it won', async () => {
  const code = await webCode(at)
  const answers = await twenty((issuer) => redeemCode({ issuer }, code))
  const won = answers.find(({ status }) => status === 200)
  assert.equal(await isActive(at, String(won?.body['access_token'])), true)
})

test('5: a code that is presented again later revokes the tokens it gave', async () => {
  const code = await webCode(at)
  const first = await redeemCode(at, code)
  assert.equal(first.status, 200)
  assert.equal((await redeemCode(at, code)).body['error'], 'invalid_grant')
  assert.equal(await isActive(at, String(first.body['access_token'])), false)
  assert.equal((await refresh(at.issuer, String(first.body['refresh_token']))).status, 400)
})
