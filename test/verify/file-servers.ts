// Real file servers of each framework behind our middleware. Every file holds its own path, so that an answer says which
// file was served; the header `x-decided` says which path the rule decided on.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer, type RequestListener, type Server } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fastifyStatic from '@fastify/static'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import express, { type RequestHandler } from 'express'
import fastify, { type FastifyRequest, type RequestPayload } from 'fastify'
import { Hono } from 'hono'
import Koa from 'koa'
import mount from 'koa-mount'
import serve from 'koa-static'
import { fromNodeRequest, Problem, type Verified, type Verifier } from '../../src/verify/index.ts'
import { protect as protectExpress } from '../../src/verify/middleware/express.ts'
import { protect as protectFastify } from '../../src/verify/middleware/fastify.ts'
import { protect as protectHono } from '../../src/verify/middleware/hono.ts'
import { protect as protectKoa } from '../../src/verify/middleware/koa.ts'

/** What the role may read: all of the handbook but the secret parts. */
export const readHandbook = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: 'docs:GetDocument', Resource: 'arn:aws:docs:::handbook/*' },
    { Effect: 'Deny', Action: 'docs:GetDocument', Resource: 'arn:aws:docs:::handbook/secret*' },
  ],
}

export const files = [
  'handbook/guide.txt',
  'handbook/a b.txt',
  'handbook/für.txt',
  'handbook/100%.txt',
  'handbook/%2e%2e',
  'handbook/secret.txt',
  'handbook/secret/plan.txt',
  'private/payroll.txt',
  'secret',
]

export function filesFolder(): string {
  const root = mkdtempSync(join(tmpdir(), 'chancery-files-'))
  for (const name of files) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), `/${name}`)
  }
  return root
}

/** `prefix` is where a sub-application is mounted. */
const rule = (prefix: string) => ({
  action: 'docs:GetDocument',
  resource: (_request: unknown, path: string) => `arn:aws:docs:::${path.slice(prefix.length + 1)}`,
})
const decidedHeader = (path: string, prefix: string) => encodeURIComponent(path.slice(prefix.length))

function koaStack(verifier: Verifier, root: string, prefix: string): Koa {
  const app = new Koa()
  app.silent = true
  app.use(protectKoa(verifier, rule(prefix)))
  app.use(async (ctx, next) => {
    const { path } = ctx.state['chancery'] as Verified
    ctx.set('x-decided', decidedHeader(path, prefix))
    await next()
  })
  return app.use(serve(root))
}

function expressStack(verifier: Verifier, root: string, prefix: string): express.Express {
  const app = express()
  const decided: RequestHandler = (req, res, next) => {
    const { chancery } = req as { chancery?: Verified }
    res.setHeader('x-decided', decidedHeader(chancery?.path ?? '', prefix))
    next()
  }
  return app.use(protectExpress(verifier, rule(prefix)), decided, express.static(root, { dotfiles: 'allow' }))
}

async function fastifyServer(verifier: Verifier, root: string, prefix: string): Promise<Server> {
  const app = fastify()
  await app.register(
    async (mounted) => {
      mounted.addHook('preParsing', protectFastify<FastifyRequest, RequestPayload>(verifier, rule(prefix)))
      mounted.addHook('preHandler', async (request, reply) => {
        const { chancery } = request as { chancery?: Verified }
        reply.header('x-decided', decidedHeader(chancery?.path ?? '', prefix))
      })
      await mounted.register(fastifyStatic, { root })
    },
    { prefix },
  )
  await app.ready()
  return app.server
}

interface HonoEnvironment {
  readonly Bindings: HttpBindings
  readonly Variables: { chancery: Verified }
}

function honoStack(verifier: Verifier, root: string, prefix: string): Hono<HonoEnvironment> {
  const app = new Hono<HonoEnvironment>().basePath(prefix === '' ? '/' : prefix)
  app.use('*', protectHono(verifier, rule(prefix)))
  app.use('*', async (c, next) => {
    await next()
    c.header('x-decided', decidedHeader(c.get('chancery').path, prefix))
  })
  app.use(
    '*',
    serveStatic({ root, allowPercentInPath: true, rewriteRequestPath: (path) => path.slice(prefix.length) }),
  )
  return app
}

