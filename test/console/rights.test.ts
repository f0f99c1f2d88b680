// What a person with some rights sees in the console, and that nothing of another account is in reach; every command that a page
// shows is one of the command line.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Command } from 'commander'
import { commandLine } from '../../src/cli/program.ts'
import {
  csrfOf,
  type FormBrowser,
  formBrowser,
  formsOf,
  headingOf,
  type Seen,
  textOf,
} from '../support/form-browser.ts'
import { changeAttachment } from '../support/pages/attach-policy.ts'
import { authenticator, type Enrolled, enrol } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'

let server: Running
let me: Enrolled
/** May list and read people, and nothing else. */
let helper: FormBrowser

const timeout = 60_000
const password = 'staple battery wonder'

before(async () => {
  server = await startServer()
  me = await enrol(server)
  const submit = async (path: string, fields: Readonly<Record<string, string>>, action = path) => {
    const page = await me.browser.submit(await me.browser.open(path), fields, action)
    assert.equal(page.status, 200, textOf(page))
    return page
  }
  const invited = await submit('/console/people/invite', { name: 'helper' })
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Sid: 'Read', Effect: 'Allow', Action: ['chancery:ListPeople', 'chancery:GetPerson*'], Resource: '*' },
      { Sid: 'NoEnds', Effect: 'Deny', Action: 'chancery:DisablePerson', Resource: '*' },
    ],
  })
  await submit('/console/access/new', { name: 'helpers', description: '', document, do: 'save' })
  const policy = `/console/access/policy?arn=${encodeURIComponent(`arn:aws:iam::${server.accountId}:policy/helpers`)}`
  await changeAttachment(me.browser, policy, { kind: 'user', name: 'helper', do: 'attach' })
  helper = formBrowser(server.url)
  const link = /\/sign-in\/link\?token=[\w-]+/.exec(invited.text)?.[0] ?? ''
  const enrolment = await helper.submit(
    await helper.open(link),
    { password, again: password },
    '/sign-in/link',
  )
  const seed = /secret=([A-Z2-7]+)/.exec(enrolment.text)?.[1] ?? ''
  await helper.submit(await helper.send(enrolment, { code: await authenticator(seed)() }), {})
})
after(() => server.stop())

