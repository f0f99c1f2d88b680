// The forms of apps in the console, on the real server: what they need, who may use an app, and how many secrets it has.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { adminBody } from '../admin/call.ts'
import { runCommandHere } from '../support/command-line.ts'
import { type FormBrowser, headingOf, problemOf, type Seen } from '../support/form-browser.ts'
import { type Enrolled, enrol, recentSignIn } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'
import { storeEnv } from '../support/store.ts'

const limit = { timeout: 60_000 }
const callback = 'https://wiki.example/callback'
let server: Running
let me: Enrolled
let recent: () => Promise<FormBrowser>

before(
  async () => {
    server = await startServer({ config: JSON.stringify({ registration: {} }) })
    me = await enrol(server)
    recent = recentSignIn(server, me)
    for (const name of ['staff', 'guests']) await admin('POST', '/groups', { name })
  },
  { timeout: 60_000 },
)
after(() => server?.stop())

const admin = (method: string, path: string, body?: object) => adminBody(server.url, { method, path, body })

const appsOf = async (): Promise<readonly string[]> =>
  (await admin('GET', '/clients?limit=200')).items.map(({ clientId }: { clientId: string }) => clientId)

async function send(path: string, fields: Readonly<Record<string, string>>): Promise<Seen> {
  const browser = await recent()
  const page = await browser.open(`/console/apps${path}`)
  return browser.submit(page, fields, path.replace(/\?.*/, ''))
}

const create = (kind: string, fields: Readonly<Record<string, string>>): Promise<Seen> =>
  send(`/new?kind=${kind}`, { client_name: 'Wiki', redirect_uris: callback, access: 'everyone', ...fields })

/** What is wrong with the fields of a form. */
const faultsOn = (page: Seen): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...page.text.matchAll(/id="field-([\w-]+)-problem">([\s\S]*?)<\/p>/g)].map(
      ([, name = '', text = '']) => [name, text.replace(/<[^>]*>/g, '')],
    ),
  )

const groupFault = (name: string) =>
  `Groups must name groups that exist: there is no group ${name} in this account.`

test('an app without a name or a redirect URI is not made, whatever it is', limit, async () => {
  const before = await appsOf()
  for (const kind of ['web', 'page', 'native', 'grafana', 'mobile', 'script'])
    for (const blank of ['', ' \r\n ']) {
      const refused = await create(kind, { client_name: ' ', redirect_uris: blank, client_id: 'a b' })
      assert.equal(refused.status, 422)
      assert.equal(problemOf(refused), '3 fields need attention.')
      assert.deepEqual(faultsOn(refused), {
        client_name: 'Name is required.',
        redirect_uris: 'Redirect URIs are needed: sign-ins return to one of them.',
        client_id: 'Client id must be 1 to 128 of A-Z a-z 0-9 _.~-.',
      })
    }
  assert.deepEqual(await appsOf(), before)
})

test('what else is wrong is said with what is missing', limit, async () => {
  const wrong = { client_name: '', access: 'groups', access_groups: '' }
  const uris = { redirect_uris: 'http://wiki.example/callback', post_logout_redirect_uris: '/bye' }
  const expected = {
    client_name: 'Name is required.',
    redirect_uris: 'Redirect URIs must be https unless it is loopback (or allow_insecure_redirects is set).',
    post_logout_redirect_uris: 'After sign-out must be an absolute URL.',
    access_groups: 'Groups are needed with “Members of groups”.',
  }
  for (const kind of ['web', 'page', 'native'])
    assert.deepEqual(faultsOn(await create(kind, { ...wrong, ...uris })), expected)
  await create('web', { client_id: 'whole' })
  assert.deepEqual(faultsOn(await send('/whole/edit', { ...wrong, ...uris })), expected)
  assert.deepEqual(
    faultsOn(
      await send('/whole/edit', {
        ...wrong,
        access: 'everyone',
        redirect_uris: callback,
        client_uri: 'wiki.example',
      }),
    ),
    {
      client_name: 'Name is required.',
      client_uri: 'Home page must be an https URL.',
    },
  )
})

test('a redirect URI may have commas, and of several the wrong one is named', limit, async () => {
  const list = `${callback}?scope=a,b\r\n\r\nhttp://wiki.example/\r\n  https://wiki.example/other  \r\nhttps://*.example/`
  const refused = await create('web', { redirect_uris: list })
  assert.equal(problemOf(refused), 'One field needs attention.')
  assert.equal(
    faultsOn(refused)['redirect_uris'],
    'Redirect URIs: http://wiki.example/ must be https unless it is loopback (or allow_insecure_redirects is set). ' +
      'Redirect URIs: https://*.example/ must not hold spaces, backslashes or wildcards.',
  )
  await create('web', { client_id: 'commas', redirect_uris: `${callback}?scope=a,b\r\n ${callback} ` })
  const { metadata } = await admin('GET', '/clients/commas')
  assert.deepEqual(metadata.redirect_uris, [`${callback}?scope=a,b`, callback])
})

