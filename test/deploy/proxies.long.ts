// The proxy recipes of docs/deploy/, each run by the real proxy before the real server: the public URL, signed requests, and
// which address counts as the client's.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { parse } from 'yaml'
import { formOf, signed } from '../support/aws-call.ts'
import { freePort } from '../support/free-port.ts'
import { lacking, run } from '../support/outside-tool.ts'
import { type Running, startServer } from '../support/server.ts'
import { until as becomesTrue } from '../support/waiting.ts'

process.env['PATH'] = `${process.env['PATH']}:/usr/sbin`
const recipes = resolve(import.meta.dirname, '../../docs/deploy')
const tls = resolve(import.meta.dirname, '../support/tls')
const cert = join(tls, 'cert.pem')
const key = join(tls, 'key.pem')
const ca = readFileSync(cert)

interface Place {
  readonly dir: string
  /** Where the proxy listens. */
  readonly port: number
  /** Where the server does. */
  readonly serverPort: string
}
interface Recipe {
  readonly name: string
  readonly file: string
  readonly version: readonly [string, string]
  /** The text of the recipe for this machine: [in the recipe, here]. */
  readonly here: (place: Place) => readonly (readonly [string, string])[]
  /** Writes what else it needs, and gives the command line. */
  readonly command: (text: string, place: Place) => readonly [string, ...string[]]
}

const nginx = (text: string, { dir }: Place): [string, ...string[]] => {
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${dir}/${name};`,
  )
  writeFileSync(
    join(dir, 'nginx.conf'),
    `daemon off; pid ${dir}/pid; error_log ${dir}/error.log; events {} http { access_log off; ${temp.join(' ')}\n${text}\n}`,
  )
  return ['nginx', '-p', dir, '-e', join(dir, 'error.log'), '-c', join(dir, 'nginx.conf')]
}
const nginxHere: Recipe['here'] = ({ port, serverPort }) => [
  ['listen 443 ssl', `listen ${port} ssl`],
  ['server_name id.example.com', 'server_name localhost'],
  ['/etc/ssl/id.example.com/fullchain.pem', cert],
  ['/etc/ssl/id.example.com/privkey.pem', key],
  ['127.0.0.1:3000', `127.0.0.1:${serverPort}`],
]

const all: readonly Recipe[] = [
  { name: 'nginx', file: 'nginx.conf', version: ['nginx', '-v'], here: nginxHere, command: nginx },
  {
    // The issuer's own host is enough for a signature: the proxy's default is to send its upstream's name as Host.
    name: 'nginx that does not pass Host on',
    file: 'nginx.conf',
    version: ['nginx', '-v'],
    here: (place) => [
      ...nginxHere(place),
      ['proxy_set_header Host $http_host;', ''],
      ['proxy_set_header X-Forwarded-Host $http_host;', ''],
    ],
    command: nginx,
  },
  {
    name: 'haproxy',
    file: 'haproxy.cfg',
    version: ['haproxy', '-v'],
    here: ({ dir, port, serverPort }) => [
      ['bind :443', `bind 127.0.0.1:${port}`],
      ['/etc/haproxy/id.example.com.pem', join(dir, 'both.pem')],
      ['127.0.0.1:3000', `127.0.0.1:${serverPort}`],
    ],
    command(text, { dir }) {
      writeFileSync(join(dir, 'both.pem'), Buffer.concat([readFileSync(cert), readFileSync(key)]))
      writeFileSync(join(dir, 'haproxy.cfg'), text)
      return ['haproxy', '-db', '-f', join(dir, 'haproxy.cfg')]
    },
  },
  {
    name: 'caddy',
    file: 'Caddyfile',
    version: ['caddy', 'version'],
    here: ({ port, serverPort }) => [
      [
        '\nid.example.com {',
        `\n{\n admin off\n auto_https off\n}\nhttps://localhost:${port} {\n tls ${cert} ${key}`,
      ],
      ['127.0.0.1:3000', `127.0.0.1:${serverPort}`],
    ],
    command(text, { dir }) {
      writeFileSync(join(dir, 'Caddyfile'), text)
      return ['caddy', 'run', '--config', join(dir, 'Caddyfile'), '--adapter', 'caddyfile']
    },
  },
]

// One server for all: each proxy in turn takes the port of the issuer.
let server: Running
let port = 0
let serverPort = ''
before(
  async () => {
    port = await freePort()
    serverPort = String(await freePort())
    server = await startServer({
      env: {
        CHANCERY_ISSUER: `https://localhost:${port}`,
        CHANCERY_PORT: serverPort,
        CHANCERY_TRUSTED_PROXIES: '127.0.0.1',
        CHANCERY_LOG_LEVEL: 'info',
      },
    })
  },
  { timeout: 60_000 },
)
after(() => server.stop())

