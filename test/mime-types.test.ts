// The package has the part of mime-db that mime-types reads (.ci/bundle.ts): with it, each version that a start loads answers as with
// all of mime-db.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { mimeTypesRead } from '../.ci/bundle.ts'

interface MimeTypes {
  readonly types: Readonly<Record<string, string>>
  readonly extensions: Readonly<Record<string, readonly string[]>>
  lookup(path: string): string | false
  contentType(type: string): string | false
  charset(type: string): string | false
  extension(type: string): string | false
}

const koa = createRequire(createRequire(import.meta.url).resolve('koa'))

/** mime-types anew, with `change` of its mime-db. */
function load(user: NodeJS.Require, change: typeof mimeTypesRead): MimeTypes {
  const path = user.resolve('mime-types')
  const database = createRequire(path).resolve('mime-db')
  const all = user(database) as Parameters<typeof mimeTypesRead>[0]
  const cached = user.cache[database]
  if (cached === undefined) throw new TypeError('mime-db is not in the cache')
  delete user.cache[path]
  try {
    cached.exports = change(all)
    return user(path) as MimeTypes
  } finally {
    cached.exports = all
    delete user.cache[path]
  }
}

for (const [what, user] of [
  ['koa and type-is', koa],
  ['accepts of koa', createRequire(koa.resolve('accepts'))],
] as const)
  test(`the mime-types of ${what} answers as with all of mime-db`, () => {
    const whole = load(user, (all) => all)
    const part = load(user, mimeTypesRead)
    assert.ok(Object.keys(whole.types).length > 1000)
    assert.deepEqual(part.types, whole.types)
    assert.deepEqual(part.extensions, whole.extensions)
    const types = [
      ...Object.keys(createRequire(user.resolve('mime-types'))('mime-db') as object),
      'text/made-up',
      'nothing',
    ]
    for (const type of types)
      for (const ask of ['contentType', 'charset', 'extension', 'lookup'] as const)
        assert.equal(part[ask](type), whole[ask](type), `${ask} ${type}`)
    for (const extension of Object.keys(whole.types))
      for (const ask of ['contentType', 'lookup'] as const)
        assert.equal(part[ask](extension), whole[ask](extension), `${ask} ${extension}`)
  })
