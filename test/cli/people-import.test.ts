// `chancery people import` and `export`, against a running server; what is interrupted is a process of its own.
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, type TestContext, test } from 'node:test'
import { callAdmin, root } from '../admin/call.ts'
import { foreignHashes } from '../secure/foreign-hashes.ts'
import { chanceryBin } from '../support/chancery-bin.ts'
import { runCommandHere } from '../support/command-line.ts'
import type { Ran } from '../support/outside-tool.ts'
import { atPassword } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'

const timeout = 240_000
let server: Running
before(
  async () => {
    server = await startServer()
    await callAdmin(server.url, { method: 'POST', path: '/groups', body: { name: 'writers' } })
  },
  { timeout },
)
after(() => server.stop())

interface Started {
  readonly child: ChildProcess
  /** What it printed so far. */
  readonly out: () => string
  readonly ended: Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>
}

const environment = (url: string) => ({
  HOME: server.dir,
  CHANCERY_URL: url,
  AWS_ACCESS_KEY_ID: root.accessKeyId,
  AWS_SECRET_ACCESS_KEY: root.secretAccessKey,
})

function start(args: readonly string[], url: string): Started {
  const child = spawn(process.execPath, [chanceryBin, ...args], {
    cwd: server.dir,
    env: { PATH: process.env['PATH'] ?? '', ...environment(url) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (data) => {
    out += data
  })
  child.stderr.on('data', (data) => {
    err += data
  })
  const ended = new Promise<{ code: number | null; out: string; err: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, out, err })),
  )
  return { child, out: () => out, ended }
}

const chancery = (args: readonly string[], input = '', url = server.url): Promise<Ran> =>
  runCommandHere(args, { directory: server.dir, env: environment(url), input })

interface Gate {
  readonly url: string
  /** Resolves when it holds a request. */
  readonly holds: Promise<unknown>
  /** Passes on what it holds, and all that comes. */
  open(): void
}

/** A way to the server that passes on so many requests and holds the next: what is interrupted then is under way. */
async function gateTo(url: string, { passes }: { readonly passes: number }, t: TestContext): Promise<Gate> {
  const held = Promise.withResolvers<void>()
  const opened = Promise.withResolvers<void>()
  let came = 0
  const gate = createServer(async (req, res) => {
    if (++came > passes) {
      held.resolve()
      await opened.promise
    }
    const { method, url: path, rawHeaders: headers } = req
    const onward = request({ ...addressOf(url), method, path, headers, agent: false })
    onward.on('response', (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
      answer.pipe(res)
    })
    onward.on('error', () => res.destroy())
    req.pipe(onward)
  })
  await new Promise<void>((done) => gate.listen(0, '127.0.0.1', done))
  t.after(() => {
    opened.resolve()
    gate.closeAllConnections()
    gate.close()
  })
  return {
    url: `http://localhost:${(gate.address() as AddressInfo).port}`,
    holds: held.promise,
    open: opened.resolve,
  }
}

const addressOf = (url: string) => ({ host: '127.0.0.1', port: new URL(url).port })

const file = (name: string, text: string | Buffer): string => {
  writeFileSync(join(server.dir, name), text)
  return name
}

const { hash, password } = foreignHashes.find(({ by }) => by === 'passlib bcrypt 2y') ?? assert.fail()

