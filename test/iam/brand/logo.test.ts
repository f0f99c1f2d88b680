// 24, 28 (docs/attacks.md): logos as an attacker makes them. What is accepted is served as a picture and nothing else.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { deflateSync, gzipSync } from 'node:zlib'
import { readLogo } from '../../../src/iam/brand/logo.ts'
import { jpeg, losslessWebp, png, pngChunk, transparentWebp, webp } from '../../support/data/images.ts'

const script = Buffer.from('<script>alert(1)</script>')
const patched = (file: Buffer, at: number, bytes: readonly number[]): Buffer => {
  const copy = Buffer.from(file)
  copy.set(bytes, at)
  return copy
}
/** Before the end marker. */
const withSegment = (marker: number, body: Buffer): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)])
}
const riff = (...chunks: readonly Buffer[]): Buffer => {
  const body = Buffer.concat([Buffer.from('WEBP'), ...chunks])
  const head = Buffer.from('RIFF\0\0\0\0')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body])
}
const riffChunk = (name: string, body: Buffer): Buffer => {
  const head = Buffer.from(`${name}\0\0\0\0`)
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)])
}
const endless = Buffer.concat([
  png().subarray(0, 8),
  pngChunk('IHDR', Buffer.from('7fffffff7fffffff0806000000', 'hex')),
])
const frameAt = jpeg.indexOf(Buffer.from([0xff, 0xc0]))

describe('what is accepted holds the picture alone', () => {
  const textChunk = pngChunk('tEXt', Buffer.concat([Buffer.from('Comment\0'), script]))
  const profile = pngChunk(
    'iCCP',
    Buffer.concat([Buffer.from('icc\0\0'), deflateSync(Buffer.alloc(50_000_000))]),
  )
  const cases: readonly (readonly [string, Buffer, string, readonly [number, number]])[] = [
    ['PNG', png(), 'image/png', [64, 64]],
    ['PNG with a comment that is a script', png({ more: [textChunk] }), 'image/png', [64, 64]],
    ['PNG with a colour profile that is a bomb', png({ more: [profile] }), 'image/png', [64, 64]],
    ['PNG of the largest size', png({ width: 2048, height: 2048 }), 'image/png', [2048, 2048]],
    ['JPEG', jpeg, 'image/jpeg', [24, 18]],
    ['JPEG with a comment that is a script', withSegment(0xfe, script), 'image/jpeg', [24, 18]],
    [
      'JPEG with camera data',
      withSegment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), script])),
      'image/jpeg',
      [24, 18],
    ],
    ['WebP', webp, 'image/webp', [24, 18]],
    ['lossless WebP', losslessWebp, 'image/webp', [24, 18]],
    ['transparent WebP', transparentWebp, 'image/webp', [24, 18]],
  ]
  for (const [what, file, type, size] of cases)
    test(what, async () => {
      const image = await readLogo(file)
      assert.deepEqual([image.type, image.width, image.height], [type, ...size])
      assert.ok(!image.bytes.includes('<script'), 'the script is left out')
      assert.ok(image.bytes.length <= file.length)
      // What is served is accepted again, and does not change any more.
      assert.deepEqual((await readLogo(image.bytes)).bytes, image.bytes)
    })
})

