// The audit trail over the admin API and the command line: filters, explanations, other accounts, export.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { CreateRoleCommand, GetUserCommand, IAMClient } from '@aws-sdk/client-iam'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { csvHeader, csvLine } from '../../src/cli/audit/csv.ts'
import type { Credentials } from '../../src/secure/sigv4/sign.ts'
import { csvField } from '../../src/web/response/csv.ts'
import { runCommandHere } from '../support/command-line.ts'
import type { Ran } from '../support/outside-tool.ts'
import { accountId, type Running, startServer } from '../support/server.ts'
import { callAdmin, iamOf, root, userWith } from './call.ts'

const timeout = 60_000

let server: Running
let iam: IAMClient
let reader: Credentials
before(
  async () => {
    server = await startServer()
    iam = iamOf(server)
    reader = await userWith(iam, 'reader', [
      {
        Effect: 'Allow',
        Action: ['iam:GetUser'],
        Resource: '*',
        Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-central-1' } },
      },
    ])
  },
  { timeout },
)
after(async () => {
  iam.destroy()
  await server.stop()
})

const list = async (query: string) => {
  const { status, body } = await callAdmin(server.url, { path: `/audit?${query}` })
  assert.equal(status, 200, JSON.stringify(body))
  return body as {
    items: { id: string; action: string; who: string; outcome: string; request: string }[]
    cursor?: string
  }
}

/** A refused call of the user `reader`. @returns its reference */
async function refusedCall(): Promise<string> {
  const { accessKeyId, secretAccessKey } = reader
  const client = new IAMClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
  })
  try {
    await client.send(new GetUserCommand({ UserName: 'admin' }))
  } catch (error) {
    return (error as { $metadata: { requestId: string } }).$metadata.requestId
  } finally {
    client.destroy()
  }
  throw new Error('it was allowed')
}

test('every filter finds the entry it describes, and no other', { timeout }, async () => {
  const reference = await refusedCall()
  const who = `arn:aws:iam::${accountId}:user/reader`
  for (const [filter, fits] of [
    [`request=${reference}`, (one) => one.request === reference],
    [`who=${encodeURIComponent(who)}`, (one) => one.who === who],
    ['outcome=denied', (one) => one.outcome === 'denied'],
    ['outcome=done', (one) => one.outcome === 'done'],
    ['action=iam:GetUser', (one) => one.action === 'iam:GetUser'],
    [`action=iam:GetUser&outcome=denied&who=${who}`, (one) => one.request === reference],
  ] as [string, (one: { action: string; who: string; outcome: string; request: string }) => boolean][]) {
    const { items } = await list(filter)
    assert.ok(items.length > 0, filter)
    assert.ok(items.every(fits), filter)
  }
  for (const filter of [
    'who=nobody',
    'request=none',
    'to=2020-01-01T00:00:00Z',
    'session=none',
    'resource=none',
  ])
    assert.deepEqual((await list(filter)).items, [], filter)
})

test('pages with a cursor are the whole list once, in both orders', { timeout }, async () => {
  for (let made = 0; made < 5; made++) await refusedCall()
  const read = async (order: string): Promise<string[]> => {
    const ids: string[] = []
    let cursor: string | undefined
    do {
      const page = await list(
        `action=iam:GetUser&order=${order}&limit=2${cursor === undefined ? '' : `&cursor=${cursor}`}`,
      )
      ids.push(...page.items.map(({ id }) => id))
      cursor = page.cursor
    } while (cursor !== undefined)
    return ids
  }
  const oldest = await read('oldest')
  assert.ok(oldest.length >= 5)
  assert.equal(new Set(oldest).size, oldest.length)
  assert.deepEqual((await read('newest')).toReversed(), oldest)
})

