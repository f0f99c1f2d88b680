// The console over HTTP, without JavaScript: groups, apps, policies, workloads, activity, settings and search.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  headingOf,
  inlineCode,
  problemOf,
  type Seen,
  readableText as textOf,
} from '../support/form-browser.ts'
import { attachmentReview, changeAttachment } from '../support/pages/attach-policy.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'

let server: Running
let me: Enrolled

before(async () => {
  server = await startServer()
  me = await enrol(server)
})
after(() => server.stop())

const timeout = 60_000
const policyArn = (name: string): string => `arn:aws:iam::${server.accountId}:policy/${name}`
const policyPage = (name: string): string =>
  `/console/access/policy?arn=${encodeURIComponent(policyArn(name))}`

const read = {
  Version: '2012-10-17',
  Statement: [
    { Sid: 'Read', Effect: 'Allow', Action: 'docs:GetDocument', Resource: 'arn:aws:docs:::documents/*' },
  ],
}

test('who has no second factor sets one up at the next sign-in', { timeout }, async () => {
  await invite('factorless')
  const page = textOf(await me.browser.open('/console/people/factorless/sign-in'))
  assert.match(page, /Second factors None\. They set one up at the next sign-in when one is required of them/)
})

async function makePolicy(name: string, document: object = read): Promise<Seen> {
  const page = await me.browser.open('/console/access/new')
  const fields = { name, description: '', document: JSON.stringify(document), do: 'save' }
  return me.browser.submit(page, fields, '/console/access/new')
}

async function invite(name: string): Promise<void> {
  const page = await me.browser.open('/console/people/invite')
  assert.equal((await me.browser.send(page, { name }, '/console/people/invite')).status, 200)
}

test('every section opens, with a command and without a script in its markup', { timeout }, async () => {
  for (const path of [
    '',
    '/people',
    '/groups',
    '/apps',
    '/access',
    '/access/ask',
    '/access/who',
    '/access/explain',
    '/workloads',
    '/providers',
    '/activity',
    '/settings',
    '/search?q=a',
  ]) {
    const page = await me.browser.open(`/console${path}`)
    assert.equal(page.status, 200, path)
    assert.doesNotMatch(page.text, inlineCode, path)
    assert.match(page.headers.get('content-security-policy') ?? '', /script-src 'self'/)
    assert.equal(page.headers.get('cache-control'), 'no-store', path)
    if (!['', '/access/explain', '/access/ask', '/access/who', '/search?q=a'].includes(path))
      assert.match(page.text, /Show as command/, path)
  }
})

/** What a page says at the first field that is wrong. */
const problemAt = ({ text }: Seen): string | undefined =>
  /class="field-problem"[^>]*>([^<]*)</.exec(text)?.[1]

test('a group gets a member and a policy, and what the member may do follows', { timeout }, async () => {
  await invite('ada')
  assert.equal(headingOf(await makePolicy('docs-read')), 'docs-read')
  const made = await me.browser.submit(
    await me.browser.open('/console/groups/new'),
    { name: 'readers' },
    '/console/groups/new',
  )
  assert.match(textOf(made), /The group was created/)
  const wrong = await me.browser.send(made, { person: 'nobody' }, '/members')
  assert.match(textOf(wrong), /There is no person nobody/)
  for (const [at, fields, action, message] of [
    ['/console/groups/readers', { person: ' ' }, '/members', 'Name a person.'],
    ['/console/groups/readers', { policy: '', do: 'attach' }, '/policies', 'Name a policy.'],
    ['/console/people/ada/access', { group: ' ' }, '/join', 'Name a group.'],
    [policyPage('docs-read'), { kind: 'user', name: '', do: 'attach' }, '/attach', 'Name a person.'],
    [policyPage('docs-read'), { kind: 'role', name: '', do: 'attach' }, '/attach', 'Name a role.'],
  ] as const) {
    const empty = await me.browser.send(await me.browser.open(at), fields, action)
    assert.deepEqual([empty.status, problemAt(empty)], [422, message], at)
  }
  await me.browser.submit(made, { person: 'ada' }, '/members')
  const before = await me.browser.open(
    '/console/access/ask?principal=ada&action=docs:GetDocument&resource=arn:aws:docs:::documents/1',
  )
  assert.match(textOf(before), /Denied docs:GetDocument.*To allow it, add/)
  await changeAttachment(me.browser, policyPage('docs-read'), {
    kind: 'group',
    name: 'readers',
    do: 'attach',
  })
  const now = await me.browser.open(
    '/console/access/ask?principal=ada&action=docs:GetDocument&resource=arn:aws:docs:::documents/1',
  )
  assert.match(
    textOf(now),
    /Allowed docs:GetDocument.*The caller's identity policies|Allowed docs:GetDocument.*identity policies/,
  )
  assert.match(now.text, /<li class="decides">/)
  assert.match(textOf(await me.browser.open('/console/people/ada/access')), /readers.*docs-read/)
})

