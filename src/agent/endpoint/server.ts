// The agent's HTTP server on IPv4 loopback: it checks that a request is from a program of this machine, then answers it.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Problem } from '../../problem.ts'
import { type EndpointAnswer, json } from './answer.ts'
import { answerContainer, type ContainerDependencies, containerPath } from './container-credentials.ts'
import { type InstanceMetadata, metadataPath } from './instance-metadata.ts'
import { refuseForeign } from './local-request.ts'
import { peerUser } from './peer-user.ts'

export interface EndpointOptions extends ContainerDependencies {
  /** 0: a free one. */
  readonly port: number
  /** Undefined: not served. */
  readonly metadata: InstanceMetadata | undefined
}

export interface Endpoint {
  readonly url: string
  close(): Promise<void>
}

/** @throws Problem('unavailable') when the port is taken */
export async function startEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const limits = { maxHeaderSize: 8_192, headersTimeout: 5_000, requestTimeout: 10_000 }
  const server = createServer(limits, (request, response) => void respond(server, request, response, options))
  server.maxConnections = 256
  await new Promise<void>((done, fail) => {
    server.once('error', (cause) =>
      fail(
        new Problem(
          'unavailable',
          `cannot listen on 127.0.0.1:${options.port} (${cause.message}): --port names another`,
          {
            cause,
          },
        ),
      ),
    )
    server.listen(options.port, '127.0.0.1', done)
  })
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

async function respond(
  server: Server,
  request: IncomingMessage,
  response: ServerResponse,
  options: EndpointOptions,
): Promise<void> {
  const refusal = refuseForeign(request, portOf(server))
  const { status, headers, body } =
    refusal === undefined
      ? await answer(request, options)
      : json(refusal.status, { code: 'Refused', message: refusal.message })
  response.writeHead(status, {
    ...headers,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(refusal !== undefined && { connection: 'close' }),
  })
  response.end(body)
}

async function answer(request: IncomingMessage, options: EndpointOptions): Promise<EndpointAnswer> {
  const { method = '', url = '/', headers, socket } = request
  const [path = '/'] = url.split('?')
  const asked = { method, path, headers, user: () => peerUser(socket) }
  try {
    if (path === containerPath) return await answerContainer(asked, options)
    if (options.metadata !== undefined && path.startsWith(metadataPath))
      return await options.metadata.answer(asked)
    return json(404, { code: 'NotFound', message: 'nothing is served here' })
  } catch (error) {
    const message = error instanceof Problem ? error.message : 'the agent failed'
    return json(503, { code: 'CredentialsUnavailable', message })
  }
}
