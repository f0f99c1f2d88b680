import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { acrs } from '../../src/oidc/edge.ts'
import { csrfOf, formBrowser, headingOf, problemOf, type Seen } from '../support/form-browser.ts'
import { openStage, rightCode, rightRecovery, type Stage } from './stage.ts'

async function enter(t: TestContext, change: (stage: Stage) => void = () => {}) {
  const stage = await openStage()
  t.after(() => stage.close())
  change(stage)
  const browser = formBrowser(stage.url)
  browser.cookies.set('ix /', { name: 'ix', value: 'uid1', path: '/' } as never)
  return { stage, browser, page: await browser.open('/sign-in/uid1') }
}

/** Read each time, because the server changes it between two lines of a test. */
const finishedBy = (stage: Stage) => stage.finished?.amr

const login = { username: 'ada', password: 'right' }
const at = (page: Seen) => headingOf(page)

test('name, password, code: signed in with both factors', async (t) => {
  const { stage, browser, page } = await enter(t)
  assert.equal(at(page), 'Sign in')
  const code = await browser.submit(page, login)
  assert.equal(at(code), 'Enter your code')
  assert.equal(finishedBy(stage), undefined)
  await browser.send(code, { code: '123 456' })
  assert.deepEqual(stage.finished, {
    userId: 'AIDA1',
    factor: 'arn:aws:iam::123456789012:mfa/phone',
    amr: ['pwd', 'otp', 'mfa'],
    password: 1000,
  })
  assert.deepEqual(stage.calls.at(-1), 'onSignIn AIDA1 pwd+otp+mfa')
})

test('without an audit entry there is no session', async (t) => {
  const { stage, browser, page } = await enter(t, (stage) => {
    stage.unrecorded = true
  })
  await browser.submit(page, login)
  const code = await browser.open('/sign-in/uid1')
  assert.equal((await browser.send(code, { code: rightCode })).status, 503)
  assert.equal(stage.finished, undefined)
})

test('a user who needs no second factor and has none signs in with the password', async (t) => {
  const { stage, browser, page } = await enter(t, ({ person }) => {
    person.hasTotp = false
  })
  await browser.send(page, login)
  assert.deepEqual(stage.finished, { userId: 'AIDA1', amr: ['pwd'], password: 1000 })
})

test('a recovery code replaces the authenticator code', async (t) => {
  const { stage, browser, page } = await enter(t)
  await browser.submit(page, login)
  const recovery = await browser.open('/sign-in/uid1?with=recovery')
  assert.equal(at(recovery), 'Use a recovery code')
  const wrong = await browser.send(recovery, { code: 'nope' })
  assert.equal(wrong.status, 401)
  assert.equal(at(wrong), 'Use a recovery code')
  await browser.send(wrong, { code: rightRecovery })
  assert.deepEqual(finishedBy(stage), ['pwd', 'kba', 'mfa'])
})

test('first sign-in: new password, authenticator, recovery codes, each once and in this order', async (t) => {
  const { stage, browser, page } = await enter(t, ({ person }) => {
    Object.assign(person, { mustChangePassword: true, hasTotp: false, mustEnrolTotp: true })
  })
  const choose = await browser.submit(page, login)
  assert.equal(at(choose), 'Choose a password')
  assert.match(choose.text, /Step 1 of 3/)
  const short = await browser.send(choose, { password: 'short', again: 'short' })
  assert.equal(problemOf(short), 'Password is too short.')
  const unlike = await browser.send(choose, { password: 'long enough', again: 'long enouhg' })
  assert.equal(problemOf(unlike), 'The passwords do not match.')
  const enrol = await browser.submit(choose, { password: 'long enough', again: 'long enough' })
  assert.equal(at(enrol), 'Set up your authenticator')
  assert.match(enrol.text, /Step 2 of 3/)
  assert.ok(stage.calls.includes('endOthers'))
  const wrong = await browser.send(enrol, { code: '000000' })
  assert.equal(wrong.status, 422)
  const codes = await browser.send(wrong, { code: rightCode })
  assert.equal(at(codes), 'Save your recovery codes')
  assert.match(codes.text, /code-one/)
  const reloaded = await browser.open('/sign-in/uid1')
  assert.equal(at(reloaded), 'Your recovery codes were already shown')
  assert.doesNotMatch(reloaded.text, /code-one/)
  const renewed = await browser.send(reloaded, { renew: 'yes' })
  assert.match(renewed.text, /code-two/)
  assert.equal(finishedBy(stage), undefined)
  await browser.send(renewed, {})
  assert.deepEqual(finishedBy(stage), ['pwd', 'otp', 'mfa'])
})

