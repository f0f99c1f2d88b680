// attacks.md 16: clients and protected hosts belong to the server's first account. Whoever administers another account can give
// its people any policy and its groups any name; neither lets them in to an application of the first account.
import assert from 'node:assert/strict'
import { get, type IncomingMessage } from 'node:http'
import { after, before, test } from 'node:test'
import { callAdmin } from '../admin/call.ts'
import { call } from '../support/aws-call.ts'
import { type FormBrowser, formBrowser } from '../support/form-browser.ts'
import { policy } from '../support/role-server.ts'
import { type Running, rootKey, startServer } from '../support/server.ts'

const secret = 'a-secret-of-more-than-32-characters'
const client = (client_id: string, rest: object) => ({
  client_id,
  client_secret: secret,
  redirect_uris: [`https://${client_id}.example/callback`],
  first_party: true,
  ...rest,
})
const host = 'app.example.com'
const config = {
  forward_auth: { hosts: [host] },
  clients: [
    client('open', {}),
    client('staff', { access: 'groups', access_groups: ['staff'] }),
    client('ruled', { access: 'policy' }),
  ],
}
const password = 'plum-orbit-9-lantern'
const timeout = 60_000

interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}
/** Of the first account, and of another one: a person `eve` of the group `staff` who may do everything. */
interface Side {
  readonly browser: FormBrowser
  readonly isFirst: boolean
}

let server: Running
let sides: readonly Side[] = []

async function side(credentials: Credentials, prefix: string): Promise<Side> {
  const body = { secondFactor: 'optional' }
  const set = await callAdmin(server.url, { method: 'PATCH', path: '/settings', body, credentials })
  assert.equal(set.status, 200)
  const iam = async (action: string, params: Readonly<Record<string, string>>) => {
    const { status, text } = await call(server.url, credentials, 'iam', action, params)
    assert.equal(status, 200, text)
  }
  await iam('CreateGroup', { GroupName: 'staff' })
  await iam('CreateUser', { UserName: 'eve' })
  await iam('CreateLoginProfile', { UserName: 'eve', Password: password })
  await iam('AddUserToGroup', { UserName: 'eve', GroupName: 'staff' })
  const all = policy({ Effect: 'Allow', Action: '*', Resource: '*' })
  await iam('PutUserPolicy', { UserName: 'eve', PolicyName: 'all', PolicyDocument: all })
  const browser = formBrowser(server.url)
  const home = await browser.submit(await browser.open('/sign-in'), { username: `${prefix}eve`, password })
  assert.equal(home.status, 200)
  return { browser, isFirst: prefix === '' }
}

before(
  async () => {
    server = await startServer({
      config: JSON.stringify(config),
      env: { CHANCERY_TRUSTED_PROXIES: '127.0.0.1,::1' },
    })
    const made = await callAdmin(server.url, {
      method: 'POST',
      path: '/accounts',
      body: { name: 'Acme', accessKey: true },
    })
    assert.equal(made.status, 201)
    const { account, accessKeyId, secretAccessKey } = made.body
    const root = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
    sides = [await side(root, ''), await side({ accessKeyId, secretAccessKey }, `${account.id}/`)]
  },
  { timeout },
)
after(() => server?.stop())

/** The parameters that an authorization request is answered with. */
async function authorize({ browser }: Side, clientId: string): Promise<URLSearchParams> {
  const request = new URLSearchParams({
    client_id: clientId,
    redirect_uri: `https://${clientId}.example/callback`,
    response_type: 'code',
    scope: 'openid groups',
  })
  const page = await browser.open(`/authorize?${request}`)
  const answer =
    page.location ?? /href="(https:\/\/\w+\.example\/callback\?[^"]*)"/.exec(page.text)?.[1] ?? ''
  return new URLSearchParams(answer.replaceAll('&amp;', '&').split('?')[1])
}

for (const clientId of ['staff', 'ruled'])
  test(`16: the client ${clientId} lets in nobody of another account`, { timeout }, async () => {
    for (const one of sides)
      assert.equal((await authorize(one, clientId)).has('code'), one.isFirst, `first: ${one.isFirst}`)
  })

test('16: a client for everyone is told no group of another account', { timeout }, async () => {
  for (const one of sides) {
    const code = (await authorize(one, 'open')).get('code') ?? ''
    const response = await fetch(`${server.url}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`open:${secret}`).toString('base64')}` },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code,
        redirect_uri: 'https://open.example/callback',
      }),
    })
    const { access_token: token } = (await response.json()) as { readonly access_token: string }
    const info = await fetch(`${server.url}/userinfo`, { headers: { authorization: `Bearer ${token}` } })
    assert.equal(info.status, 200)
    const { groups } = (await info.json()) as { readonly groups: readonly string[] }
    assert.deepEqual(groups, one.isFirst ? ['staff'] : [])
  }
})

/** A request as a proxy sends it. Not by fetch, which calls itself a script in `Sec-Fetch-Mode`. */
const forwarded = (path: string, cookie = ''): Promise<IncomingMessage> =>
  new Promise((done, fail) => {
    const headers = {
      accept: 'text/html',
      'x-forwarded-method': 'GET',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': host,
      'x-forwarded-uri': '/hello',
      ...(cookie !== '' && { cookie }),
    }
    get(server.url + path, { headers }, (response) => done(response.resume())).on('error', fail)
  })

const cookieOf = ({ headers }: IncomingMessage): string => headers['set-cookie']?.[0]?.split(';')[0] ?? ''

test('16: a protected host lets in nobody of another account', { timeout }, async () => {
  for (const { browser, isFirst } of sides) {
    const first = await forwarded('/forward-auth')
    const start = new URL(first.headers.location ?? '')
    const seen = await browser.get(start.pathname + start.search)
    const back = new URL(seen.headers.get('refresh')?.replace(/^0;url=/, '') ?? '')
    const signedIn = await forwarded(back.pathname + back.search, cookieOf(first))
    const { statusCode } = await forwarded('/forward-auth', cookieOf(signedIn))
    assert.equal(statusCode, isFirst ? 200 : 403)
  }
})
