// One call on the AWS wire, signed here or deliberately wrong, and what was said.
import { connect } from 'node:net'
import { type Credentials, signRequest } from '../../src/secure/sigv4/sign.ts'

export interface Said {
  readonly status: number
  readonly code: string | undefined
  readonly message: string | undefined
  readonly text: string
}

export type Service = 'iam' | 'sts'
export type Params = Readonly<Record<string, string>>
const versions = { iam: '2010-05-08', sts: '2011-06-15' } as const

/** The text of the first element of that name, unescaped enough for names and keys. */
export const element = (text: string, name: string): string | undefined =>
  new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1]

export const saidBy = (status: number, text: string): Said => ({
  status,
  code: element(text, 'Code'),
  message: element(text, 'Message'),
  text,
})

export const formOf = (service: Service, action: string, params: Params = {}): string =>
  new URLSearchParams({ Action: action, Version: versions[service], ...params }).toString()

export interface Asked {
  readonly url: string
  readonly service: Service
  readonly credentials?: Credentials | undefined
  readonly body: string | Buffer
  readonly now?: number
  /** Headers to sign besides content-type, host and date. */
  readonly headers?: Readonly<Record<string, string>>
}

/** The headers of an honest request. */
export function signed({
  url,
  service,
  credentials,
  body,
  now,
  headers = {},
}: Asked): Record<string, string> {
  const type = { 'content-type': 'application/x-www-form-urlencoded' }
  if (!credentials) return { host: new URL(url).host, ...type, ...headers }
  return signRequest({
    method: 'POST',
    url,
    headers: { ...type, ...headers },
    body,
    credentials,
    region: 'us-east-1',
    service,
    now: now ?? Math.floor(Date.now() / 1000),
  })
}

export async function call(
  url: string,
  credentials: Credentials | undefined,
  service: Service,
  action: string,
  params: Params = {},
): Promise<Said> {
  const body = formOf(service, action, params)
  const headers = signed({ url: new URL('/', url).href, service, credentials, body })
  const response = await fetch(new URL('/', url), { method: 'POST', headers, body })
  return saidBy(response.status, await response.text())
}

/** Headers exactly as given, repeated or odd as they are, over a bare socket. Ends with the connection. */
export async function sendRaw(
  url: string,
  headers: readonly (readonly [string, string])[],
  body: string | Buffer,
  target = '/',
): Promise<Said> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname === 'localhost' ? '127.0.0.1' : hostname)
  const head = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  socket.write(
    `POST ${target} HTTP/1.1\r\n${head}connection: close\r\ncontent-length: ${body.length}\r\n\r\n`,
  )
  // Not `end`: node closes a connection whose client has stopped sending, whatever it was about to say.
  socket.write(body)
  const parts: Buffer[] = []
  try {
    for await (const part of socket) parts.push(part as Buffer)
  } catch (error) {
    // Closed on us while we were still sending: what was said before counts.
    if (parts.length === 0) throw error
  }
  const text = Buffer.concat(parts).toString()
  return saidBy(Number(text.slice(9, 12)), text)
}

export interface Session {
  readonly credentials: Credentials
  readonly arn: string
}

/** A user with a key, a role that trusts them, and what assumes it. */
export async function makeWorker(url: string, root: Credentials, name: string) {
  const must = async (said: Promise<Said>): Promise<Said> => {
    const result = await said
    if (result.status !== 200) throw new Error(result.text)
    return result
  }
  await must(call(url, root, 'iam', 'CreateUser', { UserName: name }))
  const key = await must(call(url, root, 'iam', 'CreateAccessKey', { UserName: name }))
  const credentials = credentialsOf(key.text)
  const account = element((await must(call(url, root, 'sts', 'GetCallerIdentity'))).text, 'Account')
  const trust = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${account}:user/${name}` },
        Action: 'sts:AssumeRole',
      },
    ],
  }
  const role = { RoleName: `${name}-role`, AssumeRolePolicyDocument: JSON.stringify(trust) }
  await must(call(url, root, 'iam', 'CreateRole', role))
  const roleArn = `arn:aws:iam::${account}:role/${name}-role`
  const assume = async (sessionName: string): Promise<Session> => {
    const params = { RoleArn: roleArn, RoleSessionName: sessionName }
    const { text } = await must(call(url, credentials, 'sts', 'AssumeRole', params))
    return { credentials: credentialsOf(text), arn: element(text, 'Arn') ?? '' }
  }
  return { credentials, roleArn, assume }
}

export const credentialsOf = (text: string): Credentials => ({
  accessKeyId: element(text, 'AccessKeyId') ?? '',
  secretAccessKey: element(text, 'SecretAccessKey') ?? '',
  sessionToken: element(text, 'SessionToken'),
})
