// The log: one line of JSON each, on standard error.
import { type Logger, pino } from 'pino'
import type { Config } from '../../config.ts'
import { Problem } from '../../problem.ts'
import { version } from '../../web/version.ts'

/** @param level the least that is written; `info` has a line for each request */
export const openLog = (level: Config['logLevel']): Logger =>
  pino({ level, base: { version }, serializers: { err: errorInLog } }, pino.destination(2))

/** A Problem is expected: where in the code it arose is no help. */
function errorInLog(error: unknown): unknown {
  if (!(error instanceof Problem)) return pino.stdSerializers.err(error as Error)
  const { name: type, code, message, detail, cause } = error
  return { type, code, message, detail, cause: cause === undefined ? undefined : errorInLog(cause) }
}
