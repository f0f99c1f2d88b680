// What a request's answer leaves out is in the log, at the level the server writes.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import Koa from 'koa'
import { pino } from 'pino'
import request from 'supertest'
import { Problem } from '../../src/problem.ts'
import { signRequest } from '../../src/secure/sigv4/sign.ts'
import { requestIds } from '../../src/web/request/request-id.ts'
import { handleErrors } from '../../src/web/response/error-response.ts'
import { startServer } from '../support/server.ts'
import { until } from '../support/waiting.ts'

const linesWith = (text: string, requestId: unknown): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
    .filter((line) => line.requestId === requestId)

test('an operator finds in the log why a request was refused, by the request id of its answer', {
  timeout: 60_000,
}, async (t) => {
  const server = await startServer()
  t.after(() => server.stop())
  const url = `${server.url}/v1/policies`
  const headers = signRequest({
    method: 'GET',
    url,
    headers: {},
    body: '',
    credentials: { accessKeyId: 'AKIANOSUCHKEY', secretAccessKey: 'made-up' },
    region: 'us-east-1',
    service: 'decision',
    now: Math.floor(Date.now() / 1000),
  })
  const answer = await fetch(url, { headers })
  const body = await answer.text()
  const written = () => linesWith(server.output(), answer.headers.get('x-request-id'))
  // The log comes through a pipe, which may be behind the answer.
  await until('the line was written', () => written().length > 0)
  const said = written()
  assert.deepEqual(
    said.map(({ level, msg }) => [level, msg]),
    [[40, 'request refused']],
    `${answer.status} ${body}`,
  )
  assert.equal(typeof said[0]?.['detail'], 'string')
  assert.ok(!body.includes(String(said[0]?.['detail'])))
})

const thrown: readonly (readonly [what: string, error: Error, level: number | undefined, says: RegExp])[] = [
  [
    'a refusal with a reason',
    new Problem('denied', 'no', { detail: 'the user is disabled' }),
    40,
    /disabled/,
  ],
  ['a refusal that says all', new Problem('validation', 'the name is too long'), undefined, /^$/],
  ['a store that is away', new Problem('unavailable', 'try again', { cause: new Error('EIO') }), 50, /EIO/],
  ['a bug', new TypeError('x is undefined', { cause: new Error('deeper') }), 50, /undefined.*deeper/],
]
for (const [what, error, level, says] of thrown) {
  test(`${what} is ${level === undefined ? 'not logged' : `logged at level ${level}`}, and not shown`, async () => {
    const lines: string[] = []
    const log = pino({ level: 'warn', base: null }, { write: (line: string) => lines.push(line) })
    const app = new Koa()
    app.use(requestIds)
    app.use(handleErrors(() => '', log))
    app.use(() => {
      throw error
    })
    const { headers, text: body } = await request(app.callback()).get('/').set('accept', 'application/json')
    const text = lines.join('')
    assert.deepEqual(
      linesWith(text, headers['x-request-id']).map((line) => line['level']),
      level === undefined ? [] : [level],
    )
    assert.match(text.replaceAll('\n', ' ').trim(), says)
    assert.doesNotMatch(body, /disabled|EIO|undefined|deeper/)
  })
}
