// Draws QR codes as inline SVG, so that pages need neither an image request nor a `data:` URL.
import type { Html } from '../../views/html.ts'
import { qrDrawing } from '../../views/marks.ts'

/** Error correction level M: readable with 15 % of the code obscured. The library is loaded by the first: it is 0.1 MB of code. */
export async function drawQr(text: string): Promise<Html> {
  const { create } = await import('qrcode')
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  return qrDrawing({ size: modules.size, dark: (row, column) => modules.get(row, column) === 1 })
}
