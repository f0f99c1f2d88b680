// Static files of the pages: stylesheet, scripts, font and icon. Each file name contains a hash of its content, so browsers may cache
// it forever. Files are read once at start and kept in memory; each is compressed when a browser first asks for it.
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { brotliCompress } from 'node:zlib'
import type { Context } from 'koa'
import type { PageModules } from '../../views/layout.ts'
import type { Route } from '../web/route.ts'

export interface Asset {
  readonly type: string
  readonly body: Buffer
  /**
   * The body compressed with Brotli, in a thread and once; undefined for formats that are already compressed. At start it
   * would take a third of the time of the main thread.
   */
  readonly brotli: (() => Promise<Buffer>) | undefined
}

export interface Assets {
  readonly stylesheet: string
  /** For previews: one scheme, whatever the browser prefers. */
  readonly schemeStylesheets: Readonly<Record<'light' | 'dark', string>>
  readonly consoleStylesheet: string
  readonly typeface: string
  readonly icon: string
  /** Paths of the modules that every page but those of the console loads. */
  readonly scripts: readonly string[]
  /** Path of the module that every page of the console loads. */
  readonly consoleScript: string
  /** Modules of the console's pages about one app. Pages work without any module. */
  readonly appModules: PageModules
  /** Keyed by file name, without `/assets/`. */
  readonly files: ReadonlyMap<string, Asset>
  readonly routes: readonly Route[]
}

/**
 * Reads `views/assets` and serves each file as `/assets/<name>.<hash>.<extension>`.
 * @param digest hashes a file's content (hex or base64url); its first ten characters become part of the file name
 */
export function openAssets(digest: (content: string | Buffer) => string): Assets {
  const files = new Map<string, Asset>()
  const add = (name: string, ending: string, type: string, body: Buffer, compress: boolean): string => {
    const path = `${name}.${digest(body).slice(0, 10)}.${ending}`
    files.set(path, { type, body, brotli: compress ? compressedOnce(body) : undefined })
    return `/assets/${path}`
  }
  const typeface = add('inter', 'woff2', 'font/woff2', read('inter.woff2'), false)
  const icon = add('seal', 'svg', 'image/svg+xml', read('seal.svg'), true)
  // Beside the stylesheet, whose path has a prefix on protected hosts (decision/forward-auth/host-pages.ts).
  const font = typeface.slice('/assets/'.length)
  const styles = read('chancery.css').toString().replace('url("inter.woff2")', `url("${font}")`)
  const css = 'text/css; charset=utf-8'
  const stylesheet = add('chancery', 'css', css, Buffer.from(styles), true)
  const inScheme = (scheme: 'light' | 'dark'): string => {
    const fixed = styles
      .replaceAll('(prefers-color-scheme: dark)', scheme === 'dark' ? 'all' : 'not all')
      .replace('color-scheme: light dark', `color-scheme: ${scheme}`)
    return add(`chancery-${scheme}`, 'css', css, Buffer.from(fixed), true)
  }
  const schemeStylesheets = { light: inScheme('light'), dark: inScheme('dark') }
  const consoleStylesheet = add('console', 'css', css, read('console.css'), true)
  const script = (name: string): string =>
    add(name, 'js', 'text/javascript; charset=utf-8', read(`${name}.js`), true)
  const copy = script('copy')
  return {
    stylesheet,
    schemeStylesheets,
    consoleStylesheet,
    scripts: [script('passkeys'), copy, script('fields'), script('times')],
    consoleScript: script('console'),
    appModules: { script: copy, besides: [script('sign-in-status')], preload: [] },
    typeface,
    icon,
    files,
    routes: [{ method: 'GET', path: '/assets/:name', access: 'public', run: serve(files) }],
  }
}

const compressBrotli = promisify(brotliCompress)

function compressedOnce(body: Buffer): () => Promise<Buffer> {
  let compressed: Promise<Buffer> | undefined
  return () => (compressed ??= compressBrotli(body))
}

const read = (name: string): Buffer => readFileSync(new URL(`../../views/assets/${name}`, import.meta.url))

const serve = (files: ReadonlyMap<string, Asset>) => async (ctx: Context) => {
  const asset = files.get((ctx['params'] as Readonly<Record<string, string>>)['name'] ?? '')
  if (asset === undefined) {
    ctx.status = 404
    ctx.type = 'text/plain'
    ctx.body = 'no such file\n'
    return
  }
  const small = ctx.acceptsEncodings('br', 'identity') === 'br' ? await asset.brotli?.() : undefined
  ctx.status = 200
  ctx.set('Content-Type', asset.type)
  ctx.set('Cache-Control', 'public, max-age=31536000, immutable')
  ctx.set('X-Content-Type-Options', 'nosniff')
  ctx.vary('Accept-Encoding')
  if (small !== undefined) ctx.set('Content-Encoding', 'br')
  ctx.body = small ?? asset.body
}
