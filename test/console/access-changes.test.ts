// Policies are attached and groups joined from the page of the person, group or role too, after who gains and who loses was shown;
// and fields that ask for a name propose what there is.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { headingOf, textOf } from '../support/form-browser.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'

let server: Running
let me: Enrolled

const timeout = 60_000

const post = async (path: string, fields: Readonly<Record<string, string>>, action = path): Promise<void> => {
  const made = await me.browser.submit(await me.browser.open(path), fields, action)
  assert.equal(made.status, 200, textOf(made))
}

before(async () => {
  server = await startServer()
  me = await enrol(server)
  for (const name of ['ada', 'bob']) await post('/console/people/invite', { name })
  for (const name of ['readers', 'writers']) await post('/console/groups/new', { name })
  await post('/console/workloads/new/account', { role: 'deploy', kind: 'account' })
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'docs:GetDocument', Resource: 'arn:aws:docs:::documents/*' }],
  })
  await post('/console/access/new', { name: 'docs-read', description: '', document, do: 'save' })
})
after(() => server.stop())

const holders = [
  { what: 'person', page: '/console/people/ada/access', form: '/console/people/ada/policies' },
  { what: 'group', page: '/console/groups/writers', form: '/console/groups/writers/policies' },
  { what: 'role', page: '/console/workloads/deploy', form: '/console/workloads/deploy/policies' },
] as const

for (const { what, page, form } of holders)
  test(`a policy is attached on the page of a ${what} by its name, and detached there`, {
    timeout,
  }, async () => {
    const before = await me.browser.open(page)
    assert.match(before.text, /<option value="docs-read"/)
    const asked = await me.browser.submit(before, { policy: 'docs-read', do: 'attach' }, form)
    assert.match(textOf(asked), /Attach docs-read to the .*Gains This would be allowed, and was not/)
    assert.doesNotMatch((await me.browser.open(page)).text, /do=detach/)
    const attached = await me.browser.submit(asked, {}, form)
    assert.match(textOf(attached), /The policy is attached/)
    const link = new RegExp(`href="(${form}\\?policy=[^"]*do=detach)"`).exec(attached.text)?.[1] ?? ''
    const ask = await me.browser.open(link.replaceAll('&amp;', '&'))
    assert.match(textOf(ask), /Detach docs-read from the .*Loses This was allowed, and would not be/)
    const detached = await me.browser.submit(ask, {}, form)
    assert.match(textOf(detached), /The policy is detached/)
    assert.doesNotMatch(detached.text, /do=detach/)
  })

test('a name that no policy has is kept in the field, with what is wrong', { timeout }, async () => {
  for (const { page, form } of holders) {
    const wrong = await me.browser.send(
      await me.browser.open(page),
      { policy: 'no-such', do: 'attach' },
      form,
    )
    assert.equal(wrong.status, 422)
    assert.match(wrong.text, /name="policy" value="no-such"[^>]*aria-invalid="true"/)
    assert.match(textOf(wrong), /no-such/)
  }
})

test('who joins or leaves a group sees what they gain and lose before', { timeout }, async () => {
  const form = '/console/groups/readers/policies'
  const asked = await me.browser.submit(
    await me.browser.open('/console/groups/readers'),
    { policy: 'docs-read', do: 'attach' },
    form,
  )
  await me.browser.submit(asked, {}, form)
  for (const [page, path, fields] of [
    ['/console/people/ada/access', '/console/people/ada/join', { group: 'readers' }],
    ['/console/groups/readers', '/console/groups/readers/members', { person: 'bob' }],
  ] as const) {
    const name = page.includes('ada') ? 'ada' : 'bob'
    const review = await me.browser.submit(await me.browser.open(page), fields, path)
    assert.equal(headingOf(review), `Add ${name} to the group readers?`)
    assert.match(textOf(review), /Gains This would be allowed, and was not:? ?docs:GetDocument/)
    assert.doesNotMatch(
      (await me.browser.open('/console/groups/readers')).text,
      new RegExp(`/people/${name}/groups`),
    )
    assert.match(textOf(await me.browser.submit(review, {}, path)), /They are in the group/)
  }
  const leave = '/console/people/ada/groups/readers/leave'
  const ask = await me.browser.open(leave)
  assert.match(
    textOf(ask),
    /Remove ada from the group readers\?.*Loses This was allowed, and would not be:? ?docs:GetDocument/,
  )
  assert.match(textOf(await me.browser.submit(ask, {}, leave)), /They are no longer in the group/)
  const nobody = await me.browser.send(
    await me.browser.open('/console/people/ada/access'),
    { group: 'no-such' },
    '/console/people/ada/join',
  )
  assert.equal(nobody.status, 422)
  assert.match(nobody.text, /name="group" value="no-such"/)
})

test('nothing is changed by a form of another site, or by an address', { timeout }, async () => {
  for (const { form } of holders) {
    const forged = await me.browser.post(form, {
      policy: 'docs-read',
      do: 'attach',
      reviewed: 'not compared',
    })
    assert.equal(forged.status, 403, form)
    await me.browser.open(`${form}?policy=docs-read&do=attach&reviewed=not+compared`)
  }
  assert.equal((await me.browser.post('/console/people/bob/join', { group: 'writers' })).status, 403)
  for (const { page } of holders) assert.doesNotMatch((await me.browser.open(page)).text, /do=detach/, page)
})

const account = (): string => server.accountId

const proposals: readonly (readonly [of: string, typed: string, value: () => string])[] = [
  ['user', 'ad', () => 'ada'],
  ['group', 'READ', () => 'readers'],
  ['role', 'dep', () => 'deploy'],
  ['policy', 'docs', () => 'docs-read'],
  ['policy', 'Adminis', () => 'AdministratorAccess'],
  ['principal', 'dep', () => `arn:aws:iam::${account()}:role/deploy`],
  ['principal', 'arn:aws:iam::123456789012:user/ad', () => `arn:aws:iam::${account()}:user/ada`],
  ['arn', 'docs', () => `arn:aws:iam::${account()}:policy/docs-read`],
  ['action', 'docs:', () => 'docs:GetDocument'],
  ['action', 'iam:createu', () => 'iam:CreateUser'],
  ['action', 'InvitePer', () => 'chancery:InvitePerson'],
  ['resource', 'arn:aws:docs', () => 'arn:aws:docs:::documents/*'],
  ['zone', '', () => 'Europe/Berlin'],
  ['language', '', () => 'de-CH'],
]

for (const [of, typed, value] of proposals)
  test(`\`${typed}\` is completed to a name of kind ${of}`, { timeout }, async () => {
    const page = await me.browser.open(`/console/suggest?of=${of}&q=${encodeURIComponent(typed)}`)
    assert.match(page.headers.get('content-type') ?? '', /^application\/json/)
    const values = (JSON.parse(page.text) as { value: string }[]).map((one) => one.value)
    assert.ok(values.includes(value()), values.join(' '))
  })

test('kinds that there are not, and text that no name begins with, propose nothing', {
  timeout,
}, async () => {
  assert.equal((await me.browser.open('/console/suggest?of=constructor&q=')).status, 404)
  for (const typed of ['zzz', `"'><script>`, 'x'.repeat(300), '%00'])
    for (const kind of ['user', 'group', 'role', 'policy', 'arn', 'action', 'resource']) {
      const page = await me.browser.open(`/console/suggest?of=${kind}&q=${encodeURIComponent(typed)}`)
      assert.deepEqual([page.status, page.text], [200, '[]'], `${kind} ${typed}`)
    }
})