test('why: layers, failed condition and the value seen, of a refusal', { timeout }, async () => {
  const reference = await refusedCall()
  const { status, body } = await callAdmin(server.url, { path: `/audit/requests/${reference}` })
  assert.equal(status, 200, JSON.stringify(body))
  const [{ decision, outcome, id }] = body.entries
  assert.equal(outcome, 'denied')
  assert.equal(decision.reason, 'implicit_deny')
  assert.deepEqual(
    decision.layers.map(({ layer, said }: { layer: string; said: string }) => [layer, said]),
    [['identity', 'implicit_deny']],
  )
  const [{ key, wanted, seen }] = decision.conditions
  assert.deepEqual([key.toLowerCase(), wanted, seen], ['aws:requestedregion', ['eu-central-1'], 'us-east-1'])
  assert.equal((await callAdmin(server.url, { path: `/audit/${id}` })).body.request, reference)
})

test('why: what was allowed names the statement', { timeout }, async () => {
  const admin = await userWith(iam, 'allowed', [
    { Sid: 'Look', Effect: 'Allow', Action: 'chancery:*', Resource: '*' },
  ])
  await callAdmin(server.url, { method: 'POST', path: '/people/admin/enable', credentials: admin })
  const { items } = await list(`action=chancery:EnablePerson&who=arn:aws:iam::${accountId}:user/allowed`)
  const { body } = await callAdmin(server.url, { path: `/audit/requests/${items[0]?.request}` })
  assert.match(body.entries[0].allowedBy[0], /^chancery:EnablePerson allowed by statement `Look` of `own`/)
})

test('a chain of sessions is found by its source identity, each session by its key', {
  timeout,
}, async () => {
  const trust = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
      },
    ],
  })
  for (const RoleName of ['first', 'second'])
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }))
  const caller = await userWith(iam, 'chained', [
    { Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'], Resource: '*' },
  ])
  const { accessKeyId, secretAccessKey } = caller
  const client = new STSClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId, secretAccessKey },
  })
  const { Credentials: first } = await client.send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${accountId}:role/first`,
      RoleSessionName: 'one',
      SourceIdentity: 'ada',
    }),
  )
  client.destroy()
  const session = new STSClient({
    endpoint: server.url,
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: {
      accessKeyId: first?.AccessKeyId ?? '',
      secretAccessKey: first?.SecretAccessKey ?? '',
      sessionToken: first?.SessionToken ?? '',
    },
  })
  const second = new AssumeRoleCommand({
    RoleArn: `arn:aws:iam::${accountId}:role/second`,
    RoleSessionName: 'two',
  })
  await assert.rejects(session.send(second)) // the role `first` may do nothing
  session.destroy()
  const whole = await list('sourceIdentity=ada&order=oldest')
  assert.deepEqual(
    whole.items.map(({ outcome, who }) => [outcome, who.replace(/.*:/, '')]),
    [
      ['done', 'user/chained'],
      ['denied', 'assumed-role/first/one'],
    ],
  )
  const bySession = await list(`session=${first?.AccessKeyId}&order=oldest`)
  assert.deepEqual(
    bySession.items.map(({ id }) => id),
    whole.items.map(({ id }) => id),
  )
  assert.deepEqual((await list(`session=${first?.AccessKeyId}&to=2020-01-01T00:00:00Z`)).items, [])
})

test('entries of the server are for the account of the first start', { timeout }, async () => {
  await fetch(server.url, {
    method: 'POST',
    body: new URLSearchParams({ Action: 'GetUser', Version: '2010-05-08' }),
  })
  const { items } = await list('server=true')
  assert.ok(items.some(({ who }) => who === 'anonymous'))
  const missing = await callAdmin(server.url, { path: '/audit/none' })
  assert.deepEqual([missing.status, missing.body.code], [404, 'not_found'])
})

test('follow: a cursor also at the end, with which later entries come', { timeout }, async () => {
  const from = new Date(Date.now() - 3000).toISOString()
  const first = await list(`follow=true&from=${from}`)
  assert.notEqual(first.cursor, undefined)
  const again = await list(`follow=true&from=${from}&cursor=${first.cursor}`)
  const seen = new Set(first.items.map(({ id }) => id))
  assert.ok(again.items.every(({ id }) => !seen.has(id)))
})

/** Runs `chancery` against the server. */
const chancery = (...args: string[]): Promise<Ran> =>
  runCommandHere(args, {
    directory: server.dir,
    env: {
      CHANCERY_URL: server.url,
      AWS_ACCESS_KEY_ID: root.accessKeyId,
      AWS_SECRET_ACCESS_KEY: root.secretAccessKey,
    },
  })

test('the commands: list, why, export', { timeout }, async () => {
  const reference = await refusedCall()
  const why = await chancery('why', reference)
  assert.equal(why.code, 0, why.err)
  const authorizationId = reference.replaceAll('-', '')
  for (const pasted of [authorizationId, `… with the following authorization id: ${authorizationId}`])
    assert.equal((await chancery('why', pasted)).out, why.out)
  const explained = JSON.parse((await chancery('audit', 'explain', authorizationId, '--json')).out)
  assert.equal(explained.reference, reference)
  assert.match(why.out, /iam:GetUser: denied/)
  assert.match(why.out, /identity {2}does not allow it/)
  assert.match(why.out, /wants \["eu-central-1"\], the request had us-east-1/)
  const listed = await chancery('audit', 'list', '--outcome', 'denied', '--action', 'iam:GetUser')
  assert.match(listed.out, /^TIME .*\n.*denied +iam:GetUser/)
  const lines = await chancery('audit', 'export', '--request', reference)
  assert.equal(lines.code, 0, lines.err)
  assert.equal(JSON.parse(lines.out).request, reference)
  const csv = await chancery('audit', 'export', '--format', 'csv', '--request', reference)
  assert.ok(csv.out.startsWith(csvHeader))
  assert.equal(csv.out.trimEnd().split('\r\n').length, 2)
})

test('CSV: what a spreadsheet would take for a formula is text, quotes are doubled', () => {
  for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\r=1', '\n=1', '＝1', '\u200b=1'])
    assert.equal(csvField(text).slice(0, 2), `"'`, JSON.stringify(text))
  assert.equal(csvField('a "quoted", text'), '"a ""quoted"", text"')
  assert.equal(csvField('arn:aws:iam::1:user/a'), '"arn:aws:iam::1:user/a"')
  assert.match(csvLine({ who: '=cmd()', actor: { kind: 'user' } }), /,"'=cmd\(\)",.*"\{""kind"":""user""\}"/)
})

