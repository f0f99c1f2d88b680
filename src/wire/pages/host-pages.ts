// The pages of forward authentication, in the frame of the host that they are shown on.
import {
  hostAddressPage,
  hostDeniedPage,
  hostNotReadyPage,
  hostSignedOutPage,
  hostSignInEndedPage,
  openingHostPage,
} from '../../../views/host-pages.ts'
import type { Frame, Page } from '../../../views/layout.ts'
import { hostPrefix } from '../../decision/forward-auth/host-pages.ts'
import type { HostPage, OpeningPage, ShowHostPage } from '../../decision/forward-auth/refusal.ts'
import type { Show } from '../../sign-in/show.ts'

/** @param shows at this server, and on a protected host */
export const openHostPages =
  (shows: { readonly here: Show; readonly onHost: Show }): ShowHostPage =>
  (ctx, page, { status, reference }) => {
    const show = page.kind === 'opening' ? shows.here : shows.onHost
    show(ctx, viewOf(page, reference), { status })
  }

/** Characters of an address that a page shows. */
const longestPlace = 120

function viewOf(page: HostPage | OpeningPage, reference: string): Page {
  switch (page.kind) {
    case 'denied': {
      const { place } = page
      const short = place.length <= longestPlace ? place : `${place.slice(0, longestPlace)}…`
      return hostDeniedPage({ ...page, place: short, reference })
    }
    case 'address':
      return hostAddressPage({ reference })
    case 'not-ready':
      return hostNotReadyPage({ ...page, reference })
    case 'signed-out':
      return hostSignedOutPage({ ...page, reference })
    case 'sign-in-ended':
      return hostSignInEndedPage({ reference })
    case 'opening':
      return openingHostPage(page)
  }
}

/** The same frame with the addresses that its files have on a protected host. */
export function frameOnHost(frame: Frame): Frame {
  const { stylesheet, logo } = frame.brand
  const onHost = (path: string): string => hostPrefix + path
  return {
    ...frame,
    stylesheet: onHost(frame.stylesheet),
    typeface: onHost(frame.typeface),
    icon: onHost(frame.icon),
    // Pages work without them.
    scripts: [],
    brand: {
      ...frame.brand,
      stylesheet: stylesheet && onHost(stylesheet),
      logo: logo && { ...logo, path: onHost(logo.path), darkPath: logo.darkPath && onHost(logo.darkPath) },
    },
    choosesLanguage: false,
  }
}
