// Calls the admin API and IAM over HTTP, signed with SigV4 for the services `chancery` and `iam`.
import { connectionFault } from '../../agent/connection-fault.ts'
import { Problem } from '../../problem.ts'
import { signRequest } from '../../secure/sigv4/sign.ts'
import type { AdminAnswer, AdminRequest, AdminSource } from './answer.ts'
import { findCredentials } from './credentials.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Milliseconds for a whole request. */
const timeout = 60_000

/** @throws Problem('unavailable'), Problem('missing_credentials'), Problem('invalid_input') that say what to do */
export async function callAdmin(
  env: Environment,
  source: AdminSource,
  request: AdminRequest,
): Promise<AdminAnswer> {
  const body = request.body === undefined ? undefined : JSON.stringify(request.body)
  const { status, text, etag, from } = await send(env, source, {
    method: request.method,
    url: urlOf(serverUrl(env, source.url), request),
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(request.ifMatch !== undefined && { 'if-match': quoted(request.ifMatch) }),
    },
    body,
    service: 'chancery',
  })
  const parsed = parsedBody(text)
  return {
    status,
    body: isObject(parsed) && status === 401 ? withSource(parsed, from) : parsed,
    cursor: isObject(parsed) && typeof parsed['cursor'] === 'string' ? parsed['cursor'] : undefined,
    etag,
  }
}

/** An action of IAM; parameters without a value are left out. Its result, as the service model has it. */
export type CallIam = (
  source: AdminSource,
  action: string,
  parameters: Readonly<Record<string, string | undefined>>,
) => Promise<Readonly<Record<string, unknown>>>

/** @throws Problem as callAdmin, and Problem('invalid_input') with IAM's sentence for a refusal */
export async function callIam(
  env: Environment,
  ...[source, action, parameters]: Parameters<CallIam>
): ReturnType<CallIam> {
  const form = new URLSearchParams({ Action: action, Version: '2010-05-08' })
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) form.set(name, value)
  const { status, text, from } = await send(env, source, {
    method: 'POST',
    url: new URL(`${serverUrl(env, source.url)}/`),
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
    service: 'iam',
  })
  const parsed = parsedBody(text)
  const answer = isObject(parsed) ? parsed : {}
  if (status >= 400) {
    const error = isObject(answer['Error']) ? answer['Error'] : {}
    const where = status === 403 ? ` (credentials from ${from})` : ''
    throw new Problem('invalid_input', `${action}: ${String(error['Message'] ?? `status ${status}`)}${where}`)
  }
  const response = answer[`${action}Response`]
  const result = isObject(response) ? response[`${action}Result`] : undefined
  return isObject(result) ? result : {}
}

interface Sent {
  readonly method: string
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
  readonly service: string
}

async function send(
  env: Environment,
  source: AdminSource,
  { method, url, headers, body, service }: Sent,
): Promise<{
  readonly status: number
  readonly text: string
  readonly etag: string | undefined
  readonly from: string
}> {
  const { credentials, from } = await findCredentials(env, source.profile)
  const signed = signRequest({
    method,
    url,
    headers,
    ...(body !== undefined && { body }),
    credentials,
    region: env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? 'us-east-1',
    service,
    now: Math.floor(Date.now() / 1000),
  })
  const response = await fetch(url, {
    method,
    headers: signed,
    ...(body !== undefined && { body }),
    redirect: 'manual',
    signal: AbortSignal.timeout(timeout),
  }).catch((cause: Error) => {
    const { why, remedy = 'start the server, or name another with --url or CHANCERY_URL' } = connectionFault(
      url,
      cause,
    )
    throw new Problem('unavailable', `cannot reach \`${url.origin}\` (${why}): ${remedy}`)
  })
  const etag = response.headers.get('etag') ?? undefined
  return { status: response.status, text: await response.text(), etag, from }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const withSource = (body: Readonly<Record<string, unknown>>, from: string) => ({
  ...body,
  detail: `${String(body['detail'])} (credentials from ${from})`,
})

function parsedBody(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return text
  }
}

const quoted = (etag: string): string => (/^(".*"|\*)$/.test(etag) ? etag : `"${etag}"`)

/** @throws Problem('invalid_input') for what is no http URL */
function serverUrl(env: Environment, given: string | undefined): string {
  const text =
    given ??
    env['CHANCERY_URL'] ??
    env['CHANCERY_ISSUER'] ??
    env['AWS_ENDPOINT_URL'] ??
    `http://localhost:${env['CHANCERY_PORT'] ?? '3000'}`
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new Problem(
      'invalid_input',
      `\`${text}\` is not a URL: give the server's, such as https://id.example.com`,
    )
  return text.replace(/\/+$/, '')
}

function urlOf(server: string, { path, query }: AdminRequest): URL {
  const url = new URL(server + path)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value))
  return url
}
