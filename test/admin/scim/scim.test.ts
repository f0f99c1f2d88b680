// SCIM over HTTP: callers, tokens, versions, refusals, and what ends with a deactivation.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { CreateAccessKeyCommand, IAMClient, ListUsersCommand } from '@aws-sdk/client-iam'
import { type Running, startServer } from '../../support/server.ts'
import { until } from '../../support/waiting.ts'
import { callAdmin, iamOf, userWith } from '../call.ts'
import { groupUrn, patchUrn, type Scim, scimToken, scimWith, userUrn } from './client.ts'

const timeout = 60_000
let server: Running
let scim: Scim
before(
  async () => {
    server = await startServer()
    scim = scimWith(server.url, await scimToken(server, 'directory'))
  },
  { timeout },
)
after(() => server.stop())

const newUser = (userName: string, more: object = {}) => ({ schemas: [userUrn], userName, ...more })
const newGroup = (displayName: string, more: object = {}) => ({ schemas: [groupUrn], displayName, ...more })
const patch = (...operations: readonly object[]) => ({ schemas: [patchUrn], Operations: operations })
const errorOf = ({ status, body }: Awaited<ReturnType<Scim>>) => [status, body.scimType]
const make = async (userName: string, more: object = {}) => {
  const made = await scim('POST', '/Users', newUser(userName, more))
  assert.equal(made.status, 201, JSON.stringify(made.body))
  return made.body
}

test('without credentials, with a wrong token and with one of another form 401, in SCIM’s words', {
  timeout,
}, async () => {
  const bare = await fetch(`${server.url}/scim/v2/Users`)
  assert.equal(bare.status, 401)
  assert.match(bare.headers.get('www-authenticate') ?? '', /^Bearer/)
  assert.match(bare.headers.get('content-type') ?? '', /^application\/scim\+json/)
  for (const token of ['scim-unknown.unknown', 'other', 'scim-']) {
    const { status, body } = await scimWith(server.url, token)('GET', '/Users')
    assert.deepEqual([status, body.status], [401, '401'], token)
  }
})

test('a signature of a user with permission is accepted, as in the admin API', { timeout }, async () => {
  const { status, body } = await callAdmin(server.url, { path: '/../../scim/v2/Users?count=1' })
  assert.deepEqual([status, body.itemsPerPage], [200, 1])
})

test('every request needs the permission of the admin API for what it does', { timeout }, async () => {
  const { id } = await make('protected')
  const group = (await scim('POST', '/Groups', newGroup('protected'))).body.id
  const nobody = scimWith(
    server.url,
    await scimToken(server, 'nobody', {}, { Effect: 'Deny', Action: '*', Resource: '*' }),
  )
  const disable = patch({ op: 'replace', path: 'active', value: false })
  const rows = [
    ['GET', '/Users', 'ListPeople'],
    ['GET', `/Users/${id}`, 'GetPerson'],
    ['GET', '/Users/unknown', 'GetPerson'],
    ['POST', '/Users', 'CreatePerson', newUser('new')],
    ['PUT', `/Users/${id}`, 'UpdatePerson', newUser('new')],
    ['PATCH', `/Users/${id}`, 'DisablePerson', disable],
    ['PATCH', '/Users/unknown', 'UpdatePerson', disable],
    ['DELETE', `/Users/${id}`, 'DeletePerson'],
    ['DELETE', '/Users/protected', 'DeletePerson'],
    ['GET', '/Groups', 'ListGroups'],
    ['GET', `/Groups/${group}`, 'GetGroup'],
    ['POST', '/Groups', 'CreateGroup', newGroup('new')],
    ['PUT', `/Groups/${group}`, 'UpdateGroup', newGroup('new')],
    [
      'PATCH',
      `/Groups/${group}`,
      'AddGroupMember',
      patch({ op: 'add', path: 'members', value: [{ value: id }] }),
    ],
    ['DELETE', `/Groups/${group}`, 'DeleteGroup'],
  ] as const
  for (const [method, path, action, body] of rows) {
    const answer = await nobody(method, path, body)
    assert.equal(answer.status, 403, `${method} ${path}`)
    assert.match(answer.body.detail, new RegExp(`perform: chancery:${action} on resource: arn:aws:iam::`))
  }
  assert.equal((await scim('GET', `/Users/${id}`)).body.active, true)
})

