// Serves `/metrics` in the text format of Prometheus, on a port of its own: what it says is for operators, and the public
// origin does not have it.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AggregatorRegistry, type PrometheusContentType, Registry } from 'prom-client'
import { Problem } from '../../problem.ts'
import { equals } from '../../secure/digest.ts'
import type { Secret } from '../../secure/secret.ts'

export interface MetricsPlace {
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  /** Callers must send it as a bearer token (RFC 6750 §2.1). */
  readonly token: Secret | undefined
}

/** The metrics in the text format of Prometheus (version 0.0.4). */
export type MetricsText = () => Promise<string>

/**
 * The metrics of several processes: values are added up, or the greatest or least is taken, as each metric says of itself.
 * @param collect what each process collected (instruments.ts); processes that do not answer in time are left out
 */
export const aggregated =
  (collect: () => Promise<readonly (readonly object[])[]>): MetricsText =>
  async () =>
    AggregatorRegistry.aggregate<PrometheusContentType>([...(await collect())]).metrics()

/**
 * Listens and returns the URL.
 * @throws Problem('unavailable') when the port cannot be used
 */
export async function exposeMetrics(
  place: MetricsPlace,
  text: MetricsText,
): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer(
    { maxHeaderSize: 8 * 1024, headersTimeout: 5_000, requestTimeout: 5_000 },
    (req, res) => void answer(req, res, place.token, text),
  )
  await new Promise<void>((done, fail) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      fail(
        new Problem(
          'unavailable',
          `cannot listen on ${place.host}:${place.port} for metrics (${cause.code}); set CHANCERY_METRICS_PORT and CHANCERY_METRICS_HOST`,
          { cause },
        ),
      ),
    )
    server.listen(place.port, place.host, done)
  })
  const { port } = server.address() as AddressInfo
  const host = place.host.includes(':') ? `[${place.host}]` : place.host
  return { url: `http://${host}:${port}/metrics`, server: server.unref() }
}

async function answer(
  req: IncomingMessage,
  res: ServerResponse,
  token: Secret | undefined,
  metrics: MetricsText,
): Promise<void> {
  const plain = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }
  const end = (status: number, text: string, more: Record<string, string> = {}) =>
    res.writeHead(status, { ...plain, ...more }).end(`${text}\n`)
  if (req.url !== '/metrics') return void end(404, 'the metrics are at /metrics')
  if (req.method !== 'GET' && req.method !== 'HEAD') return void end(405, 'use GET', { allow: 'GET, HEAD' })
  if (token !== undefined && !equals(req.headers.authorization ?? '', `Bearer ${token.reveal()}`))
    return void end(401, 'send the token of CHANCERY_METRICS_TOKEN', { 'www-authenticate': 'Bearer' })
  try {
    const text = await metrics()
    res.writeHead(200, { ...plain, 'content-type': Registry.PROMETHEUS_CONTENT_TYPE }).end(text)
  } catch {
    end(500, 'the metrics could not be collected')
  }
}
