// Secrets from the environment and from files, and the JSON schema of the configuration file.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { secretVariables } from '../../src/config/environment-files.ts'
import { secretKeys } from '../../src/config/substitute.ts'
import { configurationSchema, readConfig } from '../../src/config.ts'

function directory(t: TestContext, files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-configuration-'))
  t.after(() => rmSync(dir, { recursive: true }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text)
  return dir
}

const client = (line: string) =>
  `clients:\n  - client_id: wiki\n    redirect_uris: [https://wiki.example/cb]\n    ${line}\n`

const accepted: readonly (readonly [string, string])[] = [
  ['client_secret: ${env:WIKI_SECRET}', 'from-the-environment'],
  ['client_secret: before-${env:WIKI_SECRET}', 'before-from-the-environment'],
  ['client_secret: $${env:WIKI_SECRET}', '${env:WIKI_SECRET}'],
  ['client_secret: $${WIKI_SECRET}', '${WIKI_SECRET}'],
  ['client_secret: a-${aws:username}-b', 'a-${aws:username}-b'],
  ['client_secret_file: wiki-secret', 'from-the-file'],
  ['client_secret_file: ${env:SECRETS}/wiki-secret', 'from-the-file'],
]
for (const [line, secret] of accepted)
  test(`\`${line}\` is the secret ${secret}`, (t) => {
    const dir = directory(t, { 'c.yaml': client(line), 'wiki-secret': 'from-the-file\n' })
    const { file } = readConfig(
      { CHANCERY_CONFIG: 'c.yaml', WIKI_SECRET: 'from-the-environment', SECRETS: dir },
      dir,
    )
    assert.equal(file.clients[0]?.client_secret, secret)
  })

const refused: readonly (readonly [string, RegExp])[] = [
  [
    'client_secret: ${env:NOT_SET}',
    /c\.yaml: clients\[0\]\.client_secret: the environment variable `NOT_SET` is not set/,
  ],
  [
    'client_secret: ${WIKI_SECRET}',
    /clients\[0\]\.client_secret: write `\$\{env:WIKI_SECRET\}`, or `\$\$\{WIKI_SECRET\}` for the text/,
  ],
  ['client_secret_file: not-there', /c\.yaml: clients\[0\]\.client_secret_file: cannot read `.*not-there`/],
  ['client_secret_file: 3', /clients\[0\]\.client_secret_file: must be the name of a file/],
  ['{client_secret: long-enough, client_secret_file: s}', /use either client_secret or client_secret_file/],
]
for (const [line, message] of refused)
  test(`\`${line}\` is refused`, (t) => {
    const text = line.startsWith('{')
      ? `clients: [{client_id: wiki, redirect_uris: ['https://wiki.example/cb'], ${line.slice(1)}]\n`
      : client(line)
    const dir = directory(t, { 'c.yaml': text, s: 'long-enough' })
    assert.throws(() => readConfig({ CHANCERY_CONFIG: 'c.yaml' }, dir), { message })
  })

test('each secret variable may be named by a file, and not by both', (t) => {
  const values = {
    CHANCERY_STORE: 'mongodb://user:secret@host/db',
    CHANCERY_ROOT_SECRET_ACCESS_KEY: 'a-secret-key',
    CHANCERY_ADMIN_PASSWORD: 'a-long-password',
    CHANCERY_METRICS_TOKEN: 'a-token-of-some-length',
  } satisfies Record<(typeof secretVariables)[number], string>
  const dir = directory(
    t,
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, `${value}\n`])),
  )
  const named = Object.fromEntries(secretVariables.map((name) => [`${name}_FILE`, name]))
  const config = readConfig(
    { ...named, CHANCERY_ROOT_ACCESS_KEY_ID: 'ROOT', CHANCERY_METRICS_PORT: '0' },
    dir,
  )
  assert.equal(config.store.engine === 'mongodb' && config.store.url.reveal(), values.CHANCERY_STORE)
  assert.equal(config.rootKey?.secret.reveal(), values.CHANCERY_ROOT_SECRET_ACCESS_KEY)
  assert.equal(config.admin.password?.reveal(), values.CHANCERY_ADMIN_PASSWORD)
  assert.equal(config.metrics?.token?.reveal(), values.CHANCERY_METRICS_TOKEN)
  for (const name of secretVariables)
    assert.throws(() => readConfig({ [name]: values[name], [`${name}_FILE`]: name }, dir), {
      message: new RegExp(`use either ${name} or ${name}_FILE`),
    })
})

/** Every property name of a JSON schema. */
function propertyNames(schema: unknown): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap(propertyNames)
  if (typeof schema !== 'object' || schema === null) return []
  return Object.entries(schema).flatMap(([key, value]) => [
    ...(key === 'properties' && typeof value === 'object' && value !== null ? Object.keys(value) : []),
    ...propertyNames(value),
  ])
}

test('the JSON schema has every section, and each secret in it may be given as a file', () => {
  const schema = configurationSchema() as { properties: Record<string, unknown> }
  for (const section of [
    'clients',
    'resources',
    'registration',
    'identity_providers',
    'decision_log',
    'revision',
  ])
    assert.ok(section in schema.properties, section)
  const names = new Set(propertyNames(schema))
  const secret = [...names].filter((name) => /(secret|password|private_key)$/.test(name))
  assert.deepEqual(secret.toSorted(), secretKeys.toSorted())
  for (const name of secretKeys) assert.ok(names.has(`${name}_file`), `${name}_file`)
})
