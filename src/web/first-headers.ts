// The headers that the first middleware of every application sets (requestIds, secureHeaders), for a response without Koa.
import type { IncomingMessage } from 'node:http'
import { secureHeaderFields } from './headers.ts'
import { requestIdOf } from './request-id.ts'

/** @param https whether the issuer is https */
export function firstHeaders(https: boolean) {
  const fields = secureHeaderFields(https)
  return (req: IncomingMessage): readonly (readonly [name: string, value: string])[] => [
    ['X-Request-Id', requestIdOf({ req })],
    ...fields,
  ]
}
