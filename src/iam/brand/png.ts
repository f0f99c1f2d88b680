// Reads PNG (W3C PNG, third edition). The picture is decompressed to see that it has the size that its header says.
import { crc32, createInflate } from 'node:zlib'
import { bytesAt, checkSize, type Image, ImageFault } from './image.ts'

export const pngSignature = Buffer.from('89504e470d0a1a0a', 'hex')

/** Chunks that are kept, in the order of the file. Of others, those that must be understood (§5.4) are refused. */
const kept: ReadonlySet<string> = new Set(['IHDR', 'PLTE', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'IDAT', 'IEND'])
const animation: ReadonlySet<string> = new Set(['acTL', 'fcTL', 'fdAT'])

/** Bits of a sample that each colour type allows, and its samples a pixel (§11.2.1). */
const colourTypes: ReadonlyMap<number, { readonly depths: readonly number[]; readonly samples: number }> =
  new Map([
    [0, { depths: [1, 2, 4, 8, 16], samples: 1 }],
    [2, { depths: [8, 16], samples: 3 }],
    [3, { depths: [1, 2, 4, 8], samples: 1 }],
    [4, { depths: [8, 16], samples: 2 }],
    [6, { depths: [8, 16], samples: 4 }],
  ])

interface Header {
  readonly width: number
  readonly height: number
  readonly bitsPerPixel: number
  readonly interlaced: boolean
  readonly indexed: boolean
}

/** @throws ImageFault */
export async function readPng(file: Buffer): Promise<Image> {
  const parts: Buffer[] = [pngSignature]
  const data: Buffer[] = []
  let header: Header | undefined
  let palette = false
  let ended = false
  for (let at = pngSignature.length; !ended; ) {
    const length = bytesAt(file, at, 8).readUInt32BE()
    const chunk = bytesAt(file, at, length + 12)
    const name = chunk.toString('latin1', 4, 8)
    const body = chunk.subarray(8, 8 + length)
    if (crc32(chunk.subarray(4, 8 + length)) !== chunk.readUInt32BE(8 + length))
      throw new ImageFault('is damaged: a checksum is wrong')
    if ((header === undefined) !== (name === 'IHDR')) throw new ImageFault('is not a valid PNG image')
    if (name === 'IHDR') header = headerOf(body)
    if (animation.has(name)) throw new ImageFault('must not be animated')
    // A capital first letter: a decoder that does not know the chunk cannot draw the image (§5.4).
    if (!kept.has(name) && /^[A-Z]/.test(name)) throw new ImageFault('is not a valid PNG image')
    if (name === 'PLTE') palette = true
    if (name === 'IDAT') data.push(body)
    if (kept.has(name)) parts.push(chunk)
    ended = name === 'IEND'
    at += chunk.length
    if (ended && at !== file.length) throw new ImageFault('has something behind the image')
  }
  if (header === undefined || (header.indexed && !palette)) throw new ImageFault('is not a valid PNG image')
  await checkPicture(Buffer.concat(data), pictureBytes(header))
  const { width, height } = header
  return { type: 'image/png', width, height, bytes: Buffer.concat(parts) }
}

function headerOf(body: Buffer): Header {
  if (body.length !== 13) throw new ImageFault('is not a valid PNG image')
  const [width, height] = [body.readUInt32BE(0), body.readUInt32BE(4)]
  const [depth = 0, colour = 0, compression, filter, interlace = 0] = body.subarray(8)
  const type = colourTypes.get(colour)
  if (!type?.depths.includes(depth) || compression !== 0 || filter !== 0 || interlace > 1)
    throw new ImageFault('is not a valid PNG image')
  checkSize(width, height)
  const bitsPerPixel = depth * type.samples
  return { width, height, bitsPerPixel, interlaced: interlace === 1, indexed: colour === 3 }
}

/** First column and row of each pass of Adam7, and its steps (§8.2). */
const passes = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const

/** Length of the decompressed picture: each row has a byte for its filter. */
function pictureBytes({ width, height, bitsPerPixel, interlaced }: Header): number {
  const rowsOf = (columns: number, rows: number): number =>
    columns === 0 || rows === 0 ? 0 : rows * (1 + Math.ceil((columns * bitsPerPixel) / 8))
  if (!interlaced) return rowsOf(width, height)
  const fit = (size: number, first: number, step: number): number =>
    Math.max(0, Math.ceil((size - first) / step))
  return passes.reduce((sum, [x, y, dx, dy]) => sum + rowsOf(fit(width, x, dx), fit(height, y, dy)), 0)
}

/** Decompresses off the main thread without keeping what comes out, and stops at the first byte too many. */
async function checkPicture(compressed: Buffer, expected: number): Promise<void> {
  const inflate = createInflate()
  inflate.end(compressed)
  let length = 0
  try {
    for await (const chunk of inflate) {
      length += (chunk as Buffer).length
      if (length > expected) break
    }
  } catch {
    throw new ImageFault('is damaged or cut off')
  }
  if (length > expected) throw new ImageFault('holds more than its width and height say')
  if (length < expected || inflate.bytesWritten !== compressed.length)
    throw new ImageFault('is damaged or cut off')
}
