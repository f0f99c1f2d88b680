// The body a signature covers, when others have a hand in it.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import express, { type ErrorRequestHandler, type Express } from 'express'
import type { Verified, Verifier, VerifierOptions } from '../../src/verify/index.ts'
import { protect } from '../../src/verify/middleware/express.ts'
import { bundleOf, roleId, SmallChancery } from '../support/small-chancery.ts'
import { send, startDocuments } from './documents.ts'

const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }
const told: ErrorRequestHandler = (error, _req, res, _next) => {
  res.status(500).end(String(error.message))
}

async function setting(
  t: TestContext,
  app: (guard: ReturnType<typeof guardOf>) => Express,
  options: Partial<VerifierOptions> = {},
) {
  const issuer = await new SmallChancery().start()
  issuer.roles.set(roleId, bundleOf('all', everything))
  const service = await startDocuments(issuer, { feed: 30, ...options }, (verifier) => app(guardOf(verifier)))
  t.after(() => Promise.all([service.stop(), issuer.stop()]))
  const session = await issuer.assume()
  return (body: string) => send(service, '/documents/1', session, { method: 'PUT', body })
}

const guardOf = (verifier: Verifier) =>
  protect(verifier, { action: 'docs:PutDocument', resource: 'arn:aws:docs:::documents/1' })

test('bytes that express.raw() kept are the body', async (t) => {
  const put = await setting(t, (guard) =>
    express()
      .use(express.raw({ type: () => true }), guard)
      .use((req, res) => {
        res.end((req as { chancery?: Verified }).chancery?.body)
      }),
  )
  const response = await put('kept')
  assert.equal(response.status, 200)
  assert.equal(await response.text(), 'kept')
})

test('a body that was parsed and discarded is an error of the service with a message what to do', async (t) => {
  const put = await setting(t, (guard) =>
    express()
      .use(express.text({ type: () => true }), guard)
      .use(told),
  )
  const response = await put('gone')
  assert.equal(response.status, 500)
  assert.match(await response.text(), /before the body parser/)
})

test('a body above the bound is 413, kept or not', async (t) => {
  const kept = await setting(t, (guard) => express().use(express.raw({ type: () => true }), guard), {
    bodyLimit: 10,
  })
  assert.equal((await kept('x'.repeat(11))).status, 413)
  const unread = await setting(t, (guard) => express().use(guard), { bodyLimit: 10 })
  assert.equal((await unread('x'.repeat(11))).status, 413)
})

test('a chunked body is read to its bound and no further', async (t) => {
  const issuer = await new SmallChancery().start()
  issuer.roles.set(roleId, bundleOf('all', everything))
  const service = await startDocuments(issuer, { feed: 30, bodyLimit: 1000 }, (verifier) =>
    express()
      .use(guardOf(verifier))
      .use((req, res) => {
        res.end((req as { chancery?: Verified }).chancery?.body)
      }),
  )
  t.after(() => Promise.all([service.stop(), issuer.stop()]))
  const { signRequest } = await import('../../src/secure/sigv4/sign.ts')
  const session = await issuer.assume()
  const put = (size: number) => {
    const url = `${service.url}/documents/1`
    const body = 'x'.repeat(size)
    const headers = signRequest({
      method: 'PUT',
      url,
      body,
      credentials: session,
      region: 'us-east-1',
      service: 'docs',
      now: Date.now() / 1000,
    })
    const chunks = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(body.slice(0, 10)))
        controller.enqueue(new TextEncoder().encode(body.slice(10)))
        controller.close()
      },
    })
    return fetch(url, { method: 'PUT', headers, body: chunks, duplex: 'half' } as RequestInit)
  }
  const small = await put(900)
  assert.equal(small.status, 200)
  assert.equal((await small.text()).length, 900)
  assert.equal((await put(1001)).status, 413)
})
