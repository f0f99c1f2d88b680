// Client metadata documents of a hostile site, fetched as the server fetches them (docs/attacks.md 25, 28).
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { guardedFetch } from '../../../src/federation/outbound/guarded-fetch.ts'
import { standardFetch } from '../../../src/federation/outbound/standard-fetch.ts'
import { ClientDocuments, UnusableDocument } from '../../../src/oidc/clients/client-documents.ts'
import { registrationSchema } from '../../../src/oidc/clients/registration-limits.ts'

type Answer = (res: ServerResponse, id: string, req: IncomingMessage) => void

let origin = ''
let sent = 0
let answer: Answer = (res) => res.end()
const site = createServer((req, res) => answer(res, `${origin}/client.json`, req))
before(async () => {
  await once(site.listen(0, '127.0.0.1'), 'listening')
  origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`
})
after(() => {
  site.closeAllConnections()
  site.close()
})

const documents = () =>
  new ClientDocuments({
    limits: registrationSchema.parse({ metadata_documents: true }),
    fetch: standardFetch(guardedFetch({ allow: new Set([new URL(origin).host]) })),
    clock: Date.now,
    mayFetch: () => true,
  })
const textOf = (client_id: string, more: object = {}): string =>
  JSON.stringify({ client_id, redirect_uris: ['https://agent.example/callback'], ...more })
const as =
  (type: string, body: (id: string) => string | Buffer, more: Record<string, string> = {}): Answer =>
  (res, id) =>
    res.writeHead(200, { 'content-type': type, ...more }).end(body(id))
const json = (body: (id: string) => string | Buffer) => as('application/json', body)

/** Writes a piece each time that the last one was taken, until the connection ends. */
const endless =
  (piece: string, everyMs: number): Answer =>
  (res) => {
    res.writeHead(200, { 'content-type': 'application/json' })
    const timer = setInterval(() => {
      if (!res.write(piece)) return
      sent += piece.length
    }, everyMs)
    res.on('close', () => clearInterval(timer))
  }

const refused: readonly (readonly [what: string, answer: Answer, reason: RegExp])[] = [
  [
    'a redirect to a good document',
    (res, id) => res.writeHead(302, { location: `${id}?2` }).end(),
    /could not be fetched/,
  ],
  [
    'a redirect to the metadata service',
    (res) => res.writeHead(307, { location: 'http://169.254.169.254/' }).end(),
    /could not be fetched/,
  ],
  ['a redirect without a place', (res) => res.writeHead(301).end(), /could not be fetched/],
  ['a body without an end', endless('a'.repeat(64 * 1024), 0), /could not be fetched/],
  ['a byte now and then', endless(' ', 100), /could not be fetched/],
  [
    'headers without an end',
    (res) => void res.socket?.write('HTTP/1.1 200 OK\r\nx: '),
    /could not be fetched/,
  ],
  ['a connection that ends', (res) => void res.socket?.destroy(), /could not be fetched/],
  [
    'a compressed body',
    as('application/json', (id) => gzipSync(textOf(id)), { 'content-encoding': 'gzip' }),
    /could not be fetched/,
  ],
  ['a byte order mark', json((id) => `\ufeff${textOf(id)}`), /not JSON/],
  ['UTF-16', json((id) => Buffer.from(textOf(id), 'utf16le')), /not JSON/],
  ['two documents', json((id) => textOf(id).repeat(2)), /not JSON/],
  ['lists 8,000 deep', json(() => `${'['.repeat(8000)}${']'.repeat(8000)}`), /not a JSON object/],
  ['members of a prototype', json((id) => `{"__proto__":${textOf(id)}}`), /client_id/],
  ['text/html', as('text/html', textOf), /application\/json/],
  ['text/json', as('text/json', textOf), /application\/json/],
  ['application/jsonp', as('application/jsonp', textOf), /application\/json/],
  ['no type', (res, id) => res.writeHead(200).end(textOf(id)), /application\/json/],
  ['another spelling of the client', json((id) => textOf(id.replace('127.0.0.1', '127.1'))), /not the URL/],
  ['the client with a fragment', json((id) => textOf(`${id}#`)), /not the URL/],
  [
    'the client in a list',
    json((id) => JSON.stringify({ client_id: [id], redirect_uris: ['https://a.example/'] })),
    /client_id/,
  ],
]
for (const [what, given, reason] of refused)
  test(`a site that answers with ${what} is refused`, async () => {
    answer = given
    await assert.rejects(
      documents().find(`${origin}/client.json`),
      (error: unknown) => error instanceof UnusableDocument && reason.test(error.reason),
    )
  })

test('no more than a megabyte of an endless body is read', async () => {
  sent = 0
  answer = endless('a'.repeat(64 * 1024), 0)
  await assert.rejects(documents().find(`${origin}/client.json`))
  // And what the buffers of both ends hold.
  assert.ok(sent < 32 * 1024 * 1024, String(sent))
})

const taken: readonly (readonly [what: string, answer: Answer])[] = [
  ['a type with parameters', as('Application/JSON; charset=utf-8', textOf)],
  ['a type of its own', as('application/vnd.agent+json', textOf)],
]
for (const [what, given] of taken)
  test(`a document with ${what} is used`, async () => {
    answer = given
    assert.ok(await documents().find(`${origin}/client.json`))
  })

const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
const logos: readonly (readonly [what: string, answer: Answer])[] = [
  ['an SVG that is sent as PNG', as('image/png', () => svg)],
  ['an SVG behind a byte order mark', as('image/svg+xml', () => `\ufeff${svg}`)],
  ['a redirect', (res) => res.writeHead(302, { location: '/other.png' }).end()],
  ['a byte now and then', endless('\x89', 100)],
]
for (const [what, given] of logos)
  test(`a logo that is ${what} is left out, within the time of the document`, async () => {
    answer = (res, id, req) =>
      req.url === '/logo'
        ? given(res, id, req)
        : json((client) => textOf(client, { logo_uri: `${origin}/logo` }))(res, id, req)
    const found = documents()
    assert.ok(await found.find(`${origin}/client.json`))
    assert.equal(found.logoOf(`${origin}/client.json`), undefined)
  })
