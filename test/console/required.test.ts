// Every form of the console that marks fields as required refuses to be sent without them, and marks each of them.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { kindGroups } from '../../src/console/apps/kinds/kinds.ts'
import { providerKinds } from '../../src/console/providers/kinds.ts'
import { workloadPresets } from '../../src/sts/outside/workload-presets.ts'
import { type FormBrowser, formsOf, type Seen } from '../support/form-browser.ts'
import { type Enrolled, enrol, recentSignIn } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'

const limit = { timeout: 120_000 }
let server: Running
let me: Enrolled
let recent: () => Promise<FormBrowser>

before(async () => {
  server = await startServer()
  me = await enrol(server)
  recent = recentSignIn(server, me)
}, limit)
after(() => server?.stop())

const formOf = ({ text }: Seen): string =>
  [...text.matchAll(/<form class="stack"[\s\S]*?<\/form>/g)].map(([form]) => form).join('')

/** Names of the fields with this attribute that people type into. */
const typedInto = (page: Seen, attribute: string): readonly string[] =>
  [...formOf(page).matchAll(/<(?:input|textarea)[^>]*>/g)]
    .filter(([tag]) => tag.includes(` ${attribute}`) && !tag.includes('type="hidden"'))
    .map(([tag]) => / name="([^"]*)"/.exec(tag)?.[1] ?? '')

/** What a browser sends of the choices that it shows. */
const choicesOf = (page: Seen): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...formOf(page).matchAll(/<select[^>]* name="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g)].map(
      ([, name = '', options = '']) => [
        name,
        (/value="([^"]*)" selected/.exec(options) ?? /value="([^"]*)"/.exec(options))?.[1] ?? '',
      ],
    ),
  )

const pages = [
  ...[...kindGroups.flatMap(([, kinds]) => kinds.map(({ id }) => id)), 'web', 'page', 'native'].map(
    (kind) => `/apps/new?kind=${kind}`,
  ),
  '/people/invite',
  '/people/admin',
  '/groups/new',
  ...providerKinds.map(({ id }) => `/providers/new?kind=${id}`),
  '/settings',
  '/settings/certificates/new',
  '/settings/mail',
  '/settings/scim/new',
  '/workloads/new/account',
  ...workloadPresets.map(({ name }) => `/workloads/new?preset=${name}`),
]

for (const path of pages)
  test(`${path} without what it requires`, limit, async () => {
    const browser = await recent()
    const page = await browser.open(`/console${path}`)
    const required = typedInto(page, 'required')
    assert.notEqual(required.length, 0, page.text)
    const { action = '' } = formsOf(formOf(page))[0] ?? {}
    for (const blank of ['', '  ']) {
      const fields = Object.fromEntries(required.map((name) => [name, blank]))
      // A list of nothing but commas is empty, too.
      const lists = blank === '' || !required.includes('urls') ? {} : { urls: ' ,\r\n, ' }
      const sent = { ...choicesOf(page), ...fields, ...lists }
      const refused = await browser.send(page, sent, action)
      assert.equal(refused.status, 422, refused.text)
      assert.deepEqual(typedInto(refused, 'aria-invalid="true"'), required, refused.text)
    }
  })
