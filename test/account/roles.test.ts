// Roles on the account page, on the real server: which are offered, what the credentials can do, and when they end.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { callAdmin } from '../admin/call.ts'
import { call, element, type Params } from '../support/aws-call.ts'
import { type FormBrowser, formBrowser, headingOf, type Seen, textOf } from '../support/form-browser.ts'
import { askOnPage, becomeOnPage, shownCredentials } from '../support/pages/own-role.ts'
import { authenticator } from '../support/person.ts'
import { policy } from '../support/role-server.ts'
import { accountId, type Running, rootKey, startServer } from '../support/server.ts'
import { entriesOf } from '../support/trail.ts'
import { until as becomesTrue } from '../support/waiting.ts'

/** Nobody has to use a second factor, so that there are sign-ins without one. */
const withoutFactors = async (server: Running): Promise<Running> => {
  const body = { secondFactor: 'optional' }
  assert.equal((await callAdmin(server.url, { method: 'PATCH', path: '/settings', body })).status, 200)
  return server
}

let server: Running
before(async () => {
  server = await withoutFactors(await startServer())
})
after(() => server?.stop())

const root = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
const roleArn = (name: string) => `arn:aws:iam::${accountId}:role/${name}`

async function iam(action: string, params: Params, at: Pick<Running, 'url'> = server): Promise<string> {
  const { status, text } = await call(at.url, root, 'iam', action, params)
  assert.equal(status, 200, text)
  return text
}

const makeRole = (name: string, principal: string, Condition: object = {}, at = server): Promise<string> =>
  iam(
    'CreateRole',
    {
      RoleName: name,
      AssumeRolePolicyDocument: policy({
        Effect: 'Allow',
        Principal: { AWS: principal },
        Action: 'sts:AssumeRole',
        Condition,
      }),
    },
    at,
  )

const password = 'plum-orbit-9-lantern'
let people = 0

interface Somebody {
  readonly name: string
  readonly id: string
  readonly arn: string
}

/** A person who may do what these statements say. */
async function person(statements: readonly object[] = [], at = server): Promise<Somebody> {
  const name = `person-${++people}`
  const made = await iam('CreateUser', { UserName: name }, at)
  await iam('CreateLoginProfile', { UserName: name, Password: password }, at)
  const document = { UserName: name, PolicyName: 'own', PolicyDocument: policy(...statements) }
  if (statements.length > 0) await iam('PutUserPolicy', document, at)
  return { name, id: element(made, 'UserId') ?? '', arn: `arn:aws:iam::${accountId}:user/${name}` }
}

/** With the password alone. */
async function signIn({ name }: Somebody, at = server): Promise<FormBrowser> {
  const browser = formBrowser(at.url)
  await browser.submit(await browser.open('/sign-in'), { username: name, password })
  return browser
}

/** Until the server, whose clock is read once in a while, has learned of a change. */
const until = (holds: () => Promise<boolean>): Promise<void> =>
  becomesTrue('the server has learned of the change', holds)

test('the page offers what the policy engine allows, says what a second factor would change, and hides the rest', {
  timeout: 230_000,
}, async () => {
  const who = await person([
    { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: roleArn('offer-by-policy') },
  ])
  await makeRole('offer-by-trust', who.arn)
  await makeRole('offer-by-policy', accountId)
  await makeRole('offer-to-others', `arn:aws:iam::${accountId}:user/admin`)
  await makeRole('offer-without-policy', accountId)
  await makeRole('offer-old-factor', who.arn, { NumericLessThan: { 'aws:MultiFactorAuthAge': '-1' } })
  await makeRole('offer-from-elsewhere', who.arn, { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } })
  await makeRole('offer-factor', who.arn, { Bool: { 'aws:MultiFactorAuthPresent': 'true' } })
  const browser = await signIn(who)
  const page = await browser.open('/account/roles')
  const text = textOf(page)
  assert.match(text, /offer-by-trust/)
  assert.match(text, /offer-by-policy/)
  assert.match(text, /offer-factor .* Needs a second factor\. .*Add an authenticator app/)
  for (const hidden of [
    'offer-to-others',
    'offer-without-policy',
    'offer-old-factor',
    'offer-from-elsewhere',
  ])
    assert.doesNotMatch(
      text,
      new RegExp(hidden),
      'a role that cannot be assumed is shown to nobody who may not list roles',
    )
  assert.doesNotMatch(textOf(await browser.open('/account/roles?all=yes')), /offer-to-others/)
  assert.doesNotMatch(text, /Show also/)
})