test('where passkeys are allowed, the first second factor may be one', async (t) => {
  const { stage, browser, page } = await enter(t, ({ person }) => {
    Object.assign(person, { hasTotp: false, mustEnrolTotp: true })
  })
  const enrol = await browser.submit(page, login)
  assert.doesNotMatch(enrol.text, /passkey instead/)
  stage.newPasskey = 'not-device-bound'
  const offered = await browser.open('/sign-in/uid1')
  assert.match(offered.text, /<form class="stack passkey"[^>]* hidden>[\s\S]*Set up a passkey instead/)
  const credential = { factor: 'passkey', credential: '{}', name: 'Firefox, Linux' }
  const refused = await browser.send(offered, credential)
  assert.equal(refused.status, 422)
  assert.match(problemOf(refused) ?? '', /^Only passkeys that stay on one device/)
  stage.newPasskey = { factor: 'arn:aws:iam::123456789012:mfa/AIDA1/passkey-x' }
  const codes = await browser.send(offered, credential)
  assert.equal(at(codes), 'Save your recovery codes')
  assert.match(codes.text, /Step 2 of 2/)
  stage.person.hasPasskey = true
  await browser.send(codes, {})
  assert.deepEqual(finishedBy(stage), ['pwd', 'hwk', 'user', 'mfa'])
  assert.equal(stage.finished?.factor, stage.newPasskey.factor)
})

test('whoever was overtaken by another enrolment starts again, and uses that factor', async (t) => {
  const { stage, browser, page } = await enter(t, ({ person }) => {
    Object.assign(person, { hasTotp: false, mustEnrolTotp: true })
  })
  const enrol = await browser.submit(page, login)
  stage.newPasskey = 'not-first'
  const again = await browser.submit(enrol, { factor: 'passkey', credential: '{}' })
  assert.equal(at(again), 'Sign in')
  assert.equal(finishedBy(stage), undefined)
})

test('a wrong name, a wrong password and a disabled user get the same response', async (t) => {
  const { stage, browser, page } = await enter(t)
  const answers: Seen[] = []
  answers.push(await browser.send(page, { ...login, username: 'adb' }))
  answers.push(await browser.send(page, { ...login, password: 'wrong' }))
  stage.person.gone = true
  answers.push(await browser.send(page, login))
  answers.push(await browser.send(page, { ...login, password: 'x'.repeat(300) }))
  for (const answer of answers) {
    assert.equal(answer.status, 401)
    assert.equal(problemOf(answer), 'Incorrect user name or password.')
  }
  const texts = answers.map(({ text }) => text.replaceAll('adb', 'ada'))
  assert.equal(new Set(texts).size, 1)
})

test('a browser that is trusted stands in for the code, and the methods are those of the password', async (t) => {
  const { stage, browser, page } = await enter(t, (stage) => {
    stage.trusted = true
  })
  await browser.submit(page, login)
  assert.deepEqual(stage.finished, { userId: 'AIDA1', factor: 'arn:phone', amr: ['pwd'], password: 1000 })
  assert.equal(stage.calls.at(-1), 'onSignIn AIDA1 pwd in browser-1')
})

const demands: readonly (readonly [string, (stage: Stage) => void])[] = [
  ['the application requests two factors', ({ interaction }) => (interaction.acrValues = [acrs[1]])],
  ['it requests a new sign-in', ({ interaction }) => (interaction.mustReauthenticate = true)],
  ['an identity is to be connected', ({ interaction }) => (interaction.connect = 'AIDA1')],
  ['the password must be changed', ({ person }) => (person.mustChangePassword = true)],
]
for (const [why, demand] of demands)
  test(`a trusted browser does not stand in when ${why}`, async (t) => {
    const { stage, browser, page } = await enter(t, (stage) => {
      stage.trusted = true
      demand(stage)
    })
    assert.equal(at(await browser.submit(page, login)), 'Enter your code')
    assert.equal(finishedBy(stage), undefined)
  })

