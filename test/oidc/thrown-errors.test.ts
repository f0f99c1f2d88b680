// What a client and a browser get when something throws that oidc-provider does not handle: 503 when the store is away, 500 for a bug.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import Koa, { type Context } from 'koa'
import { errors } from 'oidc-provider'
import request from 'supertest'
import { answerThrown } from '../../src/oidc/thrown-errors.ts'
import { isProblem, Problem } from '../../src/problem.ts'

const cause = new Error('the disk is full')
const thrown = [
  ['the store is away', new Problem('unavailable', 'the store cannot be written now', { cause }), 503],
  ['oidc-provider says so', new errors.TemporarilyUnavailable('the request could not be recorded'), 503],
  ['a refusal is no failure of the store', new Problem('denied', 'no'), 500],
  ['a bug', new TypeError('x is undefined'), 500],
] as const

for (const [name, error, status] of thrown) {
  test(`${name}: ${status}`, { timeout: 60_000 }, async () => {
    const logged: object[] = []
    const passedOn: unknown[] = []
    const app = new Koa()
    app.use((ctx: Context) => {
      try {
        answerThrown(ctx, error, { log: { error: (fields) => logged.push(fields) }, requestId: () => 'id1' })
      } catch (problem) {
        passedOn.push(problem)
        ctx.status = 204
      }
    })
    const server = app.callback()

    const client = await request(server).get('/token').set('accept', 'application/json')
    assert.equal(client.status, status)
    assert.equal(client.body.error, status === 503 ? 'temporarily_unavailable' : 'server_error')
    assert.equal(client.headers['retry-after'], status === 503 ? '1' : undefined)
    assert.doesNotMatch(client.text, /disk|undefined/)
    assert.deepEqual(logged, [{ requestId: 'id1', err: error, path: '/token' }])

    assert.equal((await request(server).get('/authorize').set('accept', 'text/html')).status, 204)
    assert.equal(passedOn.length, 1)
    if (status === 503) assert.ok(isProblem(passedOn[0], 'unavailable'))
    else assert.equal(passedOn[0], error)
    assert.equal(logged.length, 1)
  })
}
