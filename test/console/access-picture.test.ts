// The picture of a person's access and its two questions over HTTP, without JavaScript: what is on the way, what cuts, what unfolds, and
// what somebody with few rights does not see.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { call } from '../support/aws-call.ts'
import { makeAccessAccount } from '../support/data/access-account.ts'
import { type FormBrowser, formBrowser, inlineCode, type Seen } from '../support/form-browser.ts'
import { changeAttachment } from '../support/pages/attach-policy.ts'
import { authenticator, type Enrolled, enrol } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'

let server: Running
let me: Enrolled
/** May see people and ask what they may do, and nothing of policies and roles. */
let asker: FormBrowser
/** May see people alone. */
let clerk: FormBrowser

const timeout = 60_000
const password = 'staple battery wonder'
const textOf = (page: Seen): string =>
  page.text
    .replace(/<svg[\s\S]*?<\/svg>|<\/?(?:code|strong)[^>]*>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&#96;', '`')
    .replace(/\s+/g, ' ')
const svgOf = (page: Seen): string => /<svg class="(?:asked|whole)"[\s\S]*?<\/svg>/.exec(page.text)?.[0] ?? ''
const access = (query: Readonly<Record<string, string>> = {}, name = 'grace'): string =>
  `/console/people/${name}/access?${new URLSearchParams(query)}`
const who = (query: Readonly<Record<string, string>> = {}): string =>
  `/console/access/who?${new URLSearchParams(query)}`
const documents = 'arn:aws:docs:::documents'

async function signedIn(name: string, ...actions: readonly string[]): Promise<FormBrowser> {
  const submit = async (path: string, fields: Readonly<Record<string, string>>, action = path) =>
    me.browser.submit(await me.browser.open(path), fields, action)
  const invited = await submit('/console/people/invite', { name })
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Sid: 'Few', Effect: 'Allow', Action: actions, Resource: '*' }],
  })
  await submit('/console/access/new', { name, description: '', document, do: 'save' })
  const policy = `/console/access/policy?arn=${encodeURIComponent(`arn:aws:iam::${server.accountId}:policy/${name}`)}`
  await changeAttachment(me.browser, policy, { kind: 'user', name, do: 'attach' })
  const browser = formBrowser(server.url)
  const link = /\/sign-in\/link\?token=[\w-]+/.exec(invited.text)?.[0] ?? ''
  const enrolment = await browser.submit(
    await browser.open(link),
    { password, again: password },
    '/sign-in/link',
  )
  const seed = /secret=([A-Z2-7]+)/.exec(enrolment.text)?.[1] ?? ''
  await browser.submit(await browser.send(enrolment, { code: await authenticator(seed)() }), {})
  return browser
}

before(async () => {
  server = await startServer()
  me = await enrol(server)
  await makeAccessAccount(server)
  const people = ['chancery:ListPeople', 'chancery:GetPerson']
  asker = await signedIn('asker', ...people, 'iam:SimulatePrincipalPolicy')
  clerk = await signedIn('clerk', ...people)
})
after(() => server.stop())

test('the picture has groups, roles with their condition, policies and limits, drawn and as a list', {
  timeout,
}, async () => {
  const page = await me.browser.open(access())
  assert.equal(page.status, 200)
  assert.doesNotMatch(page.text, inlineCode)
  const text = textOf(page)
  for (const part of [
    /Policy own-drafts, inline Allows docs:DeleteDocument and docs:PutDocument on/,
    /Limit no-delete, a permissions boundary Allows every action except docs:DeleteDocument/,
    /Group writers Policy docs-write Allows .* Denies every action of docs on arn:aws:docs:::documents\/archive\/\*/,
    /Group everyone Policy office-only, inline Allows docs:ListDocuments on everything, only if aws:SourceIp is in/,
    /Role publisher Policy publish Allows docs:Publish\*/,
    /Role release if aws:MultiFactorAuthPresent is true Policy releases, inline/,
  ])
    assert.match(text, part)
  const svg = svgOf(page)
  for (const name of [
    'grace',
    'writers',
    'everyone',
    'publisher',
    'release',
    'docs-write',
    'own-drafts',
    'no-delete',
  ])
    assert.match(svg, new RegExp(`class="title"[^>]*>${name}</text>`), name)
  assert.match(svg, /<svg[^>]* aria-hidden="true"/)
  assert.match(svg, /class="line dashed"/)
  assert.equal((svg.match(/class="cross"/g) ?? []).length, 2, 'a cross for each Deny')
  assert.match(svg, /<a href="\/console\/workloads\/release" tabindex="-1">/)
  assert.doesNotMatch(text, /On the way|Cuts the way/)
  const lone = await me.browser.open(access({}, 'lone'))
  assert.match(textOf(lone), /No groups, roles or policies/)
  assert.equal(svgOf(lone), '')
})

