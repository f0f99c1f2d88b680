// The programs of docs/migrate.md, run by jq on an export as Keycloak writes it.
import assert from 'node:assert/strict'
import { argon2Sync, pbkdf2Sync } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { root } from '../admin/call.ts'
import { runCommandHere } from '../support/command-line.ts'
import { headingOf } from '../support/form-browser.ts'
import { lacking, run } from '../support/outside-tool.ts'
import { atPassword } from '../support/person.ts'
import { startServer } from '../support/server.ts'

const skip = lacking('jq', '--version')
const page = readFileSync(resolve(import.meta.dirname, '../../docs/migrate.md'), 'utf8')
const [people = '', clients = ''] = [...page.matchAll(/^```jq\n([\s\S]*?)^```/gm)].map(([, text]) => text)

const salt = Buffer.from('0123456789abcdef')
const credential = (hash: Buffer, data: object) => ({
  type: 'password',
  secretData: JSON.stringify({
    value: hash.toString('base64'),
    salt: salt.toString('base64'),
    additionalParameters: {},
  }),
  credentialData: JSON.stringify(data),
})
const argon2 = argon2Sync('argon2id', {
  message: 'a password of greta',
  nonce: salt,
  memory: 7168,
  passes: 5,
  parallelism: 1,
  tagLength: 32,
})
const realm = {
  realm: 'acme',
  users: [
    {
      username: 'greta',
      email: 'greta@example.com',
      emailVerified: true,
      firstName: 'Greta',
      enabled: true,
      credentials: [
        credential(argon2, {
          hashIterations: 5,
          algorithm: 'argon2',
          additionalParameters: {
            hashLength: ['32'],
            memory: ['7168'],
            type: ['id'],
            version: ['1.3'],
            parallelism: ['1'],
          },
        }),
      ],
    },
    {
      username: 'otto',
      enabled: true,
      credentials: [
        { type: 'otp', secretData: '{}', credentialData: '{}' },
        credential(pbkdf2Sync('a password of otto', salt, 27_500, 64, 'sha256'), {
          hashIterations: 27_500,
          algorithm: 'pbkdf2-sha256',
        }),
      ],
    },
    { username: 'nils', enabled: false },
    { username: 'service-account-ci', serviceAccountClientId: 'ci', enabled: true },
  ],
  clients: [
    {
      clientId: 'wiki',
      secret: 'a secret of at least 32 characters',
      redirectUris: ['https://wiki.example/callback'],
      standardFlowEnabled: true,
    },
    {
      clientId: 'spa',
      name: 'Notes',
      publicClient: true,
      redirectUris: ['https://notes.example/'],
      standardFlowEnabled: true,
    },
    { clientId: 'account', publicClient: true, standardFlowEnabled: true },
    { clientId: 'ci', secret: 'x', standardFlowEnabled: false },
  ],
}

const converted = async (program: string, ...options: string[]) => {
  const { code, out, err } = await run('jq', [...options, program], {}, JSON.stringify(realm))
  assert.equal(code, 0, err)
  return out
}

test('people of a Keycloak realm are imported, and sign in with the passwords they have', {
  skip,
  timeout: 60_000,
}, async (t) => {
  const server = await startServer()
  t.after(() => server.stop())
  const csv = await converted(people, '-r')
  const env = {
    CHANCERY_URL: server.url,
    AWS_ACCESS_KEY_ID: root.accessKeyId,
    AWS_SECRET_ACCESS_KEY: root.secretAccessKey,
  }
  const { code, out, err } = await runCommandHere(['people', 'import', '-'], { env, input: csv })
  assert.equal(code, 0, out + err)
  assert.deepEqual(
    out.match(/created +\w+/g)?.map((line) => line.replace(/ +/, ' ')),
    ['created greta', 'created otto', 'created nils'],
  )
  for (const name of ['greta', 'otto']) {
    const { browser, page: form } = await atPassword(server)
    const right = await browser.submit(form, { username: name, password: `a password of ${name}` })
    assert.notEqual(headingOf(right), headingOf(form))
  }
})

test('clients of a Keycloak realm are clients of the configuration file', { skip }, async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-migrate-'))
  t.after(() => rmSync(dir, { recursive: true }))
  const file = join(dir, 'chancery.yaml')
  writeFileSync(file, await converted(clients))
  const { clients: made } = JSON.parse(readFileSync(file, 'utf8'))
  assert.deepEqual(
    made.map(({ client_id: id }: { client_id: string }) => id),
    ['wiki', 'spa'],
  )
  const checked = await runCommandHere(['config'], { env: { CHANCERY_CONFIG: file, CHANCERY_DATA: dir } })
  assert.deepEqual([checked.code, checked.out], [0, 'the settings are fine\n'], checked.err)
})
