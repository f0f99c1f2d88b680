// OpenTelemetry traces: a server span for each request, sent over OTLP. Loaded only when the standard variables name a
// receiver. The SDK's own packages are used rather than a small exporter of ours, because they know the variables (endpoint,
// headers, certificates, timeout, resource attributes), retry and batch. `sdk-node` is not used: it brings instrumentations of
// modules and exporters that this server has no use for.
import { type Context, ROOT_CONTEXT, SpanKind, SpanStatusCode } from '@opentelemetry/api'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources'
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import type { Config } from '../../config.ts'
import type { RequestObserver } from '../../web/observability/observe.ts'
import { version } from '../../web/version.ts'

type Settings = NonNullable<Config['traces']>

/** OpenTelemetry specification, "SDK Environment Variables": OTEL_TRACES_SAMPLER. */
const samplers: Readonly<Record<Settings['sampler'], (ratio: number) => Sampler>> = {
  always_on: () => new AlwaysOnSampler(),
  always_off: () => new AlwaysOffSampler(),
  traceidratio: (ratio) => new TraceIdRatioBasedSampler(ratio),
  parentbased_always_on: () => new ParentBasedSampler({ root: new AlwaysOnSampler() }),
  parentbased_always_off: () => new ParentBasedSampler({ root: new AlwaysOffSampler() }),
  parentbased_traceidratio: (ratio) => new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
}

export interface Traces {
  readonly observer: RequestObserver
  /** Sends what is left, for at most two seconds. */
  close(): Promise<void>
}

const closeLimitMs = 2_000

export function openTraces({ sampler, ratio }: Settings): Traces {
  const named = resourceFromAttributes({ 'service.name': 'chancery', 'service.version': version })
  const provider = new TracerProvider({
    // OTEL_RESOURCE_ATTRIBUTES and OTEL_SERVICE_NAME are merged last, so that they take precedence.
    resource: defaultResource()
      .merge(named)
      .merge(detectResources({ detectors: [envDetector] })),
    sampler: samplers[sampler](ratio),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  })
  const tracer = provider.getTracer('chancery', version)
  return {
    observer: {
      begin(req) {
        const span = tracer.startSpan('request', { kind: SpanKind.SERVER }, parentOf(req.headers))
        return ({ method, route, status, reason, requestId, surface }) => {
          span.updateName(`${method} ${route}`)
          span.setAttributes({
            'http.request.method': method,
            'http.route': route,
            'http.response.status_code': status,
            'chancery.surface': surface,
            ...(reason === undefined ? {} : { 'error.type': reason }),
            ...(requestId === undefined ? {} : { 'chancery.request_id': requestId }),
          })
          // Semantic conventions for HTTP: a refusal is no error of the server.
          if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
          span.end()
        }
      },
    },
    close: () =>
      Promise.race([
        provider.shutdown().catch(() => undefined),
        new Promise<void>((done) => setTimeout(done, closeLimitMs).unref()),
      ]),
  }
}

const propagator = new W3CTraceContextPropagator()

/** The caller's span, by its `traceparent` header (W3C Trace Context). */
const parentOf = (headers: Readonly<Record<string, string | string[] | undefined>>): Context =>
  propagator.extract(ROOT_CONTEXT, headers, {
    get: (carrier, key) => carrier[key],
    keys: (carrier) => Object.keys(carrier),
  })
