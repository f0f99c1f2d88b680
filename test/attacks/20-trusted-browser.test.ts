// attacks.md 20, 33: a browser that a person trusts needs no second factor at sign-in, over HTTP: what such a sign-in is worth,
// where it does not count, whom the cookie of one browser helps, and everything that ends the trust.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { adminBody, callAdmin, iamOf } from '../admin/call.ts'
import { openRelyingParty, type RelyingParty } from '../e2e/relying-party.ts'
import { type FormBrowser, formBrowser, headingOf, type Seen } from '../support/form-browser.ts'
import { authenticator } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'

let server: Running
let app: RelyingParty
before(
  async () => {
    app = await openRelyingParty()
    server = await startServer({ config: app.settings })
    await admin('PATCH', '/settings', { trustedDeviceDays: 30, secondFactor: 'optional' })
  },
  { timeout: 60_000 },
)
after(async () => {
  await server?.stop()
  await app?.close()
})

const timeout = 120_000
const password = 'correct horse battery staple'

const admin = (method: string, path: string, body?: object) => adminBody(server.url, { method, path, body })

interface Person {
  readonly name: string
  readonly password: string
  readonly browser: FormBrowser
  readonly code: () => Promise<string>
  readonly recoveryCode: string
}

let people = 0
/** Somebody with an authenticator app, whose browser has no session and trusts nothing. */
async function person(): Promise<Person> {
  const name = `truster-${++people}`
  await admin('POST', '/people', { name, password, mustChangePassword: false })
  const first = formBrowser(server.url)
  await first.submit(await first.open('/sign-in'), { username: name, password })
  const page = await first.open('/account/authenticator/add')
  const code = authenticator(/secret=([A-Z2-7]+)/.exec(page.text)?.[1] ?? '')
  const added = await first.submit(page, { code: await code() }, '/authenticator/add')
  const recoveryCode = /<li><code>([^<]+)<\/code>/.exec(added.text)?.[1] ?? ''
  assert.notEqual(recoveryCode, '', added.text)
  return { name, password, browser: formBrowser(server.url), code, recoveryCode }
}

const cookieOf = (browser: FormBrowser): string | undefined => browser.cookies.get('trusted-browser /')?.value
const put = (browser: FormBrowser, value: string) =>
  browser.cookies.set('trusted-browser /', { name: 'trusted-browser', value, path: '/' } as never)

/** A page of this server after the password, in a new session of the browser. */
async function afterPassword(
  { name, password }: Pick<Person, 'name' | 'password'>,
  browser: FormBrowser,
  start = '/sign-in',
): Promise<Seen> {
  for (const [key, { value }] of [...browser.cookies])
    if (!key.startsWith('trusted-browser')) browser.cookies.delete(key)
    else assert.notEqual(value, '')
  return browser.submit(await browser.open(start), { username: name, password })
}

/** Signs in with both factors and trusts the browser. */
async function trust(who: Person, browser = who.browser): Promise<void> {
  const page = await afterPassword(who, browser)
  assert.match(page.text, /Trust this browser for 30 days/)
  const home = await browser.submit(page, { code: await who.code(), trust: 'yes' })
  assert.match(home.url, /\/account$/, headingOf(home))
  assert.ok(cookieOf(browser))
}

async function trusting(): Promise<Person> {
  const who = await person()
  await trust(who)
  return who
}

test('20: the file of one’s own data has the browsers that one trusts, without their tokens and those of others', {
  timeout,
}, async () => {
  const [who, other] = [await trusting(), await trusting()]
  const file = await who.browser.get('/account/data.json')
  const { trustedBrowsers } = JSON.parse(file.text)
  assert.equal(trustedBrowsers.length, 1)
  const [id = '', secret = ''] = (cookieOf(who.browser) ?? '').split('.')
  assert.equal(trustedBrowsers[0].id, id)
  assert.ok(trustedBrowsers[0].expiresAt > trustedBrowsers[0].createdAt)
  assert.ok(secret.length > 40 && !file.text.includes(secret))
  assert.ok(!file.text.includes((cookieOf(other.browser) ?? '.').split('.')[0] ?? ''))
})

/** Where a sign-in for the application starts. */
const startOf = (parameters: Readonly<Record<string, string>> = {}): string =>
  app.startAt(server.url, parameters).slice(server.url.length)

const isSignedIn = (page: Seen): boolean => page.url === `${server.url}/account`
const asksForCode = (page: Seen): boolean => headingOf(page) === 'Enter your code'

test('20: without the choice, and with a recovery code, no browser is trusted', { timeout }, async () => {
  const who = await person()
  const page = await afterPassword(who, who.browser)
  await who.browser.submit(page, { code: await who.code() })
  assert.equal(cookieOf(who.browser), undefined)
  const asked = await afterPassword(who, who.browser)
  assert.ok(asksForCode(asked))
  const recovery = await who.browser.open(`${new URL(asked.url).pathname}?with=recovery`)
  assert.equal(headingOf(recovery), 'Use a recovery code')
  assert.doesNotMatch(recovery.text, /Trust this browser/)
  const home = await who.browser.submit(recovery, { code: who.recoveryCode, trust: 'yes' })
  assert.ok(isSignedIn(home))
  assert.equal(cookieOf(who.browser), undefined)
})