test('the editor checks, compares with what is in force, and keeps what was typed', { timeout }, async () => {
  await makePolicy('edited')
  const editor = await me.browser.open(`/console/access/edit?arn=${encodeURIComponent(policyArn('edited'))}`)
  const wider = JSON.stringify({ ...read, Statement: [{ ...read.Statement[0], Action: 'docs:*' }] }, null, 2)
  const checked = await me.browser.send(
    editor,
    {
      document: wider,
      do: 'check',
      'ask-action': 'docs:PutDocument',
      'ask-resource': 'arn:aws:docs:::documents/1',
    },
    '/console/access/edit',
  )
  assert.match(textOf(checked), /Allowed docs:PutDocument/)
  assert.match(textOf(checked), /Allows every action of docs on arn:aws:docs:::documents\/\*/)
  assert.match(textOf(checked), /Gains This would be allowed, and was not/)
  assert.match(textOf(checked), /Loses Nothing: everything that was allowed still is/)
  assert.ok(checked.text.includes('docs:*'))
  assert.match(textOf(await me.browser.open(policyPage('edited'))), /GetDocument/)
  const broken = await me.browser.send(
    editor,
    { document: '{"Version": ', do: 'save' },
    '/console/access/edit',
  )
  assert.equal(broken.status, 422)
  assert.match(broken.text, /\{&quot;Version&quot;: /)
  const asked = await me.browser.send(editor, { document: wider, do: 'save' }, '/console/access/edit')
  assert.equal(asked.status, 200)
  assert.match(
    textOf(asked),
    /Nothing is saved yet.*Gains This would be allowed, and was not.*docs:.*Save this change/,
  )
  assert.doesNotMatch(textOf(await me.browser.open(policyPage('edited'))), /v2/)
  // Another change than the one that was shown is shown, too.
  const other = wider.replace('docs:*', 'docs:G*')
  const another = await me.browser.send(asked, { document: other, do: 'save' }, '/console/access/edit')
  assert.match(textOf(another), /Nothing is saved yet/)
  const saved = await me.browser.submit(asked, { document: wider, do: 'save' }, '/console/access/edit')
  assert.match(textOf(saved), /The policy was saved.*v2/)
  const doubled = await me.browser.submit(editor, { document: wider, do: 'save' }, '/console/access/edit')
  assert.match(textOf(doubled), /The policy was saved.*v2/, 'the same form a second time saves nothing anew')
  assert.doesNotMatch(textOf(doubled), /v3/)
  const late = await me.browser.send(
    editor,
    { document: wider.replace('docs:*', 'docs:P*'), do: 'save' },
    '/console/access/edit',
  )
  assert.equal(late.status, 412)
  assert.match(late.text, /docs:P\*/)
  assert.match(problemOf(late) ?? '', /Somebody changed the policy or its tests since/)
})

test('what changes no access is saved at once, and what was compared by Check, too', {
  timeout,
}, async () => {
  await makePolicy('compared')
  const editor = await me.browser.open(
    `/console/access/edit?arn=${encodeURIComponent(policyArn('compared'))}`,
  )
  const same = JSON.stringify({ ...read, Statement: [{ ...read.Statement[0], Sid: 'Renamed' }] })
  const renamed = await me.browser.submit(editor, { document: same, do: 'save' }, '/console/access/edit')
  assert.match(textOf(renamed), /The policy was saved.*v2/)
  const again = await me.browser.open(`/console/access/edit?arn=${encodeURIComponent(policyArn('compared'))}`)
  const none = JSON.stringify({ ...read, Statement: [{ ...read.Statement[0], Action: 'docs:None' }] })
  const checked = await me.browser.send(again, { document: none, do: 'check' }, '/console/access/edit')
  assert.match(textOf(checked), /Loses This was allowed, and would not be/)
  const saved = await me.browser.submit(checked, { document: none, do: 'save' }, '/console/access/edit')
  assert.match(textOf(saved), /The policy was saved.*v3/)
})

test('a trust policy is saved after who gains and who loses was shown', { timeout }, async () => {
  const made = await me.browser.open('/console/workloads/new/account')
  await me.browser.submit(made, { role: 'trusting', kind: 'account' }, '/console/workloads/new/account')
  const editor = await me.browser.open('/console/workloads/trusting/trust')
  const statement = { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }
  const document = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
  const asked = await me.browser.send(editor, { document, do: 'save' }, '/trust')
  assert.equal(asked.status, 200)
  assert.match(
    textOf(asked),
    /Nothing is saved yet.*Gains This would be allowed, and was not.*sts:AssumeRole by/,
  )
  assert.doesNotMatch((await me.browser.open('/console/workloads/trusting')).text, /&quot;\*&quot;/)
  const saved = await me.browser.submit(asked, { document, do: 'save' }, '/trust')
  assert.match(textOf(saved), /The trust policy was saved/)
  assert.match(saved.text, /&quot;\*&quot;/)
})

test('a policy that is attached is not deleted; afterwards it is', { timeout }, async () => {
  await makePolicy('short-lived')
  await invite('briefly')
  const briefly = { kind: 'user', name: 'briefly' } as const
  await changeAttachment(me.browser, policyPage('short-lived'), { ...briefly, do: 'attach' })
  const ask = await me.browser.open(
    `/console/access/delete?arn=${encodeURIComponent(policyArn('short-lived'))}`,
  )
  assert.equal((await me.browser.send(ask, {}, '/console/access/delete')).status, 422)
  assert.match(textOf(ask), /It is attached, and is not deleted before it is detached.*Person briefly/)
  await changeAttachment(me.browser, policyPage('short-lived'), { ...briefly, do: 'detach' })
  const now = await me.browser.open(
    `/console/access/delete?arn=${encodeURIComponent(policyArn('short-lived'))}`,
  )
  assert.match(textOf(now), /Nobody: it is attached to nothing/)
  assert.match(textOf(await me.browser.submit(ask, {}, '/console/access/delete')), /The policy was deleted/)
})

test('attaching and detaching show who gains and who loses, and do nothing before', { timeout }, async () => {
  await makePolicy('shown-first')
  await invite('gains')
  const page = policyPage('shown-first')
  const person = { kind: 'user', name: 'gains' } as const
  const asked = await attachmentReview(me.browser, page, { ...person, do: 'attach' })
  assert.match(
    textOf(asked),
    /Attach shown-first to the person gains\?.*Gains This would be allowed, and was not/,
  )
  assert.match(textOf(asked), /docs:GetDocument/)
  assert.match(textOf(asked), /Loses Nothing: everything that was allowed still is/)
  assert.match(textOf(await me.browser.open(page)), /Nothing: it grants nobody anything/)
  // What the person has was changed since: it is shown anew.
  await makePolicy('meanwhile', {
    ...read,
    Statement: [{ Effect: 'Deny', Action: 'docs:Get*', Resource: 'arn:aws:docs:::documents/secret' }],
  })
  const denies = await changeAttachment(me.browser, policyPage('meanwhile'), { ...person, do: 'attach' })
  assert.match(textOf(denies), /The policy is attached/)
  const again = await me.browser.submit(asked, {}, '/console/access/attach')
  assert.match(textOf(again), /Attach shown-first to the person gains\?/)
  const done = await me.browser.submit(again, {}, '/console/access/attach')
  assert.match(textOf(done), /The policy is attached/)
  // Without the denial they may read one document more.
  const detached = await attachmentReview(me.browser, policyPage('meanwhile'), { ...person, do: 'detach' })
  assert.match(textOf(detached), /Gains This would be allowed, and was not.*documents\/secret/)
  assert.match(textOf(detached), /Denies no more This was denied, whatever else allows it: docs:Get/)
  const nobody = await me.browser.open(
    `/console/access/attach?arn=${encodeURIComponent(policyArn('shown-first'))}&kind=user&name=nobody&do=attach`,
  )
  assert.equal(nobody.status, 422)
  assert.match(textOf(nobody), /The user with name nobody cannot be found/)
})

test('an app gets its secret once, a second one, and tells what it would be told', { timeout }, async () => {
  const page = await me.browser.open('/console/apps/new?kind=web')
  const wrong = await me.browser.send(
    page,
    { kind: 'web', client_name: '', redirect_uris: 'nonsense' },
    '/console/apps/new',
  )
  assert.equal(wrong.status, 422)
  assert.match(wrong.text, />\nnonsense<\/textarea>/)
  const made = await me.browser.send(
    page,
    { kind: 'web', client_name: 'Wiki', redirect_uris: 'https://wiki.example/callback', access: 'everyone' },
    '/console/apps/new',
  )
  assert.equal(headingOf(made), 'Copy the secret now', textOf(made))
  const id = /OIDC_CLIENT_ID=([\w-]+)/.exec(made.text)?.[1] ?? ''
  const secret = /OIDC_CLIENT_SECRET=([\w-]+)/.exec(made.text)?.[1] ?? ''
  assert.ok(secret.length > 20)
  const app = await me.browser.open(`/console/apps/${id}`)
  assert.ok(!app.text.includes(secret))
  const second = await me.browser.send(await me.browser.open(`/console/apps/${id}/secrets`), {}, '/secrets')
  assert.match(second.text, /OIDC_CLIENT_SECRET=/)
  assert.match(second.text, new RegExp(`href="/console/apps/${id}">[^<]*Wiki</a>`))
  const [, old = ''] =
    /secrets\/([\w-]+)\/delete/.exec((await me.browser.open(`/console/apps/${id}`)).text) ?? []
  const ask = await me.browser.open(`/console/apps/${id}/secrets/${old}/delete`)
  assert.equal(headingOf(ask), `Delete the secret ${old} of Wiki?`)
  assert.match(
    textOf(await me.browser.open(`/console/apps/${id}/preview?person=admin`)),
    /ID token.*sub.*Userinfo/,
  )
  const edit = await me.browser.open(`/console/apps/${id}/edit`)
  const saved = await me.browser.submit(
    edit,
    {
      client_name: 'Wiki two',
      redirect_uris: 'https://wiki.example/callback',
      access: 'everyone',
      access_groups: '',
      post_logout_redirect_uris: '',
    },
    '/edit',
  )
  assert.match(textOf(saved), /Wiki two.*The app was saved/)
  assert.doesNotMatch(saved.text, /post_logout_redirect_uris/)
  await me.browser.submit(
    await me.browser.open('/console/groups/new'),
    { name: 'readers' },
    '/console/groups/new',
  )
  const limited = await me.browser.submit(
    await me.browser.open(`/console/apps/${id}/edit`),
    {
      redirect_uris: 'https://wiki.example/callback',
      first_party: 'true',
      access: 'groups',
      access_groups: 'readers',
    },
    '/edit',
  )
  assert.match(textOf(limited), /Members of groups: readers/)
  assert.match(textOf(limited), /first_party true/)
  assert.match((await me.browser.open(`/console/apps/${id}/edit`)).text, /name="first_party"[^>]* checked/)
  assert.match(limited.text, /href="\/console\/groups\/readers"/)
  const gone = await me.browser.submit(await me.browser.open(`/console/apps/${id}/delete`), {}, '/delete')
  assert.match(textOf(gone), /The app was deleted/)
})

test('a role is made for a workload, and a token is tried against its trust', { timeout }, async () => {
  const presets = await me.browser.open('/console/workloads/new')
  assert.match(textOf(presets), /spiffe:\/\/ and the trust domain/)
  assert.match(textOf(await me.browser.open('/console/providers')), /None yet\..*made together with a role/)
  const form = await me.browser.open('/console/workloads/new?preset=github-actions')
  const wrong = await me.browser.send(
    form,
    { role: 'deploy', 'option-owner': 'acme' },
    '/console/workloads/new',
  )
  assert.equal(wrong.status, 422)
  assert.match(wrong.text, /id="field-option-repository"[^>]*aria-invalid="true"/)
  const nothingNarrows = { role: 'deploy', 'option-owner': 'acme', 'option-repository': 'site' }
  const tooWide = await me.browser.send(form, nothingNarrows, '/console/workloads/new')
  assert.match(textOf(tooWide), /Give exactly one of branch, tag, environment\./)
  const made = await me.browser.submit(
    form,
    { role: 'deploy', 'option-owner': 'acme', 'option-repository': 'site', 'option-branch': 'main' },
    '/console/workloads/new',
  )
  assert.match(textOf(made), /The role was created/)
  assert.match(made.text, /it has no policies.*Attach a policy/s)
  assert.match(textOf(made), /repo:acme\/site:ref:refs\/heads\/main/)
  assert.match(textOf(made), /In the workload Workflow.*role-to-assume: arn:aws:iam::\d{12}:role\/deploy/)
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const token = `${part({ alg: 'RS256', kid: 'x' })}.${part({ iss: 'https://nobody.example', sub: 'job', aud: 'chancery', iat: 1, exp: 2 })}.c2ln`
  const tried = await me.browser.send(made, { token }, '/try')
  assert.match(textOf(tried), /It would not match.*Issuer Fails.*has no provider/)
  assert.ok(!tried.text.includes(token), 'the token is not shown again')
  const editor = await me.browser.open('/console/workloads/deploy/trust')
  const checked = await me.browser.send(
    editor,
    {
      do: 'check',
      document: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: {
              Federated: `arn:aws:iam::${server.accountId}:oidc-provider/token.actions.githubusercontent.com`,
            },
            Action: 'sts:AssumeRoleWithWebIdentity',
          },
        ],
      }),
    },
    '/trust',
  )
  assert.match(textOf(checked), /Error|Warning/)
  await me.browser.submit(
    form,
    { ...nothingNarrows, role: 'another', 'option-tag': 'v1', 'option-audience': 'releases' },
    '/console/workloads/new',
  )
  const released = `${part({ alg: 'RS256', kid: 'x' })}.${part({ iss: 'https://token.actions.githubusercontent.com', sub: 'job', aud: 'releases', iat: 1, exp: 2 })}.c2ln`
  const another = await me.browser.open('/console/workloads/another')
  assert.match(textOf(await me.browser.send(another, { token: released }, '/try')), /Audience Passes/)
  assert.match(textOf(await me.browser.open('/console/providers')), /token\.actions\.githubusercontent\.com/)
})

