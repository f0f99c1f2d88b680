// A QR code as a drawing of our own: no image is fetched, no data: URL is needed.
import { create } from 'qrcode'
import type { Html } from '../../views/html.ts'
import { qrDrawing } from '../../views/marks.ts'

/** Error correction M: 15 % may be hidden by glare. */
export function drawQr(text: string): Html {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  return qrDrawing({ size: modules.size, dark: (row, column) => modules.get(row, column) === 1 })
}