test('a browser is trusted where it may be and the person chose it, after the whole sign-in', async (t) => {
  for (const [trustDays, choice, expected] of [
    [30, 'yes', true],
    [1, 'yes', true],
    [30, '', false],
    [30, 'no', false],
  ] as const) {
    const { stage, browser, page } = await enter(t, (stage) => {
      stage.trustDays = trustDays
    })
    const code = await browser.submit(page, login)
    assert.match(code.text, trustDays === 1 ? /for a day</ : /for 30 days</)
    await browser.send(code, { code: '000000', trust: 'yes' })
    assert.ok(!stage.calls.some((call) => call.startsWith('trust')))
    await browser.send(code, { code: rightCode, trust: choice })
    assert.equal(stage.calls.includes('trust AIDA1 arn:aws:iam::123456789012:mfa/phone'), expected)
  }
})

const skips: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
  ['an empty POST', 'code', {}],
  ['starting at the code', 'code', { code: rightCode }],
  ['starting at the new password', 'new-password', { password: 'long enough' }],
  ['starting at the authenticator', 'authenticator', { code: rightCode, device: 'device1' }],
  ['starting at the recovery codes', 'recovery-codes', {}],
  ['making up a step', 'constructor', {}],
]
for (const [what, step, fields] of skips) {
  test(`attacks 20: ${what} redirects to the step that is due and is not read`, async (t) => {
    const { stage, browser, page } = await enter(t)
    for (const proven of [false, true]) {
      if (proven) await browser.send(page, login)
      if (proven && step === 'code') continue
      const before = stage.calls.length
      const answer = await browser.post(`/sign-in/uid1/${step}`, { ...fields, csrf: csrfOf(page) })
      assert.equal(answer.location, `${stage.url}/sign-in/uid1`)
      assert.equal(stage.calls.length, before)
    }
    assert.equal(finishedBy(stage), undefined)
  })
}

test('attacks 20: an empty code is rejected', async (t) => {
  const { stage, browser, page } = await enter(t)
  const code = await browser.submit(page, login)
  for (const fields of [{}, { code: '' }, { code: '   ' }, { factor: 'recovery', code: '' }] as const) {
    const answer = await browser.send(code, fields)
    assert.equal(answer.status, 422)
  }
  assert.deepEqual(stage.calls, ['checkPassword'])
  assert.equal(finishedBy(stage), undefined)
})

test('attacks 20: a password verified in one interaction does not count in another', async (t) => {
  const { stage, browser, page } = await enter(t)
  await browser.send(page, login)
  const other = formBrowser(stage.url)
  const otherPage = await other.open('/sign-in/uid1')
  assert.equal(otherPage.status, 404)
  assert.equal(at(otherPage), 'This sign-in has ended')
  const wrongUid = await browser.open('/sign-in/uid2')
  assert.equal(wrongUid.status, 404)
})

test('progress expires, and ends with a new password or when the user is disabled', async (t) => {
  for (const change of [
    (stage: Stage) => {
      stage.clock += 16 * 60
    },
    (stage: Stage) => {
      stage.person.passwordChangedAt = stage.clock
    },
  ]) {
    const { stage, browser, page } = await enter(t)
    const code = await browser.submit(page, login)
    change(stage)
    const answer = await browser.submit(code, { code: rightCode })
    assert.equal(at(answer), 'Sign in')
    assert.equal(finishedBy(stage), undefined)
  }
})

test('progress holds where the user read is older than the password that was proven', async (t) => {
  const { stage, browser, page } = await enter(t)
  const code = await browser.submit(page, login)
  stage.person.passwordChangedAt = 999
  await browser.submit(code, { code: rightCode })
  assert.deepEqual(finishedBy(stage), ['pwd', 'otp', 'mfa'])
})

