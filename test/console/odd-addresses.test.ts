// Addresses that nobody meant: every page of the console with parameters that are empty, odd, repeated, long or broken answers with a page
// in the language of its reader, and never as if the server were at fault. `npm run test:long` tries every parameter with every value.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { adminBody } from '../admin/call.ts'
import { type Seen, textOf } from '../support/form-browser.ts'
import { englishWordsIn } from '../support/languages/translated.ts'
import { withVariants } from '../support/long-form.ts'
import { type Enrolled, enrol } from '../support/person.ts'
import { type Running, startServer } from '../support/server.ts'

const limit = { timeout: 240_000 }
let server: Running
let me: Enrolled

before(async () => {
  server = await startServer()
  me = await enrol(server)
  await adminBody(server.url, { method: 'POST', path: '/groups', body: { name: 'staff' } })
  await me.browser.get('/language/de')
}, limit)
after(() => server?.stop())

const root = join(import.meta.dirname, '../../src/console')

interface PagesOfFile {
  readonly file: string
  readonly paths: readonly string[]
  /** Parameters that the file reads. */
  readonly names: readonly string[]
}

/** The pages of each file of the console, and the parameters that it reads. */
const files: readonly PagesOfFile[] = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.startsWith('page/'))
  .map((file) => {
    const source = readFileSync(join(root, file), 'utf8')
    const all = (pattern: RegExp) => [
      ...new Set([...source.matchAll(pattern)].map(([, found = '']) => found)),
    ]
    return {
      file,
      paths: all(/\['GET', '([^']*)'/g),
      names: [
        ...all(/\b(?:query|given|form|typed)\s*\.get\('([\w.]+)'\)/g),
        ...all(/^ {2}'(\w+)',$/gm),
        ...all(/queryValue\(request, '(\w+)'\)/g),
      ],
    }
  })
  .filter(({ paths }) => paths.length > 0)

/** What stands in the place of `:name`. */
const segments: Readonly<Record<string, string>> = {
  person: 'admin',
  group: 'staff',
  client: 'workload',
  role: 'admin',
}
const placed = (path: string): string => path.replace(/:(\w+)/g, (_, name: string) => segments[name] ?? 'x')

/** The value of a parameter in an address, by what is odd about it. */
const values: Readonly<Record<string, (name: string) => string>> = {
  empty: (name) => `${name}=`,
  odd: (name) => `${name}=xyzzy`,
  'an ARN of nothing': (name) => `${name}=arn%3Aaws%3Aiam%3A%3A123456789012%3Apolicy%2Fxyzzy`,
  '10 kB': (name) => `${name}=${'x'.repeat(10_240)}`,
  'control characters': (name) => `${name}=%1b%5B31m%0d%0aSet-Cookie%3A%20a%3Db%7f`,
  hostile: (name) => `${name}=%22%3E%3Cscript%3E%60%7Bname%7D`,
}
/** The same, where every address is read in the same way, whatever the name. */
const broken: Readonly<Record<string, (name: string) => string>> = {
  repeated: (name) => `${name}=xyzzy&${name}=plugh`,
  'no UTF-8': (name) => `${name}=%ff%fe`,
  'a broken escape': (name) => `${name}=%zz`,
  NUL: (name) => `${name}=a%00b`,
  'names of members of objects': (name) => `${name}%5B__proto__%5D=x&constructor=y&__proto__=z`,
}

/** What is no language's: code, what was typed, names of this page's products, and values that a filter may have. */
const proseOf = (page: Seen): string => {
  const [, main = page.text] = /<main\b[^>]*>([\s\S]*)<\/main>/.exec(page.text) ?? []
  const prose = main.replace(/<(code|textarea|select|datalist|svg|pre)\b[\s\S]*?<\/\1>/g, ' ')
  return textOf({ text: prose })
    .replace(/muss einer dieser Werte sein: [\w, -]+/g, '')
    .replace(
      /GitHub Actions|BEGIN CERTIFICATE|END CERTIFICATE|\w+_\w+|--service-account-issuer|https:\S+|arn:\S+/g,
      '',
    )
}

const faults: string[] = []

async function check(path: string): Promise<void> {
  const page = await me.browser.get(path)
  const shown = path.length > 160 ? `${path.slice(0, 160)}…` : path
  const wrong = (what: string) => faults.push(`${page.status} ${shown}: ${what}`)
  if (page.status >= 500) return void wrong('a fault of the server')
  if (page.status >= 300 && page.status < 400) return
  if (!/text\/html/.test(page.headers.get('content-type') ?? '')) return
  if (/<script>/.test(page.text)) wrong('markup')
  if (page.headers.getSetCookie().some((line) => line.startsWith('a='))) wrong('a cookie')
  // Parts of pages, which scripts ask for, have no such element.
  if (page.text.startsWith('<!') && !/<html lang="de"/.test(page.text)) wrong('language')
  const prose = proseOf(page)
  const left = englishWordsIn(prose, 'de').filter((word) => word !== 'a')
  // Where it stands, once for all pages on which it stands.
  const at = prose.toLowerCase().search(new RegExp(`\\b${left[0]}\\b`))
  if (left.length > 0) wrong(`English: ${left.slice(0, 3)} …${prose.slice(Math.max(at - 50, 0), at + 60)}…`)
}

for (const { file, paths, names } of files)
  test(`pages of ${file}`, limit, async () => {
    faults.length = 0
    const all = names.length === 0 ? ['q'] : names
    const pages = paths.map((path) => `/console${placed(path)}`)
    const each = pages.flatMap((page) => all.map((name) => [page, name] as const))
    for (const [[page, name], query] of withVariants(each, Object.values(values)))
      await check(`${page}?${query(name)}`)
    for (const [page, query] of withVariants(pages, Object.values(broken)))
      await check(`${page}?${query(all[0] ?? '')}`)
    assert.deepEqual(faults, [])
  })