test('the entry of an IAM action names what it was about, whether it was allowed or denied', {
  timeout,
}, async () => {
  const reference = await refusedCall()
  const admin = encodeURIComponent(`arn:aws:iam::${accountId}:user/admin`)
  const about = (await list(`resource=${admin}&action=iam:GetUser`)).items
  assert.equal(about[0]?.request, reference)
  const made = encodeURIComponent(`arn:aws:iam::${accountId}:user/reader`)
  assert.deepEqual(
    (await list(`resource=${made}&order=oldest&limit=3`)).items.map(({ action }) => action),
    ['iam:CreateUser', 'iam:PutUserPolicy', 'iam:CreateAccessKey'],
  )
})

test('`audit list` takes a date, and says why a filter may find nothing', { timeout }, async () => {
  const env = {
    AWS_ACCESS_KEY_ID: root.accessKeyId,
    AWS_SECRET_ACCESS_KEY: root.secretAccessKey,
    CHANCERY_URL: server.url,
  }
  const run = (...args: string[]) => runCommandHere(['audit', 'list', ...args], { env })
  const today = new Date().toISOString().slice(0, 10)
  const dated = await run('--from', '2020-01-01', '--limit', '1')
  assert.match(dated.out, new RegExp(`^${today.slice(0, 4)}-.*T`, 'm'))
  const named = await run('--who', 'reader')
  assert.equal(named.code, 0)
  assert.match(named.out, /^TIME +OUTCOME[^\n]*\n?$/)
  assert.match(named.err, /^no entry fits: .* arn:aws:iam::123456789012:user\/ada/)
  assert.equal((await run('--to', '2020-01-01', '--json')).code, 0)
})
