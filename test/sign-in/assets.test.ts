import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { openAssets } from '../../src/sign-in/assets.ts'
import { webApp } from '../../src/web/app.ts'

const assets = openAssets((content) => createHash('sha256').update(content).digest('hex'))
let server: Server
let origin: string

before(async () => {
  const app = webApp(assets.routes, {
    issuer: 'http://localhost',
    trustedProxies: [],
    errorPage: (error) => error.message,
    log: { error: console.error, warn() {}, info() {} },
    signedIn: async () => false,
    startSignIn: async () => {},
  })
  server = createServer(app.callback())
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
after(() => server.close())

test('files are cached forever, because a file name changes with its content', async () => {
  for (const path of [assets.stylesheet, assets.typeface, assets.icon, ...assets.scripts]) {
    const response = await fetch(origin + path)
    assert.equal(response.status, 200, path)
    assert.match(response.headers.get('cache-control') ?? '', /immutable/)
    assert.match(path, /\.[0-9a-f]{10}\.(css|woff2|svg|js)$/)
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff')
  }
})

test('the stylesheet refers to the font by its hashed path, compressed or not', async () => {
  for (const encoding of ['br', 'identity']) {
    const response = await fetch(origin + assets.stylesheet, { headers: { 'Accept-Encoding': encoding } })
    assert.equal(response.headers.get('content-encoding'), encoding === 'br' ? 'br' : null)
    // Relative, so that it is right below every path that the stylesheet is served at.
    const font = /url\("(inter[^"]+)"\)/.exec(await response.text())?.[1] ?? ''
    assert.equal(new URL(font, origin + assets.stylesheet).pathname, assets.typeface)
  }
})

test('no other file of the disk is served', async () => {
  for (const name of [
    '..%2f..%2fpackage.json',
    'chancery.css',
    'constructor',
    '__proto__',
    '%00',
    'inter-licence.txt',
  ])
    assert.equal((await fetch(`${origin}/assets/${name}`)).status, 404, name)
})