test('a role is made for a person of this account, with a second factor', { timeout }, async () => {
  const form = await me.browser.open('/console/workloads/new/account')
  const fields = { role: 'operator', kind: 'user', mfa: 'true' }
  const action = '/console/workloads/new/account'
  const wrong = await me.browser.send(form, { ...fields, name: 'a:b' }, action)
  assert.match(wrong.text, /id="field-name"[^>]*aria-invalid="true"/)
  const made = await me.browser.submit(form, { ...fields, name: 'admin' }, action)
  assert.match(textOf(made), /The role was created/)
  assert.match(textOf(made), /user\/admin.*only if aws:MultiFactorAuthPresent is true/)
})

test('a refusal is explained from its reference, and an entry is opened', { timeout }, async () => {
  const list = await me.browser.open('/console/activity?outcome=done')
  const entry = /href="(\/console\/activity\/[^"?]+)"/.exec(list.text)?.[1] ?? ''
  const opened = await me.browser.open(entry)
  assert.equal(opened.status, 200)
  const reference = /explain\?reference=([\w-]+)/.exec(opened.text)?.[1] ?? ''
  assert.match(textOf(await me.browser.open(`/console/access/explain?reference=${reference}`)), /Entry/)
  const unknown = await me.browser.open(
    '/console/access/explain?reference=12345678-1234-1234-1234-123456789012',
  )
  assert.match(textOf(unknown), /No request of this account has this reference/)
  assert.match(textOf(await me.browser.open('/console/activity?from=yesterday')), /Since must be/)
  const csv = await me.browser.get('/console/activity.csv?action=chancery:InvitePerson')
  assert.match(csv.text, /^time,outcome,action/)
})

