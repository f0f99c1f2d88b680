// Requests to the admin API and their answers, as the commands see them.

export interface AdminRequest {
  readonly method: string
  /** Encoded, without the query. */
  readonly path: string
  readonly query: Readonly<Record<string, unknown>>
  readonly body: Readonly<Record<string, unknown>> | undefined
  /** Version of what is changed, as `ETag` gave it. */
  readonly ifMatch: string | undefined
}

export interface AdminAnswer {
  readonly status: number
  /** Parsed JSON; undefined when there is none. */
  readonly body: unknown
  /** For the next page of a list; undefined after the last. */
  readonly cursor: string | undefined
  readonly etag: string | undefined
}

/** Where to send a request, as options name it. */
export interface AdminSource {
  readonly url: string | undefined
  readonly profile: string | undefined
}

export type CallAdmin = (source: AdminSource, request: AdminRequest) => Promise<AdminAnswer>

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A refusal in words, with every wrong field on a line of its own. */
export function explainRefusal({ status, body }: AdminAnswer): string {
  if (!isObject(body))
    return `chancery: the server answered ${status}, which the admin API does not: is the URL right?`
  const { detail, errors, requestId, code } = body
  const fields = (Array.isArray(errors) ? errors : []).flatMap((one) =>
    isObject(one) ? [`  ${String(one['field'])} ${String(one['message'])}`] : [],
  )
  const first = fields.length > 0 ? 'the request was not accepted:' : String(detail ?? `status ${status}`)
  const hint = hints.get(String(code))
  return [
    `chancery: ${first}`,
    ...fields,
    ...(hint === undefined ? [] : [hint]),
    ...(requestId === undefined ? [] : [`(request ${String(requestId)})`]),
  ].join('\n')
}

const hints: ReadonlyMap<string, string> = new Map([
  [
    'unauthenticated',
    'The access key is not one of this server, or no longer valid: check --profile and --url.',
  ],
  [
    'missing_credentials',
    'The server got no credentials: a proxy in between may drop the Authorization header.',
  ],
  ['request_expired', 'The clock of this machine or of the server is wrong.'],
])
