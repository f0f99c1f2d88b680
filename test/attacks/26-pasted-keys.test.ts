// attacks.md 26: a private key that is pasted into the field of a certificate, as files with both invite to, is neither stored where
// it can be read nor written to the audit trail.
import assert from 'node:assert/strict'
import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { after, before, test } from 'node:test'
import { fieldsOf } from '../../src/console/frame/form.ts'
import { html } from '../../views/html.ts'
import { callAdmin } from '../admin/call.ts'
import { call } from '../support/aws-call.ts'
import { selfSigned } from '../support/certificate.ts'
import { formBrowser } from '../support/form-browser.ts'
import { policy } from '../support/role-server.ts'
import { type Running, rootKey, startServer } from '../support/server.ts'
import { entriesOf } from '../support/trail.ts'

const timeout = 60_000
const root = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
const { certificate, privateKey } = selfSigned('www.acme.example')
const other = selfSigned('ca.acme.example').certificate
const both = `${other}${privateKey}`
/** A line in the middle of the key. */
const line = privateKey.split('\n')[2] ?? ''

/** What is pasted where a public key, or something else, is meant; and a piece of the key that must not be seen. */
const jwkTexts = (): readonly (readonly [string, string])[] => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' })
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })
  const secret = 'c3ltbWV0cmljLWtleS1vZi0zMi1ieXRlcw'
  const { d = '', p = '' } = rsa
  const set = JSON.stringify({ keys: [ec, rsa] }, null, 2)
  return [
    [JSON.stringify(rsa), d],
    [JSON.stringify({ ...rsa, d: undefined }), p],
    [JSON.stringify(ec), ec.d ?? ''],
    [JSON.stringify({ kty: 'oct', k: secret }), secret],
    [set, d],
    [set.slice(0, set.indexOf(d) + 40), d.slice(0, 40)],
    [JSON.stringify(JSON.stringify(ec)), ec.d ?? ''],
    [`{ kty: 'EC', d: '${ec.d}' }`, ec.d ?? ''],
  ]
}

let server: Running
before(
  async () => {
    server = await startServer()
    await callAdmin(server.url, { method: 'PATCH', path: '/settings', body: { secondFactor: 'optional' } })
  },
  { timeout },
)
after(() => server?.stop())

const uploads: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'in the chain': { CertificateBody: certificate, CertificateChain: both },
  'before the chain': { CertificateBody: certificate, CertificateChain: `${privateKey}${other}` },
  'in the place of the certificate': { CertificateBody: privateKey },
  'behind the certificate': { CertificateBody: `${certificate}${privateKey}` },
  'cut off': { CertificateBody: privateKey.slice(0, -40) },
}

for (const [where, fields] of Object.entries(uploads))
  test(`26: a private key ${where} is refused, and no entry has it`, { timeout }, async () => {
    const name = where.replaceAll(' ', '-')
    const sent = { ServerCertificateName: name, PrivateKey: privateKey, ...fields }
    const { status, text } = await call(server.url, root, 'iam', 'UploadServerCertificate', sent)
    assert.equal(status, 400, text)
    assert.ok(!text.includes(line))
    const found = await call(server.url, root, 'iam', 'GetServerCertificate', { ServerCertificateName: name })
    assert.equal(found.code, 'NoSuchEntity')
    const entries = JSON.stringify(await entriesOf(server))
    assert.ok(line.length > 20 && !entries.includes(line))
    assert.match(entries, /\[secret\]/)
  })

