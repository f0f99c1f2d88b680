// The headers that the first middleware of every application sets (requestIds, secureHeaders), for a response without Koa.
import type { IncomingMessage } from 'node:http'
import { requestIdOf } from '../request/request-id.ts'
import { secureHeaderFields } from './headers.ts'

/** @param https whether the issuer is https */
export function firstHeaders(https: boolean) {
  const fields = secureHeaderFields(https)
  return (req: IncomingMessage): readonly (readonly [name: string, value: string])[] => [
    ['X-Request-Id', requestIdOf({ req })],
    ...fields,
  ]
}