test('a deactivation has ended access keys when it is answered', { timeout }, async () => {
  const { id } = await make('leaver')
  const iam = iamOf(server)
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'leaver' }))
  iam.destroy()
  const credentials = {
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
  }
  const code = async () => {
    const own = new IAMClient({ endpoint: server.url, region: 'us-east-1', credentials, maxAttempts: 1 })
    const error: unknown = await own.send(new ListUsersCommand({})).catch((one: unknown) => one)
    own.destroy()
    return error instanceof Error ? error.name : 'allowed'
  }
  assert.equal(await code(), 'AccessDenied')
  const { body } = await scim(
    'PATCH',
    `/Users/${id}`,
    patch({ op: 'Replace', path: 'active', value: 'False' }),
  )
  assert.equal(body.active, false)
  assert.deepEqual(
    new Set(await Promise.all(Array.from({ length: 9 }, code))),
    new Set(['InvalidClientTokenId']),
  )
})

test('a token: shown once, listed with its last use, refused when deleted or its user is disabled', {
  timeout,
}, async () => {
  const token = await scimToken(server, 'token-owner', { description: 'Entra', days: 1 })
  const own = scimWith(server.url, token)
  assert.equal((await own('GET', '/Users?count=0')).status, 200)
  const { body } = await callAdmin(server.url, { path: '/scim-tokens' })
  const listed = body.items.find((one: { id: string }) => one.id === token.split('.')[0])
  assert.equal(listed.description, 'Entra')
  assert.ok(Date.parse(listed.lastUsed) > 0 && Date.parse(listed.expiresAt) > Date.now())
  assert.ok(!JSON.stringify(body).includes(token))
  const person = (verb: string) =>
    callAdmin(server.url, { method: 'POST', path: `/people/token-owner/${verb}`, body: {} })
  await person('disable')
  assert.equal((await own('GET', '/Users?count=0')).status, 401)
  await person('enable')
  assert.equal((await own('GET', '/Users?count=0')).status, 200)
  const removed = await callAdmin(server.url, { method: 'DELETE', path: `/scim-tokens/${listed.id}` })
  assert.equal(removed.status, 204)
  assert.equal((await own('GET', '/Users?count=0')).status, 401)
  const iam = iamOf(server)
  const manager = await userWith(iam, 'token-manager', {
    Effect: 'Allow',
    Action: 'chancery:CreateScimToken',
    Resource: 'arn:aws:iam::123456789012:user/token-manager',
  })
  iam.destroy()
  const create = (user: string) =>
    callAdmin(server.url, { method: 'POST', path: '/scim-tokens', body: { user }, credentials: manager })
  assert.equal((await create('token-owner')).status, 403)
  assert.equal((await create('token-manager')).status, 201)
})

test('versions: If-None-Match is 304, a stale If-Match 412 and nothing changes', { timeout }, async () => {
  const { id, meta } = await make('versioned')
  const read = await scim('GET', `/Users/${id}`)
  assert.equal(read.headers.get('etag'), meta.version)
  assert.equal((await scim('GET', `/Users/${id}`, undefined, { 'if-none-match': meta.version })).status, 304)
  const change = patch({ op: 'replace', path: 'displayName', value: 'New' })
  for (const [method, body] of [
    ['PATCH', change],
    ['PUT', newUser('v2')],
    ['DELETE', undefined],
  ] as const) {
    const stale = await scim(method, `/Users/${id}`, body, { 'if-match': 'W/"stale"' })
    assert.deepEqual(errorOf(stale), [412, undefined], method)
  }
  assert.equal((await scim('GET', `/Users/${id}`)).body.meta.version, meta.version)
  const changed = await scim('PATCH', `/Users/${id}`, change, { 'if-match': meta.version })
  assert.equal(changed.status, 200)
  assert.notEqual(changed.body.meta.version, meta.version)
})

