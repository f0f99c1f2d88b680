// The admin API: `/v1/admin/…`, what IAM's wire has no words for. JSON, described by `/v1/admin/openapi.json`. Each request
// is authenticated (SigV4 for the service `chancery`, or an access token of a session), authorized by the policy engine as
// `chancery:<Operation>`, and on record before it is answered. The operations are in operations.ts.
import { isUtf8 } from 'node:buffer'
import type { Context } from 'koa'
import { Problem } from '../problem.ts'
import { parseJsonObject, readQuery } from '../web/request/body.ts'
import type { Route } from '../web/route.ts'
import type { Authenticate, AuthenticatedCall } from './authenticate.ts'
import { openApiDocument } from './openapi.ts'
import type { Operation, Result } from './operation.ts'
import { operations } from './operations.ts'
import { type PerformPorts, perform } from './perform.ts'

export interface AdminPorts extends PerformPorts {
  readonly authenticate: Authenticate
  readonly issuer: string
}

export const openApiPath = '/v1/admin/openapi.json'

export function adminRoutes(ports: AdminPorts): readonly Route[] {
  let document: string | undefined
  return [
    {
      method: 'GET',
      path: openApiPath,
      access: 'public',
      run(ctx) {
        ctx.type = 'application/json'
        // Made by the first request: 0.4 MB.
        document ??= JSON.stringify(openApiDocument(operations, ports.issuer))
        ctx.body = document
      },
    },
    ...operations.map(
      (operation): Route => ({
        method: operation.method,
        path: operation.path,
        access: 'signed',
        run: (ctx) => answer(ctx, operation, ports),
      }),
    ),
  ]
}

async function answer(ctx: Context, operation: Operation, ports: AdminPorts): Promise<void> {
  const signed = await ports.authenticate(ctx, operation.maxBody)
  const { caller, circumstances } = signed
  const call = { caller, circumstances }
  const result = await perform(ports, operation, call, {
    raw: {
      params: ctx['params'] as Readonly<Record<string, string>>,
      query: readQuery(ctx),
      body: bodyOf(ctx, signed),
    },
    ifMatch: ifMatchOf(ctx),
  })
  respond(ctx, operation, result)
}

/** @throws Problem('validation') */
function bodyOf(ctx: Context, { body }: AuthenticatedCall): Readonly<Record<string, unknown>> {
  if (body.length === 0) return {}
  if (!ctx.is('application/json', 'application/merge-patch+json'))
    throw new Problem('validation', 'the request body must be `application/json`')
  if (!isUtf8(body)) throw new Problem('validation', 'the request body is not valid UTF-8')
  return parseJsonObject(body.toString('utf8'))
}

/** RFC 9110 §13.1.1. @throws Problem('validation') for what is not a list of entity tags */
function ifMatchOf(ctx: Context): readonly string[] | undefined {
  const header = ctx.get('if-match')
  if (header === '') return undefined
  const tags = header.split(',').map((tag) => /^(?:"([\x21\x23-\x7e]{0,128})"|(\*))$/.exec(tag.trim()))
  return tags.map((tag) => {
    if (tag === null) throw new Problem('validation', '`If-Match` must be an ETag in quotes, or `*`')
    return tag[1] ?? '*'
  })
}

function respond(ctx: Context, operation: Operation, { answer: value, version }: Result<unknown>): void {
  ctx.set('cache-control', 'no-store')
  if (version !== undefined) ctx.set('etag', `"${version}"`)
  ctx.status = operation.status
  if (operation.status === 204) return
  ctx.type = 'application/json'
  ctx.body = JSON.stringify(value)
}