test('20: in a trusted browser the password is asked for and is enough, and the claims say no more', {
  timeout,
}, async () => {
  const who = await trusting()
  assert.equal(headingOf(await who.browser.open('/account')), who.name)
  const wrong = await afterPassword({ ...who, password: 'another one' }, who.browser)
  assert.equal(wrong.status, 401)
  const before = cookieOf(who.browser)
  assert.ok(isSignedIn(await afterPassword(who, who.browser)))
  assert.notEqual(cookieOf(who.browser), before, 'the token changes at each use')
  const consent = await who.browser.open(startOf())
  const { location = '' } = await who.browser.submit(consent, {}, '/allow')
  await fetch(location)
  const claims = await app.redeem(server.url)
  assert.deepEqual([claims['amr'], claims['acr']], [['pwd'], 'urn:chancery:acr:password'])
})

const demands: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['acr_values', { acr_values: 'urn:chancery:acr:mfa' }],
  ['acr_values phr', { acr_values: 'phr' }],
  ['max_age', { max_age: '3600' }],
  ['prompt=login', { prompt: 'login' }],
  [
    'an essential acr',
    { claims: JSON.stringify({ id_token: { acr: { essential: true, value: 'urn:chancery:acr:mfa' } } }) },
  ],
]
for (const [name, parameters] of demands)
  test(`20: a request that demands a fresh sign-in or two factors gets them: ${name}`, {
    timeout,
  }, async () => {
    const who = await trusting()
    assert.ok(asksForCode(await afterPassword(who, who.browser, startOf(parameters))))
    assert.equal(headingOf(await afterPassword(who, who.browser, startOf())), 'Allow Notebook?')
  })

test('20: changing how one signs in demands the second factor, also in a trusted browser', {
  timeout,
}, async () => {
  const who = await trusting()
  assert.ok(isSignedIn(await afterPassword(who, who.browser)))
  for (const path of ['/account/password', '/account/authenticator/add', '/account/recovery-codes']) {
    const again = await who.browser.open(path)
    const next = await who.browser.submit(again, { username: who.name, password })
    assert.ok(asksForCode(next), `${path}: ${headingOf(next)}`)
  }
})

test('20: a stolen cookie is no sign-in, helps nobody else, and not without the password', {
  timeout,
}, async () => {
  const [victim, thief] = [await trusting(), await person()]
  const stolen = cookieOf(victim.browser) ?? ''
  put(thief.browser, stolen)
  assert.equal((await thief.browser.get('/account')).status, 303)
  assert.ok(asksForCode(await afterPassword(thief, thief.browser)))
  assert.ok(isSignedIn(await afterPassword(victim, victim.browser)), 'it is still the victim’s')
})

test('20: a copy that was used first ends with the next use of the browser itself', { timeout }, async () => {
  const who = await trusting()
  const copy = formBrowser(server.url)
  put(copy, cookieOf(who.browser) ?? '')
  assert.ok(isSignedIn(await afterPassword(who, copy)), 'with the password, a copy is as good as the browser')
  assert.ok(isSignedIn(await afterPassword(who, copy)), 'and again')
  assert.ok(asksForCode(await afterPassword(who, who.browser)), 'two tokens behind')
  assert.ok(asksForCode(await afterPassword(who, copy)))
})

test('20: a session by a trusted browser does not pass for one with a second factor in policies', {
  timeout,
}, async () => {
  const who = await trusting()
  const iam = iamOf(server)
  const condition = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }
  const statement = { Effect: 'Allow', Action: '*', Resource: '*', Condition: condition }
  await iam.send(
    new PutUserPolicyCommand({
      UserName: who.name,
      PolicyName: 'with-two-factors',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
    }),
  )
  iam.destroy()
  const mayListPeople = async () =>
    (await who.browser.get('/console/people')).text.includes('/people/truster-1"')
  assert.ok(isSignedIn(await afterPassword(who, who.browser)))
  assert.equal(await mayListPeople(), false)
  const asked = await afterPassword(who, who.browser, startOf({ prompt: 'login' }))
  await who.browser.submit(asked, { code: await who.code() })
  assert.equal(await mayListPeople(), true)
})

