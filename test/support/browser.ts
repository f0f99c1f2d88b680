// A real Chromium for tests: the one named by CHANCERY_TEST_CHROMIUM, else the one inside @sparticuz/chromium, unpacked
// once per machine and user. Where none starts, tests are skipped by name with the reason; with CI=true that is a failure.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, userInfo } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { atGroupEnd, isInGroup } from './runner/group.ts'
import { machineDir } from './runner/temporary-dir.ts'

/** Ours, not the package's: it runs one process and cannot open a second context. */
const args = ['--no-sandbox', '--no-zygote', '--disable-gpu', '--font-render-hinting=none']

/** What tests need of a browser. `close` closes what the file has opened. */
export type TestBrowser = Pick<Browser, 'newContext' | 'close'>

export type Launched =
  | { readonly browser: TestBrowser; readonly skip: false }
  | { readonly browser: undefined; readonly skip: string }

/** A browser, or the reason why there is none. @throws with CI=true instead of giving a reason */
export async function launchBrowser(): Promise<Launched> {
  try {
    return { browser: await startOrShare(), skip: false }
  } catch (error) {
    const reason = `no Chromium starts here: ${String(error instanceof Error ? error.message : error).split('\n')[0]}`
    if (process.env['CI'] === 'true') throw new Error(reason, { cause: error })
    return { browser: undefined, skip: `${reason} (name one with CHANCERY_TEST_CHROMIUM)` }
  }
}

let shared: Browser | undefined

/** Files that share a process share a Chromium, which takes a second to start; contexts have nothing in common. */
async function startOrShare(): Promise<TestBrowser> {
  if (!isInGroup()) return start()
  if (!shared?.isConnected()) {
    const started = await start()
    atGroupEnd(() => started.close())
    shared = started
  }
  const chromium = shared
  return {
    newContext: (options) => chromium.newContext(options),
    async close() {
      for (const context of chromium.contexts()) await context.close()
    },
  }
}

async function start(): Promise<Browser> {
  const named = process.env['CHANCERY_TEST_CHROMIUM']
  if (named) return chromium.launch({ executablePath: named, args })
  const home = await unpacked()
  const executablePath = join(home, 'chromium')
  const env = { ...process.env, ...missingFonts(home), ...missingLibraries(home, executablePath) }
  return chromium.launch({ executablePath, args, env: env as Record<string, string> })
}

/** The package's own folder of libraries, when the machine has not all that Chromium is linked against. */
function missingLibraries(home: string, executable: string): Readonly<Record<string, string>> {
  const listed = tryRun('ldd', [executable])
  if (listed === undefined || !listed.includes('not found')) return {}
  return {
    LD_LIBRARY_PATH: [join(home, 'al2023/lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':'),
  }
}

const missingFonts = (home: string): Readonly<Record<string, string>> =>
  existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(home, 'fonts') }

function tryRun(command: string, given: readonly string[]): string | undefined {
  try {
    return execFileSync(command, given, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return undefined
  }
}

/**
 * Unpacks into a folder of its own and moves it into place whole: several test processes may come here at once.
 * The package writes to the temporary folder and brings its libraries only where it believes itself on Lambda.
 */
async function unpacked(): Promise<string> {
  const version = packageVersion()
  const base = join(machineDir, `chancery-chromium-${userInfo().uid}`)
  const home = join(base, `${version}-${arch()}`)
  if (existsSync(join(home, 'chromium'))) return home
  mkdirSync(base, { recursive: true, mode: 0o700 })
  const making = mkdtempSync(join(base, 'unpacking-'))
  await asOnLambda(making, async () => {
    const { default: packed } = await import('@sparticuz/chromium')
    await packed.executablePath()
  })
  try {
    renameSync(making, home)
  } catch {
    // Another process was first.
    rmSync(making, { recursive: true, force: true })
  }
  return home
}

async function asOnLambda(dir: string, work: () => Promise<void>): Promise<void> {
  const names = ['TMPDIR', 'AWS_EXECUTION_ENV', 'LD_LIBRARY_PATH', 'FONTCONFIG_PATH'] as const
  const before = names.map((name) => [name, process.env[name]] as const)
  process.env['TMPDIR'] = dir
  process.env['AWS_EXECUTION_ENV'] = 'AWS_Lambda_nodejs24.x'
  try {
    await work()
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
}

function packageVersion(): string {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const root = entry.slice(0, entry.lastIndexOf('@sparticuz/chromium') + '@sparticuz/chromium'.length)
  return String((JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version)
}

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary: string }[]
}

let axe: string | undefined

const axeSource = (): string =>
  (axe ??= readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'))

/** Loads axe-core into every page that the context opens from now on, which takes half as long as when `violationsOf` does it. */
export async function checksEveryPage(context: BrowserContext): Promise<void> {
  await context.addInitScript(axeSource())
}

/** What axe-core finds wrong with the page of this tab (WCAG 2.2 AA and its best practices). */
export async function violationsOf(tab: Page): Promise<readonly string[]> {
  if (!(await tab.evaluate(`'axe' in globalThis`))) await tab.evaluate(axeSource())
  // A colour on its way to another one, as after a change of scheme, is neither of both.
  await tab.evaluate(
    `document.getAnimations().forEach((one) => one.effect?.getComputedTiming().endTime === Infinity || one.finish())`,
  )
  const found = (await tab.evaluate(
    `axe.run(document, {
       runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
       resultTypes: ['violations'],
     }).then((result) => result.violations)`,
  )) as readonly Violation[]
  return found.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary}`).join('; ')}`,
  )
}

/**
 * Enters a six-digit code and waits for the page after it. The form submits itself with the sixth digit.
 * @param hasScripts false where JavaScript is off: then its button is pressed
 */
export async function enterCode(tab: Page, code: string, hasScripts = true): Promise<void> {
  const field = tab.locator('#code')
  await field.waitFor()
  // Before, its script may not be there, which submits the form, and the end of its own loading looks like that of the answer.
  await tab.waitForLoadState('load')
  const loaded = tab.waitForEvent('load')
  await field.fill(code)
  if (!hasScripts) await tab.locator('form:has(#code) button[type=submit]').first().click()
  await loaded
}