test('versions of a Group cover its members where they were read', { timeout }, async () => {
  const [ada, ben] = [await make('tag-ada'), await make('tag-ben')]
  const members = [{ value: ada.id }]
  const made = await scim('POST', '/Groups', newGroup('tagged', { members }))
  const path = `/Groups/${made.body.id}`
  const bare = `${path}?excludedAttributes=members`
  const read = (url: string, tag?: string) =>
    scim('GET', url, undefined, tag === undefined ? {} : { 'if-none-match': tag })
  const tagOf = async (url: string): Promise<string> => {
    const { headers, body } = await read(url)
    assert.equal(headers.get('etag'), body.meta.version)
    return body.meta.version
  }
  const [whole, own] = [await tagOf(path), await tagOf(bare)]
  assert.deepEqual([made.headers.get('etag'), made.body.meta.version], [whole, whole])
  assert.notEqual(whole, own)
  const listed = await scim('GET', '/Groups?filter=displayName eq "tagged"')
  assert.equal(listed.body.Resources[0].meta.version, whole)
  const conditions: readonly (readonly [string, string, number])[] = [
    [path, whole, 304],
    [bare, own, 304],
    [path, whole.replace('W/', ''), 304],
    [path, `W/"other", ${whole}`, 304],
    [path, '*', 304],
    // The members are not in what the client has.
    [path, own, 200],
    [bare, whole, 200],
    [path, 'W/"other"', 200],
    [path, 'other', 400],
  ]
  for (const [url, tag, status] of conditions)
    assert.equal((await read(url, tag)).status, status, `${url} ${tag}`)
  const rename = (displayName: string) => patch({ op: 'replace', path: 'displayName', value: displayName })
  const join = patch({ op: 'add', path: 'members', value: [{ value: ben.id }] })
  assert.deepEqual(errorOf(await scim('PATCH', path, join, { 'if-none-match': '*' })), [400, 'invalidValue'])
  assert.equal(await tagOf(path), whole)
  assert.equal((await scim('PATCH', path, join, { 'if-match': whole })).status, 200)
  const joined = await tagOf(path)
  assert.notEqual(joined, whole)
  assert.equal(await tagOf(bare), own)
  for (const [method, body] of [
    ['PATCH', rename('stale')],
    ['PUT', newGroup('stale')],
    ['DELETE', undefined],
  ] as const)
    assert.deepEqual(errorOf(await scim(method, path, body, { 'if-match': whole })), [412, undefined], method)
  assert.equal(await tagOf(path), joined)
  // Of what was read without its members, only the rest is compared.
  assert.equal((await scim('PATCH', path, rename('tagged anew'), { 'if-match': own })).status, 200)
  assert.equal((await scim('DELETE', path, undefined, { 'if-match': `${joined}, "x"` })).status, 412)
  assert.equal((await scim('DELETE', path, undefined, { 'if-match': await tagOf(path) })).status, 204)
})

/** The clock of the server may be the one of this process: what counts is that the second has passed. */
const nextSecond = async () => {
  const began = Math.floor(Date.now() / 1000)
  await until('the next second has begun', () => Math.floor(Date.now() / 1000) > began)
}