test('a question lights the way there, or shows what cuts it', { timeout }, async () => {
  const allowed = await me.browser.open(access({ action: 'docs:GetDocument', resource: `${documents}/1` }))
  assert.match(textOf(allowed), /Yes: grace can do docs:GetDocument/)
  assert.match(textOf(allowed), /Group writers On the way Policy docs-write On the way Allows .*? On the way/)
  assert.match(svgOf(allowed), /<g class="edge allow on-way">/)
  assert.doesNotMatch(svgOf(allowed), /<g class="edge \w+ cut">/)

  const denied = await me.browser.open(
    access({ action: 'docs:GetDocument', resource: `${documents}/archive/1` }),
  )
  assert.match(textOf(denied), /No: grace cannot do docs:GetDocument/)
  assert.match(textOf(denied), /denied by statement NoArchive of arn:aws:iam::\d+:policy\/docs-write/)
  assert.match(textOf(denied), /Denies every action of docs on \S+ Cuts the way/)
  assert.match(svgOf(denied), /<g class="edge deny cut">/)
  assert.doesNotMatch(svgOf(denied), /<g class="edge \w+ on-way">/)

  const bound = await me.browser.open(
    access({ action: 'docs:DeleteDocument', resource: `${documents}/drafts/grace/1` }),
  )
  assert.match(textOf(bound), /Limit no-delete, a permissions boundary Cuts the way/)
  assert.match(svgOf(bound), /<g class="edge limit cut">/)

  const nothing = await me.browser.open(access({ action: 'mail:Send', resource: '*' }))
  assert.match(textOf(nothing), /No: grace cannot do mail:Send on \* Denied As themselves : denied because/)
  assert.doesNotMatch(svgOf(nothing), /<g class="edge \w+ (?:on-way|cut)">/)
})

test('a role that needs a second factor is a way with it alone, and the answer says so', {
  timeout,
}, async () => {
  const question = { action: 'release:Start', resource: '*' }
  const unsaid = await me.browser.open(access(question))
  assert.match(
    textOf(unsaid),
    /Yes: grace can do release:Start on \*, once signed in with a second factor Allowed As the role release/,
  )
  assert.match(textOf(unsaid), /Role release if aws:MultiFactorAuthPresent is true On the way/)
  const without = await me.browser.open(access({ ...question, context: 'aws:MultiFactorAuthPresent=false' }))
  assert.match(textOf(without), /No: grace cannot do release:Start/)
  assert.match(
    textOf(without),
    /As the role release : becoming it is denied because the role's trust policy does not allow it; .*MultiFactorAuthPresent/,
  )
  assert.match(
    textOf(without),
    /Role release if aws:MultiFactorAuthPresent is true Would|Condition does not hold/,
  )
  const withFactor = await me.browser.open(
    access({ ...question, context: 'aws:MultiFactorAuthPresent=true' }),
  )
  assert.match(textOf(withFactor), /Yes: grace can do release:Start/)
  assert.match(textOf(withFactor), /Role release if aws:MultiFactorAuthPresent is true On the way/)
  const cut = await me.browser.open(
    access({
      action: 'release:Deploy',
      resource: 'arn:aws:release:::production',
      context: 'aws:MultiFactorAuthPresent=true',
    }),
  )
  assert.match(textOf(cut), /No: grace cannot do release:Deploy/)
  assert.match(textOf(cut), /Denies release:Deploy on arn:aws:release:::production. Cuts the way/)
})

