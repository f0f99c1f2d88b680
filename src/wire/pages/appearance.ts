// How pages look: files that they load, the frame around them, the brand of the account, and the language that they are in.
import type { BrandView } from '../../../views/brand.ts'
import { firstLanguage } from '../../../views/languages/languages.ts'
import type { Frame } from '../../../views/layout.ts'
import type { ConsolePorts } from '../../console/ports.ts'
import type { Brands } from '../../iam/brand/brands.ts'
import { sha256hex } from '../../secure/digest.ts'
import { openAssets } from '../../sign-in/assets.ts'
import { accentPath, answerLogo, brandRoutes, brandView } from '../../sign-in/brand-files.ts'
import { providerPages } from '../../sign-in/federation/provider-pages.ts'
import { type LanguageOf, openShow, textOf } from '../../sign-in/show.ts'
import { cookieJar } from '../../web/request/cookies.ts'
import { wantedLanguages } from '../../web/request/language.ts'
import type { ErrorView } from '../../web/response/error-response.ts'
import { frameOnHost } from './host-pages.ts'

export type Appearance = Awaited<ReturnType<typeof openAppearance>>

/** @param accountId the account of the pages */
export async function openAppearance(issuer: string, brands: Brands, accountId: string) {
  const digest = (content: string | Buffer): string => sha256hex(content)
  const assets = openAssets(digest)
  await brands.open(accountId)
  const views = new WeakMap<Brands['current'], BrandView>()
  const viewOf = (account: string, brand: Brands['current']): BrandView => {
    const view = views.get(brand) ?? brandView(account, brand, digest)
    views.set(brand, view)
    return view
  }
  const frame = frameOf(
    { ...assets, host: new URL(issuer).host },
    () => brands.current,
    (brand) => viewOf(accountId, brand),
  )
  const cookies = cookieJar(issuer.startsWith('https:'))
  const languageOf: LanguageOf = (ctx) =>
    firstLanguage([...wantedLanguages(ctx, cookies), brands.current.language ?? 'en']) ?? 'en'
  /** Pages of oidc-provider, in the language of the request. */
  const pagesFor = (ctx: Parameters<LanguageOf>[0]) =>
    providerPages((page) => textOf(frame(), page, languageOf(ctx)))
  const errorView: ErrorView = (page, ctx) => pagesFor(ctx).error(page)
  return {
    appModules: assets.appModules,
    assets: [...assets.routes, ...brandRoutes(brands, digest)],
    languageOf,
    show: openShow(frame, languageOf),
    showOnHost: openShow(() => frameOnHost(frame()), languageOf),
    brandOf: async (account: string): Promise<BrandView> => viewOf(account, await brands.of(account)),
    preview: ((ctx, page, { brand, scheme, logoPath }) => {
      const shown = scheme === 'dark' && brand.darkLogo !== undefined ? 'darkLogo' : 'logo'
      const view = brandView(accountId, brand, digest)
      const path = logoPath(brand.logo === undefined ? 'darkLogo' : shown)
      const fixed: BrandView = {
        ...view,
        logo: view.logo && { ...view.logo, path, darkPath: view.logo.darkPath && path },
        stylesheet: brand.accent && accentPath(brand.accent, scheme, digest),
      }
      const stylesheet = assets.schemeStylesheets[scheme]
      openShow(() => ({ ...frame(), stylesheet, scripts: [], brand: fixed }), languageOf)(ctx, page)
    }) satisfies ConsolePorts['preview'],
    /** Not kept by browsers: it is not saved. */
    sendLogo: ((ctx, logo) => {
      answerLogo(ctx, logo)
      ctx.set('Cache-Control', 'no-store')
    }) satisfies ConsolePorts['sendLogo'],
    pagesFor,
    errorView,
  }
}

/** The frame with the brand as it is now; made anew when the brand has changed. */
function frameOf(
  rest: Omit<Frame, 'brand'>,
  current: () => Brands['current'],
  viewOf: (brand: Brands['current']) => BrandView,
): () => Frame {
  let brand = current()
  let frame: Frame = { ...rest, brand: viewOf(brand) }
  return () => {
    if (brand !== current()) {
      brand = current()
      frame = { ...rest, brand: viewOf(brand) }
    }
    return frame
  }
}
