// OpenTelemetry traces, sent to a receiver of OTLP/HTTP as the standard variables say.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { readConfig } from '../../src/config.ts'
import { startServer } from '../support/server.ts'

interface Attribute {
  readonly key: string
  readonly value: { readonly stringValue?: string; readonly intValue?: number }
}

test('each request is a span, child of the caller’s, sent before the server ends', {
  timeout: 60_000,
}, async (t) => {
  const received: { path: string | undefined; key: string | undefined; body: string }[] = []
  const collector = createServer((req, res) => {
    let body = ''
    req.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk
    })
    req.on('end', () => {
      received.push({ path: req.url, key: req.headers['x-key']?.toString(), body })
      res.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>((done) => collector.listen(0, '127.0.0.1', done))
  t.after(() => collector.close())
  const server = await startServer({
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-key=of-the-test',
      OTEL_SERVICE_NAME: 'chancery-of-the-test',
    },
  })
  const trace = '0af7651916cd43dd8448eb211c80319c'
  const response = await fetch(`${server.url}/not-here?code=very-secret`, {
    headers: { traceparent: `00-${trace}-b7ad6b7169203331-01` },
  })
  await response.text()
  await server.stop()
  const [sent] = received
  assert.equal(sent?.path, '/v1/traces')
  assert.equal(sent?.key, 'of-the-test')
  assert.ok(!sent?.body.includes('very-secret'))
  const { resourceSpans } = JSON.parse(sent?.body ?? '{}')
  const valuesOf = (attributes: readonly Attribute[]) =>
    Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue]))
  assert.equal(valuesOf(resourceSpans[0].resource.attributes)['service.name'], 'chancery-of-the-test')
  const [span] = resourceSpans[0].scopeSpans[0].spans
  assert.deepEqual(
    [span.name, span.traceId, span.parentSpanId, span.kind],
    ['GET unmatched', trace, 'b7ad6b7169203331', 2],
  )
  assert.deepEqual(valuesOf(span.attributes), {
    'http.request.method': 'GET',
    'http.route': 'unmatched',
    'http.response.status_code': 404,
    'chancery.surface': 'web',
    'error.type': 'not_found',
    'chancery.request_id': response.headers.get('x-request-id'),
  })
})

const named = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' }
const settings = [
  [{}, undefined],
  [named, { sampler: 'parentbased_always_on', ratio: 1 }],
  [{ ...named, OTEL_SDK_DISABLED: 'true' }, undefined],
  [{ ...named, OTEL_TRACES_EXPORTER: 'none' }, undefined],
  [
    { ...named, OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.25' },
    { sampler: 'traceidratio', ratio: 0.25 },
  ],
  [
    { ...named, OTEL_TRACES_SAMPLER: 'unknown', OTEL_TRACES_SAMPLER_ARG: 'x' },
    { sampler: 'parentbased_always_on', ratio: 1 },
  ],
] as const
for (const [env, traces] of settings)
  test(`${JSON.stringify(env)} gives traces ${JSON.stringify(traces)}`, () => {
    assert.deepEqual(readConfig(env, '/').traces, traces)
  })
