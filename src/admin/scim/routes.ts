// SCIM 2.0 (RFC 7643, RFC 7644) at `/scim/v2`, for directories that provision people and groups. What it changes goes through the
// operations of the admin API (request.ts).
import { isUtf8 } from 'node:buffer'
import type { Context } from 'koa'
import { Problem } from '../../problem.ts'
import { parseJsonObject, readQuery } from '../../web/request/body.ts'
import { noteFacts } from '../../web/request/request-facts.ts'
import type { Route } from '../../web/route.ts'
import type { AuthenticateScim } from './authenticate.ts'
import { listOfAll, resourceTypes, schemas, serviceProviderConfig } from './discovery.ts'
import { createGroup, deleteGroup, getGroup, listGroups, patchGroup, replaceGroup } from './groups.ts'
import { scimError } from './problem.ts'
import { projectionOf } from './projection.ts'
import type { ScimPorts, ScimRequest } from './request.ts'
import { etagOf, isObject, type Resource, requireSchema } from './resource.ts'
import { urns } from './schemas.ts'
import {
  createUser,
  deleteUser,
  getUser,
  listUsers,
  patchUser,
  replaceUser,
  type ScimAnswer,
} from './users.ts'

export interface ScimRoutePorts extends ScimPorts {
  readonly authenticate: AuthenticateScim
}

export const scimPath = '/scim/v2'
/** Bytes: a group of some ten thousand members. */
const mostBody = 2_097_152

type Handler = (request: ScimRequest, id: string, body: Resource) => Promise<ScimAnswer>

interface Endpoint {
  readonly method: Route['method']
  readonly path: string
  readonly run: Handler
}

const endpoints: readonly Endpoint[] = [
  { method: 'GET', path: '/Users', run: listUsers },
  { method: 'POST', path: '/Users', run: (request, _, body) => createUser(request, body) },
  { method: 'POST', path: '/Users/.search', run: (request, _, body) => listUsers(searchOf(request, body)) },
  { method: 'GET', path: '/Users/:id', run: getUser },
  { method: 'PUT', path: '/Users/:id', run: replaceUser },
  { method: 'PATCH', path: '/Users/:id', run: patchUser },
  { method: 'DELETE', path: '/Users/:id', run: deleteUser },
  { method: 'GET', path: '/Groups', run: listGroups },
  { method: 'POST', path: '/Groups', run: (request, _, body) => createGroup(request, body) },
  { method: 'POST', path: '/Groups/.search', run: (request, _, body) => listGroups(searchOf(request, body)) },
  { method: 'GET', path: '/Groups/:id', run: getGroup },
  { method: 'PUT', path: '/Groups/:id', run: replaceGroup },
  { method: 'PATCH', path: '/Groups/:id', run: patchGroup },
  { method: 'DELETE', path: '/Groups/:id', run: deleteGroup },
  { method: 'POST', path: '/Bulk', run: unsupported('bulk requests: send one request for each change') },
  { method: 'GET', path: '/Me', run: unsupported('`/Me`: read `/Users` with a filter') },
  {
    method: 'POST',
    path: '/.search',
    run: unsupported('searches over all kinds: search `/Users` or `/Groups`'),
  },
]

function unsupported(what: string): Handler {
  return () => Promise.reject(new Problem('unsupported_action', `this server does not support ${what}`))
}

/** RFC 7644 §3.4.3. */
function searchOf(request: ScimRequest, body: Resource): ScimRequest {
  requireSchema(body, urns.search)
  const query = new Map<string, string>()
  for (const [key, value] of Object.entries(body)) {
    if (typeof value === 'string' || typeof value === 'number') query.set(key, String(value))
    if (Array.isArray(value) && key !== 'schemas') query.set(key, value.join(','))
  }
  const projection = projectionOf(query.get('attributes'), query.get('excludedAttributes'))
  return { ...request, query, projection }
}

export function scimRoutes(ports: ScimRoutePorts): readonly Route[] {
  return [
    ...discoveryRoutes(ports.base),
    ...endpoints.map(
      ({ method, path, run }): Route => ({
        method,
        path: scimPath + path,
        access: 'signed',
        run: (ctx) => answering(ctx, () => answer(ctx, ports, run)),
      }),
    ),
    ...nothingHere,
  ]
}

