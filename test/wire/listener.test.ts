import assert from 'node:assert/strict'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { test } from 'node:test'
import { dispatch } from '../../src/wire/process/listener.ts'

const surfaceOf = (method: string, url: string, authorization?: string) =>
  dispatch({
    aws: () => {},
    web: () => {},
    oidc: { owns: () => false, routeTemplate: () => '', callback: () => {} } as never,
  })(
    { method, url, headers: { authorization }, rawHeaders: [] } as unknown as IncomingMessage,
    {} as ServerResponse,
  )

const s3 =
  'AWS4-HMAC-SHA256 Credential=AKIA/20261130/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0'

for (const [what, request, surface] of [
  ['a browser', ['GET', '/'], 'web'],
  ['a Query call', ['POST', '/'], 'aws'],
  ['a presigned call', ['GET', '/?Action=GetCallerIdentity'], 'aws'],
  ['a path that looks like a call', ['GET', '/console?Action=x'], 'web'],
  ['a signed request of another service, which no page can answer', ['GET', '/', s3], 'aws'],
  ['a signed request to an API', ['GET', '/v1/policies', s3], 'web'],
] as const)
  test(`${what} is answered by ${surface}`, () => {
    const [method, url, authorization] = request
    assert.equal(surfaceOf(method, url, authorization), surface)
  })
