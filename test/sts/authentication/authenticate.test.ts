// Attacks.md 14 and its kin at the one door for signed requests.
import assert from 'node:assert/strict'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { describe, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import type { LongTermKey } from '../../../src/iam/user-credential/long-term-keys.ts'
import { Problem } from '../../../src/problem.ts'
import { Secret } from '../../../src/secure/secret.ts'
import {
  deriveSecret,
  mintBearer,
  mintSession,
  type SessionGrant,
} from '../../../src/secure/session/session-token.ts'
import { signRequest } from '../../../src/secure/sigv4/sign.ts'
import { bodyHash, type HttpMessage, readSignature } from '../../../src/secure/sigv4/sigv4.ts'
import { signSigV4A } from '../../../src/secure/sigv4/sigv4a.ts'
import { deriveKeyPair } from '../../../src/secure/sigv4/sigv4a-key.ts'
import {
  type Authenticated,
  type AuthenticatorDependencies,
  authenticator,
} from '../../../src/sts/authentication/authenticate.ts'
import type { KeyUsage } from '../../../src/sts/authentication/key-use.ts'
import { claimsOf } from '../../support/session-claims.ts'

const now = 1_800_000_000
const account = '123456789012'
const issuer = 'http://localhost:3000'
const alice: LongTermKey = {
  id: 'AKIAALICE00000000001',
  accountId: account,
  secret: new Secret('alice-secret'),
  active: true,
  user: { id: 'AIDAALICE', name: 'alice', arn: `arn:aws:iam::${account}:user/alice`, disabled: false },
}
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const token = { kid: 't1', alg: 'ES256' as const, privateKey, publicKey }
const secret = { kid: 's1', secret: randomBytes(32) }
const signers = { token, secret }
const grant: SessionGrant = {
  iss: issuer,
  aud: '*',
  sub: `arn:aws:sts::${account}:assumed-role/deploy/ci`,
  iat: now,
  nbf: now,
  exp: now + 900,
  acct: account,
  role: { arn: `arn:aws:iam::${account}:role/deploy`, id: 'AROADEPLOY' },
  rsn: 'ci',
}

interface World {
  readonly keys: Map<string, LongTermKey>
  readonly used: [string, KeyUsage][]
  readonly dead: Set<string>
  readonly lost: Set<string>
  reads: number
  at: number
}

function open(): World & { authenticate: (sent: Sent) => Promise<Authenticated> } {
  const world: World = {
    keys: new Map([[alice.id, alice]]),
    used: [],
    dead: new Set(),
    lost: new Set(),
    reads: 0,
    at: now,
  }
  const parts: AuthenticatorDependencies = {
    longTermKeys: {
      byId: async (id) => world.keys.get(id),
      recordUse: async (id, used) => void world.used.push([id, used]),
    },
    sessionKeys: {
      tokenKey: (kid) =>
        kid === token.kid && !world.lost.has(kid)
          ? {
              ...token,
              // Read where a signature is verified.
              get publicKey() {
                world.reads++
                return token.publicKey
              },
            }
          : undefined,
      secretKey: (kid) => (kid === secret.kid && !world.lost.has(kid) ? secret : undefined),
    },
    longPolicies: { textOf: async () => undefined },
    callers: {
      ensureLive: async (caller) => {
        if (caller.kind !== 'anonymous' && world.dead.has(caller.arn))
          throw new Problem('unauthenticated', 'dead')
      },
    },
    issuer,
    now: () => world.at,
  }
  const check = authenticator(parts)
  return Object.assign(world, { authenticate: (sent: Sent) => check(request(sent)) })
}

interface Sent {
  readonly id?: string
  readonly secret?: string
  readonly token?: string | undefined
  readonly service?: 'sts' | 'iam'
  readonly at?: number
}

const body = Buffer.from('Action=GetCallerIdentity&Version=2011-06-15')

function request({
  id = alice.id,
  secret: key = 'alice-secret',
  token: sessionToken,
  service = 'sts',
  at = now,
}: Sent) {
  const headers = signRequest({
    method: 'POST',
    url: 'http://localhost:3000/',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body,
    credentials: { accessKeyId: id, secretAccessKey: key, sessionToken },
    region: 'us-east-1',
    service,
    now: at,
  })
  const message: HttpMessage = {
    method: 'POST',
    path: '/',
    query: '',
    headers: Object.entries(headers).flat(),
  }
  return { message, body, service: 'sts' as const }
}

const session = async (more: Partial<SessionGrant> = {}) => {
  const minted = await mintSession({ ...grant, ...more }, signers)
  return {
    id: minted.accessKeyId,
    secret: minted.secretAccessKey.reveal(),
    token: minted.token,
    claims: claimsOf(minted),
  }
}

test('a long-term key makes its user, or root when it has none', async () => {
  const { authenticate, keys } = open()
  const { caller, region, presigned } = await authenticate({})
  assert.deepEqual(
    [caller.kind, caller.arn, region, presigned],
    ['user', alice.user?.arn, 'us-east-1', false],
  )
  keys.set('root', { ...alice, id: 'root', user: undefined })
  const { caller: root } = await authenticate({ id: 'root' })
  assert.deepEqual([root.kind, root.arn], ['root', `arn:aws:iam::${account}:root`])
})

test('a session key makes its session, and is read once', async () => {
  const world = open()
  const { claims, ...ci } = await session()
  await world.authenticate(ci)
  const { reads } = world
  assert.ok(reads > 0)
  for (let i = 0; i < 3; i++) {
    const { caller } = await world.authenticate(ci)
    assert.ok(caller.kind === 'session')
    assert.deepEqual(
      [caller.sessionId, caller.roleId, caller.expiresAt],
      [claims.jti, 'AROADEPLOY', now + 900],
    )
  }
  assert.equal(world.reads, reads)
})

describe('attack 14: credentials that do not belong together', () => {
  const invalid = { code: 'unauthenticated' }
  const cases: readonly [title: string, sent: () => Promise<Sent> | Sent, refusal: object][] = [
    ['an unknown key', () => ({ id: 'AKIANOBODY' }), invalid],
    ['another secret', () => ({ secret: 'x' }), { code: 'bad_signature' }],
    ['a long-term key with a token', async () => ({ token: (await session()).token }), invalid],
    ['a long-term key with an empty token', () => ({ token: '' }), invalid],
    ['a session key without its token', async () => ({ ...(await session()), token: undefined }), invalid],
    ['an empty token', async () => ({ ...(await session()), token: '' }), invalid],
    [
      'the token of another session',
      async () => ({ ...(await session()), token: (await session()).token }),
      invalid,
    ],
    [
      'the secret of another session',
      async () => ({ ...(await session()), secret: (await session()).secret }),
      { code: 'bad_signature' },
    ],
    [
      'a secret made from the token alone',
      async () => {
        const { id, token: text, claims } = await session()
        return {
          id,
          token: text,
          secret: deriveSecret({ kid: 's1', secret: Buffer.from(text) }, claims).reveal(),
        }
      },
      { code: 'bad_signature' },
    ],
    [
      'a bearer token as a session token',
      async () => ({ ...(await session()), token: (await mintBearer(grant, signers)).token }),
      invalid,
    ],
    [
      'a token with one claim changed',
      async () => {
        const ci = await session()
        const [head = '', claims = '', proof = ''] = ci.token.split('.')
        const wider = Buffer.from(claims, 'base64url').toString().replace('"rsn":"ci"', '"rsn":"xx"')
        return { ...ci, token: [head, Buffer.from(wider).toString('base64url'), proof].join('.') }
      },
      invalid,
    ],
    ['a token of another issuer', async () => session({ iss: 'http://localhost:4000' }), invalid],
    [
      'a token past its end',
      async () => session({ iat: now - 2000, nbf: now - 2000, exp: now }),
      { code: 'expired_token' },
    ],
    ['the scope of another service', () => ({ service: 'iam' }), { code: 'bad_signature' }],
    ['a date sixteen minutes ago', () => ({ at: now - 960 }), { code: 'request_expired' }],
    ['a date sixteen minutes ahead', () => ({ at: now + 960 }), { code: 'request_expired' }],
  ]
  for (const [title, sent, refusal] of cases)
    test(`${title} is refused`, async () => {
      const { authenticate, used } = open()
      await assert.rejects(authenticate(await sent()), refusal)
      await setImmediate()
      assert.deepEqual(used, [])
    })
})

test('a session ends when its token does, also one that is already open', async () => {
  const world = open()
  const ci = await session()
  await world.authenticate(ci)
  world.at = now + 899
  await world.authenticate({ ...ci, at: world.at })
  world.at = now + 900
  await assert.rejects(world.authenticate({ ...ci, at: world.at }), { code: 'expired_token' })
})

test('an open session ends when a key that it rests on leaves the ring', async () => {
  for (const { kid } of [secret, token]) {
    const world = open()
    const ci = await session()
    await world.authenticate(ci)
    world.lost.add(kid)
    await assert.rejects(world.authenticate(ci), { code: 'unauthenticated' })
  }
})

test('disabled, inactive, deleted and revoked callers get the message for an unknown key', async () => {
  const world = open()
  await world.authenticate({})
  for (const change of [{ active: false }, { user: { ...alice.user!, disabled: true } }]) {
    world.keys.set(alice.id, { ...alice, ...change })
    await assert.rejects(world.authenticate({}), {
      code: 'unauthenticated',
      message: 'The security token included in the request is invalid.',
    })
  }
  world.keys.delete(alice.id)
  await assert.rejects(world.authenticate({}), { code: 'unauthenticated' })
  const ci = await session()
  await world.authenticate(ci)
  world.dead.add(grant.sub)
  await assert.rejects(world.authenticate(ci), { code: 'unauthenticated' })
})

test('a changed secret of the same key id is the one that counts', async () => {
  const world = open()
  await world.authenticate({})
  world.keys.set(alice.id, { ...alice, secret: new Secret('new-secret') })
  await assert.rejects(world.authenticate({}), { code: 'bad_signature' })
  await world.authenticate({ secret: 'new-secret' })
})

test('the use of a long-term key is recorded once a minute, after the response, and a failure is ignored', async () => {
  const world = open()
  await world.authenticate({})
  assert.deepEqual(world.used, [])
  await setImmediate()
  await world.authenticate({})
  await setImmediate()
  assert.deepEqual(world.used, [[alice.id, { at: now, service: 'sts', region: 'us-east-1' }]])
  world.at = now + 60
  await world.authenticate({ at: world.at })
  await setImmediate()
  assert.equal(world.used.length, 2)
})

test('SigV4A is accepted from sessions and long-term keys, and covers the body', async () => {
  const { authenticate: _, ...world } = open()
  const check = authenticator({
    longTermKeys: { byId: async (id) => world.keys.get(id), recordUse: async () => {} },
    sessionKeys: { tokenKey: () => token, secretKey: () => secret },
    longPolicies: { textOf: async () => undefined },
    callers: { ensureLive: async () => {} },
    issuer,
    now: () => now,
  })
  const ci = await session()
  for (const who of [ci, { id: alice.id, secret: 'alice-secret', token: undefined }]) {
    const pair = deriveKeyPair(who.id, who.secret)
    const signed = [
      'host',
      'x-amz-date',
      'x-amz-region-set',
      ...(who.token ? ['x-amz-security-token'] : []),
    ].sort()
    const message = (proof: string): HttpMessage => ({
      method: 'POST',
      path: '/',
      query: '',
      headers: [
        ...['Host', 'localhost', 'X-Amz-Date', '20270115T080000Z', 'X-Amz-Region-Set', '*'],
        ...(who.token ? ['X-Amz-Security-Token', who.token] : []),
        'Authorization',
        `AWS4-ECDSA-P256-SHA256 Credential=${who.id}/20270115/sts/aws4_request, SignedHeaders=${signed.join(';')}, Signature=${proof}`,
      ],
    })
    const draft = message('00'.repeat(64))
    const proof = signSigV4A(draft, readSignature(draft), bodyHash(body), pair.privateKey)
    const { caller, region } = await check({ message: message(proof), body, service: 'sts' })
    assert.deepEqual([caller.accessKeyId, region], [who.id, undefined])
    await assert.rejects(check({ message: message(proof), body: Buffer.from('x'), service: 'sts' }), {
      code: 'bad_signature',
    })
  }
})