test('settings are saved, and what is out of range is marked', { timeout }, async () => {
  const page = await me.browser.open('/console/settings')
  const fields = {
    passwordMinimumLength: '14',
    passwordRefuseGuessable: 'true',
    passwordRequireUppercase: 'false',
    passwordRequireLowercase: 'false',
    passwordRequireNumbers: 'false',
    passwordRequireSymbols: 'false',
    passwordMaxAgeDays: '',
    passwordReusePrevention: '',
    secondFactor: 'required',
    secondFactorGroups: '',
    sessionIdleSeconds: '3600',
    sessionLifetimeSeconds: '',
  }
  const wrong = await me.browser.send(page, { ...fields, passwordMinimumLength: '3' }, '/console/settings')
  assert.match(wrong.text, /id="field-passwordMinimumLength"[^>]*aria-invalid="true"/)
  const saved = await me.browser.submit(page, fields, '/console/settings')
  assert.match(textOf(saved), /The settings were saved/)
  assert.match(saved.text, /name="passwordMinimumLength"[^>]*value="14"/)
  assert.match(saved.text, /name="sessionIdleSeconds"[^>]*value="1 h"/)
  const times = { ...fields, sessionIdleSeconds: '90 min', sessionLifetimeSeconds: 'soon' }
  const soon = await me.browser.send(saved, times, '/console/settings')
  assert.equal(soon.status, 422)
  assert.match(textOf(soon), /Longest session after the sign-in must be a number/)
  assert.match(soon.text, /name="sessionLifetimeSeconds"[^>]*value="soon"/)
  const longer = await me.browser.submit(
    saved,
    { ...times, sessionLifetimeSeconds: '2 d' },
    '/console/settings',
  )
  assert.match(longer.text, /name="sessionIdleSeconds"[^>]*value="90 min"/)
  assert.match(longer.text, /name="sessionLifetimeSeconds"[^>]*value="2 d"/)
  await me.browser.submit(longer, fields, '/console/settings')
})