test('26: a private JWK in the place of public ones, or of a text, is in no entry', { timeout }, async () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' })
  const app = { client_id: 'pasted', token_endpoint_auth_method: 'private_key_jwt' }
  const redirect_uris = ['https://app.example/cb']
  const bodies: readonly object[] = [
    { ...app, redirect_uris, jwks: { keys: [rsa] } },
    { ...app, redirect_uris, jwks: { keys: [{ kty: 'oct', k: rsa.d }] } },
    ...jwkTexts().map(([text]) => ({ ...app, redirect_uris: [text] })),
  ]
  for (const body of bodies) {
    const { status } = await callAdmin(server.url, { method: 'POST', path: '/clients', body })
    assert.equal(status, 400)
  }
  const entries = (await entriesOf(server)).filter(({ action }) => action === 'chancery:CreateClient')
  assert.equal(entries.length, bodies.length)
  const text = JSON.stringify(entries)
  assert.ok(text.includes(String(rsa.n)), 'what is public stays')
  for (const part of [rsa.d, rsa.p, rsa.qi]) assert.ok(!text.includes(String(part).slice(0, 20)))
  assert.doesNotMatch(text, /\b(?:d|p|q|dp|dq|qi|k)\\*["']?\s*:\s*\\*["'][\w-]{16}/)
})

test('26: the form of the console does not show a key again that was pasted into a field', {
  timeout,
}, async () => {
  const password = 'plum-orbit-9-lantern'
  for (const [action, params] of [
    ['CreateUser', {}],
    ['CreateLoginProfile', { Password: password }],
    [
      'PutUserPolicy',
      { PolicyName: 'all', PolicyDocument: policy({ Effect: 'Allow', Action: '*', Resource: '*' }) },
    ],
  ] as const) {
    const { status, text } = await call(server.url, root, 'iam', action, { UserName: 'boss', ...params })
    assert.equal(status, 200, text)
  }
  const browser = formBrowser(server.url)
  await browser.submit(await browser.open('/sign-in'), { username: 'boss', password })
  const path = '/console/settings/certificates/new'
  const fields = { name: 'www', certificate, privateKey, chain: both }
  const refused = await browser.send(await browser.open(path), fields, path)
  assert.equal(refused.status, 422)
  assert.ok(!refused.text.includes(line))
  for (const [kind, field] of [
    ['saml', 'metadata'],
    ['saml', 'sign_in.title'],
    ['ldap', 'ca'],
    ['openid', 'sign_in.client_id'],
    ['openid', 'sign_in.private_key'],
    ['saml', 'sign_in.private_key'],
    ['saml', 'encryption.keys'],
    ['saml', 'encryption.keys.private_key'],
  ] as const) {
    const at = `/console/providers/new?kind=${kind}`
    const typed = { name: 'corp', 'sign_in.title': 'Corp', [field]: both, do: 'save' }
    const page = await browser.submit(await browser.open(at), typed, '/console/providers/new')
    assert.equal(page.status, 422, `${kind} ${field}`)
    assert.ok(!page.text.includes(line), `${kind} ${field}`)
  }
  const texts = jwkTexts()
  for (const [text, piece] of texts) {
    assert.ok(piece.length > 20 && text.includes(piece))
    for (const [at, fields] of [
      [path, { name: 'www', certificate, chain: text }],
      ['/console/providers/new?kind=openid', { jwks: text }],
      ['/console/providers/new?kind=openid', { 'sign_in.client_id': text }],
      ['/console/apps/new?kind=web', { redirect_uris: text }],
    ] as const) {
      const page = await browser.send(
        await browser.open(at),
        { ...fields, do: 'save' },
        at.split('?')[0] ?? '',
      )
      assert.equal(page.status, 422, at)
      assert.ok(!page.text.includes(piece), `${at}: ${text.slice(0, 40)}`)
    }
  }
  const entries = JSON.stringify(await entriesOf(server))
  for (const piece of [line, ...texts.map(([, one]) => one)]) assert.ok(!entries.includes(piece))
})

test('26: public keys stay in the form', { timeout }, async () => {
  const jwk = createPublicKey(certificate).export({ format: 'jwk' })
  const [field] = fieldsOf([{ name: 'jwks', label: html`Keys`, kind: 'lines' }], () =>
    JSON.stringify({ keys: [{ ...jwk, kid: 'a-name-of-more-than-16-characters' }] }),
  )
  assert.match(field?.value ?? '', /a-name-of-more/)
})
