// Logos and accent stylesheets of accounts, from our own origin. A path names its content, so browsers may keep it forever.
import { brotliCompressSync } from 'node:zlib'
import type { Context } from 'koa'
import { LRUCache } from 'lru-cache'
import type { BrandView } from '../../views/brand.ts'
import { accentFault, readColour, type Scheme, schemeColours } from '../iam/brand/accent.ts'
import type { BrandOfAccount } from '../iam/brand/brand.ts'
import { type Brands, hashDigits } from '../iam/brand/brands.ts'
import type { Route } from '../web/route.ts'

type Brand = BrandOfAccount['brand']
type Logo = NonNullable<Brand['logo']>

const extensions: Readonly<Record<Logo['type'], string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
}

/** The members of a brand, with the paths of its files. */
export const brandView = (
  accountId: string,
  { name, accent, logo, darkLogo }: Brand,
  digest: (content: string) => string,
): BrandView => {
  const first = logo ?? darkLogo
  const pathOf = ({ sha256, type }: Logo): string =>
    `/brand/${accountId}/${sha256.slice(0, hashDigits)}.${extensions[type]}`
  return {
    name,
    logo: first && {
      path: pathOf(first),
      darkPath: logo && darkLogo && pathOf(darkLogo),
      width: first.width,
      height: first.height,
    },
    stylesheet: accent === undefined ? undefined : accentPath(accent, 'both', digest),
  }
}

export type ShownScheme = Scheme | 'both'

/** @param scheme a page that shows one scheme alone, as a preview does */
export const accentPath = (
  accent: string,
  scheme: ShownScheme,
  digest: (content: string) => string,
): string =>
  `/brand/accent/${accent.slice(1)}-${scheme}.${digest(accentStyles(accent, scheme)).slice(0, 10)}.css`

/** The variables of views/assets/chancery.css that an accent colour sets. */
function accentStyles(accent: string, scheme: ShownScheme): string {
  if (scheme === 'both')
    return `${variables(accent, 'light')}@media(prefers-color-scheme:dark){${variables(accent, 'dark')}}`
  return variables(accent, scheme)
}

function variables(accent: string, scheme: Scheme): string {
  const { button, buttonHover, buttonText, buttonEdge, link, ring } = schemeColours(accent, scheme)
  const values = [
    ['action', button],
    ['action-hover', buttonHover],
    ['action-ink', buttonText],
    ['action-edge', buttonEdge],
    ['accent', link],
    ['ring', ring],
  ]
  return `:root{${values.map(([name, value]) => `--${name}:${value}`).join(';')}}`
}

/** Nothing else may happen with a file that an administrator uploaded, even when it is opened by itself. */
const filePolicy = "default-src 'none'; sandbox"
const forever = 'public, max-age=31536000, immutable'

export function brandRoutes(
  brands: Pick<Brands, 'image'>,
  digest: (content: string) => string,
): readonly Route[] {
  const styles = new LRUCache<string, { readonly plain: Buffer; readonly brotli: Buffer }>({ max: 100 })
  return [
    {
      method: 'GET',
      path: '/brand/accent/:name',
      access: 'public',
      run(ctx) {
        const { name = '' } = ctx['params'] as Readonly<Record<string, string>>
        const css = styles.get(name) ?? stylesNamed(name, digest)
        if (css === undefined) return notFound(ctx)
        styles.set(name, css)
        const small = ctx.acceptsEncodings('br', 'identity') === 'br'
        ctx.status = 200
        ctx.vary('Accept-Encoding')
        if (small) ctx.set('Content-Encoding', 'br')
        answer(ctx, 'text/css; charset=utf-8', small ? css.brotli : css.plain)
      },
    },
    {
      method: 'GET',
      path: '/brand/:account/:name',
      access: 'public',
      async run(ctx) {
        const { account = '', name = '' } = ctx['params'] as Readonly<Record<string, string>>
        const [, hash, extension] = /^([0-9a-f]{32})\.(png|jpg|webp)$/.exec(name) ?? []
        const logo =
          hash !== undefined && /^\d{12}$/.test(account)
            ? await brands.image(account, hash, Date.now())
            : undefined
        if (logo === undefined || extensions[logo.type] !== extension) return notFound(ctx)
        answerLogo(ctx, logo)
      },
    },
  ]
}

/** Answers with a logo that may be kept forever. */
export function answerLogo(ctx: Context, { type, content }: Logo): void {
  ctx.status = 200
  answer(ctx, type, Buffer.from(content, 'base64'))
}

function answer(ctx: Context, type: string, body: Buffer): void {
  ctx.set('Content-Type', type)
  ctx.set('Cache-Control', forever)
  ctx.set('Content-Security-Policy', filePolicy)
  ctx.set('Cross-Origin-Resource-Policy', 'same-origin')
  ctx.body = body
}

function notFound(ctx: Context): void {
  ctx.status = 404
  ctx.type = 'text/plain'
  ctx.body = 'no such file\n'
}

/** The stylesheet of this name, unless the name is not one that a page of this server shows. */
function stylesNamed(name: string, digest: (content: string) => string) {
  const [, hex = '', scheme] = /^([0-9a-f]{6})-(both|light|dark)\.[0-9a-f]{10}\.css$/.exec(name) ?? []
  const accent = readColour(`#${hex}`)
  if (accent === undefined || scheme === undefined || accentFault(accent) !== undefined) return undefined
  const shown = scheme as ShownScheme
  if (accentPath(accent, shown, digest) !== `/brand/accent/${name}`) return undefined
  const plain = Buffer.from(accentStyles(accent, shown))
  return { plain, brotli: brotliCompressSync(plain) }
}
