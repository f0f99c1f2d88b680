// What a request line may name (RFC 9112 §3.2): a path here, or a whole URL as proxies are asked.

/** Path and query of a request target; the host of a whole URL is no more believed than the header's. */
export function pathOf(target: string): string {
  if (target.startsWith('/')) return target
  const url = URL.parse(target)
  return url && (url.protocol === 'http:' || url.protocol === 'https:') ? url.pathname + url.search : target
}