test('search finds by the beginning, and leads to what an ARN, a key or a reference names', {
  timeout,
}, async () => {
  await invite('zelda')
  const found = await me.browser.open('/console/search?q=zel')
  assert.match(found.text, /href="\/console\/people\/zelda"/)
  for (const [typed, path] of [
    [`arn:aws:iam::${server.accountId}:user/zelda`, '/console/people/zelda'],
    [policyArn('docs-read'), policyPage('docs-read')],
    [
      '12345678-1234-1234-1234-123456789012',
      '/console/access/explain?reference=12345678-1234-1234-1234-123456789012',
    ],
    [
      '12345678123412341234123456789012',
      '/console/access/explain?reference=12345678123412341234123456789012',
    ],
    ['ASIAABCDEFGHIJKLMNOP', '/console/activity?session=ASIAABCDEFGHIJKLMNOP'],
  ]) {
    const { location } = await me.browser.get(`/console/search?q=${encodeURIComponent(typed ?? '')}`)
    assert.equal(location, `${server.url}${path}`)
  }
})

test('Home shows what is still to do', { timeout }, async () => {
  const home = await me.browser.open('/console')
  assert.match(textOf(home), /Secure your own sign-in ?, done/)
  assert.match(textOf(home), /A second administrator So that nobody is locked out/)
})

