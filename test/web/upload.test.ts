// 28 (docs/attacks.md): forms with files, as browsers send them and as attackers do.
import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { webApp } from '../../src/web/app.ts'
import { readUpload } from '../../src/web/request/upload.ts'

let server: Server
let url: string
before(async () => {
  const app = webApp(
    [
      {
        method: 'POST',
        path: '/up',
        access: 'public',
        async run(ctx) {
          const { form, files } = await readUpload(ctx, { maxBytes: 100_000 })
          ctx.body = { form: [...form], files: [...files].map(([name, file]) => [name, file.length]) }
        },
      },
    ],
    {
      issuer: 'http://localhost',
      trustedProxies: [],
      errorPage: (error) => error.message,
      log: { error: () => {}, warn() {}, info() {} },
      signedIn: async () => false,
      startSignIn: async () => {},
    },
  )
  server = createServer(app.callback())
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/up`
})
after(() => server.close())

test('fields and files arrive as they were sent; a file that was not chosen is missing', async () => {
  const form = new FormData()
  form.set('name', 'Müller & Söhne\u{1f680}')
  form.set('__proto__', 'x')
  form.set('logo', new Blob([Buffer.from([0, 255, 13, 10, 45, 45])]), 'a"b.png')
  const response = await fetch(url, { method: 'POST', body: form })
  assert.deepEqual(await response.json(), {
    form: [
      ['name', 'Müller & Söhne🚀'],
      ['__proto__', 'x'],
    ],
    files: [['logo', 6]],
  })
})

const part = (name: string, value = 'x') =>
  `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
for (const [what, body, type, status] of [
  ['a form without files', 'a=1', 'application/x-www-form-urlencoded', 400],
  ['no boundary', `${part('a')}--b--\r\n`, 'multipart/form-data', 400],
  ['another boundary', `${part('a')}--b--\r\n`, 'multipart/form-data; boundary=c', 400],
  ['a form without its end', part('a'), 'multipart/form-data; boundary=b', 400],
  ['a field that stands twice', `${part('a')}${part('a')}--b--\r\n`, 'multipart/form-data; boundary=b', 400],
  ['a NUL', `${part('a', '\0')}--b--\r\n`, 'multipart/form-data; boundary=b', 400],
  [
    'a thousand fields',
    `${Array.from({ length: 1000 }, (_, at) => part(`f${at}`)).join('')}--b--\r\n`,
    'multipart/form-data; boundary=b',
    400,
  ],
  ['too many bytes', `${part('a', 'x'.repeat(100_001))}--b--\r\n`, 'multipart/form-data; boundary=b', 413],
  ['one field', `${part('a')}--b--\r\n`, 'multipart/form-data; boundary=b', 200],
] as const)
  test(`${what}: ${status}`, async () => {
    const response = await fetch(url, { method: 'POST', body, headers: { 'content-type': type } })
    assert.equal(response.status, status, await response.text())
  })
