// The logo of an organization. SVG is not accepted: it may hold scripts, styles and references to other servers, and a logo of the
// size that pages show needs none of its advantages.
import { type Image, ImageFault } from './image.ts'
import { jpegSignature, readJpeg } from './jpeg.ts'
import { pngSignature, readPng } from './png.ts'
import { isWebp, readWebp } from './webp.ts'

/** Bytes. */
export const mostLogoBytes = 100_000

/**
 * Reads a logo by what is in it; a file name or a content type says nothing.
 * @throws ImageFault that says what is wrong
 */
export async function readLogo(file: Buffer): Promise<Image> {
  if (file.length > mostLogoBytes)
    throw new ImageFault(`has ${file.length} bytes: at most ${mostLogoBytes} are accepted`)
  if (file.subarray(0, pngSignature.length).equals(pngSignature)) return readPng(file)
  if (file.subarray(0, jpegSignature.length).equals(jpegSignature)) return readJpeg(file)
  if (isWebp(file)) return readWebp(file)
  if (
    /^\s*(?:<\?xml|<!--|<!DOCTYPE|<svg)/i.test(file.toString('latin1', 0, 512).replace(/^\xef\xbb\xbf/, ''))
  )
    throw new ImageFault('is SVG, which may hold scripts: convert it to PNG or WebP')
  throw new ImageFault('must be a PNG, JPEG or WebP image')
}