test('a file is imported line by line, and its people sign in with the passwords they had', {
  timeout,
}, async () => {
  const name = file(
    'people.csv',
    [
      '\ufeffname,E-Mail,Given name,family_name,display name,locale,zone,phone,groups,disabled,password_hash'.replace(
        'E-Mail',
        'email',
      ),
      `ada,ada@example.com,Ada,Lovelace,"Lovelace, ""Ada""",en-GB,Europe/London,'+44 20 7946 0000,writers,no,${hash}`,
      'bob,nobody,,,,,,,nogroup,,',
      'cleo,,,,,,Mars/Olympus,,writers;nogroup,,',
      ',x@example.com,,,,,,,,,',
      'dan,,,,,,,,,perhaps,',
      'eve,"eve@example.com"x,,,,,,,,,',
      '',
      'fred,fred@example.com',
      'gus,,,,,,,,,,$2b$31$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
      '"hal",,,,"Hal\r\nBerry",,,,,,',
      'ida,,,,,,,,,true,',
    ].join('\r\n'),
  )
  const expected = [
    /^line 2 +created +ada$/,
    /^line 3 +failed +bob {2}email must be an e-mail address$/,
    /^line 4 +failed +cleo {2}zone is not a valid value of timeZone$/,
    /^line 5 +failed +name is required$/,
    /^line 6 +failed +dan {2}disabled must be true or false$/,
    /^line 7 +failed +has text after the closing quote of a field$/,
    /^line 9 +failed +has 2 fields, and the header has 11$/,
    /^line 10 +failed +gus {2}password_hash has a cost of 31; at most 13 is accepted$/,
    /^line 11 +failed +hal {2}display name must be one line without control characters$/,
    /^line 13 +created +ida$/,
  ]
  const dry = await chancery(['people', 'import', name, '--dry-run'])
  const people = async () => (await callAdmin(server.url, { path: '/people' })).body.items.length
  assert.deepEqual([dry.code, await people()], [1, 1])
  assert.match(dry.err, /^2 would be created, 0 unchanged, 8 failed$/m)
  const real = await chancery(['people', 'import', name])
  for (const { out } of [dry, real]) {
    const lines = out.trimEnd().split('\n')
    assert.equal(lines.length, expected.length, out)
    for (const [at, line] of lines.entries()) assert.match(line, expected[at] ?? /^$/)
  }
  assert.deepEqual([real.code, await people()], [1, 3])
  const { browser, page } = await atPassword(server)
  assert.equal((await browser.submit(page, { username: 'ada', password })).status, 200)
  // What was renewed at the sign-in is no difference.
  const again = await chancery(['people', 'import', name, '--json'])
  const lines = again.out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  assert.deepEqual(
    [lines[0], lines[9]],
    [
      { line: 2, status: 'unchanged', name: 'ada' },
      { line: 13, status: 'unchanged', name: 'ida' },
    ],
  )
  assert.deepEqual(lines[1].errors, [{ column: 'email', message: 'must be an e-mail address' }])
})

test('of rows with one name or address a dry run says what the import does, across its requests', {
  timeout,
}, async () => {
  // The first request has 25 rows, so the repeated rows are in the same and in later ones.
  const filling = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, n) => `fill${from + n},,,,,`)
  const name = file(
    'repeated.csv',
    [
      'name,email,display_name,groups,disabled,password_hash',
      `twin,twin@example.com,Twin,Writers,,${hash}`,
      'TWIN,,,writers,,',
      'twin,,Other,,true,',
      'other,Twin@Example.com,,,,',
      'late,,Late,,,',
      ...filling(0, 40),
      `late,late@example.com,Late,,,${hash}`,
      'late,,late,,,',
      'Late,,Late,,no,',
      'third,twin@example.com,,,,',
      'wrong,nobody,,,,',
      'wrong,wrong@example.com,,,,',
    ].join('\n'),
  )
  const run = async (...args: string[]) => {
    const { code, out, err } = await chancery(['people', 'import', name, '--json', ...args])
    assert.equal(code, 1, err)
    return out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter((one) => !one.name.startsWith('fill'))
  }
  const dry = await run('--dry-run')
  assert.equal((await callAdmin(server.url, { path: '/people/twin' })).status, 404)
  const shown = dry.map(({ line, status, name: who, errors = [], notes = [] }) => [
    line,
    status,
    who,
    ...[...errors, ...notes].map(({ column, message }) => `${column} ${message}`),
  ])
  const another = (line: number) => `is another on line ${line}, which has the same name and comes first`
  assert.deepEqual(shown, [
    [2, 'created', 'twin'],
    [3, 'unchanged', 'TWIN', 'name is on line 2 too'],
    [4, 'failed', 'twin', `display_name ${another(2)}`, `disabled ${another(2)}`],
    [5, 'created', 'other', 'email is on line 2 too'],
    [6, 'created', 'late'],
    [47, 'failed', 'late', `email ${another(6)}`, `password_hash ${another(6)}`],
    [48, 'failed', 'late', `display_name ${another(6)}`],
    [49, 'unchanged', 'Late', 'name is on line 6 too'],
    [50, 'created', 'third', 'email is on line 2 too'],
    [51, 'failed', 'wrong', 'email must be an e-mail address'],
    [52, 'created', 'wrong'],
  ])
  const plain = (rows: Awaited<ReturnType<typeof run>>) =>
    rows.map(({ line, status, name: who, errors = [] }) => [
      line,
      status,
      who,
      errors.map(({ column }: { column: string }) => column),
    ])
  assert.deepEqual(plain(await run()), plain(dry))
  // Who exists is found by the server.
  const again = await run('--dry-run')
  assert.ok(again.every(({ status }) => status !== 'created'))
})

