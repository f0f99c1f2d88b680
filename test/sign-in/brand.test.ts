// The brand of an account on its pages, over HTTP: where it is shown, how its files are served, and what of it other accounts see.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { callAdmin } from '../admin/call.ts'
import { jpeg, png, webp } from '../support/data/images.ts'
import { formBrowser } from '../support/form-browser.ts'
import { type Running, startServer } from '../support/server.ts'

const timeout = 60_000
let server: Running
before(
  async () => {
    server = await startServer()
  },
  { timeout },
)
after(() => server.stop())

const brand = async (body: object): Promise<void> => {
  const made = await callAdmin(server.url, { method: 'PATCH', path: '/brand', body })
  assert.equal(made.status, 200, JSON.stringify(made.body))
}
const base64 = (file: Buffer): string => file.toString('base64')
const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${server.url}${path}`, { headers })
const pageAt = async (path: string, headers = {}): Promise<string> => (await get(path, headers)).text()
const pathsIn = (page: string): readonly string[] =>
  [...page.matchAll(/(?:href|src|srcset)="(\/brand\/[^"]+)"/g)].map(([, path]) => path ?? '')
const contents = (path: string): Promise<Buffer> =>
  get(path).then(async (response) => Buffer.from(await response.arrayBuffer()))

test('pages are those of Chancery until something is set, and again when it is removed', {
  timeout,
}, async () => {
  for (const change of [{}, { name: 'Acme', accent: '#0b6bcb', logo: base64(png()) }, null]) {
    await brand(change ?? { name: null, accent: null, logo: null })
    const page = await pageAt('/sign-in')
    const isBranded = change !== null && Object.keys(change).length > 0
    assert.equal(/<title>[^<]+ · Acme<\/title>/.test(page), isBranded)
    assert.equal(page.includes('class="wordmark">Chancery'), !isBranded)
    assert.equal(pathsIn(page).length > 0, isBranded)
  }
})

describe('the name is on every page, in every language', { timeout }, () => {
  const hostile = `<img src=x onerror=alert(1)>"'{name}`
  before(() => brand({ name: hostile }))
  after(() => brand({ name: null }))
  for (const path of [
    '/sign-in',
    '/account',
    '/device',
    '/no/such/page',
    '/auth?client_id=nobody',
    '/sign-in/link',
  ])
    for (const language of ['en', 'de', 'fr', 'es', 'ja'])
      test(`${path} ${language}`, async () => {
        const page = await pageAt(path, { accept: 'text/html', 'accept-language': language })
        assert.match(page, new RegExp(`<html lang="${language}">`))
        assert.match(page, /<title>[^<]+ · &lt;img src=x onerror=alert\(1\)&gt;&quot;&#39;\{name\}<\/title>/)
        assert.match(page, /class="wordmark"><bdi>&lt;img/)
        assert.doesNotMatch(page, /<img|Chancery/)
      })
})

