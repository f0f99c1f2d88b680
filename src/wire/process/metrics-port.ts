// Serves the metrics where the settings say, and prints where that is. The code is loaded only then.
import type { MetricsPlace, MetricsText } from '../../web/metrics/expose.ts'

/** Of one process. @throws Problem('unavailable') when the port cannot be used */
export async function serveMetrics(place: MetricsPlace, text: MetricsText): Promise<void> {
  const { exposeMetrics } = await import('../../web/metrics/expose.ts')
  const { url } = await exposeMetrics(place, text)
  console.log(`metrics are at ${url}`)
}

/** Of several processes together. @throws Problem('unavailable') when the port cannot be used */
export async function serveAggregated(
  place: MetricsPlace,
  collect: () => Promise<readonly (readonly object[])[]>,
): Promise<void> {
  const { aggregated } = await import('../../web/metrics/expose.ts')
  await serveMetrics(place, aggregated(collect))
}