test('what is exported is imported unchanged, from standard input too, and has no hash', {
  timeout,
}, async () => {
  const exported = await chancery(['people', 'export'])
  assert.equal(exported.code, 0, exported.err)
  assert.ok(!exported.out.includes('$'), exported.out)
  const again = await chancery(['people', 'import', '-'], exported.out)
  assert.deepEqual([again.code, again.err.trim()], [0, '0 created, 48 unchanged, 0 failed'])
})

test('an unusable file says what to do, and nothing is imported', { timeout }, async () => {
  const cases: readonly (readonly [string, number, RegExp])[] = [
    ['missing.csv', 1, /cannot read `missing.csv`/],
    [file('empty.csv', ''), 2, /has no header/],
    [
      file('mail.csv', 'name;email\nada;x\n'),
      2,
      /line 1: column 1 `name;email` is not known \(separate columns by commas\)/,
    ],
    [file('plain.csv', 'name,password\nzoe,secret\n'), 2, /`password` is not imported: give `password_hash`/],
    [file('wide.csv', Buffer.from('\ufeffname\nzoe\n', 'utf16le')), 2, /is UTF-16: save it as CSV in UTF-8/],
    [file('quote.csv', '"name\nzoe\n'), 2, /line 1: has a quote that is not closed/],
  ]
  for (const [name, code, message] of cases) {
    const ended = await chancery(['people', 'import', name])
    assert.deepEqual([ended.code, ended.out], [code, ''], ended.err)
    assert.match(ended.err, message)
  }
  const invite = await chancery(['people', 'import', file('zoe.csv', 'name\nzoe\n'), '--invite'])
  assert.equal(invite.code, 1)
  assert.match(invite.err, /mail is not configured/)
  assert.equal((await callAdmin(server.url, { path: '/people/zoe' })).status, 404)
})

const rows = (from: number, to: number) =>
  `name,email\n${Array.from({ length: to - from }, (_, n) => `many${from + n},many${from + n}@example.com\n`).join('')}`

for (const signal of ['SIGINT', 'SIGKILL'] as const)
  test(`an import that was interrupted by ${signal} is run again and goes on`, { timeout }, async (t) => {
    const from = signal === 'SIGINT' ? 0 : 10_000
    const count = 300
    const name = file(`many-${signal}.csv`, rows(from, from + count))
    const gate = await gateTo(server.url, { passes: 1 }, t)
    const running = start(['people', 'import', name], gate.url)
    await Promise.race([gate.holds, running.ended])
    running.child.kill(signal)
    gate.open()
    const { code, out, err } = await running.ended
    const done = out.split('\n').filter((line) => line.includes(' created ')).length
    assert.ok(done > 0 && done < count, `${done} rows before the signal`)
    if (signal === 'SIGINT') {
      assert.equal(code, 1, err)
      assert.match(err, new RegExp(`^${done.toLocaleString('en')} created, 0 unchanged, 0 failed$`, 'm'))
      assert.match(
        err,
        new RegExp(`^interrupted: stopped after line ${done + 1}\\. Run the same command again`, 'm'),
      )
    }
    const again = await chancery(['people', 'import', name])
    assert.equal(again.code, 0, again.err)
    const [, created = 0, unchanged = 0] = (
      /^([\d,]+) created, ([\d,]+) unchanged, 0 failed/m.exec(again.err) ?? []
    ).map((text) => Number(text.replaceAll(',', '')))
    assert.equal(created + unchanged, count)
    // A request that was under way when the command was killed may have been finished by the server.
    assert.ok(unchanged >= done && unchanged <= done + 200, `${unchanged} found, ${done} reported`)
    const last = await callAdmin(server.url, { path: `/people/many${from + count - 1}` })
    assert.equal(last.status, 200)
  })

test('a server that is not there, and a key that may not, end it at once', { timeout }, async () => {
  const name = file('one.csv', 'name\nzoe\n')
  const gone = await chancery(['people', 'import', name], '', 'http://127.0.0.1:1')
  assert.equal(gone.code, 1)
  assert.match(gone.err, /cannot reach/)
  const other = await chancery(['people', 'import', name, '--profile', 'nobody'])
  assert.equal(other.code, 1)
})

test('an import goes on when the server is started again meanwhile', { timeout }, async (t) => {
  const name = file('restart.csv', rows(20_000, 20_200))
  const { dir } = server
  const port = new URL(server.url).port
  const gate = await gateTo(server.url, { passes: 1 }, t)
  const running = start(['people', 'import', name], gate.url)
  await Promise.race([gate.holds, running.ended])
  await server.kill()
  gate.open()
  server = await startServer({ dir, env: { CHANCERY_PORT: port } })
  const { code, err } = await running.ended
  assert.equal(code, 0, err)
  assert.equal((await callAdmin(server.url, { path: '/people/many20199' })).status, 200)
})
