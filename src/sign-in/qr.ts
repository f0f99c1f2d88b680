// Draws QR codes as inline SVG, so that pages need neither an image request nor a `data:` URL.
import { create } from 'qrcode'
import type { Html } from '../../views/html.ts'
import { qrDrawing } from '../../views/marks.ts'

/** Error correction level M: readable with 15 % of the code obscured. */
export function drawQr(text: string): Html {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  return qrDrawing({ size: modules.size, dark: (row, column) => modules.get(row, column) === 1 })
}
