// A person signs in by device code for the agent, on the real pages, and their ID token becomes credentials of a role.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { CreateOpenIDConnectProviderCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { sendRequest } from '../../src/agent/http.ts'
import { deviceSignIn } from '../../src/agent/source/device.ts'
import { runCommand } from '../support/command-line.ts'
import { headingOf, type Seen } from '../support/form-browser.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import { accountId, type Running, rootKey, startServer } from '../support/server.ts'

let server: Running
let person: Enrolled
before(
  async () => {
    server = await startServer({
      env: { CHANCERY_OUTBOUND_ALLOW: '127.0.0.1,localhost' },
      config: `clients:
  - client_id: agent
    client_name: Agent
    token_endpoint_auth_method: none
    grant_types: ['urn:ietf:params:oauth:grant-type:device_code', refresh_token]
`,
    })
    person = await enrol(server)
  },
  { timeout: 60_000 },
)
after(() => server.stop())

async function approve(code: string): Promise<void> {
  const form = await person.browser.open('/device')
  const confirm = await person.browser.submit(form, { user_code: code })
  let page: Seen = await person.browser.submit(confirm, { confirm: 'yes', user_code: code })
  for (let step = 0; step < 3 && page.text.includes('/allow"'); step++)
    page = await person.browser.submit(page, {}, '/allow')
  assert.equal(page.status, 200, headingOf(page))
}

test('a person signs in by device code, and gets credentials of a role', {
  timeout: 60_000,
}, async () => {
  const url = new URL(server.url)
  const credentials = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
  const iam = new IAMClient({ endpoint: server.url, region: 'us-east-1', credentials })
  const { OpenIDConnectProviderArn: provider } = await iam.send(
    new CreateOpenIDConnectProviderCommand({ Url: server.url, ClientIDList: ['agent'] }),
  )
  const trust = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: provider },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: { StringEquals: { [`${url.host}:aud`]: 'agent' } },
      },
    ],
  }
  await iam.send(
    new CreateRoleCommand({ RoleName: 'person', AssumeRolePolicyDocument: JSON.stringify(trust) }),
  )
  iam.destroy()
  const args = ['--url', server.url, '--source', 'device', '--client-id', 'agent']
  const approved: Promise<void>[] = []
  const { code, out } = await runCommand(
    ['credentials', ...args, '--role', `arn:aws:iam::${accountId}:role/person`],
    {
      now: () => Math.floor(Date.now() / 1000),
      err(text) {
        const [, userCode] = /with the code (\S+)/.exec(text) ?? []
        if (userCode !== undefined) approved.push(approve(userCode))
        else console.error(text)
      },
    },
  )
  await Promise.all(approved)
  assert.equal(code, 0)
  assert.match(out, /"Version":1,"AccessKeyId":"ASIA/)
})

test('the token is renewed without the person', { timeout: 60_000 }, async () => {
  let shown = 0
  const grants: string[] = []
  const approved: Promise<void>[] = []
  const read = deviceSignIn({
    url: server.url,
    clientId: 'agent',
    send(request) {
      const grant = new URLSearchParams(request.body).get('grant_type')
      if (request.url.endsWith('/token') && grant !== null) grants.push(grant)
      return sendRequest(request)
    },
    show(text) {
      shown += 1
      approved.push(approve(/with the code (\S+)/.exec(text)?.[1] ?? ''))
    },
  })
  await read()
  await Promise.all(approved)
  await read()
  await read()
  assert.equal(shown, 1)
  assert.deepEqual(grants.slice(-2), ['refresh_token', 'refresh_token'])
})

test('an unknown client is refused with the reason', async () => {
  const read = deviceSignIn({ url: server.url, clientId: 'nobody', send: sendRequest, show: () => {} })
  await assert.rejects(read(), /invalid_client/)
})