for (const recipe of all)
  test(`behind ${recipe.name}: public URL, signed requests, the client's address`, {
    timeout: 90_000,
    skip: lacking(...recipe.version),
  }, async (t) => {
    const dir = mkdtempSync(join(tmpdir(), 'chancery-proxy-'))
    const place = { dir, port, serverPort }
    let text = readFileSync(join(recipes, recipe.file), 'utf8')
    for (const [there, here] of recipe.here(place)) {
      assert.ok(text.includes(there), `${recipe.file} has ${there}`)
      text = text.replace(there, here)
    }
    const [command, ...args] = recipe.command(text, place)
    const proxy = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'], HOME: dir },
    })
    let output = ''
    for (const stream of [proxy.stdout, proxy.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
    t.after(async () => {
      const ended = new Promise((done) => proxy.once('exit', done))
      if (proxy.exitCode === null) {
        proxy.kill('SIGTERM')
        setTimeout(() => proxy.kill('SIGKILL'), 2_000).unref()
        await ended
      }
      rmSync(dir, { recursive: true })
    })
    const issuer = `https://localhost:${port}`
    await until(
      async () => (await call(issuer, '/readyz')).status === 200,
      () => output,
    )
    assert.equal(JSON.parse((await call(issuer, '/.well-known/openid-configuration')).text).issuer, issuer)

    const identity = await callSts(issuer, server.rootKey)
    assert.equal(identity.status, 200, identity.text)
    assert.match(identity.text, /arn:aws:iam::\d{12}:root/)

    // The client, at 127.0.0.2, names another address itself, which must not count.
    const answer = await call(issuer, '/nothing-here', { headers: { 'x-forwarded-for': '6.6.6.6' } })
    await until(
      async () => server.output().includes(String(answer.requestId)),
      () => server.output(),
    )
    const line = server
      .output()
      .split('\n')
      .find((one) => one.includes(String(answer.requestId)))
    assert.equal(JSON.parse(line ?? '{}').address, '127.0.0.2')

    const { code, out } = await run(process.execPath, [resolve(recipes, '../../src/bin.js'), 'doctor'], {
      CHANCERY_ISSUER: issuer,
      CHANCERY_DATA: join(server.dir, 'data'),
      CHANCERY_KEYS: join(server.dir, 'keys'),
      CHANCERY_TRUSTED_PROXIES: '127.0.0.1',
      NODE_EXTRA_CA_CERTS: cert,
    })
    assert.equal(code, 0, out)
  })

test('the recipe for Traefik routes the whole origin to the server', () => {
  const { http } = parse(readFileSync(join(recipes, 'traefik.yaml'), 'utf8'))
  assert.equal(http.routers.chancery.service, 'chancery')
  assert.equal(http.routers.chancery.rule, 'Host(`id.example.com`)')
  const { loadBalancer } = http.services.chancery
  assert.deepEqual(loadBalancer.servers, [{ url: 'http://127.0.0.1:3000' }])
  assert.equal(loadBalancer.passHostHeader, true)
})

interface Called {
  readonly status: number
  readonly text: string
  readonly requestId: string | undefined
}

function call(
  issuer: string,
  path: string,
  {
    method = 'GET',
    headers = {},
    body = '',
  }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Called> {
  return new Promise((done, fail) => {
    const { port } = new URL(issuer)
    const options = {
      host: '127.0.0.1',
      servername: 'localhost',
      port,
      path,
      method,
      ca,
      agent: false as const,
    }
    request(
      { ...options, localAddress: '127.0.0.2', headers: { host: new URL(issuer).host, ...headers } },
      (res) => {
        let text = ''
        res.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
        res.on('end', () =>
          done({
            status: res.statusCode ?? 0,
            text,
            requestId: res.headers['x-request-id']?.toString(),
          }),
        )
      },
    )
      .on('error', fail)
      .end(body)
  })
}

/** GetCallerIdentity, signed for the host of the issuer. */
async function callSts(
  issuer: string,
  root: { readonly id: string; readonly secret: string },
): Promise<Called> {
  const body = formOf('sts', 'GetCallerIdentity')
  const credentials = { accessKeyId: root.id, secretAccessKey: root.secret }
  const headers = signed({ url: `${issuer}/`, service: 'sts', credentials, body })
  return call(issuer, '/', { method: 'POST', headers, body })
}

const until = (holds: () => Promise<boolean>, output: () => string): Promise<void> =>
  becomesTrue('it answers', () => holds().catch(() => false), { probes: 600, every: 100 }).catch(() =>
    assert.fail(output()),
  )
