// The stylesheet, script and images of our pages: read once at start, served by name, kept by browsers under an ETag.
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { sha256base64url } from '../secure/digest.ts'
import { cacheFor } from './headers.ts'
import type { Route } from './route.ts'

const types: ReadonlyMap<string, string> = new Map([
  ['.css', 'text/css; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.ico', 'image/x-icon'],
  ['.woff2', 'font/woff2'],
])

/** One GET route per file of the folder, under `/assets/`. Files of other types are left out. */
export function assetRoutes(folder: string): readonly Route[] {
  return readdirSync(folder).flatMap((name) => {
    const type = types.get(extname(name))
    return type === undefined ? [] : [assetRoute(`/assets/${name}`, type, readFileSync(join(folder, name)))]
  })
}

function assetRoute(path: string, type: string, content: Buffer): Route {
  const etag = `"${sha256base64url(content)}"`
  return {
    method: 'GET',
    path,
    access: 'public',
    run(ctx) {
      cacheFor(ctx, 300)
      ctx.set('ETag', etag)
      ctx.status = 200
      if (ctx.fresh) {
        ctx.status = 304
        return
      }
      ctx.type = type
      ctx.body = content
    },
  }
}
