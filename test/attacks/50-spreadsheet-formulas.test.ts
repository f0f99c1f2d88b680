// attacks.md 50: people with names that a spreadsheet would run as formulas, imported from a file that was chosen on a page. They
// stay text: here, and in the files that are downloaded.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { csvRecords } from '../../src/admin/people/csv/csv-records.ts'
import { callAdmin } from '../admin/call.ts'
import type { FormBrowser } from '../support/form-browser.ts'
import { enrol, recentSignIn } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'

const limit = { timeout: 120_000 }
const path = '/console/people/invite/many'
let server: Running
let recent: () => Promise<FormBrowser>
before(async () => {
  server = await startServer()
  recent = recentSignIn(server, await enrol(server))
}, limit)
after(() => server?.stop())

/** Beginnings of cells that spreadsheets evaluate (OWASP, "CSV Injection"). */
const formulas = [
  '=cmd',
  '+1',
  '-1',
  '@SUM',
  '|calc',
  '%x',
  '＝1',
  '＠x',
  '\u00a0=1',
  '=HYPERLINK("https://evil.example")',
]
const isFormula = /^(?:[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠|%]|[\t\r\n])/u

test('50: no cell of a file that is downloaded is a formula, whatever people are called', limit, async () => {
  const me = await recent()
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  const rows = formulas.map((formula, at) => `=user${at},${quoted(formula)},+x${at}@evil.example`)
  const content = ['name,display_name,email', ...rows].join('\r\n')
  const page = await me.upload(await me.open(path), {}, { file: { name: '=1.csv', content } }, path)
  assert.ok(page.text.includes(`${formulas.length} created, 0 there already, 0 not created`))
  // What a spreadsheet wrote before a formula is not a part of the name.
  const escaped = "name,display_name\nplain,'=1+1\n"
  await me.upload(await me.open(path), {}, { file: { name: 'x.csv', content: escaped } }, path)
  assert.equal((await callAdmin(server.url, { path: '/people/plain' })).body.displayName, '=1+1')
  for (const file of ['/console/people.csv', '/console/activity.csv']) {
    const { text } = await me.open(file)
    const chunks = async function* () {
      yield Buffer.from(text)
    }
    const records = await Array.fromAsync(csvRecords(chunks()))
    assert.ok(records.length > formulas.length, file)
    for (const record of records) {
      assert.ok('fields' in record, `${file}: ${JSON.stringify(record)}`)
      for (const field of record.fields) assert.doesNotMatch(field, isFormula, file)
    }
  }
})
