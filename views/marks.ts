// Inline SVG drawings: the logo, QR codes and monograms. No page loads an image.
import { type Html, html } from './html.ts'

/** The logo: a wax seal with a keyhole. */
export const seal = (): Html =>
  html`<svg class="seal" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false"><path class="seal-wax" d="M14.33 1.97Q16 0.4 17.67 1.97Q19.34 3.54 21.57 3.01Q23.8 2.49 24.46 4.68Q25.12 6.88 27.32 7.54Q29.51 8.2 28.99 10.43Q28.46 12.66 30.03 14.33Q31.6 16 30.03 17.67Q28.46 19.34 28.99 21.57Q29.51 23.8 27.32 24.46Q25.12 25.12 24.46 27.32Q23.8 29.51 21.57 28.99Q19.34 28.46 17.67 30.03Q16 31.6 14.33 30.03Q12.66 28.46 10.43 28.99Q8.2 29.51 7.54 27.32Q6.88 25.12 4.68 24.46Q2.49 23.8 3.01 21.57Q3.54 19.34 1.97 17.67Q0.4 16 1.97 14.33Q3.54 12.66 3.01 10.43Q2.49 8.2 4.68 7.54Q6.88 6.88 7.54 4.68Q8.2 2.49 10.43 3.01Q12.66 3.54 14.33 1.97z"/><circle class="seal-line" cx="16" cy="16" r="8.4"/><path class="seal-mark" d="M16 10.9a3.3 3.3 0 0 1 1.35 6.31l.75 3.89h-4.2l.75-3.89A3.3 3.3 0 0 1 16 10.9z"/></svg>`

export const wordmark = (): Html => html`<span class="wordmark">Chancery</span>`

/** Black modules on white in every colour scheme, because scanners need dark on light. `size` is in modules per side. */
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
  return html`<svg class="qr" viewBox="0 0 ${side} ${side}" role="img" aria-label="QR code for your authenticator app" shape-rendering="crispEdges"><rect width="${side}" height="${side}" fill="#fff"/><path d="${runs.join('')}" fill="#000"/></svg>`
}

/** The first letter in a circle, instead of an external image. */
export const monogram = (name: string): Html =>
  html`<span class="monogram" aria-hidden="true">${[...name.trim()][0]?.toUpperCase() ?? '?'}</span>`
