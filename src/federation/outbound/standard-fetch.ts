// The guarded fetch with the signature of the standard `fetch`, for libraries that accept one.
import type { GuardedFetch } from './guarded-fetch.ts'

/**
 * Supports what the libraries use: GET and POST with text bodies, `redirect: 'error'`. Throws TypeError on failure, as `fetch`
 * does.
 */
export function standardFetch(guarded: GuardedFetch): typeof globalThis.fetch {
  return async (input, init = {}) => {
    const request = new Request(input, init)
    if (request.method !== 'GET' && request.method !== 'POST') throw new TypeError('only GET and POST go out')
    const body = request.method === 'POST' ? await request.text() : undefined
    try {
      const {
        status,
        headers,
        body: bytes,
      } = await guarded(request.url, {
        method: request.method,
        headers: Object.fromEntries(request.headers),
        ...(body === undefined ? {} : { body }),
        ...(request.redirect === 'error' && { redirect: 'error' as const }),
        signal: request.signal,
      })
      const empty = status === 204 || status === 205 || status === 304
      return new Response(empty ? null : new Uint8Array(bytes), { status, headers: [...headers] })
    } catch (cause) {
      throw new TypeError('fetch failed', { cause })
    }
  }
}
