// Tests kept with a policy, over HTTP and without JavaScript: a failing test blocks saving in the console, whatever is sent.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { CreatePolicyVersionCommand, GetPolicyCommand, type IAMClient } from '@aws-sdk/client-iam'
import fc from 'fast-check'
import { callAdmin, iamOf, userWith } from '../admin/call.ts'
import { problemOf, type Seen, readableText as textOf } from '../support/form-browser.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'

let server: Running
let me: Enrolled
let iam: IAMClient

const timeout = 60_000
before(
  async () => {
    server = await startServer()
    me = await enrol(server)
    iam = iamOf(server)
  },
  { timeout },
)
after(async () => {
  iam?.destroy()
  await server?.stop()
})

const arnOf = (name: string): string => `arn:aws:iam::${server.accountId}:policy/${name}`
const editPath = (name: string): string => `/console/access/edit?arn=${encodeURIComponent(arnOf(name))}`
const policyPage = (name: string): Promise<Seen> =>
  me.browser.open(`/console/access/policy?arn=${encodeURIComponent(arnOf(name))}`)

const documentOf = (...actions: readonly string[]): string =>
  JSON.stringify(
    {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: actions, Resource: 'arn:aws:docs:::documents/*' }],
    },
    null,
    2,
  )
const mayGet = { action: 'docs:Get', resource: 'arn:aws:docs:::documents/1', expect: 'allow' }
const mayNotPut = { ...mayGet, action: 'docs:Put', expect: 'deny' }

const send = (page: Seen, fields: Readonly<Record<string, string>>, to = '/console/access/edit') =>
  me.browser.send(page, fields, to)
const submit = (page: Seen, fields: Readonly<Record<string, string>>, to = '/console/access/edit') =>
  me.browser.submit(page, fields, to)

/** Creates it in the console with two tests. */
async function make(name: string): Promise<void> {
  const form = await me.browser.open('/console/access/new')
  const fields = {
    name,
    document: documentOf('docs:Get'),
    tests: JSON.stringify([mayGet, mayNotPut]),
    do: 'save',
  }
  assert.match(textOf(await submit(form, fields, '/console/access/new')), /All 2 tests pass/)
}

const testsOf = (name: string) => callAdmin(server.url, { path: `/policies/${name}/tests` })

