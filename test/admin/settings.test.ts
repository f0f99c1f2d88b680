// Settings of an account in the admin API, and where each of them is enforced.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { GetAccountPasswordPolicyCommand, type IAMClient } from '@aws-sdk/client-iam'
import { formBrowser, headingOf } from '../support/form-browser.ts'
import { type Running, startServer } from '../support/server.ts'
import { callAdmin, iamOf } from './call.ts'

let server: Running
let iam: IAMClient
before(
  async () => {
    server = await startServer()
    iam = iamOf(server)
  },
  { timeout: 60_000 },
)
after(async () => {
  iam.destroy()
  await server.stop()
})

const timeout = 60_000
const change = (body: object, headers = {}) =>
  callAdmin(server.url, { method: 'PATCH', path: '/settings', body, headers })
const create = (body: object) => callAdmin(server.url, { method: 'POST', path: '/people', body })

test('settings have defaults, are changed and read back; stale changes are refused', {
  timeout,
}, async () => {
  const first = await callAdmin(server.url, { path: '/settings' })
  assert.deepEqual(first.body, {
    passwordMinimumLength: 8,
    passwordRequireSymbols: false,
    passwordRequireNumbers: false,
    passwordRequireUppercase: false,
    passwordRequireLowercase: false,
    passwordRefuseGuessable: true,
    secondFactor: 'required',
    secondFactorGroups: [],
    passkeys: 'allowed',
    trustedDeviceDays: 0,
    trustedDevicesForGroups: true,
    selfRegistration: 'off',
    selfRegistrationDomains: [],
    sessionIdleSeconds: 14 * 24 * 3600,
  })
  const etag = { 'if-match': first.headers.get('etag') ?? '' }
  const changed = await change({ sessionLifetimeSeconds: 86_400, passwordMinimumLength: 10 }, etag)
  assert.deepEqual([changed.body.sessionLifetimeSeconds, changed.body.passwordMinimumLength], [86_400, 10])
  assert.equal((await change({ sessionLifetimeSeconds: 3600 }, etag)).status, 412)
  const removed = await change({ sessionLifetimeSeconds: null, passwordMinimumLength: 8 })
  assert.equal(removed.body.sessionLifetimeSeconds, undefined)
})

test('the password policy is the one of IAM', { timeout }, async () => {
  await change({ passwordMinimumLength: 12, passwordRequireSymbols: true, passwordMaxAgeDays: 90 })
  const { PasswordPolicy } = await iam.send(new GetAccountPasswordPolicyCommand())
  assert.deepEqual(
    [PasswordPolicy?.MinimumPasswordLength, PasswordPolicy?.RequireSymbols, PasswordPolicy?.MaxPasswordAge],
    [12, true, 90],
  )
  const short = await create({ name: 'short', password: 'vR7#tq92kx' })
  assert.equal(short.body.code, 'password_policy_violation', JSON.stringify(short.body))
  await change({ passwordMinimumLength: 8, passwordRequireSymbols: false, passwordMaxAgeDays: null })
})

describe('passwords that are guessed easily are refused', { timeout }, () => {
  const person = { name: 'dora.maar', displayName: 'Dora Maar', email: 'dmaar1907@example.com' }
  for (const password of [
    'Password1!',
    'qwertyuiop12',
    'Summer2026',
    'dora.maar1',
    'Maar-Dora-26',
    'dmaar1907!!',
    'abcabcabcabc',
  ])
    test(password, async () => {
      const { body } = await create({ ...person, password })
      assert.equal(body.code, 'password_policy_violation', JSON.stringify(body))
    })

  test('one that is not is accepted, and any other when the setting is off', async () => {
    assert.equal((await create({ ...person, password: 'plum-orbit-9-lantern' })).status, 201)
    await change({ passwordRefuseGuessable: false })
    assert.equal((await create({ name: 'anna', password: 'Summer2026' })).status, 201)
    await change({ passwordRefuseGuessable: true })
  })
})

/** The page after name and password. */
async function afterPassword(username: string, password: string) {
  const browser = formBrowser(server.url)
  const page = await browser.open('/sign-in')
  return { browser, page: await browser.submit(page, { username, password }) }
}

test('a second factor is required, or optional but for members of groups; sessions end', {
  timeout,
}, async () => {
  const password = 'plum-orbit-9-lantern'
  await callAdmin(server.url, { method: 'POST', path: '/groups', body: { name: 'finance' } })
  await create({ name: 'free', password, mustChangePassword: false })
  await create({ name: 'bound', password, mustChangePassword: false, groups: ['finance'] })
  const enrolment = headingOf((await afterPassword('free', password)).page)
  assert.match(enrolment, /two-step|authenticator|second/i)
  const unknown = await change({ secondFactorGroups: ['no-such-group'] })
  assert.equal(unknown.status, 400)
  const set = await change({ secondFactor: 'optional', secondFactorGroups: ['Finance'] })
  assert.deepEqual(set.body.secondFactorGroups, ['finance'])
  assert.equal(headingOf((await afterPassword('bound', password)).page), enrolment)
  const { browser, page } = await afterPassword('free', password)
  assert.match(page.url, /\/account$/)
  assert.equal((await browser.open('/account')).url, `${server.url}/account`)
  const { body } = await callAdmin(server.url, { path: '/people/free/sessions' })
  const [from, to] = [
    body.items[0].since ?? body.items[0].authTime,
    body.items[0].expiresAt ?? body.items[0].until,
  ]
  assert.ok(to === undefined || Date.parse(to) - Date.parse(from) > 13 * 24 * 3_600_000, JSON.stringify(body))
  await change({ sessionLifetimeSeconds: 300, sessionIdleSeconds: 300 })
  const later = await afterPassword('free', password)
  const cookie = later.browser.cookies
  assert.ok(cookie.size > 0)
  const all = await callAdmin(server.url, { path: '/people/free/sessions' })
  const ends: number[] = all.body.items.map((one: Record<string, string>) =>
    Date.parse(String(one['expiresAt'])),
  )
  assert.ok(Math.min(...ends) <= Date.now() + 301_000, JSON.stringify(all.body))
})