test('an app is limited to groups that exist', limit, async () => {
  const unknown = await create('web', {
    client_id: 'limited',
    access: 'groups',
    access_groups: 'staff, crew',
  })
  assert.deepEqual(faultsOn(unknown), { access_groups: groupFault('crew') })
  assert.equal((await appsOf()).includes('limited'), false)
  await create('web', { client_id: 'limited', access: 'groups', access_groups: ' Staff ,guests,' })
  const fields = { client_name: 'Wiki', redirect_uris: callback }
  const edit = (access: string, access_groups: string) =>
    send('/limited/edit', { ...fields, access, access_groups })
  assert.deepEqual(faultsOn(await edit('groups', 'staff\r\ncrew')), { access_groups: groupFault('crew') })
  assert.match(faultsOn(await edit('groups', ' , '))['access_groups'] ?? '', /^Groups are needed with/)
  // Whoever names groups means them: the app does not stay open to everyone.
  assert.match(
    faultsOn(await edit('everyone', 'staff'))['access_groups'] ?? '',
    /^Groups are of use only with/,
  )
  assert.deepEqual((await admin('GET', '/clients/limited')).metadata.access_groups, ['staff', 'guests'])
  await admin('DELETE', '/groups/guests')
  assert.deepEqual(faultsOn(await edit('groups', 'staff, guests')), { access_groups: groupFault('guests') })
  const kept = await edit('groups', 'Staff')
  assert.equal(headingOf(kept), 'Wiki Enabled', kept.text)
  await edit('everyone', 'staff')
  const { access, metadata } = await admin('GET', '/clients/limited')
  assert.deepEqual([access, metadata.access_groups], ['everyone', undefined])
})

test('the question for a third secret is shown again, with why there is none', limit, async () => {
  await create('web', { client_id: 'rotated' })
  const added = await send('/rotated/secrets', {})
  assert.equal(headingOf(added), 'Copy the secret now')
  const third = await send('/rotated/secrets', {})
  assert.equal(third.status, 422)
  assert.equal(headingOf(third), 'Add a second secret?')
  assert.equal(problemOf(third), 'A client has at most 2 secrets: remove one first.')
  assert.equal((await admin('GET', '/clients/rotated')).secrets.length, 2)
  await create('page', { client_id: 'public' })
  assert.equal(
    problemOf(await send('/public/secrets', {})),
    'This client does not authenticate with a secret.',
  )
})

test('an app that people sign in to keeps a redirect URI, and one for itself needs none', limit, async () => {
  await create('web', { client_id: 'kept' })
  const fields = { client_name: 'Kept', access: 'everyone', access_groups: '' }
  const emptied = await send('/kept/edit', { ...fields, redirect_uris: '' })
  assert.match(faultsOn(emptied)['redirect_uris'] ?? '', /^Redirect URIs are needed/)
  assert.deepEqual((await admin('GET', '/clients/kept')).metadata.redirect_uris, [callback])
  await admin('POST', '/clients', { client_id: 'job', grant_types: ['client_credentials'] })
  const browser = await recent()
  const form = await browser.open('/console/apps/job/edit')
  assert.match(form.text, /Redirect URIs <span class="optional">/)
  const saved = await send('/job/edit', { ...fields, client_name: 'Nightly job', redirect_uris: '' })
  assert.equal(headingOf(saved), 'Nightly job Enabled', saved.text)
  assert.deepEqual((await admin('GET', '/clients/job')).metadata.grant_types, ['client_credentials'])
})

test('of an app that registered itself, who may use it is changed', limit, async () => {
  const { out } = await runCommandHere(['registration-token'], {
    directory: server.dir,
    env: { ...(await storeEnv(server.dir)), CHANCERY_CONFIG: 'config.yaml', CHANCERY_ISSUER: server.url },
  })
  const registered = await fetch(`${server.url}/register`, {
    method: 'POST',
    headers: { authorization: `Bearer ${out.trim()}`, 'content-type': 'application/json' },
    body: JSON.stringify({ client_name: 'Its own', redirect_uris: [callback] }),
  })
  const { client_id } = (await registered.json()) as { client_id: string }
  const browser = await recent()
  const form = await browser.open(`/console/apps/${client_id}/edit`)
  assert.doesNotMatch(form.text, /name="(?:client_name|redirect_uris|logo_uri|first_party)"/)
  const path = `/${client_id}/edit`
  const unknown = await send(path, { access: 'groups', access_groups: 'crew' })
  assert.deepEqual(faultsOn(unknown), { access_groups: groupFault('crew') })
  const saved = await send(path, { access: 'groups', access_groups: 'staff' })
  assert.equal(headingOf(saved), 'Its own Enabled', saved.text)
  const { access, metadata } = await admin('GET', `/clients/${client_id}`)
  assert.deepEqual([access, metadata.access_groups], ['groups', ['staff']])
})

test('what somebody changed meanwhile is not overwritten, also after a mistake', limit, async () => {
  await create('web', { client_id: 'shared' })
  const browser = await recent()
  const form = await browser.open('/console/apps/shared/edit')
  await admin('PATCH', '/clients/shared', { client_name: 'Theirs' })
  const fields = { client_name: 'Mine', redirect_uris: callback, access: 'everyone', access_groups: '' }
  const mistake = await browser.submit(form, { ...fields, client_name: '' }, '/edit')
  assert.deepEqual(faultsOn(mistake), { client_name: 'Name is required.' })
  let page = mistake
  for (const _ of ['first', 'again']) {
    page = await browser.submit(page, fields, '/edit')
    assert.equal(
      problemOf(page),
      'Somebody changed it since this form was opened: open it anew, then make your change again.',
    )
  }
  assert.equal((await admin('GET', '/clients/shared')).name, 'Theirs')
})

test(
  'an app that has no secret is not told to rotate it, and dots alone are no client id',
  limit,
  async () => {
    await create('native', { client_id: 'phone', redirect_uris: 'com.example.wiki:/callback' })
    const browser = await recent()
    const phone = await browser.open('/console/apps/phone')
    assert.match(phone.text, /It has none\./)
    assert.doesNotMatch(phone.text, /Add a second one/)
    assert.deepEqual(faultsOn(await create('web', { client_id: '..' })), {
      client_id: 'Client id must have more than dots.',
    })
    assert.match(
      (await browser.open('/console/apps/new?kind=native')).text,
      /placeholder="com\.example\.wiki:\//,
    )
  },
)
