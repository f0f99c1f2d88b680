// A minimal browser for plain forms: cookies, redirects, and the fields of a page's form.

export interface PageForm {
  readonly action: string
  /** Every named input with its initial value. */
  readonly fields: ReadonlyMap<string, string>
}

export interface BrowserPage {
  readonly url: string
  readonly status: number
  readonly title: string
  readonly forms: readonly PageForm[]
  readonly html: string
}

export class Browser {
  readonly #cookies = new Map<string, string>()

  /** Follows redirects to a page, or until one leads to an address that starts with `until`. */
  async open(url: string, until: string): Promise<BrowserPage | { readonly left: string }> {
    return this.#follow(await this.#fetch(url, {}), url, until)
  }

  async submit(page: BrowserPage, form: PageForm, filled: Readonly<Record<string, string>>, until: string) {
    const url = new URL(form.action, page.url).href
    const body = new URLSearchParams([...new Map([...form.fields, ...Object.entries(filled)])])
    const headers = { origin: new URL(page.url).origin, referer: page.url, 'sec-fetch-site': 'same-origin' }
    return this.#follow(await this.#fetch(url, { method: 'POST', body, headers }), url, until)
  }

  async #follow(
    first: Response,
    from: string,
    until: string,
  ): Promise<BrowserPage | { readonly left: string }> {
    let response = first
    let url = from
    for (let hops = 0; hops < 10; hops++) {
      const location = response.headers.get('location')
      if (location === null) return pageOf(response, url)
      await response.arrayBuffer()
      url = new URL(location, url).href
      if (url.startsWith(until)) return { left: url }
      response = await this.#fetch(url, {})
    }
    throw new Error(`too many redirects, last to ${url}`)
  }

  async #fetch(url: string, init: RequestInit): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { accept: 'text/html', ...(init.headers as Record<string, string> | undefined), cookie }
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) this.#keep(line)
    return response
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';')
    const at = pair.indexOf('=')
    const name = pair.slice(0, at).trim()
    const ended = attributes.some((text) => /^\s*(?:max-age=0|expires=thu, 01 jan 1970)/i.test(text))
    if (ended) this.#cookies.delete(name)
    else this.#cookies.set(name, pair.slice(at + 1).trim())
  }
}

async function pageOf(response: Response, url: string): Promise<BrowserPage> {
  const html = await response.text()
  const forms = [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(([, head = '', inner = '']) => ({
    action: attribute(head, 'action') ?? url,
    fields: new Map(
      [...inner.matchAll(/<input\b([^>]*)>/g)].flatMap(([, input = '']) => {
        const name = attribute(input, 'name')
        return name === undefined ? [] : [[name, attribute(input, 'value') ?? ''] as const]
      }),
    ),
  }))
  const [, title = ''] = /<title>(.*?)<\/title>/s.exec(html) ?? []
  return { url, status: response.status, title: decoded(title), forms, html }
}

function attribute(tag: string, name: string): string | undefined {
  const [, quoted, plain] = new RegExp(`(?:^|\\s)${name}=(?:"([^"]*)"|([^\\s>]+))`).exec(tag) ?? []
  const value = quoted ?? plain
  return value === undefined ? undefined : decoded(value)
}

const entities = new Map([
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&#39;', "'"],
  ['&amp;', '&'],
])
const decoded = (text: string): string =>
  text.replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => entities.get(entity) ?? entity)
