// attacks.md 17, connecting another identity to a signed-in person: on their own form, in their own browser, with a yes to
// what they see; never by a link, by a forged form, or to whoever happens to be signed in by then.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  type Away,
  answerFor,
  beside,
  comeThrough,
  type Federated,
  isSignedIn,
  joinedNow,
  type Login,
  loggedUnder,
  referenceOf,
  startFederated,
  usersOf,
} from '../support/federated.ts'
import { csrfOf, decoded, type FormBrowser, headingOf, type Seen } from '../support/form-browser.ts'

let at: Federated
before(async () => {
  at = await startFederated()
})
after(() => at?.stop())

let people = 0
/** Somebody who signed in through social a moment ago. */
async function somebody(): Promise<{ browser: FormBrowser; name: string; who: Login }> {
  const name = `person-${++people}`
  const who = at.social.person(`s-${people}`, { preferred_username: name })
  const { browser } = await comeThrough(at.server, at.social, 'social', who)
  assert.ok(await isSignedIn(browser))
  return { browser, name, who }
}

const subjectsOf = async (name: string): Promise<readonly string[]> =>
  ((await usersOf(at.server)).find((user) => user.name === name)?.identities ?? []).map(
    ({ subject }) => subject,
  )

/** Sent off to corp by the form of the account page. */
async function connecting(browser: FormBrowser): Promise<Away> {
  const account = await browser.open('/account')
  const sent = await browser.post('/account/identities/connect', { csrf: csrfOf(account), provider: 'corp' })
  const start = /url=(\S+)/.exec(sent.headers.get('refresh') ?? '')?.[1] ?? ''
  const away = await browser.get(start)
  assert.ok(away.location, `${sent.status} ${away.status}`)
  return { browser, path: start.replace(/\/to\/.*$/, ''), to: new URL(away.location) }
}

/** At the question whether it is them. */
async function asked(browser: FormBrowser, sub: string): Promise<{ away: Away; page: Seen }> {
  const away = await connecting(browser)
  const page = await browser.open((await answerFor(at.corp, away, at.corp.person(sub))).href)
  assert.equal(headingOf(page), 'Connect corp?')
  return { away, page }
}

test('17: connected after a yes, and not before; then it is a way in', async () => {
  const { browser, name } = await somebody()
  const before = await joinedNow(at.server)
  const { page } = await asked(browser, 'c-mine')
  assert.match(page.text, /c-mine/)
  assert.deepEqual(await joinedNow(at.server), before)
  const done = await browser.submit(page, {}, '/connect')
  assert.equal(new URL(done.url).pathname, '/account')
  assert.equal((await subjectsOf(name)).at(-1), 'c-mine')
  const users = (await usersOf(at.server)).length
  const again = await comeThrough(at.server, at.corp, 'corp', {
    login: 'c-mine',
    password: 'password of c-mine',
  })
  assert.ok(again.end.text.includes(name))
  assert.equal((await usersOf(at.server)).length, users)
})

test("24: the forms to link and unlink an identity are accepted from this server's own pages only", async () => {
  const { browser, name } = await somebody()
  const before = await subjectsOf(name)
  const csrf = csrfOf(await browser.open('/account'))
  const evil = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }
  for (const [path, fields] of [
    ['/account/identities/connect', { provider: 'corp' }],
    ['/account/identities/disconnect', { identity: 'x' }],
  ] as const) {
    assert.equal((await browser.post(path, fields)).status, 403)
    assert.equal((await browser.post(path, { ...fields, csrf }, evil)).status, 403)
  }
  const { away, page } = await asked(browser, 'c-forged')
  assert.equal((await browser.post(`${away.path}/connect`, {})).status, 403)
  assert.equal((await browser.post(`${away.path}/connect`, { csrf: csrfOf(page) }, evil)).status, 403)
  assert.deepEqual(await subjectsOf(name), before)
})

test('17: a victim’s click on the attacker’s link connects nothing to the victim', async () => {
  const [attacker, victim] = [await somebody(), await somebody()]
  const away = await connecting(attacker.browser)
  const link = await answerFor(at.corp, away, at.corp.person('c-attacker'))
  const before = await joinedNow(at.server)
  assert.equal((await victim.browser.open(link.href)).status, 404)
  assert.equal((await victim.browser.open(`${away.path}/to/corp`)).status, 404)
  const csrf = csrfOf(await victim.browser.open('/account'))
  assert.equal((await victim.browser.post(`${away.path}/connect`, { csrf })).status, 404)
  assert.deepEqual(await joinedNow(at.server), before)
  assert.ok(await isSignedIn(victim.browser))
})

