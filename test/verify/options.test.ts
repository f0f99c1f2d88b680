import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createVerifier, type VerifierOptions } from '../../src/verify/index.ts'
import { bundleOf, roleId, SmallChancery } from '../support/small-chancery.ts'
import { send, startDocuments } from './documents.ts'

const good: VerifierOptions = {
  issuer: 'https://id.example',
  service: 'docs',
  credentials: { accessKeyId: 'AKIA', secretAccessKey: 'secret' },
}

test('a verifier is made without asking anyone', () => {
  const verifier = createVerifier(good)
  assert.deepEqual(verifier.scope, { service: 'docs', region: 'us-east-1' })
  verifier.close()
})

const refused: readonly [string, object][] = [
  ['an issuer that is no URL', { issuer: 'id.example' }],
  ['an issuer over plain http', { issuer: 'http://id.example' }],
  ['a service in upper case', { service: 'Docs' }],
  ['a service with a slash', { service: 'a/b' }],
  ['an origin that is no URL', { origin: 'docs.example' }],
  ['no window', { window: 0 }],
  ['a window of an hour', { window: 3600 }],
  ['a negative body limit', { bodyLimit: -1 }],
  ['a cache of nothing', { cacheLimits: { sessions: 0 } }],
  ['a staleness that is no number', { staleness: { revocations: Number.NaN } }],
  ['a poll of a minute', { feed: 60 }],
  ['object keys without the path encoding of S3', { objectKeys: true }],
  ['a replay mode that does not exist', { replay: 'some' }],
  ['a replay memory that is no function', { replay: { remember: true } }],
]
for (const [name, over] of refused) {
  test(`refuses to be made with ${name}`, () => {
    assert.throws(() => createVerifier({ ...good, ...over } as VerifierOptions), TypeError)
  })
}

const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }

async function replayed(
  t: { after(fn: () => unknown): void },
  options: Partial<VerifierOptions>,
  method: string,
) {
  const issuer = await new SmallChancery().start()
  issuer.roles.set(roleId, bundleOf('all', everything))
  const service = await startDocuments(issuer, { feed: 30, ...options })
  t.after(() => Promise.all([service.stop(), issuer.stop()]))
  const session = await issuer.assume()
  const now = Date.now() / 1000
  const once = () => send(service, '/documents/1', session, { method, now })
  return [(await once()).status, (await once()).status]
}

const replays: readonly [VerifierOptions['replay'], string, readonly number[]][] = [
  [undefined, 'GET', [200, 200]],
  [undefined, 'DELETE', [200, 401]],
  ['all', 'GET', [200, 401]],
  ['off', 'DELETE', [200, 200]],
]
for (const [replay, method, expected] of replays) {
  test(`the same ${method} twice with replay ${replay ?? 'by default'}: ${expected}`, async (t) => {
    assert.deepEqual(await replayed(t, replay === undefined ? {} : { replay }, method), expected)
  })
}

test('an unsigned payload is accepted where configured, and does not count as a verified body', async (t) => {
  const issuer = await new SmallChancery().start()
  issuer.roles.set(roleId, bundleOf('all', everything))
  const service = await startDocuments(issuer, { feed: 30, unsignedPayload: true })
  t.after(() => Promise.all([service.stop(), issuer.stop()]))
  const headers = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }
  const response = await send(service, '/documents/1', await issuer.assume(), {
    method: 'PUT',
    headers,
    body: 'any',
  })
  assert.equal(response.status, 200)
  assert.equal(((await response.json()) as { body?: string }).body, undefined)
})

test('the service’s credentials may change while it runs', async (t) => {
  const issuer = await new SmallChancery().start()
  const { serviceKey } = await import('../support/small-chancery.ts')
  let current = { accessKeyId: 'AKIAOLD', secretAccessKey: 'gone' }
  const service = await startDocuments(issuer, { feed: 30, credentials: async () => current })
  t.after(() => Promise.all([service.stop(), issuer.stop()]))
  const session = await issuer.assume()
  assert.equal((await send(service, '/documents/1', session)).status, 503)
  current = serviceKey
  await new Promise((done) => setTimeout(done, 1100))
  assert.equal((await send(service, '/documents/1', session)).status, 200)
})
