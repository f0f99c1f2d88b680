// Calls an AWS API without the CLI or SDKs: form-encoded, signed, XML response. Shows that nothing but the protocol is
// needed.
import { type Credentials, signRequest } from '../secure/sigv4/sign.ts'

const versions = { iam: '2010-05-08', sts: '2011-06-15' } as const

export interface AwsCaller {
  readonly url: string
  /** Undefined for actions that are not signed. */
  readonly credentials: Credentials | undefined
}

export interface AwsAnswer {
  readonly status: number
  /** The text of the first element with this name. @throws Error when there is none */
  text(element: string): string
}

/** Calls an action. @throws Error with AWS's code and message when the call is refused */
export async function awsCall(
  { url, credentials }: AwsCaller,
  service: keyof typeof versions,
  action: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<AwsAnswer> {
  const body = String(new URLSearchParams({ Action: action, Version: versions[service], ...parameters }))
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const signing = {
    method: 'POST',
    url: `${url}/`,
    headers,
    body,
    region: 'us-east-1',
    service,
    now: Date.now() / 1000,
  }
  const sent = credentials === undefined ? headers : signRequest({ ...signing, credentials })
  const response = await fetch(`${url}/`, { method: 'POST', headers: sent, body })
  const xml = await response.text()
  const answer = { status: response.status, text: (element: string) => elementText(xml, element) }
  if (response.ok) return answer
  throw new Error(`${action}: ${response.status} ${xml}`)
}

function elementText(xml: string, element: string): string {
  const start = xml.indexOf(`<${element}>`)
  const stop = xml.indexOf(`</${element}>`, start)
  if (start < 0 || stop < 0) throw new Error(`no <${element}> in ${xml}`)
  return xml
    .slice(start + element.length + 2, stop)
    .replace(/&(?:lt|gt|quot|apos|#39|amp);/g, (entity) => entities.get(entity) ?? entity)
}

const entities = new Map([
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&apos;', "'"],
  ['&#39;', "'"],
  ['&amp;', '&'],
])