function discoveryRoutes(base: string): readonly Route[] {
  const documents: readonly (readonly [string, Resource])[] = [
    ['/ServiceProviderConfig', serviceProviderConfig(base)],
    ['/ResourceTypes', listOfAll(resourceTypes(base))],
    ...resourceTypes(base).map((one) => [`/ResourceTypes/${String(one['id'])}`, one] as const),
    ['/Schemas', listOfAll(schemas(base))],
    ...schemas(base).map((one) => [`/Schemas/${String(one['id'])}`, one] as const),
  ]
  const known = documents.map(
    ([path, body]): Route => ({
      method: 'GET',
      path: scimPath + path,
      access: 'public',
      run: (ctx) => respond(ctx, { status: 200, body }),
    }),
  )
  const unknown = ['/ResourceTypes/:id', '/Schemas/:id'].map((path) =>
    absent('GET', path, 'there is no such document'),
  )
  return [...known, ...unknown]
}

/** Addresses below `/scim/v2` that are nothing's: refused in the form of SCIM as well (RFC 7644 §3.12). */
const nothingHere: readonly Route[] = (['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const).flatMap((method) =>
  ['/:kind', '/:kind/:id'].map((path) => absent(method, path, 'there is nothing at this address')),
)

function absent(method: Route['method'], path: string, message: string): Route {
  return {
    method,
    path: scimPath + path,
    access: 'public',
    run: (ctx) => answering(ctx, () => Promise.reject(new Problem('not_found', message))),
  }
}

/** Problems as SCIM has them; everything else is the server's own fault and is answered as such. */
async function answering(ctx: Context, run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const { status, body } = scimError(error)
    noteFacts(ctx.req, { reason: error.code, message: error.message })
    if (status === 401) ctx.set('www-authenticate', 'Bearer realm="scim"')
    if (error.retryAfter !== undefined) ctx.set('retry-after', String(error.retryAfter))
    write(ctx, status, body)
  }
}

async function answer(ctx: Context, ports: ScimRoutePorts, run: Handler): Promise<void> {
  const { call, body, verifiesEmail } = await ports.authenticate(ctx, mostBody)
  const query = readQuery(ctx)
  const projection = projectionOf(query.get('attributes'), query.get('excludedAttributes'))
  const request = { ports, call, verifiesEmail, query, projection, ifMatch: versionsOf(ctx.get('if-match')) }
  const params: unknown = ctx['params']
  const id = isObject(params) && typeof params['id'] === 'string' ? params['id'] : ''
  const known = versionsOf(ctx.get('if-none-match'))
  // RFC 9110 §13.1.2: a change may not be made when the condition is false. No change of SCIM has a use for one.
  if (known !== undefined && ctx.method !== 'GET')
    throw new Problem('validation', '`If-None-Match` is for reading: send `If-Match` with a change')
  const result = await run(request, id, bodyOf(ctx, body))
  const { etag } = result
  if (etag !== undefined && known?.some((one) => one === '*' || etagOf(one) === etag))
    return respond(ctx, { status: 304, etag })
  respond(ctx, result)
}

function bodyOf(ctx: Context, body: Buffer): Resource {
  if (body.length === 0) return {}
  if (!ctx.is('application/scim+json', 'application/json'))
    throw new Problem('validation', 'the request body must be `application/scim+json`')
  if (!isUtf8(body)) throw new Problem('validation', 'the request body is not valid UTF-8')
  return parseJsonObject(body.toString('utf8'))
}

/** Entity tags, weak or not (RFC 7644 §3.14). @throws Problem('validation') */
function versionsOf(header: string): readonly string[] | undefined {
  if (header === '') return undefined
  return header.split(',').map((part) => {
    const [, tag, any] = /^(?:(?:W\/)?"([\x21\x23-\x7e]{0,128})"|(\*))$/.exec(part.trim()) ?? []
    const version = tag ?? any
    if (version === undefined) throw new Problem('validation', 'entity tags must be in quotes, or `*`')
    return version
  })
}

function respond(ctx: Context, { status, body, etag, location }: ScimAnswer): void {
  if (etag !== undefined) ctx.set('etag', etag)
  if (location !== undefined && status === 201) ctx.set('location', location)
  write(ctx, status, body)
}

function write(ctx: Context, status: number, body: object | undefined): void {
  ctx.set('cache-control', 'no-store')
  ctx.status = status
  if (body === undefined) return
  ctx.type = 'application/scim+json'
  ctx.body = JSON.stringify(body)
}
