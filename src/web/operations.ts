// What an operator's probes ask: is the process alive, can it serve.
import type { Store } from '../store/store.ts'
import type { Route } from './route.ts'

/** `/healthz` says that the process answers; `/readyz` that its store does too. */
export const operationRoutes = (store: Pick<Store, 'ping'>): readonly Route[] => [
  {
    method: 'GET',
    path: '/healthz',
    access: 'public',
    run(ctx) {
      ctx.body = { status: 'ok' }
    },
  },
  {
    method: 'GET',
    path: '/readyz',
    access: 'public',
    async run(ctx) {
      await store.ping()
      ctx.body = { status: 'ready' }
    },
  },
]
