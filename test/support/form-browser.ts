// A browser without JavaScript, as small as a test needs: keeps cookies, follows nothing by itself, and sends a page's
// forms with the hidden fields they hold.

export interface Seen {
  readonly status: number
  readonly url: string
  readonly headers: Headers
  readonly text: string
  /** Where a redirect leads. */
  readonly location: string | undefined
}

/** What a page of ours never has: a script, style or handler in the markup. Scripts are files of our own. */
export const inlineCode = /<script(?! type="module" src="\/assets\/[\w.-]+"><\/script>)|style="|\son\w+="/

export interface FormBrowser {
  get(path: string): Promise<Seen>
  /** Follows redirects, within the origin, to a page. */
  open(path: string): Promise<Seen>
  post(
    path: string,
    fields: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Seen>
  /** Sends the form of a page that has this action (default: the first), its hidden fields and these. */
  send(
    page: Seen,
    fields: Readonly<Record<string, string>>,
    action?: string,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Seen>
  /** The same with files, by the names of their fields: `multipart/form-data`. */
  upload(
    page: Seen,
    fields: Readonly<Record<string, string>>,
    files: Readonly<Record<string, { readonly name: string; readonly content: string | Buffer }>>,
    action?: string,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Seen>
  /** Sends the form, and follows. */
  submit(page: Seen, fields: Readonly<Record<string, string>>, action?: string): Promise<Seen>
  readonly cookies: Map<string, { readonly value: string; readonly path: string }>
}

interface Kept {
  readonly name: string
  readonly value: string
  readonly path: string
}

export function formBrowser(origin: string): FormBrowser {
  const cookies = new Map<string, Kept>()

  const keep = (headers: Headers, path: string) => {
    for (const line of headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
      const at = pair.indexOf('=')
      const given = attributes.find((part) => /^path=/i.test(part))?.slice(5) ?? path
      const kept = { name: pair.slice(0, at), value: pair.slice(at + 1), path: given }
      const gone =
        kept.value === '' ||
        attributes.some((part) => /^max-age=0$/i.test(part) || /^expires=.*1970/i.test(part))
      if (gone) cookies.delete(`${kept.name} ${given}`)
      else cookies.set(`${kept.name} ${given}`, kept)
    }
  }

  const cookieHeader = (path: string) =>
    [...cookies.values()]
      .filter(
        (kept) =>
          path === kept.path || path.startsWith(kept.path.endsWith('/') ? kept.path : `${kept.path}/`),
      )
      .sort((one, other) => other.path.length - one.path.length)
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ')

  const ask = async (url: URL, init: RequestInit): Promise<Seen> => {
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { Accept: 'text/html', Cookie: cookieHeader(url.pathname), ...init.headers },
    })
    keep(response.headers, url.pathname)
    const to = response.headers.get('location')
    return {
      status: response.status,
      url: url.href,
      headers: response.headers,
      text: await response.text(),
      location: to === null ? undefined : new URL(to, url).href,
    }
  }

  const follow = async (seen: Seen): Promise<Seen> => {
    let now = seen
    for (let hops = 0; now.location !== undefined && hops < 10; hops++) {
      if (new URL(now.location).origin !== origin) return now
      now = await ask(new URL(now.location), {})
    }
    return now
  }

  const browser: FormBrowser = {
    cookies,
    get: (path) => ask(new URL(path, origin), {}),
    open: async (path) => follow(await browser.get(path)),
    post: (path, fields, headers) =>
      ask(new URL(path, origin), {
        method: 'POST',
        body: new URLSearchParams(fields),
        headers: { Origin: origin, 'Sec-Fetch-Site': 'same-origin', ...headers },
      }),
    send(page, fields, action, headers) {
      const form = formOf(page, action)
      return browser.post(new URL(form.action, page.url).href, { ...form.hidden, ...fields }, headers)
    },
    upload(page, fields, files, action, headers) {
      const form = formOf(page, action)
      const body = new FormData()
      for (const [name, value] of Object.entries({ ...form.hidden, ...fields })) body.set(name, value)
      for (const [field, { name, content }] of Object.entries(files))
        body.set(field, new File([typeof content === 'string' ? content : new Uint8Array(content)], name))
      return ask(new URL(form.action, page.url), {
        method: 'POST',
        body,
        headers: { Origin: origin, 'Sec-Fetch-Site': 'same-origin', ...headers },
      })
    },
    submit: async (page, fields, action) => follow(await browser.send(page, fields, action)),
  }
  return browser
}

interface FoundForm {
  readonly action: string
  readonly hidden: Readonly<Record<string, string>>
}

/** The form of a page that has this action; default the first. */
function formOf(page: Seen, action: string | undefined): FoundForm {
  const form = formsOf(page.text).find((one) => action === undefined || one.action.endsWith(action))
  if (form === undefined)
    throw new Error(`no form ${action ?? ''} in ${page.status} ${page.url}:\n${page.text}`)
  return form
}

function attribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
  return value === undefined ? undefined : decoded(value)
}

/** The forms of a page of ours. */
export const formsOf = (text: string): readonly FoundForm[] =>
  [...text.matchAll(/<form[^>]*>[\s\S]*?<\/form>/g)].map(([form]) => ({
    action: attribute(form, 'action') ?? '',
    hidden: Object.fromEntries(
      [...form.matchAll(/<input type="hidden"[^>]*>/g)].map(([input]) => [
        attribute(input, 'name') ?? '',
        attribute(input, 'value') ?? '',
      ]),
    ),
  }))

/**
 * The token that forms of the page carry against forged requests.
 * @throws Error when it has no form with one: without it a request is refused for that alone, whatever a test is about
 */
export function csrfOf({ text, url }: Pick<Seen, 'text' | 'url'>): string {
  const token = formsOf(text)
    .map(({ hidden }) => hidden['csrf'])
    .find((found) => found !== undefined)
  if (token === undefined) throw new Error(`no form with a token on ${url}`)
  return token
}

/** Text or the value of an attribute, with the characters that views/html.ts escapes. */
export const decoded = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&#96;', '`')
    .replaceAll('&amp;', '&')

/** What a reader sees of a page; characters stay escaped. */
export const textOf = (page: Pick<Seen, 'text'>): string => textWithout(page, [])

/** The same with every character as it is read. */
export const readableText = (page: Pick<Seen, 'text'>): string => decoded(textOf(page))

/** The text of a page with an ellipsis in the place of elements with these names. */
export const textWithout = ({ text }: Pick<Seen, 'text'>, elements: readonly string[]): string =>
  elements
    .reduce((rest, name) => rest.replace(new RegExp(`<${name}\\b[^>]*>[\\s\\S]*?</${name}>`, 'g'), '…'), text)
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')

/** The heading of a page of ours, as text. */
export const headingOf = (page: Pick<Seen, 'text'>): string =>
  (/<h1>([\s\S]*?)<\/h1>/.exec(page.text)?.[1] ?? '').replace(/<[^>]*>/g, '')

/** The problem a page of ours tells, as text. */
export const problemOf = (page: Seen): string | undefined =>
  /role="alert"[^>]*>[\s\S]*?<\/span>\s*<span>([\s\S]*?)<\/span>/.exec(page.text)?.[1]
