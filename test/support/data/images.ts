// Small pictures for tests: PNG made here, JPEG and WebP as Chromium draws them, with `<script>` in place of its colour profile.
import { crc32, deflateSync } from 'node:zlib'

export function pngChunk(name: string, body: Buffer): Buffer {
  const chunk = Buffer.alloc(body.length + 12)
  chunk.writeUInt32BE(body.length)
  chunk.write(name, 4, 'latin1')
  body.copy(chunk, 8)
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + body.length)), 8 + body.length)
  return chunk
}

export interface PngOptions {
  readonly width?: number
  readonly height?: number
  /** Red, green, blue, alpha. */
  readonly colour?: readonly [number, number, number, number]
  /** Bytes of the decompressed picture, where they are not what the header says. */
  readonly pictureBytes?: number
  /** Chunks before the picture. */
  readonly more?: readonly Buffer[]
  readonly after?: Buffer
}

export function png({
  width = 64,
  height = 64,
  colour = [11, 107, 203, 255],
  pictureBytes,
  more = [],
  after = Buffer.alloc(0),
}: PngOptions = {}): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 6, 0, 0, 0], 8)
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 4, Buffer.from(colour))])
  const picture =
    pictureBytes === undefined
      ? Buffer.concat(Array.from({ length: height }, () => row))
      : Buffer.alloc(pictureBytes)
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    pngChunk('IHDR', header),
    ...more,
    pngChunk('IDAT', deflateSync(picture, { level: 9 })),
    pngChunk('IEND', Buffer.alloc(0)),
    after,
  ])
}

/** 24 × 18 pixels. */
export const jpeg = Buffer.from(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/4gAYSUNDX1BST0ZJTEUAAQE8c2NyaXB0Pv/bAEMAGxIUFxQRGxcWFx4cGyAoQisoJSUoUTo9MEJgVWVkX1VdW2p4mYFqcZBzW12FtYaQnqOrratngLzJuqbHmairpP/bAEMBHB4eKCMoTisrTqRuXW6kpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpP/AABEIABIAGAMBIgACEQEDEQH/xAAVAAEBAAAAAAAAAAAAAAAAAAAABP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/xAAVAQEBAAAAAAAAAAAAAAAAAAAABf/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAMAwEAAhEDEQA/AIwFJPAAAAAAf//Z',
  'base64',
)
/** Lossy, lossless, and lossy with transparency: 24 × 18 pixels. */
export const webp = Buffer.from(
  'UklGRmQAAABXRUJQVlA4WAoAAAAgAAAAFwAAEQAASUNDUAgAAAA8c2NyaXB0PlZQOCA2AAAAMAMAnQEqGAASAD8RgrlVrCiloygIAYAiCWUAzmaAAEBQUAD+4cN/xQCkcTu/xEIw5EQUJAAA',
  'base64',
)
export const losslessWebp = Buffer.from(
  'UklGRkAAAABXRUJQVlA4WAoAAAAgAAAAFwAAEQAASUNDUAgAAAA8c2NyaXB0PlZQOEwRAAAALxdABAAH0LUudLn/gYjofwAA',
  'base64',
)
export const transparentWebp = Buffer.from(
  'UklGRogAAABXRUJQVlA4WAoAAAAwAAAAFwAAEQAASUNDUAgAAAA8c2NyaXB0PkFMUEgUAAAAAQ8w/xERQiBA+K91IMBARP8DWwBWUDggPgAAABADAJ0BKhgAEgA/EXKwUCwmpKKwCAGAIglABd/4FDv54AD+7SH/62H+qvH7h4T39GRqfUm+00Ju5/zcAAAA',
  'base64',
)