test('a question that is not understood keeps what was typed', { timeout }, async () => {
  for (const [query, problem] of [
    [{ action: 'docs:*', resource: '*' }, /An action has the form service:Action, without wildcards/],
    [{ action: 'nothing', resource: '*' }, /An action has the form/],
    [{ action: 'docs:Get', resource: '*', context: 'no key' }, /is not a condition key/],
    [{ action: `docs:${'x'.repeat(200)}`, resource: '*' }, /An action has the form/],
    [{ action: 'docs:Get', resource: 'x'.repeat(2049) }, /no more than 2048 characters/],
  ] as const)
    for (const path of [access(query), who(query)]) {
      const page = await me.browser.open(path)
      assert.equal(page.status, 422, path)
      assert.match(textOf(page), problem)
      assert.match(page.text, new RegExp(`name="action" value="${query.action.replaceAll('*', '\\*')}"`))
    }
  const odd = await me.browser.open(
    `${access({ action: 'docs:Get', resource: '"><script>' })}&open=x%0A__proto__%0A${'y'.repeat(500)}`,
  )
  assert.equal(odd.status, 200)
  assert.doesNotMatch(odd.text, /<script>/)
  assert.equal((await me.browser.open(access({}, 'nobody'))).status, 404)
})

test('who can: people, each with the way, and the picture a click away', { timeout }, async () => {
  const page = await me.browser.open(who({ action: 'docs:PublishDocument', resource: `${documents}/1` }))
  assert.match(textOf(page), /admin As themselves : allowed by/)
  assert.match(textOf(page), /grace As the role publisher : allowed by statement Publish of/)
  // Policies that are named lead to their page.
  const [, href = ''] =
    /statement 1 of <a href="([^"]+)"><code[^>]*>arn:aws:iam::aws:policy\/AdministratorAccess/.exec(
      page.text,
    ) ?? []
  assert.equal((await me.browser.open(href)).status, 200)
  assert.doesNotMatch(textOf(page), /lone/)
  const link = /href="(\/console\/people\/grace\/access\?[^"]+)"/.exec(page.text)?.[1] ?? ''
  assert.match(
    textOf(await me.browser.open(link.replaceAll('&amp;', '&'))),
    /Yes: grace can do docs:PublishDocument/,
  )
  const file = await me.browser.open(
    who({ action: 'docs:PublishDocument', resource: `${documents}/1` }).replace('?', '.csv?'),
  )
  assert.match(file.text, /^name,displayName,arn,ways\r\n/)
  assert.match(file.text, /grace,,arn:aws:iam::\d+:user\/grace,as the role publisher: allowed by/)
  const wrong = await me.browser.open(
    who({ action: 'docs:PublishDocument', resource: '*', cursor: 'stolen' }),
  )
  assert.equal(wrong.status, 422)
})

