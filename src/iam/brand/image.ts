// What the readers of image formats (png.ts, jpeg.ts, webp.ts) have in common. An image is taken apart and put together again from
// the parts that a browser needs to draw it: comments, camera data, colour profiles, animations and whatever follows the image are
// never served, so that a file that is an image and a page at once ends as an image alone.

export interface Image {
  readonly type: 'image/png' | 'image/jpeg' | 'image/webp'
  /** Pixels. */
  readonly width: number
  readonly height: number
  /** The file, with nothing but what draws it. */
  readonly bytes: Buffer
}

/** Why a file is not accepted: the rest of a sentence that begins with the name of the field. */
export class ImageFault extends Error {
  override readonly name = 'ImageFault'
}

/** The largest width and height, in pixels: an image of few bytes may take any amount of memory where it is drawn. */
export const mostPixels = 2048
/** The least: of fewer pixels nothing can be recognized. */
export const leastPixels = 16

/** @throws ImageFault */
export function checkSize(width: number, height: number): void {
  if (width > mostPixels || height > mostPixels)
    throw new ImageFault(`is ${width} × ${height} pixels: at most ${mostPixels} × ${mostPixels} are accepted`)
  if (width < leastPixels || height < leastPixels)
    throw new ImageFault(
      `is ${width} × ${height} pixels: at least ${leastPixels} × ${leastPixels} are needed`,
    )
}

/** @throws ImageFault when the file ends before */
export function bytesAt(file: Buffer, at: number, length: number): Buffer {
  if (at + length > file.length) throw new ImageFault('is cut off')
  return file.subarray(at, at + length)
}
