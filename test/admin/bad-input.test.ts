// What no client should send, to the admin API and to SCIM: each request is refused with the field or the place, and none by a fault of ours.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Running, startServer } from '../support/server.ts'
import { callAdmin } from './call.ts'
import { groupUrn, patchUrn, type Scim, scimToken, scimWith, userUrn } from './scim/client.ts'

const timeout = 120_000
let server: Running
let scim: Scim
before(
  async () => {
    server = await startServer()
    scim = scimWith(server.url, await scimToken(server, 'directory'))
    for (const name of ['first', 'second']) {
      const made = await callAdmin(server.url, { method: 'POST', path: '/people', body: { name } })
      assert.equal(made.status, 201)
    }
  },
  { timeout },
)
after(() => server.stop())

const nested = (open: string, close: string, depth: number) => `${open.repeat(depth)}1${close.repeat(depth)}`
const deepObject = nested('{"a":', '}', 4000)
const deepList = nested('[', ']', 20_000)
const noForm = 'nothing at this address'

type Row = readonly [
  what: string,
  method: string,
  path: string,
  body: unknown,
  status: number,
  says: RegExp,
  headers?: Readonly<Record<string, string>>,
]

const ofAdmin: readonly Row[] = [
  ['a repeated key', 'POST', '/people', '{"name":"x","name":"y"}', 400, /repeats a key/],
  [
    'null where nothing can be removed',
    'POST',
    '/people',
    { name: 'x', displayName: null },
    400,
    /`displayName` must be a string/,
  ],
  [
    'a boolean as text',
    'POST',
    '/people',
    { name: 'x', emailVerified: 'true' },
    400,
    /`emailVerified` must be true or false/,
  ],
  ['a number for a name', 'POST', '/people', { name: 7 }, 400, /`name` must be a string/],
  ['text for a list', 'POST', '/people', { name: 'x', groups: 'staff' }, 400, /`groups` must be an array/],
  [
    'a list of thousands',
    'POST',
    '/people',
    { name: 'x', groups: Array(5000).fill('g') },
    400,
    /`groups` must have at most 10 items/,
  ],
  [
    'the prototype as an attribute',
    'POST',
    '/people',
    '{"name":"x","attributes":{"__proto__":"y"}}',
    400,
    /`attributes.__proto__` is not known/,
  ],
  [
    'the prototype as a member',
    'POST',
    '/people',
    '{"__proto__":{"name":"x"}}',
    400,
    /`name` is required; `__proto__` is not known/,
  ],
  [
    'objects in objects',
    'POST',
    '/people',
    `{"name":"x","attributes":${deepObject}}`,
    400,
    /nested deeper than 32/,
  ],
  ['lists in lists', 'POST', '/people', deepList, 400, /nested deeper than 32/],
  [
    'a name in letters that look like others',
    'POST',
    '/people',
    { name: '\uff41dmin' },
    400,
    /`name` must be 1 to 64 of/,
  ],
  ['a name in another case', 'POST', '/people', { name: 'FIRST' }, 409, /the name `FIRST` is taken/],
  [
    'a display name that turns the text',
    'POST',
    '/people',
    { name: 'x', displayName: 'a\u202eb' },
    400,
    /`displayName` must be one line/,
  ],
  [
    'a blank display name',
    'POST',
    '/people',
    { name: 'x', displayName: ' \u00a0 ' },
    400,
    /`displayName` must not be blank/,
  ],
  [
    'an address with a dotless i',
    'POST',
    '/people',
    { name: 'x', email: 'v\u0131ctim@example.com' },
    400,
    /`email` must be an e-mail address/,
  ],
  [
    'an address of thousands',
    'POST',
    '/people',
    { name: 'x', email: `${'a'.repeat(5000)}@example.com` },
    400,
    /at most 254 characters/,
  ],
  [
    'an address that no mail server takes',
    'POST',
    '/people',
    { name: 'x', email: `${'a'.repeat(65)}@example.com` },
    400,
    /`email` must have at most 64 characters before the @/,
  ],
  [
    'an empty secret',
    'POST',
    '/identity-providers',
    {
      kind: 'openid',
      name: 'corp',
      url: 'https://corp.example',
      sign_in: { title: 'Corp', client_id: 'us', client_secret: '' },
    },
    400,
    /`sign_in\.client_secret` must not be empty/,
  ],
  [
    'groups of which there are none',
    'POST',
    '/clients',
    { redirect_uris: ['https://wiki.example/cb'], access: 'groups', access_groups: [] },
    400,
    /`access_groups` must have at least one item/,
  ],
  ['another’s name', 'PATCH', '/people/first', { name: 'second' }, 409, /the name `second` is taken/],
  [
    'a stale version',
    'PATCH',
    '/people/first',
    { displayName: 'x' },
    412,
    /read it again/,
    { 'if-match': '"stale"' },
  ],
  [
    'a version without quotes',
    'PATCH',
    '/people/first',
    { displayName: 'x' },
    400,
    /ETag in quotes/,
    { 'if-match': 'stale' },
  ],
  ['a list for an object', 'PATCH', '/people/first', '[]', 400, /must be a JSON object/],
  [
    'a group that there is not',
    'PATCH',
    '/people/first',
    { groups: ['nowhere'] },
    400,
    /there is no group `nowhere`/,
  ],
  [
    'the id of another account’s person',
    'GET',
    '/people/AIDAFOREIGN0000000000',
    undefined,
    404,
    /no person `AIDAFOREIGN0000000000` in account \d{12}/,
  ],
  ['a number with an exponent', 'GET', '/people?limit=1e2', undefined, 400, /`limit` must be a number/],
  ['a parameter twice', 'GET', '/people?limit=5&limit=6', undefined, 400, /`limit` stands twice/],
  ['a parameter that is no UTF-8', 'GET', '/people?search=%ff', undefined, 400, /not valid UTF-8/],
  ['a made-up cursor', 'GET', '/people?cursor=AA.AA', undefined, 400, /`cursor` must be/],
  ['NUL in a path', 'GET', '/people/%00', undefined, 404, new RegExp(noForm)],
  [
    'a month too many',
    'GET',
    '/audit?from=2026-13-01T00:00:00Z',
    undefined,
    400,
    /`from` must be an instant/,
  ],
  [
    'a number as text',
    'PATCH',
    '/settings',
    { passwordMinimumLength: '12' },
    400,
    /`passwordMinimumLength` must be/,
  ],
  [
    'part of a number',
    'PATCH',
    '/settings',
    { passwordMinimumLength: 12.5 },
    400,
    /`passwordMinimumLength` must be/,
  ],
  [
    'a number beyond all',
    'PATCH',
    '/settings',
    '{"passwordMinimumLength":1e400}',
    400,
    /`passwordMinimumLength` must be/,
  ],
  ['rows that are none', 'POST', '/people/import', { rows: [null] }, 400, /`rows.0` must be an object/],
  [
    'a scope of the prototype',
    'POST',
    '/revocations',
    { scope: 'constructor', value: 'x' },
    400,
    /`scope` must be one of/,
  ],
  [
    'a name for an id',
    'POST',
    '/revocations',
    { scope: 'user', value: 'first' },
    400,
    /`chancery people get` shows the id/,
  ],
]