test('meta.lastModified is that of the creation, until anything is changed by anybody', {
  timeout,
}, async () => {
  const ada = await make('modified-ada')
  const made = await scim('POST', '/Groups', newGroup('modified', { members: [{ value: ada.id }] }))
  const [user, team] = [`/Users/${ada.id}`, `/Groups/${made.body.id}`]
  const metaOf = async (path: string) => (await scim('GET', path)).body.meta
  const last = async (path: string) => {
    const { created, lastModified } = await metaOf(path)
    assert.match(lastModified, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    assert.ok(Date.parse(lastModified) >= Date.parse(created))
    return Date.parse(lastModified)
  }
  assert.equal(ada.meta.lastModified, ada.meta.created)
  const admin = (method: string, path: string, body?: object) =>
    callAdmin(server.url, { method, path, ...(body && { body }) })
  /** What changes, and which of the two resources it is a change of. */
  const changes: readonly (readonly [
    string,
    boolean,
    boolean,
    () => Promise<{ readonly status: number }>,
  ])[] = [
    ['SCIM', true, false, () => scim('PATCH', user, patch({ op: 'add', path: 'displayName', value: 'Ada' }))],
    ['the admin API', true, false, () => admin('POST', '/people/modified-ada/disable', {})],
    [
      'a new password',
      true,
      false,
      () => scim('PATCH', user, patch({ op: 'add', path: 'password', value: 'fair weather 77 boats' })),
    ],
    ['leaving', true, true, () => scim('PATCH', team, patch({ op: 'remove', path: 'members' }))],
    ['joining by the admin API', true, true, () => admin('PUT', '/groups/modified/members/modified-ada')],
    [
      'the group alone',
      false,
      true,
      () => scim('PATCH', team, patch({ op: 'replace', path: 'displayName', value: 'Modified' })),
    ],
    [
      'nothing',
      false,
      false,
      () => scim('PATCH', user, patch({ op: 'add', path: 'displayName', value: 'Ada' })),
    ],
  ]
  for (const [what, ofUser, ofGroup, change] of changes) {
    const before = [await last(user), await last(team)] as const
    await nextSecond()
    assert.ok([200, 204].includes((await change()).status), what)
    const after = [await last(user), await last(team)] as const
    assert.deepEqual([after[0] > before[0], after[1] > before[1]], [ofUser, ofGroup], what)
  }
  const since = (await metaOf(user)).lastModified
  const found = async (filter: string) =>
    (await scim('GET', `/Users?filter=${encodeURIComponent(`userName eq "modified-ada" and ${filter}`)}`))
      .body.totalResults
  assert.deepEqual(
    [await found(`meta.lastModified ge "${since}"`), await found(`meta.lastModified gt "${since}"`)],
    [1, 0],
  )
})

test('refusals say what is wrong, and nothing is changed', { timeout }, async () => {
  const { id, meta } = await make('refused')
  const big = 'x'.repeat(2_100_000)
  const rows: readonly (readonly [string, string, unknown, number, string | undefined])[] = [
    ['POST', '/Users', '{', 400, 'invalidValue'],
    ['POST', '/Users', '{"userName":"a","userName":"b"}', 400, 'invalidValue'],
    ['POST', '/Users', { userName: 'a' }, 400, 'invalidSyntax'],
    ['POST', '/Users', { schemas: [userUrn] }, 400, 'invalidValue'],
    ['POST', '/Users', newUser('a', { unknown: 1 }), 400, 'invalidSyntax'],
    ['POST', '/Users', newUser('a', { username: 'b' }), 400, 'invalidSyntax'],
    ['POST', '/Users', newUser('a b'), 400, 'invalidValue'],
    ['POST', '/Users', newUser('a', { active: 'perhaps' }), 400, 'invalidValue'],
    ['POST', '/Users', newUser('a', { emails: 7 }), 400, 'invalidValue'],
    ['POST', '/Users', newUser('a', { password: 'short' }), 400, 'invalidValue'],
    ['POST', '/Users', newUser('a', { displayName: big }), 413, undefined],
    ['POST', '/Users', newUser('REFUSED'), 409, 'uniqueness'],
    ['PATCH', `/Users/${id}`, { Operations: [] }, 400, 'invalidSyntax'],
    ['PATCH', `/Users/${id}`, patch(), 400, 'invalidSyntax'],
    ['PATCH', `/Users/${id}`, patch({ op: 'move', path: 'userName' }), 400, 'invalidSyntax'],
    ['PATCH', `/Users/${id}`, patch({ op: 'remove' }), 400, 'noTarget'],
    ['PATCH', `/Users/${id}`, patch({ op: 'remove', path: 'userName' }), 400, 'invalidValue'],
    ['PATCH', `/Users/${id}`, patch({ op: 'replace', path: 'id', value: 'x' }), 400, 'mutability'],
    [
      'PATCH',
      `/Users/${id}`,
      patch({ op: 'add', path: 'groups', value: [{ value: 'x' }] }),
      400,
      'mutability',
    ],
    ['PATCH', `/Users/${id}`, patch({ op: 'add', path: 'nothing', value: 'x' }), 400, 'invalidPath'],
    ['PATCH', `/Users/${id}`, patch({ op: 'add', path: 'emails[', value: 'x' }), 400, 'invalidPath'],
    [
      'PATCH',
      `/Users/${id}`,
      patch({ op: 'replace', path: 'emails[type eq "x"].value', value: 'x' }),
      400,
      'noTarget',
    ],
    [
      'PATCH',
      `/Users/${id}`,
      patch(
        { op: 'add', path: 'displayName', value: 'x' },
        { op: 'add', path: 'locale', value: 'no locale' },
      ),
      400,
      'invalidValue',
    ],
    ['GET', '/Users?filter=userName is "x"', undefined, 400, 'invalidFilter'],
    ['GET', '/Users?filter=nothing eq "x"', undefined, 400, 'invalidFilter'],
    ['GET', '/Users?count=many', undefined, 400, 'invalidCount'],
    ['GET', '/Users?attributes=id&excludedAttributes=name', undefined, 400, 'invalidSyntax'],
    ['GET', '/Users/refused', undefined, 404, undefined],
    ['DELETE', '/Users/refused', undefined, 404, undefined],
    ['GET', '/Groups/unknown', undefined, 404, undefined],
    ['GET', '/ResourceTypes/unknown', undefined, 404, undefined],
    ['GET', '/Schemas/unknown', undefined, 404, undefined],
    ['POST', '/Groups', newGroup('g', { members: [{ value: 'AIDANOBODY0000' }] }), 400, 'invalidValue'],
    ['POST', '/Groups', newGroup('g', { members: [{ value: id, type: 'Group' }] }), 400, 'invalidValue'],
    ['POST', '/Bulk', { schemas: [] }, 501, undefined],
    ['GET', '/Me', undefined, 501, undefined],
  ]
  for (const [method, path, body, status, scimType] of rows) {
    const answer = await scim(method, path, body)
    const what = `${method} ${path} ${JSON.stringify(body)?.slice(0, 200)}`
    assert.deepEqual(errorOf(answer), [status, scimType], `${what}: ${JSON.stringify(answer.body)}`)
    assert.deepEqual(answer.body.schemas, ['urn:ietf:params:scim:api:messages:2.0:Error'])
    assert.equal(answer.body.status, String(status))
  }
  assert.equal((await scim('GET', `/Users/${id}`)).body.meta.version, meta.version)
  assert.equal((await scim('GET', '/Groups?filter=displayName eq "g"')).body.totalResults, 0)
})

test('an address counts as verified only when the token says so', { timeout }, async () => {
  const trusted = scimWith(server.url, await scimToken(server, 'trusted', { verifiesEmail: true }))
  const emails = [{ value: 'a@example.com', primary: true }]
  const plain = await make('address1', { emails })
  const known = (await trusted('POST', '/Users', newUser('address2', { emails }))).body
  const verified = async (id: string) =>
    (await callAdmin(server.url, { path: `/people/${id}` })).body.emailVerified
  assert.deepEqual([await verified(plain.id), await verified(known.id)], [false, true])
})

test('a token that verifies addresses needs the permission for it on each person', { timeout }, async () => {
  const policy = [
    { Effect: 'Allow', Action: 'chancery:*', Resource: '*' },
    { Effect: 'Deny', Action: 'chancery:VerifyPersonEmail', Resource: '*' },
  ]
  const directory = scimWith(
    server.url,
    await scimToken(server, 'unverifying', { verifiesEmail: true }, policy),
  )
  const emails = [{ value: 'mallory@example.com', primary: true }]
  const { id } = await make('victim')
  const replace = patch({ op: 'replace', path: 'emails', value: emails })
  const rows = [
    ['POST', '/Users', newUser('verified1', { emails }), 403],
    ['PUT', `/Users/${id}`, newUser('victim', { emails }), 403],
    ['PATCH', `/Users/${id}`, replace, 403],
    ['PATCH', `/Users/${id}`, patch({ op: 'replace', path: 'displayName', value: 'V' }), 200],
  ] as const
  for (const [method, path, body, status] of rows) {
    const answer = await directory(method, path, body)
    assert.equal(answer.status, status, `${method} ${path}`)
    if (status === 403) assert.match(answer.body.detail, /perform: chancery:VerifyPersonEmail on resource/)
  }
  assert.equal((await scim('GET', `/Users/${id}`)).body.emails, undefined)
  assert.equal((await scim('PATCH', `/Users/${id}`, replace)).status, 200)
})

test('a display name that is not well-formed Unicode is refused', { timeout }, async () => {
  const { id } = await make('well-formed')
  for (const displayName of ['\ud800', 'a\udc00', 'Bank\u202egro']) {
    const rows = [
      ['POST', '/Users', newUser('ill-formed', { displayName })],
      ['PUT', `/Users/${id}`, newUser('well-formed', { displayName })],
      ['PATCH', `/Users/${id}`, patch({ op: 'replace', path: 'displayName', value: displayName })],
      ['POST', '/Groups', newGroup(displayName)],
    ] as const
    for (const [method, path, body] of rows)
      assert.deepEqual(errorOf(await scim(method, path, body)), [400, 'invalidValue'], `${method} ${path}`)
  }
})

test('display names of groups that differ never share a name', { timeout }, async () => {
  const names = ['営業部', '人事部', 'Sales & Co', 'Sales + Co', 'Sales  Co', 'x'.repeat(200)]
  for (const name of names) {
    const { status, body } = await scim('POST', '/Groups', newGroup(name))
    assert.equal(status, 201, JSON.stringify(body))
    const found = await scim(
      'GET',
      `/Groups?filter=${encodeURIComponent(`displayName eq ${JSON.stringify(name)}`)}`,
    )
    assert.deepEqual([found.body.totalResults, found.body.Resources[0]?.id], [1, body.id], name)
  }
  assert.deepEqual(errorOf(await scim('POST', '/Groups', newGroup('営業部'))), [409, 'uniqueness'])
})

test('what clients read first is public and describes what is served', { timeout }, async () => {
  const read = async (path: string) => (await fetch(`${server.url}/scim/v2${path}`)).json()
  assert.partialDeepStrictEqual(await read('/ServiceProviderConfig'), {
    patch: { supported: true },
    bulk: { supported: false },
    etag: { supported: true },
  })
  const types = (await read('/ResourceTypes')) as { Resources: { id: string; schema: string }[] }
  assert.deepEqual(
    types.Resources.map(({ id }) => id),
    ['User', 'Group'],
  )
  for (const { id, schema } of types.Resources) {
    assert.partialDeepStrictEqual(await read(`/ResourceTypes/${id}`), { id })
    assert.partialDeepStrictEqual(await read(`/Schemas/${schema}`), { id: schema })
  }
})
