// The organization on its pages: name, logo and accent colour, as data. Without them pages are those of Chancery.
import { type Html, html } from './html.ts'
import { seal, wordmark } from './marks.ts'

export interface LogoView {
  readonly path: string
  /** In dark colours. */
  readonly darkPath: string | undefined
  /** Pixels of the picture; pages show it at the height of a line or two. */
  readonly width: number
  readonly height: number
}

export interface BrandView {
  readonly name: string | undefined
  readonly logo: LogoView | undefined
  /** Path of the stylesheet with the accent colour. */
  readonly stylesheet: string | undefined
}

export const noBrand: BrandView = { name: undefined, logo: undefined, stylesheet: undefined }

/** What the pages are called. */
export const nameOf = (brand: BrandView): string => brand.name ?? 'Chancery'

/** Whether a logo is so wide that it has the name in it; beside others the name is written. */
export const isWide = ({ width, height }: LogoView): boolean => width >= 1.6 * height

/** Logo and name, for the head of a page. */
export const brandMark = (brand: BrandView): Html => {
  const { logo, name } = brand
  if (logo === undefined) return name === undefined ? html`${seal()}${wordmark()}` : named(name)
  const alone = isWide(logo)
  return html`${picture(logo, alone ? nameOf(brand) : '')}${!alone && named(nameOf(brand))}`
}

const named = (name: string): Html => html`<span class="wordmark"><bdi>${name}</bdi></span>`

const picture = (logo: LogoView, alt: string): Html => {
  const image = html`<img class="logo${isWide(logo) && ' wide-logo'}${logo.darkPath === undefined && ' plate'}" src="${logo.path}" width="${logo.width}" height="${logo.height}" alt="${alt}">`
  return logo.darkPath === undefined
    ? image
    : html`<picture><source srcset="${logo.darkPath}" media="(prefers-color-scheme: dark)">${image}</picture>`
}