const honoListener = (app: Hono<HonoEnvironment>): RequestListener =>
  getRequestListener(app.fetch, { overrideGlobalObjects: false })

/** No framework: the core alone, and files read by the decided path. */
const core =
  (verifier: Verifier, root: string): RequestListener =>
  async (req, res) => {
    try {
      const { path, decision } = await verifier.verify(fromNodeRequest(req), (known) => ({
        action: 'docs:GetDocument',
        resource: `arn:aws:docs:::${known.path.slice(1)}`,
      }))
      if (decision.effect === 'deny') return void res.writeHead(403).end()
      const text = await readFile(join(root, path)).catch(() => undefined)
      res
        .writeHead(text === undefined ? 404 : 200, {
          'x-decided': decidedHeader(path, ''),
          'content-length': text?.length ?? 0,
        })
        .end(text)
    } catch (error) {
      const status = error instanceof Problem && error.code === 'invalid_input' ? 400 : 401
      res.writeHead(status).end(String(error))
    }
  }

export interface FileServer {
  /** Where its files begin, as a mount point. */
  readonly prefix: string
  readonly create: (verifier: Verifier, root: string) => Promise<Server>
}

const over = (make: (verifier: Verifier, root: string) => RequestListener) => ({
  prefix: '',
  create: async (verifier: Verifier, root: string) => createServer(make(verifier, root)),
})

export const fileServers: Readonly<Record<string, FileServer>> = {
  core: over(core),
  koa: over((verifier, root) => koaStack(verifier, root, '').callback()),
  'koa, mounted': {
    ...over((verifier, root) =>
      new Koa().use(mount('/files', koaStack(verifier, root, '/files'))).callback(),
    ),
    prefix: '/files',
  },
  express: over((verifier, root) => expressStack(verifier, root, '')),
  'express, mounted': {
    ...over((verifier, root) => express().use('/files', expressStack(verifier, root, '/files'))),
    prefix: '/files',
  },
  fastify: { prefix: '', create: (verifier, root) => fastifyServer(verifier, root, '') },
  'fastify, mounted': {
    prefix: '/files',
    create: (verifier, root) => fastifyServer(verifier, root, '/files'),
  },
  hono: over((verifier, root) => honoListener(honoStack(verifier, root, ''))),
  'hono, mounted': {
    ...over((verifier, root) =>
      honoListener(new Hono<HonoEnvironment>().route('/', honoStack(verifier, root, '/files'))),
    ),
    prefix: '/files',
  },
}

export interface RawAnswer {
  readonly status: number
  readonly decided: string | undefined
  readonly body: string
}

/** Sends a request target byte for byte, which no HTTP client library would. */
export function sendRaw(port: number, target: string, headers: readonly string[] = []): Promise<RawAnswer> {
  return new Promise((done, fail) => {
    const socket = connect(port, '127.0.0.1')
    const parts: Buffer[] = []
    socket.on('data', (part) => parts.push(part))
    // A server that refuses early may close before everything was written.
    socket.on('error', (error) => (parts.length > 0 ? done(read(Buffer.concat(parts))) : fail(error)))
    socket.on('close', () => done(read(Buffer.concat(parts))))
    const lines = [`GET ${target} HTTP/1.1`, `Host: 127.0.0.1:${port}`, 'Connection: close', ...headers]
    socket.write(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'))
  })
}

function read(bytes: Buffer): RawAnswer {
  const text = bytes.toString()
  const end = text.indexOf('\r\n\r\n')
  const head = text.slice(0, end)
  const decided = /^x-decided: (.*)$/im.exec(head)?.[1]
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]),
    decided: decided === undefined ? undefined : decodeURIComponent(decided),
    body: text.slice(end + 4),
  }
}
