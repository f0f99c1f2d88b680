// Attack 8: one kind of token accepted as another (Keycloak CVE-2026-1529); truncated or padded opaque tokens (ZITADEL
// CVE-2026-27840); `alg: none`, HMAC with the public key, embedded keys, `kid` with a path.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, before, test } from 'node:test'
import { Browser, basic, codeFor, post } from '../oidc/browser.ts'
import { open, type Running } from '../oidc/open.ts'
import { isActive, redeemCode, refresh, web, webCode, webTokens } from './oidc-stage.ts'

let at: Running
before(async () => {
  at = await open()
})
after(() => at.close())

const userinfo = async (token: string) =>
  (await fetch(`${at.issuer}/userinfo`, { headers: { authorization: `Bearer ${token}` } })).status

test('8: no token is another kind of token', async () => {
  const code = await webCode(at)
  const answer = (await redeemCode(at, code)).body
  const [access, refreshToken, idToken] = ['access_token', 'refresh_token', 'id_token'].map((name) =>
    String(answer[name]),
  )
  assert.equal(await userinfo(String(access)), 200)
  for (const token of [refreshToken, idToken, code.code]) assert.equal(await userinfo(String(token)), 401)
  for (const token of [access, idToken, code.code])
    assert.equal((await refresh(at.issuer, String(token))).status, 400)
  assert.equal(await at.oidc.findSubject(String(idToken)), undefined, 'an ID token gives nobody a right')
  assert.equal(await at.oidc.findSubject(String(refreshToken)), undefined)
})

test('8: a token for a resource is none for userinfo, and a machine is no person', async () => {
  const machine = basic('machine', 'machine-secret-machine')
  const made = await post(
    `${at.issuer}/token`,
    { grant_type: 'client_credentials', resource: 'https://docs.example/' },
    machine,
  )
  assert.equal(await userinfo(String(made.body['access_token'])), 401)
  assert.equal(await at.oidc.findSubject(String(made.body['access_token'])), undefined)
})

test('8: a token that is shortened, padded or spelled otherwise is none', async () => {
  const { access } = await webTokens(at)
  for (const other of [
    access.slice(0, -1),
    `${access}A`,
    `${access}=`,
    access.toUpperCase(),
    ` ${access}`,
    `${access}\0`,
  ]) {
    if (other !== access) assert.notEqual(await isActive(at, other), true, JSON.stringify(other))
  }
  assert.equal(await isActive(at, access), true)
})

test('8: forged headers bring no token to life', async () => {
  const { code, verifier } = await codeFor(new Browser(at.issuer), {
    client_id: 'web',
    redirect_uri: 'https://app.example/cb',
    resource: 'https://docs.example/',
    scope: 'docs:read',
  })
  const { body } = await redeemCode(at, { code, verifier })
  const jwt = String(body['access_token'])
  assert.ok(await at.oidc.findSubject(jwt), JSON.stringify(body))
  const [head = '', payload = '', signature = ''] = jwt.split('.')
  const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as Record<string, unknown>
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const pem = String(at.ring.signing().publicKey?.export({ format: 'pem', type: 'spki' }))
  const hmac = `${encode({ ...header, alg: 'HS256' })}.${payload}`
  const forged = [
    `${encode({ ...header, alg: 'none' })}.${payload}.`,
    `${hmac}.${createHmac('sha256', pem).update(hmac).digest('base64url')}`,
    `${encode({ ...header, kid: '../../etc/passwd' })}.${payload}.${signature}`,
    `${encode({ ...header, typ: 'JWT' })}.${payload}.${signature}`,
    `${head}.${payload}.${signature.slice(0, -2)}`,
    `${head}.${encode({ ...JSON.parse(Buffer.from(payload, 'base64url').toString()), sub: 'AIDAOTHER' })}.${signature}`,
  ]
  for (const token of forged) {
    assert.equal(await at.oidc.findSubject(token), undefined)
    assert.notEqual(await isActive(at, token), true)
  }
})

test('8: a client that authenticates two ways, or with another method, is refused', async () => {
  const fields = {
    grant_type: 'client_credentials',
    client_id: 'machine',
    client_secret: 'machine-secret-machine',
  }
  assert.equal((await post(`${at.issuer}/token`, fields, web)).status, 400)
  assert.equal(
    (await post(`${at.issuer}/token`, { grant_type: 'client_credentials', client_id: 'machine' })).status,
    401,
  )
})
