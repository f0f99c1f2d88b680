// Attack 49: what a person with hardly any rights finds out by the console. Names stand in proposals, in search, in filters by the name
// of a caller, in files for download; and an answer that differs for what exists says that it exists.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { consoleRoutes } from '../../src/console/routes.ts'
import type { Credentials } from '../../src/secure/sigv4/sign.ts'
import { callAdmin, iamOf, userWith } from '../admin/call.ts'
import { call, type Params } from '../support/aws-call.ts'
import { type FormBrowser, formBrowser, type Seen } from '../support/form-browser.ts'
import { accountId, type Running, startServer } from '../support/server.ts'

const timeout = 180_000
const password = 'plum-orbit-9-lantern'
let server: Running
let few: FormBrowser
let fewKeys: Credentials
let keyId = ''

/** Begins every name that the person must not see. */
const mark = 'zq7hidden'
const named = (rest: string) => `${mark}-${rest}`
/** Of whatever has one: an answer with the path says that the name exists. */
const path = `/${mark}/below/`

before(
  async () => {
    server = await startServer()
    const make = async (method: string, at: string, body: object) => {
      const answer = await callAdmin(server.url, { method, path: at, body })
      assert.ok(answer.status < 300, JSON.stringify(answer.body))
    }
    await make('PATCH', '/settings', { secondFactor: 'optional' })
    const email = `${mark}@acme.example`
    await make('POST', '/people', { name: named('boss'), path, displayName: named('Boss'), email })
    await make('POST', '/people', { name: 'few' })
    await make('POST', '/people/few/password', { password, mustChange: false })
    await make('POST', '/clients', {
      client_id: named('app'),
      client_name: named('App'),
      redirect_uris: ['https://app.example/cb'],
    })
    const sign_in = { title: named('Corp'), client_id: 'c' }
    await make('POST', '/identity-providers', {
      kind: 'openid',
      name: named('idp'),
      url: `https://${mark}.example`,
      sign_in,
    })
    await make('PATCH', '/mail-server', { host: `${mark}.example`, from: `id@${mark}.example` })
    const iam = iamOf(server)
    const Version = '2012-10-17'
    const PolicyDocument = JSON.stringify({
      Version,
      Statement: { Effect: 'Allow', Action: `${mark}:Read`, Resource: `arn:aws:s3:::${mark}` },
    })
    const AssumeRolePolicyDocument = JSON.stringify({
      Version,
      Statement: { Effect: 'Allow', Principal: { AWS: accountId }, Action: 'sts:AssumeRole' },
    })
    await iam.send(new CreateGroupCommand({ GroupName: named('group'), Path: path }))
    await iam.send(new CreatePolicyCommand({ PolicyName: named('policy'), PolicyDocument }))
    await iam.send(new CreateRoleCommand({ RoleName: named('role'), Path: path, AssumeRolePolicyDocument }))
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: named('boss') }))
    keyId = AccessKey?.AccessKeyId ?? ''
    await iam.send(
      new PutUserPolicyCommand({
        UserName: 'few',
        PolicyName: 'own',
        PolicyDocument: JSON.stringify({
          Version,
          Statement: {
            Effect: 'Allow',
            Action: ['chancery:GetBrand', 'chancery:GetSettings'],
            Resource: '*',
          },
        }),
      }),
    )
    const keys = await iam.send(new CreateAccessKeyCommand({ UserName: 'few' }))
    fewKeys = {
      accessKeyId: keys.AccessKey?.AccessKeyId ?? '',
      secretAccessKey: keys.AccessKey?.SecretAccessKey ?? '',
    }
    iam.destroy()
    few = formBrowser(server.url)
    const page = await few.submit(await few.open('/sign-in'), { username: 'few', password })
    assert.match((await few.open('/account')).text, /few/, page.text)
  },
  { timeout },
)
after(() => server?.stop())

/** What a page says, without what is new in each answer and without the paths and fields that repeat the request. */
const saidBy = ({ status, text, url }: Seen, typed: readonly string[]): string =>
  typed.reduce(
    (said, one) => said.replaceAll(one, '…'),
    `${status} ${new URL(url).pathname}${new URL(url).search} ${text}`
      .replace(/[\w-]{43,}/g, 'token')
      .replace(/[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/g, 'reference')
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'time'),
  )

/** What exists, and something of the same form that does not. */
const pairs = (): Readonly<Record<string, readonly [string, string]>> => ({
  ':person': [named('boss'), named('none')],
  ':group': [named('group'), named('nones')],
  ':role': [named('role'), named('none')],
  ':client': [named('app'), named('no')],
})

