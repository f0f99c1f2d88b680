// A route is data, so that a test can list all routes with their access rules.
import type { Context } from 'koa'

export type Access =
  | 'public' // anyone; the test holds a list of these
  | 'session' // a signed-in browser
  | 'signed' // SigV4, checked by the route's own edge before anything is read from the body
  | 'bearer' // an access token of ours

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Exact, or with `:name` segments, which `ctx.params` then contains. */
  readonly path: string
  readonly access: Access
  readonly run: (ctx: Context) => Promise<void> | void
}