test('the picture is a file too', { timeout }, async () => {
  const asked = access({ action: 'docs:GetDocument', resource: `${documents}/archive/1` })
  const csv = await me.browser.open(asked.replace('access?', 'access.csv?'))
  assert.equal(csv.headers.get('content-disposition'), 'attachment; filename="access-of-grace.csv"')
  assert.match(csv.text, /^from,to,relation,condition,answer\r\n/)
  assert.match(csv.text, /user\/grace,arn:aws:iam::\d+:group\/writers,member,,would be the way\r\n/)
  assert.match(
    csv.text,
    /policy\/docs-write,Denies `docs[^\r]*,deny,,cuts\r\n|policy\/docs-write,Denies every[^\r]*,deny,,cuts\r\n/,
  )
  assert.match(csv.text, /role\/release,trust,`aws:MultiFactorAuthPresent` is `true`,/)
  const json = await me.browser.open(access().replace('access?', 'access.json?'))
  assert.equal(JSON.parse(json.text).length, csv.text.trim().split('\r\n').length - 1)
  assert.equal((await clerk.open(access().replace('access?', 'access.json?'))).status, 403)
})

test('the pictures of a group, a role and a policy are files too', { timeout }, async () => {
  const policy = `arn=${encodeURIComponent(`arn:aws:iam::${server.accountId}:policy/docs-write`)}`
  const asked = new URLSearchParams({ action: 'docs:GetDocument', resource: `${documents}/archive/1` })
  for (const [page, file, name, line] of [
    [
      '/console/groups/writers',
      '/console/groups/writers/access.csv',
      'writers',
      /user\/grace,[^\r]*group\/writers,member,/,
    ],
    [
      '/console/workloads/release',
      '/console/workloads/release/access.csv',
      'release',
      /role\/release,trust,/,
    ],
    [
      `/console/access/policy?${policy}`,
      `/console/access/policy.csv?${policy}`,
      'docs-write',
      /policy\/docs-write,/,
    ],
  ] as const) {
    const shown = await me.browser.open(page)
    assert.ok(shown.text.replaceAll('&amp;', '&').includes(`href="${file}"`), page)
    const csv = await me.browser.open(`${file}${file.includes('?') ? '&' : '?'}${asked}`)
    assert.equal(csv.headers.get('content-disposition'), `attachment; filename="access-of-${name}.csv"`)
    assert.match(csv.text, /^from,to,relation,condition,answer\r\n/)
    assert.match(csv.text, line)
    const json = await me.browser.open(file.replace('.csv', '.json'))
    assert.equal(JSON.parse(json.text).length, csv.text.trim().split('\r\n').length - 1)
    assert.equal((await clerk.open(file)).status, 403, file)
  }
})

test('what somebody may not see is hidden, with the permission that is missing', { timeout }, async () => {
  const page = await asker.open(access({ action: 'docs:GetDocument', resource: `${documents}/1` }))
  assert.equal(page.status, 200)
  const text = textOf(page)
  assert.match(text, /Yes: grace can do docs:GetDocument/)
  assert.match(text, /Hidden Roles hidden: you lack iam:ListRoles/)
  assert.match(text, /Policies hidden: you lack iam:ListAttachedUserPolicies/)
  assert.match(text, /Policies hidden: you lack iam:ListAttachedGroupPolicies On the way/)
  assert.doesNotMatch(text, /own-drafts|publisher|DeleteDocument/)
  const refused = await asker.open(who({ action: 'docs:GetDocument', resource: '*' }))
  assert.equal(refused.status, 422)
  assert.match(textOf(refused), /not authorized to perform: iam:ListUsers/)

  const lists = await clerk.open(access())
  assert.equal(lists.status, 200)
  assert.match(textOf(lists), /not authorized to perform: iam:SimulatePrincipalPolicy/)
  assert.equal(svgOf(lists), '')
  assert.doesNotMatch(textOf(lists), /own-drafts|docs-write|publisher/)
})

const role = (name: string, query: Readonly<Record<string, string>> = {}): string =>
  `/console/workloads/${name}?${new URLSearchParams(query)}`
const group = (name: string, query: Readonly<Record<string, string>> = {}): string =>
  `/console/groups/${name}?${new URLSearchParams(query)}`
const policy = (name: string, query: Readonly<Record<string, string>> = {}): string =>
  `/console/access/policy?${new URLSearchParams({ arn: `arn:aws:iam::${server.accountId}:policy/${name}`, ...query })}`

test('a role, a group and a policy have a picture from their own point of view, with the same questions', {
  timeout,
}, async () => {
  const archived = { action: 'docs:GetDocument', resource: `${documents}/archive/1` }
  const read = { action: 'docs:GetDocument', resource: `${documents}/1` }
  const publish = { action: 'docs:PublishNow', resource: `${documents}/1` }
  for (const [path, parts, svg] of [
    [
      role('release'),
      [
        /Who may become it Person grace if aws:MultiFactorAuthPresent is true/,
        /What it reaches Policy releases, inline/,
      ],
      /class="line dashed"/,
    ],
    [
      role('publisher', publish),
      [
        /Yes: publisher can do docs:PublishNow/,
        /As the role publisher/,
        /Policy publish On the way Allows docs:Publish\* .*On the way/,
      ],
      /<g class="edge allow on-way">/,
    ],
    [role('publisher', read), [/No: publisher cannot do/], /<svg class="(?:asked|whole)"/],
    [
      group('writers'),
      [/Who is in it Person grace/, /What they reach by it Policy docs-write Allows/],
      /class="title"[^>]*>grace<\/text>/,
    ],
    [
      group('writers', read),
      [/Yes: whoever is in writers and has nothing else can do/, /With this group alone/],
      /edge allow on-way/,
    ],
    [
      policy('docs-write', archived),
      [/No: whoever has docs-write and nothing else cannot do/, /Who has it Group writers/, /Cuts the way/],
      /<g class="edge deny cut">/,
    ],
    [policy('no-delete'), [/Nobody: it is attached to nothing/], /class="node allow none"/],
  ] as const) {
    const page = await me.browser.open(path)
    assert.equal(page.status, 200, path)
    for (const part of parts) assert.match(textOf(page), part, path)
    assert.match(svgOf(page), svg, path)
    assert.doesNotMatch(page.text, inlineCode)
  }
  const faulty = await me.browser.open(policy('docs-write', { action: 'docs' }))
  assert.match(textOf(faulty), /An action has the form/)
  const who = await me.browser.open(
    `/console/access/who?${new URLSearchParams({ action: 'sts:AssumeRole', resource: `arn:aws:iam::${server.accountId}:role/publisher` })}`,
  )
  assert.match(textOf(who), /grace/)
  assert.doesNotMatch(textOf(who), /lone/)
})

test('the access of a group comes before its members, of whom there may be pages', { timeout }, async () => {
  const { text } = await me.browser.open('/console/groups/writers')
  const [access, members] = ['Access', 'Members'].map((title) =>
    text.search(new RegExp(`<h2[^>]*>${title}<`)),
  )
  assert.ok(access !== undefined && members !== undefined && access > 0 && access < members)
})

test('members and holders beyond the first are one node, which unfolds', { timeout }, async () => {
  const iam = async (action: string, params: Readonly<Record<string, string>>) => {
    const credentials = { accessKeyId: server.rootKey.id, secretAccessKey: server.rootKey.secret }
    const { status, text } = await call(server.url, credentials, 'iam', action, params)
    assert.equal(status, 200, text)
  }
  await iam('CreateGroup', { GroupName: 'many' })
  const PolicyArn = `arn:aws:iam::${server.accountId}:policy/publish`
  for (let n = 0; n < 9; n++) {
    await iam('CreateUser', { UserName: `many-${n}` })
    await iam('AddUserToGroup', { GroupName: 'many', UserName: `many-${n}` })
    await iam('AttachUserPolicy', { UserName: `many-${n}`, PolicyArn })
  }
  for (const [path, folded] of [
    [group('many'), /More More /],
    [policy('publish'), /More 4 more /],
  ] as const) {
    const page = await me.browser.open(path)
    assert.match(textOf(page), folded)
    const list = /<div class="picture-list">[\s\S]*?<figure>/.exec(page.text)?.[0] ?? ''
    assert.equal((list.match(/people\/many-/g) ?? []).length, 6)
    const link = /href="([^"]*open=who[^"]*)"/.exec(list)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const unfolded = await me.browser.open(link)
    assert.match(textOf(unfolded), /many-8/)
    const whole = /<div class="picture-list">[\s\S]*?<figure>/.exec(unfolded.text)?.[0] ?? ''
    assert.equal((whole.match(/people\/many-/g) ?? []).length, 9)
  }
})

test('whoever may not ask what a role may do sees why, and no picture', { timeout }, async () => {
  const page = await clerk.open(group('writers'))
  assert.equal(page.status, 403)
  const shown = await asker.open(role('publisher'))
  assert.equal(shown.status, 403)
})
