// Calls the admin API of a running server, signed as the command line signs.
import assert from 'node:assert/strict'
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { type Credentials, signRequest } from '../../src/secure/sigv4/sign.ts'
import { type Running, rootKey } from '../support/server.ts'

export const root = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret } satisfies Credentials

export interface Answer {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: parsed JSON whose members the tests compare
  readonly body: any
}

export interface Call {
  readonly method?: string
  /** Below `/v1/admin`, encoded, with its query. */
  readonly path: string
  /** An object becomes JSON; text is sent as it is. */
  readonly body?: unknown
  readonly credentials?: Credentials
  readonly headers?: Readonly<Record<string, string>>
  readonly service?: string
}

export async function callAdmin(url: string, call: Call): Promise<Answer> {
  const { method = 'GET', path, credentials = root, service = 'chancery' } = call
  const address = new URL(`${url}/v1/admin${path}`)
  const body =
    call.body === undefined || typeof call.body === 'string' ? call.body : JSON.stringify(call.body)
  const headers = signRequest({
    method,
    url: address,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...call.headers },
    ...(body !== undefined && { body }),
    credentials,
    region: 'us-east-1',
    service,
    now: Math.floor(Date.now() / 1000),
  })
  const response = await fetch(address, { method, headers, ...(body !== undefined && { body }) })
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  }
}

/** The body of an answer; the call must succeed. */
export async function adminBody(url: string, call: Call): Promise<Answer['body']> {
  const { status, body } = await callAdmin(url, call)
  assert.ok(status < 300, `${call.method} ${call.path}: ${status} ${JSON.stringify(body)}`)
  return body
}

export const iamOf = (server: Running): IAMClient =>
  new IAMClient({ endpoint: server.url, region: 'us-east-1', credentials: root, maxAttempts: 1 })

/** A user with an access key and, where statements are given, a policy of their own. */
export async function userWith(iam: IAMClient, name: string, statements?: object): Promise<Credentials> {
  await iam.send(new CreateUserCommand({ UserName: name }))
  if (statements !== undefined)
    await iam.send(
      new PutUserPolicyCommand({
        UserName: name,
        PolicyName: 'own',
        PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
      }),
    )
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: name }))
  return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' }
}