/** For parameters of other kinds: neither exists. */
const otherNames = ['zq7x', 'zq7y'] as const

test('49: no page of the console has a name of anything, and none says what exists', {
  timeout,
}, async () => {
  // Routes are data; nothing of the server is asked for them.
  const paths = consoleRoutes({} as never).flatMap(({ method, path }) => (method === 'GET' ? [path] : []))
  assert.ok(paths.length > 60, String(paths.length))
  // The console is open to the person, so that its pages are asked and not its entry alone.
  assert.equal((await few.open('/console')).status, 200)
  for (const path of paths) {
    const parameter = /:\w+/.exec(path)?.[0]
    const [is, isNot] = (parameter !== undefined && pairs()[parameter]) || otherNames
    const at = (name: string) =>
      parameter === undefined ? path : path.replace(parameter, name).replace(/:\w+/g, 'x')
    const there = await few.open(at(is))
    const absent = await few.open(at(isNot))
    assert.ok(there.status < 500, `${path}: ${there.status}`)
    assert.equal(saidBy(there, [is]), saidBy(absent, [isNot]), path)
    assert.ok(!saidBy(there, [is]).includes(mark), path)
  }
  // The person's own requests are listed, with the names that they asked for above.
  const typed = new Set([...Object.values(pairs()).flat(), ...otherNames])
  const own = saidBy(await few.open('/account/activity'), [...typed])
  assert.ok(!own.includes(mark), own)
})

/** Queries with what exists, and with what does not. */
const asked = (): readonly (readonly [string, string, string])[] => [
  ...['user', 'group', 'role', 'policy', 'principal', 'arn', 'action', 'resource'].map(
    (of) => [`/console/suggest?of=${of}&q=`, mark, 'zq7nothing'] as const,
  ),
  ['/console/search?q=', mark, 'zq7nothing'],
  ['/console/search?q=', keyId, `${keyId.slice(0, -4)}AAAA`],
  ['/console/activity?who=', named('boss'), named('none')],
  ['/console/activity.csv?who=', named('boss'), named('none')],
  ['/console/activity?session=', keyId, `${keyId.slice(0, -4)}AAAA`],
  ['/console/people?search=', mark, 'zq7nothing'],
  [
    '/console/providers/one?arn=',
    `arn:aws:iam::${accountId}:oidc-provider/${mark}.example`,
    `arn:aws:iam::${accountId}:oidc-provider/none.example`,
  ],
  [
    '/console/providers/edit?arn=',
    `arn:aws:iam::${accountId}:oidc-provider/${mark}.example`,
    `arn:aws:iam::${accountId}:oidc-provider/none.example`,
  ],
  [
    '/console/access/policy?arn=',
    `arn:aws:iam::${accountId}:policy/${named('policy')}`,
    `arn:aws:iam::${accountId}:policy/${named('none')}`,
  ],
  ['/console/access/who?action=', `${mark}:Read`, 'zq7nothing:Read'],
  [
    '/console/access/ask?principal=',
    `arn:aws:iam::${accountId}:user/${named('boss')}`,
    `arn:aws:iam::${accountId}:user/${named('none')}`,
  ],
  ['/account/apps?q=', mark, 'zq7nothing'],
]

/** Requests about one name, by the operations of the admin API and of IAM. */
const calls = (
  name: string,
): readonly (readonly [string, () => Promise<{ status: number; said: string }>])[] => {
  const admin = async (method: string, at: string, body?: object) => {
    const answer = await callAdmin(server.url, {
      method,
      path: at,
      credentials: fewKeys,
      ...(body && { body }),
    })
    return { status: answer.status, said: JSON.stringify(answer.body) }
  }
  const iam = async (action: string, params: Params) => {
    const { status, text } = await call(server.url, fewKeys, 'iam', action, params)
    return { status, said: text }
  }
  const [user, group, role] = ['boss', 'group', 'role'].map((of) =>
    name === 'none' ? `none-${of}` : named(of),
  )
  return [
    ...['', '/sessions', '/factors', '/access-keys'].map(
      (rest) => [`person${rest}`, () => admin('GET', `/people/${user}${rest}`)] as const,
    ),
    ['group', () => admin('GET', `/groups/${group}`)],
    ['members', () => admin('GET', `/groups/${group}/members`)],
    ['change of a person', () => admin('PATCH', `/people/${user}`, { displayName: 'x' })],
    ['deletion of a group', () => admin('DELETE', `/groups/${group}`)],
    ['membership', () => admin('PUT', `/groups/${group}/members/${user}`)],
    ...[
      'GetUser',
      'ListAccessKeys',
      'ListUserTags',
      'DeleteUser',
      'GetLoginProfile',
      'ListGroupsForUser',
    ].map((action) => [action, () => iam(action, { UserName: user ?? '' })] as const),
    ...['GetGroup', 'DeleteGroup', 'ListAttachedGroupPolicies'].map(
      (action) => [action, () => iam(action, { GroupName: group ?? '' })] as const,
    ),
    ...['GetRole', 'DeleteRole', 'ListRoleTags', 'ListRolePolicies'].map(
      (action) => [action, () => iam(action, { RoleName: role ?? '' })] as const,
    ),
    ['AddUserToGroup', () => iam('AddUserToGroup', { GroupName: group ?? '', UserName: user ?? '' })],
  ]
}

