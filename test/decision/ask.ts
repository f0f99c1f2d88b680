// Asks a small issuer as a service would: signed with an access key, over HTTP.
import { signRequest } from '../../src/secure/sigv4/sign.ts'
import { type SmallChancery, serviceKey } from '../support/small-chancery.ts'

export interface Asking {
  readonly method?: string
  readonly path: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly credentials?: typeof serviceKey
  readonly signal?: AbortSignal
}

export async function ask(issuer: SmallChancery, asking: Asking): Promise<Response> {
  const { method = 'GET', path, credentials = serviceKey } = asking
  const url = issuer.issuer + path
  const body =
    asking.body === undefined
      ? undefined
      : typeof asking.body === 'string'
        ? asking.body
        : JSON.stringify(asking.body)
  const headers = signRequest({
    method,
    url,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...asking.headers },
    ...(body === undefined ? {} : { body }),
    credentials,
    region: 'us-east-1',
    service: 'decision',
    now: issuer.clock(),
  })
  return fetch(url, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
    ...(asking.signal === undefined ? {} : { signal: asking.signal }),
  })
}

export const today = (issuer: SmallChancery, days = 0): string =>
  new Date((issuer.clock() + days * 86_400) * 1000).toISOString().slice(0, 10).replaceAll('-', '')