const endings: readonly (readonly [
  event: string,
  happen: (who: Person) => Promise<unknown>,
  then?: Partial<Pick<Person, 'password'>>,
])[] = [
  [
    'password set by an administrator',
    ({ name }) =>
      admin('POST', `/people/${name}/password`, {
        password: 'plum-orbit-9-lantern',
      }),
    { password: 'plum-orbit-9-lantern' },
  ],
  ['signed out everywhere by an administrator', ({ name }) => admin('POST', `/people/${name}/sign-out`, {})],
  [
    'disabled and enabled',
    async ({ name }) => {
      await admin('POST', `/people/${name}/disable`, {})
      await admin('POST', `/people/${name}/enable`, {})
    },
  ],
  [
    'an authenticator app added on the account page',
    async ({ browser }) => {
      const page = await browser.open('/account/authenticator/add')
      const seed = /secret=([A-Z2-7]+)/.exec(page.text)?.[1] ?? ''
      assert.match(
        (await browser.submit(page, { code: await authenticator(seed)() }, '/authenticator/add')).text,
        /was added/,
      )
    },
  ],
  [
    'removed on the account page',
    async ({ browser }) => {
      const done = await browser.submit(await browser.open('/account'), {}, '/trusted-browsers/remove')
      assert.match(done.text, /That browser is no longer trusted/)
    },
  ],
  [
    'all removed on the account page',
    async ({ browser }) => {
      await browser.submit(await browser.open('/account'), {}, '/trusted-browsers/remove-all')
    },
  ],
  [
    'signed out everywhere else by the person in another browser',
    async (who) => {
      const other = formBrowser(server.url)
      const page = await afterPassword(who, other)
      await other.submit(page, { code: await who.code() })
      await other.submit(await other.open('/account'), {}, '/account/sessions/end-others')
    },
  ],
]
for (const [event, happen, then] of endings)
  test(`33: no browser is trusted after ${event}`, { timeout }, async () => {
    const who = await trusting()
    await happen(who)
    const page = await afterPassword({ ...who, ...then }, who.browser)
    assert.ok(asksForCode(page), `${page.status} ${headingOf(page)}`)
  })

test('33: an administrator sees the browsers that a person trusts, and removes one or all', {
  timeout,
}, async () => {
  const who = await trusting()
  const path = `/people/${who.name}/trusted-browsers`
  const { items } = await admin('GET', path)
  assert.equal(items.length, 1)
  assert.ok(Date.parse(items[0].expiresAt) - Date.parse(items[0].since) <= 30 * 24 * 3_600_000)
  const other = await trusting()
  const foreign = `/people/${other.name}/trusted-browsers/${items[0].id}`
  assert.equal((await callAdmin(server.url, { method: 'DELETE', path: foreign })).status, 404)
  await admin('DELETE', `${path}/${items[0].id}`)
  assert.equal(
    (await callAdmin(server.url, { method: 'DELETE', path: `${path}/${items[0].id}` })).status,
    404,
  )
  assert.ok(asksForCode(await afterPassword(who, who.browser)))
  assert.deepEqual(await admin('DELETE', `/people/${other.name}/trusted-browsers`), { removed: 1 })
  assert.ok(asksForCode(await afterPassword(other, other.browser)))
})

test('33: second factors reset: the cookie is not worth anything with the next factor', {
  timeout,
}, async () => {
  const who = await trusting()
  const cookie = cookieOf(who.browser) ?? ''
  await admin('POST', `/people/${who.name}/reset-factors`, {})
  const browser = formBrowser(server.url)
  await browser.submit(await browser.open('/sign-in'), { username: who.name, password })
  const page = await browser.open('/account/authenticator/add')
  const code = authenticator(/secret=([A-Z2-7]+)/.exec(page.text)?.[1] ?? '')
  await browser.submit(page, { code: await code() }, '/authenticator/add')
  put(browser, cookie)
  assert.ok(asksForCode(await afterPassword(who, browser)))
})

test('33: a session in a trusted browser ends when an administrator removes the factor behind the trust', {
  timeout,
}, async () => {
  const who = await trusting()
  assert.ok(isSignedIn(await afterPassword(who, who.browser)))
  await admin('POST', `/people/${who.name}/reset-factors`, {})
  assert.equal((await who.browser.get('/account')).status, 303)
})

test('33: the setting is turned off, and on again', { timeout }, async () => {
  const who = await trusting()
  await admin('PATCH', '/settings', { trustedDeviceDays: 0 })
  const page = await afterPassword(who, who.browser)
  assert.ok(asksForCode(page))
  assert.doesNotMatch(page.text, /Trust this browser/)
  const home = await who.browser.submit(page, { code: await who.code(), trust: 'yes' })
  assert.ok(isSignedIn(home))
  await admin('PATCH', '/settings', { trustedDeviceDays: 30 })
  assert.ok(asksForCode(await afterPassword(who, who.browser)))
})

test('20: settings out of bounds are refused', { timeout }, async () => {
  for (const trustedDeviceDays of [-1, 91, 1.5, '30', null, [], {}, true])
    assert.equal(
      (await callAdmin(server.url, { method: 'PATCH', path: '/settings', body: { trustedDeviceDays } }))
        .status,
      400,
      String(trustedDeviceDays),
    )
})
