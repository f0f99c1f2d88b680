// Parses the request target (RFC 9112 §3.2): a path, or a full URL as sent to proxies.

/** Path and query of a request target; the host of a full URL is not trusted, like the Host header. */
export function pathOf(target: string): string {
  if (target.startsWith('/')) return target
  const url = URL.parse(target)
  return url && (url.protocol === 'http:' || url.protocol === 'https:') ? url.pathname + url.search : target
}
