// The commands that call the admin API, against a running server.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { chanceryBin } from '../support/chancery-bin.ts'
import { runCommandHere } from '../support/command-line.ts'
import type { Ran } from '../support/outside-tool.ts'
import { type Running, startServer } from '../support/server.ts'
import { root } from './call.ts'

const timeout = 60_000
const keys = {
  AWS_ACCESS_KEY_ID: root.accessKeyId,
  AWS_SECRET_ACCESS_KEY: root.secretAccessKey,
}

let server: Running
before(
  async () => {
    server = await startServer()
  },
  { timeout },
)
after(() => server.stop())

/** Runs `chancery` in the server's directory, with no other environment than what is given. */
const chancery = (args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ran> =>
  runCommandHere(args, { directory: server.dir, env: { HOME: server.dir, ...env } })

/** The same in a process of its own, whose directory it is. */
const chanceryThere: typeof chancery = (args, env) =>
  new Promise((done) => {
    const options = { cwd: server.dir, env: { PATH: process.env['PATH'] ?? '', HOME: server.dir, ...env } }
    execFile(process.execPath, [chanceryBin, ...args], options, (error, out, err) =>
      done({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    )
  })

test('a list is a table; --json is what the API answers', { timeout }, async () => {
  const env = { ...keys, CHANCERY_URL: server.url }
  const [table, json] = await Promise.all([
    chancery(['people', 'list'], env),
    chancery(['people', 'list', '--json'], env),
  ])
  assert.match(table.out, /^NAME {2,}DISPLAY NAME .*\nadmin /)
  assert.equal(JSON.parse(json.out).items[0].name, 'admin')
  assert.deepEqual([table.code, json.code], [0, 0])
})

test('the credentials of a first start are found in its directory, those of a profile by its name', {
  timeout,
}, async () => {
  const first = await chanceryThere(['people', 'get', 'admin', '--url', server.url], {})
  assert.deepEqual([first.code, first.err], [0, ''])
  assert.match(first.out, /^arn +arn:aws:iam::123456789012:user\/admin$/m)
  mkdirSync(join(server.dir, '.aws'), { recursive: true })
  const printed = JSON.stringify({ AccessKeyId: root.accessKeyId, SecretAccessKey: root.secretAccessKey })
  writeFileSync(join(server.dir, 'keys.json'), printed)
  writeFileSync(join(server.dir, '.aws/config'), '[profile ops]\ncredential_process = cat keys.json\n')
  const profile = await chanceryThere(['people', 'get', 'admin', '--profile', 'ops'], {
    AWS_ENDPOINT_URL: server.url,
  })
  assert.deepEqual([profile.code, profile.out], [0, first.out])
})

test('errors say what to do', { timeout }, async () => {
  const wrong = { AWS_ACCESS_KEY_ID: 'AKIANOBODY', AWS_SECRET_ACCESS_KEY: 'wrong' }
  const cases = [
    [
      ['people', 'get', 'nobody', '--url', server.url],
      keys,
      /there is no person `nobody` in account 123456789012; `chancery people list` lists what there is/,
    ],
    [
      ['clients', 'get', 'nothing', '--url', server.url],
      keys,
      /there is no client `nothing` in account 123456789012; `chancery clients list` lists what there is/,
    ],
    [
      ['people', 'end-session', 'admin', 'gone', '--url', server.url],
      keys,
      /`admin` has no session `gone`; `chancery people sessions admin` lists them/,
    ],
    [['people', 'list', '--url', 'http://127.0.0.1:1'], keys, /cannot reach .*name another with --url/],
    [
      ['people', 'list', '--url', server.url],
      wrong,
      /credentials from AWS_ACCESS_KEY_ID.*\n.*check --profile/,
    ],
    [['people', 'list', '--limit', '0', '--url', server.url], keys, /limit must be at least 1/],
    [['people', 'list', '--profile', 'gone'], {}, /profile `gone` has no access key/],
  ] as const
  await Promise.all(
    cases.map(async ([args, env, message]) => {
      const { code, err } = await chancery(args, env)
      assert.equal(code, 1)
      assert.match(err, message)
    }),
  )
})

test('options carry lists, attributes, secrets from files, dry runs and versions', { timeout }, async () => {
  const env = { ...keys, CHANCERY_URL: server.url }
  const run = (...args: string[]) => chancery(args, env)
  writeFileSync(join(server.dir, 'password'), 'a password from a file 1!A\n')
  assert.equal((await run('groups', 'create', '--name', 'writers')).code, 0)
  const made = await run(
    ...[
      'people',
      'create',
      '--name',
      'ada',
      '--display-name',
      'Ada',
      '--groups',
      'writers',
      '--email-verified',
    ],
    ...['--email', 'ada@example.com', '--attributes', 'locale=de', 'timeZone=Europe/Berlin'],
    ...['--password-file', 'password', '--json'],
  )
  assert.equal(made.code, 0, made.err)
  const { groups, attributes, password, emailVerified } = JSON.parse(made.out)
  assert.deepEqual(
    { groups, attributes, password, emailVerified },
    {
      groups: ['writers'],
      attributes: { locale: 'de', timeZone: 'Europe/Berlin' },
      password: 'must-change',
      emailVerified: true,
    },
  )
  const changed = await run(
    ...['people', 'update', 'ada', '--display-name', '', '--attributes', 'locale=', '--json'],
  )
  const after = JSON.parse(changed.out)
  assert.deepEqual([after.displayName, after.attributes], [undefined, { timeZone: 'Europe/Berlin' }])
  const stale = await run('people', 'update', 'ada', '--name', 'eve', '--if-match', 'old')
  assert.deepEqual([stale.code, /read it again/.test(stale.err)], [1, true])
  const dry = await run('people', 'delete', 'ada', '--dry-run')
  assert.match(dry.out, /^dryRun +true$/m)
  assert.equal((await run('people', 'get', 'ada')).code, 0)
  const removed = await run('groups', 'remove', 'writers', 'ada')
  assert.deepEqual([removed.code, removed.out, removed.err], [0, '', 'done\n'])
})

test('the commands of docs/identity-providers.md run as written', { timeout }, async () => {
  const page = readFileSync(resolve(import.meta.dirname, '../../docs/identity-providers.md'), 'utf8')
  const [, block = ''] = /## At run time\n+```sh\n([\s\S]*?)```/.exec(page) ?? []
  const signIn = {
    title: 'Corp',
    client_id: 'c',
    client_secret: 'a secret of the file',
    mapping: { groups: 'g' },
  }
  writeFileSync(join(server.dir, 'sign-in.json'), JSON.stringify(signIn))
  const env = { ...keys, CHANCERY_URL: server.url }
  const run = (line: string) => {
    const words = line.replace(/ +#.*$/, '').match(/'[^']*'|\S+/g) ?? []
    return chancery(
      words.slice(2).map((word) => word.replace(/^'(.*)'$/, '$1')),
      env,
    )
  }
  const results = new Map<string, Ran>()
  for (const line of block.trim().split('\n')) results.set(line.split(' ')[3] ?? '', await run(line))
  const codes = [...results].map(([name, { code }]) => `${name} ${code}`)
  // Nobody answers at the address of the page: the check has a finding.
  assert.deepEqual(codes, [
    'check-new 1',
    'create 0',
    'show 0',
    'update 0',
    'end-sessions 0',
    'disable 0',
    'delete 0',
  ])
  assert.match(results.get('check-new')?.out ?? '', /^ok +false$/m)
  assert.match(results.get('show')?.out ?? '', /callback +http:\/\/localhost:\d+\/federation\/corp\/callback/)
  assert.match(results.get('update')?.out ?? '', /^title +Corp, all of it$/m)
  assert.match(results.get('delete')?.out ?? '', /^dryRun +true$/m)
  for (const { out, err } of results.values()) assert.ok(!`${out}${err}`.includes(signIn.client_secret))
  const gone = await chancery(['identity-providers', 'delete', 'corp'], env)
  assert.equal(gone.code, 0, gone.err)
  const missing = await chancery(['identity-providers', 'show', 'corp'], env)
  assert.match(
    missing.err,
    /there is no identity provider `corp` in account \d+; `chancery identity-providers list`/,
  )
})
