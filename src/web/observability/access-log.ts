// The access log: one line for each finished request, without query string, headers or body, so that no code or token can be
// in it. The route template is logged instead of the path, because paths may contain names and one-time references.
import type { Log } from './log.ts'
import type { RequestObserver } from './observe.ts'

/** Writes `info` lines; a refused request has the reason and message of its response. */
export const accessLog = (log: Pick<Log, 'info'>): RequestObserver => ({
  begin:
    () =>
    ({ surface, method, route, status, reason, message, requestId, seconds, address }) =>
      log.info(
        {
          requestId,
          surface,
          method,
          route,
          status,
          ms: Math.round(seconds * 10_000) / 10,
          address,
          reason,
          message,
        },
        reason === undefined ? 'request' : status >= 500 ? 'request failed' : 'request refused',
      ),
})
