// Reads WebP (RFC 9649). The file is written anew with the picture and its transparency alone.
import { bytesAt, checkSize, type Image, ImageFault } from './image.ts'

/** `RIFF` and, after four bytes of length, `WEBP`. */
export const isWebp = (file: Buffer): boolean =>
  file.toString('latin1', 0, 4) === 'RIFF' && file.toString('latin1', 8, 12) === 'WEBP'

/** Flag of the extended header: the picture has transparency. */
const alphaFlag = 0x10

interface Size {
  readonly width: number
  readonly height: number
}

/** @throws ImageFault */
export function readWebp(file: Buffer): Image {
  const length = bytesAt(file, 4, 4).readUInt32LE() + 8
  if (length > file.length) throw new ImageFault('is cut off')
  if (length < file.length) throw new ImageFault('has something behind the image')
  const chunks = new Map<string, Buffer>()
  for (let at = 12; at < length; ) {
    const size = bytesAt(file, at, 8).readUInt32LE(4)
    const name = file.toString('latin1', at, at + 4)
    if (name === 'ANIM' || name === 'ANMF') throw new ImageFault('must not be animated')
    if (chunks.has(name) && pictures.has(name)) throw new ImageFault('is not a valid WebP image')
    chunks.set(name, bytesAt(file, at + 8, size))
    at += 8 + size + (size % 2)
  }
  const [extended, alpha] = [chunks.get('VP8X'), chunks.get('ALPH')]
  const [lossy, lossless] = [chunks.get('VP8 '), chunks.get('VP8L')]
  if ((lossy === undefined) === (lossless === undefined)) throw new ImageFault('holds no picture')
  const size = lossy === undefined ? losslessSize(lossless) : lossySize(lossy)
  checkSize(size.width, size.height)
  const canvas = extended && canvasSize(extended)
  if (canvas && (canvas.width !== size.width || canvas.height !== size.height))
    throw new ImageFault('is not a valid WebP image')
  const picture =
    lossy === undefined
      ? [chunkOf('VP8L', lossless ?? Buffer.alloc(0))]
      : alpha === undefined
        ? [chunkOf('VP8 ', lossy)]
        : [chunkOf('VP8X', extendedHeader(size)), chunkOf('ALPH', alpha), chunkOf('VP8 ', lossy)]
  const body = Buffer.concat([Buffer.from('WEBP'), ...picture])
  return { type: 'image/webp', ...size, bytes: chunkOf('RIFF', body) }
}

const pictures: ReadonlySet<string> = new Set(['VP8X', 'ALPH', 'VP8 ', 'VP8L'])

/** Of a key frame (RFC 6386 §9.1). */
function lossySize(picture: Buffer): Size {
  const header = bytesAt(picture, 0, 10)
  if (((header[0] ?? 1) & 1) !== 0 || header.toString('hex', 3, 6) !== '9d012a')
    throw new ImageFault('is not a valid WebP image')
  return { width: header.readUInt16LE(6) & 0x3fff, height: header.readUInt16LE(8) & 0x3fff }
}

/** RFC 9649 §3.4. */
function losslessSize(picture: Buffer | undefined): Size {
  const header = bytesAt(picture ?? Buffer.alloc(0), 0, 5)
  if (header[0] !== 0x2f) throw new ImageFault('is not a valid WebP image')
  const bits = header.readUInt32LE(1)
  if (bits >>> 29 !== 0) throw new ImageFault('is not a valid WebP image')
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
}

/** RFC 9649 §2.7. */
const canvasSize = (header: Buffer): Size => {
  const fields = bytesAt(header, 0, 10)
  return { width: fields.readUIntLE(4, 3) + 1, height: fields.readUIntLE(7, 3) + 1 }
}

function extendedHeader({ width, height }: Size): Buffer {
  const header = Buffer.alloc(10)
  header[0] = alphaFlag
  header.writeUIntLE(width - 1, 4, 3)
  header.writeUIntLE(height - 1, 7, 3)
  return header
}

function chunkOf(name: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write(name, 'latin1')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)])
}
