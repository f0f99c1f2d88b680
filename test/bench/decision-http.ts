// Decisions that others ask this server for, over HTTP: AuthZEN evaluations with the bearer token of a client, and forward
// authentication of a live browser session.

import assert from 'node:assert/strict'
import { get, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http'
import { CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { freePort } from '../support/free-port.ts'
import { enrol } from '../support/person.ts'
import { type Running, rootKey, startServer } from '../support/server.ts'
import { drive, pace, requestBytes } from './load.ts'
import type { Figure } from './run.ts'

export const decisionTitles = {
  authzen_evaluation: 'AuthZEN evaluation, bearer token of a client',
  forward_auth: 'forward-auth, live browser session',
  forward_auth_p50: 'forward-auth at half of that rate: p50',
  forward_auth_p99: 'forward-auth at half of that rate: p99',
} as const

const host = 'app.example.com'
const configOf = (resource: string): string => `
forward_auth:
  hosts: [${host}]
resources:
  - id: ${resource}
    scopes: [authzen]
clients:
  - client_id: gateway
    client_secret: the secret of the gateway
    grant_types: [client_credentials]
    resources: [${resource}]
`

async function evaluationRequest(server: Running, resource: string): Promise<Buffer> {
  const credentials = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
  const iam = new IAMClient({ endpoint: server.url, region: 'us-east-1', credentials })
  await iam.send(new CreateUserCommand({ UserName: 'alice' }))
  const Statement = [{ Effect: 'Allow', Action: 'record:read', Resource: 'arn:aws:record:::record/*' }]
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement })
  await iam.send(new PutUserPolicyCommand({ UserName: 'alice', PolicyName: 'records', PolicyDocument }))
  const response = await fetch(`${server.url}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'gateway',
      client_secret: 'the secret of the gateway',
      scope: 'authzen',
      resource,
    }),
  })
  const { access_token: token } = (await response.json()) as { access_token?: string }
  assert.ok(token)
  const body = {
    subject: { type: 'user', id: 'alice' },
    action: { name: 'read' },
    resource: { type: 'record', id: '7' },
  }
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  return requestBytes('localhost', 'POST', '/access/v1/evaluation', headers, JSON.stringify(body))
}

/** The headers of an answer. Not by fetch, which calls itself a script in `Sec-Fetch-Mode`. */
const ask = ({ url }: Running, path: string, headers: OutgoingHttpHeaders): Promise<IncomingHttpHeaders> =>
  new Promise((done, fail) => {
    get(url + path, { headers }, (response) => {
      response.resume()
      done(response.headers)
    }).on('error', fail)
  })

async function forwardRequest(server: Running): Promise<Buffer> {
  const forwarded = {
    'x-forwarded-method': 'GET',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': host,
    'x-forwarded-uri': '/hello',
  }
  const { browser } = await enrol(server)
  const first = await ask(server, '/forward-auth', { ...forwarded, accept: 'text/html' })
  const start = new URL(first.location ?? '')
  const state = first['set-cookie']?.[0]?.split(';')[0] ?? ''
  const seen = await browser.get(start.pathname + start.search)
  const callback = new URL(seen.headers.get('refresh')?.replace(/^0;url=/, '') ?? '')
  const done = await ask(server, callback.pathname + callback.search, { ...forwarded, cookie: state })
  const cookie = done['set-cookie']?.[0]?.split(';')[0] ?? ''
  return requestBytes('localhost', 'GET', '/forward-auth', { ...forwarded, cookie })
}

/** Requests of a round, after one that is not counted. */
const perRound = 4000

export async function benchDecisions(
  rounds: number,
  figure: (samples: readonly number[], unit: string) => Figure,
): Promise<Record<keyof typeof decisionTitles, Figure>> {
  const port = await freePort()
  const resource = `http://localhost:${port}/access/v1`
  const server = await startServer({
    config: configOf(resource),
    env: { CHANCERY_PORT: String(port), CHANCERY_TRUSTED_PROXIES: '127.0.0.1,::1' },
  })
  try {
    const evaluation = await evaluationRequest(server, resource)
    const forward = await forwardRequest(server)
    const samples: Record<'evaluation' | 'forward' | 'p50' | 'p99', number[]> = {
      evaluation: [],
      forward: [],
      p50: [],
      p99: [],
    }
    for (let round = 0; round <= rounds; round++) {
      const asked = await drive(
        port,
        Array.from({ length: perRound }, () => evaluation),
      )
      const forwards = Array.from({ length: perRound }, () => forward)
      const forwarded = await drive(port, forwards)
      const { due: half } = await pace(port, forwards, forwarded.perSecond / 2)
      if (round === 0) continue
      samples.evaluation.push(asked.perSecond)
      samples.forward.push(forwarded.perSecond)
      samples.p50.push(half.p50)
      samples.p99.push(half.p99)
    }
    return {
      authzen_evaluation: figure(samples.evaluation, 'req/s'),
      forward_auth: figure(samples.forward, 'req/s'),
      forward_auth_p50: figure(samples.p50, 'ms'),
      forward_auth_p99: figure(samples.p99, 'ms'),
    }
  } finally {
    await server.stop()
  }
}
