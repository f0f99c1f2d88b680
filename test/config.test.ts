import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type TestContext, test } from 'node:test'
import { inspect } from 'node:util'
import { readConfig, variables, variablesTable } from '../src/config.ts'
import { clientsSchema, insecureRedirects } from '../src/oidc/clients/settings.ts'
import { Problem } from '../src/problem.ts'

const problemOf = (run: () => unknown): Problem => {
  try {
    run()
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error('no problem was thrown')
}

function withFile(t: TestContext, text: string): string {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-config-'))
  t.after(() => rmSync(dir, { recursive: true }))
  writeFileSync(join(dir, 'chancery.yaml'), text)
  return dir
}

test('an empty environment gives the documented defaults', () => {
  const config = readConfig({ HOME: '/root', CHANCERY_TEST_MONGODB: 'x' }, '/srv')
  assert.equal(config.port, 3000)
  assert.equal(config.host, '127.0.0.1')
  assert.equal(config.issuer, undefined)
  assert.equal(config.dataDir, '/srv/data')
  assert.deepEqual(config.store, { engine: 'sqlite', path: '/srv/data/chancery.db' })
  assert.equal(config.keysDir, '/srv/keys')
  assert.equal(config.admin.name, 'admin')
  assert.equal(config.workers, 1)
})

test('variables that Kubernetes sets for Services of our name are not taken for settings', () => {
  const links = (service: string) => ({
    [`${service}_SERVICE_HOST`]: '10.43.0.7',
    [`${service}_SERVICE_PORT`]: '80',
    [`${service}_SERVICE_PORT_HTTP`]: '80',
    [`${service}_PORT`]: 'tcp://10.43.0.7:80',
    [`${service}_PORT_80_TCP`]: 'tcp://10.43.0.7:80',
    [`${service}_PORT_80_TCP_PROTO`]: 'tcp',
    [`${service}_PORT_80_TCP_PORT`]: '80',
    [`${service}_PORT_80_TCP_ADDR`]: '10.43.0.7',
  })
  const config = readConfig({ ...links('CHANCERY'), ...links('CHANCERY_METRICS') }, '/srv')
  assert.equal(config.port, 3000)
  assert.equal(config.metrics, undefined)
})

test('a shell that names the server for commands can start one', () => {
  assert.equal(readConfig({ CHANCERY_URL: 'https://id.example.com' }, '/srv').port, 3000)
})

/** A bad value → what the message says of it. */
const refused: readonly (readonly [Record<string, string>, RegExp])[] = [
  [{ CHANCERY_PORT: '70000' }, /CHANCERY_PORT: must be a whole number from 0 to 65535/],
  [{ CHANCERY_PORT: '3000x' }, /CHANCERY_PORT: must be a whole number/],
  [{ CHANCERY_PORT: '-1' }, /CHANCERY_PORT: must be a whole number/],
  [{ CHANCERY_ISSUER: 'http://id.example' }, /CHANCERY_ISSUER: must be https unless it is loopback/],
  [{ CHANCERY_ISSUER: 'https://id.example/realm' }, /CHANCERY_ISSUER: must have no path/],
  [{ CHANCERY_ISSUER: 'https://u:p@id.example' }, /CHANCERY_ISSUER: must have no user/],
  [{ CHANCERY_ISSUER: 'id.example' }, /CHANCERY_ISSUER: must be an http or https URL/],
  [{ CHANCERY_ISSUER: 'javascript:alert(1)' }, /CHANCERY_ISSUER: must be an http or https URL/],
  [{ CHANCERY_STORE: 'postgres://x' }, /CHANCERY_STORE: must be `sqlite:<path>` or `mongodb:/],
  [{ CHANCERY_ACCOUNT_ID: '12345678901' }, /CHANCERY_ACCOUNT_ID: must be 12 digits/],
  [{ CHANCERY_ROOT_ACCESS_KEY_ID: 'abc' }, /CHANCERY_ROOT_SECRET_ACCESS_KEY: must be set together/],
  [
    { CHANCERY_ROOT_ACCESS_KEY_ID: 'ab', CHANCERY_ROOT_SECRET_ACCESS_KEY: 'short' },
    /CHANCERY_ROOT_ACCESS_KEY_ID: must be 3[\s\S]*CHANCERY_ROOT_SECRET_ACCESS_KEY: must be at least 8/,
  ],
  [{ CHANCERY_TLS_CERT: 'a.pem' }, /CHANCERY_TLS_KEY: must be set together with CHANCERY_TLS_CERT/],
  [{ CHANCERY_TRUSTED_PROXIES: '10.0.0.0/33' }, /`10.0.0.0\/33` must be an IP address or a CIDR range/],
  [{ CHANCERY_TRUSTED_PROXIES: 'proxy.internal' }, /must be an IP address or a CIDR range/],
  [{ CHANCERY_WORKERS: '0' }, /CHANCERY_WORKERS: must be a whole number from 1 to 64/],
  [{ CHANCERY_PROT: '3000' }, /`CHANCERY_PROT` is not a variable of ours; did you mean `CHANCERY_PORT`\?/],
  [{ CHANCERY_WHATEVER: '1' }, /`CHANCERY_WHATEVER` is not a variable of ours$/m],
  [{ CHANCERY_CONFIG: 'missing.yaml' }, /CHANCERY_CONFIG: cannot read/],
]
for (const [env, message] of refused) {
  test(`${Object.entries(env)
    .map((pair) => pair.join('='))
    .join(' ')} is refused`, () => {
    assert.match(problemOf(() => readConfig(env, tmpdir())).message, message)
  })
}

test('every fault of the environment and of the file is in one message', (t) => {
  const cwd = withFile(
    t,
    'clients: 7\nclinets: []\nidentity_providers:\n  - kind: openid\n    url: ftp://x\n',
  )
  const { message } = problemOf(() =>
    readConfig({ CHANCERY_CONFIG: 'chancery.yaml', CHANCERY_PORT: 'x', CHANCERY_WROKERS: '2' }, cwd),
  )
  for (const part of [
    'CHANCERY_PORT',
    '`CHANCERY_WROKERS`',
    'clients:',
    '`clinets`',
    'identity_providers[0].url',
  ]) {
    assert.ok(message.includes(part), `${part} is missing in:\n${message}`)
  }
})

// biome-ignore format: a table
const named: readonly (readonly [what: string, file: string, message: RegExp])[] = [
  ['a client by its client_id', 'clients:\n  - client_id: wiki\n    redirect_uris: [ftp://x]\n', /clients\[0\]\.redirect_uris\[0\] \(client_id `wiki`\): /],
  ['a resource by its id', 'resources:\n  - id: https://a.example\n    token_lifetime: 1\n', /resources\[0\]\.token_lifetime \(id `https:\/\/a\.example`\): /],
  ['a key of the file in a client', 'clients:\n  - client_id: wiki\n    require_pcke: true\n    decision_log: {}\n', /`clients\[0\]\.decision_log` \(client_id `wiki`\) is not a known key here; it belongs at the top of the file/],
  ['a key of a client in the file', 'redirect_uris: []\n', /`redirect_uris` is not a known key here; it belongs in an entry of `clients`/],
  ['a key of a resource in a client', 'clients:\n  - client_id: wiki\n    token_lifetime: 60\n', /it belongs in an entry of `resources`/],
  ['a key that is nowhere', 'clinets: []\n', /`clinets` is not a known key here; did you mean `clients`\?$/m],
  ['a key that resembles none', 'whatever: []\n', /`whatever` is not a known key here$/m],
  ['a misspelt key of a client', 'clients:\n  - client_id: wiki\n    redirect_uri: []\n', /`clients\[0\]\.redirect_uri` \(client_id `wiki`\) is not a known key here; did you mean `redirect_uris`\?/],
  ['http without the word for it', 'clients:\n  - client_id: nas\n    redirect_uris: [http://192.168.1.5/cb]\n', /client_id `nas`.*must be https unless it is loopback \(or `allow_insecure_redirects` is set\)/],
]
for (const [what, file, message] of named) {
  test(`a fault names ${what}`, (t) => {
    const cwd = withFile(t, file)
    assert.match(problemOf(() => readConfig({ CHANCERY_CONFIG: 'chancery.yaml' }, cwd)).message, message)
  })
}

test('allow_insecure_redirects takes http and schemes without a dot, never a script, and is warned about', () => {
  const parse = (more: object) =>
    clientsSchema.safeParse([{ client_id: 'nas', allow_insecure_redirects: true, ...more }])
  const web = parse({ redirect_uris: ['http://nas.lan:5000/cb'] })
  const native = parse({ application_type: 'native', redirect_uris: ['mobile:/cb'] })
  for (const { data } of [web, native])
    assert.match(
      insecureRedirects(data ?? [])[0] ?? '',
      /client `nas`: allow_insecure_redirects lets codes go to/,
    )
  for (const uri of [
    'javascript:alert(1)',
    'http://user@nas.lan/cb',
    'http://nas.lan/cb#x',
    'data:text/html,x',
  ])
    for (const application_type of ['web', 'native'])
      assert.equal(parse({ application_type, redirect_uris: [uri] }).success, false, uri)
  assert.equal(parse({ application_type: 'native', redirect_uris: ['http://nas.lan/cb'] }).success, false)
  assert.deepEqual(insecureRedirects(parse({ redirect_uris: ['https://nas.lan/cb'] }).data ?? []), [])
})

/** Hostile or broken files. */
const badFiles: readonly (readonly [string, string])[] = [
  ['a duplicate key', 'clients: []\nclients: []\n'],
  ['broken YAML', 'clients: [\n'],
  ['a list where a mapping is meant', '- clients\n'],
  ['a prototype name', '__proto__:\n  admin: true\n'],
  [
    'nested aliases',
    `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
      .split('')
      .map((n, i) => `${n}: &${n} [${`*${'abcdefgh'[i]},`.repeat(9)}]`)
      .join('\n')}\n`,
  ],
]
for (const [name, text] of badFiles) {
  test(`a file with ${name} is refused`, (t) => {
    const cwd = withFile(t, text)
    assert.equal(problemOf(() => readConfig({ CHANCERY_CONFIG: 'chancery.yaml' }, cwd)).code, 'invalid_input')
  })
}

test('secrets of the environment do not show when the configuration is printed', () => {
  const config = readConfig(
    {
      CHANCERY_ROOT_ACCESS_KEY_ID: 'AKIAROOT',
      CHANCERY_ROOT_SECRET_ACCESS_KEY: 'hidden-secret-1',
      CHANCERY_ADMIN_PASSWORD: 'hidden-secret-2',
      CHANCERY_STORE: 'mongodb://user:hidden-secret-3@db/',
    },
    '/srv',
  )
  assert.doesNotMatch(inspect(config, { depth: 9 }) + JSON.stringify(config), /hidden-secret/)
})

test("the documentation's table of variables is the one the schema prints", () => {
  const page = readFileSync(resolve(import.meta.dirname, '../docs/configuration.md'), 'utf8')
  assert.ok(page.includes(variablesTable()), `put this into docs/configuration.md:\n${variablesTable()}`)
  assert.equal(new Set(variables.map(({ name }) => name)).size, variables.length)
})
