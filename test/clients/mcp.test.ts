// The client of the MCP TypeScript SDK, at an MCP server that is protected by chancery/verify (docs/agents.md). It is given
// the address of the server alone: it finds us by the metadata of the resource, and we find it by its metadata document.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { after, before, test } from 'node:test'
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { type OAuthClientProvider, UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import type { OAuthTokens } from '@modelcontextprotocol/sdk/shared/auth.js'
import express from 'express'
import { z } from 'zod'
import { createVerifier, formatDecision, type Verified, type Verifier } from '../../src/verify/index.ts'
import { protect } from '../../src/verify/middleware/express.ts'
import { headingOf, type Seen } from '../support/form-browser.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import { type Running, rootKey, startServer } from '../support/server.ts'
import { until } from '../support/waiting.ts'

const tls = resolve(import.meta.dirname, '../support/tls')
const back = 'http://127.0.0.1:9/callback'
const notes = (path: string): string => `arn:aws:notes:::${path}`
const handbook = {
  type: 'session_policy',
  policy: {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: 'notes:Connect', Resource: '*' },
      { Effect: 'Allow', Action: 'notes:GetNote', Resource: notes('handbook/*') },
    ],
  },
}

const listening = async (server: Server): Promise<number> => {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return (server.address() as AddressInfo).port
}

let server: Running
let person: Enrolled
let verifier: Verifier
let site: Server
let mcp: Server
let document = ''
let resource = ''
let fetched = 0

before(async () => {
  const key = { cert: readFileSync(`${tls}/cert.pem`), key: readFileSync(`${tls}/key.pem`) }
  site = createSecureServer(key, (_req, res) => {
    fetched += 1
    res.setHeader('content-type', 'application/json')
    res.end(JSON.stringify({ client_id: document, client_name: 'Note Taker', redirect_uris: [back] }))
  })
  const sitePort = await listening(site)
  document = `https://localhost:${sitePort}/agent.json`
  mcp = createServer()
  resource = `http://127.0.0.1:${await listening(mcp)}/mcp`
  server = await startServer({
    env: {
      CHANCERY_OUTBOUND_ALLOW: `localhost:${sitePort}`,
      NODE_EXTRA_CA_CERTS: `${tls}/cert.pem`,
    },
    config: `
resources:
  - id: ${resource}
    scopes: [notes]
registration:
  metadata_documents: { hosts: ['localhost:${sitePort}'] }
  resources: ['${resource}']
`,
  })
  person = await enrol(server)
  verifier = createVerifier({
    issuer: server.url,
    service: 'notes',
    audience: resource,
    scopes: ['notes'],
    credentials: await serviceKey(),
  })
  mcp.on('request', notesServer())
})
after(async () => {
  verifier?.close()
  for (const one of [site, mcp]) {
    one?.closeAllConnections()
    one?.close()
  }
  await server?.stop()
})

async function serviceKey() {
  const credentials = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
  const iam = new IAMClient({ endpoint: server.url, region: 'us-east-1', credentials })
  const UserName = 'notes-service'
  await iam.send(new CreateUserCommand({ UserName }))
  const PolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: ['decision:GetPolicies', 'decision:GetRevocations'], Resource: '*' },
    ],
  })
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'verify', PolicyDocument }))
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
  return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' }
}

/** An MCP server with one tool; each call is a decision of its own. */
function notesServer() {
  const app = express()
  app.use(protect(verifier, { action: 'notes:Connect', resource: notes('server'), scope: 'notes' }))
  app.post('/mcp', express.json(), async (req, res) => {
    const { decide } = (req as unknown as { readonly chancery: Verified }).chancery
    const tools = new McpServer({ name: 'notes', version: '1.0.0' })
    tools.registerTool('read_note', { inputSchema: { path: z.string() } }, async ({ path }) => {
      const decision = await decide({ action: 'notes:GetNote', resource: notes(path), scope: 'notes' })
      const allowed = decision.effect === 'allow'
      const text = allowed ? `the note ${path}` : formatDecision(decision)
      return { content: [{ type: 'text', text }], isError: !allowed }
    })
    const transport = new StreamableHTTPServerTransport({})
    await tools.connect(transport as never)
    await transport.handleRequest(req, res, req.body)
  })
  return app
}

