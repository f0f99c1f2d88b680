// attacks.md 22, of people in a directory: what it knows of a name shows on the page as little as our own do, and is on
// record; one that is down is told as such, and holds up nobody who signs in here.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { formBrowser, headingOf, problemOf, type Seen } from '../support/form-browser.ts'
import { atPassword } from '../support/person.ts'
import { admin, type Running, startServer } from '../support/server.ts'
import { entriesOf } from '../support/trail.ts'
import { type LdapUpstream, noLdap, people, startLdap } from '../support/upstreams/ldap-upstream.ts'

const skip = noLdap
let directory: LdapUpstream
let server: Running

before(async () => {
  if (skip) return
  directory = await startLdap()
  // Everybody's subject is an attribute that only some have, so that the settings say no to others.
  const settings = { ...directory.settings, subject: 'mail' }
  server = await startServer({
    config: JSON.stringify({ identity_providers: [settings] }),
    env: { CHANCERY_OUTBOUND_ALLOW: 'localhost' },
  })
})
after(async () => {
  await server?.stop()
  await directory?.stop()
})

async function tried(username: string, password: string): Promise<Seen> {
  const browser = formBrowser(server.url)
  const start = await browser.get('/sign-in')
  const path = new URL(start.location ?? '', server.url).pathname
  return browser.send(await browser.open(`${path}?with=at-staff`), { username, password })
}

/** A page without what differs in every answer. */
const plain = (page: Seen, name: string): string =>
  page.text
    .replace(/name="csrf" value="[^"]+"/g, '')
    .replace(/\/sign-in\/[\w-]+/g, '/sign-in/x')
    .replaceAll(name, 'NAME')

const refused: readonly (readonly [what: string, name: string, password: string, reason: RegExp])[] = [
  ['a wrong password', 'alice', 'wrong', /no such name and password/],
  ['no such name', 'nobody', 'wrong', /no such name and password/],
  ['a name of two', 'twin', 'twin-secret', /more than one entry/],
  ['an entry without a password', 'open', 'wrong', /no such name and password/],
  ['an entry that the settings cannot name', 'carol', people.carol.password, /0 values of `mail`/],
]
test('22: every refusal of a directory has the same page, and its reason is in the audit entry only', {
  skip,
}, async () => {
  const pages = new Set<string>()
  for (const [what, name, password] of refused) {
    const page = await tried(name, password)
    assert.equal(page.status, 401, what)
    assert.equal(problemOf(page), 'Incorrect user name or password.', what)
    pages.add(plain(page, name))
  }
  assert.equal(pages.size, 1)
  const reasons = (await entriesOf(server))
    .filter(({ action }) => action === 'signin:CheckPassword')
    .map(({ reason }) => reason ?? '')
  for (const [what, , , reason] of refused)
    assert.ok(
      reasons.some((one) => reason.test(one)),
      what,
    )
})

test('a directory that hangs is reported in time, and delays no local sign-in', {
  skip,
}, async () => {
  directory.pause()
  try {
    const hanging = tried('alice', people.alice.password)
    const { browser, page } = await atPassword(server)
    const own = await browser.submit(page, { username: admin.name, password: admin.password })
    assert.equal(own.status, 200)
    assert.notEqual(problemOf(own), 'Incorrect user name or password.')
    const told = await hanging
    assert.equal(headingOf(told), 'Sign-in with Staff directory failed')
    assert.match(told.text, /Reference <[^>]+>[\w-]{16}|Reference [\w-]{16}/)
    assert.doesNotMatch(told.text, /localhost:\d+.*ldap|reader|dc=acme/)
    const recorded = (await entriesOf(server)).map(({ reason }) => reason ?? '')
    assert.ok(recorded.some((reason) => /no answer in time/.test(reason)))
  } finally {
    directory.resume()
  }
})