for (const [what, method, path, body, status, says, headers] of ofAdmin)
  test(`the admin API refuses ${what}: ${method} ${path}`, { timeout }, async () => {
    const answer = await callAdmin(server.url, { method, path, body, ...(headers && { headers }) })
    assert.deepEqual([answer.status, answer.body.status], [status, status], JSON.stringify(answer.body))
    assert.match(answer.body.detail, says)
  })

const filter = (text: string) => `/Users?filter=${encodeURIComponent(text)}`
const newUser = (more: object) => ({ schemas: [userUrn], userName: 'ugly', ...more })
const operations = (many: number) => ({
  schemas: [patchUrn],
  Operations: Array(many).fill({ op: 'add', path: 'displayName', value: 'x' }),
})

const ofScim: readonly Row[] = [
  [
    'brackets in brackets',
    'GET',
    filter(`${'('.repeat(500)}userName pr${')'.repeat(500)}`),
    undefined,
    400,
    /nested deeper than 20/,
  ],
  [
    'a filter of many parts',
    'GET',
    filter(Array(60).fill('userName eq "a"').join(' or ')),
    undefined,
    400,
    /more than 50 comparisons/,
  ],
  [
    'a filter of thousands',
    'GET',
    filter(`userName eq "${'a'.repeat(5000)}"`),
    undefined,
    400,
    /longer than 4096/,
  ],
  ['a number for text', 'GET', filter('userName eq 7'), undefined, 400, /compared with text/],
  ['a filter that stops', 'GET', filter('userName eq "a" and'), undefined, 400, /character 17/],
  ['quotes of another language', 'GET', filter("userName eq 'a'"), undefined, 400, /a string in quotes/],
  [
    'an instant in words',
    'GET',
    filter('meta.lastModified gt "yesterday"'),
    undefined,
    400,
    /an instant as in RFC 3339/,
  ],
  ['an attribute without its part', 'GET', filter('meta eq "x"'), undefined, 400, /needs one of its parts/],
  [
    'a number that is too long',
    'GET',
    '/Users?startIndex=99999999999999999999',
    undefined,
    400,
    /must be a whole number/,
  ],
  ['part of a number', 'GET', '/Users?startIndex=1.5', undefined, 400, /must be a whole number/],
  ['a cursor of nobody', 'GET', '/Users?cursor=x', undefined, 400, /`cursor` must be of the page before/],
  [
    'objects in objects',
    'POST',
    '/Users',
    `{"schemas":["${userUrn}"],"userName":"x","name":${deepObject}}`,
    400,
    /nested deeper than 32/,
  ],
  [
    'the prototype as an attribute',
    'POST',
    '/Users',
    `{"schemas":["${userUrn}"],"userName":"x","__proto__":{"active":false}}`,
    400,
    /`__proto__` is not an attribute/,
  ],
  [
    'text for the list of schemas',
    'POST',
    '/Users',
    newUser({ schemas: userUrn }),
    400,
    /`schemas` must contain/,
  ],
  [
    'a list in a list',
    'POST',
    '/Users',
    newUser({ emails: [[{ value: 'a@example.com' }]] }),
    400,
    /`emails` must be an object/,
  ],
  ['a time zone of another planet', 'POST', '/Users', newUser({ timezone: 'Mars/Base' }), 400, /timeZone/],
  [
    'an external id of hundreds',
    'POST',
    '/Users',
    newUser({ externalId: 'x'.repeat(300) }),
    400,
    /at most 256 characters/,
  ],
  ['thousands of operations', 'PATCH', '/Users/x', operations(2000), 400, /at most 1000/],
  [
    'a change of who is not there',
    'PATCH',
    '/Users/AIDAFOREIGN0000000000',
    operations(1),
    404,
    /no User with the id `AIDAFOREIGN0000000000` in account \d{12}/,
  ],
  [
    'a blank name of a group',
    'POST',
    '/Groups',
    { schemas: [groupUrn], displayName: '   ' },
    400,
    /must not be blank/,
  ],
  [
    'a group of nobody',
    'POST',
    '/Groups',
    { schemas: [groupUrn], displayName: 'g', members: [{ value: 'AIDAFOREIGN0000000000' }] },
    400,
    /no User `AIDAFOREIGN/,
  ],
  [
    'an entity tag that does not end',
    'DELETE',
    '/Groups/x',
    undefined,
    400,
    /entity tags must be in quotes/,
    { 'if-match': 'W/"x' },
  ],
]

for (const [what, method, path, body, status, says, headers] of ofScim)
  test(`SCIM refuses ${what}: ${method} ${path.slice(0, 60)}`, { timeout }, async () => {
    const answer = await scim(method, path, body, headers)
    assert.deepEqual(
      [answer.status, answer.body.status],
      [status, String(status)],
      JSON.stringify(answer.body),
    )
    assert.match(answer.body.detail, says)
  })

test('what a client sends and does not own is not taken: id, times and version', { timeout }, async () => {
  const long = '1970-01-01T00:00:00Z'
  const body = newUser({
    userName: 'own',
    id: 'AIDAMINE',
    meta: { created: long, lastModified: long, version: 'W/"x"' },
  })
  const made = await scim('POST', '/Users', body)
  assert.equal(made.status, 201)
  assert.notEqual(made.body.id, 'AIDAMINE')
  assert.ok(Date.parse(made.body.meta.lastModified) > Date.parse(long))
  assert.notEqual(made.body.meta.version, 'W/"x"')
})

test('the audit trail is read from any year to any year', { timeout }, async () => {
  const read = async (query: string) => {
    const { status, body } = await callAdmin(server.url, { path: `/audit?limit=1&${query}` })
    assert.equal(status, 200, query)
    return body.items.length
  }
  for (const year of ['0000', '1969', '1970', '1999', '2000'])
    for (const order of ['newest', 'oldest'])
      assert.equal(await read(`order=${order}&from=${year}-06-01T00:00:00Z`), 1, `from ${year}, ${order}`)
  assert.equal(await read('order=newest&to=9999-12-31T23:59:59Z'), 1)
  for (const query of ['from=9999-12-31T23:59:59Z', 'to=1999-06-01T00:00:00Z', 'to=0000-06-01T00:00:00Z'])
    for (const order of ['newest', 'oldest']) assert.equal(await read(`order=${order}&${query}`), 0, query)
})
