// The pages of the console in a real browser, with hostile names in them: one of each kind, every other light on a phone, the others
// dark on a desktop; `npm run test:long` tries every page in all four pairs. No accessibility violation (WCAG 2.2 AA), nothing wider than the screen, nothing that runs.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import { type Language, languages } from '../../views/languages/languages.ts'
import { checksEveryPage, launchBrowser, violationsOf } from '../support/browser.ts'
import { selfSigned } from '../support/certificate.ts'
import type { FormBrowser } from '../support/form-browser.ts'
import { isLongForm, namedOf } from '../support/long-form.ts'
import { changeAttachment } from '../support/pages/attach-policy.ts'
import { enrol, recentSignIn } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'
import { until } from '../support/waiting.ts'

const { browser, skip } = await launchBrowser()
let server: Running
let me: () => Promise<FormBrowser>
let pages: readonly string[]

/** What people type, as an attacker types it (docs/attacks.md 24). */
const hostile = `"'><img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}}`

before(async () => {
  if (skip) return
  server = await startServer()
  me = recentSignIn(server, await enrol(server))
  pages = await seed()
})
after(async () => {
  await browser?.close()
  await server?.stop()
})

const post = async (
  path: string,
  fields: Readonly<Record<string, string>>,
  action = path,
): Promise<string> => {
  const browser = await me()
  const made = await browser.submit(await browser.open(path), fields, action)
  assert.equal(made.status, 200, `${path}: ${made.text.replace(/<[^>]*>/g, ' ').slice(0, 2000)}`)
  return made.text
}