test('a question is kept as a test, edited and removed, and nothing is stored before Save', {
  timeout,
}, async () => {
  const form = await me.browser.open('/console/access/new')
  const to = '/console/access/new'
  const ask = { 'ask-action': 'docs:Get', 'ask-resource': 'arn:aws:docs:::documents/1' }
  const document = documentOf('docs:Get')
  const kept = { name: 'kept', document }
  const wrong = await send(
    form,
    { name: 'kept', document, ...ask, 'ask-action': 'docs:*', do: 'keep-allow' },
    to,
  )
  assert.equal(wrong.status, 422)
  assert.match(textOf(wrong), /Action must have the form `? ?service:Action/)
  assert.match(wrong.text, /name="ask-action" value="docs:\*"/)
  const one = await send(
    form,
    { name: 'kept', document, ...ask, 'ask-context': 'aws:SourceIp=192.0.2.7', do: 'keep-allow' },
    to,
  )
  assert.match(textOf(one), /Passes docs:Get on .* with aws:SourceIp = 192\.0\.2\.7 is allowed/)
  const two = await send(
    one,
    {
      name: 'kept',
      document,
      ...ask,
      'ask-action': 'docs:Put',
      'ask-principal': arnOf('x').replace('policy', 'user'),
      do: 'keep-allow',
    },
    to,
  )
  assert.match(textOf(two), /1 of 2 tests fail.*Fails docs:Put on/)
  assert.match(
    textOf(two),
    /Denied docs:Put on arn:aws:docs:::documents\/1/,
    'the decision about the failing test',
  )
  const refused = await send(two, { ...kept, do: 'save' }, to)
  assert.equal(refused.status, 422)
  assert.match(
    problemOf(refused) ?? '',
    /1 of 2 tests fail: change the document, or change or remove the test/,
  )
  assert.equal((await testsOf('kept')).status, 404)
  const edit = await send(refused, { ...kept, do: 'edit-1' }, to)
  assert.match(edit.text, /name="ask-action" value="docs:Put"/)
  assert.match(textOf(edit), /Put it back as test 2/)
  const put = await send(edit, { ...kept, ...ask, 'ask-action': 'docs:Put', do: 'keep-deny' }, to)
  assert.match(textOf(put), /All 2 tests pass/)
  const less = await send(put, { ...kept, do: 'remove-0' }, to)
  assert.match(textOf(less), /The test passes/)
  assert.match(
    textOf(await submit(less, { ...kept, do: 'save' }, to)),
    /The policy was created.*docs:Put on .* is denied/,
  )
  assert.equal((await testsOf('kept')).body.tests.length, 1)
})

test('a document that fails a test is not saved; with the test changed it is', { timeout }, async () => {
  await make('guarded')
  const editor = await me.browser.open(editPath('guarded'))
  const wider = documentOf('docs:*')
  const refused = await send(editor, { document: wider, do: 'save' })
  assert.equal(refused.status, 422)
  assert.match(textOf(refused), /1 of 2 tests fail.*Allowed docs:Put/)
  assert.ok(refused.text.includes('docs:*'), 'what was typed is kept')
  assert.match(textOf(await policyPage('guarded')), /v1.*In force/)
  const changed = await send(refused, { document: wider, do: 'remove-1' })
  assert.match(
    textOf(await submit(changed, { document: wider, do: 'save' })),
    /The policy was saved.*The test passes/,
  )
  const { body } = await testsOf('guarded')
  assert.deepEqual([body.inForce, body.tests, body.failing], ['v2', [mayGet], 0])
})

test('whatever document and tests are sent, what is saved passes its tests', { timeout }, async () => {
  await make('property')
  const verb = fc.constantFrom('Get', 'Put', 'List')
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(verb, { minLength: 1 }),
      fc.array(fc.record({ verb, expect: fc.constantFrom('allow', 'deny') }), { maxLength: 4 }),
      async (allowed, expected) => {
        const tests = expected.map(({ verb: name, expect }) => ({
          ...mayGet,
          action: `docs:${name}`,
          expect,
        }))
        const passes = expected.every((one) => allowed.includes(one.verb) === (one.expect === 'allow'))
        const document = documentOf(...allowed.map((name) => `docs:${name}`))
        const fields = { document, tests: JSON.stringify(tests), do: 'save' }
        const first = await send(await me.browser.open(editPath('property')), fields)
        // Who gains and who loses is shown first.
        const { status } = first.status === 200 ? await send(first, fields) : first
        assert.equal(status, passes ? 303 : 422)
        const { body } = await testsOf('property')
        assert.equal(body.failing, 0)
        if (passes) assert.deepEqual(body.tests, tests)
      },
    ),
    { numRuns: 12 },
  )
})

test('two tabs: what was saved meanwhile is not overwritten, and what was typed is kept', {
  timeout,
}, async () => {
  await make('two-tabs')
  const [first, second] = [
    await me.browser.open(editPath('two-tabs')),
    await me.browser.open(editPath('two-tabs')),
  ]
  await submit(first, { do: 'save', document: documentOf('docs:Get'), tests: JSON.stringify([mayGet]) })
  const late = await send(second, { do: 'save', document: documentOf('docs:Get', 'docs:List') })
  assert.equal(late.status, 412)
  assert.ok(late.text.includes('docs:List'))
  assert.match(problemOf(late) ?? '', /Somebody changed the policy or its tests/)
  assert.deepEqual((await testsOf('two-tabs')).body.tests, [mayGet])
  for (const tests of ['nonsense', '[{}]', '{"tests":1}', '[['.repeat(5000)]) {
    const broken = await send(second, { do: 'save', tests })
    assert.equal(broken.status, 400, tests.slice(0, 20))
  }
})

test('the wire changes a policy whose tests fail then, and its page says so', { timeout }, async () => {
  await make('wired')
  await iam.send(
    new CreatePolicyVersionCommand({
      PolicyArn: arnOf('wired'),
      PolicyDocument: documentOf('docs:*'),
      SetAsDefault: true,
    }),
  )
  const page = await policyPage('wired')
  assert.match(textOf(page), /1 of 2 tests fail\. .*Tests fail: what is in force was not saved here/)
  assert.deepEqual((await testsOf('wired')).body.results, [
    { passes: true, effect: 'allow' },
    { passes: false, effect: 'allow' },
  ])
  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn: arnOf('wired') }))
  assert.equal(Policy !== undefined && 'Tests' in Policy, false)
})

test('tests are read and replaced by the admin API, with ETag, and by those who may', {
  timeout,
}, async () => {
  await make('api')
  const path = `/policies/${encodeURIComponent(arnOf('api'))}/tests`
  const read = await callAdmin(server.url, { path })
  assert.deepEqual(read.body.tests, [mayGet, mayNotPut])
  const etag = { 'if-match': read.headers.get('etag') ?? '' }
  const put = (body: unknown, headers = {}) => callAdmin(server.url, { method: 'PUT', path, body, headers })
  const failing = { ...mayGet, expect: 'deny' }
  const changed = await put({ tests: [failing] }, etag)
  assert.deepEqual([changed.status, changed.body.failing], [200, 1])
  assert.equal((await put({ tests: [] }, etag)).status, 412)
  const wrong = await put({ tests: [mayGet, { ...mayGet, action: 'docs:*' }] })
  assert.deepEqual([wrong.status, wrong.body.errors?.[0]?.field], [400, 'tests.1.action'])
  const reader = await userWith(iam, 'reader', [
    { Effect: 'Allow', Action: 'chancery:GetPolicyTests', Resource: '*' },
  ])
  assert.equal((await callAdmin(server.url, { path, credentials: reader })).status, 200)
  const refused = await callAdmin(server.url, {
    method: 'PUT',
    path,
    body: { tests: [] },
    credentials: reader,
  })
  assert.deepEqual([refused.status, refused.body.code], [403, 'denied'])
  const builtIn = encodeURIComponent('arn:aws:iam::aws:policy/AdministratorAccess')
  assert.equal((await callAdmin(server.url, { path: `/policies/${builtIn}/tests` })).status, 404)
})
