import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import type { Fetched } from '../../../src/federation/outbound/guarded-fetch.ts'
import { IssuerKeys, type KeySource } from '../../../src/federation/workload/issuer-keys.ts'
import { Problem } from '../../../src/problem.ts'

const url = 'https://idp.example'
const jwksUri = `${url}/keys`
const key = (kid: string) => ({
  ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' }),
  kid,
})
const byUrl: KeySource = { id: 'p', url, keys: { from: 'url', jwksUri } }
const byDiscovery: KeySource = { id: 'p', url, keys: { from: 'discovery' } }

/** An issuer whose answers can be changed, and a clock. */
function stage() {
  const state = {
    now: 1000,
    calls: [] as string[],
    cacheControl: undefined as string | undefined,
    answers: new Map<string, unknown>([
      [jwksUri, { keys: [key('a')] }],
      [`${url}/.well-known/openid-configuration`, { issuer: url, jwks_uri: jwksUri }],
    ]),
    status: 200,
    down: false,
    hangs: false,
  }
  const fetch = async (address: string): Promise<Fetched> => {
    state.calls.push(address)
    if (state.hangs) return new Promise(() => undefined)
    await new Promise((done) => setImmediate(done))
    if (state.down) throw new Problem('idp_communication_error', 'down')
    const answer = state.answers.get(address)
    const body = typeof answer === 'string' ? answer : JSON.stringify(answer ?? {})
    const headers = new Map(
      state.cacheControl === undefined ? [] : [['cache-control', state.cacheControl] as const],
    )
    return { status: answer === undefined ? 404 : state.status, headers, body: Buffer.from(body) }
  }
  return { state, keys: new IssuerKeys({ fetch, now: () => state.now }) }
}
const communication = (pattern?: RegExp) => (error: unknown) => {
  assert.ok(error instanceof Problem && error.code === 'idp_communication_error', String(error))
  if (pattern) assert.match(error.detail ?? '', pattern)
  return true
}

test('a hundred who ask at once cause one fetch, and a warm issuer none', async () => {
  const { state, keys } = stage()
  const all = await Promise.all(Array.from({ length: 100 }, () => keys.find(byUrl, 'a', 'ES256')))
  assert.ok(all.every((found) => found.length === 1))
  assert.equal(state.calls.length, 1)
  state.now += 599
  await keys.find(byUrl, 'a', 'ES256')
  assert.equal(state.calls.length, 1)
})

test('discovery is asked first, below the issuer’s own path', async () => {
  const { state, keys } = stage()
  await keys.find(byDiscovery, 'a', 'ES256')
  assert.deepEqual(state.calls, [`${url}/.well-known/openid-configuration`, jwksUri])
  const slashed = `${url}/tenant/`
  state.answers.set(`${url}/tenant/.well-known/openid-configuration`, { issuer: slashed, jwks_uri: jwksUri })
  assert.equal((await keys.find({ ...byDiscovery, id: 'q', url: slashed }, 'a', 'ES256')).length, 1)
})

const badDiscovery: readonly (readonly [title: string, document: unknown])[] = [
  ['another issuer', { issuer: 'https://evil.example', jwks_uri: jwksUri }],
  ['the issuer with a slash more', { issuer: `${url}/`, jwks_uri: jwksUri }],
  ['no issuer', { jwks_uri: jwksUri }],
  ['no jwks_uri', { issuer: url }],
  ['a jwks_uri that is a list', { issuer: url, jwks_uri: [jwksUri] }],
  ['two issuers', `{"issuer":"https://evil.example","issuer":"${url}","jwks_uri":"${jwksUri}"}`],
  ['no JSON', '<html>'],
  ['null', 'null'],
]
for (const [title, document] of badDiscovery) {
  test(`a discovery document with ${title} is not followed`, async () => {
    const { state, keys } = stage()
    state.answers.set(`${url}/.well-known/openid-configuration`, document)
    await assert.rejects(keys.find(byDiscovery, 'a', 'ES256'), communication(/discovery/))
    assert.equal(state.calls.length, 1)
  })
}

const ages: readonly (readonly [header: string | undefined, seconds: number])[] = [
  [undefined, 600],
  ['public, max-age=300', 300],
  ['max-age=5', 60],
  ['max-age=86400', 3600],
  ['no-store', 600],
  ['s-max-age=5', 600],
]
for (const [header, seconds] of ages) {
  test(`with cache-control ${header ?? 'absent'} a set is fresh for ${seconds} s`, async () => {
    const { state, keys } = stage()
    state.cacheControl = header
    await keys.find(byUrl, 'a', 'ES256')
    state.now += seconds - 1
    await keys.find(byUrl, 'a', 'ES256')
    assert.equal(state.calls.length, 1)
    state.now += 1
    await keys.find(byUrl, 'a', 'ES256')
    assert.equal(state.calls.length, 2)
  })
}

test('an issuer that is down is served from what we have for an hour past its age, then not', async () => {
  const { state, keys } = stage()
  await keys.find(byUrl, 'a', 'ES256')
  state.down = true
  state.now += 600 + 3599
  assert.equal((await keys.find(byUrl, 'a', 'ES256')).length, 1)
  state.now += 1
  await assert.rejects(keys.find(byUrl, 'a', 'ES256'), communication())
})