/** Something on every page. @returns the pages */
async function seed(): Promise<readonly string[]> {
  await post('/console/people/invite', { name: 'ada', displayName: hostile, email: 'ada@corp.example' })
  await post('/console/groups/new', { name: 'staff', displayName: hostile })
  await post('/console/groups/staff', { person: 'ada' }, '/members')
  const app = await post(
    '/console/apps/new?kind=web',
    {
      client_name: hostile,
      redirect_uris: 'https://wiki.example/callback',
      access: 'everyone',
    },
    '/console/apps/new',
  )
  const id = /OIDC_CLIENT_ID=([\w-]+)/.exec(app)?.[1] ?? ''
  for (const redirect_uri of [`https://wiki.example/${hostile.replace(/[ *]/g, '/')}`, 'javascript:alert(3)'])
    await fetch(
      `${server.url}/authorize?${new URLSearchParams({ client_id: id, redirect_uri, response_type: 'code', scope: 'openid' })}`,
    )
  const came = await (await me()).open(`/console/apps/${id}`)
  const add = /href="(\/console\/apps\/[^"]+\/redirects\/[^"]+)"/.exec(came.text)?.[1] ?? ''
  assert.ok(add !== '')
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Read',
        Effect: 'Allow',
        Action: 'docs:*',
        Resource: '*',
        Condition: { StringLike: { 'aws:username': hostile } },
      },
      { Effect: 'Deny', Action: 'iam:PassRole', Resource: '*' },
    ],
  })
  await post('/console/access/new', { name: 'docs', description: hostile.slice(0, 40), document, do: 'save' })
  const policy = `arn=${encodeURIComponent(`arn:aws:iam::${server.accountId}:policy/docs`)}`
  await changeAttachment(await me(), `/console/access/policy?${policy}`, {
    kind: 'group',
    name: 'staff',
    do: 'attach',
  })
  await post(
    '/console/workloads/new?preset=github-actions',
    { role: 'deploy', 'option-owner': 'acme', 'option-repository': 'site', 'option-branch': 'main' },
    '/console/workloads/new',
  )
  await post(
    '/console/providers/new?kind=openid',
    {
      name: 'corp',
      'sign_in.title': hostile.slice(0, 64),
      url: 'https://login.corp.example',
      'sign_in.client_id': hostile,
      'sign_in.second_factor.ask': 'everyone',
      'sign_in.mapping': JSON.stringify({ name: hostile }),
      do: 'save',
    },
    '/console/providers/new',
  )
  const { certificate, privateKey } = selfSigned('front.acme.example')
  await post('/console/settings/certificates/new', { name: 'front', certificate, privateKey })
  await post('/console/settings/mail', {
    host: 'smtp.acme.example',
    from: 'Acme <sign-in@acme.example>',
    organization: hostile,
  })
  await post(
    '/console/activity?outcome=denied',
    { name: hostile.replaceAll('/', '').slice(0, 64) },
    '/activity/views',
  )
  const activity = await (await me()).open('/console/activity')
  const entry = /href="(\/console\/activity\/[^"?]+)"/.exec(activity.text)?.[1] ?? ''
  const provider = `arn=${encodeURIComponent(`arn:aws:iam::${server.accountId}:oidc-provider/token.actions.githubusercontent.com`)}`
  const signInArn = `arn:aws:iam::${server.accountId}:oidc-provider/login.corp.example`
  const signIn = `arn=${encodeURIComponent(signInArn)}`
  const typed = encodeURIComponent(hostile)
  const all = [
    '/console',
    '/console/people',
    `/console/people?search=${typed}`,
    '/console/people/invite',
    '/console/people/invite/many',
    '/console/people/ada',
    '/console/people/admin/sign-in',
    '/console/people/ada/access',
    '/console/people/ada/policies?policy=docs&do=attach',
    '/console/people/ada/groups/staff/leave',
    '/console/people/admin/activity',
    '/console/people/ada/disable',
    '/console/people/ada/access-keys/AKIAEXAMPLE/deactivate',
    `/console/people/${typed}`,
    '/console/groups',
    '/console/groups/new',
    '/console/groups/staff',
    '/console/groups/staff/policies?policy=docs&do=detach',
    '/console/groups/staff/policies?policy=no-such&do=attach',
    '/console/apps',
    '/console/apps/new',
    '/console/apps/new?kind=grafana',
    `/console/apps/${id}/connect?kind=argo-cd`,
    `/console/apps/${id}/connect?kind=synology`,
    `/console/apps/${id}`,
    `/console/apps/${id}/edit`,
    add,
    `/console/apps/${id}/preview?person=ada`,
    '/console/access?scope=All',
    '/console/access/new',
    `/console/access/policy?${policy}`,
    `/console/access/edit?${policy}`,
    `/console/access/delete?${policy}`,
    `/console/access/attach?${policy}&kind=user&name=ada&do=attach`,
    `/console/access/attach?${policy}&kind=group&name=staff&do=detach`,
    `/console/access/ask?principal=ada&action=docs:GetDocument&resource=${typed}&context=${encodeURIComponent(`aws:username=${hostile}`)}`,
    `/console/access/explain?reference=${typed}`,
    '/console/access/requests',
    '/console/access/requests?state=all',
    `/console/access/who?action=docs:GetDocument&resource=${typed}`,
    `/console/people/ada/access?action=docs:GetDocument&resource=${typed}`,
    '/console/workloads',
    '/console/workloads/new',
    '/console/workloads/new?preset=kubernetes',
    '/console/workloads/new/account',
    '/console/workloads/deploy',
    '/console/workloads/deploy/trust',
    '/console/workloads/deploy/policies?policy=docs&do=attach',
    '/console/providers',
    `/console/providers/one?${provider}`,
    '/console/providers/new',
    '/console/providers/new?kind=google',
    '/console/providers/new?kind=saml',
    `/console/providers/one?${signIn}`,
    `/console/providers/edit?${signIn}`,
    `/console/providers/edit?${provider}`,
    `/console/providers/${encodeURIComponent(signInArn)}/disable`,
    '/console/activity',
    '/console/activity/views/x/delete',
    '/console/activity?outcome=denied',
    `/console/activity?who=${typed}`,
    entry,
    '/console/settings',
    '/console/settings/brand',
    '/console/settings/keys',
    '/console/settings/certificates',
    '/console/settings/certificates/new',
    '/console/settings/certificates/front/delete',
    '/console/settings/scim',
    '/console/settings/scim/new',
    '/console/settings/mail',
    '/console/settings/mail/delete',
    '/console/settings/audit',
    '/console/settings/backup',
    '/console/settings/keys/rotate?use=token',
    '/console/people/ada/link',
    `/console/search?q=${typed}`,
    '/console/search?q=a',
  ]
  const ofEachKind = [
    '/console',
    '/console/people',
    '/console/people/invite/many',
    '/console/people/admin/sign-in',
    '/console/people/ada/disable',
    '/console/people/ada/access',
    '/console/people/ada/groups/staff/leave',
    `/console/people/${typed}`,
    '/console/groups/staff',
    '/console/groups/staff/policies?policy=no-such&do=attach',
    '/console/apps/new',
    `/console/apps/${id}/connect?kind=argo-cd`,
    `/console/apps/${id}`,
    add,
    `/console/apps/${id}/preview?person=ada`,
    '/console/access/new',
    `/console/access/policy?${policy}`,
    `/console/access/attach?${policy}&kind=user&name=ada&do=attach`,
    `/console/access/who?action=docs:GetDocument&resource=${typed}`,
    '/console/workloads/new?preset=kubernetes',
    '/console/workloads/deploy/trust',
    `/console/providers/one?${provider}`,
    '/console/activity?outcome=denied',
    entry,
    '/console/settings/brand',
    '/console/settings/keys',
    '/console/settings/mail',
    `/console/search?q=${typed}`,
  ]
  return namedOf(all, ofEachKind, (path) => path)
}