/** An agent's side of OAuth, as its host keeps it. */
class Agent implements OAuthClientProvider {
  readonly clientMetadataUrl = document
  readonly redirectUrl = back
  readonly clientMetadata = { redirect_uris: [back], client_name: 'Note Taker' }
  asked: URL | undefined
  granted: OAuthTokens | undefined
  #information: { client_id: string } | undefined
  #verifier = ''

  clientInformation() {
    return this.#information
  }
  saveClientInformation(information: { client_id: string }) {
    this.#information = information
  }
  tokens() {
    return this.granted
  }
  saveTokens(tokens: OAuthTokens) {
    this.granted = tokens
  }
  redirectToAuthorization(url: URL) {
    this.asked = url
  }
  saveCodeVerifier(verifier: string) {
    this.#verifier = verifier
  }
  codeVerifier() {
    return this.#verifier
  }
}

const connection = (agent: Agent) => ({
  client: new Client({ name: 'note-taker', version: '1.0.0' }),
  transport: new StreamableHTTPClientTransport(new URL(resource), { authProvider: agent }),
})

/** Signs the person in for an agent. @param details what the agent asks consent for, besides scopes */
async function authorized(agent: Agent, details?: object): Promise<{ page: Seen }> {
  const first = connection(agent)
  await assert.rejects(first.client.connect(first.transport as never), UnauthorizedError)
  assert.ok(agent.asked)
  if (details) agent.asked.searchParams.set('authorization_details', JSON.stringify([details]))
  const page = await person.browser.open(agent.asked.href)
  const end = await person.browser.submit(page, {}, '/allow')
  assert.ok(end.location, headingOf(end))
  const callback = new URL(end.location)
  assert.equal(callback.searchParams.get('iss'), server.url)
  await first.transport.finishAuth(callback.searchParams.get('code') ?? '')
  return { page }
}

const read = async (client: Client, path: string) => {
  const { content, isError } = await client.callTool({ name: 'read_note', arguments: { path } })
  return { text: (content as { readonly text: string }[])[0]?.text ?? '', isError }
}

test('with the scope of the server alone, the agent may do what the person may', {
  timeout: 60_000,
}, async (t) => {
  const agent = new Agent()
  await authorized(agent)
  const { client, transport } = connection(agent)
  await client.connect(transport as never)
  t.after(() => client.close())
  assert.deepEqual(await read(client, 'payroll/june'), { text: 'the note payroll/june', isError: false })
})

test('an agent reads what the person consented to in words, and nothing else, until it is withdrawn', {
  timeout: 60_000,
}, async (t) => {
  const agent = new Agent()
  const { page } = await authorized(agent, handbook)
  assert.match(page.text, /Note Taker/)
  assert.match(page.text, new RegExp(new URL(document).host))
  assert.match(page.text, /Any program on this device can ask in its name/)
  assert.match(page.text, /Read notes \(<code>notes:GetNote<\/code>\) under <code>handbook\/<\/code>/)
  assert.equal(agent.asked?.searchParams.get('client_id'), document)
  assert.equal(agent.asked?.searchParams.get('resource'), resource)
  const { client, transport } = connection(agent)
  await client.connect(transport as never)
  t.after(() => client.close())
  assert.deepEqual(await read(client, 'handbook/intro'), { text: 'the note handbook/intro', isError: false })
  const outside = await read(client, 'payroll/june')
  assert.equal(outside.isError, true)
  assert.match(outside.text, /session policy/)
  await withdraw()
  agent.granted = agent.granted && { access_token: agent.granted.access_token, token_type: 'Bearer' }
  await until('the token is refused', async () => {
    const answer = await fetch(resource, {
      headers: { authorization: `Bearer ${agent.granted?.access_token}` },
    })
    await answer.body?.cancel()
    return answer.status === 401
  })
})

async function withdraw(): Promise<void> {
  const page = await person.browser.open(`${server.url}/account`)
  const form = /action="([^"]*\/withdraw[^"]*|[^"]*grants?[^"]*)"/.exec(page.text)?.[1]
  assert.ok(form, 'the account page lists the agent')
  await person.browser.submit(page, {}, form)
}

test('the document is fetched once', () => {
  assert.equal(fetched, 1)
})