test('a failing issuer is tried again after fifteen seconds, not at every call', async () => {
  const { state, keys } = stage()
  state.down = true
  for (let i = 0; i < 10; i++) await assert.rejects(keys.find(byUrl, 'a', 'ES256'), communication())
  assert.equal(state.calls.length, 1)
  state.down = false
  state.now += 15
  assert.equal((await keys.find(byUrl, 'a', 'ES256')).length, 1)
  assert.equal(state.calls.length, 2)
})

test('an unknown kid makes it look again, at most once in fifteen seconds', async () => {
  const { state, keys } = stage()
  await keys.find(byUrl, 'a', 'ES256')
  state.now += 15
  state.answers.set(jwksUri, { keys: [key('a'), key('b')] })
  assert.equal((await keys.find(byUrl, 'b', 'ES256')).length, 1)
  for (let i = 0; i < 100; i++) assert.equal((await keys.find(byUrl, `x${i}`, 'ES256')).length, 0)
  assert.equal(state.calls.length, 2)
})

test('kids nobody knows, of many issuers at once, cause a bounded number of fetches', async () => {
  const { state, keys } = stage()
  const many = Array.from({ length: 100 }, (_, n): KeySource => ({ ...byUrl, id: `p${n}` }))
  for (const source of many) await keys.find(source, 'a', 'ES256')
  state.now += 15
  state.calls.length = 0
  await Promise.all(many.map((source) => keys.find(source, 'nobody', 'ES256')))
  assert.equal(state.calls.length, 16)
  state.now += 15
  await Promise.all(many.slice(50, 60).map((source) => keys.find(source, 'nobody', 'ES256')))
  assert.equal(state.calls.length, 26, 'the bound is of fetches under way, not for good')
})

test('an issuer that failed and now hangs holds nobody up who has its keys', async () => {
  const { state, keys } = stage()
  await keys.find(byUrl, 'a', 'ES256')
  state.now += 600
  state.down = true
  await keys.find(byUrl, 'a', 'ES256')
  state.now += 15
  state.hangs = true
  assert.equal((await keys.find(byUrl, 'a', 'ES256')).length, 1)
  assert.equal(state.calls.length, 3)
})

test('ten thousand issuers are kept without reading any again', async () => {
  const { state, keys } = stage()
  const many = Array.from({ length: 10_000 }, (_, n): KeySource => ({ ...byUrl, id: `p${n}` }))
  for (let round = 0; round < 2; round++) for (const source of many) await keys.find(source, 'a', 'ES256')
  assert.equal(state.calls.length, 10_000)
})

test('a withdrawn key is gone once the set was read again', async () => {
  const { state, keys } = stage()
  await keys.find(byUrl, 'a', 'ES256')
  state.answers.set(jwksUri, { keys: [key('b')] })
  state.now += 600
  assert.equal((await keys.find(byUrl, 'a', 'ES256')).length, 0)
})

for (const [title, status, answer] of [
  ['an error', 500, { keys: [] }],
  ['no list of keys', 200, { keys: {} }],
  ['a page', 200, '<html>'],
] as const) {
  test(`${title} instead of keys is a failure of communication`, async () => {
    const { state, keys } = stage()
    state.status = status
    state.answers.set(jwksUri, answer)
    await assert.rejects(keys.find(byUrl, 'a', 'ES256'), communication())
  })
}

test('a set without a usable key verifies nothing, which is no failure of communication that clients would retry', async () => {
  const { state, keys } = stage()
  state.answers.set(jwksUri, { keys: [] })
  assert.deepEqual(await keys.find(byUrl, 'a', 'ES256'), [])
})

test('uploaded keys need no network, and changed ones are read anew', async () => {
  const { state, keys } = stage()
  const upload = (kid: string): KeySource => ({
    id: 'p',
    url,
    keys: { from: 'upload', jwks: JSON.stringify({ keys: [key(kid)] }) },
  })
  const first = upload('a')
  assert.equal((await keys.find(first, 'a', 'ES256')).length, 1)
  assert.equal((await keys.find(first, 'b', 'ES256')).length, 0)
  assert.equal((await keys.find(upload('b'), 'b', 'ES256')).length, 1)
  assert.deepEqual(state.calls, [])
  await assert.rejects(
    keys.find({ ...first, keys: { from: 'upload', jwks: '{}' } }, 'a', 'ES256'),
    communication(),
  )
})

test('keeps a bounded number of issuers', async () => {
  const { state } = stage()
  const fetch = async (): Promise<Fetched> => {
    state.calls.push('')
    return { status: 200, headers: new Map(), body: Buffer.from(JSON.stringify({ keys: [key('a')] })) }
  }
  const keys = new IssuerKeys({ fetch, now: () => 0, limit: 2 })
  for (const id of ['1', '2', '1', '3', '1', '2']) await keys.find({ ...byUrl, id }, 'a', 'ES256')
  assert.equal(state.calls.length, 4)
})

test('34: keys of a provider that was deleted and made again under one name are not used again', async () => {
  const { state, keys } = stage()
  assert.equal((await keys.find({ ...byUrl, uid: 'first' }, 'a', 'ES256')).length, 1)
  state.answers.set(jwksUri, { keys: [key('b')] })
  assert.equal((await keys.find({ ...byUrl, uid: 'first' }, 'a', 'ES256')).length, 1)
  assert.equal((await keys.find({ ...byUrl, uid: 'second' }, 'a', 'ES256')).length, 0)
  assert.equal((await keys.find({ ...byUrl, uid: 'second' }, 'b', 'ES256')).length, 1)
})
