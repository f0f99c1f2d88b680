// What has ended by the server's clock gives no token, at every grant that redeems something stored.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { redeemCode, refresh, webCode, webTokens } from '../attacks/oidc-stage.ts'
import { post, type TokenAnswer } from './browser.ts'
import { open, type Running } from './open.ts'

let at: Running
/** Seconds that the server's clock is ahead. */
let ahead = 0
before(async () => {
  at = await open({ clock: () => Date.now() + ahead * 1000 })
})
after(() => at?.close())

const year = 366 * 86_400
const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code'

/** Gets what is redeemed, and how. */
const stored: Readonly<Record<string, () => Promise<() => Promise<TokenAnswer>>>> = {
  async code() {
    const code = await webCode(at)
    return () => redeemCode(at, code)
  },
  async 'refresh token'() {
    const tokens = await webTokens(at)
    return () => refresh(at.issuer, tokens.refresh)
  },
  async 'device code'() {
    const { body } = await post(`${at.issuer}/device/auth`, { scope: 'openid', client_id: 'cli' })
    const device_code = String(body['device_code'])
    return () => post(`${at.issuer}/token`, { grant_type: deviceGrant, device_code, client_id: 'cli' })
  },
}
for (const [what, get] of Object.entries(stored)) {
  test(`a ${what} is refused once it has ended`, { timeout: 60_000 }, async (t) => {
    const redeem = await get()
    ahead = year
    t.after(() => {
      ahead = 0
    })
    const { status, body } = await redeem()
    assert.equal(status, 400)
    assert.match(String(body['error']), /^(invalid_grant|expired_token)$/)
  })
}

test('a user’s token is refused as the subject of an exchange once it has ended', {
  timeout: 60_000,
}, async (t) => {
  const { access } = await webTokens(at)
  assert.ok(await at.oidc.findSubject(access))
  ahead = year
  t.after(() => {
    ahead = 0
  })
  assert.equal(await at.oidc.findSubject(access), undefined)
})
