// CSV files of people as they are read: RFC 4180, malformed records, columns and values.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { exportHeader, exportLine, PeopleColumns } from '../../src/admin/people/csv/columns.ts'
import { type CsvRecord, csvRecords, NotUtf8 } from '../../src/admin/people/csv/csv-records.ts'

const timeout = 60_000

/** The records of a text that comes in chunks of `size` bytes. */
async function recordsOf(text: string | Uint8Array, size = 1 << 16): Promise<readonly CsvRecord[]> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
  return Array.fromAsync(csvRecords(chunks()))
}

const shown = (records: readonly CsvRecord[]) =>
  records.map((one) => [one.line, 'fault' in one ? one.fault.slice(0, 24) : one.fields])

const long = 'x'.repeat(70_000)
const notClosed = 'has a quote that is not '
const textAfter = 'has text after the closi'
const quoteInside = 'has a quote inside of a '
const tooLong = 'is longer than 65,536 ch'

const files: readonly (readonly [string, string, readonly unknown[]])[] = [
  ['nothing', '', []],
  [
    'a byte order mark',
    '\ufeffname\r\nada\r\n',
    [
      [1, ['name']],
      [2, ['ada']],
    ],
  ],
  [
    'LF, and no end of the last line',
    'a,b\nc,d',
    [
      [1, ['a', 'b']],
      [2, ['c', 'd']],
    ],
  ],
  ['CR before the end of the file', 'a,b\r', [[1, ['a', 'b']]]],
  [
    'empty lines are left out and counted',
    'a\n\n\r\nb\n',
    [
      [1, ['a']],
      [4, ['b']],
    ],
  ],
  [
    'empty fields',
    ',,\n"",""\n',
    [
      [1, ['', '', '']],
      [2, ['', '']],
    ],
  ],
  [
    'quotes',
    '"a ""b"", c","d\r\ne",f\ng\n',
    [
      [1, ['a "b", c', 'd\r\ne', 'f']],
      [3, ['g']],
    ],
  ],
  ['a quote at the very end', 'a,"b"', [[1, ['a', 'b']]]],
  [
    'a quote that is not closed',
    'a\n"b,c\nd\n',
    [
      [1, ['a']],
      [2, notClosed],
      [3, ['d']],
    ],
  ],
  [
    'text after a quote',
    'a\n"b"c,d\ne\n',
    [
      [1, ['a']],
      [2, textAfter],
      [3, ['e']],
    ],
  ],
  [
    'a space after a quote',
    '"a" ,b\nc\n',
    [
      [1, textAfter],
      [2, ['c']],
    ],
  ],
  [
    'a quote inside of a field',
    'a\nb"c,d\ne\n',
    [
      [1, ['a']],
      [2, quoteInside],
      [3, ['e']],
    ],
  ],
  [
    'a line that is too long',
    `a\n${long}\nb\n`,
    [
      [1, ['a']],
      [2, tooLong],
      [3, ['b']],
    ],
  ],
  [
    'a last line that is too long',
    `a\n${long}${long}`,
    [
      [1, ['a']],
      [2, tooLong],
    ],
  ],
  ['a quoted field that is too long', `"${'x\n'.repeat(40_000)}"\n`, [[1, tooLong]]],
  [
    'lone quotes',
    '"\n"\n"\n',
    [
      [1, ['\n']],
      [3, notClosed],
    ],
  ],
  ['NUL is a character like others', 'a\0b,c\n', [[1, ['a\0b', 'c']]]],
]

for (const [what, text, expected] of files)
  for (const size of text.length > 1000 ? [1 << 16, 1000] : [1 << 16, 1, 2, 3])
    test(`records: ${what}, in chunks of ${size} bytes`, { timeout }, async () => {
      const records = shown(await recordsOf(text, size))
      // What follows a field that is too long is what its lines hold.
      assert.deepEqual(records.slice(0, expected.length), expected)
      if (what !== 'a quoted field that is too long') assert.equal(records.length, expected.length)
    })

test('what is written as RFC 4180 says is read again, whatever the chunks', { timeout }, async () => {
  const field = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r\n', ' ', 'ü', '🔑') })
  const rows = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(rows, fc.integer({ min: 1, max: 40 }), async (lines, size) => {
      const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
      const text = lines.map((fields) => `${fields.map(quoted).join(',')}\r\n`).join('')
      const read = await recordsOf(text, size)
      assert.deepEqual(
        read.map((one) => ('fields' in one ? one.fields : one.fault)),
        lines,
      )
    }),
    { numRuns: 200 },
  )
})

