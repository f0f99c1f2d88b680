// attacks.md 32: the same paths are refused in every scheme, with 400, before the credential is looked at or the rule asked.
import assert from 'node:assert/strict'
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sha256base64url } from '../../src/secure/digest.ts'
import { thumbprint } from '../../src/secure/dpop.ts'
import { presign, signRequest } from '../../src/secure/sigv4/sign.ts'
import { createVerifier, type IncomingRequest, type Verifier } from '../../src/verify/index.ts'
import { admit } from '../../src/verify/middleware/protect.ts'
import { bundleOf, roleId, SmallChancery, serviceKey } from '../support/small-chancery.ts'
import { readHandbook } from './file-servers.ts'
import { signAsymmetric } from './sign-asymmetric.ts'

const origin = 'https://docs.example'
const issuer = new SmallChancery()
let verifier: Verifier
before(async () => {
  await issuer.start()
  issuer.roles.set(roleId, bundleOf('handbook', readHandbook))
  verifier = createVerifier({
    issuer: issuer.issuer,
    service: 'docs',
    credentials: serviceKey,
    origin,
    feed: 30,
  })
})
after(async () => {
  verifier.close()
  await issuer.stop()
})

type Proof = Pick<IncomingRequest, 'query' | 'headers'>
const host = ['host', 'docs.example']

/** Each proves a GET of `path`, which is in normal form. */
const schemes: Readonly<Record<string, (path: string) => Promise<Proof>>> = {
  async sigv4(path) {
    const credentials = await issuer.assume()
    const signed = signRequest({ ...scoped, url: origin + path, credentials, now: issuer.clock() })
    return { query: '', headers: Object.entries(signed).flat() }
  },
  async presigned(path) {
    const credentials = await issuer.assume()
    const url = presign({ ...scoped, url: origin + path, credentials, now: issuer.clock() }, 60)
    return { query: url.search.slice(1), headers: host }
  },
  async sigv4a(path) {
    const headers = signAsymmetric('docs.example', path, await issuer.assume(), 'us-east-1')
    return { query: '', headers: Object.entries(headers).flat() }
  },
  async bearer() {
    return { query: '', headers: [...host, 'authorization', `Bearer ${(await issuer.bearer()).token}`] }
  },
  async dpop(path) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const jwk = { ...publicKey.export({ format: 'jwk' }) }
    const { token } = await issuer.bearer({}, thumbprint(jwk))
    const iat = Math.floor(issuer.clock())
    const claims = { htm: 'GET', htu: origin + path, iat, jti: randomUUID(), ath: sha256base64url(token) }
    const body = [{ typ: 'dpop+jwt', alg: 'ES256', jwk }, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.')
    const proof = sign('sha256', Buffer.from(body), { key: privateKey, dsaEncoding: 'ieee-p1363' })
    const dpop = `${body}.${proof.toString('base64url')}`
    return { query: '', headers: [...host, 'authorization', `DPoP ${token}`, 'dpop', dpop] }
  },
}
const scoped = { method: 'GET', region: 'us-east-1', service: 'docs' }

const refused = [
  '/handbook/../handbook/guide.txt',
  '/handbook/%2e%2e/private',
  '/handbook/x%2Fguide.txt',
  '/handbook/x%5cguide.txt',
  '/handbook//guide.txt',
  '/handbook/./guide.txt',
  '//handbook/guide.txt',
  '/handbook/guide%00.txt',
  '/handbook/%ff',
  '/handbook/%',
  'https://docs.example/handbook/guide.txt',
  'https://other.example/handbook/guide.txt',
  '*',
  '',
]

for (const [scheme, prove] of Object.entries(schemes)) {
  const ask = async (path: string, proof: Proof) => {
    let asked: string | undefined
    const presented = {
      method: 'GET',
      path,
      body: async () => Buffer.alloc(0),
      sourceIp: '',
      secure: true,
      ...proof,
    }
    const resource = (_: unknown, decoded: string) => {
      asked = decoded
      return `arn:aws:docs:::${decoded.slice(1)}`
    }
    const admission = await admit(verifier, { action: 'docs:GetDocument', resource }, undefined, presented)
    return { status: admission.admitted ? 200 : admission.response.status, admission, asked }
  }

  test(`32: ${scheme}: the rule and the handler get the path decoded once`, { timeout: 60_000 }, async () => {
    const path = '/handbook/f%C3%BCr%20a%252e.txt'
    const { status, admission, asked } = await ask(path, await prove(path))
    assert.equal(status, 200)
    assert.equal(asked, '/handbook/für a%2e.txt')
    assert.equal(admission.admitted && admission.verified.path, asked)
  })

  test(`32: ${scheme}: a Deny holds for each spelling of a name`, { timeout: 60_000 }, async () => {
    for (const path of ['/handbook/secret.txt', '/handbook/%73ecret.txt', '/handbook/%73%65cret.txt'])
      assert.equal((await ask(path, await prove(path))).status, 403, path)
  })

  test(`32: ${scheme}: ambiguous paths are 400 before the rule is called`, { timeout: 60_000 }, async () => {
    for (const path of refused) {
      const { status, asked } = await ask(path, await prove('/handbook/guide.txt'))
      assert.deepEqual([status, asked], [400, undefined], path)
    }
    const proof = await prove('/handbook/guide.txt')
    const hosts = { ...proof, headers: [':authority', 'other.example', ...proof.headers] }
    assert.equal((await ask('/handbook/guide.txt', hosts)).status, 400)
  })
}