test('what a person may not do is shown as such, with the statement that denies it', {
  timeout,
}, async () => {
  assert.match((await helper.open('/account')).text, /href="\/console"/)
  const page = await helper.open('/console/people/admin/sign-in')
  assert.equal(page.status, 200)
  assert.doesNotMatch(page.text, /href="[^"]*\/disable"/)
  assert.match(textOf(page), /You may not do chancery:DisablePerson: denied by statement NoEnds/)
  assert.match(
    textOf(page),
    /You may not do chancery:SignOutPerson: denied because the caller(?:&#39;|')s identity policies/,
  )
  const denied = [...page.text.matchAll(/href="\/console\/(\w+)" class="denied"/g)].map(([, name]) => name)
  assert.deepEqual(denied, ['apps', 'access', 'workloads', 'providers', 'activity', 'settings'])
})

test('what is shown as denied is refused, with the decision of each layer', { timeout }, async () => {
  const page = await helper.open('/console/people/admin')
  const csrf = csrfOf(page)
  const refused = await helper.post('/console/people/admin/disable', { csrf })
  assert.equal(refused.status, 403)
  for (const path of ['/console/access/new', '/console/workloads/reader/trust']) {
    const checked = await helper.post(path, { csrf, do: 'check', document: '{}' })
    assert.equal(checked.status, 403, path)
  }
  const section = await helper.open('/console/apps')
  assert.equal(headingOf(section), 'You may not do this')
  assert.match(section.text, /<li class="decides">/)
  assert.match(textOf(await me.browser.open('/console/people/admin')), /Enabled/)
})

test('whoever may not list something gets no proposals of it, and may not attach or join', {
  timeout,
}, async () => {
  const proposed = async (of: string) => {
    const page = await helper.open(`/console/suggest?of=${of}&q=`)
    return page.status === 200 ? (JSON.parse(page.text) as readonly unknown[]).length : page.status
  }
  assert.deepEqual(
    await Promise.all(['group', 'role', 'policy', 'action', 'resource'].map(proposed)),
    [0, 0, 0, 0, 0],
  )
  assert.ok(Number(await proposed('user')) > 0)
  const page = await helper.open('/console/people/helper/access')
  assert.doesNotMatch(page.text, /name="policy"|name="group"/)
  const csrf = csrfOf(page)
  for (const [path, fields] of [
    ['/console/people/helper/policies', { policy: 'AdministratorAccess', do: 'attach' }],
    ['/console/groups/readers/policies', { policy: 'AdministratorAccess', do: 'attach' }],
    ['/console/people/helper/join', { group: 'admins' }],
  ] as const) {
    const refused = await helper.post(path, { csrf, reviewed: 'not compared', ...fields })
    assert.ok([403, 404, 422].includes(refused.status), `${path}: ${refused.status}`)
  }
  const now = await me.browser.open('/console/people/helper/access')
  assert.doesNotMatch(textOf(now), /AdministratorAccess Detach/)
})

/** The path of a link, by its text. */
const linkNamed = (page: Seen, label: string): string =>
  new RegExp(`href="([^"]+)">${label}</a>`).exec(page.text)?.[1]?.replaceAll('&amp;', '&') ?? ''

const documentOf = (page: Seen): string =>
  (/<textarea[^>]*name="document"[^>]*>\n?([\s\S]*?)<\/textarea>/.exec(page.text)?.[1] ?? '').replaceAll(
    '&quot;',
    '"',
  )

async function explained(path: string): Promise<Seen> {
  const refused = await helper.open(path)
  const reference = /Reference <code[^>]*>([^<]+)/.exec(refused.text)?.[1] ?? ''
  return me.browser.open(`/console/access/explain?reference=${reference}`)
}

test('a refusal leads to the editor with the statement that was missing, which is reviewed before it is saved', {
  timeout,
}, async () => {
  const page = await explained('/console/groups')
  assert.doesNotMatch(textOf(page), /is not authorized to perform/)
  assert.equal(textOf(page).match(/identity policies/gi)?.length, 1)
  const editor = await me.browser.open(linkNamed(page, 'Allow it in helpers'))
  assert.match(textOf(editor), /filled in from what helper was refused.*Nothing is saved yet/)
  assert.match(textOf(editor), /Gains This would be allowed, and was not:.*chancery:ListGroups/)
  assert.equal((await helper.open('/console/groups')).status, 403)
  const document = documentOf(editor)
  assert.match(document, /chancery:GetPerson\*[\s\S]*NoEnds[\s\S]*chancery:ListGroups/)
  const asked = await me.browser.submit(editor, { document, do: 'save' }, '/console/access/edit')
  assert.match(textOf(asked), /The policy was saved/)
  assert.equal((await helper.open('/console/groups')).status, 200)
})

test('a refusal leads to a new policy, which is then attached to whom was refused', { timeout }, async () => {
  const page = await explained('/console/settings')
  const editor = await me.browser.open(linkNamed(page, 'Allow it in a new policy'))
  assert.match(textOf(editor), /Allows chancery:GetSettings on/)
  const made = await me.browser.submit(
    editor,
    { name: 'settings-read', document: documentOf(editor), do: 'save' },
    '/console/access/new',
  )
  assert.equal(headingOf(made), 'Attach settings-read to the person helper?')
  assert.equal((await helper.open('/console/settings')).status, 403)
  await me.browser.submit(made, {}, '/console/access/attach')
  assert.equal((await helper.open('/console/settings')).status, 200)
})

test('a Deny leads to the policy that has it, and nobody else fills in the editor', { timeout }, async () => {
  const csrf = csrfOf(await helper.open('/console/people/admin'))
  const refused = await helper.post('/console/people/admin/disable', { csrf })
  const reference = /Reference <code[^>]*>([^<]+)/.exec(refused.text)?.[1] ?? ''
  const page = await me.browser.open(`/console/access/explain?reference=${reference}`)
  assert.match(linkNamed(page, 'Change helpers'), /\/access\/edit\?arn=[^&]*$/)
  assert.equal(linkNamed(page, 'Allow it in helpers'), '')
  const editing = `/console/access/edit?arn=${encodeURIComponent(`arn:aws:iam::${server.accountId}:policy/helpers`)}`
  assert.equal((await me.browser.open(`${editing}&entry=00000000000000000000000000`)).status, 404)
  assert.equal(
    (await helper.open(linkNamed(await explained('/console/workloads'), 'Allow it in helpers'))).status,
    403,
  )
})

test('a person without any right is not led to the console', { timeout }, async () => {
  const invited = await me.browser.send(
    await me.browser.open('/console/people/invite'),
    { name: 'nobody' },
    '/console/people/invite',
  )
  const link = /\/sign-in\/link\?token=[\w-]+/.exec(invited.text)?.[0] ?? ''
  const browser = formBrowser(server.url)
  const enrolment = await browser.submit(
    await browser.open(link),
    { password, again: password },
    '/sign-in/link',
  )
  const seed = /secret=([A-Z2-7]+)/.exec(enrolment.text)?.[1] ?? ''
  const home = await browser.submit(await browser.send(enrolment, { code: await authenticator(seed)() }), {})
  assert.equal(headingOf(home), 'nobody')
  assert.doesNotMatch(home.text, /href="\/console"/)
  const page = await browser.open('/console')
  assert.equal(page.status, 403)
  assert.equal(headingOf(page), 'No rights in the console')
  assert.match(page.text, /href="\/account"/)
  assert.doesNotMatch(textOf(page), /First steps|Nothing was refused/)
})

test('nothing of another account is in reach', { timeout }, async () => {
  const other = '210987654321'
  for (const path of [
    `/access/policy?arn=arn:aws:iam::${other}:policy/theirs`,
    `/access/edit?arn=arn:aws:iam::${other}:policy/theirs`,
    `/providers/one?arn=arn:aws:iam::${other}:oidc-provider/ci.example`,
    '/activity/00000000000000000000000000',
    '/people/AIDAABCDEFGHIJKLMNOP',
    '/groups/theirs',
    '/apps/theirs',
    '/workloads/theirs',
  ]) {
    const page = await me.browser.open(`/console${path}`)
    assert.ok([400, 403, 404].includes(page.status), `${path}: ${page.status}`)
    assert.doesNotMatch(textOf(page), /cannot read|undefined/i, path)
  }
  const asked = await me.browser.open(
    `/console/access/ask?principal=arn:aws:iam::${other}:user/theirs&action=docs:Get&resource=*`,
  )
  assert.equal(asked.status, 422)
})

test('every form without its token, and every form of another site, is refused', { timeout }, async () => {
  const forms = new Map<string, Seen>()
  for (const path of [
    '/people/invite',
    '/people/invite/many',
    '/people/helper',
    '/people/helper/disable',
    '/people/helper/access-keys/AKIAEXAMPLE/deactivate',
    '/people/helper/link',
    '/people/helper/access',
    '/groups/new',
    '/apps/new?kind=grafana',
    '/access/new',
    '/workloads/new?preset=gitlab',
    '/workloads/reader',
    '/workloads/reader/trust',
    '/workloads/reader/delete',
    '/settings',
    '/settings/keys/rotate?use=token',
    '/settings/scim/new',
    '/settings/mail',
    '/activity?outcome=denied',
    '/activity/views/x/delete',
  ]) {
    const page = await me.browser.open(`/console${path}`)
    for (const { action } of formsOf(page.text))
      if (action.startsWith('/console/') && action !== '/console/search') forms.set(action, page)
  }
  assert.ok(forms.size >= 13, [...forms.keys()].join(' '))
  for (const [action, page] of forms) {
    if (/method="get" action="/.test(page.text) && page.text.includes(`method="get" action="${action}"`))
      continue
    const { status } = await me.browser.post(action, { name: 'evil', do: 'save' })
    assert.equal(status, 403, action)
    const elsewhere = await me.browser.send(page, {}, action, { Origin: 'https://evil.example' })
    assert.equal(elsewhere.status, 403, action)
  }
  assert.equal((await me.browser.open('/console/people/evil')).status, 404)
})

/** Options and arguments of the command with these words. */
function commandAt(words: readonly string[]): {
  readonly command: Command
  readonly rest: readonly string[]
} {
  // What the commands do is not run here.
  let command: Command = commandLine(new Proxy({}, { get: () => () => undefined }) as never)
  let at = 0
  for (; at < words.length; at++) {
    const next = command.commands.find((one) => one.name() === words[at])
    if (next === undefined) break
    command = next
  }
  return { command, rest: words.slice(at) }
}

test('every chancery command that a page shows is one of the command line, with its options', {
  timeout,
}, async () => {
  const shown = new Set<string>()
  for (const path of [
    '/people?search=a&state=enabled',
    '/people/helper',
    '/people/helper/sign-in',
    '/people/helper/activity',
    '/people/invite',
    '/people/helper/disable',
    '/people/helper/link',
    '/groups?search=a',
    '/groups/new',
    '/apps',
    '/apps/new?kind=grafana',
    '/access/new',
    '/access/explain?reference=12345678-1234-1234-1234-123456789012',
    '/workloads/reader',
    '/workloads/new?preset=gitlab',
    '/providers',
    '/providers/new?kind=saml',
    '/activity?outcome=denied&who=x',
    '/settings',
    '/settings/keys',
    '/settings/keys/rotate?use=token',
    '/settings/scim',
    '/settings/scim/new',
    '/settings/mail',
    '/settings/audit',
    '/settings/backup',
  ]) {
    const page = await me.browser.open(`/console${path}`)
    for (const [, line = ''] of page.text.matchAll(/npx chancery ([^\n<]+)/g)) shown.add(line)
  }
  assert.ok(shown.size >= 15)
  for (const line of shown) {
    const words = line.replaceAll('&#39;', "'").match(/'[^']*'|\S+/g) ?? []
    const { command, rest } = commandAt(words)
    assert.equal(command.commands.length, 0, `${line}: no such command`)
    const known = new Set(command.options.map(({ long }) => long))
    for (const word of rest) if (word.startsWith('--')) assert.ok(known.has(word), `${line}: ${word}`)
    const given = rest.filter((word, at) => !word.startsWith('--') && !rest[at - 1]?.startsWith('--')).length
    const needed = command.registeredArguments.filter(({ required }) => required).length
    assert.ok(given >= needed, `${line}: too few arguments`)
  }
})