test('17: an identity is not linked when another user is signed in by the time of the confirmation', async () => {
  const first = await somebody()
  const { page } = await asked(first.browser, 'c-switched')
  // Somebody else signs in, in the same browser.
  const second = at.social.person('s-second', { preferred_username: 'second' })
  first.browser.cookies.delete([...first.browser.cookies.keys()].find((key) => /session /.test(key)) ?? '')
  const other = await comeThrough(at.server, at.social, 'social', second, first.browser)
  assert.ok(other.end.text.includes('second'))
  const before = await joinedNow(at.server)
  const answer = await first.browser.send(page, {}, '/connect')
  assert.ok([403, 404].includes(answer.status), `${answer.status}`)
  assert.deepEqual(await joinedNow(at.server), before)
})

test('17: what is another user’s is not connected, and stays theirs', async () => {
  const owner = await somebody()
  const owned = await asked(owner.browser, 'c-owned')
  await owner.browser.submit(owned.page, {}, '/connect')
  const thief = await somebody()
  const away = await connecting(thief.browser)
  const who = { login: 'c-owned', password: 'password of c-owned' }
  const page = await thief.browser.open((await answerFor(at.corp, away, who)).href)
  const before = await joinedNow(at.server)
  const answer = await thief.browser.submit(page, {}, '/connect')
  assert.equal(answer.status, 409, headingOf(answer))
  assert.match(await loggedUnder(at.server, referenceOf(answer)), /another user/)
  assert.deepEqual(await joinedNow(at.server), before)
})

test('9: a user with twenty linked identities cannot link another one, and the page says so', async () => {
  const { browser, name } = await somebody()
  const { page } = await asked(browser, 'c-one-more')
  await beside(at.server, async (store) => {
    const { id } = (await usersOf(at.server)).find((user) => user.name === name) ?? assert.fail()
    await store.update('user', id, (old) => {
      const [own] = old.identities ?? assert.fail()
      const more = Array.from({ length: 19 }, (_, n) => ({
        ...(own ?? assert.fail()),
        subject: `s-more-${n}`,
      }))
      return { ...old, identities: [...(old.identities ?? []), ...more] }
    })
  })
  const answer = await browser.submit(page, {}, '/connect')
  assert.equal(answer.status, 409, headingOf(answer))
  assert.match(answer.text, /A user has at most 20 identities; disconnect one before you connect another\./)
  assert.equal((await subjectsOf(name)).length, 20)
})

test('11: the provider disabled between the answer and the yes: nothing is connected', async (t) => {
  const { browser } = await somebody()
  const { page } = await asked(browser, 'c-off')
  const before = await joinedNow(at.server)
  const disable = (disabled: boolean) =>
    beside(at.server, (store) =>
      store.update('identityProvider', at.arnOf(at.corp), (old) => ({ ...old, disabled })),
    )
  await disable(true)
  t.after(() => disable(false))
  const answer = await browser.submit(page, {}, '/connect')
  assert.equal(answer.status, 403, headingOf(answer))
  assert.deepEqual(await joinedNow(at.server), before)
})

test('17: a yes is good once, and an answer left unasked connects nothing', async () => {
  const { browser, name } = await somebody()
  const { away, page } = await asked(browser, 'c-once')
  const before = (await subjectsOf(name)).length
  const answers = await Promise.all(Array.from({ length: 8 }, () => browser.send(page, {}, '/connect')))
  assert.ok(answers.every(({ status }) => status < 500))
  assert.equal((await subjectsOf(name)).length, before + 1)
  assert.equal((await browser.send(page, {}, '/connect')).status, 404)
  assert.equal((await browser.open(away.path)).status, 404)
  const other = await somebody()
  const left = await asked(other.browser, 'c-left')
  await other.browser.open(left.away.path)
  assert.deepEqual(await subjectsOf(other.name), [other.who.login])
})

test('17: the last way to sign in cannot be removed, also by two concurrent requests', async () => {
  const { browser, name } = await somebody()
  const { page } = await asked(browser, 'c-two')
  const account = await browser.submit(page, {}, '/connect')
  const forms = [...account.text.matchAll(/name="identity" value="([^"]+)"/g)].map((match) => match[1] ?? '')
  assert.equal(forms.length, 2)
  const answers = await Promise.all(
    forms.map((identity) =>
      browser.post('/account/identities/disconnect', {
        csrf: csrfOf(account),
        identity: decoded(identity),
      }),
    ),
  )
  assert.ok(answers.every(({ status }) => status < 500))
  assert.equal((await subjectsOf(name)).length, 1)
})