test('a switch that is off is sent as off, and one that was not shown stays', { timeout }, async () => {
  const switched = async (fields: Readonly<Record<string, string>>): Promise<Seen> => {
    const page = await me.browser.open('/console/settings')
    const kept = { passwordMinimumLength: '14', secondFactor: 'required', passkeys: 'allowed' }
    const times = { trustedDeviceDays: '0', sessionIdleSeconds: '3600', selfRegistration: 'off' }
    return me.browser.submit(page, { ...kept, ...times, ...fields }, '/console/settings')
  }
  const on = /name="passwordRequireSymbols" value="true" checked/
  assert.match((await switched({ passwordRequireSymbols: 'true' })).text, on)
  const off = await switched({})
  assert.match(textOf(off), /The settings were saved/)
  assert.match(off.text, /role="switch"[^>]*name="passwordRequireSymbols"/)
  assert.doesNotMatch(off.text, on)
})

test('an address that there is not is a page of the console for people, and JSON for programs', {
  timeout,
}, async () => {
  for (const path of ['/console/nothing', '/console/nothing/at/all', '/console/access/nothing']) {
    const page = await me.browser.open(path)
    assert.deepEqual([page.status, headingOf(page)], [404, 'Not found'], path)
    assert.match(page.text, /aria-label="Sections"/)
    const cookie = [...me.browser.cookies.entries()]
      .map(([key, { value }]) => `${key.split(' ')[0]}=${value}`)
      .join('; ')
    const answer = await fetch(server.url + path, { headers: { cookie, accept: 'application/json' } })
    assert.equal(answer.status, 404)
    assert.match(answer.headers.get('content-type') ?? '', /application\/problem\+json/)
  }
})
