import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import express from 'express'
import { protect } from '../../src/verify/middleware/express.ts'
import { accountId, SmallChancery } from '../support/small-chancery.ts'
import { apps, send, sendBySdk, startDocuments } from './documents.ts'

async function both(t: TestContext, app: keyof typeof apps) {
  const issuer = await new SmallChancery().start()
  const service = await startDocuments(issuer, {}, apps[app])
  t.after(() => Promise.all([service.stop(), issuer.stop()]))
  return { issuer, service }
}

for (const app of Object.keys(apps) as (keyof typeof apps)[]) {
  test(`${app}: a document the role may read is read, and the caller is known`, async (t) => {
    const { issuer, service } = await both(t, app)
    const session = await issuer.assume()
    const response = await send(service, '/documents/a/7.txt?version=2', session)
    assert.equal(response.status, 200)
    assert.deepEqual(await response.json(), {
      arn: session.claims.sub,
      scheme: 'sigv4',
      effect: 'allow',
      body: '',
    })
  })

  test(`${app}: what no statement allows is 403, with the reason as problem+json`, async (t) => {
    const { issuer, service } = await both(t, app)
    const response = await send(service, '/secrets/1', await issuer.assume())
    assert.equal(response.status, 403)
    assert.equal(response.headers.get('content-type'), 'application/problem+json')
    const problem = (await response.json()) as Record<string, unknown>
    assert.equal(problem['reason'], 'implicit_deny')
    assert.equal(problem['layer'], 'identity')
    assert.equal(typeof problem['detail'], 'string')
  })

  test(`${app}: a session policy narrows, and the deciding statement is named`, async (t) => {
    const { issuer, service } = await both(t, app)
    const deny = {
      Sid: 'NotThese',
      Effect: 'Deny',
      Action: '*',
      Resource: 'arn:aws:docs:::documents/secret-*',
    }
    const allow = { Effect: 'Allow', Action: '*', Resource: '*' }
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: [allow, deny] })
    const session = await issuer.assume({ sp: [[policy]] })
    assert.equal((await send(service, '/documents/open', session)).status, 200)
    const response = await send(service, '/documents/secret-1', session)
    assert.equal(response.status, 403)
    const { layer, statements } = (await response.json()) as { layer: string; statements: { sid: string }[] }
    assert.equal(layer, 'session')
    assert.equal(statements[0]?.sid, 'NotThese')
  })

  test(`${app}: a request without credentials is 401 with WWW-Authenticate`, async (t) => {
    const { service } = await both(t, app)
    const response = await fetch(`${service.url}/documents/1`)
    assert.equal(response.status, 401)
    const challenge = response.headers.get('www-authenticate') ?? ''
    assert.match(challenge, /Bearer realm="docs"/)
    assert.match(challenge, /AWS4-HMAC-SHA256 realm="docs", service="docs", region="us-east-1"/)
    assert.doesNotMatch(challenge, /error=/)
  })

  test(`${app}: takes what an AWS SDK signs, queries, odd paths and bodies included`, async (t) => {
    const { issuer, service } = await both(t, app)
    issuer.roles.set('AROAEXAMPLEREADER0001', everything)
    const session = await issuer.assume()
    for (const path of [
      '/documents/1',
      '/documents/a%20b/%C3%BC?b=2&a=1&a=0&empty=',
      '/documents/1?q=%2F%3D%20x',
    ])
      assert.equal((await sendBySdk(service, path, session)).status, 200, path)
    const response = await sendBySdk(service, '/documents/new', session, { method: 'PUT', body: 'grüße' })
    assert.equal(((await response.json()) as { body: string }).body, 'grüße')
  })

  test(`${app}: an access token is a bearer token`, async (t) => {
    const { issuer, service } = await both(t, app)
    const { token } = await issuer.bearer()
    const response = await fetch(`${service.url}/documents/1`, {
      headers: { authorization: `Bearer ${token}` },
    })
    assert.equal(response.status, 200)
    assert.equal(((await response.json()) as { scheme: string }).scheme, 'bearer')
  })
}

const everything = {
  accountId,
  version: 'v2',
  identity: [
    {
      name: 'all',
      document: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
    },
  ],
  boundary: undefined,
  tags: [],
}

test('express: a failure of the service itself reaches its error handler', async (t) => {
  const issuer = await new SmallChancery().start()
  const service = await startDocuments(issuer, {}, (verifier) => {
    const rule = { action: 'docs:GetDocument', resource: () => Promise.reject(new Error('database is down')) }
    const handled: express.ErrorRequestHandler = (error, _req, res, _next) => {
      res.status(500).end(String(error.message))
    }
    return express().use(protect(verifier, rule)).use(handled)
  })
  t.after(() => Promise.all([service.stop(), issuer.stop()]))
  const response = await send(service, '/x', await issuer.assume())
  assert.equal(response.status, 500)
  assert.equal(await response.text(), 'database is down')
  assert.equal(
    (await fetch(`${service.url}/x`)).status,
    401,
    'a request without a credential is refused first',
  )
})
