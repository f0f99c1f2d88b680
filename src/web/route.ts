// A route is data, so that a test can list them all and ask each who may reach it.
import type { Context } from 'koa'

export type Access =
  | 'public' // anyone; the test holds a list of these
  | 'session' // a signed-in browser
  | 'signed' // SigV4, checked by the route's own edge before anything is read from the body
  | 'bearer' // an access token of ours

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Exact, or with `:name` segments; `ctx.params` holds them. */
  readonly path: string
  readonly access: Access
  readonly run: (ctx: Context) => Promise<void> | void
}