test('49: nor does a refusal of the admin API or of IAM, which would have the path of what exists', {
  timeout,
}, async () => {
  const plain = (said: string) =>
    said
      .replaceAll(/(none|zq7hidden)-(boss|group|role)/g, '$2')
      .replace(/[\da-f]{8}-?[\da-f]{4}-?[\da-f]{4}-?[\da-f]{4}-?[\da-f]{12}/g, 'reference')
      .replace(/[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/g, 'reference')
  const absent = new Map(calls('none'))
  for (const [what, ask] of calls('some')) {
    const there = await ask()
    const not = await (absent.get(what) ?? assert.fail(what))()
    assert.equal(there.status, 403, `${what} ${there.said}`)
    assert.equal(plain(there.said), plain(not.said), what)
  }
})

test('49: nor does a question', { timeout }, async () => {
  for (const [path, is, isNot] of asked()) {
    const typed = (one: string) => [encodeURIComponent(one), one]
    const there = saidBy(await few.open(`${path}${encodeURIComponent(is)}`), typed(is))
    const absent = saidBy(await few.open(`${path}${encodeURIComponent(isNot)}`), typed(isNot))
    assert.equal(there, absent, path)
    assert.ok(!there.includes(mark), `${path} ${there}`)
  }
})

test('49: whoever may name groups, but not read them, is not told which there are', { timeout }, async () => {
  const iam = iamOf(server)
  const allow = (Action: string | readonly string[], Resource = '*') => ({
    Effect: 'Allow',
    Action,
    Resource,
  })
  const rights = ['chancery:CreateClient', 'chancery:UpdateClient', 'chancery:UpdateSettings']
  const blind = await userWith(iam, 'blind', [allow(rights)])
  const reader = await userWith(iam, 'reader', [
    allow([...rights, 'chancery:GetSettings']),
    allow('chancery:GetGroup', `arn:aws:iam::${accountId}:group${path}*`),
  ])
  await iam.send(new CreateGroupCommand({ GroupName: named('deep'), Path: '/far/away/' }))
  iam.destroy()
  const app = { redirect_uris: ['https://app.example/cb'] }
  const limited = (group: string) => ({ access: 'groups', access_groups: [group] })
  const naming = (group: string) =>
    [
      ['POST', '/clients', { ...app, ...limited(group) }],
      ['PATCH', `/clients/${named('app')}`, limited(group)],
      ['PATCH', '/settings', { secondFactorGroups: [group] }],
    ] as const
  const answers = async (credentials: Credentials, group: string) =>
    Promise.all(
      naming(group).map(async ([method, path, body]) => {
        const answer = await callAdmin(server.url, { method, path, body, credentials })
        const { requestId: _, ...said } = answer.body
        return `${answer.status} ${JSON.stringify(said).replaceAll(group, '…')}`
      }),
    )
  for (const group of [named('group'), named('deep')])
    assert.deepEqual(await answers(blind, group), await answers(blind, named('nothing')))
  for (const said of await answers(blind, named('group'))) assert.match(said, /^400 .*that you may read/)
  // Of a group below another path no more is said than that it may not be read.
  assert.deepEqual(await answers(reader, named('deep')), await answers(reader, named('nothing')))
  const may = await answers(reader, named('group'))
  assert.deepEqual(
    may.map((said) => said.slice(0, 3)),
    ['201', '200', '200'],
  )
  // A group that is named already may stay, for those who are shown it.
  for (const [method, path, body] of naming(named('group')).slice(1)) {
    const answer = await callAdmin(server.url, { method, path, body, credentials: blind })
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
  }
})
