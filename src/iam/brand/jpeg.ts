// Reads JPEG (ITU-T T.81). Segments of applications and comments are left out, but for those that say how colours are coded.
import { bytesAt, checkSize, type Image, ImageFault } from './image.ts'

export const jpegSignature = Buffer.from('ffd8ff', 'hex')

const startOfScan = 0xda
const endOfImage = 0xd9
/** Baseline, extended and progressive, with Huffman coding: what browsers draw. */
const frames: ReadonlySet<number> = new Set([0xc0, 0xc1, 0xc2])
/** DHT, DQT, DRI; APP0 is JFIF, APP14 says whether three components are RGB. */
const kept: ReadonlySet<number> = new Set([0xc4, 0xdb, 0xdd, 0xe0, 0xee])
const isApplicationOrComment = (marker: number): boolean =>
  (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe
/** APP0 may hold a small picture, which nobody needs; what is kept of it is its first part (JFIF §10.1). */
const jfifBytes = 14
const adobeBytes = 12

/** @throws ImageFault */
export function readJpeg(file: Buffer): Image {
  const parts: Buffer[] = [file.subarray(0, 2)]
  let size: { readonly width: number; readonly height: number } | undefined
  let scans = 0
  for (let at = 2; ; ) {
    const [start, marker = 0] = bytesAt(file, at, 2)
    if (start !== 0xff) throw new ImageFault('is not a valid JPEG image')
    if (marker === endOfImage) {
      if (at + 2 !== file.length) throw new ImageFault('has something behind the image')
      if (size === undefined || scans === 0) throw new ImageFault('holds no picture')
      return { type: 'image/jpeg', ...size, bytes: Buffer.concat([...parts, bytesAt(file, at, 2)]) }
    }
    const length = bytesAt(file, at + 2, 2).readUInt16BE()
    if (length < 2) throw new ImageFault('is not a valid JPEG image')
    const segment = bytesAt(file, at, length + 2)
    at += segment.length
    if (frames.has(marker)) {
      if (size !== undefined || segment.length < 10) throw new ImageFault('is not a valid JPEG image')
      size = { width: segment.readUInt16BE(7), height: segment.readUInt16BE(5) }
      checkSize(size.width, size.height)
      parts.push(segment)
    } else if (marker === startOfScan) {
      if (size === undefined) throw new ImageFault('is not a valid JPEG image')
      scans += 1
      const end = endOfScan(file, at)
      parts.push(segment, file.subarray(at, end))
      at = end
    } else if (kept.has(marker)) {
      const short = shortened(marker, segment)
      if (short !== undefined) parts.push(short)
    } else if (!isApplicationOrComment(marker)) throw new ImageFault('is not a JPEG image that browsers draw')
  }
}

/** JFIF without its small picture; undefined for segments of these markers that are something else. */
function shortened(marker: number, segment: Buffer): Buffer | undefined {
  if (marker === 0xe0) {
    if (segment.toString('latin1', 4, 9) !== 'JFIF\0' || segment.length < jfifBytes + 4) return undefined
    const short = Buffer.concat([segment.subarray(0, jfifBytes + 2), Buffer.from([0, 0])])
    short.writeUInt16BE(short.length - 2, 2)
    return short
  }
  if (marker === 0xee) {
    if (segment.toString('latin1', 4, 9) !== 'Adobe' || segment.length < adobeBytes + 4) return undefined
    const short = Buffer.from(segment.subarray(0, adobeBytes + 4))
    short.writeUInt16BE(short.length - 2, 2)
    return short
  }
  return segment
}

/** Where the coded picture ends: at the first marker that is not a restart or a stuffed byte (T.81 §B.1.1.5). */
function endOfScan(file: Buffer, from: number): number {
  for (let at = file.indexOf(0xff, from); at >= 0; at = file.indexOf(0xff, at + 2)) {
    const next = file[at + 1] ?? 0
    if (next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at
  }
  throw new ImageFault('is cut off')
}
