// Pieces of the console that are plain functions.
import assert from 'node:assert/strict'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import fc from 'fast-check'
import { typedEntries } from '../../src/console/access/context-lines.ts'
import { answerOf, testViews } from '../../src/console/access/document-review.ts'
import { comparedOf } from '../../src/console/access/policy-review.ts'

import { awsCommand } from '../../src/console/frame/command.ts'
import { sendList } from '../../src/console/frame/download.ts'
import { bodyOf, type FieldSpec, typedFields } from '../../src/console/frame/form.ts'
import type { ConsoleRequest } from '../../src/console/frame/request.ts'
import { referenceIn } from '../../src/iam/audit/reference.ts'
import { compile, policySet } from '../../src/policy/engine/compile.ts'
import { decide } from '../../src/policy/engine/decide.ts'
import { isProblem } from '../../src/problem.ts'
import { csvCell } from '../../src/web/response/csv.ts'
import { activityPage } from '../../views/console/activity/activity-pages.ts'
import { html, htmlText, inLanguage } from '../../views/html.ts'
import { translator } from '../../views/language.ts'
import { processorTime } from '../support/processor-time.ts'

test('a cell of a CSV file is never a formula, and survives a CSV reader', () => {
  const unquoted = (cell: string): string =>
    cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell
  const without = (text: string): string => text.replaceAll("'", '')
  const special = fc.string({ unit: fc.constantFrom(...'=+-@|%\t\r\n;,"\' \u00a0\u200ba\uff1d\uff20') })
  const formula = /(^|[;\t])(?:[\s\p{Cc}\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20|%]|[\t\r\n])/u
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), special), (text) => {
      const cell = csvCell(text)
      const value = unquoted(cell)
      assert.doesNotMatch(value, formula)
      assert.equal(without(value), without(text))
      if (!formula.test(text)) assert.equal(value, text)
      if (!cell.startsWith('"')) assert.doesNotMatch(cell, /[",\r\n]/)
    }),
  )
})

for (const format of ['csv', 'json'] as const)
  test(`36: others have their turn between the pages of a list that is downloaded as ${format}`, async () => {
    let turns = 0
    let isOver = false
    const turn = () => {
      turns++
      if (!isOver) setImmediate(turn)
    }
    setImmediate(turn)
    const [pages, seen]: [number, number[]] = [50, []]
    const ctx = { set: () => undefined, body: undefined as unknown }
    const page = async (cursor = '0') => {
      seen.push(turns)
      return { items: [], cursor: Number(cursor) < pages ? String(Number(cursor) + 1) : undefined }
    }
    await sendList({ ctx } as unknown as ConsoleRequest, format, { name: 'list', page, columns: [] })
    await text(ctx.body as Readable)
    isOver = true
    assert.equal(seen.length, pages + 1)
    assert.equal(new Set(seen).size, pages + 1)
  })

test('a reference is found in what people paste', () => {
  const id = '0f8fad5b-d9cb-469f-a165-70867728950e'
  for (const text of [
    id,
    `User: x is not authorized (reference ${id})`,
    id.replaceAll('-', ''),
    id.toUpperCase(),
    `An error occurred (AccessDenied) … authorization id ${id.replaceAll('-', '')}.`,
  ])
    assert.equal(referenceIn(text), id, text)
  for (const text of ['', '   ', 'no reference here', '<script>']) assert.equal(referenceIn(text), undefined)
})

test('a word of a command is quoted for a shell', () => {
  assert.equal(
    awsCommand('https://id.example', 'iam get-role', { 'role-name': "a'b $(x)" }),
    "aws iam get-role --role-name 'a'\\''b $(x)' --endpoint-url https://id.example",
  )
})

test('condition keys are one on each line, and what is none is named', () => {
  assert.deepEqual(typedEntries('aws:SourceIp = 192.0.2.7\n\naws:TagKeys=a\naws:tagkeys=b=c'), [
    { name: 'aws:SourceIp', values: ['192.0.2.7'] },
    { name: 'aws:TagKeys', values: ['a', 'b=c'] },
  ])
  assert.throws(
    () => typedEntries('nothing'),
    (error) => isProblem(error, 'validation') && /`nothing` is not a condition key/.test(error.message),
  )
})

