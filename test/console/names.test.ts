// Names of people, groups, apps and roles that are also segments of the console's forms.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as fc from 'fast-check'
import type { ConsolePorts } from '../../src/console/ports.ts'
import { consoleRoutes } from '../../src/console/routes.ts'
import { appPath } from '../../views/console/apps/apps.ts'
import { formSegments, nameOfSegment, nameSegment } from '../../views/console/frame/name-segment.ts'
import { groupPath, personPath } from '../../views/console/people/people.ts'
import { rolePath } from '../../views/console/workloads/workloads.ts'
import { headingOf } from '../support/form-browser.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'

test('every name has a segment of its own, which no form has', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.constantFrom(...formSegments, '~new', '~', '.', '..', '~..')),
      (name) => {
        const segment = nameSegment(name)
        assert.equal(nameOfSegment(decodeURIComponent(segment)), name)
        assert.ok(!formSegments.has(segment))
        assert.ok(name === '' || URL.parse(`https://chancery.example/${segment}`)?.pathname === `/${segment}`)
      },
    ),
  )
})

test('where a form is beside the pages of named things, its segment is not that of a name', () => {
  const routes = consoleRoutes({} as ConsolePorts).map(
    ({ method, path }) => [method, path.split('/')] as const,
  )
  const beside = routes.flatMap(([method, path]) =>
    routes
      .filter(
        ([otherMethod, other]) =>
          method === otherMethod &&
          path.length === other.length &&
          path.some((part, at) => !part.startsWith(':') && other[at]?.startsWith(':')) &&
          path.every((part, at) => part === other[at] || part.startsWith(':') || other[at]?.startsWith(':')),
      )
      .map(([, other]) => path.find((part, at) => part !== other[at] && other[at]?.startsWith(':'))),
  )
  assert.ok(beside.length >= 5)
  assert.deepEqual(
    beside.filter((segment) => !formSegments.has(segment ?? '')),
    [],
  )
})

let server: Running
let me: Enrolled
before(async () => {
  server = await startServer()
  me = await enrol(server)
})
after(() => server?.stop())

test('people, groups and roles that are named like a form are opened and changed', {
  timeout: 60_000,
}, async () => {
  const make = async (form: string, fields: Readonly<Record<string, string>>, action = form) => {
    const made = await me.browser.submit(await me.browser.open(form), fields, action)
    assert.equal(made.status, 200, made.text.replace(/<[^>]*>/g, ' '))
    return made
  }
  for (const name of formSegments) {
    const link = await make('/console/people/invite', { name })
    assert.match(link.text, new RegExp(`href="${personPath(name)}"`))
    assert.equal(headingOf(await me.browser.open(personPath(name))), name)
    const saved = await make(personPath(name), { name, displayName: `Saved ${name}` })
    assert.equal(headingOf(saved), `Saved ${name}`)
    assert.equal((await me.browser.open(`${personPath(name)}/disable`)).status, 200)
    const group = await make('/console/groups/new', { name })
    assert.equal(group.url, `${server.url}${groupPath(name)}?done=created`)
    const joined = await make(groupPath(name), { person: name }, '/members')
    assert.match(joined.text, new RegExp(`${personPath(name)}/groups/~${name}/leave`))
    await make('/console/workloads/new/account', { role: name, kind: 'user', name: 'admin', mfa: 'true' })
    assert.equal(headingOf(await me.browser.open(rolePath(name))), name)
  }
  assert.equal((await me.browser.open(appPath('new'))).status, 404)
  for (const [form, title] of [
    ['/console/people/invite', 'Invite a person'],
    ['/console/groups/new', 'New group'],
  ] as const)
    assert.equal(headingOf(await me.browser.open(form)), title)
})

