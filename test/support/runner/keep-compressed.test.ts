import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { promisify } from 'node:util'
import zlib, { constants } from 'node:zlib'
import './keep-compressed.ts'

const compress = promisify(zlib.brotliCompress)

test('what is kept is what the options asked for, however often it is asked', async () => {
  const body = Buffer.from(`${randomBytes(16).toString('hex')} `.repeat(1000))
  for (const quality of [1, 11]) {
    const options = { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }
    const expected = zlib.brotliCompressSync(body, options)
    for (const _ of ['made', 'kept']) assert.deepEqual(await compress(body, options), expected)
    assert.deepEqual(await compress(body.toString(), options), expected)
  }
  assert.deepEqual(await compress(body), zlib.brotliCompressSync(body))
})

test('what cannot be compressed is an error', async () => {
  await assert.rejects(compress(Buffer.from('text'), { params: { 99: 1 } }), {
    code: 'ERR_BROTLI_INVALID_PARAM',
  })
})
