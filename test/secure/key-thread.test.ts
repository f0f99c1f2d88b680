import assert from 'node:assert/strict'
import { generateKeyPairSync, sign, verify } from 'node:crypto'
import { test } from 'node:test'
import { KeyThread } from '../../src/secure/key/key-thread.ts'
import { publicKeyOf } from '../../src/secure/sigv4/sigv4a-key.ts'

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })

test('a thousand jobs of one turn are each answered as their own', async (t) => {
  const thread = new KeyThread()
  t.after(() => thread.close())
  const made = await Promise.all(
    Array.from({ length: 500 }, (_, n) => thread.sign('sha256', Buffer.from(`text ${n}`), ec.privateKey)),
  )
  for (const [n, signature] of made.entries()) {
    assert.ok(verify('sha256', Buffer.from(`text ${n}`), ec.publicKey, signature))
  }
  const signatures = made.map((_, n) => sign('sha256', Buffer.from(`\u00ff${n}`, 'latin1'), rsa.privateKey))
  const checked = await Promise.all(
    signatures.map((signature, n) => {
      const data = Buffer.from(`\u00ff${n % 2 ? n : `${n} changed`}`, 'latin1')
      return thread.verify('sha256', data, rsa.publicKey, signature)
    }),
  )
  assert.deepEqual(
    checked,
    checked.map((_, n) => n % 2 === 1),
  )
})

test('a signature that is no signature is false, not an error', async (t) => {
  const thread = new KeyThread()
  t.after(() => thread.close())
  assert.equal(await thread.verify('sha256', Buffer.from('x'), ec.publicKey, Buffer.alloc(0)), false)
  assert.equal(await thread.verify('sha256', Buffer.from('x'), rsa.publicKey, Buffer.from('short')), false)
})

test('a thread that ends fails what it owes, and the next job has a new one', async (t) => {
  const thread = new KeyThread()
  t.after(() => thread.close())
  await thread.sign('sha256', Buffer.from('x'), ec.privateKey)
  const owed = thread.sign('sha256', Buffer.from('y'), ec.privateKey)
  await thread.close()
  await assert.rejects(owed)
  assert.ok((await thread.sign('sha256', Buffer.from('z'), ec.privateKey)).length > 60)
})

test('a JWS is that of the claims, with the public key of its holder, whatever its characters', async (t) => {
  const thread = new KeyThread()
  t.after(() => thread.close())
  const header = Buffer.from(JSON.stringify({ alg: 'ES256' })).toString('base64url')
  const holder = { accessKeyId: 'ASIAEXAMPLE', secret: 'secret-of-the-session' }
  const claims = { sub: 'Zoë ↦ 🦊', tags: [['Team', 'blue']] }
  const made = await Promise.all(
    [holder, undefined].map((one) =>
      thread.jws('sha256', { header, claims: JSON.stringify(claims), width: 32, holder: one }, ec.privateKey),
    ),
  )
  const payloads = made.map((token) => {
    const [head = '', payload = '', signature = ''] = token.split('.')
    const key = { key: ec.publicKey, dsaEncoding: 'ieee-p1363' } as const
    const signed = Buffer.from(`${head}.${payload}`)
    assert.ok(verify('sha256', signed, key, Buffer.from(signature, 'base64url')))
    assert.equal(head, header)
    return JSON.parse(Buffer.from(payload, 'base64url').toString())
  })
  const jwk = publicKeyOf(holder.accessKeyId, holder.secret)
  assert.deepEqual(payloads, [{ ...claims, cnf: { jwk } }, claims])
})

test('more keys than it holds are forgotten and sent again', async (t) => {
  const thread = new KeyThread({ maxKeys: 100 })
  t.after(() => thread.close())
  const first = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  await thread.sign('sha256', Buffer.from('x'), first.privateKey)
  const many = Array.from({ length: 201 }, () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey)
  const jobs = many.map((key) => thread.verify('sha256', Buffer.from('x'), key, Buffer.alloc(8)))
  jobs.push(
    thread.verify(
      'sha256',
      Buffer.from('x'),
      first.publicKey,
      sign('sha256', Buffer.from('x'), first.privateKey),
    ),
  )
  const answers = await Promise.all(jobs)
  assert.equal(answers.filter(Boolean).length, 1)
  assert.equal(answers.at(-1), true)
})
