// The drawings: our seal, and the few signs pages use. Inline, so that no page asks for an image.
import { type Html, html } from './html.ts'

/** A wax seal with a key's bow in it. */
export const seal = (): Html =>
  html`<svg class="seal" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false"><path class="seal-wax" d="M14.01 2.67Q16 1.6 17.99 2.67Q19.99 3.73 22.23 4.04Q24.46 4.35 25.45 6.38Q26.44 8.42 28.07 9.98Q29.7 11.55 29.3 13.78Q28.9 16 29.3 18.22Q29.7 20.45 28.07 22.02Q26.44 23.58 25.45 25.62Q24.46 27.65 22.23 27.96Q19.99 28.27 17.99 29.33Q16 30.4 14.01 29.33Q12.01 28.27 9.77 27.96Q7.54 27.65 6.55 25.62Q5.56 23.58 3.93 22.02Q2.3 20.45 2.7 18.22Q3.1 16 2.7 13.78Q2.3 11.55 3.93 9.98Q5.56 8.42 6.55 6.38Q7.54 4.35 9.77 4.04Q12.01 3.73 14.01 2.67z"/><circle class="seal-line" cx="16" cy="16" r="8.4"/><path class="seal-mark" d="M16 10.9a3.3 3.3 0 0 1 1.35 6.31l.75 3.89h-4.2l.75-3.89A3.3 3.3 0 0 1 16 10.9z"/></svg>`

export const wordmark = (): Html => html`<span class="wordmark">Chancery</span>`

/** Black modules on white whatever the colour scheme: scanners want dark on light. `size` modules a side. */
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

/** A round first letter, for an application we show no outside picture of. */
export const monogram = (name: string): Html =>
  html`<span class="monogram" aria-hidden="true">${[...name.trim()][0]?.toUpperCase() ?? '?'}</span>`