describe('what is refused', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
  const cases: readonly (readonly [string, Buffer, RegExp])[] = [
    ['nothing', Buffer.alloc(0), /must be a PNG/],
    ['a few bytes of PNG', png().subarray(0, 8), /cut off/],
    ['SVG with a script', Buffer.from(svg), /is SVG/],
    ['SVG after a byte order mark and a comment', Buffer.from(`\ufeff <!-- x -->${svg}`), /is SVG/],
    ['SVG, compressed', gzipSync(svg), /must be a PNG/],
    ['HTML', script, /must be a PNG/],
    ['GIF', Buffer.from('GIF89a/*<svg/onload=alert(1)>*/=1;'), /must be a PNG/],
    ['a PDF', Buffer.from('%PDF-1.7'), /must be a PNG/],
    ['PNG whose first byte is wrong', patched(png(), 0, [0x88]), /must be a PNG/],
    ['PNG by name alone', Buffer.from('logo.png'), /must be a PNG/],
    ['PNG with a page behind it', png({ after: script }), /behind the image/],
    ['PNG with an archive behind it', png({ after: Buffer.from('PK\x05\x06') }), /behind the image/],
    ['PNG that is cut off', png().subarray(0, -14), /cut off/],
    ['PNG without its end', png().subarray(0, -12), /cut off/],
    ['PNG whose checksum is wrong', patched(png(), 20, [1]), /checksum/],
    ['PNG with a length beyond the file', patched(png(), 8, [0xff, 0xff, 0xff, 0xff]), /cut off/],
    ['PNG that is too wide', png({ width: 2049, height: 16 }), /2049 × 16 pixels/],
    ['PNG of 2³¹ pixels a side', endless, /2147483647 × 2147483647 pixels/],
    ['PNG of one pixel', png({ width: 1, height: 1 }), /at least 16 × 16/],
    [
      'PNG that decompresses to 80 MB',
      png({ pictureBytes: 80_000_000 }),
      /more than its width and height say/,
    ],
    ['PNG that holds one byte too many', png({ pictureBytes: 64 * 257 + 1 }), /more than/],
    ['PNG that holds one byte too few', png({ pictureBytes: 64 * 257 - 1 }), /damaged or cut off/],
    ['PNG that moves', png({ more: [pngChunk('acTL', Buffer.alloc(8))] }), /animated/],
    ['PNG with a second header', png({ more: [pngChunk('IHDR', Buffer.alloc(13))] }), /not a valid PNG/],
    ['PNG with a critical chunk nobody knows', png({ more: [pngChunk('EVIL', script)] }), /not a valid PNG/],
    ['JPEG with a page behind it', Buffer.concat([jpeg, script]), /behind the image/],
    ['JPEG that is cut off', jpeg.subarray(0, -20), /cut off/],
    ['JPEG without a picture', Buffer.from([0xff, 0xd8, 0xff, 0xd9]), /holds no picture/],
    ['JPEG with a length of nothing', withSegment(0xfe, script).fill(0, 4, 6), /not a valid JPEG/],
    [
      'JPEG with arithmetic coding',
      patched(jpeg, frameAt + 1, [0xc9]),
      /not a JPEG image that browsers draw|not a valid JPEG/,
    ],
    [
      'JPEG of 65,535 pixels a side',
      patched(jpeg, frameAt + 5, [255, 255, 255, 255]),
      /65535 × 65535 pixels/,
    ],
    ['JPEG of no height', patched(jpeg, frameAt + 5, [0, 0]), /at least 16/],
    ['WebP that is cut off', webp.subarray(0, -4), /cut off/],
    ['WebP with a page behind it', Buffer.concat([webp, script]), /behind the image/],
    ['WebP without a picture', riff(riffChunk('EXIF', script)), /holds no picture/],
    ['WebP that moves', riff(riffChunk('ANIM', Buffer.alloc(6))), /animated/],
    ['WebP with a chunk beyond the file', patched(webp, 16, [0xff, 0xff, 0xff, 0x7f]), /cut off/],
    ['WebP whose canvas is not its picture', patched(webp, 24, [0xff]), /not a valid WebP/],
    ['more than 100 kB', Buffer.concat([png(), Buffer.alloc(100_001)]), /at most 100000/],
  ]
  for (const [what, file, why] of cases)
    test(what, async () => {
      await assert.rejects(readLogo(file), { name: 'ImageFault', message: why })
    })
})

test('a file is cut at every place, and changed at every place, without an error of our own', async () => {
  for (const file of [png({ width: 16, height: 16 }), jpeg, webp, losslessWebp, transparentWebp])
    for (let at = 0; at < file.length; at += 1) {
      await assert.rejects(readLogo(file.subarray(0, at)), { name: 'ImageFault' })
      await readLogo(patched(file, at, [(file[at] ?? 0) ^ 0xff])).catch((error: Error) =>
        assert.equal(error.name, 'ImageFault', `${at}: ${error.stack}`),
      )
    }
})