test('whoever may list roles sees the others with the reason', { timeout: 230_000 }, async () => {
  const who = await person([
    { Effect: 'Allow', Action: 'iam:ListRoles', Resource: '*' },
    { Effect: 'Deny', Action: 'sts:AssumeRole', Resource: roleArn('why-denied') },
  ])
  await makeRole('why-denied', who.arn)
  await makeRole('why-untrusted', roleArn('why-denied'))
  await makeRole('why-no-policy', accountId)
  await makeRole('why-elsewhere', who.arn, { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } })
  const browser = await signIn(who)
  const page = await browser.open('/account/roles?q=why-&all=yes')
  const rows = page.text
    .split('<li class="row">')
    .map((row) => row.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' '))
  const rowOf = (name: string) => rows.find((row) => row.includes(name)) ?? ''
  assert.match(rowOf('why-denied'), /A policy denies it to you/)
  assert.match(rowOf('why-untrusted'), /does not trust you/)
  assert.match(rowOf('why-no-policy'), /None of your policies allows it.*sts:AssumeRole/)
  assert.match(rowOf('why-elsewhere'), /A condition does not hold: aws:SourceIp/)
  assert.doesNotMatch(page.text, /192\.0\.2/, 'what the condition wants is not shown')
})

test('credentials act as the role, are on record as AssumeRole, and are named after the person', {
  timeout: 230_000,
}, async () => {
  const who = await person()
  await makeRole('act', who.arn)
  const browser = await signIn(who)
  const page = await askOnPage(browser, roleArn('act'))
  assert.equal(page.status, 200)
  assert.equal(page.headers.get('cache-control'), 'no-store')
  assert.equal(headingOf(page), 'Credentials of act')
  const credentials = shownCredentials(page)
  for (const line of [
    `export AWS_SESSION_TOKEN=&#39;${credentials.sessionToken}&#39;`,
    `$Env:AWS_SECRET_ACCESS_KEY = &#39;${credentials.secretAccessKey}&#39;`,
    `aws_access_key_id = ${credentials.accessKeyId}`,
    `credential_process = npx chancery credentials --url ${server.url} --profile default --role ${roleArn('act')}`,
  ])
    assert.ok(page.text.includes(line), line)
  const me = await call(server.url, credentials, 'sts', 'GetCallerIdentity')
  assert.equal(element(me.text, 'Arn'), `arn:aws:sts::${accountId}:assumed-role/act/${who.name}`)
  const entry = (await entriesOf(server)).find(({ who: actor }) => actor === who.arn)
  assert.equal(`${entry?.action} ${entry?.outcome}`, 'sts:AssumeRole done')
  assert.equal(entry?.details?.['accessKeyId'], credentials.accessKeyId)
  assert.ok(!JSON.stringify(entry).includes(credentials.secretAccessKey))
  // A reload of the address shows no credentials: the page is the answer to a form.
  const reloaded = await browser.open('/account/roles/credentials')
  assert.equal(headingOf(reloaded), 'Roles')
})

test('they end after an hour, whatever the form says', { timeout: 230_000 }, async () => {
  const who = await person()
  await makeRole('long', who.arn)
  await iam('UpdateRole', { RoleName: 'long', MaxSessionDuration: '43200' })
  const more = { DurationSeconds: '43200', durationSeconds: '43200', duration_seconds: '43200' }
  const shown = shownCredentials(await askOnPage(await signIn(who), roleArn('long'), more))
  const left = Date.parse(shown.expiration) / 1000 - Math.floor(Date.now() / 1000)
  assert.ok(left > 3000 && left <= 3601, String(left))
})

test('a role that was refused leaves the person at the list, and is on record', {
  timeout: 230_000,
}, async () => {
  const who = await person()
  await makeRole('closed', `arn:aws:iam::${accountId}:user/admin`)
  const browser = await signIn(who)
  for (const arn of [
    roleArn('closed'),
    roleArn('none'),
    'x',
    '',
    `${roleArn('closed')}\u0000`,
    '<script>'.repeat(9),
  ]) {
    const refused = await askOnPage(browser, arn)
    assert.equal(refused.status, /\p{Cc}/u.test(arn) ? 400 : 403, arn)
    assert.doesNotMatch(refused.text, /AWS_SESSION_TOKEN|<script>/)
  }
  const asked = (await entriesOf(server)).filter(
    (one) => one.who === who.arn && one.action === 'sts:AssumeRole',
  )
  assert.deepEqual(
    asked.map(({ outcome }) => outcome),
    asked.map(({ outcome }) => (outcome === 'denied' ? 'denied' : 'refused')),
  )
  assert.equal(asked.length, 5)
})

test('a form of another site, or without its token, gets nothing', { timeout: 230_000 }, async () => {
  const who = await person()
  await makeRole('forged', who.arn)
  const browser = await signIn(who)
  for (const [fields, headers] of [
    [{ csrf: '' }, {}],
    [{ csrf: 'x'.repeat(43) }, {}],
    [{}, { origin: 'https://evil.example' }],
  ] as const)
    assert.equal((await askOnPage(browser, roleArn('forged'), fields, headers)).status, 403)
})

