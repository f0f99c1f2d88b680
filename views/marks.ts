// Inline SVG drawings: the logo, QR codes and monograms. No page loads an image.
import { type Html, html } from './html.ts'

/** The logo: a wax seal with a keyhole. */
export const seal = (): Html =>
  html`<svg class="seal" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false"><path class="seal-wax" d="M14.33 1.97Q16 0.4 17.67 1.97Q19.34 3.54 21.57 3.01Q23.8 2.49 24.46 4.68Q25.12 6.88 27.32 7.54Q29.51 8.2 28.99 10.43Q28.46 12.66 30.03 14.33Q31.6 16 30.03 17.67Q28.46 19.34 28.99 21.57Q29.51 23.8 27.32 24.46Q25.12 25.12 24.46 27.32Q23.8 29.51 21.57 28.99Q19.34 28.46 17.67 30.03Q16 31.6 14.33 30.03Q12.66 28.46 10.43 28.99Q8.2 29.51 7.54 27.32Q6.88 25.12 4.68 24.46Q2.49 23.8 3.01 21.57Q3.54 19.34 1.97 17.67Q0.4 16 1.97 14.33Q3.54 12.66 3.01 10.43Q2.49 8.2 4.68 7.54Q6.88 6.88 7.54 4.68Q8.2 2.49 10.43 3.01Q12.66 3.54 14.33 1.97z"/><circle class="seal-line" cx="16" cy="16" r="8.4"/><path class="seal-mark" d="M16 10.9a3.3 3.3 0 0 1 1.35 6.31l.75 3.89h-4.2l.75-3.89A3.3 3.3 0 0 1 16 10.9z"/></svg>`

export const wordmark = (): Html => html`<span class="wordmark">Chancery</span>`

/** Black modules on white in every colour scheme, because scanners need dark on light. `size` is in modules per side. Whoever
 * shows it names it, in the language of the page. */
export function qrDrawing(p: {
  readonly size: number
  readonly dark: (row: number, column: number) => boolean
}): Html {
  const quiet = 4
  const side = p.size + 2 * quiet
  const runs: string[] = []
  for (let row = 0; row < p.size; row++) {
    for (let column = 0; column < p.size; column++) {
      if (!p.dark(row, column)) continue
      const start = column
      while (column + 1 < p.size && p.dark(row, column + 1)) column++
      runs.push(`M${start + quiet} ${row + quiet}h${column + 1 - start}v1h-${column + 1 - start}z`)
    }
  }
  return html`<svg class="qr" viewBox="0 0 ${side} ${side}" aria-hidden="true" focusable="false" shape-rendering="crispEdges"><rect width="${side}" height="${side}" fill="#fff"/><path d="${runs.join('')}" fill="#000"/></svg>`
}

/** The first letter in a circle, instead of an external image. */
export const monogram = (name: string): Html =>
  html`<span class="monogram" aria-hidden="true">${[...name.trim()][0]?.toUpperCase() ?? '?'}</span>`

/** Drawings of 20 by 20, in strokes. */
const factorPaths = {
  password: 'M3.5 9h13v7.5h-13zM6.5 9V6.5a3.5 3.5 0 0 1 7 0V9M10 12v1.75',
  totp: 'M6 2.5h8v15H6zM9 15h2M8.25 6h3.5M8.25 8.5h3.5',
  passkey:
    'M8 9.25a3.25 3.25 0 1 0 0-6.5 3.25 3.25 0 0 0 0 6.5M2.5 17c0-3 2.5-5 5.5-5 .75 0 1.5.13 2.13.38M14.5 13.25a2.5 2.5 0 1 0-1.25 0V17.5l1.25-1.25L13.5 15l1-1',
  provider:
    'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15M2.5 10h15M10 2.5c2.25 2 3.25 4.5 3.25 7.5S12.25 15.5 10 17.5c-2.25-2-3.25-4.5-3.25-7.5S7.75 4.5 10 2.5',
} as const

/** With what somebody signs in; the text beside it says the same. */
export const factorMark = (kind: keyof typeof factorPaths): Html =>
  html`<svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false"><path d="${factorPaths[kind]}"/></svg>`
