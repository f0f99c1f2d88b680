// A documents service with our middleware in front, under Koa and under Express, over real HTTP.
import { createHash, createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { SignatureV4 } from '@smithy/signature-v4'
import express from 'express'
import fastify, { type FastifyRequest, type RequestPayload } from 'fastify'
import { Hono } from 'hono'
import Koa from 'koa'
import { type SigningInput, signRequest } from '../../src/secure/sigv4/sign.ts'
import { createVerifier, type Verified, type Verifier, type VerifierOptions } from '../../src/verify/index.ts'
import { protect as protectExpress } from '../../src/verify/middleware/express.ts'
import { protect as protectFastify } from '../../src/verify/middleware/fastify.ts'
import { type HonoContext, protect as protectHono } from '../../src/verify/middleware/hono.ts'
import { protect as protectKoa } from '../../src/verify/middleware/koa.ts'
import { type SmallChancery, serviceKey } from '../support/small-chancery.ts'

export interface Documents {
  readonly url: string
  readonly verifier: Verifier
  stop(): Promise<void>
}

const actions = new Map([
  ['GET', 'docs:GetDocument'],
  ['PUT', 'docs:PutDocument'],
  ['POST', 'docs:PutDocument'],
])
const rule = {
  action: (request: { readonly method?: string | undefined }) =>
    actions.get(request.method ?? '') ?? 'docs:Unknown',
  resource: (_request: unknown, path: string) => `arn:aws:docs:::${path.slice(1)}`,
}

const shown = (verified: Verified | undefined) => ({
  arn: verified?.caller.arn,
  scheme: verified?.caller.scheme,
  effect: verified?.decision.effect,
  body: verified?.body?.toString(),
})

export function koaApp(verifier: Verifier): RequestListener {
  const app = new Koa()
  app.use(protectKoa(verifier, { ...rule }))
  app.use((ctx) => {
    ctx.body = shown(ctx.state['chancery'] as Verified)
  })
  return app.callback()
}

export function expressApp(verifier: Verifier): RequestListener {
  const app = express()
  app.use(protectExpress(verifier, { ...rule }))
  app.use((req, res) => {
    res.json(shown((req as { chancery?: Verified }).chancery))
  })
  return app
}

export function fastifyApp(verifier: Verifier): RequestListener {
  const app = fastify()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  app.addHook('preParsing', protectFastify<FastifyRequest, RequestPayload>(verifier, { ...rule }))
  app.all('/*', (request) => ({
    ...shown((request as { chancery?: Verified }).chancery),
    // What Fastify's own parser made of the same bytes.
    ...(request.body === undefined ? {} : { body: request.body }),
  }))
  const ready = app.ready()
  return (req, res) => void ready.then(() => app.routing(req, res))
}

interface HonoEnvironment {
  readonly Bindings: HttpBindings
  readonly Variables: { chancery: Verified }
}

export function honoApp(verifier: Verifier): RequestListener {
  const app = new Hono<HonoEnvironment>()
  app.use(
    protectHono(verifier, {
      action: (c: HonoContext) => rule.action(c.env.incoming),
      resource: rule.resource,
    }),
  )
  app.all('*', (c) => c.json(shown(c.get('chancery'))))
  return getRequestListener(app.fetch, { overrideGlobalObjects: false })
}

export const apps = { koa: koaApp, express: expressApp, fastify: fastifyApp, hono: honoApp } as const

export async function startDocuments(
  issuer: SmallChancery,
  options: Partial<VerifierOptions> = {},
  app: (verifier: Verifier) => RequestListener = koaApp,
): Promise<Documents> {
  const verifier = createVerifier({
    issuer: issuer.issuer,
    service: 'docs',
    credentials: serviceKey,
    clock: () => issuer.clock(),
    ...options,
  })
  return serveDocuments(verifier, app)
}

export async function serveDocuments(verifier: Verifier, app = koaApp): Promise<Documents> {
  const server = createServer(app(verifier))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    verifier,
    async stop() {
      verifier.close()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/** Signed as our own signer does. */
export async function send(
  service: Pick<Documents, 'url'>,
  path: string,
  credentials: Credentials,
  over: Partial<SigningInput> & { readonly now?: number } = {},
): Promise<Response> {
  const { method = 'GET', body, now = Date.now() / 1000, region = 'us-east-1', service: name = 'docs' } = over
  const url = service.url + path
  const given = { ...over.headers }
  const signing = {
    method,
    url,
    headers: given,
    credentials,
    region,
    service: name,
    now,
    ...(body === undefined ? {} : { body }),
  }
  const headers = signRequest(signing)
  return fetch(url, { method, headers, ...(body === undefined ? {} : { body: body as string }) })
}

/** node:crypto as the SDK wants its hash. */
export class Sha256 {
  readonly #hash
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmacOf(secret)
  }
  update(data: Uint8Array): void {
    this.#hash.update(data)
  }
  async digest(): Promise<Uint8Array> {
    return new Uint8Array(this.#hash.digest())
  }
  reset(): void {}
}
const createHmacOf = (secret: string | ArrayBuffer | ArrayBufferView) =>
  createHmac('sha256', typeof secret === 'string' ? secret : Buffer.from(secret as Uint8Array))

/** Signed as every AWS SDK for JavaScript does. */
export async function sendBySdk(
  service: Pick<Documents, 'url'>,
  path: string,
  credentials: Credentials,
  over: { method?: string; body?: string } = {},
): Promise<Response> {
  const url = new URL(service.url + path)
  const signer = new SignatureV4({
    service: 'docs',
    region: 'us-east-1',
    credentials,
    sha256: Sha256 as never,
  })
  const { method = 'GET', body } = over
  const signed = await signer.sign({
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    port: Number(url.port),
    path: url.pathname,
    query: Object.fromEntries(
      [...url.searchParams.keys()].map((name) => [name, url.searchParams.getAll(name)]),
    ),
    headers: { host: url.host, ...(body === undefined ? {} : { 'content-type': 'text/plain' }) },
    ...(body === undefined ? {} : { body }),
  })
  return fetch(url, { method, headers: signed.headers, ...(body === undefined ? {} : { body }) })
}