test('a password changed by a server whose clock is ahead is accepted', async (t) => {
  const { stage, browser, page } = await enter(t, ({ person, clock }) => {
    person.passwordChangedAt = clock + 600
  })
  await browser.submit(await browser.submit(page, login), { code: rightCode })
  assert.deepEqual(finishedBy(stage), ['pwd', 'otp', 'mfa'])
})

test('a user without a second factor must enrol one when acr_values requires it', async (t) => {
  const { browser, page } = await enter(t, ({ person, interaction }) => {
    person.hasTotp = false
    interaction.acrValues = ['urn:chancery:acr:mfa']
  })
  assert.equal(at(await browser.submit(page, login)), 'Set up your authenticator')
})

test('too many attempts: 429, Retry-After, and a page that says so', async (t) => {
  const { stage, browser, page } = await enter(t)
  stage.throttled = 40
  const answer = await browser.send(page, login)
  assert.equal(answer.status, 429)
  assert.equal(answer.headers.get('retry-after'), '40')
  assert.match(answer.text, /40 seconds/)
})

test('a step that lost to a concurrent request keeps the other’s result and shows the step that is due', async (t) => {
  const { stage, browser, page } = await enter(t)
  stage.overtaken = true
  const answer = await browser.send(page, login)
  assert.equal(answer.status, 303)
  assert.equal(new URL(answer.location ?? '').pathname, '/sign-in/uid1')
  assert.equal(stage.finished, undefined)
})

test('attacks 24: a form without its CSRF token, or from another site, changes nothing', async (t) => {
  const { stage, browser, page } = await enter(t)
  const token = csrfOf(page)
  const path = '/sign-in/uid1/password'
  const cases = [
    browser.post(path, login),
    browser.post(path, { ...login, csrf: 'made-up' }),
    browser.post(path, { ...login, csrf: token }, { Origin: 'https://evil.example' }),
    browser.post(path, { ...login, csrf: token }, { Origin: 'null' }),
    browser.post(path, { ...login, csrf: token }, { 'Sec-Fetch-Site': 'cross-site' }),
  ]
  for (const answer of await Promise.all(cases)) assert.equal(answer.status, 403)
  assert.deepEqual(stage.calls, [])
})

test('consent: both answers reach oidc-provider, and only when consent was requested', async (t) => {
  for (const answer of ['allow', 'refuse'] as const) {
    const { stage, browser, page } = await enter(t, ({ interaction }) => {
      interaction.ask = 'consent'
      interaction.userId = 'AIDA1'
      interaction.client = {
        id: 'app',
        name: 'App',
        uri: undefined,
        logoUri: undefined,
        policyUri: undefined,
        tosUri: undefined,
        registered: false,
        documentHost: undefined,
        logo: undefined,
        roles: undefined,
      }
      interaction.missing = { scopes: ['openid', 'email'], claims: [], resources: new Map() }
    })
    assert.equal(at(page), 'Allow App?')
    assert.match(page.text, /See your e-mail address/)
    assert.match(
      page.headers.get('content-security-policy') ?? '',
      /form-action 'self' https:\/\/app\.example;/,
    )
    await browser.send(page, {}, `/${answer}`)
    assert.equal(stage.answered, answer === 'allow' ? 'allowed' : 'refused')
  }
  const { stage, browser, page } = await enter(t)
  const early = await browser.post('/sign-in/uid1/allow', { csrf: csrfOf(page) })
  assert.equal(early.location, `${stage.url}/sign-in/uid1`)
  assert.equal(stage.answered, undefined)
})

test('reloading the URL of a form shows the step that is due', async (t) => {
  const { browser } = await enter(t)
  for (const step of ['password', 'code', 'allow', 'nothing'])
    assert.equal(at(await browser.open(`/sign-in/uid1/${step}`)), 'Sign in')
})

test('“Not ada?” discards the progress', async (t) => {
  const { browser, page } = await enter(t)
  const code = await browser.submit(page, login)
  assert.equal(at(await browser.submit(code, {}, '/restart')), 'Sign in')
})
