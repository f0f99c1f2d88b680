// Finds the route for a method and path. Exact paths are a single Map lookup; paths with `:name` segments are compared
// segment by segment, so that no request text becomes a pattern.
import type { Route } from './route.ts'

export interface Match {
  readonly route: Route
  /** Decoded `:name` segments, in an object without prototype. */
  readonly params: Readonly<Record<string, string>>
}

export type Routing =
  | { readonly found: 'route'; readonly match: Match }
  | { readonly found: 'path'; readonly methods: readonly string[] }
  | { readonly found: 'nothing' }

interface Patterned {
  readonly segments: readonly string[]
  readonly methods: Map<string, Route>
}

const nothing: Routing = { found: 'nothing' }
const noParams: Readonly<Record<string, string>> = Object.freeze(
  Object.create(null) as Record<string, string>,
)

/**
 * Builds the lookup.
 * @throws TypeError when two routes have the same method and path
 */
export function routerOf(routes: readonly Route[]): (method: string, path: string) => Routing {
  const exact = new Map<string, Map<string, Route>>()
  const patterned = new Map<number, Patterned[]>()
  for (const route of routes) {
    const methods = route.path.includes('/:')
      ? methodsOfPattern(patterned, route.path)
      : methodsOf(exact, route.path)
    if (methods.has(route.method)) throw new TypeError(`two routes are ${route.method} ${route.path}`)
    methods.set(route.method, route)
  }
  return (method, path) => {
    const methods = exact.get(path)
    if (methods) return choose(methods, method, noParams)
    const segments = path.split('/')
    for (const candidate of patterned.get(segments.length) ?? []) {
      const params = matchSegments(candidate.segments, segments)
      if (params) return choose(candidate.methods, method, params)
    }
    return nothing
  }
}

function choose(methods: Map<string, Route>, method: string, params: Match['params']): Routing {
  const route = methods.get(method === 'HEAD' ? 'GET' : method)
  return route
    ? { found: 'route', match: { route, params } }
    : { found: 'path', methods: [...methods.keys()] }
}

function methodsOf(exact: Map<string, Map<string, Route>>, path: string): Map<string, Route> {
  const known = exact.get(path) ?? new Map<string, Route>()
  exact.set(path, known)
  return known
}

function methodsOfPattern(patterned: Map<number, Patterned[]>, path: string): Map<string, Route> {
  const segments = path.split('/')
  const group = patterned.get(segments.length) ?? []
  patterned.set(segments.length, group)
  const known = group.find((p) => p.segments.join('/') === path)
  if (known) return known.methods
  const added: Patterned = { segments, methods: new Map() }
  group.push(added)
  return added.methods
}

function matchSegments(pattern: readonly string[], path: readonly string[]): Match['params'] | undefined {
  const params = Object.create(null) as Record<string, string>
  for (const [i, segment] of pattern.entries()) {
    const given = path[i] ?? ''
    if (!segment.startsWith(':')) {
      if (segment !== given) return undefined
      continue
    }
    const decoded = decode(given)
    if (decoded === undefined || decoded === '') return undefined
    params[segment.slice(1)] = decoded
  }
  return params
}

/** Undefined for invalid escapes and for NUL, which no valid name contains. */
function decode(segment: string): string | undefined {
  try {
    const text = decodeURIComponent(segment)
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}
