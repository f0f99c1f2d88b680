// The administrator of a test server, as a browser without JavaScript meets the pages.

import { Secret } from '../../src/secure/secret.ts'
import { codeOf } from '../../src/secure/totp.ts'
import { type FormBrowser, formBrowser, headingOf, type Seen } from './form-browser.ts'
import type { Running } from './server.ts'
import { until } from './waiting.ts'

/** Seconds of a time step that must be left for the code of the step before it to arrive in time. */
const margin = 12

/**
 * Codes of an authenticator, each time step at most once, for a server whose clock is `ahead` seconds ahead. The server
 * accepts the step before and after its own (RFC 6238 section 5.2), so three codes at once mostly need no wait; the fourth
 * waits until it would be accepted.
 */
export function authenticator(seed: string): (ahead?: number) => Promise<string> {
  let last = 0
  return async (ahead = 0) => {
    const now = () => Date.now() / 1000 + ahead
    const current = () => Math.floor(now() / 30)
    const earliest = now() % 30 < 30 - margin ? current() - 1 : current()
    const step = Math.max(last + 1, earliest)
    await until('the code would be accepted', () => step <= current() + 1, { every: 100 })
    last = step
    return codeOf(new Secret(seed), step)
  }
}

export interface Enrolled {
  readonly browser: FormBrowser
  readonly code: (ahead?: number) => Promise<string>
  readonly recoveryCodes: readonly string[]
  /** `/account`, after the first sign-in. */
  readonly home: Seen
}

/** Where it serves, and whom. */
type Place = Pick<Running, 'url' | 'admin'>

/** A browser at the password page. */
export async function atPassword(
  server: Place,
): Promise<{ readonly browser: FormBrowser; readonly page: Seen }> {
  const browser = formBrowser(server.url)
  return { browser, page: await browser.open('/sign-in') }
}

/** Password sent: at the code, or at the first enrolment. */
export async function atSecondFactor(
  server: Place,
): Promise<{ readonly browser: FormBrowser; readonly page: Seen }> {
  const { browser, page } = await atPassword(server)
  return {
    browser,
    page: await browser.submit(page, { username: server.admin.name, password: server.admin.password }),
  }
}

/** The first sign-in of the administrator, whose password was given: enrols an authenticator. */
export async function enrol(server: Place): Promise<Enrolled> {
  const { browser, page } = await atSecondFactor(server)
  const seed = /secret=([A-Z2-7]+)/.exec(page.text)?.[1]
  if (seed === undefined) throw new Error(`no enrolment: ${page.status} ${headingOf(page)}`)
  const code = authenticator(seed)
  const shown = await browser.send(page, { name: 'My phone', code: await code() })
  const recoveryCodes = [...shown.text.matchAll(/<li><code>([^<]+)<\/code><\/li>/g)].map(
    (match) => match[1] ?? '',
  )
  return { browser, code, recoveryCodes, home: await browser.submit(shown, {}) }
}

/**
 * The browser of an administrator whose sign-in is recent: pages of the console ask for one of the last five minutes, and
 * tests of a busy machine may take longer. @returns signs in again when two minutes have passed
 */
export function recentSignIn(server: Place, me: Enrolled): () => Promise<FormBrowser> {
  const tolerated = 120_000
  let { browser } = me
  let at = Date.now()
  return async () => {
    if (Date.now() - at < tolerated) return browser
    const stage = await atSecondFactor(server)
    await stage.browser.submit(stage.page, { code: await me.code() })
    browser = stage.browser
    at = Date.now()
    return browser
  }
}