test('no text makes reading fail or read a line twice', { timeout }, async () => {
  const text = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r'), maxLength: 60 })
  await fc.assert(
    fc.asyncProperty(text, fc.integer({ min: 1, max: 9 }), async (given, size) => {
      const [whole, pieces] = [await recordsOf(given), await recordsOf(given, size)]
      assert.deepEqual(pieces, whole)
      const lines = whole.map(({ line }) => line)
      assert.deepEqual(
        lines,
        [...new Set(lines)].sort((a, b) => a - b),
      )
    }),
    { numRuns: 500 },
  )
})

test('UTF-16 is refused, and a byte that is not UTF-8 is the fault of its field alone', {
  timeout,
}, async () => {
  await assert.rejects(recordsOf(Buffer.from('\ufeffname\n', 'utf16le')), NotUtf8)
  const latin = Buffer.from('name,display_name\nada,Ad\xe4\nbob,B\n', 'latin1')
  const [header, ada, bob] = await recordsOf(latin)
  assert.ok(header && ada && bob && 'fields' in header && 'fields' in ada && 'fields' in bob)
  const columns = new PeopleColumns(header.fields)
  assert.deepEqual(columns.read(ada.fields), {
    name: 'ada',
    faults: [{ column: 'display_name', message: 'is not UTF-8' }],
  })
  assert.deepEqual(columns.read(bob.fields), { body: { name: 'bob', displayName: 'B' } })
})

const headers: readonly (readonly [readonly string[], RegExp])[] = [
  [['email'], /no column `name`/],
  [['name', 'mail'], /column 2 `mail` is not known; columns are name, path/],
  [['name;email'], /not known \(separate columns by commas\)/],
  [['name', ''], /column 2 `` is not known/],
  [['name', 'Name'], /column 2 `Name` is the same as column 1/],
  [['name', 'phone', 'phone_number'], /column 3 `phone_number` is the same as column 2/],
  [['name', 'password'], /`password` is not imported: give `password_hash`/],
  [['name', '__proto__', 'constructor'], /`__proto__` is not known.*; column 3 `constructor` is not known/],
]

for (const [header, message] of headers)
  test(`header refused: ${JSON.stringify(header)}`, () => {
    assert.throws(() => new PeopleColumns(header), { message })
  })

test('a header of very many columns is refused in a few lines', () => {
  const header = ['name', ...Array.from({ length: 30_000 }, (_, n) => `x${n}`)]
  assert.throws(
    () => new PeopleColumns(header),
    ({ message }: Error) => message.length < 10_000 && message.endsWith('; and 29990 more columns'),
  )
})

/** What a file may be that somebody made to harm: no person comes of it, each line of it has one fault. */
const hostile: readonly (readonly [string, Uint8Array | string, RegExp])[] = [
  ['a million columns', `name,display_name\n${'a,'.repeat(1_000_000)}\n`, /^is longer than 65,536/],
  ['thirty thousand columns', `name,display_name\n${'a,'.repeat(30_000)}\n`, /^has 30001 fields/],
  ['a million quotes', `name,display_name\n"${'""'.repeat(500_000)}"\n`, /^is longer than 65,536/],
  [
    'a field of ten megabytes',
    `name,display_name\nada,${'x'.repeat(10_000_000)}\n`,
    /^is longer than 65,536/,
  ],
  ['an overlong UTF-8 form', Buffer.from('name,display_name\nada,\xc0\xaf\n', 'latin1'), /^is not UTF-8$/],
  ['a surrogate in UTF-8', Buffer.from('name,display_name\nada,\xed\xa0\x80\n', 'latin1'), /^is not UTF-8$/],
  ['Latin-1', Buffer.from('name,display_name\nada,\xfc\n', 'latin1'), /^is not UTF-8$/],
  [
    'half of a character at the end',
    Buffer.from('name,display_name\nada,\xe2\x82', 'latin1'),
    /^is not UTF-8$/,
  ],
]

for (const [what, text, message] of hostile)
  test(`hostile file: ${what}`, { timeout }, async () => {
    const [header, ...lines] = await recordsOf(text)
    assert.ok(header && 'fields' in header)
    const columns = new PeopleColumns(header.fields)
    assert.equal(lines.length, 1)
    for (const line of lines) {
      const row = 'fault' in line ? { faults: [{ message: line.fault }] } : columns.read(line.fields)
      assert.ok('faults' in row)
      assert.deepEqual(
        row.faults.map((one) => message.test(one.message)),
        [true],
        JSON.stringify(row.faults).slice(0, 200),
      )
    }
  })