test('files are served as what they are, from our own origin, and kept forever', { timeout }, async () => {
  await brand({ name: 'Acme', accent: '#ffd400', logo: base64(jpeg), darkLogo: base64(webp) })
  const page = await pageAt('/sign-in')
  const paths = pathsIn(page)
  const shape = (path: string) =>
    path.replace(/[0-9a-f]{10,32}(?=\.)/, '#').replace(server.accountId, 'account')
  assert.deepEqual([...new Set(paths.map(shape))].sort(), [
    '/brand/accent/ffd400-both.#.css',
    '/brand/account/#.jpg',
    '/brand/account/#.webp',
  ])
  const types = { css: 'text/css; charset=utf-8', webp: 'image/webp', jpg: 'image/jpeg' }
  for (const path of paths) {
    const response = await get(path)
    const header = (name: string) => response.headers.get(name) ?? ''
    assert.equal(response.status, 200)
    assert.equal(header('content-type'), types[path.split('.').pop() as keyof typeof types])
    assert.match(header('cache-control'), /max-age=31536000, immutable/)
    assert.equal(header('x-content-type-options'), 'nosniff')
    assert.equal(header('content-security-policy'), "default-src 'none'; sandbox")
    assert.equal(header('cross-origin-resource-policy'), 'same-origin')
    assert.equal(header('set-cookie'), '')
  }
  const [css = ''] = paths.filter((path) => path.endsWith('.css'))
  const styles = String(await contents(css))
  assert.match(
    styles,
    /^:root\{--action:#ffd400;.*@media\(prefers-color-scheme:dark\)\{:root\{--action:#ffd400;/,
  )
  assert.doesNotMatch(styles, /url|@import|expression/)
  // The page itself has the policy that all pages have.
  const policy = (await get('/sign-in')).headers.get('content-security-policy') ?? ''
  assert.match(policy, /style-src 'self'; img-src 'self' data:;/)
  assert.doesNotMatch(policy, /unsafe|frame-src/)
})

test('a page that was sent before a change finds its logo for a while; others than ours there are none', {
  timeout,
}, async () => {
  await brand({ logo: base64(png()), darkLogo: null })
  const [former = ''] = pathsIn(await pageAt('/sign-in')).filter((path) => path.endsWith('.png'))
  await brand({ logo: base64(png({ colour: [200, 0, 0, 255] })) })
  const [next = ''] = pathsIn(await pageAt('/sign-in')).filter((path) => path.endsWith('.png'))
  assert.notEqual(next, former)
  assert.equal((await get(former)).status, 200)
  assert.equal((await get(next)).status, 200)
  for (const path of [
    next.replace('.png', '.jpg'),
    next.replace('.png', '.svg'),
    next.replace(/[0-9a-f]{32}/, '0'.repeat(32)),
    next.replace(server.accountId, '999999999999'),
    next.replace(server.accountId, 'accent'),
    next.replace(server.accountId, '..%2f..%2fetc'),
    `/brand/${server.accountId}/constructor`,
    '/brand/accent/ffd400-both.0000000000.css',
    '/brand/accent/ffd400-both.css',
    '/brand/accent/7a7a7a-both.0000000000.css',
    '/brand/accent/%7Dbody%7Bdisplay:none-both.0000000000.css',
  ])
    assert.equal((await get(path)).status, 404, path)
  await brand({ name: null, accent: null, logo: null })
})

test('a square logo has the name beside it and is the icon of the tab; a wide one stands alone', {
  timeout,
}, async () => {
  await brand({ name: 'Acme', logo: base64(png()) })
  const square = await pageAt('/sign-in')
  assert.match(square, /<link rel="icon" href="\/brand\//)
  assert.match(
    square,
    /<img class="logo plate" src="[^"]+" width="64" height="64" alt=""><span class="wordmark"><bdi>Acme/,
  )
  await brand({
    logo: base64(png({ width: 320, height: 64 })),
    darkLogo: base64(png({ width: 320, height: 64 })),
  })
  const wide = await pageAt('/sign-in')
  assert.match(wide, /<link rel="icon" href="\/assets\/seal/)
  assert.match(
    wide,
    /<picture><source srcset="[^"]+" media="\(prefers-color-scheme: dark\)"><img class="logo wide-logo" [^>]* alt="Acme"><\/picture><\/header>/,
  )
})

test('16: the console of another account has the brand of that account, and not ours', {
  timeout,
}, async () => {
  await brand({ name: 'Acme' })
  const body = { name: 'Other', accessKey: true }
  const made = await callAdmin(server.url, { method: 'POST', path: '/accounts', body })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const { account, accessKeyId, secretAccessKey } = made.body
  const credentials = { accessKeyId, secretAccessKey }
  const inOther = (method: string, path: string, given: object) =>
    callAdmin(server.url, { method, path, body: given, credentials })
  assert.equal((await inOther('PATCH', '/brand', { name: 'Other Ltd', logo: base64(png()) })).status, 200)
  const password = 'plum-orbit-9-lantern'
  const olga = { name: 'olga', password, mustChangePassword: false }
  assert.equal((await inOther('POST', '/people', olga)).status, 201)
  assert.equal((await inOther('PATCH', '/settings', { secondFactor: 'optional' })).status, 200)
  const browser = formBrowser(server.url)
  const signIn = await browser.open('/account')
  assert.match(signIn.text, / · Acme<\/title>/)
  const signedIn = await browser.submit(signIn, { username: `${account.id}/olga`, password })
  assert.match(signedIn.url, /\/account$/, signedIn.text)
  const { text } = await browser.open('/console/settings')
  assert.match(text, / · Other Ltd<\/title>/)
  assert.doesNotMatch(text, /Acme/)
  const [logo = ''] = pathsIn(text).filter((path) => path.endsWith('.png'))
  assert.ok(logo.startsWith(`/brand/${account.id}/`), text)
  assert.equal((await get(logo)).status, 200)
  await brand({ name: null })
})
