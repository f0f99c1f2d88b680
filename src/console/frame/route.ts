import type { ConsoleRequest } from './request.ts'

export type ConsoleHandler = (request: ConsoleRequest) => Promise<void>

/** Method, path below `/console`, and what answers. */
export type ConsoleRoute = readonly ['GET' | 'POST', string, ConsoleHandler]