test('a group of dots alone is left, and a view is deleted that begins like an escape', {
  timeout: 60_000,
}, async () => {
  const { browser } = me
  await browser.submit(await browser.open('/console/groups/new'), { name: '..' }, '/console/groups/new')
  const joined = await browser.submit(await browser.open(groupPath('..')), { person: 'admin' }, '/members')
  const leave = '/console/people/admin/groups/~../leave'
  for (const page of [joined, await browser.open('/console/people/admin/access')])
    assert.ok(page.text.includes(`href="${leave}"`), page.url)
  assert.equal((await browser.open(leave)).status, 200)

  for (const name of ['view', '~view', '..'])
    await browser.submit(await browser.open('/console/activity?outcome=denied'), { name }, '/activity/views')
  const shown = async () =>
    [...(await browser.open('/console/activity')).text.matchAll(/href="([^"]*views[^"]*delete)"/g)].map(
      ([, href = '']) => href,
    )
  const all = await shown()
  assert.deepEqual(
    all.map((href) => URL.parse(href, server.url)?.pathname),
    all,
  )
  assert.equal(all.length, 3)
  const question = await browser.open(all.find((href) => href.includes('view/')) ?? '')
  assert.equal(headingOf(question), 'Delete the view view?')
  const lying = await browser.open(all.find((href) => href.includes('~~view')) ?? '')
  assert.equal(headingOf(lying), 'Delete the view ~view?')
  await browser.submit(lying, {}, '/delete')
  assert.deepEqual(
    await shown(),
    all.filter((href) => !href.includes('~~view')),
  )
})

test('a page of something that there is not says what, where, and leads to those that there are', {
  timeout: 60_000,
}, async () => {
  for (const [path, thing, list, text] of [
    [personPath('nobody'), 'person', '/console/people', 'All people'],
    [groupPath('nobody'), 'group', '/console/groups', 'All groups'],
    [appPath('nobody'), 'client', '/console/apps', 'All apps'],
  ] as const) {
    const page = await me.browser.open(path)
    assert.equal(page.status, 404, path)
    const shown = page.text.replace(/<[^>]*>/g, '')
    assert.match(shown, new RegExp(`There is no ${thing} nobody in account \\d{12}\\.`), path)
    assert.match(page.text, new RegExp(`href="${list}">${text}</a>`), path)
    assert.doesNotMatch(shown, /arn:aws|chancery \w+ list/, path)
  }
})

test('a new name that is wrong, and one that is taken, are marked at their field', {
  timeout: 60_000,
}, async () => {
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'docs:Get', Resource: '*' }],
  })
  const preset = { preset: 'kubernetes', 'option-url': 'https://k8s.example', 'option-namespace': 'a' }
  const forms = [
    ['/console/access/new', 'name', 'name', { document, do: 'save' }, /is required\.|1 to 128 of A-Z/],
    [
      '/console/workloads/new/account',
      'role',
      'field-role',
      { kind: 'account' },
      /is required\.|1 to 64 of A-Z/,
    ],
    [
      '/console/workloads/new?preset=kubernetes',
      'role',
      'field-role',
      { ...preset, 'option-service-account': 'b', 'option-audience': 'c' },
      /is required\.|1 to 64 of /,
    ],
    ['/console/groups/new', 'name', 'field-name', {}, /is required\.|1 to 128 of A-Z/],
  ] as const
  for (const [at, [path, field, id, fields, wrong]] of forms.entries()) {
    const send = async (name: string) =>
      me.browser.send(await me.browser.open(path), { ...fields, [field]: name }, path.split('?')[0])
    const problemOfName = async (name: string): Promise<string> => {
      const { status, text } = await send(name)
      assert.equal(status, 422, `${path} ${name}`)
      assert.match(text, new RegExp(`<input[^>]* id="${id}"[^>]* aria-invalid="true"`), path)
      assert.doesNotMatch(text, /The specified value|Duplicate names|already exists/, path)
      return /class="field-problem"[^>]*>([\s\S]*?)<\/p>/.exec(text)?.[1] ?? ''
    }
    for (const bad of ['', 'a b', 'n'.repeat(200)]) assert.match(await problemOfName(bad), wrong, path)
    const name = `twice-${at}`
    assert.equal((await send(name)).status, 303, path)
    assert.match(await problemOfName(name), /is taken\./, path)
  }
})
