// Private keys that somebody typed or pasted into a form, or into an address, are on no page that answers it: neither in the field that is
// shown again nor in what is said to be wrong (docs/attacks.md 26). Every form and query is noted where it is read, and every page is looked
// at where it is sent, so that no form has to think of it.
import type { IncomingMessage } from 'node:http'
import type { Middleware } from 'koa'
import { privateKeyParts, withoutParts } from '../../secure/private-keys.ts'

/** Of requests that have one; most have none. */
const noted = new WeakMap<IncomingMessage, Set<string>>()

/** Notes the keys in what a request says. */
export function noteTyped(req: IncomingMessage, texts: Iterable<string>): void {
  for (const text of texts) {
    const parts = privateKeyParts(text)
    if (parts.size === 0) continue
    const known = noted.get(req) ?? new Set()
    for (const part of parts) known.add(part)
    noted.set(req, known)
  }
}

/** Texts and values of attributes: of markup itself nothing is changed. */
const shownTexts = /="[^"]*"|>[^<]*/g

export const withoutTypedKeys: Middleware = async (ctx, next) => {
  await next()
  const parts = noted.get(ctx.req)
  if (parts === undefined || typeof ctx.body !== 'string') return
  ctx.body = ctx.response.is('html')
    ? ctx.body.replace(shownTexts, (text) => withoutParts(text, parts))
    : withoutParts(ctx.body, parts)
}