const viewports = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } } as const
const short = [
  { colorScheme: 'light', name: 'phone' },
  { colorScheme: 'dark', name: 'desktop' },
] as const
const others = [
  { colorScheme: 'dark', name: 'phone' },
  { colorScheme: 'light', name: 'desktop' },
] as const

async function signedIn(
  options: Parameters<NonNullable<typeof browser>['newContext']>[0],
): Promise<BrowserContext> {
  const context = await browser?.newContext(options)
  assert.ok(context)
  const cookies = [...(await me()).cookies.entries()].map(([key, { value }]) => ({
    name: key.split(' ')[0] ?? '',
    value,
    url: server.url,
  }))
  await context.addCookies(cookies)
  return context
}

/** Controls below 44 px; links within sentences are exempt (WCAG 2.5.8). */
const tooSmall = `[...document.querySelectorAll('button, select, input:not([type=hidden]):not(.visually-hidden), a.button, .rail a')]
  .filter((e) => e.getBoundingClientRect().height > 0 && e.getBoundingClientRect().height < 44).map((e) => e.outerHTML.slice(0, 120))`

/** The pages that follow have this language. */
const speak = (context: BrowserContext, language: Language): Promise<void> =>
  context.addCookies([{ name: 'language', value: language, url: server.url }])

/** What a page has that is too wide for the screen, or too small for a finger. */
async function misfits(tab: Page, path: string): Promise<readonly string[]> {
  const isWide = await tab.evaluate('document.documentElement.scrollWidth > innerWidth')
  const small = (await tab.evaluate(tooSmall)) as string[]
  return [
    ...(isWide ? [`${path}: scrolls sideways`] : []),
    ...small.map((control) => `${path}: too small ${control}`),
  ]
}

for (const [nth, { colorScheme, name }] of (isLongForm ? [...short, ...others] : short).entries()) {
  test(`pages of the console are accessible, fit and run nothing, ${colorScheme} on a ${name}`, {
    skip,
    timeout: 180_000,
  }, async () => {
    const context = await signedIn({ viewport: viewports[name], colorScheme, hasTouch: name === 'phone' })
    await checksEveryPage(context)
    const tab = await context.newPage()
    const wrong: string[] = []
    tab.on('dialog', (dialog) => {
      wrong.push(`${tab.url()}: ran ${dialog.message()}`)
      void dialog.dismiss()
    })
    tab.on('console', (message) => {
      if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
        wrong.push(`${tab.url()}: ${message.text()}`)
    })
    const mine = pages.filter((_, at) => isLongForm || at % 2 === (name === 'phone' ? 0 : 1))
    for (const [at, path] of mine.entries()) {
      await speak(context, languages[(at + nth) % languages.length] ?? 'en')
      await tab.goto(server.url + path)
      for (const violation of await violationsOf(tab)) wrong.push(`${path}: ${violation}`)
      wrong.push(...(await misfits(tab, path)))
      if (await tab.evaluate('document.querySelector("main img, main script") !== null'))
        wrong.push(`${path}: markup of a name`)
    }
    await context.close()
    assert.deepEqual(wrong, [])
  })
}

if (isLongForm)
  for (const language of languages)
    test(`${language}: every page of the console fits a phone`, { skip, timeout: 240_000 }, async () => {
      const context = await signedIn({ viewport: viewports.phone, hasTouch: true })
      await speak(context, language)
      const tab = await context.newPage()
      const wrong: string[] = []
      for (const path of pages) {
        await tab.goto(server.url + path)
        wrong.push(...(await misfits(tab, path)))
      }
      await context.close()
      assert.deepEqual(wrong, [])
    })

/** Words of English that are none in the other languages. */
const english =
  /\b(?:the|of|is|are|with|and|which|that|this|they|their|your|from|have|who|been|cannot|does|nothing|every|when)\b/i

/** Texts that people read in a page, and those that are read to them. Code is the same in every language. */
function textsOf(page: string): readonly string[] {
  const markup = page
    .replace(/<(script|style|code|pre|textarea)\b[\s\S]*?<\/\1>/g, '')
    .replace(/<(\w+)[^>]* lang="en"[^>]*>[\s\S]*?<\/\1>/g, '')
  const spoken = markup.matchAll(/\b(?:aria-label|placeholder|title|alt|data-done)="([^"]*)"/g)
  return [...markup.split(/<[^>]*>/), ...[...spoken].map(([, text = '']) => text)]
}