test('many roles: a page at a time, found by name, with cursors of one person only', {
  timeout: 230_000,
}, async () => {
  const who = await person()
  const other = await person()
  for (let n = 0; n < 60; n++)
    await makeRole(`many-${String(n).padStart(2, '0')}`, n < 58 ? who.arn : other.arn)
  const browser = await signIn(who)
  const first = await browser.open('/account/roles?q=MANY-')
  const namesIn = (page: Seen) => [
    ...new Set([...page.text.matchAll(/role\/(many-\d+)/g)].map(([, name]) => name)),
  ]
  assert.equal(namesIn(first).length, 50)
  const next =
    /href="(\/account\/roles\?[^"]*cursor=[^"]*)"/.exec(first.text)?.[1]?.replaceAll('&amp;', '&') ?? ''
  assert.deepEqual(namesIn(await browser.open(next)).length, 8)
  assert.deepEqual(namesIn(await browser.open('/account/roles?q=many-07')), ['many-07'])
  assert.equal((await (await signIn(other)).get(next)).status, 400, 'a cursor of somebody else')
  assert.equal(
    (await browser.get(next.replace('q=MANY-', 'q=man'))).status,
    400,
    'a cursor of another search',
  )
})

test('a role of another account is offered when a policy names it and it trusts the person', {
  timeout: 230_000,
}, async () => {
  const account = await callAdmin(server.url, {
    method: 'POST',
    path: '/accounts',
    body: { name: 'second', accessKey: true },
  })
  assert.equal(account.status, 201, JSON.stringify(account.body))
  const { id } = account.body.account
  const there = (name: string) => `arn:aws:iam::${id}:role/${name}`
  const who = await person([
    {
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Resource: [there('trusting'), there('closed'), there('none')],
    },
    { Effect: 'Allow', Action: 'iam:ListRoles', Resource: '*' },
  ])
  const owner = { accessKeyId: account.body.accessKeyId, secretAccessKey: account.body.secretAccessKey }
  for (const [name, principal] of [
    ['trusting', who.arn],
    ['closed', id],
  ] as const) {
    const AssumeRolePolicyDocument = policy({
      Effect: 'Allow',
      Principal: { AWS: principal },
      Action: 'sts:AssumeRole',
    })
    const made = await call(server.url, owner, 'iam', 'CreateRole', {
      RoleName: name,
      AssumeRolePolicyDocument,
    })
    assert.equal(made.status, 200, made.text)
  }
  const browser = await signIn(who)
  const text = textOf(await browser.open('/account/roles?all=yes'))
  assert.match(text, new RegExp(`trusting Account ${id}`))
  assert.doesNotMatch(text, new RegExp(`${id}:role/(closed|none)`))
  assert.ok(await becomeOnPage(browser, there('trusting')))
})

const shiftedClock = resolve(import.meta.dirname, '../support/clock/shifted-clock.ts')

test('a role that wants a recent second factor is given after the step-up; a browser session past its end gets nothing', {
  timeout: 230_000,
}, async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-roles-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  const clock = join(dir, 'clock')
  const env = { CLOCK_FILE: clock }
  const late = await withoutFactors(await startServer({ env, nodeFlags: ['--import', shiftedClock] }))
  t.after(() => late.stop())
  const who = await person([], late)
  await makeRole('factor', who.arn, { NumericLessThan: { 'aws:MultiFactorAuthAge': '240' } }, late)
  const browser = await signIn(who, late)
  assert.match(textOf(await browser.open('/account/roles')), /Needs a second factor/)
  const adding = await browser.open('/account/authenticator/add')
  const seed = /secret=([A-Z2-7]+)/.exec(adding.text)?.[1] ?? ''
  const code = authenticator(seed)
  await browser.submit(adding, { code: await code() }, '/account/authenticator/add')
  assert.equal((await askOnPage(browser, roleArn('factor'))).status, 403, 'the sign-in had no second factor')

  const confirm = async (ahead: number): Promise<Seen> => {
    const list = await browser.open('/account/roles?q=fac')
    const link = /\/account\/roles\/confirm\?[^"]*/.exec(list.text)?.[0]
    assert.ok(link, textOf(list))
    const atPassword = await browser.open(link)
    const atCode = await browser.submit(atPassword, { username: who.name, password })
    return browser.submit(atCode, { code: await code(ahead) })
  }
  const back = await confirm(0)
  assert.equal(back.url, `${late.url}/account/roles?q=fac`)
  assert.ok(await becomeOnPage(browser, roleArn('factor')))

  writeFileSync(clock, String(300_000))
  await until(async () => /more recent sign-in/.test(textOf(await browser.open('/account/roles'))))
  assert.equal((await askOnPage(browser, roleArn('factor'))).status, 403)
  await confirm(300)
  const page = await browser.open('/account/roles')
  assert.ok(await becomeOnPage(browser, roleArn('factor')))

  writeFileSync(clock, String(40 * 24 * 3600 * 1000))
  await until(async () => (await browser.get('/account/roles')).status === 303)
  const sent = await browser.send(page, { role: roleArn('factor') }, '/account/roles/credentials')
  assert.ok([303, 401, 403].includes(sent.status), `${sent.status}`)
  assert.doesNotMatch(sent.text, /AWS_SESSION_TOKEN/)
})
