// `chancery doctor`: on a healthy server, behind faulty proxies, and on broken settings.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, type TestContext, test } from 'node:test'
import { checkCertificate } from '../../src/cli/doctor/certificate.ts'
import type { Finding } from '../../src/cli/doctor/finding.ts'
import { checkPublicUrl } from '../../src/cli/doctor/public-url.ts'
import { readConfig } from '../../src/config.ts'
import { runCommandHere } from '../support/command-line.ts'
import { type Running, startServer } from '../support/server.ts'

let server: Running
before(
  async () => {
    server = await startServer()
  },
  { timeout: 60_000 },
)
after(() => server.stop())

async function doctor(env: Readonly<Record<string, string>>) {
  const { code, out, err } = await runCommandHere(['doctor', '--json'], {
    env: {
      CHANCERY_DATA: join(server.dir, 'data'),
      CHANCERY_KEYS: join(server.dir, 'keys'),
      CHANCERY_PORT: new URL(server.url).port,
      ...env,
    },
  })
  const findings: readonly Finding[] = code === 2 || out === '' ? [] : JSON.parse(out)
  return { code, err, of: (check: string) => findings.filter((one) => one.check === check), findings }
}

test('a healthy server passes every check', { timeout: 60_000 }, async () => {
  const { code, findings } = await doctor({})
  assert.equal(code, 0)
  assert.deepEqual(
    findings.map(({ check, status }) => [check, status]),
    [
      ['settings', 'ok'],
      ['issuer', 'ok'],
      ['clock', 'ok'],
      ['cookies', 'ok'],
      ['proxy', 'ok'],
      ['store', 'ok'],
      ['disk', 'ok'],
      ['keys', 'ok'],
      ['master key', 'ok'],
      ['certificate', 'warn'],
      ['mail', 'ok'],
      ['places', 'ok'],
    ],
  )
})

test('without a store, with nobody at the public URL and a provider that does not answer, each is named', {
  timeout: 60_000,
}, async (t) => {
  const dir = directory(t)
  writeFileSync(
    join(dir, 'c.yaml'),
    `identity_providers:\n  - {kind: openid, name: acme, url: 'https://acme.invalid', client_ids: [x]}\n`,
  )
  const { code, of } = await doctor({
    CHANCERY_PORT: '1',
    CHANCERY_DATA: join(dir, 'data'),
    CHANCERY_CONFIG: join(dir, 'c.yaml'),
  })
  assert.equal(code, 1)
  const config = await runCommandHere(['config'], { env: { CHANCERY_CONFIG: join(dir, 'c.yaml') } })
  assert.equal(config.code, 0)
  assert.match(config.out, /^warning: provider: acme: .* failed/m)
  for (const [check, status] of [
    ['issuer', 'fail'],
    ['store', 'fail'],
    ['provider', 'warn'],
  ] as const) {
    assert.equal(of(check)[0]?.status, status, check)
    assert.ok(of(check)[0]?.remedy, check)
  }
})

function directory(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-doctor-'))
  t.after(() => rmSync(dir, { recursive: true }))
  return dir
}

type Answer = (req: IncomingMessage, res: ServerResponse, own: string) => void

const discovery = (issuer: string) => JSON.stringify({ issuer })
const signIn = (res: ServerResponse, cookie: string | undefined, location: string) =>
  res.writeHead(303, { location, ...(cookie === undefined ? {} : { 'set-cookie': cookie }) }).end()

/** What a faulty proxy does → the check that fails. */
const faults: readonly (readonly [string, string, Answer])[] = [
  ['another issuer', 'issuer', (_req, res) => res.end(discovery('https://other.example'))],
  ['a page of its own', 'issuer', (_req, res) => res.writeHead(404).end('<h1>not here</h1>')],
  [
    'a clock that is late',
    'clock',
    (_req, res, own) => {
      res.setHeader('date', new Date(Date.now() - 120_000).toUTCString())
      res.end(discovery(own))
    },
  ],
  [
    'no cookies',
    'cookies',
    (req, res, own) =>
      req.url === '/account' ? signIn(res, undefined, '/sign-in/x') : res.end(discovery(own)),
  ],
  [
    'cookies without HttpOnly',
    'cookies',
    (req, res, own) => (req.url === '/account' ? signIn(res, 'a=b', '/sign-in/x') : res.end(discovery(own))),
  ],
  [
    'locations elsewhere',
    'cookies',
    (req, res, own) =>
      req.url === '/account'
        ? signIn(res, 'a=b; HttpOnly', 'http://inside.example/sign-in/x')
        : res.end(discovery(own)),
  ],
]
for (const [name, check, answer] of faults)
  test(`behind a proxy with ${name}, the check of ${check} fails`, { timeout: 60_000 }, async (t) => {
    let own = ''
    const proxy = createServer((req, res) =>
      req.url === '/account' && check !== 'cookies'
        ? signIn(res, 'a=b; HttpOnly', '/sign-in/x')
        : answer(req, res, own),
    )
    await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done))
    t.after(() => proxy.close())
    own = `http://localhost:${(proxy.address() as AddressInfo).port}`
    const findings = await checkPublicUrl(own, readConfig({}, '/'))
    assert.deepEqual(
      findings.filter(({ status }) => status === 'fail').map((one) => one.check),
      [check],
    )
  })

const tls = (name: string) => resolve(import.meta.dirname, '../support/tls', name)
const certificates = [
  ['https://localhost', 0, 'ok'],
  ['https://other.example', 0, 'fail'],
  ['https://localhost', 365 * 200, 'fail'],
] as const
for (const [issuer, laterDays, status] of certificates)
  test(`the certificate of localhost, for ${issuer}, ${laterDays} days from now: ${status}`, async () => {
    const config = readConfig({ CHANCERY_TLS_CERT: tls('cert.pem'), CHANCERY_TLS_KEY: tls('key.pem') }, '/')
    const [finding] = await checkCertificate(config, issuer, Date.now() + laterDays * 86_400_000)
    assert.equal(finding?.status, status, finding?.message)
  })
