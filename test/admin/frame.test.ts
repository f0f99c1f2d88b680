// What holds for every operation of the admin API, over its table: routes, permissions, refusals, OpenAPI, documentation.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { IAMClient } from '@aws-sdk/client-iam'
import { z } from 'zod'
import { openApiDocument, openApiPathOf } from '../../src/admin/openapi.ts'
import type { Operation } from '../../src/admin/operation.ts'
import { operations } from '../../src/admin/operations.ts'
import { operationsTable } from '../../src/admin/reference.ts'
import { membersOf } from '../../src/cli/admin/options.ts'
import type { Credentials } from '../../src/secure/sigv4/sign.ts'
import { type Running, startServer } from '../support/server.ts'
import { type Call, callAdmin, iamOf, userWith } from './call.ts'

const docs = readFileSync(resolve(import.meta.dirname, '../../docs/administer.md'), 'utf8')

let server: Running
let iam: IAMClient
let nobody: Credentials
before(
  async () => {
    server = await startServer()
    iam = iamOf(server)
    nobody = await userWith(iam, 'nobody')
    await callAdmin(server.url, { method: 'POST', path: '/people', body: { name: 'kept' } })
    await callAdmin(server.url, { method: 'POST', path: '/groups', body: { name: 'kept' } })
  },
  { timeout: 60_000 },
)
after(async () => {
  iam.destroy()
  await server.stop()
})

/** A request to an operation with well-formed values of what it requires, about things that do not exist. */
function sample(operation: Operation): Call {
  const path = operation.path.replace('/v1/admin', '').replace(/:\w+/g, 'no-such-thing')
  const required = membersOf(operation.query).filter((member) => member.required)
  const query = new URLSearchParams()
  for (const { name, choices } of required) query.set(name, choices?.[0] ?? 'some-value')
  const hasBody = Object.keys(operation.body.shape).length > 0
  const body = Object.fromEntries(
    membersOf(operation.body)
      .filter((member) => member.required)
      .map(({ name, choices, type }) => [name, choices?.[0] ?? sampleOf(operation, name, type)]),
  )
  return {
    method: operation.method,
    path: query.size === 0 ? path : `${path}?${query}`,
    ...(hasBody && { body }),
  }
}
const sampleOf = ({ body }: Operation, name: string, type: keyof typeof samples) =>
  type === 'json' && z.safeParse(body.shape[name] as z.ZodType, []).success ? [] : samples[type]
const samples = {
  instant: '2026-11-30T00:00:00Z',
  text: 'some-value',
  number: 1,
  boolean: true,
  list: ['some-value'],
  map: {},
  json: {},
  secret: 'Some long secret 1!',
  file: 'AAAA',
}

test('names, routes and commands of operations are unique, and actions are of the form AWS has', () => {
  for (const of of [
    ({ name }: Operation) => name,
    ({ method, path }: Operation) => `${method} ${path}`,
    ({ command }: Operation) => command.words,
  ])
    assert.equal(new Set(operations.map(of)).size, operations.length)
  for (const { name, method } of operations) {
    assert.match(name, /^[A-Z][A-Za-z]+$/)
    assert.equal(method === 'GET', /^(Get|List)/.test(name), `${name} is ${method}`)
  }
})

test('members of path, query and body of an operation have different names', () => {
  for (const { name, params, query, body } of operations) {
    const members = [params, query, body].flatMap(({ shape }) => Object.keys(shape))
    assert.equal(new Set(members).size, members.length, name)
  }
})

test('docs/administer.md has the table of operations as it is', () => {
  assert.ok(
    docs.includes(operationsTable(operations)),
    `docs/administer.md needs:\n${operationsTable(operations)}`,
  )
})

test('the OpenAPI document describes exactly the operations that are served', {
  timeout: 60_000,
}, async () => {
  const response = await fetch(`${server.url}/v1/admin/openapi.json`)
  assert.equal(response.status, 200)
  const served = (await response.json()) as { paths: Record<string, Record<string, { operationId: string }>> }
  assert.deepEqual(served, JSON.parse(JSON.stringify(openApiDocument(operations, server.url))))
  const described = Object.entries(served.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, { operationId }]) => `${operationId} ${method.toUpperCase()} ${path}`,
    ),
  )
  assert.deepEqual(
    described.sort(),
    operations.map((one) => `${one.name} ${one.method} ${openApiPathOf(one)}`).sort(),
  )
})

describe('every operation', () => {
  for (const operation of operations) {
    const { name } = operation
    test(`${name}: without credentials 401, with a signature for another service 403`, async () => {
      const { path, method = 'GET', body } = sample(operation)
      const sent = body === undefined ? {} : { body: JSON.stringify(body) }
      const bare = await fetch(`${server.url}/v1/admin${path}`, {
        method,
        ...sent,
        headers: { 'content-type': 'application/json' },
      })
      assert.equal(bare.status, 401)
      const other = await callAdmin(server.url, { ...sample(operation), service: 'decision' })
      assert.deepEqual([other.status, other.body.code], [403, 'bad_signature'])
    })

    test(`${name}: without permission 403 that names the action, also for what does not exist`, async () => {
      const { status, body } = await callAdmin(server.url, { ...sample(operation), credentials: nobody })
      assert.deepEqual([status, body.code], [403, 'denied'], JSON.stringify(body))
      assert.match(
        body.detail,
        new RegExp(`is not authorized to perform: chancery:${name} on resource: arn:aws:`),
      )
      assert.match(body.detail, /because no identity-based policy allows the/)
    })

    if (operation.method !== 'GET' && /:(person|group)\b/.test(operation.path))
      test(`${name}: a stale ETag is 412, and nothing is changed`, async () => {
        const named = {
          ...operation,
          path: operation.path.replace(':person', 'kept').replace(':group', 'kept'),
        }
        const about = operation.path.startsWith('/v1/admin/groups') ? '/groups/kept' : '/people/kept'
        const before = await callAdmin(server.url, { path: about })
        const headers = { 'if-match': '"stale"' }
        const { status, body } = await callAdmin(server.url, { ...sample(named), headers })
        assert.deepEqual([status, body.code], [412, 'precondition_failed'])
        assert.deepEqual((await callAdmin(server.url, { path: about })).body, before.body)
      })

    test(`${name}: unknown and repeated members are refused, every one by its name`, async () => {
      const call = sample(operation)
      const mark = call.path.includes('?') ? '&' : '?'
      const unknown = await callAdmin(server.url, { ...call, path: `${call.path}${mark}first=1&second=2` })
      assert.equal(unknown.status, 400, JSON.stringify(unknown.body))
      const fields = unknown.body.errors.map(({ field }: { field: string }) => field)
      assert.ok(['first', 'second'].every((one) => fields.includes(one)))
      const twice = await callAdmin(server.url, { ...call, path: `${call.path}${mark}first=1&first=2` })
      assert.equal(twice.status, 400)
      if (call.body === undefined) return
      const more = await callAdmin(server.url, { ...call, body: { ...(call.body as object), third: 3 } })
      assert.equal(more.status, 400)
      assert.ok(more.body.errors.some(({ field }: { field: string }) => field === 'third'))
      const repeated = await callAdmin(server.url, { ...call, body: '{"third":1,"third":2}' })
      assert.equal(repeated.status, 400)
      const oversized = await callAdmin(server.url, {
        ...call,
        body: { third: 'x'.repeat(operation.maxBody) },
      })
      assert.equal(oversized.status, 413)
    })
  }
})