for (const language of languages.filter((one) => one !== 'en'))
  test(`${language}: no page of the console is left in English`, { timeout: 120_000 }, async () => {
    const browser = await me()
    await browser.get(`/language/${language}`)
    const left = new Set<string>()
    for (const path of pages) {
      const { text } = await browser.open(path)
      assert.match(text, new RegExp(`<html lang="${language}">`), path)
      for (const one of textsOf(text)) {
        if (english.test(one)) left.add(`${path}: ${one.trim()}`)
        if (/\{\w+\}/.test(one.replaceAll('{{7*7}}', ''))) left.add(`${path}: ${one}`)
      }
    }
    await browser.get('/language/en')
    assert.deepEqual([...left], [])
  })

test('on a phone the sections fold, and are opened without a pointer', {
  skip,
}, async () => {
  const context = await signedIn({ viewport: viewports.phone })
  const tab = await context.newPage()
  await tab.goto(`${server.url}/console/people`)
  const link = tab.getByRole('link', { name: 'Workloads' })
  assert.equal(await link.isVisible(), false)
  await tab.getByRole('checkbox', { name: 'Show sections' }).focus()
  await tab.keyboard.press('Space')
  assert.equal(await link.isVisible(), true)
  await context.close()
})

test('a person is disabled with the keyboard alone', { skip }, async () => {
  await post('/console/people/invite', { name: 'keyboard' })
  const context = await signedIn({ viewport: viewports.desktop })
  const tab = await context.newPage()
  await tab.goto(`${server.url}/console/people/keyboard/sign-in`)
  const press = async (name: string, role: 'link' | 'button') => {
    for (let at = 0; at < 80; at++) {
      await tab.keyboard.press('Tab')
      const focused = tab.locator(':focus')
      if (
        (await focused.count()) === 1 &&
        (await tab.getByRole(role, { name, exact: true }).and(focused).count()) === 1
      ) {
        await tab.keyboard.press('Enter')
        return
      }
    }
    assert.fail(`${role} ${name} is not reached by Tab`)
  }
  await press('Disable', 'link')
  await tab.waitForURL('**/disable')
  await press('Disable', 'button')
  await tab.waitForURL('**done=disabled')
  assert.match((await tab.textContent('[role=status]')) ?? '', /They are disabled/)
  await context.close()
})

test('fields that ask for a name propose what there is, also the last of several', {
  skip,
}, async () => {
  const context = await signedIn({ viewport: viewports.desktop })
  const tab = await context.newPage()
  const proposed = async (field: string, typed: string): Promise<readonly string[]> => {
    await tab.locator(field).pressSequentially(typed)
    const values = async () =>
      (await tab.evaluate(
        `[...document.querySelector('${field}').list.options].map(({ value }) => value)`,
      )) as readonly string[]
    await until(`something is proposed for ${typed}`, async () =>
      (await values()).some((value) => value.startsWith(typed)),
    )
    return values()
  }
  await tab.goto(`${server.url}/console/groups/staff`)
  assert.deepEqual(await proposed('#person', 'ad'), ['ada', 'admin'])
  await tab.goto(`${server.url}/console/people/invite`)
  assert.ok((await proposed('#field-groups', 'others, st')).includes('others, staff'))
  await tab.goto(`${server.url}/console/access/ask`)
  assert.ok((await proposed('#action', 'iam:CreateU')).includes('iam:CreateUser'))
  await context.close()
})

test('times are shown in the time zone of the browser, or the one that the person chose, and in UTC without scripts', {
  skip,
}, async () => {
  const shown = async (javaScriptEnabled: boolean): Promise<readonly (string | null)[]> => {
    const context = await signedIn({ timezoneId: 'Asia/Tokyo', javaScriptEnabled })
    const tab = await context.newPage()
    await tab.goto(`${server.url}/console/groups/staff`)
    const time = tab.locator('dd time').first()
    const found = [await time.textContent(), await time.getAttribute('title')]
    await context.close()
    return found
  }
  const [utc = '', none] = await shown(false)
  assert.match(utc ?? '', /UTC$/)
  assert.equal(none, null)
  const [inTokyo, title] = await shown(true)
  assert.match(inTokyo ?? '', /GMT\+9$/)
  assert.equal(title, utc)
  const profile = { name: 'admin', 'attributes.timeZone': 'America/New_York' }
  await post('/console/people/admin', profile)
  assert.match((await shown(true))[0] ?? '', /(?:EST|EDT|GMT-[45])$/)
  await post('/console/people/admin', { ...profile, 'attributes.timeZone': '' })
})
