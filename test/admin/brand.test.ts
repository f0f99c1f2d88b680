// The brand of an account in the admin API and on the command line: what is accepted, what is recorded, and where names arrive.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { runCommandHere } from '../support/command-line.ts'
import { jpeg, png, webp } from '../support/data/images.ts'
import { formBrowser } from '../support/form-browser.ts'
import { type Running, startServer } from '../support/server.ts'
import { callAdmin, root } from './call.ts'

const timeout = 60_000
let server: Running
before(
  async () => {
    server = await startServer()
  },
  { timeout },
)
after(() => server.stop())

const change = (body: object, headers = {}) =>
  callAdmin(server.url, { method: 'PATCH', path: '/brand', body, headers })
const base64 = (file: Buffer): string => file.toString('base64')

test('a brand is empty at first, is changed and read back; null removes; stale changes are refused', {
  timeout,
}, async () => {
  const first = await callAdmin(server.url, { path: '/brand' })
  assert.deepEqual(first.body, {})
  const etag = { 'if-match': first.headers.get('etag') ?? '' }
  const changed = await change({ name: ' Acme  Ltd ', accent: '#0BC', logo: base64(png()) }, etag)
  assert.equal(changed.status, 200, JSON.stringify(changed.body))
  const { name, accent, logo } = changed.body
  assert.deepEqual([name, accent, logo.type, logo.width], ['Acme Ltd', '#00bbcc', 'image/png', 64])
  assert.equal((await change({ name: 'Other' }, etag)).status, 412)
  const more = await change({ darkLogo: base64(webp), logo: null })
  assert.deepEqual(Object.keys(more.body), ['name', 'accent', 'darkLogo'])
  assert.deepEqual((await callAdmin(server.url, { path: '/brand' })).body, more.body)
  assert.deepEqual((await change({ name: null, accent: null, darkLogo: null })).body, {})
})

describe('what is wrong is named, all at once, and nothing changes', { timeout }, () => {
  test('a name, a colour and both logos', async () => {
    const { status, body } = await change({
      name: 'Acme\r\nBcc: x',
      accent: '#7a7a7a',
      logo: base64(Buffer.from('<svg onload="alert(1)"/>')),
      darkLogo: base64(png({ width: 4000, height: 16 })),
    })
    assert.equal(status, 400)
    const faults = Object.fromEntries(
      body.errors.map(({ field, message }: { field: string; message: string }) => [field, message]),
    )
    assert.deepEqual(Object.keys(faults), ['name', 'accent', 'logo', 'darkLogo'])
    assert.match(faults.name, /line breaks/)
    assert.match(faults.accent, /4\.\d\d:1 with its text, and 4\.5:1 is needed: the nearest .* is #767676/)
    assert.match(faults.logo, /SVG/)
    assert.match(faults.darkLogo, /4000 × 16 pixels/)
    assert.deepEqual((await callAdmin(server.url, { path: '/brand' })).body, {})
  })
  for (const [what, body, status] of [
    ['a logo of 101 kB', { logo: base64(Buffer.alloc(101_000)) }, 400],
    ['a body of 2 MB', { logo: 'A'.repeat(2_000_000) }, 413],
    ['a logo that is no base64', { logo: 'data:image/png;base64,AAAA' }, 400],
    ['a logo that is an object', { logo: { $ne: null } }, 400],
    ['a member that is not known', { html: '<b>' }, 400],
    ['__proto__', JSON.parse('{"__proto__": {"name": "x"}}'), 400],
    ['a name that is a number', { name: 1 }, 400],
  ] as const)
    test(what, async () => assert.equal((await change(body)).status, status))
})

test('the audit entry has the brand before and after, logos as hash and size', { timeout }, async () => {
  await change({ name: 'Before', logo: base64(png()) })
  await change({ name: 'After', logo: base64(jpeg) })
  const { body } = await callAdmin(server.url, { path: '/audit?action=chancery:UpdateBrand&limit=1' })
  const entry = await callAdmin(server.url, { path: `/audit/${encodeURIComponent(body.items[0].id)}` })
  const text = JSON.stringify(entry.body)
  assert.ok(text.length < 4000, 'no logo is in the entry')
  const { details } = entry.body
  assert.deepEqual([details.before.name, details.after.name], ['Before', 'After'])
  assert.match(details.before.logo.sha256, /^[0-9a-f]{64}$/)
  assert.notEqual(details.before.logo.sha256, details.after.logo.sha256)
  assert.ok(details.after.logo.bytes > 100)
})

test('K13: authenticators are labelled with the name of the organization, and no colon but the one between', {
  timeout,
}, async () => {
  const labelOf = async (name: string): Promise<URL> => {
    const password = 'plum-orbit-9-lantern'
    const body = { name, password, mustChangePassword: false }
    const made = await callAdmin(server.url, { method: 'POST', path: '/people', body })
    assert.equal(made.status, 201, JSON.stringify(made.body))
    const browser = formBrowser(server.url)
    const page = await browser.submit(await browser.open('/account'), { username: name, password })
    const uri = /otpauth:[^"]+/.exec(page.text)?.[0]?.replaceAll('&amp;', '&')
    assert.ok(uri, page.text)
    return new URL(uri)
  }
  await change({ name: 'Acme: Tools' })
  const branded = await labelOf('ada')
  assert.equal(decodeURIComponent(branded.pathname), '/Acme Tools:ada')
  assert.equal(branded.searchParams.get('issuer'), 'Acme Tools')
  await change({ name: null })
  const plain = await labelOf('bob')
  assert.equal(decodeURIComponent(plain.pathname), `/${new URL(server.url).hostname}:bob`)
})

test('one command brands, with files as they are', { timeout }, async () => {
  const file = join(server.dir, 'logo.png')
  writeFileSync(file, png())
  const env = {
    AWS_ACCESS_KEY_ID: root.accessKeyId,
    AWS_SECRET_ACCESS_KEY: root.secretAccessKey,
    CHANCERY_URL: server.url,
  }
  const run = (...args: readonly string[]) =>
    runCommandHere(['settings', ...args], { directory: server.dir, env })
  const updated = await run(
    'update-brand',
    '--name',
    'Acme',
    '--accent',
    '#0b6bcb',
    '--logo-file',
    file,
    '--dark-logo-file',
    '',
  )
  assert.equal(updated.code, 0, updated.err)
  const { out } = await run('get-brand', '--json')
  const { name, accent, logo, darkLogo } = JSON.parse(out)
  assert.deepEqual([name, accent, logo.bytes, darkLogo], ['Acme', '#0b6bcb', png().length, undefined])
  const refused = await run('update-brand', '--logo-file', join(server.dir, 'nothing.png'))
  assert.notEqual(refused.code, 0)
  assert.match(refused.err, /cannot read/)
})
