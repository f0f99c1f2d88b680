// The accent colour of an organization, and what pages make of it in each scheme: buttons have the colour itself with whichever text
// is easier to read on it; links, edges and the focus ring have a shade of it that stands out from the page. Contrast is that of WCAG
// 2.2 ("relative luminance", "contrast ratio").

export type Rgb = readonly [number, number, number]

/** Text on the accent: the lightest and the darkest text of the pages. */
const texts = ['#ffffff', '#18171c'] as const
/** Contrast of text (WCAG 2.2, 1.4.3) and of what surrounds a control (1.4.11). */
const textContrast = 4.5
const edgeContrast = 3

/** What links and controls stand on in each scheme (views/assets/chancery.css): the darkest and the lightest ground of it. */
const grounds = {
  light: ['#f5f4f0', '#ffffff'],
  dark: ['#111114', '#1a1a1f'],
} as const
export type Scheme = keyof typeof grounds

/** `#rrggbb` in lower case, of `#RGB` and `#RRGGBB`; undefined for anything else. */
export function readColour(text: string): string | undefined {
  const [, short, long] = /^#(?:([0-9a-f]{3})|([0-9a-f]{6}))$/i.exec(text.trim()) ?? []
  if (short !== undefined) return `#${[...short.toLowerCase()].map((digit) => digit + digit).join('')}`
  return long && `#${long.toLowerCase()}`
}

const rgbOf = (colour: string): Rgb => {
  const value = Number.parseInt(colour.slice(1), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}

const textOf = (rgb: Rgb): string =>
  `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`

const luminance = (colour: string): number => {
  const [r, g, b] = rgbOf(colour).map((part) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as unknown as Rgb
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** 1 to 21. */
export function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].toSorted((a, b) => b - a) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/** Rounded down, so that 4.499 is not shown as the 4.5 that it is not. */
export const shownRatio = (ratio: number): string => `${(Math.floor(ratio * 100) / 100).toFixed(2)}:1`

/** The text that is easier to read on a colour, and its contrast. */
export function textOn(colour: string): { readonly colour: string; readonly ratio: number } {
  const [light, dark] = texts.map((text) => ({ colour: text, ratio: contrast(text, colour) })) as [
    { colour: string; ratio: number },
    { colour: string; ratio: number },
  ]
  return light.ratio >= dark.ratio ? light : dark
}

/** `share` of the way from a colour to black or white. */
const mixed = (colour: string, to: 0 | 255, share: number): string => {
  const [r, g, b] = rgbOf(colour)
  const part = (value: number): number => value + (to - value) * share
  return textOf([part(r), part(g), part(b)])
}

/** The first shade towards black or white, itself included, for which `fits` holds. */
function shade(
  colour: string,
  to: 0 | 255,
  fits: (shade: string) => boolean,
): { shade: string; steps: number } {
  let steps = 0
  let found = colour
  while (!fits(found) && steps < 255) found = mixed(colour, to, ++steps / 255)
  return { shade: found, steps }
}

/**
 * Colours on which no text reaches 4.5:1 are refused.
 * @returns the best ratio and the nearest shade that does; undefined for a colour that is accepted
 */
export function accentFault(
  colour: string,
): { readonly ratio: number; readonly nearest: string } | undefined {
  const { ratio } = textOn(colour)
  if (ratio >= textContrast) return undefined
  const fits = (one: string): boolean => textOn(one).ratio >= textContrast
  const [darker, lighter] = [shade(colour, 0, fits), shade(colour, 255, fits)]
  return { ratio, nearest: darker.steps <= lighter.steps ? darker.shade : lighter.shade }
}

/** What pages show in one scheme. */
export interface SchemeColours {
  /** Of the main button, with its text and its edge. */
  readonly button: string
  readonly buttonHover: string
  readonly buttonText: string
  readonly buttonEdge: string
  /** Links. */
  readonly link: string
  /** The focus ring. */
  readonly ring: string
  /** The least contrast of text on the button, of links on the page, and of the edge of the button. */
  readonly ratios: { readonly button: number; readonly link: number; readonly edge: number }
}

/** @param accent `#rrggbb` that `accentFault` accepts */
export function schemeColours(accent: string, scheme: Scheme): SchemeColours {
  const away = scheme === 'light' ? 0 : 255
  const least = (colour: string): number =>
    Math.min(...grounds[scheme].map((ground) => contrast(ground, colour)))
  const standingOut = (ratio: number): string => shade(accent, away, (one) => least(one) >= ratio).shade
  const text = textOn(accent)
  const [link, edge] = [standingOut(textContrast), standingOut(edgeContrast)]
  // Away from the text, so that the contrast only grows.
  const buttonHover = mixed(accent, text.colour === texts[0] ? 0 : 255, 0.12)
  return {
    button: accent,
    buttonHover,
    buttonText: text.colour,
    buttonEdge: edge,
    link,
    ring: edge,
    ratios: { button: text.ratio, link: least(link), edge: least(edge) },
  }
}
