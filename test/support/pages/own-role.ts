// Credentials of a role, as a person gets them on the account page.
import { csrfOf, type FormBrowser, type Seen } from '../form-browser.ts'
import type { Credentials } from '../role-server.ts'

const action = '/account/roles/credentials'

/** Asks for credentials, also of a role that the page does not offer. @param fields further or other fields of the form */
export async function askOnPage(
  browser: FormBrowser,
  role: string,
  fields: Readonly<Record<string, string>> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Seen> {
  const csrf = csrfOf(await browser.open('/account/roles'))
  return browser.post(action, { csrf, role, ...fields }, headers)
}

/** What the page shows as JSON. */
export function shownCredentials({
  text,
}: Pick<Seen, 'text'>): Credentials & { readonly expiration: string } {
  const [, json] = /<pre id="json"[^>]*><code>([^<]*)</.exec(text) ?? []
  if (json === undefined) throw new Error(`no credentials on the page: ${text.slice(0, 500)}`)
  const shown = JSON.parse(json.replaceAll('&quot;', '"')) as Record<string, string>
  return {
    accessKeyId: shown['AccessKeyId'] ?? '',
    secretAccessKey: shown['SecretAccessKey'] ?? '',
    sessionToken: shown['SessionToken'],
    expiration: shown['Expiration'] ?? '',
  }
}

export const becomeOnPage = async (browser: FormBrowser, role: string): Promise<Credentials> =>
  shownCredentials(await askOnPage(browser, role))
