// Logos of clients as this server fetches them: only images, small ones, without redirects, each once, few at a time.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dataUrlOf, Logos } from '../../../src/oidc/clients/logo.ts'

const png = Buffer.from('89504e470d0a1a0a0000', 'hex')
const address = 'https://app.example/logo.png'

/** A fetch that answers each address as it is told, and counts. */
function stub(answer: (url: string, init: RequestInit | undefined) => Response | Promise<Response>) {
  const asked: string[] = []
  const fetch: typeof globalThis.fetch = async (url, init) => {
    asked.push(String(url))
    assert.equal(init?.redirect, 'error')
    assert.ok(init?.signal)
    return answer(String(url), init)
  }
  return { fetch, asked }
}

for (const [what, body, type] of [
  ['a PNG', png, 'image/png'],
  ['a JPEG', Buffer.from('ffd8ffe000104a46', 'hex'), 'image/jpeg'],
  ['a WebP', Buffer.from('RIFF\0\0\0\0WEBPVP8 ', 'latin1'), 'image/webp'],
  ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), undefined],
  ['a page', Buffer.from('<!doctype html><script>alert(1)</script>'), undefined],
  ['nothing', Buffer.alloc(0), undefined],
  ['an image of 17 kB', Buffer.concat([png, Buffer.alloc(17 * 1024)]), undefined],
] as const)
  test(`24: ${what}, whatever it is sent as, is ${type ?? 'no logo'}`, async () => {
    const { fetch } = stub(() => new Response(body, { headers: { 'Content-Type': 'image/png' } }))
    const logo = await new Logos(fetch, () => 0).get(address)
    assert.equal(logo?.type, type)
    if (logo) assert.equal(dataUrlOf(logo), `data:${type};base64,${body.toString('base64')}`)
  })

test('an address that does not answer, or with an error, has no logo, and is asked again after ten minutes', async () => {
  for (const answer of [
    () => Promise.reject(new Error('no route')),
    () => new Response(png, { status: 404 }),
  ]) {
    let now = 0
    const { fetch, asked } = stub(answer)
    const logos = new Logos(fetch, () => now)
    assert.equal(await logos.get(address), undefined)
    now = 599_000
    assert.equal(await logos.get(address), undefined)
    assert.equal(asked.length, 1)
    now = 600_000
    await logos.get(address)
    assert.equal(asked.length, 2)
  }
})

test('a page that shows a logo does not wait for it; it is there for a later one, fetched once', async () => {
  const { fetch, asked } = stub(() => new Response(png))
  const logos = new Logos(fetch, () => 0)
  assert.equal(logos.peek(address), undefined)
  assert.equal(logos.peek(address), undefined)
  assert.deepEqual((await logos.get(address))?.bytes, png)
  assert.deepEqual(logos.peek(address)?.bytes, png)
  assert.equal(asked.length, 1)
})

test('23: at most four are fetched at a time, and the others are left for later', async () => {
  const waiting: (() => void)[] = []
  const { fetch, asked } = stub(() => new Promise((done) => waiting.push(() => done(new Response(png)))))
  const logos = new Logos(fetch, () => 0)
  const all = Array.from({ length: 20 }, (_, at) => logos.get(`https://app.example/${at}`))
  assert.equal(asked.length, 4)
  for (const answer of waiting) answer()
  const found = (await Promise.all(all)).filter((logo) => logo !== undefined)
  assert.equal(found.length, 4)
})