test('UTF-16 without a mark, and UTF-32, have no column that is known', { timeout }, async () => {
  for (const bytes of [
    Buffer.from('name,email\nada,x\n', 'utf16le'),
    Buffer.from([...'name\n'].flatMap((one) => [0, 0, 0, one.charCodeAt(0)])),
  ]) {
    const [header] = await recordsOf(bytes)
    assert.ok(header && 'fields' in header)
    assert.throws(() => new PeopleColumns(header.fields), /is not known/)
  }
})

/** OWASP, "CSV Injection": how a cell begins that a spreadsheet would evaluate. */
const formulas = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '|x',
  '%x',
  '\t=1',
  '\r=1',
  '＝1',
  '＋1',
  '－1',
  '＠x',
  '\u00a0=1',
]

test('an export has no cell that is a formula, in any column, and imports as it was', {
  timeout,
}, async () => {
  for (const text of formulas) {
    const texts = {
      givenName: text,
      familyName: text,
      locale: text,
      timeZone: text,
      phoneNumber: text,
      picture: text,
    }
    const person = {
      name: text,
      path: text,
      displayName: text,
      email: text,
      attributes: texts,
      groups: [text],
    }
    const [, line] = await recordsOf(exportHeader + exportLine({ ...person, state: 'enabled' }))
    assert.ok(line && 'fields' in line)
    for (const field of line.fields.filter((one) => !/^(true|false|)$/.test(one)))
      assert.equal(field, `'${text}`, JSON.stringify(text))
  }
})

const values: readonly (readonly [string, string, unknown])[] = [
  ['Display Name', ' Ada ', { displayName: 'Ada' }],
  ['givenName', 'Ada', { attributes: { givenName: 'Ada' } }],
  ['FAMILY_NAME', 'L', { attributes: { familyName: 'L' } }],
  ['zone', 'Europe/Berlin', { attributes: { timeZone: 'Europe/Berlin' } }],
  ['zoneinfo', '', {}],
  ['phone', "'+49 30 1", { attributes: { phoneNumber: '+49 30 1' } }],
  ['groups', ' a; b ;;c,d', { groups: ['a', 'b', 'c,d'] }],
  ['groups', ';', { groups: [] }],
  ['disabled', 'YES', { state: 'disabled' }],
  ['disabled', '0', { state: 'enabled' }],
  ['disabled', 'perhaps', 'must be true or false'],
  ['email_verified', 'true', { emailVerified: true }],
  ['email verified', 'x', 'must be true or false'],
  ['password_hash', '$2b$', { passwordHash: '$2b$' }],
]

for (const [column, value, expected] of values)
  test(`column ${column}: ${JSON.stringify(value)}`, () => {
    const row = new PeopleColumns(['name', column]).read(['ada', value])
    if (typeof expected === 'string')
      assert.deepEqual(row, { name: 'ada', faults: [{ column, message: expected }] })
    else assert.deepEqual(row, { body: { name: 'ada', ...(expected as object) } })
  })

test('a field of the admin API is the column of the file', () => {
  const columns = new PeopleColumns(['User name', 'Zone', 'groups'])
  const fields = ['name', 'attributes.timeZone', 'groups.3', 'email', 'groupsx']
  assert.deepEqual(
    fields.map((field) => columns.columnOf(field)),
    ['User name', 'Zone', 'groups', 'email', 'groupsx'],
  )
})

test('who is exported can be imported, whatever the values are', { timeout }, async () => {
  const text = fc.string({
    unit: fc.constantFrom("'", '=', '+', '-', '@', '"', ',', ';', 'a', '%', 'ü'),
    minLength: 1,
  })
  await fc.assert(
    fc.asyncProperty(text, text, fc.boolean(), async (displayName, familyName, isDisabled) => {
      const state = isDisabled ? 'disabled' : 'enabled'
      const person = { name: '+ada', displayName, attributes: { familyName }, groups: ['a', 'b,c'], state }
      const [header, line] = await recordsOf(
        exportHeader + exportLine({ ...person, password: 'set', id: 'x' }),
      )
      assert.ok(header && line && 'fields' in header && 'fields' in line)
      assert.deepEqual(new PeopleColumns(header.fields).read(line.fields), { body: person })
    }),
    { numRuns: 300 },
  )
})
