// attacks.md 26: whatever form or address of the console a private key is pasted into, the page that answers does not show it, and no
// audit entry has it.
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { privateKeyParts, withoutParts, withoutPrivateKeys } from '../../src/secure/private-keys.ts'
import { adminBody } from '../admin/call.ts'
import { type FormBrowser, formsOf, type Seen } from '../support/form-browser.ts'
import { isLongForm, withVariants } from '../support/long-form.ts'
import { enrol, recentSignIn } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'
import { entriesOf } from '../support/trail.ts'

const limit = { timeout: 240_000 }
let server: Running
let me: () => Promise<FormBrowser>
let policy: string

before(async () => {
  server = await startServer()
  me = recentSignIn(server, await enrol(server))
  const admin = (path: string, body: object) => adminBody(server.url, { method: 'POST', path, body })
  await admin('/groups', { name: 'staff' })
  await admin('/clients', {
    client_id: 'wiki',
    client_name: 'Wiki',
    redirect_uris: ['https://wiki.example/cb'],
  })
  const browser = await me()
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'docs:Get*', Resource: '*' }],
  })
  await browser.submit(
    await browser.open('/console/access/new'),
    { name: 'docs', description: '', document, do: 'save' },
    '/console/access/new',
  )
  policy = encodeURIComponent(`arn:aws:iam::${server.accountId}:policy/docs`)
}, limit)
after(() => server?.stop())

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
/** Two: the PEM of a key has its public part, which may be seen in the JWK. */
const [ec, other] = [0, 1].map(() => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey)
assert.ok(ec && other)
const rsaPem = String(rsa.export({ format: 'pem', type: 'pkcs8' }))
const ecPem = String(ec.export({ format: 'pem', type: 'sec1' }))
const jwk = other.export({ format: 'jwk' })

/** What is pasted: several keys at once into what takes much, the short one into lines. */
const pasted: Readonly<Record<string, string>> = {
  PEM: rsaPem,
  'PEM in one line': ecPem.replaceAll('\n', ' '),
  JWK: JSON.stringify(jwk),
  'a policy with a JWK': JSON.stringify(
    { Version: '2012-10-17', Statement: [{ Sid: jwk, pem: ecPem }] },
    null,
    2,
  ),
  'the end of a PEM': rsaPem.slice(300),
}

/** Pieces of the keys: 20 characters of each line, and of what is secret in the JWK. */
const pieces = [...rsaPem.split('\n'), ...ecPem.split('\n'), jwk.d ?? '']
  .filter((line) => line.length >= 20 && !line.includes('-----'))
  .flatMap((line) => [line.slice(0, 20), line.slice(-20), line.slice(13, 33)])

const shownIn = (text: string): readonly string[] =>
  pieces.filter((piece) => text.includes(piece) || text.includes(encodeURIComponent(piece)))

const root = join(import.meta.dirname, '../../src/console')
const segments: Readonly<Record<string, string>> = {
  person: 'admin',
  group: 'staff',
  client: 'wiki',
  role: 'admin',
}

/** Every page of the console, with something in the place of `:name`. */
const paths = (): readonly string[] => [
  ...readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((file) => [...readFileSync(join(root, file), 'utf8').matchAll(/\['GET', '([^']*)'/g)])
    .map(([, path = '']) => `/console${path.replace(/:(\w+)/g, (_, name: string) => segments[name] ?? 'x')}`)
    .filter((path) => !/\.(?:csv|json)$/.test(path)),
  ...['web', 'native', 'grafana', 'machine'].map((kind) => `/console/apps/new?kind=${kind}`),
  ...['openid', 'saml', 'ldap', 'github'].map((kind) => `/console/providers/new?kind=${kind}`),
  ...['github-actions', 'kubernetes'].map((preset) => `/console/workloads/new?preset=${preset}`),
  ...['policy', 'edit'].map((page) => `/console/access/${page}?arn=${policy}`),
]

/** Names of the fields of a form that people type into. */
const typedFields = (form: string): readonly string[] =>
  [...form.matchAll(/<(?:input|textarea)\b[^>]*>/g)]
    .map(([tag]) => tag)
    .filter((tag) => !/type="(?:hidden|checkbox|radio|file|submit)"/.test(tag))
    .map((tag) => / name="([^"]*)"/.exec(tag)?.[1] ?? '')

test('26: no form or address of the console shows a private key again', limit, async () => {
  const browser = await me()
  const faults: string[] = []
  const seen = new Set<string>()
  const tried = { forms: 0, fields: 0 }
  const check = (what: string, answer: Seen) => {
    if (answer.status >= 500) faults.push(`${what}: ${answer.status}`)
    if (shownIn(answer.text).length > 0) faults.push(`${what}: ${answer.status} shows it`)
  }
  for (const path of paths()) {
    const page = await browser.open(path)
    for (const [form = ''] of page.text.matchAll(/<form[^>]*>[\s\S]*?<\/form>/g)) {
      const fields = typedFields(form)
      const [{ action = '', hidden = {} } = {}] = formsOf(form)
      const key = JSON.stringify([action, fields, hidden['kind']])
      if (fields.length === 0 || seen.has(key) || !action.startsWith('/console')) continue
      seen.add(key)
      tried.forms++
      tried.fields += fields.length
      // In the short form each form gets one of them, by turns.
      const [turn] = withVariants([...seen], Object.entries(pasted)).slice(-1)
      for (const [what, text] of isLongForm ? Object.entries(pasted) : turn ? [turn[1]] : []) {
        const all = Object.fromEntries(fields.map((field) => [field, text]))
        const label = `${action} (${fields.join(', ')}), ${what}`
        if (/method="get"/.test(form))
          check(label, await browser.get(`${action}?${new URLSearchParams({ ...hidden, ...all })}`))
        else
          for (const act of isLongForm ? ['save', 'ask', 'check', 'try'] : ['save', 'ask'])
            check(label, await browser.post(action, { ...hidden, do: act, ...all }))
      }
    }
  }
  assert.deepEqual(faults, [])
  assert.ok(tried.forms > 30 && tried.fields > 100, JSON.stringify(tried))
  for (const path of ['/console/people', '/console/groups', '/console/settings/certificates'])
    check(path, await browser.get(`${path}/${encodeURIComponent(ecPem)}`))
  assert.deepEqual(faults, [])
})

test('26: the trail has none of them', limit, async () => {
  const entries = await entriesOf(server)
  assert.ok(entries.length > 100)
  assert.deepEqual(
    entries.flatMap((entry) => {
      const found = shownIn(JSON.stringify(entry))
      return found.length === 0 ? [] : [`${entry.action}: ${JSON.stringify(entry.details).slice(0, 300)}`]
    }),
    [],
  )
})

test('26: what a key looks like', () => {
  for (const text of [...Object.values(pasted), JSON.stringify(JSON.stringify(jwk)), `{ d: '${jwk.d}' }`]) {
    assert.deepEqual(shownIn(withoutPrivateKeys(text)), [], text.slice(0, 60))
    assert.deepEqual(shownIn(withoutParts(text, privateKeyParts(text))), [], text.slice(0, 60))
  }
  const gpg = `-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n${'lQOYBGRkZGQBCADf'.repeat(4)}\n-----END PGP PRIVATE KEY BLOCK-----`
  assert.doesNotMatch(withoutPrivateKeys(gpg), /lQOYBGRk/)
  const publicJwk = JSON.stringify({ ...jwk, d: undefined, kid: 'a-name-of-more-than-16-characters' })
  assert.equal(withoutPrivateKeys(publicJwk), publicJwk)
  assert.equal(privateKeyParts(publicJwk).size, 0)
})
