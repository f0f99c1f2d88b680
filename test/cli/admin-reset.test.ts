// `chancery admin reset` on the real files: an administrator who cannot sign in gets a new way in, while a server runs and
// without one, and nobody gets it over the network.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { GetUserCommand, IAMClient } from '@aws-sdk/client-iam'
import { operations } from '../../src/admin/operations.ts'
import { callAdmin, iamOf, userWith } from '../admin/call.ts'
import { runCommandHere } from '../support/command-line.ts'
import { formBrowser, headingOf } from '../support/form-browser.ts'
import { accountId, admin, startServer } from '../support/server.ts'
import { storeEnv } from '../support/store.ts'
import { entriesOf } from '../support/trail.ts'

const chosen = 'violet kettle 42 Orbit!'

test('an administrator who is locked out signs in again by the link', { timeout: 120_000 }, async (t) => {
  const server = await startServer()
  t.after(() => server.stop())
  const iam = iamOf(server)
  t.after(() => iam.destroy())
  const cli = async (...args: string[]) =>
    runCommandHere(['admin', 'reset', ...args], {
      env: {
        CHANCERY_DATA: join(server.dir, 'data'),
        CHANCERY_KEYS: join(server.dir, 'keys'),
        CHANCERY_ISSUER: server.url,
        ...(await storeEnv(server.dir)),
      },
    })

  const key = await userWith(iam, 'deputy', { Effect: 'Allow', Action: '*', Resource: '*' })
  const before = formBrowser(server.url)
  const first = await before.submit(await before.open('/sign-in'), {
    username: admin.name,
    password: admin.password,
  })
  assert.match(headingOf(first) ?? '', /authenticator/)
  const disabled = await callAdmin(server.url, {
    method: 'POST',
    path: `/people/${admin.name}/disable`,
    credentials: key,
  })
  assert.equal(disabled.status, 200)

  const reset = await cli()
  assert.equal(reset.code, 0, reset.err)
  assert.match(reset.err, /enabled/)
  assert.ok(reset.out.startsWith(`${server.url}/sign-in/link?token=`), reset.out)
  const browser = formBrowser(server.url)
  const refused = await browser.submit(await browser.open('/sign-in'), {
    username: admin.name,
    password: admin.password,
  })
  assert.doesNotMatch(headingOf(refused) ?? '', /authenticator/)
  const link = new URL(reset.out.trim())
  const page = await browser.open(link.pathname + link.search)
  assert.equal((await browser.send(page, { password: chosen, again: chosen })).status, 303)
  const signedIn = await browser.submit(await browser.open('/sign-in'), {
    username: admin.name,
    password: chosen,
  })
  assert.match(headingOf(signedIn) ?? '', /authenticator/)
  assert.equal((await before.open(link.pathname + link.search)).status, 404)

  const entry = (await entriesOf(server)).find(({ action }) => action === 'chancery:ResetAdministrator')
  assert.deepEqual(
    [entry?.outcome, entry?.who, entry?.resource],
    ['done', 'command line', `arn:aws:iam::${accountId}:user/${admin.name}`],
  )
  assert.ok(!JSON.stringify(entry).includes(link.searchParams.get('token') ?? ''))

  // A user whose own policies are not those of an administrator, with the password printed, and no server running.
  await server.kill()
  const second = await cli('deputy', '--password')
  assert.equal(second.code, 0, second.err)
  assert.match(second.err, /AdministratorAccess attached/)
  assert.match(second.err, new RegExp(`access keys that still work: ${key.accessKeyId}`))
  const third = await cli('nobody-yet', '--password')
  assert.match(third.err, /nobody-yet: user created/)
  // The issuer keeps its port.
  const again = await startServer({ dir: server.dir, env: { CHANCERY_PORT: new URL(server.url).port } })
  t.after(() => again.stop())
  const person = formBrowser(again.url)
  const change = await person.submit(await person.open('/sign-in'), {
    username: 'deputy',
    password: second.out.trim(),
  })
  assert.match(change.text, /new password/i)
  const { User } = await new IAMClient({
    endpoint: again.url,
    region: 'us-east-1',
    credentials: { accessKeyId: key.accessKeyId, secretAccessKey: key.secretAccessKey },
  }).send(new GetUserCommand())
  assert.equal(User?.UserName, 'deputy')
})

test('the network has no such operation, and the command takes no server', async () => {
  assert.deepEqual(
    operations.filter(({ name, command }) => /ResetAdmin/.test(name) || command.words.startsWith('admin ')),
    [],
  )
  const { code, err } = await runCommandHere(['admin', 'reset', '--url', 'https://id.example'])
  assert.equal(code, 2)
  assert.match(err, /unknown option '--url'/)
})
