// Home after the first day: what happened in the last 24 hours leads to Activity filtered so, and shows nothing of another account.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { adminBody, callAdmin } from '../admin/call.ts'
import { call } from '../support/aws-call.ts'
import { type FormBrowser, formBrowser, type Seen, textOf } from '../support/form-browser.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import { policy } from '../support/role-server.ts'
import { type Running, rootKey, startServer } from '../support/server.ts'

const limit = { timeout: 60_000 }
const password = 'staple battery wonder'
let server: Running
let me: Enrolled

const admin = (method: string, path: string, body?: object) => adminBody(server.url, { method, path, body })

async function signIn(username: string, typed = password): Promise<FormBrowser> {
  const browser = formBrowser(server.url)
  await browser.submit(await browser.open('/sign-in'), { username, password: typed })
  return browser
}

before(async () => {
  server = await startServer()
  me = await enrol(server)
  await admin('PATCH', '/settings', { secondFactor: 'optional' })
  await admin('POST', '/people', { name: 'ada', password, mustChangePassword: false })
  for (let times = 0; times < 3; times++) await signIn('ada')
  await signIn('ada', 'wrong')
  const misspelt = await callAdmin(server.url, { method: 'POST', path: '/people', body: { name: 'a b' } })
  assert.equal(misspelt.status, 400)
}, limit)
after(() => server?.stop())

/** Links of the table of the last day, by their titles. */
const linksOf = (page: Seen): ReadonlyMap<string, string> =>
  new Map(
    [...page.text.matchAll(/class="swatch [^>]*><\/span><a class="strong" href="([^"]+)">([^<]+)</g)].map(
      ([, href = '', title = '']) => [title, href.replaceAll('&amp;', '&')],
    ),
  )

test(
  'the last day counts sign-ins and refusals, and each part leads to Activity filtered so',
  limit,
  async () => {
    const home = await me.browser.open('/console')
    assert.match(textOf(home), /People signed in Sign-ins 4 .*Wrong password Refused 1/)
    assert.match(textOf(home), /Invalid input Refused 1/)
    assert.match(home.text, /<svg[^>]*aria-hidden="true"[^>]*>.*<rect class="sign-in"/)
    const links = linksOf(home)
    const signIns = await me.browser.open(links.get('People signed in') ?? '')
    assert.equal([...signIns.text.matchAll(/href="\/console\/activity\/\d/g)].length, 4)
    const refused = await me.browser.open(links.get('Wrong password') ?? '')
    assert.equal([...refused.text.matchAll(/href="\/console\/activity\/\d/g)].length, 1)
    assert.match(textOf(refused), /ada.*wrong password/)
    assert.doesNotMatch(home.text, /style=/)
    const all = await me.browser.open('/console/activity?outcome=not-done')
    assert.match(textOf(all), /Refused .*wrong password/)
    assert.doesNotMatch(all.text, /<span class="badge good">Done/)
  },
)

test('who may not read the trail has no last day', limit, async () => {
  const ada = await signIn('ada')
  assert.equal((await ada.open('/console')).status, 403)
  const root = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
  const people = policy({ Effect: 'Allow', Action: 'chancery:ListPeople', Resource: '*' })
  const given = { UserName: 'ada', PolicyName: 'people', PolicyDocument: people }
  assert.equal((await call(server.url, root, 'iam', 'PutUserPolicy', given)).status, 200)
  const home = await ada.open('/console')
  assert.equal(home.status, 200)
  assert.doesNotMatch(home.text, /last 24 hours<|class="last-day"|Nothing was refused/)
})

test('another account has a last day of its own', limit, async () => {
  const made = await admin('POST', '/accounts', { name: 'Other', accessKey: true })
  const credentials = { accessKeyId: made.accessKeyId, secretAccessKey: made.secretAccessKey }
  const { body } = await callAdmin(server.url, { path: '/audit-summary', credentials })
  const parts = body.hours.flatMap((one: { readonly parts: readonly object[] }) => one.parts)
  assert.deepEqual(parts, [])
})

test(
  'mail is a first step of those who can set it up: administrators of the first account',
  limit,
  async () => {
    assert.match(textOf(await me.browser.open('/console')), /Mail For invitations/)
    const made = await admin('POST', '/accounts', { name: 'Third', accessKey: true })
    const keys = { accessKeyId: made.accessKeyId, secretAccessKey: made.secretAccessKey }
    const theirs = async (method: string, path: string, body: object) =>
      assert.ok((await callAdmin(server.url, { method, path, body, credentials: keys })).status < 300, path)
    await theirs('PATCH', '/settings', { secondFactor: 'optional' })
    await theirs('POST', '/people', { name: 'olga', password, mustChangePassword: false })
    const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess'
    const attached = await call(server.url, keys, 'iam', 'AttachUserPolicy', { UserName: 'olga', PolicyArn })
    assert.equal(attached.status, 200)
    const olga = await signIn(`${made.account.id}/olga`)
    const home = textOf(await olga.open('/console'))
    assert.match(home, /A second administrator/)
    assert.doesNotMatch(home, /Mail For invitations/)
    const page = await olga.open('/console/settings/mail')
    assert.equal(page.status, 404)
    assert.match(textOf(page), /belongs to the account of the first start/)
  },
)