test('the body of a form: numbers, flags, lists and members of members', () => {
  const specs: readonly FieldSpec[] = [
    { name: 'name', label: html`Name`, kind: 'text', required: true },
    { name: 'groups', label: html`Groups`, kind: 'lines', as: 'list' },
    { name: 'hours', label: html`Hours`, kind: 'number', as: 'number' },
    { name: 'on', label: html`On`, kind: 'choice', as: 'flag' },
    { name: 'attributes.locale', label: html`Language`, kind: 'text' },
    { name: 'attributes.__proto__', label: html`X`, kind: 'text' },
  ]
  const form = new Map([
    ['name', 'ada'],
    ['groups', 'a, b\r\nc\n'],
    ['hours', ' 12 '],
    ['on', 'true'],
    ['attributes.locale', ''],
    ['csrf', 'token'],
  ])
  assert.deepEqual(
    { ...bodyOf(specs, form, 'omit') },
    { name: 'ada', groups: ['a', 'b', 'c'], hours: 12, on: true },
  )
  const change = bodyOf(specs, form, 'null')
  assert.deepEqual({ ...(change['attributes'] as object) }, { locale: null })
  const soon = new Map([
    ['name', ' ada '],
    ['hours', 'soon'],
  ])
  assert.deepEqual({ ...bodyOf(specs, soon, 'omit') }, { name: 'ada', hours: 'soon' })
  assert.deepEqual({ ...bodyOf(specs, new Map([['hours', '2']]), 'null') }, { hours: 2 })
})

test('a list is of lines or commas; where values may have commas it is of lines alone', () => {
  const list: FieldSpec = { name: 'list', label: html`List`, kind: 'lines', as: 'list', required: true }
  const lines: FieldSpec = { ...list, name: 'lines', as: 'lines' }
  const typed = (text: string) =>
    typedFields([list, lines], new Map([list, lines].map(({ name }) => [name, text])), 'omit')
  assert.deepEqual(typed(' a,b\r\n\r\nc ').body, { list: ['a', 'b', 'c'], lines: ['a,b', 'c'] })
  assert.deepEqual(
    typed(' , ,\n').missing.map(({ field }) => field),
    ['list'],
  )
  assert.deepEqual(
    typed(' \n ').missing.map(({ field }) => field),
    ['list', 'lines'],
  )
})

test('what a page answers about a document is what the engine decides', () => {
  const accountId = '123456789012'
  const principal = {
    kind: 'user',
    accountId,
    arn: 'arn:aws:iam::123456789012:user/example',
    id: '',
  } as const
  const name = fc.constantFrom('Get', 'Put', 'List', '*', 'G*')
  const statement = fc.record({
    Effect: fc.constantFrom('Allow', 'Deny'),
    Action: name.map((one) => `docs:${one}`),
    Resource: fc.constantFrom('*', 'arn:aws:docs:::a', 'arn:aws:docs:::b*'),
  })
  fc.assert(
    fc.property(
      fc.array(statement, { minLength: 1, maxLength: 4 }),
      fc.constantFrom('docs:Get', 'docs:Put'),
      fc.constantFrom('arn:aws:docs:::a', 'arn:aws:docs:::bc'),
      (Statement, action, resource) => {
        const text = JSON.stringify({ Version: '2012-10-17', Statement })
        const question = { principal, action, resource, context: new Map() }
        const { effect } = decide(
          { ...question, resourceAccount: undefined },
          { identity: policySet([compile(text, 'identity', 'x')]) },
        )
        const typed = { principal: '', action, resource, context: '' }
        const { answer } = answerOf(text, typed, accountId)
        assert.equal(answer?.allowed, effect === 'allow')
        assert.ok(answer?.layers.some(({ decides }) => decides))
        const [{ state } = {}] = testViews(text, [{ action, resource, expect: effect }], accountId)
        assert.equal(state, 'passes')
      },
    ),
  )
})

test('a comparison on a page has a bound, however hostile the documents', async () => {
  const hostile = (salt: string): string =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: Array.from({ length: 40 }, (_, at) => ({
        Effect: at % 2 ? 'Allow' : 'Deny',
        Action: `d${salt}:*a*b*${at}*`,
        Resource: `*x*${salt}*y*${at}*z*`,
      })),
    })
  let compared: Promise<readonly unknown[]> | undefined
  const spent = processorTime(() => {
    compared = comparedOf(hostile('p'), hostile('q'), 'identity')
  })
  assert.ok(spent < 400, `${spent} ms of processor time before others have their turn`)
  assert.equal((await compared)?.length, 2)
})

test('a page of activity that holds nothing but reads says that older entries follow', () => {
  const page = (next: string | undefined) =>
    htmlText(
      inLanguage(
        activityPage({
          done: undefined,
          views: [],
          save: { target: { action: '', token: '' }, hidden: {}, denied: undefined },
          rows: [],
          chips: [],
          filter: { who: '', action: '', resource: '', from: '', outcome: '', reads: false, server: false },
          problem: undefined,
          links: { first: undefined, next },
          commands: [],
        }),
        translator('en'),
      ),
    )
  assert.match(page(undefined), /No entries match\./)
  assert.match(page('/console/activity?cursor=x'), /only reads here.*Older entries are on the next page\./s)
})
