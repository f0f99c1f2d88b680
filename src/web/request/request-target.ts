// Parses the request target (RFC 9112 §3.2): a path, or a full URL as sent to proxies.

/** Path and query of a request target; the host of a full URL is not trusted, like the Host header. */
export function pathOf(target: string): string {
  if (target.startsWith('/')) return target
  const url = URL.parse(target)
  return url && (url.protocol === 'http:' || url.protocol === 'https:') ? url.pathname + url.search : target
}

/** The parts of a request target as received, undecoded; the query is without its `?`. */
export function splitTarget(target: string): { readonly path: string; readonly query: string } {
  const mark = target.indexOf('?')
  return mark < 0
    ? { path: target, query: '' }
    : { path: target.slice(0, mark), query: target.slice(mark + 1) }
}
