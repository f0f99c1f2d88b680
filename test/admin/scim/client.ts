// A SCIM client as a test has it: a user with a token, and requests with it.
import type { Running } from '../../support/server.ts'
import { callAdmin, iamOf, userWith } from '../call.ts'

export interface ScimAnswer {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: parsed JSON whose members the tests compare
  readonly body: any
}

export type Scim = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<ScimAnswer>

export const scimWith =
  (url: string, token: string): Scim =>
  async (method, path, body, headers = {}) => {
    const response = await fetch(`${url}/scim/v2${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/scim+json; charset=utf-8' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : JSON.parse(text),
    }
  }

/** A user who may provision, and a token that acts as this user. */
export async function scimToken(
  server: Running,
  user: string,
  more: object = {},
  statements: object = { Effect: 'Allow', Action: 'chancery:*', Resource: '*' },
): Promise<string> {
  const iam = iamOf(server)
  await userWith(iam, user, statements)
  iam.destroy()
  const made = await callAdmin(server.url, { method: 'POST', path: '/scim-tokens', body: { user, ...more } })
  return String(made.body.token)
}

export const userUrn = 'urn:ietf:params:scim:schemas:core:2.0:User'
export const groupUrn = 'urn:ietf:params:scim:schemas:core:2.0:Group'
export const patchUrn = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'
export const enterpriseUrn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
